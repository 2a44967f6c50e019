//! The rules of `deny.toml` for dependencies, held by cargo-deny.

use anyhow::{Context, Result};

use crate::place::{Place, say, skip};

/// Pinned, so that a new release changes nothing by itself. It asks for Rust 1.88, ours is newer.
const VERSION: &str = "0.20.2";

/// Licences, sources and bans always; advisories where their database can be reached.
pub fn run(place: &Place) -> Result<()> {
    installed(place)?;
    say("checking the dependencies");
    deny(place, &["check", "bans", "licenses", "sources"])
        .context("a dependency breaks a rule of deny.toml: choose another one, or write the reason there")?;
    if place.cargo().args(["deny", "fetch", "db"]).quiet().ignore_stdout().ignore_stderr().run().is_err() {
        skip("advisories are left out: their database cannot be reached from here");
        return Ok(());
    }
    deny(place, &["check", "--disable-fetch", "advisories"])
        .context("a dependency has an advisory: update it, or write in deny.toml why it does not touch us")
}

fn deny(place: &Place, args: &[&str]) -> Result<()> {
    // Features that are off by default, such as the glue generator's, bring dependencies too.
    Ok(place
        .cargo()
        .args(["deny", "--workspace", "--all-features", "--log-level", "error"])
        .args(args)
        .run()?)
}

fn installed(place: &Place) -> Result<()> {
    if place.cargo().args(["deny", "--version"]).quiet().ignore_stdout().ignore_stderr().run().is_ok() {
        skip("cargo-deny is installed");
        return Ok(());
    }
    say("installing cargo-deny (two or three minutes, once)");
    place
        .cargo()
        .args(["install", "cargo-deny", "--locked", "--version", VERSION])
        // It runs for a second, so compiling it fast matters more than the code that comes of it.
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .run()
        .context("cargo-deny could not be installed: check the network, then run this again")
}
