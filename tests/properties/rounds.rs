//! A search waits for few rounds of requests, whatever is asked.
//!
//! Words take one round, or two: a prefix that is not prepared is looked up word by word, an unknown word is led to its
//! kin, two words may be one, a form may stand in another part than its group. Text takes one round, or two where a
//! passage shows less than another may.
//! A misspelt word takes two rounds more: for the words that may be meant, then for their documents.
//! Who has waited twice for words asks for all text at once.

use super::by_hand::ByHand;
use super::generated::{pages, stem};
use searchlet_index::{Passage, Settings};
use searchlet_search::{Found, Options};
use std::collections::BTreeSet;

/// Completing takes as many rounds as the words of a query do.
const OF_WORDS: usize = 2;

/// So many rounds a search takes at most.
const MOST: usize = 3;

/// So many where a word may be misspelt: two for the words, one for what they may be meant for, two for that, one for all
/// text. In an index cut as usual it is four.
const MOST_MISSPELT: usize = 6;

/// Numbers of stems from the commonest to the rarest.
const SOME: [usize; 14] = [0, 1, 2, 5, 10, 30, 70, 100, 300, 500, 800, 1200, 3000, 5000];

/// Queries of each kind.
fn classes() -> Vec<(&'static str, Vec<String>)> {
    let each = |query: &dyn Fn(usize) -> String| SOME.map(query).to_vec();
    let beginnings = |number: usize| {
        let word = stem(number);
        (1..=word.len()).map(|end| word[..end].to_owned()).collect::<Vec<_>>()
    };
    let other = |number: usize| stem(number * 3 + 40);
    let third = |number: usize| stem(number + 7);
    let planted = |queries: &[&str]| queries.iter().map(|&query| query.to_owned()).collect();
    vec![
        ("one word", each(&|number| format!("{} ", stem(number)))),
        ("an inflected word", each(&|number| format!("{}ing ", stem(number)))),
        ("every beginning of a word", SOME.into_iter().flat_map(beginnings).collect()),
        ("a word with a beginning", each(&|number| format!("{} {}", stem(number), &other(number)[..3]))),
        ("two words", each(&|number| format!("{} {} ", stem(number), other(number)))),
        ("three words", each(&|number| format!("{} {} {} ", stem(number), other(number), third(number)))),
        ("common words alone", vec![format!("{} {} {}ed ", stem(0), stem(1), stem(2)), stem(1)]),
        ("a form that no document has", planted(&["planting ", "planting snow ", "planting balled "])),
        ("words as one", planted(&["snowball ", "snow ball ", "snow ball", "snow balls "])),
        ("a compound", planted(&["snow-ball ", "snow-ball"])),
        ("two that may be one", each(&|number| format!("{}-{} ", stem(number), other(number)))),
        ("nothing", planted(&["zzzzzz ", "zz", "zzzzzz xxxxxx", "", "!"])),
    ]
}

/// The words of a text.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Whether a word of a query may be misspelt, since no document has it, or none has all words.
fn is_misspelt(query: &str, found: &Found, words: &BTreeSet<String>) -> bool {
    words_of(query).any(|word| !words.contains(&word)) || found.hits.iter().all(|hit| !hit.missing.is_empty())
}

#[test]
fn no_kind_of_query_waits_for_long() {
    let mut documents = pages(400);
    // In a long document, where a passage that holds a word may be in any of several parts.
    for (number, text) in
        ["A snowball of snow.", "They planted a ball.", "Plants: snow-ball.", "Snow, balls."]
            .into_iter()
            .enumerate()
    {
        for document in documents.iter_mut().skip(19 + 5 * number).step_by(25) {
            document.passages.push(Passage { text: text.into(), ..Passage::default() });
        }
    }
    let texts = documents.iter().flat_map(|document| &document.passages);
    let words: BTreeSet<String> = texts.flat_map(|passage| words_of(&passage.text)).collect();
    let small = Settings { part_bytes: Some(2048), ..Settings::default() };
    let prepared = Settings { prefix_postings: Some(300), ..small.clone() };
    for settings in [Settings::default(), small, prepared] {
        let mut index = ByHand::new(&documents, &settings);
        assert_eq!(index.depth(), 0, "the directory lies in the head");
        index.forget();
        for (class, queries) in classes() {
            for query in &queries {
                let (found, rounds) = index.search(query, Options::default());
                assert!(found.hits.is_empty() == (class == "nothing"), "{class}: {query:?}");
                let most = if is_misspelt(query, &found, &words) { MOST_MISSPELT } else { MOST };
                assert!(rounds.len() <= most, "{class}: {query:?} takes {rounds:?}");
                let rounds = index.suggest(query);
                assert!(rounds.len() <= OF_WORDS, "{class}: completing {query:?} takes {rounds:?}");
            }
        }
    }
}
