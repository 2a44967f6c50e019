//! Titles typed letter by letter: how soon the page is found, and whether it stays.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use anyhow::Result;

use super::{
    ask::{self, Answer},
    curve::{LETTERS, Panel, draw},
    judge::{JUDGED, page as page_of},
    sets::Set,
    write,
};
use crate::place::{Place, say};

/// Where the figures and the picture are written.
const PAGE: &str = "docs/keystrokes.md";
const PICTURE: &str = "docs/keystrokes.svg";

/// How many hits the CLI gives at once.
const AT_ONCE: usize = 1000;

/// What typing the titles of one set came to.
struct Typed<'s> {
    set: &'s Set,
    titles: usize,
    keystrokes: usize,
    /// For each number of letters the shares of targets that stand first, and among ten.
    first: Vec<f64>,
    among: Vec<f64>,
    /// Events in which a page was lost.
    lost: Vec<Lost>,
}

/// A page that stood first twice running, then not among the first ten, though it has all words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lost {
    query: String,
    url: String,
}

/// Types the titles of each set, prints what was found; writes it down, too, if that is wanted.
pub fn run(place: &Place, sets: &[Set], kept: bool) -> Result<()> {
    let mut all = Vec::new();
    for set in sets {
        say(&format!("typing the titles of {}", set.name));
        ask::index(place, set)?;
        all.push(typed(place, set)?);
    }
    let table = table(&all)?;
    println!("\n{table}");
    for Lost { query, url } in all.iter().flat_map(|typed| &typed.lost) {
        println!("lost at {query:?}: {url}");
    }
    if !kept {
        return Ok(());
    }
    let panels: Vec<Panel<'_>> = all
        .iter()
        .map(|typed| Panel { title: &typed.set.name, first: &typed.first, among: &typed.among })
        .collect();
    write(&place.at(PICTURE), &draw(&panels))?;
    write(&place.at(PAGE), &format!("{HEADER}\n{table}"))
}

fn typed<'s>(place: &Place, set: &'s Set) -> Result<Typed<'s>> {
    let titles: Vec<(Vec<&str>, &String)> = set
        .judged
        .iter()
        .filter(|judged| judged.kind == "title")
        .flat_map(|judged| judged.grades.keys().map(|target| (beginnings(&judged.query), target)))
        .collect();
    // Many titles begin alike, and each beginning is asked once.
    let queries: BTreeSet<&str> = titles.iter().flat_map(|(typed, _)| typed.iter().copied()).collect();
    let answers = ask::batch(place, set, queries.iter().copied(), JUDGED, 0)?;
    let answers: BTreeMap<&str, Answer> = queries.into_iter().zip(answers).collect();

    let n_titles = titles.len().max(1) as f64;
    let share = |rank: usize| -> Vec<f64> {
        let found = |(typed, target): &&(Vec<&str>, &String), letters: usize| {
            let hits = &answers[typed[letters.min(typed.len()) - 1]].hits;
            hits.iter().take(rank).any(|hit| page_of(&hit.url) == **target)
        };
        let count = |letters| titles.iter().filter(|title| found(title, letters)).count();
        (1..=LETTERS).map(|letters| count(letters) as f64 / n_titles).collect()
    };
    let (first, among) = (share(1), share(JUDGED));
    let gone = titles.iter().flat_map(|(typed, _)| gone(typed, &answers));
    Ok(Typed {
        set,
        titles: titles.len(),
        keystrokes: titles.iter().map(|(typed, _)| typed.len()).sum(),
        first,
        among,
        lost: still_matching(place, set, gone.collect())?,
    })
}

/// What stands in the box after each keystroke.
fn beginnings(title: &str) -> Vec<&str> {
    title.char_indices().map(|(at, letter)| &title[..at + letter.len_utf8()]).collect()
}

/// Pages that stood first at two keystrokes running and are not among the hits of the next one.
fn gone(typed: &[&str], answers: &BTreeMap<&str, Answer>) -> Vec<Lost> {
    let hits = |query: &str| answers[query].hits.iter().map(|hit| hit.url.as_str());
    let event = |three: &[&str]| {
        let url = hits(three[0]).next()?;
        let gone = hits(three[1]).next() == Some(url) && !hits(three[2]).any(|hit| hit == url);
        gone.then(|| Lost { query: three[2].to_owned(), url: url.to_owned() })
    };
    typed.windows(3).filter_map(event).collect()
}

/// Those of the pages that do have all words of the query: they are looked for among all its hits.
fn still_matching(place: &Place, set: &Set, gone: Vec<Lost>) -> Result<Vec<Lost>> {
    let mut matching: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut open: BTreeSet<&str> = gone.iter().map(|lost| lost.query.as_str()).collect();
    let mut offset = 0;
    while !open.is_empty() {
        let queries: Vec<&str> = open.iter().copied().collect();
        let answers = ask::batch(place, set, queries.iter().copied(), AT_ONCE, offset)?;
        offset += AT_ONCE;
        for (query, answer) in queries.into_iter().zip(answers) {
            // Those that lack a word come after all others.
            if answer.total <= offset || answer.hits.iter().any(|hit| hit.lacks) {
                open.remove(query);
            }
            let whole = answer.hits.into_iter().filter(|hit| !hit.lacks).map(|hit| hit.url);
            matching.entry(query).or_default().extend(whole);
        }
    }
    let matches: Vec<bool> =
        gone.iter().map(|Lost { query, url }| matching[query.as_str()].contains(url)).collect();
    Ok(gone.into_iter().zip(matches).filter(|(_, matches)| *matches).map(|(lost, _)| lost).collect())
}

fn table(all: &[Typed<'_>]) -> Result<String> {
    let mut table = String::from(
        "| set | titles | keystrokes | half stand first after | half are among ten after | lost, of 1,000 keystrokes |\n\
         |---|--:|--:|--:|--:|--:|\n",
    );
    for Typed { set, titles, keystrokes, first, among, lost } in all {
        let half = |shares: &[f64]| match shares.iter().position(|&share| share >= 0.5) {
            Some(place) => format!("{} letters", place + 1),
            None => format!("more than {LETTERS} letters"),
        };
        let of_thousand = 1000.0 * lost.len() as f64 / (*keystrokes).max(1) as f64;
        writeln!(
            table,
            "| {} | {titles} | {keystrokes} | {} | {} | {of_thousand:.2} |",
            set.name,
            half(first),
            half(among)
        )?;
    }
    Ok(table)
}

const HEADER: &str = "# While a title is typed

This page is written by `cargo xtask eval --keystrokes`; do not edit it by hand.

Titles are typed letter by letter, as they are written, and after each letter the index is asked. The picture shows the share of pages that stand first, and among the first ten, by the number of letters typed. A title that is shorter counts as it stood when it was whole.

**Lost** counts events in which a page that stood first at two keystrokes running is not among the first ten at the next, though it still has all words. What a reader was about to choose should not go away.

![Share of pages found, by the number of letters typed](keystrokes.svg)
";

#[cfg(test)]
mod tests {
    use super::super::ask::Hit;
    use super::*;

    fn answers(urls: &[(&'static str, &[&str])]) -> BTreeMap<&'static str, Answer> {
        let hit = |&url: &&str| Hit { url: url.to_owned(), lacks: false };
        let answer = |hits: &[&str]| Answer { hits: hits.iter().map(hit).collect(), total: hits.len() };
        urls.iter().map(|(query, hits)| (*query, answer(hits))).collect()
    }

    #[test]
    fn beginnings_are_cut_between_letters() {
        assert_eq!(beginnings("été"), ["é", "ét", "été"]);
    }

    #[test]
    fn what_stood_first_twice_and_goes_is_an_event() {
        let typed = ["a", "ab", "abc"];
        let lost = answers(&[("a", &["x", "y"]), ("ab", &["x"]), ("abc", &["y"])]);
        assert_eq!(gone(&typed, &lost), [Lost { query: "abc".into(), url: "x".into() }]);
        let lower = answers(&[("a", &["x"]), ("ab", &["x"]), ("abc", &["y", "x"])]);
        assert_eq!(gone(&typed, &lower), []);
        let once = answers(&[("a", &["y"]), ("ab", &["x"]), ("abc", &["y"])]);
        assert_eq!(gone(&typed, &once), []);
    }
}
