//! Asks the queries of a set, natively and in a browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use xshell::cmd;

use super::{judge::JUDGED, sets::Set, write};
use crate::place::Place;

/// Where the browser is driven from.
pub const FOLDER: &str = "tests/bench";

/// What one engine answered in the browser.
pub struct Engine {
    /// What it is called, with its version.
    pub title: String,
    /// What the browser calls itself.
    pub browser: String,
    /// For each query where the hits lead, best first; or why there is nothing.
    pub answers: Result<Vec<Vec<String>>, String>,
}

/// What the CLI answers to one query.
pub struct Answer {
    pub hits: Vec<Hit>,
    pub total: usize,
}

pub struct Hit {
    pub url: String,
    /// Whether it lacks a word.
    pub lacks: bool,
}

/// Indexes a set and asks all its queries by the CLI: where the hits lead.
pub fn native(place: &Place, set: &Set) -> Result<Vec<Vec<String>>> {
    index(place, set)?;
    let answers = batch(place, set, set.judged.iter().map(|judged| judged.query.as_str()), JUDGED, 0)?;
    Ok(answers.into_iter().map(|answer| answer.hits.into_iter().map(|hit| hit.url).collect()).collect())
}

/// Writes the bundle of a set where the browser will look for it, too.
pub fn index(place: &Place, set: &Set) -> Result<()> {
    let (cli, input, language, bundle) = (place.cli(), &set.input, &set.language, bundle(place, set));
    cmd!(place.shell, "{cli} index {input} -o {bundle} --language {language}").quiet().run()?;
    Ok(())
}

/// Asks the CLI some queries of an indexed set.
pub fn batch<'q>(
    place: &Place,
    set: &Set,
    queries: impl Iterator<Item = &'q str>,
    limit: usize,
    offset: usize,
) -> Result<Vec<Answer>> {
    let (cli, bundle) = (place.cli(), bundle(place, set));
    let file = work(place, set).join("batch.jsonl");
    let asked = ask_file(&file, queries)?;
    let [limit, offset] = [limit, offset].map(|number| number.to_string());
    let answers =
        cmd!(place.shell, "{cli} search {bundle} --batch {file} --limit {limit} --offset {offset} --json")
            .quiet()
            .read()?;
    let answers = answers.lines().map(answer).collect::<Result<Vec<_>>>()?;
    if answers.len() != asked {
        bail!("the CLI gave {} answers to {asked} queries", answers.len());
    }
    Ok(answers)
}

fn answer(line: &str) -> Result<Answer> {
    let answer: Value = serde_json::from_str(line).context("the CLI did not answer in JSON")?;
    let hit = |hit: &Value| Hit {
        url: hit["url"].as_str().unwrap_or_default().to_owned(),
        lacks: hit["missing"].as_array().is_some_and(|missing| !missing.is_empty()),
    };
    let hits = answer["hits"].as_array().into_iter().flatten().map(hit).collect();
    Ok(Answer { hits, total: answer["total"].as_u64().unwrap_or_default() as usize })
}

/// What drives a browser.
pub struct Browser {
    pub node: PathBuf,
    pub chromium: PathBuf,
}

impl Browser {
    /// Asks Searchlet all queries, and the peers those at `sample`; Searchlet comes first.
    pub fn ask(&self, place: &Place, set: &Set, sample: &[usize], peers: &str) -> Result<Vec<Engine>> {
        let work = work(place, set);
        let query = |at: &usize| set.judged[*at].query.as_str();
        let (all, some) = (work.join("queries.jsonl"), work.join("sample.jsonl"));
        ask_file(&all, set.judged.iter().map(|judged| judged.query.as_str()))?;
        ask_file(&some, sample.iter().map(query))?;
        let (node, script) = (&self.node, place.at(FOLDER).join("answers.mjs"));
        let (input, language) = (&set.input, &set.language);
        let said = cmd!(
            place.shell,
            "{node} {script} {input} --work {work} --queries {all} --sample {some} --language {language}"
        )
        .arg(format!("--peers={peers}"))
        .env("CHROMIUM", &self.chromium)
        .quiet()
        .read()
        .context("the browser could not be asked: the lines above say why")?;
        let engines = said.lines().map(engine).collect::<Result<Vec<_>>>()?;
        match engines.first() {
            Some(Engine { answers: Err(why), .. }) => bail!("Searchlet failed in the browser: {why}"),
            Some(_) => Ok(engines),
            None => bail!("{} said nothing", script.display()),
        }
    }
}

fn engine(line: &str) -> Result<Engine> {
    let told: Value = serde_json::from_str(line).context("answers.mjs did not answer in JSON")?;
    let text = |key: &str| told[key].as_str().unwrap_or_default();
    let answers = match &told["answers"] {
        Value::Null => Err(text("failed").to_owned()),
        answers => Ok(serde_json::from_value(answers.clone()).context("answers are lists of URLs")?),
    };
    let title = format!("{} {}", text("title"), text("version")).trim().to_owned();
    Ok(Engine { title, browser: text("browser").to_owned(), answers })
}

/// Writes queries as a batch of the CLI has them, and counts them.
fn ask_file<'q>(file: &Path, queries: impl Iterator<Item = &'q str>) -> Result<usize> {
    let lines: Vec<String> = queries.map(|query| format!("{}\n", json!({ "q": query }))).collect();
    write(file, &lines.concat())?;
    Ok(lines.len())
}

fn work(place: &Place, set: &Set) -> PathBuf {
    place.target.join("eval").join(&set.name)
}

/// A site of its own for each engine, so that the browser finds ours beside the peers'.
fn bundle(place: &Place, set: &Set) -> PathBuf {
    let site = work(place, set).join("sites/searchlet");
    // What cannot be made is told by the CLI, which writes into it.
    let _ = fs::create_dir_all(&site);
    site.join("searchlet")
}
