//! What an index does not keep of a file, for those who look after a site.

use super::{NOT_FOUND, as_page, decode, html, markdown, records, text};
use crate::source::{Kind, Source};
use crate::{Document, Rule};

pub use super::html::Anchors;

/// Why a page is passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// It asks not to be indexed (`<meta name=robots content=noindex>`).
    NoIndex,
    /// It only sends its readers to this URL, as it is written there.
    Redirect(String),
    /// It is its site's index of words or its search, by its own word.
    OwnIndex,
    /// All of it is marked as no text.
    Ignored,
    /// Hosts serve it where there is no page.
    NotFound,
}

/// What there is to see of a file beside its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whether it is a page of the site.
    pub is_page: bool,
    /// Why it is passed over, if it is.
    pub withheld: Option<Withheld>,
    /// Whether it has no body where the rules say what that is.
    pub is_bodiless: bool,
    /// Whether it marks its body by an attribute.
    pub marks_body: bool,
    /// Whether it is a page that does not say in what language it is.
    pub lacks_language: bool,
    /// The URLs of its documents that have no title of their own, and are named after their URL.
    pub untitled: Vec<String>,
}

/// Looks at a file with the rules that an index of it would be made by. Pure; costs as much as [`super::extract_by`].
///
/// ```
/// use searchlet_index::extract::{Withheld, look};
/// use searchlet_index::source::{Kind, Source};
///
/// let page = b"<meta http-equiv=refresh content='0; url=/bees'>";
/// let seen = look(&Source::of("old.html", Kind::Html), page, &[]);
/// assert_eq!(seen.withheld, Some(Withheld::Redirect("/bees".to_owned())));
/// ```
#[must_use]
pub fn look(source: &Source, bytes: &[u8], rules: &[Rule]) -> Seen {
    let untitled = |documents: &[Document]| {
        let url = |document: &Document| {
            if document.url.is_empty() { source.url.clone() } else { document.url.clone() }
        };
        documents.iter().filter(|document| document.title.is_empty()).map(url).collect()
    };
    if let Kind::Json | Kind::JsonLines = source.kind {
        return Seen { untitled: untitled(&records(source, bytes).documents), ..Seen::default() };
    }
    let decoded = decoded(source.kind, bytes);
    if decoded.trim().is_empty() {
        return Seen::default();
    }
    let document = match source.kind {
        Kind::Markdown => markdown::document(&decoded).0,
        Kind::Text | Kind::Json | Kind::JsonLines => text::document(&decoded, None),
        Kind::Html => {
            let seen = Seen { is_page: true, ..Seen::default() };
            if source.name == NOT_FOUND {
                return Seen { withheld: Some(Withheld::NotFound), ..seen };
            }
            return match as_page(source, &decoded, rules) {
                html::Page::Document { document, marks_body, .. } => Seen {
                    marks_body,
                    lacks_language: document.language.is_none(),
                    untitled: untitled(std::slice::from_ref(&*document)),
                    ..seen
                },
                html::Page::Withheld(reason) => Seen { withheld: Some(reason), ..seen },
                html::Page::Bodiless => Seen { is_bodiless: true, ..seen },
                html::Page::TooLong => seen,
            };
        }
    };
    Seen { untitled: untitled(&[document]), ..Seen::default() }
}

/// The places in an HTML page that a fragment leads to, and its links. Pure; any bytes will do.
///
/// ```
/// use searchlet_index::extract::anchors;
///
/// let anchors = anchors(b"<h2 id=bees>Bees</h2><a href='#hives'>Hives</a>");
/// assert!(anchors.ids.contains("bees") && anchors.links.contains("#hives"));
/// ```
#[must_use]
pub fn anchors(bytes: &[u8]) -> Anchors {
    html::anchors(&decoded(Kind::Html, bytes))
}

fn decoded(kind: Kind, bytes: &[u8]) -> String {
    let declared = if kind == Kind::Html { decode::declared_in_html(bytes) } else { None };
    decode::decode(bytes, declared).text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Seen {
        let kind = Kind::of(name.as_ref()).expect("a kind");
        look(&Source::of(name, kind), text.as_bytes(), &[])
    }

    #[test]
    fn pages_are_passed_over_for_a_reason() {
        for (text, reason) in [
            ("<meta name=robots content='noindex, follow'><p>x", Withheld::NoIndex),
            ("<meta http-equiv=refresh content=\"0; URL = 'b.html'\">", Withheld::Redirect("b.html".into())),
            ("<meta http-equiv=refresh content='0;b.html'>", Withheld::Redirect("b.html".into())),
            ("<link rel=search href='#'><p>x", Withheld::OwnIndex),
            ("<html data-searchlet-ignore><p>x", Withheld::Ignored),
        ] {
            assert_eq!(of("a.html", text).withheld, Some(reason), "{text}");
        }
        assert_eq!(of("404.html", "<h1>Gone</h1>").withheld, Some(Withheld::NotFound));
        assert_eq!(of("a.html", "<meta http-equiv=refresh content='60'><p>x").withheld, None);
    }

    #[test]
    fn what_has_no_title_or_language_is_seen() {
        let untitled = |name: &str, text: &str| of(name, text).untitled;
        assert_eq!(untitled("a.html", "<p>Words."), ["a.html"]);
        assert!(untitled("a.html", "<title>A</title><p>Words.").is_empty());
        assert!(untitled("a.md", "# A\n\nWords.").is_empty());
        assert_eq!(untitled("a.jsonl", "{\"url\": \"x\", \"html\": \"<p>Words.\"}"), ["x"]);
        assert!(of("a.html", "<p>Words.").lacks_language);
        assert!(!of("a.html", "<html lang=en><p>Words.").lacks_language);
    }

    #[test]
    fn anchors_are_what_a_fragment_leads_to() {
        let found = anchors(b"<base href=x><p id=a><a name=b href='c.html#d'></a><svg id=e></svg><p id=''>");
        assert_eq!(found.ids.into_iter().collect::<Vec<_>>(), ["a", "b", "e"]);
        assert_eq!(found.links.into_iter().collect::<Vec<_>>(), ["c.html#d"]);
        assert!(found.has_base);
    }
}
