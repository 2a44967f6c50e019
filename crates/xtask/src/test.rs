//! Every test there is: Rust, JavaScript, browsers, sizes, then what `ci` checks.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{
    browsers::Browsers,
    budget, build, ci, fuzz,
    node::Node,
    place::{Place, say},
    setup,
    stamp::files,
    steps::Steps,
};

/// Sets up and builds, without which nothing can be tested, then runs every test.
pub fn run(place: &Place) -> Result<()> {
    let (node, browsers) = setup::for_tests(place)?;
    build::with(place, Some(&node))?;

    let mut steps = Steps::default();
    steps.run("rust", || rust(place));
    steps.run("fuzz targets", || fuzz::check(place));
    steps.run("types", || types(place, &node));
    steps.run("browsers", || in_browsers(place, &node, &browsers));
    steps.run("sizes", || budget::check(place));
    ci::checks(place, &mut steps);
    steps.finish()
}

fn rust(place: &Place) -> Result<()> {
    say("running the Rust tests");
    // Same sources, same verdict. Who looks for cases that nobody thought of sets another seed.
    let seed = env::var("PROPTEST_RNG_SEED").unwrap_or_else(|_| "1".into());
    place
        .cargo()
        .args(["test", "--workspace", "--no-fail-fast"])
        .env("SEARCHLET", place.cli())
        .env("PROPTEST_RNG_SEED", seed)
        .run()
        .context("the lines above say which")
}

fn types(place: &Place, node: &Node) -> Result<()> {
    say("checking the types of the browser's modules");
    node.script(place, "www", "typescript/bin/tsc")?
        .args(["--project", "www"])
        .run()
        .context("the lines above say where")
}

fn in_browsers(place: &Place, node: &Node, browsers: &Browsers) -> Result<()> {
    say("running the tests in browsers");
    let all = files(&place.at("tests/browser"))?;
    let tests: Vec<PathBuf> =
        all.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    if tests.is_empty() {
        bail!("there are no tests in tests/browser: take them from the repository again");
    }
    let program = &node.program;
    // One file at a time: browsers that compete for two cores only wait for each other.
    let mut tests = cmd!(place.shell, "{program} --test --test-concurrency=1 {tests...}")
        .env("SEARCHLET", place.cli())
        .env("CHROMIUM", &browsers.chromium);
    if let Some(firefox) = &browsers.firefox {
        tests = tests.env("FIREFOX", firefox);
    }
    tests.run().context("the lines above say which")
}
