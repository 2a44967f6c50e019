//! `searchlet inspect`: says what a bundle holds.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use searchlet_search::local::Local;
use serde::{Deserialize, Serialize};

use crate::arguments::Inspect;
use crate::exit::Exit;
use crate::{figures, opening, terminal};

/// What a bundle holds. Sizes are those of files, compressed as they are.
#[derive(Serialize)]
struct Inspection {
    build: String,
    format_version: u16,
    analyser_version: u16,
    documents: u64,
    passages: u64,
    words: u64,
    terms: u64,
    parts: usize,
    bytes: Bytes,
    languages: Vec<Language>,
}

/// What documents of one language come to.
#[derive(Serialize)]
struct Language {
    language: String,
    documents: u32,
    passages: u64,
    words: u64,
    /// Different spellings.
    terms: u64,
    /// What is left of them without word endings.
    stems: u64,
}

/// Bytes of files, by what they are for; of a packed bundle only the whole is known.
#[derive(Default, Serialize)]
struct Bytes {
    total: u64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    kinds: Option<Kinds>,
}

#[derive(Serialize)]
struct Kinds {
    root: u64,
    heads: u64,
    parts: u64,
    browser: u64,
}

/// The field of `index.json` that the opened bundle does not repeat.
#[derive(Deserialize)]
struct Versions {
    format: u16,
}

pub fn run(arguments: &Inspect) -> Result<Exit> {
    let mut local = opening::open(&arguments.bundle, None)?;
    let inspection = inspect(&mut local, &arguments.bundle)?;
    let mut out = anstream::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", terminal::plain_json(&serde_json::to_string(&inspection)?))?;
    } else {
        for (name, figure) in lines(&inspection) {
            writeln!(out, "{name:18} {}", terminal::plain(&figure))?;
        }
    }
    Ok(Exit::Done)
}

fn inspect(local: &mut Local, path: &Path) -> Result<Inspection> {
    let parts = local.part_names();
    let root = local.root();
    let versions: Versions = serde_json::from_str(&root.write()?)?;
    let languages: Vec<Language> = local
        .metadata()
        .map(|head| Language {
            language: head.language.clone(),
            documents: head.documents,
            passages: head.passages,
            words: head.words,
            terms: head.forms,
            stems: head.groups,
        })
        .collect();
    let sum = |figure: fn(&Language) -> u64| languages.iter().map(figure).sum();
    Ok(Inspection {
        build: format!("{:016x}", root.build),
        format_version: versions.format,
        analyser_version: root.analyser,
        documents: sum(|language| u64::from(language.documents)),
        passages: sum(|language| language.passages),
        words: sum(|language| language.words),
        terms: sum(|language| language.terms),
        parts: parts.len(),
        bytes: bytes(local, &parts, path)?,
        languages,
    })
}

fn bytes(local: &mut Local, parts: &[String], path: &Path) -> Result<Bytes> {
    let size = |path: &Path| {
        let metadata = fs::metadata(path);
        metadata.map(|metadata| metadata.len()).with_context(|| {
            format!("could not see {}; run `searchlet verify` on the bundle", path.display())
        })
    };
    if path.is_file() {
        return Ok(Bytes { total: size(path)?, kinds: None });
    }
    let root = local.root();
    let mut kinds = Kinds { root: size(&path.join("index.json"))?, heads: 0, parts: 0, browser: 0 };
    for head in &root.heads {
        kinds.heads += size(&path.join(&head.file))?;
    }
    for part in parts {
        kinds.parts += size(&path.join(part))?;
    }
    for file in local.browser_file_names() {
        kinds.browser += size(&path.join(file))?;
    }
    Ok(Bytes { total: kinds.root + kinds.heads + kinds.parts + kinds.browser, kinds: Some(kinds) })
}

/// The inspection as a person reads it.
fn lines(inspection: &Inspection) -> Vec<(&'static str, String)> {
    let grouped = figures::grouped;
    let mut lines = vec![
        ("build", inspection.build.clone()),
        ("format version", inspection.format_version.to_string()),
        ("analyser version", inspection.analyser_version.to_string()),
        ("documents", grouped(inspection.documents)),
        ("passages", grouped(inspection.passages)),
        ("words", grouped(inspection.words)),
        ("terms", grouped(inspection.terms)),
        ("parts", grouped(inspection.parts as u64)),
        ("size", figures::bytes(inspection.bytes.total)),
    ];
    if let Some(kinds) = &inspection.bytes.kinds {
        lines.extend([
            ("  root", figures::bytes(kinds.root)),
            ("  heads", figures::bytes(kinds.heads)),
            ("  parts", figures::bytes(kinds.parts)),
            ("  browser's files", figures::bytes(kinds.browser)),
        ]);
    }
    for language in &inspection.languages {
        lines.extend([
            ("language", language.language.clone()),
            ("  documents", grouped(u64::from(language.documents))),
            ("  passages", grouped(language.passages)),
            ("  words", grouped(language.words)),
            ("  terms", grouped(language.terms)),
            ("  stems", grouped(language.stems)),
        ]);
    }
    lines
}
