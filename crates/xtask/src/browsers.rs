//! Browsers for the end-to-end tests: found, or installed where that needs no question.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};
use xshell::cmd;

use crate::place::{Place, say, skip};

/// How one browser is found on a machine.
struct Browser {
    name: &'static str,
    /// The environment variable that names it outright; the tests read it too.
    variable: &'static str,
    /// What it may be called on PATH, the best first.
    programs: &'static [&'static str],
    /// Where macOS keeps it.
    bundles: &'static [&'static str],
    /// Where Windows keeps it, below the folders for programs.
    folders: &'static [&'static str],
    /// What Debian calls it.
    package: &'static str,
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "CHROMIUM",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    bundles: &[
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    folders: &["Chromium/Application/chrome.exe", "Google/Chrome/Application/chrome.exe"],
    package: "chromium",
};

const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "FIREFOX",
    programs: &["firefox-esr", "firefox"],
    bundles: &["/Applications/Firefox.app/Contents/MacOS/firefox"],
    folders: &["Mozilla Firefox/firefox.exe"],
    package: "firefox-esr",
};

/// The browsers that the end-to-end tests drive.
pub struct Browsers {
    /// Always there.
    pub chromium: PathBuf,
    /// Tested too where it is there.
    pub firefox: Option<PathBuf>,
}

impl Browsers {
    /// Finds the browsers, or installs them by apt-get where this runs as root.
    ///
    /// # Errors
    ///
    /// Without Chromium, with what to install; Firefox may be absent.
    pub fn ready(place: &Place) -> Result<Self> {
        let chromium = match CHROMIUM.ready(place)? {
            Some(path) => path,
            None => bail!(
                "no Chromium was found: install Chromium or Google Chrome (on Debian or Ubuntu \
                 `sudo apt-get install chromium`), or set CHROMIUM to the path of one, then run this again"
            ),
        };
        // A Firefox that cannot be had is no reason to stop.
        let firefox = match FIREFOX.ready(place) {
            Ok(Some(path)) => Some(path),
            Ok(None) => {
                skip("no Firefox was found: the tests leave it out (set FIREFOX to the path of one)");
                None
            }
            Err(error) => {
                skip(&format!("the tests leave Firefox out: {error:#}"));
                None
            }
        };
        Ok(Self { chromium, firefox })
    }
}

impl Browser {
    fn ready(&self, place: &Place) -> Result<Option<PathBuf>> {
        if let Some(path) = self.find()? {
            skip(&format!("{} is {}", self.name, path.display()));
            return Ok(Some(path));
        }
        if !self.may_install(place) {
            return Ok(None);
        }
        let package = self.package;
        say(&format!("installing {} by apt-get, as this runs as root", self.name));
        let _quiet = place.shell.push_env("DEBIAN_FRONTEND", "noninteractive");
        cmd!(place.shell, "apt-get update -qq").run().context("apt-get update failed: check the network")?;
        cmd!(place.shell, "apt-get install -y -qq --no-install-recommends {package}").run().with_context(
            || format!("{} could not be installed: install it by hand or set {}", self.name, self.variable),
        )?;
        self.find()
    }

    fn find(&self) -> Result<Option<PathBuf>> {
        if let Some(named) = env::var_os(self.variable).filter(|value| !value.is_empty()) {
            let Ok(path) = which::which(&named) else {
                bail!(
                    "{}={} is not a program: correct it, or unset it to have one looked for",
                    self.variable,
                    named.display()
                );
            };
            return Ok(Some(path));
        }
        let on_path = self.programs.iter().find_map(|name| which::which(name).ok());
        Ok(on_path.or_else(|| self.usual_places().into_iter().find(|path| path.is_file())))
    }

    fn usual_places(&self) -> Vec<PathBuf> {
        let folders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
            .into_iter()
            .filter_map(env::var_os)
            .flat_map(|base| self.folders.iter().map(move |folder| PathBuf::from(&base).join(folder)));
        self.bundles.iter().map(PathBuf::from).chain(folders).collect()
    }

    /// Only root on a Debian or its kin: nobody is asked for a password by a test.
    fn may_install(&self, place: &Place) -> bool {
        which::which("apt-get").is_ok()
            && cmd!(place.shell, "id -u").quiet().ignore_stderr().read().is_ok_and(|id| id.trim() == "0")
    }
}
