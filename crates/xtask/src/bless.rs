//! Rewriting the golden files from what is found now; the diff is the review.

use anyhow::{Context, Result};

use crate::{
    budget, build,
    place::{Place, say},
};

/// The Rust tests with `BLESS=1`, then the sizes.
pub fn run(place: &Place) -> Result<()> {
    build::run(place)?;
    say("rewriting the golden files of the Rust tests");
    place
        .cargo()
        .args(["test", "--workspace", "--quiet"])
        .env("BLESS", "1")
        .env("SEARCHLET", place.cli())
        .run()
        .context("a test fails for another reason than a golden file: mend it, then bless again")?;
    budget::bless(place)?;
    println!("\nread the change before it is committed: git diff tests/golden");
    Ok(())
}
