//! Text never becomes markup: the ways that would make it so are not in the browser's sources.

use super::{files, none, text};

/// Ways in which a string is taken for markup or for code.
const WAYS: [&str; 12] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "createContextualFragment",
    "setHTMLUnsafe",
    "parseHTMLUnsafe",
    "parseFromString",
    "srcdoc",
    "document.write",
    "eval(",
    "new Function",
    "setAttribute('style'",
];

#[test]
fn no_string_is_taken_for_markup() {
    let sources: Vec<String> = ["www/src", "www/playground"].into_iter().flat_map(files).collect();
    assert!(sources.iter().any(|file| file.ends_with(".js")), "there are no modules in www");
    none(&sources.iter().flat_map(|file| ways(file, &text(file))).collect::<Vec<_>>());
}

#[test]
fn every_way_is_found() {
    for way in WAYS {
        let problems = ways("x.js", &format!("\nnode.{way} = text;"));
        assert_eq!(
            problems,
            [format!("x.js:2: {way} takes a string for markup or code: build nodes from text")]
        );
    }
    assert!(ways("x.js", "medieval(); node.textContent = text;").is_empty());
}

fn ways(file: &str, source: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for (number, line) in source.lines().enumerate() {
        for way in WAYS.iter().filter(|way| holds_word(line, way)) {
            let number = number + 1;
            problems.push(format!(
                "{file}:{number}: {way} takes a string for markup or code: build nodes from text"
            ));
        }
    }
    problems
}

/// Whether `line` holds `word` with no letter right before it.
fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric()))
}
