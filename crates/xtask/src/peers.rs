//! Comparing Searchlet with other searches that need no server, on one corpus.

use std::{
    env,
    path::{self, Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use xshell::cmd;

use crate::{
    browsers::Browsers,
    build,
    node::Node,
    place::{Place, say},
};

/// Where the comparison stands, with packages of its own: only who compares has them installed.
const FOLDER: &str = "tests/bench";

/// How to compare.
#[derive(Args)]
pub struct Comparison {
    /// Known items, one {"kind": …, "q": …, "target": …} a line
    #[arg(long, value_name = "FILE", requires = "corpus")]
    queries: Option<PathBuf>,
    /// Whom to compare with, separated by commas: pagefind, minisearch, flexsearch, orama, lunr [default: all]
    #[arg(long, value_name = "NAMES", requires = "corpus")]
    peers: Option<String>,
    /// How many files our index may have [default: the CLI's own]
    #[arg(long, value_name = "N", requires = "corpus")]
    max_files: Option<u32>,
    /// For how many known items bytes are counted
    #[arg(long, value_name = "N", default_value_t = 200)]
    items: u32,
    /// What the report calls the corpus [default: the name of its folder or file]
    #[arg(long, requires = "corpus")]
    name: Option<String>,
}

/// Builds the release CLI, then has Node measure it beside its peers.
pub fn compare(place: &Place, corpus: &Path, options: &Comparison) -> Result<()> {
    if !corpus.exists() {
        bail!(
            "there is no corpus at {}: name a folder of HTML or a .jsonl file; what is meant for criterion goes after `--`",
            corpus.display()
        );
    }
    let node = Node::find(place)?;
    node.packages(place, FOLDER)?;
    let chromium = Browsers::ready(place)?.chromium;
    build::run(place)?;
    say("building the CLI as people install it");
    place
        .cargo()
        .args(["build", "--release", "--package", "searchlet"])
        .run()
        .context("the CLI could not be built: the lines above say why")?;

    let cli = place.target.join("release").join(format!("searchlet{}", env::consts::EXE_SUFFIX));
    let (program, script) = (&node.program, place.at(FOLDER).join("bench.mjs"));
    // The shell stands at the top of the checkout, the person perhaps elsewhere.
    let corpus = path::absolute(corpus)?;
    let mut bench = cmd!(place.shell, "{program} {script} {corpus}")
        .arg("--work")
        .arg(place.target.join("bench"))
        .arg("--docs")
        .arg(place.at("docs"))
        .args(["--items", &options.items.to_string()])
        .env("SEARCHLET", cli)
        .env("SEARCHLET_VERSION", env!("CARGO_PKG_VERSION"))
        .env("CHROMIUM", chromium);
    if let Some(queries) = &options.queries {
        bench = bench.arg("--queries").arg(path::absolute(queries)?);
    }
    if let Some(peers) = &options.peers {
        bench = bench.args(["--peers", peers]);
    }
    if let Some(files) = options.max_files {
        bench = bench.args(["--max-files", &files.to_string()]);
    }
    if let Some(name) = &options.name {
        bench = bench.args(["--name", name]);
    }
    say("comparing; what is measured is disturbed by anything else that runs");
    bench.run().context("the comparison did not come to its end: the lines above say why")
}
