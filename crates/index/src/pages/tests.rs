//! Pages say what the index says, wherever they are written.

use super::*;
use crate::extract::extract;
use crate::source::{Kind, Source};
use proptest::prelude::*;
use std::path::Path;

fn read(kind: Kind, text: &str) -> Document {
    let source = Source::of("a/b.txt", kind);
    extract(&source, text.as_bytes()).documents.remove(0)
}

#[test]
fn a_page_has_the_passages_of_the_index() {
    let document = read(Kind::Markdown, "# Bees & co\n\nThey *hum*.\n\n## Hives\n\n`<hive>`\n\n## Hives\n");
    let page = page(&document, None);
    assert!(page.contains("<title>Bees &amp; co</title>"));
    assert!(page.contains("<h1>Bees &amp; co</h1>\n<p>They hum.</p>\n<h2 id=\"hives\">Hives</h2>\n<p>&lt;hive&gt;</p>\n<h2 id=\"hives-1\">Hives</h2>\n</main>"));
    assert!(page.contains("src=\"../../searchlet/searchlet.js\""));
    assert!(!page.contains("{{"));
}

#[test]
fn templates_are_filled_once() {
    let document = Document { title: "{{body}}".to_owned(), url: "./".to_owned(), ..Document::default() };
    let template = "{{title}}|{{ title }}|{{other}}|{{{title}}}|{{root}}x|{{";
    assert_eq!(page(&document, Some(template)), "{{body}}|{{ title }}|{{other}}|{{{body}}}|./x|{{");
}

#[test]
fn pages_lie_below_the_output_folder() {
    for (url, path) in [
        ("./", Some("index.html")),
        ("", Some("index.html")),
        ("a/", Some("a/index.html")),
        ("a/b.txt", Some("a/b.txt/index.html")),
        ("a%20b/%C3%BC.md", Some("a b/ü.md/index.html")),
        ("/etc/x", None),
        ("/", None),
        ("//host/x", None),
        ("a/../../x", None),
        ("%2E%2E/x", None),
        ("a%2Fb", None),
        ("a%5Cb", None),
        ("C:/x", None),
        ("C%3A/x", None),
        ("http://host/x", None),
        ("a?b", None),
        ("a#b", None),
        ("%FF", None),
        ("a%00b", None),
        ("a//b", None),
    ] {
        assert_eq!(page_path(url).as_deref(), path.map(Path::new), "{url}");
    }
}

proptest! {
    #[test]
    fn a_page_read_again_is_the_document(text in "([a-z<>&\"' #*]{0,12}|\n|\n\n|# |## ){0,30}") {
        let document = read(Kind::Markdown, &format!("x\n\n{text}"));
        let again = read(Kind::Html, &page(&document, None));
        prop_assert_eq!(&again.title, &document.title);
        let cut = |document: &Document| -> Vec<_> {
            document.passages.iter().map(|p| (p.heading.clone(), p.id.clone(), p.text.clone())).collect()
        };
        prop_assert_eq!(cut(&again), cut(&document));
    }

    #[test]
    fn no_url_leaves_the_folder(url in any::<String>()) {
        if let Some(path) = page_path(&url) {
            prop_assert!(path.components().all(|c| matches!(c, std::path::Component::Normal(_))));
        }
    }
}
