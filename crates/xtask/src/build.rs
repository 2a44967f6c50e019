//! From the sources to a CLI that carries the browser's files: engine, glue, modules, then the CLI around them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    budget, modules, names,
    node::Node,
    place::{Place, say, skip},
    setup,
    stamp::{Digest, Stamp},
};

const WASM: &str = "wasm32-unknown-unknown";

/// Compiles the standard library along with the engine, for size, and without the texts of panics, which nobody reads: a
/// trapped worker is started again. The library that comes with Rust has them in it, and makes an engine that is a sixth
/// larger. Cargo still asks for the variable `RUSTC_BOOTSTRAP` before it does so.
const STD_OF_OUR_OWN: &[&str] = &[
    "-Zbuild-std=std,panic_abort",
    "-Zbuild-std-features=optimize_for_size",
    "-Zpanic-immediate-abort",
    "--config",
    "profile.wasm.panic='immediate-abort'",
];

/// What the optimiser may do.
///
/// The features are those that rustc takes for granted in `wasm32-unknown-unknown`, and every browser of the last four
/// years has them. `--all-features` would let it write instructions that Chromium refuses.
const OPTIMISER: &[&str] = &[
    "-Oz",
    "--converge",
    // Functions that are not inlined into one another look alike, and deflate by a twentieth better.
    "--one-caller-inline-max-function-size=20",
    "--flexible-inline-max-function-size=0",
    "--always-inline-max-function-size=2",
    // Rust keeps the stack at the bottom of memory, so nothing with an address lies there.
    "--low-memory-unused",
    // Hints on alignment mean nothing to a browser, and come in more kinds than deflate well.
    "--dealign",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds everything, prints the sizes, returns whether Node was there to make the files small.
pub fn run(place: &Place) -> Result<bool> {
    let node = setup::for_build(place)?;
    with(place, node.as_ref())?;
    Ok(node.is_some())
}

/// Builds everything with the Node that was found, if one was.
pub fn with(place: &Place, node: Option<&Node>) -> Result<()> {
    let dist = place.at("www/dist");
    fs::create_dir_all(&dist).with_context(|| format!("{} cannot be made", dist.display()))?;
    glue(place, &compile(place, setup::std_sources(place)?)?, &dist.join("glue"))?;
    optimise(place, node, &dist)?;
    modules::run(place, node, &dist)?;
    if node.is_none() {
        println!(
            "\nnote: without Node the engine stays unoptimised, the modules unminified; they work all the same"
        );
    }
    budget::print(&budget::sizes(&dist)?);
    cli(place)
}

/// The engine as rustc leaves it. Cargo itself knows when there is nothing to do.
fn compile(place: &Place, std_sources: bool) -> Result<PathBuf> {
    say("compiling the engine for the browser");
    // Where this machine keeps the sources of dependencies has no place in the engine: same sources, same bytes.
    let sources = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default()
        .join("registry/src");
    let config = format!("target.{WASM}.rustflags=['--remap-path-prefix={}=']", sources.display());
    let mut build = place
        .cargo()
        .args(["build", "--package", "searchlet-wasm", "--target", WASM, "--profile", "wasm"])
        .args(["--config", &config]);
    if std_sources {
        build = build.args(STD_OF_OUR_OWN).env("RUSTC_BOOTSTRAP", "1");
    }
    build.run().context("the engine could not be compiled: the lines above say why")?;
    Ok(place.target.join(WASM).join("wasm").join("searchlet_wasm.wasm"))
}

/// JavaScript around the engine.
fn glue(place: &Place, engine: &Path, folder: &Path) -> Result<()> {
    let inputs = Digest::default()
        .path(engine)?
        .path(&place.at("Cargo.lock"))?
        .path(&place.at("crates/xtask/src/bin"))?
        .path(&place.at("crates/xtask/src/names.rs"))?;
    let stamp = Stamp::new(place.stamp("glue"), &inputs, vec![folder.to_path_buf()]);
    if stamp.holds()? {
        skip("the glue is up to date");
        return Ok(());
    }
    say("making the glue (the generator takes a minute to compile the first time)");
    place
        .cargo()
        .args(["run", "--package", "xtask", "--features", "glue", "--bin", "glue"])
        .arg("--")
        .args([engine, folder])
        .arg("engine")
        .run()
        .context(
            "the glue could not be made; when it speaks of a schema version, wasm-bindgen in crates/wasm/Cargo.toml \
             differs from wasm-bindgen-cli-support in crates/xtask/Cargo.toml: pin both to one version",
        )?;
    names::shorten(folder)?;
    stamp.press()
}

/// A smaller engine of the same meaning.
fn optimise(place: &Place, node: Option<&Node>, dist: &Path) -> Result<()> {
    let (from, to) = (dist.join("glue/engine_bg.wasm"), dist.join("engine.wasm"));
    let Some(node) = node else {
        return fs::copy(&from, &to).map(drop).with_context(|| format!("{} cannot be written", to.display()));
    };
    let inputs =
        Digest::default().path(&from)?.path(&place.at("www/package-lock.json"))?.text(&OPTIMISER.join(" "));
    let stamp = Stamp::new(place.stamp("engine"), &inputs, vec![to.clone()]);
    if stamp.holds()? {
        skip("the engine is up to date");
        return Ok(());
    }
    say("making the engine small");
    node.script(place, "www", "binaryen/bin/wasm-opt")?
        .arg(&from)
        .args(OPTIMISER)
        .args([Path::new("-o"), &to])
        .run()
        .context("wasm-opt refused the engine; when it names a feature, that belongs in OPTIMISER (crates/xtask/src/build.rs)")?;
    stamp.press()
}

/// The CLI, whose build script takes in what is in `www/dist`.
fn cli(place: &Place) -> Result<()> {
    say("building the CLI");
    place
        .cargo()
        .args(["build", "--workspace", "--bin", "searchlet"])
        .run()
        .context("the CLI could not be built: the lines above say why")
}
