//! Putting the CLI on PATH, with the browser's files inside it.

use anyhow::{Context, Result};

use crate::{
    build,
    place::{Place, say},
};

/// Builds everything, then installs the CLI where cargo keeps programs.
pub fn run(place: &Place) -> Result<()> {
    build::run(place)?;
    say("installing the searchlet command");
    let args = ["install", "--locked", "--path", "crates/cli", "--target-dir"];
    place
        .cargo()
        .args(args)
        .arg(&place.target)
        .run()
        .context("the CLI could not be installed: the lines above say why")
}
