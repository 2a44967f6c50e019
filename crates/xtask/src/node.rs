//! Node with its packages: found, checked, installed as the lock files say.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use xshell::{Cmd, cmd};

use crate::{
    place::{Place, say, skip},
    stamp::{Digest, Stamp},
};

/// The oldest Node that runs the tests: the first with a stable test runner.
const OLDEST: u32 = 20;

/// What to do about a Node that is absent or old.
const REMEDY: &str = "install Node 20 or newer with npm (https://nodejs.org), then run this again";

/// A Node that is new enough.
pub struct Node {
    /// What starts it.
    pub program: PathBuf,
    /// What it calls itself, such as `v20.20.2`.
    pub version: String,
}

impl Node {
    /// Finds Node on PATH.
    ///
    /// # Errors
    ///
    /// Says what is missing or too old, with the remedy.
    pub fn find(place: &Place) -> Result<Self> {
        let Ok(program) = which::which("node") else { bail!("there is no `node` on PATH: {REMEDY}") };
        let version = cmd!(place.shell, "{program} --version").quiet().read()?;
        match major(&version) {
            Some(found) if found >= OLDEST => Ok(Self { program, version }),
            _ => bail!("{} is {version}, too old for the packages here: {REMEDY}", program.display()),
        }
    }

    /// Installs the packages that `folder`'s lock file pins.
    ///
    /// The packages' own install scripts are not run: none of them needs one.
    pub fn packages(&self, place: &Place, folder: &str) -> Result<()> {
        let at = place.at(folder);
        let lock = at.join("package-lock.json");
        if !lock.exists() {
            bail!("{} is missing: take it from the repository again", place.short(&lock));
        }
        let inputs = Digest::default().path(&lock)?;
        // `npm ci` begins by emptying node_modules, so the stamp goes where a half-done installation takes it along.
        let stamp = Stamp::new(at.join("node_modules/.installed"), &inputs, Vec::new());
        if stamp.holds()? {
            skip(&format!("the npm packages of {folder}/ are as its lock file says"));
            return Ok(());
        }
        say(&format!("installing the npm packages of {folder}/"));
        let Ok(npm) = which::which("npm") else { bail!("there is no `npm` on PATH: {REMEDY}") };
        let _folder = place.shell.push_dir(&at);
        cmd!(place.shell, "{npm} ci --ignore-scripts --no-audit --no-fund --loglevel=error")
            .run()
            .with_context(|| {
                format!(
                    "the packages of {folder}/ could not be installed: check the network, then run this again"
                )
            })?;
        stamp.press()
    }

    /// Starts a program that a package in `folder` brought, without asking the system what a script is.
    pub fn script<'p>(&self, place: &'p Place, folder: &str, script: &str) -> Result<Cmd<'p>> {
        let (node, path) = (&self.program, place.at(folder).join("node_modules").join(script));
        if !path.exists() {
            let path = place.short(&path);
            bail!("{path} is missing: remove {folder}/node_modules, then run `cargo xtask setup`");
        }
        Ok(cmd!(place.shell, "{node} {path}"))
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn versions_are_read() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("node"), None);
    }
}
