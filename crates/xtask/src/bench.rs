//! Running the benchmarks: of hot functions, or of a whole corpus beside other searches.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    peers,
    place::{Place, say},
};

/// Which benchmarks.
#[derive(Args)]
pub struct Options {
    /// A folder of HTML or a .jsonl file: compare Searchlet with its peers on it, write docs/benchmarks.*; without it,
    /// run the criterion benchmarks
    #[arg(value_name = "CORPUS")]
    corpus: Option<PathBuf>,
    #[command(flatten)]
    comparison: peers::Options,
    /// Options of criterion, such as the beginning of a benchmark's name
    #[arg(value_name = "FILTER", last = true, conflicts_with = "corpus")]
    criterion: Vec<String>,
}

/// Without a corpus every `benches/` folder of the workspace, by criterion.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    if let Some(corpus) = &options.corpus {
        return peers::compare(place, corpus, &options.comparison);
    }
    say("running the benchmarks");
    place
        .cargo()
        // Only benchmark targets: the libraries' test harness does not know criterion's options.
        .args(["bench", "--workspace", "--bench", "*", "--"])
        .args(&options.criterion)
        .run()
        .with_context(|| {
            format!(
                "the benchmarks failed; reports of earlier runs are in {}",
                place.target.join("criterion").display()
            )
        })
}
