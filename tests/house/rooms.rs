//! Each file says what it is on its first line, in a room with a name that means something.

use super::{files, none, text};

/// Names for things that have not found their concept.
const NO_ROOMS: [&str; 7] = ["common", "core", "helpers", "manager", "misc", "util", "utils"];

#[test]
fn every_rust_file_says_what_it_is() {
    let mut sources = files("crates");
    sources.extend(files("tests"));
    sources.extend(files("build.rs"));
    sources.retain(|file| file.ends_with(".rs"));
    none(&sources.iter().filter_map(|file| unsigned(file, &text(file), &["//! "])).collect::<Vec<_>>());
}

#[test]
fn every_module_of_the_browser_says_what_it_is() {
    let modules =
        ["www/src", "www/playground"].into_iter().flat_map(files).filter(|file| file.ends_with(".js"));
    none(&modules.filter_map(|file| unsigned(&file, &text(&file), &["// ", "/** "])).collect::<Vec<_>>());
}

#[test]
fn every_room_has_a_name() {
    let places = ["crates", "www/src", "www/playground", "tests"].into_iter().flat_map(files);
    none(&places.filter_map(|file| nameless(&file)).collect::<Vec<_>>());
}

#[test]
fn a_file_without_its_first_line_is_found() {
    for source in ["", "\n//! Late.", "// Not a document comment.\n", "use std::fs;\n", "//!\n"] {
        assert!(unsigned("x.rs", source, &["//! "]).is_some(), "{source:?}");
    }
    assert_eq!(unsigned("x.rs", "//! What this is.\n", &["//! "]), None);
}

#[test]
fn a_forbidden_name_is_found_as_file_or_folder() {
    for path in
        ["crates/text/src/utils.rs", "tests/common/mod.rs", "www/src/misc.js", "crates/core/Cargo.toml"]
    {
        assert!(nameless(path).is_some(), "{path}");
    }
    for path in ["crates/text/src/corelation.rs", "crates/text/src/encore.rs"] {
        assert_eq!(nameless(path), None);
    }
}

fn unsigned(file: &str, source: &str, openings: &[&str]) -> Option<String> {
    let first = source.lines().next().unwrap_or_default();
    let signed = openings.iter().any(|opening| first.starts_with(opening) && first.len() > opening.len());
    (!signed).then(|| format!("{file}: the first line should say what the file is, after {:?}", openings[0]))
}

fn nameless(file: &str) -> Option<String> {
    let room = file
        .split('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|part| NO_ROOMS.contains(part))?;
    Some(format!("{file}: {room:?} is no name for a room: which concept is missing?"))
}
