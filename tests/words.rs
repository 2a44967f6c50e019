//! Words of all kinds, as documents have them and as people type them.

use searchlet_index::{Document, Passage, Settings, build};
use searchlet_search::{Found, Options, local::Local};

// Words of code and of those who write about it.
mod technical;

// Words of many languages.
mod languages;

// Words that are the same but for their accents.
mod accents;

/// A text, a query, and whether the query finds it as it was typed.
type Case = (&'static str, &'static str, bool);

/// Asks each query of an index with just its text and another one; names those that find what they should not, or not
/// what they should.
fn check(language: &str, cases: &[Case]) {
    let wrong = cases.iter().filter(|(text, query, expected)| is_found(language, text, query) != *expected);
    let wrong: Vec<String> = wrong
        .map(|(text, query, expected)| {
            let not = if *expected { "not found" } else { "found, and should not be" };
            format!("{language}: {query:?} in {text:?} is {not}")
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a query finds a text by all of its words, none of them taken for misspelt.
fn is_found(language: &str, text: &str, query: &str) -> bool {
    let found = found(language, text, query);
    found.suggestion.is_none() && found.hits.iter().any(|hit| hit.missing.is_empty())
}

/// What a query finds in an index of a text, and of another one without words.
fn found(language: &str, text: &str, query: &str) -> Found {
    let document = |url: &str, text: &str| {
        let passage = Passage { text: text.to_owned(), ..Passage::default() };
        Document { url: url.to_owned(), passages: vec![passage], ..Document::default() }
    };
    let documents = vec![document("0", text), document("1", "@@@")];
    let settings = Settings { language: language.to_owned(), ..Settings::default() };
    let pack = build(documents, &[], &settings).expect("there are documents").bundle.pack();
    let mut index = Local::packed(pack, None).expect("the bundle was built just now");
    index.search(query, Options::default())
}
