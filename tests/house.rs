//! The walls of the house, read from manifests, lock file, names of files.

use std::{
    fs,
    path::{Path, PathBuf},
};

mod arrows;
mod constants;
mod engine;
mod lock;
mod markup;
mod rooms;
mod seeds;

/// The top of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file at `path` below the top.
pub fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path} cannot be read: {error}"))
}

/// The text of a TOML file, read.
fn table(path: &str) -> toml::Table {
    text(path).parse().unwrap_or_else(|error| panic!("{path} is not TOML: {error}"))
}

/// Every file at or below `path`, from the top of the checkout with forward slashes, sorted; what is installed or built
/// there is not ours, so it is left out.
pub fn files(path: &str) -> Vec<String> {
    fn walk(path: &Path, found: &mut Vec<PathBuf>) {
        if path.is_file() {
            found.push(path.to_path_buf());
            return;
        }
        let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for entry in entries {
            let entry = entry.expect("a folder of the checkout can be read");
            if !["node_modules", "dist", "target", "shots"].iter().any(|name| entry.file_name() == *name) {
                walk(&entry.path(), found);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(path), &mut found);
    let mut names: Vec<String> = found
        .iter()
        .map(|file| {
            file.strip_prefix(root())
                .expect("files are below the root")
                .to_str()
                .expect("names here are ASCII")
                .replace('\\', "/")
        })
        .collect();
    names.sort();
    names
}

/// Fails with every problem, not with the first.
#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
