//! The index finds what a scan of the documents finds.

use super::corpus::{documents, found, opened, tries, word};
use super::scan::{Asked, Scan, documents_with, fold, meant, scans};
use proptest::prelude::*;
use searchlet_index::{Document, Passage};
use searchlet_search::{Found, Options};
use std::collections::BTreeSet;

/// The documents that lack no word of the answer, by number.
fn full(found: &Found, documents: &[Document]) -> BTreeSet<usize> {
    numbers(found, documents, <[String]>::is_empty)
}

fn numbers(found: &Found, documents: &[Document], wanted: impl Fn(&[String]) -> bool) -> BTreeSet<usize> {
    let hits = found.hits.iter().filter(|hit| wanted(&hit.missing));
    hits.map(|hit| documents.iter().position(|document| document.url == hit.url).expect("a document"))
        .collect()
}

/// Compares an answer with the documents that hold each of its words.
fn same(
    found: &Found,
    documents: &[Document],
    words: &[(String, BTreeSet<usize>)],
) -> Result<(), TestCaseError> {
    let all = words.iter().map(|word| word.1.clone()).reduce(|all, word| &all & &word).unwrap_or_default();
    prop_assert_eq!(full(found, documents), all.clone(), "{:?}", found);
    prop_assert!(
        all.is_empty() || found.total == all.len(),
        "{} is not {}: {:?}",
        found.total,
        all.len(),
        found
    );
    for (word, holding) in words {
        let lacking = numbers(found, documents, |missing| !missing.contains(word));
        prop_assert_eq!(&lacking, holding, "{} in {:?}", word, found);
    }
    let any: BTreeSet<usize> = words.iter().flat_map(|word| &word.1).copied().collect();
    prop_assert_eq!(numbers(found, documents, |_| true), any, "what lacks every word is no hit: {:?}", found);
    Ok(())
}

/// The documents that hold a word, which may go on if it is a prefix.
fn holding(scans: &[Scan], word: &str, prefix: bool) -> BTreeSet<usize> {
    let asked = Asked { word, prefix, joined: vec![BTreeSet::new(); scans.len()] };
    documents_with(scans, &meant(scans, &[asked])[0])
}

proptest! {
    #![proptest_config(tries(200))]

    #[test]
    fn one_word_is_found_as_a_scan_finds_it(documents in documents(12), asked in word(), upper: bool) {
        let mut index = opened(&documents, Some(64));
        let scans = scans(&documents);
        let asked = if upper { asked.to_uppercase() } else { asked };
        let some = scans.iter().flat_map(Scan::vocabulary).take(12).cloned();
        for word in some.chain([asked]).collect::<BTreeSet<_>>() {
            let found = found(&mut index, &format!("{word} "));
            same(&found, &documents, &[(word.clone(), holding(&scans, &word, false))])?;
        }
    }

    #[test]
    fn every_beginning_of_a_word_is_found_as_a_scan_finds_it(documents in documents(12), asked in word()) {
        let mut index = opened(&documents, Some(64));
        let scans = scans(&documents);
        let some = scans.iter().flat_map(Scan::vocabulary).step_by(3).take(4).cloned();
        for word in some.chain([asked]) {
            for end in (1..=word.len()).filter(|&end| word.is_char_boundary(end)) {
                let prefix = &word[..end];
                let found = found(&mut index, prefix);
                same(&found, &documents, &[(prefix.to_owned(), holding(&scans, prefix, true))])?;
            }
        }
    }

    #[test]
    fn accents_of_a_query_change_nothing_but_the_order(documents in documents(12), asked in prop::collection::vec(word(), 1..4)) {
        let mut index = opened(&documents, Some(64));
        let mut of = |words: &[String]| {
            let found = found(&mut index, &words.join(" "));
            (found.total, full(&found, &documents), numbers(&found, &documents, |_| true))
        };
        let folded: Vec<String> = asked.iter().map(|word| fold(word)).collect();
        prop_assert_eq!(of(&asked), of(&folded));
    }

    #[test]
    fn words_of_a_query_are_looked_for_apart_and_as_one(
        documents in documents(12), first in word(), second in word(),
        between in prop::sample::select(&[" ", "-", "_", " ,"][..]), ended: bool,
    ) {
        prop_assume!(fold(&first) != fold(&second));
        let mut index = opened(&documents, Some(64));
        let scans = scans(&documents);
        let end = if ended { " " } else { "" };
        let found = found(&mut index, &format!("{first}{between}{second}{end}"));
        let is_one = [&first, &second].iter().all(|half| fold(half).len() >= 3);
        // Typed as one, the words are looked for as one in any case.
        let as_one = |scan: &Scan| {
            if "-_".contains(between) {
                scan.forms(&fold(&format!("{first}{second}")), !ended)
            } else if is_one {
                scan.joined(&fold(&first), &fold(&second), !ended)
            } else {
                BTreeSet::new()
            }
        };
        let joined: Vec<_> = scans.iter().map(as_one).collect();
        let asked = [(&first, false), (&second, !ended)];
        let asked = asked.map(|(word, prefix)| Asked { word, prefix, joined: joined.clone() });
        let forms = meant(&scans, &asked);
        let words = [&first, &second].into_iter().cloned().zip(forms.iter().map(|forms| documents_with(&scans, forms)));
        let words: Vec<(String, BTreeSet<usize>)> = words.collect();
        same(&found, &documents, &words)?;
    }
}

/// A word that stands everywhere tells nothing, and is found all the same.
#[test]
fn a_word_of_every_document_is_found() {
    let document = |number: usize| Document {
        url: format!("{number}"),
        title: format!("The page {number}"),
        ..Document::default()
    };
    let documents: Vec<Document> = (0..3000).map(document).collect();
    let mut index = opened(&documents, None);
    for query in ["the ", "page", "the page", "the pages "] {
        assert_eq!(found(&mut index, query).total, documents.len(), "{query}");
    }
    let hit = found(&mut index, "the 1234 ");
    assert_eq!((hit.total, hit.hits[0].url.as_str()), (1, "1234"));
}

/// Documents that are in order by what their texts show keep it, however they are asked for.
#[test]
fn pages_of_an_answer_follow_each_other() {
    let document = |number: usize| {
        let text = if number.is_multiple_of(2) { "alpha beta and so on" } else { "beta filler alpha" };
        let passage =
            Passage { text: format!("{text} {}", "more ".repeat(number % 5)), ..Passage::default() };
        Document { url: format!("{number:02}"), passages: vec![passage], ..Document::default() }
    };
    let documents: Vec<Document> = (0..40).map(document).collect();
    let mut index = opened(&documents, Some(256));
    let urls = |found: Found| found.hits.into_iter().map(|hit| hit.url).collect::<Vec<_>>();
    let all = urls(index.search("alpha beta ", Options { limit: 40, ..Options::default() }));
    assert_eq!(all.len(), 40);
    for (offset, limit) in [(0, 1), (0, 5), (0, 15), (5, 10), (9, 2), (10, 5), (15, 10), (35, 10), (40, 10)] {
        let page = urls(index.search("alpha beta ", Options { offset, limit, ..Options::default() }));
        assert_eq!(page, all[offset..(offset + limit).min(40)], "{limit} from {offset}");
    }
}

/// A misspelt word is mended, a word is not, and what could not be read is not misspelt.
#[test]
fn what_was_meant_is_said() {
    let document = |(number, text): (usize, &str)| {
        let passage = Passage { text: text.into(), ..Passage::default() };
        Document { url: format!("{number}"), passages: vec![passage], ..Document::default() }
    };
    let texts = ["receive a maple form", "from the ample form", "from here", "from afar"];
    let texts = texts.into_iter().chain(["from us"; 5]);
    let documents: Vec<Document> = texts.enumerate().map(document).collect();
    for part_bytes in [None, Some(16)] {
        let mut index = opened(&documents, part_bytes);
        let mut meant = |query: &str| {
            let found = found(&mut index, query);
            (found.total, found.suggestion)
        };
        assert_eq!(meant("recieve maple "), (1, Some("receive maple ".to_owned())));
        assert_eq!(meant("Recieve, mapel!"), (1, Some("receive, maple!".to_owned())));
        assert_eq!(meant("maple "), (1, None), "a word that is spelt right");
        assert_eq!(meant("recieve a recieve "), (1, None), "a word that stands twice is not replaced");
        assert_eq!(
            meant("form afar "),
            (1, Some("from afar".to_owned() + " ")),
            "a word that was meant for another"
        );
        assert_eq!(meant("qqqqq "), (0, None));
    }
}
