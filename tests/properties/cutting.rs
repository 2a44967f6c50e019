//! How an index is cut, what was asked before, what is kept: none of it shows in an answer.

use super::by_hand::ByHand;
use super::corpus::{documents, found, fresh, opened, opened_with, packed, tries, word};
use proptest::prelude::*;
use searchlet_index::{Document, Passage, Settings};

/// Every way of cutting: into parts of a key or a passage each up to one part, with a directory of one level or of
/// many, with all prefixes prepared or none.
fn cut() -> impl Strategy<Value = Settings> {
    let part_bytes = prop::sample::select(&[Some(1usize), Some(64), Some(512), None][..]);
    let level_entries = prop::sample::select(&[Some(2usize), Some(4), None][..]);
    let prefix_postings = prop::sample::select(&[Some(0usize), Some(3), None][..]);
    (part_bytes, level_entries, prefix_postings).prop_map(|(part_bytes, level_entries, prefix_postings)| {
        Settings { part_bytes, level_entries, prefix_postings, ..Settings::default() }
    })
}

/// A query of several words, of which the last may be the beginning of one.
fn query() -> impl Strategy<Value = String> {
    let between = prop::sample::select(&[" ", " ", "-", ""][..]);
    let words = prop::collection::vec((word(), between), 1..5);
    (words, 0usize..4).prop_map(|(words, off)| {
        let mut query: String =
            words.into_iter().flat_map(|(word, between)| [word, between.into()]).collect();
        for _ in 0..off {
            query.pop();
        }
        query
    })
}

proptest! {
    #![proptest_config(tries(160))]

    #[test]
    fn however_an_index_is_cut_it_answers_alike(
        documents in documents(40),
        queries in prop::collection::vec(query(), 1..6),
        order in prop::collection::vec(any::<prop::sample::Index>(), 10),
        cut in cut(),
        kept in prop::sample::select(&[0usize, 300, 900, 1 << 20][..]),
    ) {
        let mut index = opened_with(&documents, &cut);
        index.keep(kept);
        let whole = packed(&documents, &Settings::default());
        // Beside other words the commonest of a prefix that is prepared are suggested, so the same ones must be.
        let alike = Settings { prefix_postings: cut.prefix_postings, ..Settings::default() };
        let alike = packed(&documents, &alike);
        for at in order {
            let query = &queries[at.index(queries.len())];
            prop_assert_eq!(found(&mut index, query), found(&mut fresh(whole.clone()), query));
            prop_assert_eq!(index.suggest(query, 5), fresh(alike.clone()).suggest(query, 5), "{:?}", query);
        }
    }

    #[test]
    fn a_prefix_that_is_prepared_is_suggested_like_any_other(
        mut documents in documents(40), asked in word(), cut in cut(),
    ) {
        // The lists of several languages are cut before they are put together.
        documents.iter_mut().for_each(|document| document.language = None);
        let mut index = opened_with(&documents, &cut);
        let mut whole = opened(&documents, None);
        for end in (1..=asked.len()).filter(|&end| asked.is_char_boundary(end)) {
            prop_assert_eq!(index.suggest(&asked[..end], 5), whole.suggest(&asked[..end], 5));
        }
    }
}

/// Words of five letters, each another one.
fn many_words(count: usize) -> Vec<String> {
    let letter = |number: usize, place: u32| (b'a' + (number / 26usize.pow(place) % 26) as u8) as char;
    (0..count).map(|number| (0..5).map(|place| letter(number * 7919, place)).collect()).collect()
}

/// So many documents that there are many chapters, each with a few words of its own.
fn many_documents(count: usize) -> Vec<Document> {
    let words = many_words(1200);
    let document = |number: usize| {
        let passage = |nth: usize| {
            let text = [0, 1, 2].map(|more| &*words[(number * 13 + nth * 5 + more * more) % words.len()]);
            Passage { text: text.join(" "), ..Passage::default() }
        };
        Document {
            url: format!("{number}"),
            title: words[number % words.len()].clone(),
            passages: (0..3).map(passage).collect(),
            ..Document::default()
        }
    };
    (0..count).map(document).collect()
}

/// With two entries in a level of the head, eight in each part below.
#[test]
fn a_directory_of_three_levels_leads_to_the_same() {
    let documents = many_documents(6000);
    let cut = Settings {
        part_bytes: Some(1),
        level_entries: Some(2),
        prefix_postings: Some(0),
        ..Settings::default()
    };
    let mut by_hand = ByHand::new(&documents, &cut);
    assert_eq!(by_hand.depth(), 3);
    let mut whole = opened(&documents, None);
    let mut index = opened_with(&documents, &cut);
    index.keep(900);
    let words = many_words(1200);
    let queries = [
        words[3].clone(),
        format!("{} {}", words[14], words[15]),
        words[9][..2].to_owned(),
        "b".into(),
        "zzzz ".into(),
    ];
    for query in queries.iter().chain(&queries[..2]) {
        assert_eq!(found(&mut index, query), found(&mut whole, query), "{query}");
    }
}

/// An excerpt is looked for in so many passages, not in so many parts.
#[test]
fn a_long_document_is_shown_alike_however_it_is_cut() {
    let passage = |text: &str| Passage { text: text.to_owned(), ..Passage::default() };
    let document = |url: String, passages| Document { url, passages, ..Document::default() };
    for before in [10, 63, 64, 100] {
        let mut passages = vec![passage("nothing of the kind"); before];
        passages.push(passage("common"));
        let short = |number: usize| document(format!("{number}"), vec![passage("common")]);
        let documents: Vec<Document> =
            (0..70).map(short).chain([document("long".into(), passages)]).collect();
        let expected = found(&mut opened(&documents, None), "common ");
        assert_eq!(expected.total, documents.len());
        for part_bytes in [64, 512] {
            assert_eq!(found(&mut opened(&documents, Some(part_bytes)), "common "), expected, "{before}");
        }
    }
}
