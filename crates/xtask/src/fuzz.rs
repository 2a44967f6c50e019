//! Looking for inputs that break the decoder, with libFuzzer on the stable toolchain.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::Value;
use xshell::cmd;

use crate::place::{Place, say, skip};

/// The fuzz targets are a package of their own, so that plain cargo commands do not need a C++ compiler.
pub const MANIFEST: &str = "tests/fuzz/Cargo.toml";

/// Pieces of the language that a target reads, from which libFuzzer makes inputs: one file for each target that has any.
const DICTIONARIES: &str = "tests/fuzz/dictionaries";

/// What makes the compiler tell libFuzzer which branches an input has reached.
///
/// The set of the cargo-fuzz tool, less the address sanitizer, which needs a nightly toolchain (and there is no unsafe
/// code here for it to watch).
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";

/// What to fuzz, for how long.
#[derive(Args)]
pub struct Options {
    /// One target; all of them, one after the other, when none is named
    target: Option<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60, value_name = "N")]
    seconds: u32,
}

/// Whether this checkout has fuzz targets.
pub fn present(place: &Place) -> bool {
    place.at(MANIFEST).exists()
}

/// Whether the targets compile; they are not run.
pub fn check(place: &Place) -> Result<()> {
    if !present(place) {
        skip("there are no fuzz targets");
        return Ok(());
    }
    say("checking that the fuzz targets compile");
    place
        .cargo()
        .args(["check", "--manifest-path", MANIFEST, "--target-dir"])
        .arg(folder(place))
        // Nothing is linked here, so libFuzzer need not be compiled: no C++ compiler is asked for.
        .env("CUSTOM_LIBFUZZER_PATH", folder(place).join("libnone.a"))
        .run()
        .context("a fuzz target does not compile: the lines above say why")
}

/// Runs the targets; what they find interesting is kept below the target folder for the next time.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    let mut targets = targets(place)?;
    if let Some(wanted) = &options.target {
        if !targets.contains(wanted) {
            bail!("there is no fuzz target {wanted}: choose one of {}", targets.join(", "));
        }
        targets.retain(|target| target == wanted);
    }
    // Naming the host as target keeps the flags away from build scripts, which libFuzzer does not drive.
    let answer = cmd!(place.shell, "rustc -vV").quiet().read()?;
    let host = answer.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?;
    say("building the fuzz targets");
    place
        .cargo()
        .args(["build", "--release", "--target", host, "--manifest-path", MANIFEST, "--target-dir"])
        .arg(folder(place))
        .env("RUSTFLAGS", COVERAGE)
        .run()
        .context("the fuzz targets could not be built: libFuzzer needs a C++ compiler")?;
    for target in targets {
        say(&format!("fuzzing {target} for {} s", options.seconds));
        let program = folder(place).join(host).join("release").join(&target);
        let (corpus, found) =
            (folder(place).join("corpus").join(&target), folder(place).join("found").join(&target));
        for folder in [&corpus, &found] {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        let time = format!("-max_total_time={}", options.seconds);
        // libFuzzer puts its name directly behind the prefix, so the prefix ends like a folder.
        let prefix = format!("-artifact_prefix={}/", found.display());
        let dictionary = place.at(DICTIONARIES).join(format!("{target}.dict"));
        let dictionary = dictionary.exists().then(|| format!("-dict={}", dictionary.display()));
        cmd!(place.shell, "{program} {corpus} {dictionary...} {time} {prefix} -print_final_stats=1")
            .run()
            .with_context(|| format!("{target} broke: the input is in {}", found.display()))?;
    }
    Ok(())
}

fn targets(place: &Place) -> Result<Vec<String>> {
    if !present(place) {
        bail!("there are no fuzz targets: {MANIFEST} does not exist");
    }
    let args = ["metadata", "--format-version", "1", "--no-deps", "--manifest-path", MANIFEST];
    let metadata: Value = serde_json::from_str(&place.cargo().args(args).quiet().read()?)?;
    let targets =
        metadata["packages"][0]["targets"].as_array().context("cargo metadata names no fuzz targets")?;
    let programs = targets.iter().filter(|target| target["kind"][0] == "bin");
    Ok(programs.filter_map(|target| target["name"].as_str().map(str::to_owned)).collect())
}

fn folder(place: &Place) -> PathBuf {
    place.target.join("fuzz")
}
