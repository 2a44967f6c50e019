//! The terminal's door, used as a person would use it.
#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene should stop there")]

// Folders of documents become bundles, or a message that helps.
mod index;
// Folders of HTML in which something is wrong, or marked.
mod input;
// Options, given by flags, the environment and a file.
mod config;
// Bundles built again, with a cache.
mod cache;
// What should be mended of a site.
mod audit;
// Bundles that were damaged on the way.
mod damage;
// A bundle as one script, or kept by a service worker.
mod offline;
// Queries in, hits out.
mod search;
// Stopped in the middle, or without room.
mod interrupted;
// Filters, facets, order.
mod refined;

// The little web server.
mod serve;
// What the browser's side says, in a bundle.
mod words;
// The same, building anew and trying queries.
mod watch;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

/// The program, built as `cargo build --package searchlet` builds it: the binary belongs to another package, so
/// cargo does not promise that it is there when these tests run.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let build = escargot::CargoBuild::new().package("searchlet").bin("searchlet");
    build.run().expect("the program compiles").path().to_owned()
});

/// A folder of a test's own, which is also where its commands run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A desk with two documents in `notes/`, and their bundle in `notes/searchlet/`.
    fn with_bundle() -> Self {
        let desk = Self::new();
        desk.write(
            "notes/tea.md",
            "# Brewing tea\n\nPour boiling water over the leaves.\n\n## Green tea\n\nLet it cool.\n",
        );
        desk.write("notes/rocks.txt", "About rocks\n\nGranite is an igneous rock, marble is not.\n");
        desk.run(&["index", "notes"]).ends(0);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file in the desk")).expect("folder made");
        fs::write(path, content).expect("file written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*PROGRAM);
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        // Whoever runs the tests may have options of their own.
        let options = std::env::vars_os().map(|(name, _)| name);
        for name in options.filter(|name| name.to_string_lossy().starts_with("SEARCHLET_")) {
            command.env_remove(name);
        }
        // Nor is anything left in their cache.
        command.env("XDG_CACHE_HOME", self.path(".cache"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = self.command(arguments).output().expect("the program starts");
        Ran { told: format!("searchlet {}", arguments.join(" ")), output }
    }

    /// All files below `folder` with their bytes.
    fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), &self.path(folder), &mut files);
        files
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("folder read") {
        let path = entry.expect("entry read").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(&path).expect("file read"));
        }
    }
}

/// How a command ended, and what it said.
struct Ran {
    told: String,
    output: Output,
}

impl Ran {
    fn code(&self) -> i32 {
        self.output.status.code().unwrap_or_else(|| panic!("a signal ended it\n{self}"))
    }

    fn out(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("stdout is UTF-8")
    }

    fn err(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("stderr is UTF-8")
    }

    /// Asserts the exit code, and that nothing panicked.
    fn ends(self, code: i32) -> Self {
        assert!(!self.err().contains("panicked"), "{self}");
        assert_eq!(self.code(), code, "{self}");
        self
    }

    /// Asserts that one line of stderr has all of `words`.
    fn warns(self, words: &[&str]) -> Self {
        let found = self.err().lines().any(|line| words.iter().all(|word| line.contains(word)));
        assert!(found, "no line of stderr has all of {words:?}\n{self}");
        self
    }

    /// Each line of stdout as JSON.
    fn json(&self) -> Vec<serde_json::Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.out().lines().map(parse).collect()
    }

    /// The addresses of the hits of a search with `--json`.
    fn urls(&self) -> Vec<String> {
        let url = |hit: &serde_json::Value| hit["url"].as_str().expect("a hit has a url").to_owned();
        self.json()[0]["hits"].as_array().expect("hits").iter().map(url).collect()
    }
}

impl std::fmt::Display for Ran {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (stdout, stderr) = (said(&self.output.stdout), said(&self.output.stderr));
        write!(out, "{}\n{}\n-- stdout\n{stdout}-- stderr\n{stderr}", self.told, self.output.status)
    }
}
