//! The page about the constants of the ranking says what the sources say.

use super::{none, text};

/// Where each constant stands with its provenance.
const PAGE: &str = "docs/constants.md";

#[test]
fn the_page_of_constants_is_as_the_sources_are() {
    let page = text(PAGE);
    let rows: Vec<[&str; 3]> = page.lines().filter_map(row).collect();
    assert!(rows.len() > 20, "{PAGE} has only {} rows", rows.len());
    none(&rows.into_iter().filter_map(|row| stale(row, &text(row[2]))).collect::<Vec<_>>());
}

#[test]
fn a_constant_that_was_changed_is_found() {
    let page = "| `TITLE` | `24` | `a.rs` | why | – |";
    let row = row(page).expect("this is a row");
    assert_eq!(stale(row, "/// Why.\npub const TITLE: u32 = 24;\n"), None);
    assert_eq!(stale(["Field::Title", "4", "a.rs"], "        Field::Title => 4,\n"), None);
    for source in ["const TITLE: u32 = 25;", "const SUBTITLE: u32 = 24;", ""] {
        assert!(stale(row, source).is_some_and(|problem| problem.contains("TITLE")), "{source:?}");
    }
}

/// Name, value, file of a row of the tables.
fn row(line: &str) -> Option<[&str; 3]> {
    let mut cells = line.strip_prefix("| `")?.split('`').step_by(2);
    Some([cells.next()?, cells.next()?, cells.next()?])
}

fn stale([name, value, file]: [&str; 3], source: &str) -> Option<String> {
    // A bar within a cell of Markdown is escaped.
    let name = name.replace("\\|", "|");
    let declared = |line: &str| {
        let line = line.trim().trim_start_matches("pub ").trim_end_matches([';', ',']);
        let as_constant =
            line.strip_prefix("const ").and_then(|line| line.strip_prefix(&name)?.strip_prefix(':'));
        let found = match as_constant {
            Some(rest) => rest.split_once(" = ")?.1,
            None => line.strip_prefix(&name)?.strip_prefix(" => ")?,
        };
        Some(found.to_owned())
    };
    let found: Vec<String> = source.lines().filter_map(declared).collect();
    let is_same = found.iter().any(|found| found == value);
    (!is_same).then(|| {
        format!("{PAGE}: {name} is said to be {value}; {file} has {found:?}: correct value and reason")
    })
}
