//! Makes a bundle of documents.

use crate::analyse::analyse;
use crate::bundle::{Bundle, words_files};
use crate::cache::{Cache, Key, fingerprint};
use crate::encode::encode;
use crate::invert::invert;
use crate::number::number;
use crate::{
    Asset, BuildError, Document, Problem, Settings, Severity, Weight, columns, duplicates, freshness,
    passages,
};
use rayon::prelude::*;
use searchlet_format::{MAX_DOCUMENTS, Root};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A bundle, and what a person should know of how it came about.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The bundle.
    pub bundle: Bundle,
    /// What went wrong on the way.
    pub problems: Vec<Problem>,
    /// Documents in the bundle.
    pub documents: usize,
    /// The URLs of pages that were folded into others, being the same, each with that of the page that stands for it.
    pub folded: Vec<(String, String)>,
    /// Words in them.
    pub words: u64,
    /// Their languages, ascending, with the number of documents of each.
    pub languages: Vec<(String, usize)>,
}

/// Makes a bundle of documents, in any order, and of the browser's files.
///
/// Of documents with one URL the first stands, where "first" goes by their content, so that the order of the input
/// never shows in the bundle. Cost: holds documents and index in memory; runs on all threads of the current pool.
///
/// # Errors
/// `NothingToIndex` when there is no document, `TooLarge` when there are more than the format holds, `Spill` when there
/// is room for the postings neither in the memory that the settings allow nor on the disk.
///
/// ```
/// use searchlet_index::{Document, Passage, Settings, build};
///
/// let passage = Passage { text: "Hello, world.".into(), ..Passage::default() };
/// let page = Document { url: "hello.html".into(), title: "Hello".into(), passages: vec![passage], ..Document::default() };
/// let built = build(vec![page], &[], &Settings::default()).unwrap();
/// assert_eq!(built.documents, 1);
/// ```
pub fn build(documents: Vec<Document>, assets: &[Asset], settings: &Settings) -> Result<Built, BuildError> {
    build_with(&Cache::default(), documents, assets, settings)
}

/// Does what [`build`] does, and takes from a cache what follows from documents that have not changed. The bundle is the
/// same, byte for byte.
///
/// # Errors
/// As [`build`]. A cache that cannot be written is a problem among the others.
pub fn build_with(
    cache: &Cache,
    mut documents: Vec<Document>,
    assets: &[Asset],
    settings: &Settings,
) -> Result<Built, BuildError> {
    documents.par_sort_unstable_by(|a, b| {
        let compared = (&a.url, &a.title, &a.passages).cmp(&(&b.url, &b.title, &b.passages));
        compared.then_with(|| rest(a).cmp(&rest(b)))
    });
    let mut built = Built::default();
    documents.dedup_by(|later, first| {
        let same = later.url == first.url;
        if same {
            built.problems.push(same_url(&first.url, &first.title, &later.title));
        }
        same
    });
    if documents.is_empty() {
        return Err(BuildError::NothingToIndex { inputs: Vec::new() });
    }
    if documents.len() > MAX_DOCUMENTS as usize {
        return Err(BuildError::TooLarge { what: "documents", limit: u64::from(MAX_DOCUMENTS) });
    }
    if !settings.keep_duplicates {
        let folded = duplicates::fold(&mut documents);
        built.folded = folded.pages;
        built.problems.extend(folded.mistaken.map(|(url, n_pages)| one_canonical(&url, n_pages)));
    }
    if let Some(half_life) = settings.half_life_days {
        let unread = freshness::weigh(&mut documents, half_life);
        built.problems.extend(unread.first().map(|&first| unread_dates(&documents[first], unread.len())));
    }
    built.documents = documents.len();
    let (columns, problems) = columns::choose(&documents, settings);
    built.problems.extend(problems);

    let mut by_language: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for document in documents {
        let language = primary(document.language.as_deref().unwrap_or(&settings.language), settings);
        by_language.entry(language).or_default().push(document);
    }
    let max_files = settings.max_files.saturating_sub(words_files(assets));
    let mut root = Root { analyser: searchlet_text::VERSION, ..Root::default() };
    let mut files = Vec::new();
    let mut unkept = None;
    for (language, mut documents) in by_language {
        // Each language has its share of the files that the browser's words leave.
        let max_files = max_files * documents.len() / built.documents.max(1);
        let settings = &Settings { max_files, ..settings.clone() };
        documents.par_iter_mut().for_each(passages::cut);
        let numbers = number(&mut documents);
        let keys: Vec<Key> = match cache.is_on() {
            true => documents.par_iter().map(fingerprint).collect(),
            false => Vec::new(),
        };
        let memo = cache.memo(&format!("{language}.words"));
        let mut analysed = analyse((&documents, &numbers, &keys), &language, &settings.synonyms, &memo);
        unkept = unkept.or(cache.keep(memo));
        let weights: Vec<Weight> = documents.iter().map(|document| document.weight).collect();
        let memo = cache.memo(&format!("{language}.runs"));
        let inverted = invert(&mut analysed, &numbers, &weights, settings, &memo)?;
        unkept = unkept.or(cache.keep(memo));
        built.words += inverted.words;
        let count = documents.len();
        let like = (&*language, &columns);
        let memos = cache.memos(&language);
        let encoded = encode(documents, (&numbers, &keys), &analysed, inverted, like, settings, &memos)?;
        unkept = unkept.or(cache.keep_all(memos));
        files.extend(encoded.files);
        root.heads.push(encoded.entry);
        built.languages.push((language, count));
    }
    built.problems.extend(unkept);
    built.bundle = Bundle::assemble(files, assets, root, settings.lists_sizes)
        .map_err(|_| BuildError::TooLarge { what: "characters in an asset's name", limit: 255 })?;
    Ok(built)
}

/// The primary subtag of a language tag, lower-case: what stemmers and heads go by. A tag that is none falls back on
/// the language of the settings, and that on English.
fn primary(tag: &str, settings: &Settings) -> String {
    let subtag = |tag: &str| {
        let subtag = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        ((2..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_lowercase()))
            .then_some(subtag)
    };
    subtag(tag).or_else(|| subtag(&settings.language)).unwrap_or_else(|| "en".to_owned())
}

/// What parts two documents that have URL, title and text in common.
fn rest(document: &Document) -> String {
    let Document { language, marked, weight, is_page, canonical, .. } = document;
    let meta = serde_json::Value::from_iter(document.meta.clone());
    format!("{language:?} {marked:?} {weight:?} {is_page} {canonical:?} {meta}")
}

fn one_canonical(url: &str, n_pages: usize) -> Problem {
    Problem {
        severity: Severity::Warning,
        path: PathBuf::from(url),
        line: None,
        what: format!(
            "{n_pages} pages, more than half of all, name the same canonical URL, so none was folded"
        ),
        next: "correct <link rel=canonical> in their template".to_owned(),
    }
}

fn unread_dates(first: &Document, n_documents: usize) -> Problem {
    let others = if n_documents > 1 {
        format!(", nor are those of {} others", n_documents - 1)
    } else {
        String::new()
    };
    let date = first.meta.get("date").map(ToString::to_string).unwrap_or_default();
    Problem {
        severity: Severity::Warning,
        path: PathBuf::from(&first.url),
        line: None,
        what: format!("its date {date} is none{others}, so age does not count there"),
        next: "write dates as 2024-02-29".to_owned(),
    }
}

fn same_url(url: &str, first: &str, later: &str) -> Problem {
    Problem {
        severity: Severity::LeftOut,
        path: PathBuf::from(url),
        line: None,
        what: format!("two documents have this URL: \"{first}\" is indexed, \"{later}\" is not"),
        next: "give one of them another name".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Passage;
    use proptest::prelude::*;

    fn document(url: &str, text: &str) -> Document {
        let passage = Passage { text: text.into(), ..Passage::default() };
        Document { url: url.into(), title: url.into(), passages: vec![passage], ..Document::default() }
    }

    #[test]
    fn of_two_documents_with_one_url_one_stands_and_the_other_is_told() {
        let built = build(vec![document("a", "two"), document("a", "one")], &[], &Settings::default())
            .expect("built");
        assert_eq!(built.documents, 1);
        assert_eq!(built.problems.len(), 1);
        assert_eq!(built.problems[0].severity, Severity::LeftOut);
    }

    #[test]
    fn of_documents_that_differ_in_metadata_alone_one_stands_in_any_order() {
        let draft = |draft: bool| {
            let meta = BTreeMap::from([("draft".to_owned(), draft.into())]);
            Document { meta, ..document("a", "same") }
        };
        let bundles = [[false, true], [true, false]]
            .map(|order| build(order.map(draft).into(), &[], &Settings::default()).expect("built").bundle);
        assert_eq!(bundles[0], bundles[1]);
    }

    #[test]
    fn each_language_has_a_head() {
        let german = Document { language: Some("de-AT".into()), ..document("b", "Häuser") };
        let odd = Document { language: Some("no such tag".into()), ..document("c", "words") };
        let built =
            build(vec![document("a", "houses"), german, odd], &[], &Settings::default()).expect("built");
        assert_eq!(built.languages, [("de".to_owned(), 1), ("en".to_owned(), 2)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn neither_order_nor_threads_nor_memory_show_in_the_bytes(
            texts in prop::collection::vec("([a-f]{1,5}[ -]){1,12}|[é-ü ]{1,9}", 1..12),
            seed: u64,
            threads in 1usize..4,
            memory in prop_oneof![Just(0usize), 0usize..400],
            part_bytes in prop::option::of(Just(64usize)),
            level_entries in prop::option::of(Just(2usize)),
        ) {
            let documents: Vec<Document> =
                texts.iter().enumerate().map(|(number, text)| document(&format!("d{}", number % 9), text)).collect();
            let mut shuffled = documents.clone();
            shuffled.sort_by_key(|document| searchlet_format::digest(format!("{seed}{document:?}").as_bytes()));
            let settings = Settings { part_bytes, level_entries, ..Settings::default() };
            let first = build(documents, &[], &settings).expect("built");
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let settings = Settings { memory, ..settings };
            let second = pool.install(|| build(shuffled, &[], &settings)).expect("built");
            prop_assert_eq!(first.bundle, second.bundle);
        }
    }

    /// So many that there are chapters, runs, levels of the directory.
    #[test]
    fn of_many_documents_neither_order_nor_threads_nor_memory_show_in_the_bytes() {
        let text = |number: usize| format!("w{} v{} u{} w{}", number % 7, number % 61, number, number / 9);
        let documents: Vec<Document> =
            (0..1000).map(|number| document(&format!("{}/{number}", number % 5), &text(number))).collect();
        let settings = Settings {
            part_bytes: Some(256),
            level_entries: Some(4),
            prefix_postings: Some(20),
            ..Settings::default()
        };
        let first = build(documents.clone(), &[], &settings).expect("built").bundle;
        assert!(first.files().count() > 100);
        for (threads, memory) in [(1, 0), (2, 1000), (3, 0), (3, usize::MAX)] {
            let mut shuffled = documents.clone();
            let key = |document: &Document| {
                searchlet_format::digest(format!("{threads}{}", document.url).as_bytes())
            };
            shuffled.sort_by_key(key);
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            let settings = Settings { memory, ..settings.clone() };
            let other = pool.install(|| build(shuffled, &[], &settings)).expect("built").bundle;
            assert_eq!(first, other, "{threads} threads, {memory} bytes");
        }
    }
}
