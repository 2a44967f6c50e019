//! Collections of documents with queries whose answers are known.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf, absolute},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::judge::page;

/// Documents with the queries that they are asked.
pub struct Set {
    pub name: String,
    /// The language of documents that do not name theirs.
    pub language: String,
    /// What is indexed: a file of records, or a folder of HTML.
    pub input: PathBuf,
    pub judged: Vec<Judged>,
}

/// A query with the documents that answer it, and how well.
pub struct Judged {
    pub kind: String,
    pub query: String,
    pub grades: BTreeMap<String, f64>,
}

impl Set {
    /// Reads what `cargo xtask eval` was given: `[LANGUAGE=]FOLDER[::FILE]`.
    pub fn read(set: &str) -> Result<Self> {
        let (language, folder) = set.split_once('=').unwrap_or(("en", set));
        let (folder, queries) =
            folder.split_once("::").map_or((folder, None), |(folder, file)| (folder, Some(file)));
        // The shell stands at the top of the checkout, the person perhaps elsewhere.
        let folder = absolute(folder)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (input, judged) = match queries {
            Some(queries) => (folder, known_items(&absolute(queries)?)?),
            None => (folder.join("docs.jsonl"), collection(&folder)?),
        };
        if !input.exists() {
            bail!("there is nothing to index at {}: see `cargo xtask help eval`", input.display());
        }
        Ok(Self { name, language: language.to_owned(), input, judged })
    }

    /// The places of at most `each` queries of each kind, evenly spread.
    pub fn sample(&self, each: usize) -> Vec<usize> {
        let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, judged) in self.judged.iter().enumerate() {
            kinds.entry(&judged.kind).or_default().push(place);
        }
        kinds.into_values().flat_map(|places| spread(&places, each)).collect()
    }
}

fn spread(list: &[usize], count: usize) -> Vec<usize> {
    if list.len() <= count {
        return list.to_vec();
    }
    (0..count).map(|at| list[(2 * at + 1) * list.len() / (2 * count)]).collect()
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
            grades.entry(query.to_owned()).or_default().insert(page(document), grade);
        }
    }
    let mut judged = Vec::new();
    for query in lines(&folder.join("queries.jsonl"))? {
        let text = |key: &str| query[key].as_str().unwrap_or_default().to_owned();
        if let Some(grades) = grades.remove(&text("id")) {
            judged.push(Judged { kind: "all".into(), query: text("text"), grades });
        }
    }
    Ok(judged)
}

/// Queries that were each made from one page.
fn known_items(file: &Path) -> Result<Vec<Judged>> {
    let judged = |item: Value| {
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        Judged { kind: text("kind"), query: text("q"), grades: [(page(&text("target")), 1.0)].into() }
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
    use super::{Judged, Set};

    #[test]
    fn a_sample_has_as_many_of_each_kind() {
        let judged = |kind: &str| Judged { kind: kind.into(), query: String::new(), grades: [].into() };
        let kinds = ["code", "title", "title", "title", "title", "title", "title"];
        let set = Set {
            name: String::new(),
            language: "en".into(),
            input: ".".into(),
            judged: kinds.map(judged).into(),
        };
        assert_eq!(set.sample(3), [0, 2, 4, 6]);
        assert_eq!(set.sample(9), [0, 1, 2, 3, 4, 5, 6]);
    }
}
