//! `searchlet inspect`: says what a bundle holds, or with `--audit` what should be mended.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use searchlet_index::source::{self, Kind};
use searchlet_search::ROOT;
use searchlet_search::local::Local;
use serde::{Deserialize, Serialize};

use crate::arguments::{Index, Inspect};
use crate::building::{self, Plan};
use crate::configuration::Configuration;
use crate::exit::{Exit, Misuse};
use crate::progress::Progress;
use crate::{audit, figures, opening, terminal};

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

/// Files of one kind.
#[derive(Clone, Copy, Default, Serialize)]
pub struct Size {
    pub files: u64,
    pub bytes: u64,
}

/// The files of a bundle, by what they are for.
#[derive(Default, Serialize)]
pub struct Files {
    root: Size,
    heads: Size,
    parts: Size,
    browser: Size,
}

impl Files {
    /// Counts files, given by name and length.
    pub fn of<'n>(files: impl Iterator<Item = (&'n str, u64)>) -> Self {
        let mut kinds = Self::default();
        for (name, bytes) in files {
            let size = match name.rsplit_once('.') {
                _ if name == ROOT => &mut kinds.root,
                Some((_, "head")) => &mut kinds.heads,
                Some((_, "part")) => &mut kinds.parts,
                _ => &mut kinds.browser,
            };
            size.files += 1;
            size.bytes += bytes;
        }
        kinds
    }

    /// Each kind with its name.
    pub fn kinds(&self) -> [(&'static str, Size); 4] {
        [("root", self.root), ("heads", self.heads), ("parts", self.parts), ("the browser", self.browser)]
    }
}

pub fn run(arguments: &Inspect) -> Result<Exit> {
    if arguments.audit {
        return audit(arguments);
    }
    let [bundle] = &*arguments.what else {
        return Err(Misuse("name one bundle; several inputs make sense with --audit only".to_owned()).into());
    };
    let mut local = opening::open(bundle, None)?;
    let inspection = inspect(&mut local, bundle)?;
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

fn audit(arguments: &Inspect) -> Result<Exit> {
    let audit = match &*arguments.what {
        [bundle] if source::is_bundle(bundle) || is_packed(bundle) => {
            audit::of_bundle(&mut opening::open(bundle, None)?, bundle)?
        }
        inputs => {
            let configuration = Configuration::of(&Index::of(inputs, arguments.config.as_deref()))?;
            building::use_threads(&configuration)?;
            let progress = Progress::start(configuration.quiet);
            audit::of_inputs(&Plan::new(&configuration)?, &progress)?
        }
    };
    if arguments.json {
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}", terminal::plain_json(&serde_json::to_string(&audit)?))?;
    } else {
        audit::print(&mut anstream::stdout().lock(), &audit)?;
    }
    Ok(if audit.to_mend == 0 { Exit::Done } else { Exit::LeftOut })
}

/// Whether a path is a file of a kind that is never indexed, and so is a packed bundle if anything.
fn is_packed(path: &Path) -> bool {
    path.is_file() && Kind::of(path).is_none()
}

fn inspect(local: &mut Local, path: &Path) -> Result<Inspection> {
    let parts = local.part_names();
    let bytes = bytes(local, path)?;
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
        bytes,
        languages,
    })
}

fn bytes(local: &mut Local, path: &Path) -> Result<Bytes> {
    if path.is_file() {
        return Ok(Bytes { total: size(path)?, kinds: None });
    }
    let Files { root, heads, parts, browser } = files(local, path)?;
    let [root, heads, parts, browser] = [root, heads, parts, browser].map(|size| size.bytes);
    Ok(Bytes { total: root + heads + parts + browser, kinds: Some(Kinds { root, heads, parts, browser }) })
}

/// The files of the bundle in a folder.
///
/// # Errors
///
/// When one cannot be seen.
pub fn files(local: &mut Local, folder: &Path) -> Result<Files> {
    let mut names = local.part_names();
    names.extend(local.browser_file_names());
    names.push(ROOT.to_owned());
    names.extend(local.root().heads.iter().map(|head| head.file.clone()));
    let sizes: Vec<(String, u64)> = names
        .into_iter()
        .map(|name| size(&folder.join(&name)).map(|bytes| (name, bytes)))
        .collect::<Result<_>>()?;
    Ok(Files::of(sizes.iter().map(|(name, bytes)| (&**name, *bytes))))
}

fn size(path: &Path) -> Result<u64> {
    let metadata = fs::metadata(path);
    metadata
        .map(|metadata| metadata.len())
        .with_context(|| format!("could not see {}; run `searchlet verify` on the bundle", path.display()))
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
