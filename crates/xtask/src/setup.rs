//! Getting what the other chores need, on a machine that has rustup, Node and npm.

use std::path::Path;

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::{
    browsers::Browsers,
    node::Node,
    place::{Place, say, skip},
};

/// The folders with npm packages: the browser's side, then its tests.
pub const PACKAGES: [&str; 2] = ["www", "tests/browser"];

const WASM: &str = "wasm32-unknown-unknown";

/// Everything, for every chore.
pub fn run(place: &Place) -> Result<()> {
    for_tests(place).map(drop)
}

/// What the tests need beyond a build.
pub fn for_tests(place: &Place) -> Result<(Node, Browsers)> {
    let node = Node::find(place)?;
    wasm_target(place)?;
    for folder in PACKAGES {
        node.packages(place, folder)?;
    }
    Ok((node, Browsers::ready(place)?))
}

/// What a build needs. Without Node the engine stays as the compiler leaves it, which the build then says.
pub fn for_build(place: &Place) -> Result<Option<Node>> {
    wasm_target(place)?;
    match Node::find(place) {
        Ok(node) => {
            node.packages(place, PACKAGES[0])?;
            Ok(Some(node))
        }
        Err(error) => {
            skip(&format!("going on without Node: {error:#}"));
            Ok(None)
        }
    }
}

/// Formatter and linter belong to the toolchain file, but a toolchain may have been installed without them.
pub fn component(place: &Place, name: &str) -> Result<()> {
    if place.cargo().args([name, "--version"]).quiet().ignore_stdout().ignore_stderr().run().is_ok() {
        return Ok(());
    }
    let package = if name == "fmt" { "rustfmt" } else { name };
    say(&format!("adding {package} to the toolchain"));
    cmd!(place.shell, "rustup component add {package}").run().with_context(|| {
        format!("{package} could not be added: check the network, or install it as your system does")
    })
}

/// The compiler's library for the browser.
fn wasm_target(place: &Place) -> Result<()> {
    // Asking the compiler instead of rustup also serves systems that package Rust themselves.
    let library = cmd!(place.shell, "rustc --print target-libdir --target {WASM}").quiet().read();
    if library.is_ok_and(|path| place.shell.path_exists(path.trim())) {
        skip(&format!("the target {WASM} is installed"));
        return Ok(());
    }
    say(&format!("adding the target {WASM}"));
    if which::which("rustup").is_err() {
        bail!(
            "the target {WASM} is missing and there is no `rustup` to add it: install rustup (https://rustup.rs), \
             or your system's package of that target"
        );
    }
    cmd!(place.shell, "rustup target add {WASM}")
        .run()
        .with_context(|| format!("{WASM} could not be added: check the network, then run this again"))
}

/// The sources of the standard library, without which the engine is larger. Returns whether they are there.
pub fn std_sources(place: &Place) -> Result<bool> {
    let sysroot = cmd!(place.shell, "rustc --print sysroot").quiet().read()?;
    let sources = Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !sources.exists() {
        say("adding rust-src to the toolchain");
        if let Err(error) = cmd!(place.shell, "rustup component add rust-src").run() {
            skip(&format!(
                "going on without the sources of the standard library, so the engine is larger: {error:#}"
            ));
        }
    }
    Ok(sources.exists())
}
