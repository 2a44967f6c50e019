//! The words of the browser's side come with a bundle, are checked, and go with it.

use std::collections::BTreeSet;
use std::fs;

use searchlet_index::{Asset, Bundle, Document, Passage, Settings, build, publish};

use super::Desk;
use crate::house;

/// A bundle of one document, with these words.
fn bundle(words: &[(&str, &str)]) -> Bundle {
    let passage = Passage { text: "An otter.".into(), ..Passage::default() };
    let document = Document { url: "otter.html".into(), passages: vec![passage], ..Document::default() };
    build(vec![document], &assets(words), &Settings::default()).expect("there is a document").bundle
}

fn assets(words: &[(&str, &str)]) -> Vec<Asset> {
    let asset = |&(language, text): &(&str, &str)| Asset {
        name: format!("words/{language}.json"),
        bytes: text.into(),
    };
    words.iter().map(asset).collect()
}

/// The folder of the words that the bundle in `folder` names, if it names one.
fn named(desk: &Desk, folder: &str) -> Option<String> {
    let root = fs::read_to_string(desk.path(folder).join("index.json")).unwrap();
    let root: serde_json::Value = serde_json::from_str(&root).unwrap();
    root["files"]["words"].as_str().map(str::to_owned)
}

#[test]
fn a_bundle_has_every_language_if_it_has_a_widget() {
    let desk = Desk::with_bundle();
    let files = desk.files("notes/searchlet");
    let folder = named(&desk, "notes/searchlet");
    // A program that was compiled without the browser's files publishes none of them.
    assert_eq!(folder.is_some(), files.contains_key("searchlet.js"));
    let Some(folder) = folder else { return };

    let published: BTreeSet<&str> = files.keys().filter_map(|name| name.strip_prefix(&folder)).collect();
    let sources = house::files("www/words");
    let expected = sources.iter().filter_map(|source| source.rsplit('/').next());
    assert_eq!(published, expected.chain(["digests.json"]).collect());
    let digests: serde_json::Value =
        serde_json::from_slice(&files[&format!("{folder}digests.json")]).expect("the list is JSON");
    assert_eq!(digests.as_object().map(serde_json::Map::len), Some(sources.len()));
    for source in &sources {
        let language = source.rsplit('/').next().unwrap();
        let text = std::str::from_utf8(&files[&format!("{folder}{language}")]).unwrap();
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("words are JSON");
        assert_eq!(read(text), read(&house::text(source)), "{language}");
        assert!(!text.contains('\n') && !text.contains("\": "), "{language} is as short as can be");
    }
}

#[test]
fn words_of_older_bundles_are_removed() {
    let desk = Desk::new();
    let publish = |words: &[(&str, &str)]| {
        let published = publish(&bundle(words), &desk.path("site")).expect("published");
        desk.run(&["verify", "site"]).ends(0);
        (named(&desk, "site").expect("there are words"), published)
    };
    let (first, _) = publish(&[("de", "{}"), ("fr", "{}")]);
    desk.write(&format!("site/{first}de.json.writing"), "what an attempt left");
    desk.write("site/words/de.json", "another's");
    let (second, published) = publish(&[("de", "{}"), ("fr", "{ }")]);
    assert_ne!(first, second);
    assert_eq!(published.removed, 1, "a reader may still have the previous root, but not a failed attempt");
    assert!(desk.path(&format!("site/{first}digests.json")).exists());

    let (third, published) = publish(&[("de", "{}")]);
    assert_eq!(published.removed, 3);
    assert!(!desk.path(&format!("site/{first}")).exists(), "the folder goes with its files");
    assert!(desk.path(&format!("site/{second}fr.json")).exists());

    desk.write(&format!("site/{second}mine.txt"), "what a bundle never named stays");
    assert_eq!(publish(&[("de", "{}")]).1.removed, 3);
    let left: Vec<String> = desk.files("site").into_keys().filter(|name| name.starts_with("words")).collect();
    let expected = [format!("{third}de.json"), format!("{third}digests.json"), format!("{second}mine.txt")];
    assert_eq!(BTreeSet::from_iter(left), expected.into_iter().chain(["words/de.json".to_owned()]).collect());
}

#[test]
fn damage_to_words_is_found_in_a_folder_and_in_a_pack() {
    let desk = Desk::new();
    let whole = bundle(&[("de", "{\"search\":\"Suchen\"}"), ("fr", "{}")]);
    publish(&whole, &desk.path("site")).expect("published");
    let folder = named(&desk, "site").expect("there are words");
    for name in ["de.json", "digests.json"] {
        let path = desk.path("site").join(&folder).join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[1..]).unwrap();
        desk.run(&["verify", "site"]).ends(1).warns(&["error: ", &folder, name]);
        fs::remove_file(&path).unwrap();
        desk.run(&["verify", "site"]).ends(1).warns(&["error: ", &folder, name]);
        fs::write(&path, bytes).unwrap();
    }
    desk.run(&["verify", "site"]).ends(0);

    let mut packed = whole.pack();
    desk.write("site.pack", &packed);
    desk.run(&["verify", "site.pack"]).ends(0);
    let at = packed.windows(6).position(|bytes| bytes == b"Suchen").expect("the words are packed");
    packed[at] = b'B';
    desk.write("site.pack", &packed);
    desk.run(&["verify", "site.pack"]).ends(1).warns(&["error: ", &folder, "de.json"]);
}

#[test]
fn inspect_counts_words_among_the_browsers_files() {
    let desk = Desk::new();
    publish(&bundle(&[("de", "{\"search\":\"Suchen\"}")]), &desk.path("site")).expect("published");
    let words: usize = desk
        .files("site")
        .iter()
        .filter(|(name, _)| name.starts_with("words."))
        .map(|(_, bytes)| bytes.len())
        .sum();
    let inspection = &desk.run(&["inspect", "site", "--json"]).ends(0).json()[0];
    assert_eq!(inspection["bytes"]["browser"], words);
    let all: usize = desk.files("site").values().map(Vec::len).sum();
    assert_eq!(inspection["bytes"]["total"], all);
}

#[test]
fn words_count_among_the_files_that_a_bundle_may_have() {
    let tags: Vec<String> = (b'a'..=b'z').map(|letter| format!("x{}", char::from(letter))).collect();
    let words: Vec<(&str, &str)> = tags.iter().map(|tag| (tag.as_str(), "{}")).collect();
    let settings = Settings { max_files: 100, ..Settings::default() };
    let page = |number: usize| {
        let text: Vec<String> = (0..300).map(|word| format!("{:x}", (number * word) % 7919)).collect();
        let passage = Passage { text: text.join(" "), ..Passage::default() };
        Document { url: format!("{number}.html"), passages: vec![passage], ..Document::default() }
    };
    let count = |assets: &[Asset]| {
        let built = build((0..300).map(page).collect(), assets, &settings).expect("there are documents");
        built.bundle.files().count()
    };
    let without = count(&[]);
    assert!(without > 100 - tags.len(), "{without} files are too few to tell");
    assert!(count(&assets(&words)) <= 100);
}
