//! Where things stand: the checkout, cargo's target folder, the shell that works between them.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;
use xshell::{Cmd, Shell, cmd};

/// The checkout that the chores work on.
pub struct Place {
    /// Runs programs from the top of the checkout.
    pub shell: Shell,
    /// The top of the checkout.
    pub root: PathBuf,
    /// Cargo's target folder, wherever `CARGO_TARGET_DIR` has put it.
    pub target: PathBuf,
}

impl Place {
    /// Asks cargo where the workspace is.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .ancestors()
            .nth(2)
            .with_context(|| format!("{} is not inside a checkout of Searchlet", manifest.display()))?;
        let shell = Shell::new().context("the current folder cannot be read: run this from the checkout")?;
        shell.change_dir(root);
        let answer = cmd!(shell, "cargo metadata --format-version 1 --no-deps").quiet().read()?;
        let metadata: Value =
            serde_json::from_str(&answer).context("cargo metadata did not answer in JSON")?;
        let target =
            metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
        Ok(Self { root: root.to_path_buf(), target: PathBuf::from(target), shell })
    }

    /// The cargo on PATH: rustup tells it to use the toolchain that this chore was started with.
    pub fn cargo(&self) -> Cmd<'_> {
        cmd!(self.shell, "cargo")
    }

    /// A path below the top of the checkout.
    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The CLI as `build` leaves it: of the profile that the tests share, so that nothing is compiled twice. `install`
    /// makes the one that people keep.
    pub fn cli(&self) -> PathBuf {
        self.target.join("debug").join(format!("searchlet{}", env::consts::EXE_SUFFIX))
    }

    /// Where the stamp of a step is kept.
    pub fn stamp(&self, step: &str) -> PathBuf {
        self.target.join("xtask").join(format!("{step}.stamp"))
    }

    /// A path as people read it: from the top of the checkout where possible.
    pub fn short<'p>(&self, path: &'p Path) -> std::path::Display<'p> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Announces a step that is about to be done.
pub fn say(step: &str) {
    println!("==> {step}");
}

/// Tells of a step that needs no doing.
pub fn skip(step: &str) {
    println!("  - {step}");
}
