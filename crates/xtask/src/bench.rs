//! Running the benchmarks of hot functions.

use anyhow::{Context, Result};
use clap::Args;

use crate::place::{Place, say};

/// Which benchmarks.
#[derive(Args)]
pub struct Options {
    /// Only benchmarks whose name holds this; options of criterion go after `--`
    #[arg(value_name = "FILTER", allow_hyphen_values = true, trailing_var_arg = true)]
    criterion: Vec<String>,
}

/// Every `benches/` folder of the workspace, by criterion.
pub fn run(place: &Place, options: &Options) -> Result<()> {
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
