//! What holds for documents of every kind.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What makes parsers stumble.
const PIECES: &[&str] = &[
    "a",
    "word",
    "<h1>",
    "<h2 id=a>",
    "</h2>",
    "<a id=a href=#a>",
    "</a>",
    "<pre>",
    "<table>",
    "<td>",
    "<template>",
    "</template>",
    "<svg>",
    "<title>",
    "<main>",
    "<article>",
    "<header>",
    "</div>",
    "<p>",
    "<b>",
    "<select>",
    "\n",
    "# ",
    "\n\n",
    "---\n",
    "```\n",
    "**",
    "&#0;",
    "\u{A0}",
    "{\"id\":",
    "1}",
    "\"headings\":[\"a\"]",
    "=====\n",
    "| a |\n|-|\n",
    "<?x",
    "<math><annotation-xml>",
    "<frameset>",
    "</body>",
    "<!--",
    "-->",
    "{:a}",
    "<div hidden>",
];

const KINDS: [Kind; 5] = [Kind::Html, Kind::Markdown, Kind::Text, Kind::Json, Kind::JsonLines];

fn source(kind: Kind) -> Source {
    Source { path: "some/file.x".into(), ..Source::of("file.x", kind) }
}

fn check(extracted: &Extracted) -> Result<(), TestCaseError> {
    for document in &extracted.documents {
        prop_assert!(!document.title.is_empty() && !document.url.is_empty());
        let lead = document.passages.first();
        prop_assert!(
            lead.is_some_and(|lead| lead.heading.is_empty() && lead.level == 0 && lead.id.is_none())
        );
        let mut ids = BTreeSet::new();
        for passage in &document.passages[1..] {
            prop_assert!(!passage.heading.is_empty() && (1..=6).contains(&passage.level));
            if let Some(id) = &passage.id {
                prop_assert!(ids.insert(id), "{id} comes twice");
            }
        }
        for text in document.passages.iter().flat_map(|p| [&p.heading, &p.text]).chain([&document.title]) {
            prop_assert!(text.lines().all(|line| line == line.trim() && !line.contains("  ")));
            prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
    Ok(())
}

#[test]
fn an_empty_file_is_a_warning() {
    for kind in KINDS {
        for bytes in [&b""[..], b" \r\n"] {
            let extracted = extract(&source(kind), bytes);
            assert!(extracted.documents.is_empty());
            assert_eq!(extracted.problems[0].severity, Severity::Warning);
        }
    }
}

#[test]
fn the_page_for_what_is_not_there_is_no_document() {
    let at = |url: &str, text: &str| extract(&Source::of(url, Kind::Html), text.as_bytes());
    assert_eq!(at("404.html", "<h1>Not found</h1><p>Sorry.").n_withheld, 1);
    assert_eq!(at("en/404.html", "<title>Not found</title><main></main>").n_withheld, 1);
    assert_eq!(at("status/404.html", "<h1>404 Not Found</h1><p>A status.").documents.len(), 1);
}

#[test]
fn a_broken_byte_is_a_warning_that_says_where() {
    let extracted = extract(&source(Kind::Text), b"A caf\xE9 is a place for people who like coffee.");
    assert_eq!(extracted.documents[0].passages[0].text, "A caf\u{E9} is a place for people who like coffee.");
    assert!(extracted.problems[0].what.starts_with("byte 5 is not UTF-8"));
}

#[test]
fn a_document_without_title_has_its_name() {
    assert_eq!(
        extract(&source(Kind::Text), b"One sentence with several words.").documents[0].title,
        "file.x"
    );
    let root = Source { path: "site/index.html".into(), ..Source::of("./", Kind::Html) };
    assert_eq!(extract(&root, b"<p>x").documents[0].title, "index.html");
}

#[test]
fn a_long_line_takes_no_quadratic_time() {
    for text in [
        "word ".repeat(1_000_000),
        "**".repeat(2_000_000),
        "# a\n\n".repeat(100_000),
        "a\n\n".repeat(500_000),
    ] {
        assert_eq!(extract(&source(Kind::Text), text.as_bytes()).documents.len(), 1);
    }
}

proptest! {
    #[test]
    fn any_bytes_will_do(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for kind in KINDS {
            check(&extract(&source(kind), &bytes))?;
        }
    }

    #[test]
    fn any_jumble_of_markup_will_do(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        for kind in KINDS {
            check(&extract(&source(kind), text.as_bytes()))?;
        }
    }
}
