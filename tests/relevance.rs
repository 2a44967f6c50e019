//! A small collection with known answers, whose right documents must come as early as they did.
//!
//! `tests/relevance/` holds the documents of a help centre in several languages, with queries of each kind that people
//! type. The ranks that are held stand in `tests/golden/relevance.txt`. A query may fall if another of its kind rises.

use searchlet_index::{InputSettings, Settings, build, gather};
use searchlet_search::{Options, local::Local};
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write as _, fs};

use super::house::{root, text};

/// The ranks that are held.
const GOLDEN: &str = "tests/golden/relevance.txt";

/// One query with where its answer stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Asked {
    kind: String,
    query: String,
    /// From 1 on; `None` where no right document is among the first ten.
    rank: Option<u32>,
}

#[test]
fn the_right_documents_come_as_early_as_they_did() {
    let now = asked();
    if std::env::var_os("BLESS").is_some() {
        fs::write(root().join(GOLDEN), written(&now)).expect("a golden file can be written");
    }
    let problems = fallen(&read(&text(GOLDEN)), &now);
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn what_was_written_is_read_again() {
    let asked = [title("one word", Some(2)), title("none", None)];
    assert_eq!(read(&written(&asked)), asked);
}

#[test]
fn a_kind_that_falls_is_told_with_the_queries_that_did() {
    let held = [title("a", Some(1)), title("b", Some(2))];
    assert_eq!(fallen(&held, &held), [""; 0]);
    assert_eq!(fallen(&held, &[title("a", Some(1)), title("b", Some(1))]), [""; 0]);
    // One falls as another rises: the kind is as good as it was.
    assert_eq!(fallen(&held, &[title("a", Some(2)), title("b", Some(1))]), [""; 0]);

    let lost = fallen(&held, &[title("a", Some(1)), title("b", None)]);
    assert_eq!(
        lost,
        ["title: MRR 0.500, was 0.750; first 0.500, was 0.500. These fell:\n  \"b\": from rank 2 to none"]
    );
    let other = fallen(&held, &[title("c", Some(1))]);
    assert!(other[0].contains("cargo xtask bless"), "{other:?}");
}

fn title(query: &str, rank: Option<u32>) -> Asked {
    Asked { kind: "title".into(), query: query.into(), rank }
}

/// Asks every query of the collection.
fn asked() -> Vec<Asked> {
    let gathered =
        gather(&[root().join("tests/relevance/documents.jsonl")], &InputSettings::default(), &|_, _| {})
            .expect("the documents can be read");
    assert_eq!(gathered.problems, []);
    let built = build(gathered.documents, &[], &Settings::default()).expect("the documents can be indexed");
    let mut index = Local::packed(built.bundle.pack(), None).expect("the bundle was built just now");
    let ask = |line: &str| {
        let item: Value = serde_json::from_str(line).expect("a query is JSON");
        let kind = item["kind"].as_str().expect("a query has a kind").to_owned();
        let query = item["q"].as_str().expect("a query has a text").to_owned();
        let targets = item["targets"].as_array().expect("a query has targets");
        let hits = index.search(&query, Options::default()).hits;
        let place = hits.iter().position(|hit| targets.iter().any(|target| *target == *hit.url));
        Asked { kind, query, rank: place.map(|place| place as u32 + 1) }
    };
    text("tests/relevance/queries.jsonl").lines().map(ask).collect()
}

/// MRR and success at 1, by kind.
fn figures(asked: &[Asked]) -> BTreeMap<&str, [f64; 2]> {
    let mut kinds: BTreeMap<&str, Vec<Option<u32>>> = BTreeMap::new();
    for Asked { kind, rank, .. } in asked {
        kinds.entry(kind).or_default().push(*rank);
    }
    let mean = |ranks: &[Option<u32>], of: &dyn Fn(u32) -> f64| {
        ranks.iter().flatten().map(|&rank| of(rank)).sum::<f64>() / ranks.len() as f64
    };
    kinds
        .into_iter()
        .map(|(kind, ranks)| {
            let first = mean(&ranks, &|rank| f64::from(u8::from(rank == 1)));
            (kind, [mean(&ranks, &|rank| 1.0 / f64::from(rank)), first])
        })
        .collect()
}

/// One problem for each kind that is worse than it was.
fn fallen(held: &[Asked], now: &[Asked]) -> Vec<String> {
    let names = |asked: &[Asked]| -> Vec<(String, String)> {
        asked.iter().map(|asked| (asked.kind.clone(), asked.query.clone())).collect()
    };
    if names(held) != names(now) {
        return vec![format!("{GOLDEN} has other queries than tests/relevance: run `cargo xtask bless`")];
    }
    let (before, after) = (figures(held), figures(now));
    let mut problems = Vec::new();
    for (kind, figures) in before {
        let found = after[kind];
        // As many digits as are shown: sums of fractions differ in their last bits.
        if (0..2).all(|at| (found[at] * 1000.0).round() >= (figures[at] * 1000.0).round()) {
            continue;
        }
        let mut problem = format!(
            "{kind}: MRR {:.3}, was {:.3}; first {:.3}, was {:.3}. These fell:",
            found[0], figures[0], found[1], figures[1]
        );
        let last = |rank: Option<u32>| rank.unwrap_or(u32::MAX);
        let pairs = held.iter().zip(now).filter(|(held, _)| held.kind == kind);
        for (held, now) in pairs.filter(|(held, now)| last(now.rank) > last(held.rank)) {
            let [from, to] = [held.rank, now.rank].map(shown);
            write!(problem, "\n  {:?}: from rank {from} to {to}", now.query).expect("a string takes all");
        }
        problems.push(problem);
    }
    problems
}

fn shown(rank: Option<u32>) -> String {
    rank.map_or_else(|| "none".to_owned(), |rank| rank.to_string())
}

fn written(asked: &[Asked]) -> String {
    let mut text = String::from(
        "# Where the first right document of each query of tests/relevance stands. Of each kind MRR and success at 1\n\
         # must not fall. `cargo xtask bless` rewrites this.\n#\n# kind         MRR  first\n",
    );
    for (kind, [reciprocal, first]) in figures(asked) {
        writeln!(text, "# {kind:<10} {reciprocal:.3}  {first:.3}").expect("a string takes all");
    }
    for Asked { kind, query, rank } in asked {
        writeln!(text, "{kind:<10} {:<4} {query}", shown(*rank)).expect("a string takes all");
    }
    text
}

fn read(golden: &str) -> Vec<Asked> {
    let asked = |line: &str| {
        let (kind, rest) = line.split_once(' ').expect("a line begins with a kind");
        let (rank, query) = rest.trim_start().split_once(' ').expect("a rank follows");
        Asked { kind: kind.to_owned(), query: query.trim_start().to_owned(), rank: rank.parse().ok() }
    };
    golden.lines().filter(|line| !line.starts_with('#')).map(asked).collect()
}
