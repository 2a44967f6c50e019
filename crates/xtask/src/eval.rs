//! Measuring how well the right documents come first, on collections with known answers.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, absolute},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use xshell::cmd;

use crate::{
    build,
    place::{Place, say},
};

/// Where the figures are written.
const REPORT: &str = "docs/relevance.md";

/// How many hits are judged.
const JUDGED: usize = 10;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Folders with docs.jsonl, queries.jsonl ({"id": …, "text": …} a line) and qrels.tsv (query, document, grade);
    /// `de=FOLDER` says that the documents are in German. FOLDER::FILE is a folder of HTML with known items, one
    /// {"kind": …, "q": …, "target": …} a line
    #[arg(value_name = "SET", required = true)]
    sets: Vec<String>,
}

/// A query with the documents that answer it, and how well.
struct Judged {
    kind: String,
    query: String,
    grades: BTreeMap<String, f64>,
}

/// What many queries come to.
#[derive(Default)]
struct Sum {
    queries: f64,
    gain: f64,
    reciprocal: f64,
    first: f64,
    among: f64,
    none: f64,
}

/// Indexes each set, asks its queries, prints the figures and writes them down.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    build::run(place)?;
    let mut rows = String::new();
    for set in &options.sets {
        let (language, folder) = set.split_once('=').unwrap_or(("en", set));
        // The shell stands at the top of the checkout, the person perhaps elsewhere.
        let (folder, queries) =
            folder.split_once("::").map_or((folder, None), |(folder, file)| (folder, Some(file)));
        let folder = absolute(folder)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        say(&format!("measuring {name}"));
        let (input, judged) = match queries {
            Some(queries) => (folder.clone(), known_items(&absolute(queries)?)?),
            None => (folder.join("docs.jsonl"), collection(&folder)?),
        };
        for (kind, sum) in measure(place, &name, &input, language, &judged)? {
            rows.push_str(&row(
                &[&name, &kind].map(|word| if word.is_empty() { "all" } else { word }),
                &sum,
            )?);
        }
    }
    let table = format!(
        "| set | kind | queries | nDCG@10 | MRR@10 | first | among ten | nothing |\n|---|---|--:|--:|--:|--:|--:|--:|\n{rows}"
    );
    println!("\n{table}");
    let path = place.at(REPORT);
    let report = format!("{HEADER}\n{table}");
    fs::write(&path, report).with_context(|| format!("{} cannot be written", path.display()))
}

const HEADER: &str = "# Relevance

How often the right document comes first. This page is written by `cargo xtask eval`; do not edit it by hand.

- **nDCG@10** has linear gain, over all documents that are known to answer a query. **MRR@10** is one divided by the rank of the first such document.
- **First** and **among ten** are the shares of queries with such a document there; **nothing** is the share without any hit.
- Queries without a known answer are left out. Every set is indexed and asked with the same settings, those that a site has by default.
";

/// The figures by kind, from the answers of the CLI.
fn measure(
    place: &Place,
    name: &str,
    input: &Path,
    language: &str,
    judged: &[Judged],
) -> Result<BTreeMap<String, Sum>> {
    let folder = place.target.join("eval").join(name);
    let (bundle, batch) = (folder.join("searchlet"), folder.join("queries.jsonl"));
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let cli = place.cli();
    cmd!(place.shell, "{cli} index {input} -o {bundle} --language {language}").quiet().run()?;
    let lines: String =
        judged.iter().map(|judged| format!("{}\n", serde_json::json!({ "q": judged.query }))).collect();
    fs::write(&batch, lines).with_context(|| format!("{} cannot be written", batch.display()))?;
    let limit = JUDGED.to_string();
    let answers =
        cmd!(place.shell, "{cli} search {bundle} --batch {batch} --limit {limit} --json").quiet().read()?;
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let mut answers = answers.lines();
    for judged in judged {
        let answer = answers.next().context("the CLI gave fewer answers than there are queries")?;
        let answer: Value = serde_json::from_str(answer).context("the CLI did not answer in JSON")?;
        let hits: Vec<String> = answer["hits"].as_array().into_iter().flatten().map(page).collect();
        sums.entry(judged.kind.clone()).or_default().add(&hits, &judged.grades);
    }
    Ok(sums)
}

/// The page of a hit, as targets are written: without the name of an index, an extension, a slash at the end.
fn page(hit: &Value) -> String {
    plain(hit["url"].as_str().unwrap_or_default())
}

fn plain(url: &str) -> String {
    let page = url.trim_end_matches("index.html").trim_end_matches(".html").trim_end_matches('/');
    // A target is written as people read it.
    page.replace("%40", "@").replace("%3A", ":").replace("%20", " ")
}

impl Sum {
    fn add(&mut self, hits: &[String], grades: &BTreeMap<String, f64>) {
        let grade = |hit: &String| grades.get(hit).copied().unwrap_or_default();
        #[allow(clippy::disallowed_methods, reason = "what is measured is not searched with")]
        let gain = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
            grades.take(JUDGED).zip(2u32..).map(|(grade, rank)| grade / f64::from(rank).log2()).sum()
        };
        let mut best: Vec<f64> = grades.values().copied().collect();
        best.sort_by(|one, other| other.total_cmp(one));
        let rank = hits.iter().position(|hit| grade(hit) > 0.0);
        self.queries += 1.0;
        self.gain += gain(&mut hits.iter().map(grade)) / gain(&mut best.into_iter());
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        self.first += f64::from(u8::from(rank == Some(0)));
        self.among += f64::from(u8::from(rank.is_some()));
        self.none += f64::from(u8::from(hits.is_empty()));
    }
}

fn row(names: &[&str], sum: &Sum) -> Result<String> {
    let mut row = format!("| {} | {}", names.join(" | "), sum.queries);
    for share in [sum.gain, sum.reciprocal, sum.first, sum.among, sum.none] {
        write!(row, " | {:.3}", share / sum.queries)?;
    }
    Ok(row + " |\n")
}

/// The queries of a collection that have an answer.
fn collection(folder: &Path) -> Result<Vec<Judged>> {
    let mut grades: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for line in read(&folder.join("qrels.tsv"))?.lines() {
        let [query, document, grade] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("a line of qrels.tsv has not three columns: {line}");
        };
        let grade: f64 = grade.parse().with_context(|| format!("{grade} is no grade"))?;
        if grade > 0.0 {
            grades.entry(query.to_owned()).or_default().insert(plain(document), grade);
        }
    }
    let mut judged = Vec::new();
    for query in lines(&folder.join("queries.jsonl"))? {
        let text = |key: &str| query[key].as_str().unwrap_or_default().to_owned();
        if let Some(grades) = grades.remove(&text("id")) {
            judged.push(Judged { kind: String::new(), query: text("text"), grades });
        }
    }
    Ok(judged)
}

/// Queries that were each made from one page.
fn known_items(file: &Path) -> Result<Vec<Judged>> {
    let judged = |item: Value| {
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        Judged { kind: text("kind"), query: text("q"), grades: [(plain(&text("target")), 1.0)].into() }
    };
    Ok(lines(file)?.into_iter().map(judged).collect())
}

fn lines(file: &Path) -> Result<Vec<Value>> {
    let line = |(at, line): (usize, &str)| {
        serde_json::from_str(line)
            .with_context(|| format!("line {} of {} is no JSON", at + 1, file.display()))
    };
    read(file)?.lines().enumerate().map(line).collect()
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(hits: &[&str], grades: &[(&str, f64)]) -> Sum {
        let mut sum = Sum::default();
        let hits: Vec<String> = hits.iter().map(|&hit| hit.to_owned()).collect();
        sum.add(&hits, &grades.iter().map(|&(document, grade)| (document.to_owned(), grade)).collect());
        sum
    }

    #[test]
    fn the_best_order_gains_all() {
        let grades = [("a", 3.0), ("b", 1.0)];
        let best = sum(&["a", "b", "c"], &grades);
        assert!((best.gain - 1.0).abs() < 1e-9);
        assert_eq!([best.reciprocal, best.first, best.among, best.none], [1.0, 1.0, 1.0, 0.0]);
        let worse = sum(&["c", "b", "a"], &grades);
        assert!(worse.gain < 1.0 && worse.gain > 0.0);
        assert_eq!([worse.reciprocal, worse.first, worse.among], [0.5, 0.0, 1.0]);
        assert_eq!(sum(&[], &grades).none, 1.0);
    }

    #[test]
    fn targets_are_compared_as_pages() {
        assert_eq!(plain("web/css/%40media/index.html"), "web/css/@media");
        assert_eq!(plain("ch01-00.html"), "ch01-00");
    }
}
