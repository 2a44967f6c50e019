//! With a cache a bundle is what it is without, whatever happened since.

use crate::source::Pattern;
use crate::{
    Built, Cache, Document, Gathered, InputSettings, Passage, Settings, Weight, build, build_with, gather,
    gather_with,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Something that happens to a site between two builds, or to its cache.
#[derive(Clone, Debug)]
enum Event {
    Write(usize, String),
    Remove(usize),
    Rename(usize, usize),
    Damage(prop::sample::Index, prop::sample::Index, u8),
    Cut(prop::sample::Index, prop::sample::Index),
    Choose(usize),
    Nothing,
}

/// Files of each kind, of which some hold several documents, or none.
const NAMES: [&str; 7] = ["a.html", "b/index.html", "b/c.md", "d.txt", "e.json", "f.jsonl", "g.jsonl"];

fn text() -> impl Strategy<Value = String> {
    // Words that are each other's halves and forms, letters that no other document has, and what is of no kind.
    let word = prop_oneof![
        6 => prop::sample::select(&["data", "base", "database", "run", "runs", "running", "été", "Ete", "C++"][..]).prop_map(str::to_owned),
        2 => "[abc]{1,4}",
        1 => "[а-яß漢字カナ\u{301}]{1,3}",
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

fn event() -> impl Strategy<Value = Event> {
    let name = 0..NAMES.len();
    prop_oneof![
        6 => (name.clone(), text()).prop_map(|(name, text)| Event::Write(name, text)),
        2 => name.clone().prop_map(Event::Remove),
        2 => (name.clone(), name).prop_map(|(from, to)| Event::Rename(from, to)),
        1 => any::<(prop::sample::Index, prop::sample::Index, u8)>().prop_map(|(file, at, bit)| Event::Damage(file, at, bit % 8)),
        1 => any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(file, at)| Event::Cut(file, at)),
        2 => (0..6usize).prop_map(Event::Choose),
        1 => Just(Event::Nothing),
    ]
}

/// What a file of that name holds if it says `text`.
fn content(name: &str, text: &str) -> String {
    let meta = text.len() % 3;
    match name.rsplit_once('.').map_or("", |name| name.1) {
        "html" => format!("<title>{text}</title><main><h1>{name}</h1><p>{text}<h2 id=x>{meta}</h2><p>{text}"),
        "md" => format!("---\nkind: {meta}\ndate: 2024-0{}-01\n---\n# {name}\n\n{text}\n", meta + 1),
        "txt" => text.to_owned(),
        "json" => format!("[{{\"id\": 1, \"text\": {text:?}, \"price\": {meta}.5}}, {{\"id\": \"{text}\"}}]"),
        _ => format!("{{\"id\": \"{name}\", \"text\": {text:?}, \"lang\": \"de\"}}\nbroken {text}\n"),
    }
}

fn settings(choice: usize) -> (InputSettings, Settings) {
    let mut reading = InputSettings::default();
    let mut settings = Settings {
        part_bytes: Some(64),
        level_entries: Some(2),
        prefix_postings: Some(2),
        ..Settings::default()
    };
    match choice {
        1 => settings.part_bytes = None,
        2 => reading.weights = vec![(Pattern::new("**/c.*").expect("a pattern"), Weight::MIN)],
        3 => settings.half_life_days = std::num::NonZeroU32::new(30),
        4 => (settings.memory, settings.language) = (0, "fr".to_owned()),
        5 => settings.keep_duplicates = true,
        _ => {}
    }
    (reading, settings)
}

fn built(cache: &Cache, site: &Path, choice: usize) -> (Gathered, Option<Built>) {
    let (reading, settings) = settings(choice);
    let inputs = [site.to_owned()];
    let gathered = gather_with(cache, &inputs, &reading, &|_, _| {}).expect("an input");
    let built = build_with(cache, gathered.documents.clone(), &[], &settings).ok();
    (gathered, built)
}

fn cached_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a cache").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_a_bundle_is_what_it_is_without_a_cache(
        texts in prop::collection::vec(text(), NAMES.len()), events in prop::collection::vec(event(), 1..9),
    ) {
        let desk = tempfile::tempdir().expect("a folder");
        let (site, folder) = (desk.path().join("site"), desk.path().join("cache"));
        let path = |name: usize| site.join(NAMES[name]);
        fs::create_dir_all(site.join("b")).expect("a folder");
        for (name, text) in texts.iter().enumerate() {
            fs::write(path(name), content(NAMES[name], text)).expect("written");
        }
        let mut choice = 0;
        for event in [Event::Nothing, Event::Nothing].iter().chain(&events) {
            match event {
                Event::Write(name, text) => fs::write(path(*name), content(NAMES[*name], text)).expect("written"),
                Event::Remove(name) => _ = fs::remove_file(path(*name)),
                Event::Rename(from, to) => _ = fs::rename(path(*from), path(*to)),
                Event::Damage(file, at, bit) => {
                    let files = cached_files(&folder);
                    let file = &files[file.index(files.len())];
                    let mut bytes = fs::read(file).expect("read");
                    let at = at.index(bytes.len());
                    bytes[at] ^= 1 << bit;
                    fs::write(file, bytes).expect("written");
                }
                Event::Cut(file, at) => {
                    let files = cached_files(&folder);
                    let file = &files[file.index(files.len())];
                    let bytes = fs::read(file).expect("read");
                    fs::write(file, &bytes[..at.index(bytes.len())]).expect("written");
                }
                Event::Choose(other) => choice = *other,
                Event::Nothing => {}
            }
            let with = built(&Cache::at(&folder).expect("a cache"), &site, choice);
            let without = built(&Cache::default(), &site, choice);
            prop_assert_eq!(format!("{with:?}"), format!("{without:?}"), "after {:?}", event);
        }
    }
}

fn page(number: usize, more: &str) -> Document {
    let word = |n: usize| format!("w{}", (number * 31 + n * 17) % (40 + n * 40));
    let text: Vec<String> = (0..60).map(word).collect();
    let passage = |heading: &str, text: &[String]| Passage {
        heading: heading.into(),
        text: text.join(" ") + more,
        ..Passage::default()
    };
    Document {
        url: format!("{}/{number}.html", number % 7),
        title: format!("Page {number}"),
        passages: vec![passage("", &text[..30]), passage("More", &text[30..])],
        ..Document::default()
    }
}

/// So many that there are chapters, and segments of several documents.
#[test]
fn after_a_change_of_a_large_site_a_bundle_is_what_it_is_without_a_cache() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings { part_bytes: Some(1024), prefix_postings: Some(50), ..Settings::default() };
    let site: BTreeMap<usize, Document> = (0..1200).map(|number| (number, page(number, ""))).collect();
    let changed = |change: &dyn Fn(&mut BTreeMap<usize, Document>)| {
        let mut site = site.clone();
        change(&mut site);
        site.into_values().collect::<Vec<_>>()
    };
    let sites = [
        changed(&|_| {}),
        changed(&|_| {}),
        changed(&|site| _ = site.insert(700, page(700, " w1 w2 anew"))),
        changed(&|site| _ = site.insert(3, page(3, " w1w2"))),
        changed(&|site| _ = site.insert(9999, page(9999, ""))),
        changed(&|site| _ = site.remove(&333)),
        changed(&|site| site.get_mut(&500).expect("a page").url = "elsewhere/page.html".into()),
        changed(&|site| site.get_mut(&8).expect("a page").weight = Weight::MAX),
        changed(&|site| site.values_mut().for_each(|page| page.title += "s")),
    ];
    for (nth, documents) in sites.into_iter().enumerate() {
        let cache = Cache::at(folder.path()).expect("a cache");
        let with = build_with(&cache, documents.clone(), &[], &settings).expect("built");
        let without = build(documents, &[], &settings).expect("built");
        assert!(with.bundle == without.bundle, "site {nth}");
        assert_eq!(with.problems, without.problems);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_a_warning() {
    let desk = tempfile::tempdir().expect("a folder");
    let (site, folder) = (desk.path().join("a.md"), desk.path().join("cache"));
    fs::write(&site, "# Bees\n").expect("written");
    let cache = Cache::at(&folder).expect("a cache");
    fs::remove_dir_all(&folder).expect("removed");
    fs::write(&folder, "a file where the folder was").expect("written");
    let gathered = gather_with(&cache, std::slice::from_ref(&site), &InputSettings::default(), &|_, _| {})
        .expect("an input");
    assert_eq!(gathered.problems.len(), 1, "{:?}", gathered.problems);
    assert!(gathered.problems[0].to_string().contains("--no-cache"));
    let documents = gather(&[site], &InputSettings::default(), &|_, _| {}).expect("an input").documents;
    assert_eq!(gathered.documents, documents);
    let with = build_with(&cache, documents.clone(), &[], &Settings::default()).expect("built");
    let without = build(documents, &[], &Settings::default()).expect("built");
    assert_eq!((with.bundle, with.problems.len()), (without.bundle, 1));
    assert!(Cache::at(&folder).is_err());
}

#[test]
fn caches_of_other_outputs_stay_while_they_are_of_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let caches = || fs::read_dir(folder.path()).expect("the folder").count();
    let open = |output: &str| Cache::among_others(folder.path(), Path::new(output)).expect("a cache");
    let page = || vec![page(1, "")];
    build_with(&open("one"), page(), &[], &Settings::default()).expect("built");
    build_with(&open("two"), page(), &[], &Settings::default()).expect("built");
    assert_eq!(caches(), 2);
    let long_ago = std::time::SystemTime::now() - super::FORGOTTEN * 2;
    for file in fs::read_dir(folder.path())
        .expect("the folder")
        .flat_map(|cache| cached_files(&cache.expect("a cache").path()))
    {
        fs::File::options()
            .append(true)
            .open(file)
            .and_then(|file| file.set_modified(long_ago))
            .expect("a file");
    }
    fs::write(folder.path().join("note.txt"), "mine").expect("written");
    open("two");
    assert_eq!(caches(), 2, "one cache, and what is none");
}
