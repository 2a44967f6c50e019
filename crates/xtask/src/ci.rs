//! What is checked without running anything: form, lints, documentation, dependencies.

use anyhow::{Context, Result};

use crate::{
    cargo_deny, fuzz,
    place::{Place, say},
    setup,
    steps::Steps,
};

/// Every check, then one line that counts them.
pub fn run(place: &Place) -> Result<()> {
    let mut steps = Steps::default();
    checks(place, &mut steps);
    steps.finish()
}

/// The checks as steps of a longer run.
pub fn checks(place: &Place, steps: &mut Steps) {
    steps.run("format", || format(place));
    steps.run("clippy", || clippy(place));
    steps.run("rustdoc", || rustdoc(place));
    steps.run("dependencies", || cargo_deny::run(place));
}

fn format(place: &Place) -> Result<()> {
    say("checking the format");
    setup::component(place, "fmt")?;
    place.cargo().args(["fmt", "--all", "--check"]).run().context("run `cargo fmt --all`")?;
    if fuzz::present(place) {
        let manifest = ["fmt", "--manifest-path", fuzz::MANIFEST];
        place.cargo().args(manifest).arg("--check").run().context("run `cargo fmt` in tests/fuzz")?;
    }
    Ok(())
}

fn clippy(place: &Place) -> Result<()> {
    say("linting");
    setup::component(place, "clippy")?;
    place
        .cargo()
        .args(["clippy", "--workspace", "--all-targets", "--features", "xtask/glue", "--quiet"])
        .args(["--", "-D", "warnings"])
        .run()
        .context("clippy has something to say: mend it, or allow it at its place with the reason")
}

fn rustdoc(place: &Place) -> Result<()> {
    say("checking the documentation");
    place
        .cargo()
        .args(["doc", "--workspace", "--no-deps", "--quiet"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .run()
        .context("rustdoc has something to say: most often a link that leads nowhere")
}
