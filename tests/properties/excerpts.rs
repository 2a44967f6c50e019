//! Excerpts are stretches of the text in which just the words of the query are marked.

use super::corpus::{documents, found, opened, tries, word};
use super::scan::{self, Asked, Scan, Words, fold, scans, words};
use proptest::prelude::*;
use searchlet_index::{Document, Passage};
use searchlet_search::Segment;
use std::collections::BTreeSet;

/// An excerpt has about this many words.
const WINDOW: usize = 30;

fn plain(excerpt: &[Segment]) -> String {
    excerpt.iter().map(|segment| &*segment.text).collect()
}

/// Whether a text without its line ends holds an excerpt without its ellipses.
fn is_of(excerpt: &[Segment], passage: &Passage) -> bool {
    let shown = plain(excerpt);
    let shown = shown.strip_prefix('…').unwrap_or(&shown);
    passage.text.replace('\n', " ").contains(shown.strip_suffix('…').unwrap_or(shown))
}

/// How many of the words stand in the best window of a text.
fn best(text: &Words, asked: &[BTreeSet<String>]) -> usize {
    let held = |from: usize, to: usize| {
        let holds = |forms: &&BTreeSet<String>| {
            let apart = text.words[from..to].iter().any(|word| forms.contains(&word.0));
            apart || text.compounds.iter().any(|at| (from..to).contains(&at.0) && forms.contains(&at.1))
        };
        asked.iter().filter(holds).count()
    };
    (0..text.words.len()).map(|from| held(from, (from + WINDOW).min(text.words.len()))).max().unwrap_or(0)
}

/// The forms that two words are found by.
fn meant(scan: &Scan, first: &str, second: &str, prefix: bool) -> [BTreeSet<String>; 2] {
    let is_one = [first, second].iter().all(|half| fold(half).len() >= 3);
    let joined = || if is_one { scan.joined(&fold(first), &fold(second), prefix) } else { BTreeSet::new() };
    let asked = [(first, false), (second, prefix)].map(|(word, prefix)| Asked {
        word,
        prefix,
        joined: vec![joined()],
    });
    let meant = scan::meant(std::slice::from_ref(scan), &asked);
    [0, 1].map(|word| meant[word][0].clone())
}

/// What is sought of the last word of a query in a document: its completions do not count where the word itself stands,
/// of which what is said of the whole document is a part.
fn sought(document: &Document, word: &BTreeSet<String>, completed: BTreeSet<String>) -> BTreeSet<String> {
    // A word that no document has is led to its kin, but not when there are words that complete it.
    let word = word & &completed;
    let of_passages = document.passages.iter().flat_map(|passage| [&passage.heading, &passage.text]);
    let mut texts = of_passages.chain([&document.title, &document.url]);
    if texts.any(|text| words(text).any(|form| word.contains(form))) { word } else { completed }
}

proptest! {
    #![proptest_config(tries(120))]

    #[test]
    fn they_are_of_the_text_mark_what_matches_and_show_the_best_window(
        documents in documents(90), first in word(), second in word(),
    ) {
        prop_assume!(fold(&first) != fold(&second));
        let mut documents = documents;
        // Scores of several languages hold different forms, which the scan would have to tell apart.
        documents.iter_mut().for_each(|document| document.language = None);
        let mut index = opened(&documents, Some(64));
        let scan = scans(&documents).remove(0);
        let joined = scan.joined(&fold(&first), &fold(&second), true);
        let is_one = [&first, &second].iter().all(|half| fold(half).len() >= 3);
        let forms = |word: &str, prefix: bool| {
            let mut forms = scan.forms(&fold(word), prefix);
            forms.extend(is_one.then_some(&joined).into_iter().flatten().cloned());
            forms
        };
        for hit in found(&mut index, &format!("{first} {second}")).hits {
            let document = documents.iter().find(|document| document.url == hit.url).expect("a document");
            let asked = meant(&scan, &first, &second, true);
            let empty = Passage::default();
            let passages = || document.passages.iter().chain([&empty]);
            prop_assert!(passages().any(|passage| is_of(&hit.excerpt, passage)), "{hit:?} of {document:?}");
            let shown = hit.excerpt.iter().filter(|segment| segment.hit);
            let mut marked = Vec::new();
            for segment in shown {
                let text = words(&segment.text);
                prop_assert!(text.any(|form| asked.iter().any(|forms| forms.contains(form))), "{segment:?} is no match");
                marked.extend((0..2).filter(|&word| text.any(|form| asked[word].contains(form))));
            }
            let marked: BTreeSet<usize> = marked.into_iter().collect();
            let [one, completed] = asked;
            let asked = [one, sought(document, &forms(&second, false), completed)];
            let most = passages().map(|passage| best(&words(&passage.text), &asked)).max().unwrap_or(0);
            prop_assert!(marked.len() >= most, "{marked:?} of {most} in {hit:?}\n{document:?}");
            for passage in &hit.passages {
                let (url, id) = passage.url.rsplit_once('#').expect("a fragment");
                prop_assert_eq!(url, &hit.url);
                let of = |other: &&Passage| other.id.as_deref() == Some(id) && other.heading == passage.title;
                prop_assert!(document.passages.iter().filter(of).any(|other| is_of(&passage.excerpt, other)), "{passage:?}");
            }
        }
    }
}

/// A compound that begins within the window is shown to its end.
#[test]
fn a_compound_at_the_end_of_the_window_is_marked() {
    let text = format!("start {} cyber-security {}", "x ".repeat(28), "y ".repeat(60));
    let passage = Passage { text: text.trim().to_owned(), ..Passage::default() };
    let document =
        Document { url: "a".into(), title: "A".into(), passages: vec![passage], ..Document::default() };
    let hit = found(&mut opened(&[document], None), "start x cybersecurity ").hits.remove(0);
    assert!(hit.excerpt.iter().any(|segment| segment.hit && segment.text == "cyber-security"), "{hit:?}");
}

/// In how many documents a word stands whose passages are left out, at least.
const COMMON: usize = 70;

proptest! {
    #![proptest_config(tries(40))]

    /// Of words that stand in most documents it is not told in which passages.
    #[test]
    fn words_of_hidden_passages_are_shown_in_the_best_window(
        texts in prop::collection::vec(prop::collection::vec(word(), 1..50), 2..22),
        common in prop::sample::subsequence(&["run", "data", "the", "use"][..], 1..4),
        first in word(), second in word(), ended: bool, part_bytes in prop::sample::select(&[Some(64), Some(512), None][..]),
    ) {
        prop_assume!(fold(&first) != fold(&second));
        let passage = |text: String| Passage { text, ..Passage::default() };
        let long = Document {
            url: "long".into(),
            passages: texts.iter().map(|words| passage(words.join(" "))).collect(),
            ..Document::default()
        };
        let short = |number: usize| Document {
            url: format!("short/{number}"),
            passages: vec![passage(common.join(" "))],
            ..Document::default()
        };
        let documents: Vec<Document> = (0..COMMON).map(short).chain([long.clone()]).collect();
        let mut index = opened(&documents, part_bytes);
        let scan = scans(&documents).remove(0);
        let joined = scan.joined(&fold(&first), &fold(&second), !ended);
        let is_one = [&first, &second].iter().all(|half| fold(half).len() >= 3);
        let forms = |word: &str, prefix: bool| {
            let mut forms = scan.forms(&fold(word), prefix);
            forms.extend(is_one.then_some(&joined).into_iter().flatten().cloned());
            forms
        };
        let asked = meant(&scan, &first, &second, !ended);
        let end = if ended { " " } else { "" };
        let hits = found(&mut index, &format!("{first} {second}{end}")).hits;
        for hit in hits.iter().filter(|hit| hit.url == long.url) {
            let marked: String = hit.excerpt.iter().filter(|segment| segment.hit).map(|segment| format!("{} ", segment.text)).collect();
            let marked = words(&marked);
            let marked = asked.iter().filter(|forms| marked.any(|form| forms.contains(form))).count();
            let [first, completed] = asked.clone();
            let asked = [first, sought(&long, &forms(&second, false), completed)];
            let most = long.passages.iter().map(|passage| best(&words(&passage.text), &asked)).max().unwrap_or(0);
            prop_assert!(marked >= most, "{} of {} in {:?}", marked, most, hit);
        }
    }
}
