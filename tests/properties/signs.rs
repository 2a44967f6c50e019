//! The signs of a query mean what a scan of the documents says.

use super::corpus::{documents, found, opened, tries, word};
use super::scan::{Scan, scans, words};
use proptest::prelude::*;
use searchlet_index::{Document, Passage};
use searchlet_search::{Found, local::Local};
use std::collections::BTreeSet;

/// The texts of a document in which words can stand side by side.
fn texts(document: &Document) -> impl Iterator<Item = &String> {
    let of_passages = document.passages.iter().flat_map(|passage| [&passage.heading, &passage.text]);
    [&document.title].into_iter().chain(of_passages)
}

/// Whether words stand side by side in a text.
fn holds(text: &str, phrase: &[String]) -> bool {
    let words: Vec<String> = words(text).words.into_iter().map(|word| word.0).collect();
    words.windows(phrase.len()).any(|window| window == phrase)
}

/// The URLs of the documents that a scan finds.
fn scanned(documents: &[Document], is_one: impl Fn(&Document) -> bool) -> BTreeSet<String> {
    documents.iter().filter(|document| is_one(document)).map(|document| document.url.clone()).collect()
}

fn urls(found: &Found) -> BTreeSet<String> {
    found.hits.iter().map(|hit| hit.url.clone()).collect()
}

fn without_apostrophes(mut documents: Vec<Document>) -> Vec<Document> {
    for document in &mut documents {
        let of_passages =
            document.passages.iter_mut().flat_map(|passage| [&mut passage.heading, &mut passage.text]);
        for text in [&mut document.title].into_iter().chain(of_passages) {
            *text = text.replace(['\'', '’'], " ");
        }
    }
    documents
}

/// Two words that some document has.
fn known(documents: &[Document], asked: [usize; 2]) -> Option<[String; 2]> {
    let scans = scans(documents);
    let words: Vec<&String> = scans.iter().flat_map(Scan::vocabulary).collect();
    (!words.is_empty()).then(|| asked.map(|number| words[number % words.len()].clone()))
}

/// A phrase of a few words, mostly one that stands in some document.
fn phrase() -> impl Strategy<Value = (usize, usize, usize, Vec<String>)> {
    (any::<prop::sample::Index>(), 0usize..40, 1usize..4, prop::collection::vec(word(), 1..4))
        .prop_map(|(document, from, length, others)| (document.index(1 << 16), from, length, others))
}

/// The phrase that is meant: words of a document, or failing that others.
fn meant(
    documents: &[Document],
    (document, from, length, others): (usize, usize, usize, Vec<String>),
) -> Vec<String> {
    let document = &documents[document % documents.len()];
    let all: Vec<Vec<String>> =
        texts(document).map(|text| words(text).words.into_iter().map(|word| word.0).collect()).collect();
    let text = all.into_iter().filter(|text| text.len() >= length).nth(from % 3);
    match text {
        Some(text) => text[from % (text.len() - length + 1)..][..length].to_vec(),
        None => others.iter().flat_map(|word| words(word).words).map(|word| word.0).collect(),
    }
}

proptest! {
    #![proptest_config(tries(200))]

    #[test]
    fn words_in_quotation_marks_are_found_as_a_scan_finds_them(
        documents in documents(12), asked in phrase(), cut in prop::sample::select(&[None, Some(64)][..]),
    ) {
        // What stands at an apostrophe is part of its word in a phrase, and is not what the scan has.
        let documents = without_apostrophes(documents);
        let phrase = meant(&documents, asked);
        prop_assume!(!phrase.is_empty());
        let mut index = opened(&documents, cut);
        let found = found(&mut index, &format!("\"{}\"", phrase.join(" ")));
        let is_one = |text: &String| holds(text, &phrase);
        // A single word may stand in the path, too, or be a word that was written in parts; several stand side by side only in a text.
        let expected = scanned(&documents, |document| {
            let path = document.url.trim_end_matches(".html").to_owned();
            let is_word = |text: &String| phrase.len() == 1 && words(text).any(|word| word == phrase[0]);
            texts(document).chain([&path]).any(is_word) || texts(document).any(is_one)
        });
        if expected.is_empty() {
            let text = format!("\"{}\"", phrase.join(" "));
            prop_assert!(found.hits.iter().all(|hit| hit.missing.contains(&text)), "{:?}", found);
        } else {
            prop_assert_eq!(found.total, expected.len());
            prop_assert_eq!(urls(&found), expected);
        }
    }

    #[test]
    fn what_is_not_wanted_is_in_no_hit(documents in documents(12), asked in any::<[usize; 2]>()) {
        let Some([wanted, unwanted]) = known(&documents, asked) else { return Ok(()) };
        prop_assume!(unwanted.chars().count() > 1 && wanted != unwanted);
        let mut index = opened(&documents, Some(64));
        let all = urls(&found(&mut index, &format!("{wanted} ")));
        let without = urls(&found(&mut index, &format!("{unwanted} ")));
        let left = urls(&found(&mut index, &format!("{wanted} -{unwanted} ")));
        prop_assert_eq!(left, &all - &without);
    }

    #[test]
    fn one_of_several_words_will_do(documents in documents(12), asked in any::<[usize; 2]>()) {
        let Some([first, second]) = known(&documents, asked) else { return Ok(()) };
        let mut index = opened(&documents, Some(64));
        let mut of = |query: &str| urls(&found(&mut index, query));
        let (first_urls, second_urls) = (of(&format!("{first} ")), of(&format!("{second} ")));
        prop_assert_eq!(of(&format!("{first} OR {second} ")), &first_urls | &second_urls);
    }

    #[test]
    fn a_word_that_the_title_must_have_is_in_the_title(documents in documents(12), asked in word()) {
        let documents = without_apostrophes(documents);
        let mut index = opened(&documents, Some(64));
        let found = found(&mut index, &format!("title:\"{asked}\""));
        let asked: Vec<String> = words(&asked).words.into_iter().map(|word| word.0).collect();
        let expected = scanned(&documents, |document| holds(&document.title, &asked));
        if !expected.is_empty() {
            prop_assert_eq!(urls(&found), expected);
        }
    }
}

fn page(url: &str, title: &str, text: &str) -> Document {
    let passage = Passage { text: text.into(), ..Passage::default() };
    Document { url: url.into(), title: title.into(), passages: vec![passage], ..Document::default() }
}

fn index() -> Local {
    opened(
        &[
            page("a", "The art of the deal", "A page of the book, and of dealing."),
            page("b", "Apples", "Of apples the best; apple pie and static methods of classes."),
            page("c", "Static methods", "A method is static; a C++ method is fast."),
            page("d", "Pears", "Pears and static pages. Methods."),
        ],
        Some(64),
    )
}

#[test]
fn signs_work_together() {
    let mut index = index();
    let mut ask = |query: &str| {
        let found = found(&mut index, query);
        let hits: Vec<&str> = found.hits.iter().map(|hit| &*hit.url).collect();
        (found.total, hits.join(" "))
    };
    assert_eq!(ask("\"of the\""), (1, "a".to_owned()));
    assert_eq!(ask("\"static methods\" apples"), (1, "b c".to_owned()));
    assert_eq!(ask("\"static methods\" -apples"), (1, "c".to_owned()));
    assert_eq!(ask("static -\"static methods\""), (1, "d".to_owned()));
    assert_eq!(ask("\"art of\" OR pears").0, 2);
    assert_eq!(ask("pears OR title:static").0, 2);
    assert_eq!(ask("title:static"), (1, "c".to_owned()));
    assert_eq!(ask("title:sta"), (1, "c".to_owned()), "a word that is being typed");
    assert_eq!(ask("\"pages methods\"").0, 1, "a full stop does not part words");
    assert_eq!(ask("\"c++ method\""), (1, "c".to_owned()));
}

#[test]
fn a_word_may_be_one_of_several_and_stand_by_itself() {
    let mut index = opened(
        &[
            page("1", "", "rust"),
            page("2", "", "cargo"),
            page("3", "", "rust cargo"),
            page("4", "", "rust go"),
        ],
        None,
    );
    let mut ask = |query: &str| {
        let found = found(&mut index, query);
        found.hits.iter().take(found.total).map(|hit| hit.url.clone()).collect::<BTreeSet<_>>()
    };
    let urls = |urls: &[&str]| urls.iter().map(|url| (*url).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(ask("rust rust OR cargo "), urls(&["1", "3", "4"]));
    assert_eq!(ask("rust OR cargo rust "), urls(&["1", "3", "4"]));
    assert_eq!(ask("rust OR cargo rust OR go "), urls(&["1", "3", "4"]));
    for text in ["rust OR car", "x rust OR ca", "rust OR cargo OR go ca"] {
        assert!(index.suggest(text, 5).len() < 5, "{text}");
    }
}

#[test]
fn what_stands_at_an_apostrophe_is_part_of_a_phrase() {
    let mut index =
        opened(&[page("a", "", "I can use it."), page("b", "", "I can't use it; Rust's way.")], Some(64));
    let mut ask = |query: &str| {
        let found = found(&mut index, query);
        let missing = found.hits.first().is_some_and(|hit| !hit.missing.is_empty());
        (found.hits.iter().map(|hit| hit.url.clone()).collect::<String>(), missing)
    };
    assert_eq!(ask("\"can't use\""), ("b".to_owned(), false));
    assert_eq!(ask("\"can use\""), ("a".to_owned(), false));
    assert_eq!(ask("use -\"can't use\""), ("a".to_owned(), false));
    assert_eq!(ask("\"rust's way\""), ("b".to_owned(), false));
}

#[test]
fn many_signs_cost_no_more_than_a_few() {
    let mut index = index();
    for text in
        ["a OR ".repeat(50_000), "“a ".repeat(50_000), "-ab ".repeat(50_000) + "x", "\"a b\" ".repeat(5000)]
    {
        found(&mut index, &text);
    }
}

#[test]
fn a_phrase_is_shown_where_it_stands() {
    let far = "Static things, and the methods of others. ".repeat(30);
    let mut index = opened(&[page("a", "A", &format!("{far}These static methods are it. {far}"))], None);
    let found = found(&mut index, "\"static methods\"");
    let excerpt: String = found.hits[0].excerpt.iter().map(|segment| &*segment.text).collect();
    assert!(excerpt.contains("These static methods are it."), "{excerpt}");
}

#[test]
fn a_phrase_that_no_page_has_is_searched_as_words_and_said_to_be_missing() {
    let mut index = index();
    let found = found(&mut index, "\"best apples\"");
    assert_eq!((found.total, &*found.hits[0].url), (1, "b"));
    assert_eq!(found.hits[0].missing, ["\"best apples\""]);
}
