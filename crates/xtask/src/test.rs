//! Every test there is: Rust, JavaScript, browsers, sizes, then what `ci` checks.

use std::{env, fs, path::PathBuf};

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
    let all = files(&place.at("tests/browser"))?;
    let mut tests: Vec<PathBuf> =
        all.into_iter().filter(|file| file.to_string_lossy().ends_with(".test.mjs")).collect();
    if tests.is_empty() {
        bail!("there are no tests in tests/browser: take them from the repository again");
    }
    say("running the tests in Chromium");
    let in_chromium = in_browser(place, node, browsers, "chromium", &tests);
    if browsers.firefox.is_none() {
        return in_chromium;
    }
    // The others start no browser, or choose one themselves.
    tests.retain(|file| fs::read_to_string(file).is_ok_and(|test| test.contains("startBrowser(")));
    say("running the tests in Firefox");
    // Whoever mends something wants to know of all that is broken.
    let in_firefox = in_browser(place, node, browsers, "firefox", &tests);
    in_chromium.and(in_firefox)
}

fn in_browser(
    place: &Place,
    node: &Node,
    browsers: &Browsers,
    browser: &str,
    tests: &[PathBuf],
) -> Result<()> {
    let program = &node.program;
    // Two files at a time: much of a test is waiting, and more browsers than cores only wait for each other.
    let mut tests = cmd!(place.shell, "{program} --test --test-concurrency=2 {tests...}")
        .env("SEARCHLET", place.cli())
        .env("BROWSER", browser)
        .env("CHROMIUM", &browsers.chromium);
    if let Some(firefox) = &browsers.firefox {
        tests = tests.env("FIREFOX", firefox);
    }
    tests.run().with_context(|| format!("in {browser}; the lines above say which"))
}
