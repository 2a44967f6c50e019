//! Random documents of few letters, in which prefixes, inflections, compounds meet.

use proptest::prelude::*;
use searchlet_index::{Document, Passage, Settings, build};
use searchlet_search::{Found, Options, local::Local};

/// Every answer in full.
pub const ALL: Options = Options {
    limit: 1000,
    offset: 0,
    explain: false,
    filters: Vec::new(),
    facets: Vec::new(),
    facet_values: 50,
    sort: Vec::new(),
};

/// Words that have something to do with each other.
const KIN: [&str; 22] = [
    "run",
    "runs",
    "running",
    "runner",
    "data",
    "base",
    "bases",
    "database",
    "databases",
    "cyber",
    "security",
    "cybersecurity",
    "été",
    "ete",
    "étés",
    "café",
    "cafes",
    "the",
    "use",
    "used",
    "using",
    "user",
];

/// How often a property is tried. What failed is not written beside the tests: it is worth a test of its own.
pub fn tries(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A word as people type it.
pub fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(&KIN[..]).prop_map(str::to_owned),
        1 => "[abc]{1,3}(s|ed|ing)?",
        1 => "[abé]{1,4}",
    ]
}

/// What stands between words: mostly what ends them, sometimes what joins them.
fn between() -> impl Strategy<Value = &'static str> {
    prop::sample::select(
        &[" ", " ", " ", " ", "\n", ", ", ". ", "-", "-", "'", "’", "_", ".", "--", " -", "' "][..],
    )
}

/// A text of up to `words` words.
fn text(words: usize) -> impl Strategy<Value = String> {
    let word =
        (word(), any::<bool>()).prop_map(|(word, upper)| if upper { word.to_uppercase() } else { word });
    let pieces = prop::collection::vec((word, between()), 0..words);
    pieces.prop_map(|pieces| {
        let text: String =
            pieces.into_iter().flat_map(|(word, between)| [word, between.to_owned()]).collect();
        text.trim().to_owned()
    })
}

fn passage(words: usize) -> impl Strategy<Value = Passage> {
    (text(3), text(words), prop::option::of("[a-z]{1,3}")).prop_map(|(heading, text, id)| Passage {
        level: 2,
        heading,
        id,
        text,
        continued: false,
    })
}

/// Documents with texts of up to `words` words in a passage; some have no passage at all.
pub fn documents(words: usize) -> impl Strategy<Value = Vec<Document>> {
    let language =
        prop_oneof![4 => Just(None), 1 => Just(Some("de".to_owned())), 1 => Just(Some("tlh".to_owned()))];
    let path = prop::collection::vec("[abc]{1,3}(-[abc]{1,3})?|run|data-base", 0..2);
    let passages = prop::collection::vec(passage(words), 0..4);
    let document = (path, text(3), language, passages);
    prop::collection::vec(document, 1..9).prop_map(|documents| {
        let document =
            |(number, (path, title, language, passages)): (usize, (Vec<String>, _, _, _))| Document {
                url: path.into_iter().chain([format!("{number}.html")]).collect::<Vec<_>>().join("/"),
                title,
                language,
                passages,
                ..Document::default()
            };
        documents.into_iter().enumerate().map(document).collect()
    })
}

/// Opens an index of documents, cut into parts of so many bytes.
pub fn opened(documents: &[Document], part_bytes: Option<usize>) -> Local {
    opened_with(documents, &Settings { part_bytes, ..Settings::default() })
}

/// Opens an index of documents, cut as the settings say.
pub fn opened_with(documents: &[Document], settings: &Settings) -> Local {
    fresh(packed(documents, settings))
}

/// The packed bundle of documents.
pub fn packed(documents: &[Document], settings: &Settings) -> Vec<u8> {
    build(documents.to_vec(), &[], settings).expect("there are documents").bundle.pack()
}

/// Opens a bundle of which nothing was asked yet.
pub fn fresh(packed: Vec<u8>) -> Local {
    Local::packed(packed, None).expect("the bundle was built just now")
}

/// What is found, which on an undamaged bundle is always complete.
pub fn found(index: &mut Local, query: &str) -> Found {
    let found = index.search(query, ALL);
    assert!(found.complete && found.touched.is_empty(), "{query:?} on an undamaged bundle: {found:?}");
    found
}
