//! From the sources to a CLI that carries the browser's files: engine, glue, modules, then the CLI around them.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    budget, modules,
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
        .path(&place.at("crates/xtask/src/bin"))?;
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
    number_imports(folder)?;
    stamp.press()
}

/// Puts numbers in place of the hashes by which the glue tells imports apart: a hash does not deflate, and each stands
/// in both files. Numbers of the same length leave every offset in the module as it is.
fn number_imports(folder: &Path) -> Result<()> {
    let (script, module) = (folder.join("engine.js"), folder.join("engine_bg.wasm"));
    let mut text = fs::read(&script).with_context(|| format!("{} cannot be read", script.display()))?;
    let mut bytes = fs::read(&module).with_context(|| format!("{} cannot be read", module.display()))?;
    for (number, hash) in hashes(&text).iter().enumerate() {
        let number = format!("_{number:0HASH_LENGTH$}").into_bytes();
        replace(&mut text, hash, &number);
        replace(&mut bytes, hash, &number);
    }
    fs::write(&script, text).with_context(|| format!("{} cannot be written", script.display()))?;
    fs::write(&module, bytes).with_context(|| format!("{} cannot be written", module.display()))
}

/// Hexadecimal digits of a hash in the name of an import.
const HASH_LENGTH: usize = 16;

/// The different hashes in the names of imports, each with the `_` before it, in the order in which they come. What
/// begins like a number is one already.
fn hashes(text: &[u8]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    for window in text.windows(HASH_LENGTH + 3) {
        let (hash, after) = window[1..].split_at(HASH_LENGTH + 1);
        let is_hash = hash[0] == b'_'
            && hash[1..].iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && !hash.starts_with(b"_0000")
            && window[0].is_ascii_alphanumeric()
            && after == b":";
        if is_hash && !found.iter().any(|known| known == hash) {
            found.push(hash.to_vec());
        }
    }
    found
}

/// Replaces a pattern wherever it stands by one of the same length.
fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) {
    for at in 0..(bytes.len() + 1).saturating_sub(from.len()) {
        if let Some(found) = bytes.get_mut(at..at + from.len()).filter(|found| *found == from) {
            found.copy_from_slice(to);
        }
    }
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
        .args(["build", "--package", "searchlet"])
        .run()
        .context("the CLI could not be built: the lines above say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_imports_become_numbers_in_script_and_module() {
        let folder = tempfile::tempdir().expect("a folder");
        let script = "__wbg_new_37eb45aaf5eeb820: function() {}, __wbg_new_13de428334042d26: function() {}, \
                      __wbindgen_generic_0000000000000002: 0, other_37eb45aaf5eeb821()";
        let names = b"\x1a__wbg_new_37eb45aaf5eeb820\x1a__wbg_new_13de428334042d26";
        fs::write(folder.path().join("engine.js"), script).expect("a script");
        fs::write(folder.path().join("engine_bg.wasm"), names).expect("a module");
        number_imports(folder.path()).expect("numbered");

        let module = fs::read(folder.path().join("engine_bg.wasm")).expect("the module");
        assert_eq!(module, b"\x1a__wbg_new_0000000000000000\x1a__wbg_new_0000000000000001");
        let script = fs::read_to_string(folder.path().join("engine.js")).expect("the script");
        assert!(
            script.starts_with("__wbg_new_0000000000000000: function() {}, __wbg_new_0000000000000001: f")
        );
        assert!(script.ends_with("other_37eb45aaf5eeb821()"), "{script}");
    }
}
