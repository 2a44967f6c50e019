//! Measuring how well the right documents come first, on collections with known answers.

mod ask;
mod curve;
mod judge;
mod keystrokes;
mod report;
mod sets;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::{
    browsers::Browsers,
    build,
    node::Node,
    place::{Place, say},
};
use ask::Browser;
use report::Measured;
use sets::Set;

/// Where the figures are written.
const REPORT: &str = "docs/relevance.md";

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Folders with docs.jsonl, queries.jsonl ({"id": …, "text": …} a line) and qrels.tsv (query, document, grade);
    /// `de=FOLDER` says that the documents are in German. FOLDER::FILE is a folder of HTML with known items, one
    /// {"kind": …, "q": …, "target": …} a line
    #[arg(value_name = "SET", required_unless_present = "keystrokes")]
    sets: Vec<String>,
    /// Whom to compare with, separated by commas: pagefind, minisearch, flexsearch, orama, lunr; "" for nobody
    #[arg(long, value_name = "NAMES", default_value = "minisearch,pagefind")]
    peers: String,
    /// At most so many queries of each set and kind are asked beside the peers, which are slow
    #[arg(long, value_name = "N", default_value_t = 300)]
    sample: usize,
    /// Only print what the native search finds: no browser, no peers, nothing written
    #[arg(long)]
    native: bool,
    /// A FOLDER::FILE whose items of the kind "title" are typed letter by letter; writes docs/keystrokes.*
    #[arg(long, value_name = "SET")]
    keystrokes: Vec<String>,
}

/// Indexes each set, asks its queries, prints the figures and writes them down.
///
/// # Errors
///
/// Also when the browser answers otherwise than the native search, after the figures are written.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let read = |sets: &[String]| sets.iter().map(|set| Set::read(set)).collect::<Result<Vec<_>>>();
    let (sets, typed) = (read(&options.sets)?, read(&options.keystrokes)?);
    build::run(place)?;
    if !sets.is_empty() {
        relevance(place, options, &sets)?;
    }
    if !typed.is_empty() {
        keystrokes::run(place, &typed, !options.native)?;
    }
    Ok(())
}

fn relevance(place: &Place, options: &Options, sets: &[Set]) -> Result<()> {
    let browser = if options.native {
        None
    } else {
        let node = Node::find(place)?;
        node.packages(place, ask::FOLDER)?;
        Some(Browser { node: node.program, chromium: Browsers::ready(place)?.chromium })
    };
    let mut measured = Vec::new();
    for set in sets {
        say(&format!("measuring {}", set.name));
        let native = ask::native(place, set)?;
        let sample = set.sample(options.sample);
        let engines = match &browser {
            Some(browser) => browser.ask(place, set, &sample, &options.peers)?,
            None => Vec::new(),
        };
        measured.push(Measured::new(set, &sample, &native, engines)?);
    }
    println!("\n{}", report::table(&measured, browser.is_some())?);
    if browser.is_none() {
        return Ok(());
    }
    write(&place.at(REPORT), &report::page(&measured, options.sample)?)?;
    let differ: Vec<&str> = measured.iter().flat_map(Measured::differing).collect();
    if let Some(first) = differ.first() {
        bail!(
            "Chromium answers {} queries otherwise than the native search, the first of them {first:?}: \
             both are the same crate, so look for what only one of them depends on",
            differ.len()
        );
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
