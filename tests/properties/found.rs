//! The index finds what a scan of the documents finds.

use super::corpus::{documents, found, opened, tries, word};
use super::scan::{Scan, fold, scans};
use proptest::prelude::*;
use searchlet_index::Document;
use searchlet_search::Found;
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

/// The documents that hold any of some words, each of which may go on if the last may.
fn holding(scans: &[Scan], words: &[(&str, bool)]) -> BTreeSet<usize> {
    let forms =
        |scan: &Scan| words.iter().flat_map(|(word, prefix)| scan.forms(&fold(word), *prefix)).collect();
    scans.iter().flat_map(|scan| scan.holding(&forms(scan))).collect()
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
            same(&found, &documents, &[(word.clone(), holding(&scans, &[(&word, false)]))])?;
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
                same(&found, &documents, &[(prefix.to_owned(), holding(&scans, &[(prefix, true)]))])?;
            }
        }
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
        let as_one = |word: &str, prefix: bool| -> BTreeSet<usize> {
            let forms = |scan: &Scan| {
                let mut forms = scan.forms(&fold(word), prefix);
                if "-_".contains(between) {
                    forms.extend(scan.forms(&fold(&format!("{first}{second}")), !ended));
                } else if is_one {
                    forms.extend(scan.joined(&fold(&first), &fold(&second), !ended));
                }
                forms
            };
            scans.iter().flat_map(|scan| scan.holding(&forms(scan))).collect()
        };
        let words = [(first.clone(), as_one(&first, false)), (second.clone(), as_one(&second, !ended))];
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
