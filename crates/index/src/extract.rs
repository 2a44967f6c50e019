//! Makes documents of files.

mod decode;
mod flow;
mod front_matter;
mod html;
mod lines;
mod look;
mod markdown;
mod slug;
mod text;

pub mod json;

pub use html::{Anchors, Selector, SelectorError};
pub use look::{Seen, Withheld, anchors, look};

use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::source::{Kind, Source};
use crate::{Document, Problem, Rule, Severity};

/// What a file came to.
#[derive(Debug, Default)]
pub struct Extracted {
    /// In the order of the file. Each has a title, and a lead as its first passage; ids of passages are unique
    /// within a document and not percent-encoded.
    pub documents: Vec<Document>,
    /// What a person should know of.
    pub problems: Vec<Problem>,
    /// How many pages asked not to be indexed (`noindex`), or only send their readers to another page.
    pub n_withheld: usize,
    /// How many pages have no body where the rules say what it is.
    pub n_bodiless: usize,
    /// Whether the file is a page that marks its body by an attribute.
    pub marks_body: bool,
    /// What the `<title>` of a page says, the name of its site included; empty where it has none.
    pub head_title: String,
}

impl Extracted {
    fn problem(problem: Problem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }

    fn document(document: Document) -> Self {
        Self { documents: vec![document], ..Self::default() }
    }
}

/// Makes documents of a file's bytes; any bytes will do. Pure; takes time linear in their number, memory of a
/// small multiple of it (a page of HTML some 10 times, other files 2 to 4 times).
///
/// ```
/// use searchlet_index::extract::extract;
/// use searchlet_index::source::{Kind, Source};
///
/// let source = Source::of("bees.md", Kind::Markdown);
/// let extracted = extract(&source, b"# Bees\n\nThey hum.\n\n## Hives\n\nThey live there.\n");
/// assert_eq!(extracted.documents[0].title, "Bees");
/// assert_eq!(extracted.documents[0].passages[1].id.as_deref(), Some("hives"));
/// ```
#[must_use]
pub fn extract(source: &Source, bytes: &[u8]) -> Extracted {
    extract_by(source, bytes, &[])
}

/// Makes documents of a file's bytes as [`extract`] does; `rules` say what elements of HTML pages are.
#[must_use]
pub fn extract_by(source: &Source, bytes: &[u8], rules: &[Rule]) -> Extracted {
    if let Kind::Json | Kind::JsonLines = source.kind {
        return named(source, records(source, bytes));
    }
    let declared = if source.kind == Kind::Html { decode::declared_in_html(bytes) } else { None };
    let decoded = decode::decode(bytes, declared);
    let text = &*decoded.text;
    if text.trim().is_empty() {
        return empty(source);
    }
    let mut extracted = match source.kind {
        // Hosts serve it where there is no page, and at no address of its own.
        Kind::Html if source.name == NOT_FOUND => Extracted { n_withheld: 1, ..Extracted::default() },
        Kind::Html => page(source, text, rules),
        Kind::Markdown => markdown(source, text),
        Kind::Text | Kind::Json | Kind::JsonLines => Extracted::document(text::document(text, None)),
    };
    if let Some(guess) = decoded.guess {
        let what = format!("byte {} is not UTF-8, so the file was read as {}", guess.at_byte, guess.encoding);
        extracted.problems.insert(0, warning(source, &what, "save the file as UTF-8"));
    }
    named(source, extracted)
}

/// Records of JSON, which is UTF-8 or says by a mark what else it is: a broken byte costs its record only.
fn records(source: &Source, bytes: &[u8]) -> Extracted {
    let decoded;
    let bytes = if encoding_rs::Encoding::for_bom(bytes).is_some() {
        decoded = decode::decode(bytes, None).text;
        decoded.as_bytes()
    } else {
        bytes
    };
    match source.kind {
        _ if bytes.trim_ascii().is_empty() => empty(source),
        Kind::Json => json::file(source, bytes),
        Kind::JsonLines | Kind::Html | Kind::Markdown | Kind::Text => json::lines(source, bytes),
    }
}

/// Gives each document the file's URL where it has none of its own, and a name where it has no title.
fn named(source: &Source, mut extracted: Extracted) -> Extracted {
    for document in &mut extracted.documents {
        if document.url.is_empty() {
            document.url.clone_from(&source.url);
        }
        if document.title.is_empty() {
            document.title = name(&document.url, source);
        }
    }
    extracted
}

fn empty(source: &Source) -> Extracted {
    Extracted::problem(warning(source, "the file is empty", "remove it, or put text in it"))
}

/// The page that hosts of static sites serve instead of one that is not there.
const NOT_FOUND: &str = "404.html";

/// What a page turns out to be, by the rules that are for it.
fn as_page(source: &Source, text: &str, rules: &[Rule]) -> html::Page {
    let rules: Vec<&Rule> = rules.iter().filter(|rule| rule.is_for(&source.name, &source.url)).collect();
    match html::page(text, &rules) {
        html::Page::Document { document, .. }
            if source.name.ends_with("/404.html")
                && document.passages.iter().all(|passage| passage.text.is_empty()) =>
        {
            html::Page::Withheld(Withheld::NotFound)
        }
        page => page,
    }
}

fn page(source: &Source, text: &str, rules: &[Rule]) -> Extracted {
    match as_page(source, text, rules) {
        html::Page::Document { document, marks_body, head_title } => Extracted {
            marks_body,
            head_title,
            ..Extracted::document(Document { is_page: true, ..*document })
        },
        html::Page::Bodiless => Extracted { n_bodiless: 1, ..Extracted::default() },
        html::Page::Withheld(_) => Extracted { n_withheld: 1, ..Extracted::default() },
        html::Page::TooLong => Extracted::problem(Problem {
            severity: Severity::LeftOut,
            ..warning(source, "the page is longer than 2 GiB", "split it")
        }),
    }
}

fn markdown(source: &Source, text: &str) -> Extracted {
    let (document, error) = markdown::document(text);
    let mut extracted = Extracted::document(document);
    if let Some(error) = error {
        let what = format!("its front matter was passed over: {error}");
        extracted.problems.push(warning(
            source,
            &what,
            "correct what stands between the first lines of dashes or pluses",
        ));
    }
    extracted
}

fn warning(source: &Source, what: &str, next: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        path: source.path.clone(),
        line: None,
        what: what.to_owned(),
        next: next.to_owned(),
    }
}

/// The last segment of a URL, which names a document that has no title; the file's name where there is none.
fn name(url: &str, source: &Source) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let segment = path.rsplit('/').find(|segment| !segment.is_empty() && *segment != ".").unwrap_or_default();
    let decoded = lines::one_line(&percent_decode_str(segment).decode_utf8_lossy());
    let file =
        || source.path.file_name().map(|name| lines::one_line(&name.to_string_lossy())).unwrap_or_default();
    [decoded, file()].into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "untitled".to_owned())
}

/// A language tag if `tag` looks like one: letters and digits in groups.
fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic())
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    is_tag.then_some(tag)
}

/// A value that can stand for text.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests;
