//! HTML pages.
//!
//! The parser is html5ever, which reads a page as the standard says and browsers do, over a tree of our own that
//! lies in one vector. Measured on the 14,514 pages of MDN (70 MB) and on one page of 50 MB, parsing and joining
//! all text on two cores, in ratios to that choice:
//!
//! | parser | time | peak memory, many pages | one page | 200,000 nested elements |
//! |---|---|---|---|---|
//! | html5ever, tree of our own | 1 | 1 | 1 | as fast as any page of that length |
//! | scraper (html5ever, its tree) | 1 | 1.4 | 1.2 | not done in a minute |
//! | lol_html | 0.55 | 0.3 | 0.1 | not a matter, as it builds no tree |
//!
//! lol_html is quicker, as it rewrites a stream: it decodes no entities, closes no element that the page leaves
//! open, and cannot look ahead, so choosing the body, finding the id of a heading's section and leaving out its
//! permalink would each need a tree after all. Reading an index's input is far from being the slowest stage. Of
//! scraper only the tree would be used, and its depth has no limit, which makes deep pages quadratic.
//!
//! Extraction as a whole takes 1.2 times as long as the parsing; a page takes some 9 times its length in memory.

mod heading;
mod parse;
mod region;
mod tree;
mod walk;

use html5ever::local_name;
use serde_json::Value;

use super::lines::one_line;
use crate::Document;
use tree::{NodeId, Tree};

/// What a page turned out to be.
#[derive(Debug)]
pub(super) enum Page {
    /// A document, its URL not yet set; its title is empty where the page gives none.
    Document(Box<Document>),
    /// The page asks not to be indexed, or only sends its readers elsewhere.
    Withheld,
    /// The page is longer than the parser can take.
    TooLong,
}

/// Reads a page, or a piece of one, in time linear in its length.
pub(super) fn page(text: &str) -> Page {
    if text.len() > parse::MAX_LEN_BYTES {
        return Page::TooLong;
    }
    let tree = parse::parse(text);
    let head = head(&tree);
    if head.withheld {
        return Page::Withheld;
    }
    let mut document = walk::passages(&tree);
    if document.title.is_empty() {
        document.title = title(&head, &document);
    }
    document.language = head.language;
    document.canonical = head.canonical;
    document.meta =
        head.meta.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value))).collect();
    Page::Document(Box::new(document))
}

/// Reads a piece of a page whatever it says of indexing, for the markup that stands in Markdown.
pub(super) fn fragment(markup: &str) -> Document {
    let len = markup.floor_char_boundary(parse::MAX_LEN_BYTES);
    walk::passages(&parse::parse(&markup[..len]))
}

/// The title of a page without a first-level heading: `<title>`, from which the site's name is cut where the first
/// heading or Open Graph says what the page itself is called; without a `<title>`, what Open Graph says.
fn title(head: &Head, document: &Document) -> String {
    let first_heading = document.passages.get(1).map_or("", |passage| &passage.heading);
    let candidates = [first_heading, &head.og_title, &head.title];
    let begins = |own: &&str| !own.is_empty() && head.title.starts_with(own);
    let own = candidates.into_iter().find(begins).unwrap_or(&head.og_title);
    own.to_owned()
}

/// What the page says of itself outside of its text.
#[derive(Debug, Default)]
struct Head {
    title: String,
    og_title: String,
    language: Option<String>,
    meta: Vec<(&'static str, String)>,
    canonical: Option<String>,
    withheld: bool,
}

fn head(tree: &Tree) -> Head {
    let mut head = Head::default();
    let mut at = tree.first_child(Tree::ROOT);
    while let Some(id) = at {
        let mut inside = true;
        match tree.element(id) {
            Some(&local_name!("html")) => head.language = language(tree, id),
            Some(&local_name!("body")) => inside = false,
            Some(&local_name!("title")) if head.title.is_empty() => {
                head.title =
                    one_line(tree.first_child(id).and_then(|text| tree.text(text)).unwrap_or_default());
            }
            Some(&local_name!("meta")) => meta(tree, id, &mut head),
            Some(&local_name!("link")) if head.canonical.is_none() => head.canonical = canonical(tree, id),
            _ => {}
        }
        let child = if inside { tree.first_child(id) } else { None };
        at = child.or_else(|| tree.after(id, Tree::ROOT));
    }
    head
}

fn language(tree: &Tree, html: NodeId) -> Option<String> {
    let tag = tree.attribute(html, "lang").or_else(|| tree.attribute(html, "xml:lang"))?;
    super::language_tag(tag)
}

/// The canonical URL that a `<link>` names.
fn canonical(tree: &Tree, link: NodeId) -> Option<String> {
    let is_canonical = |kind: &str| kind.eq_ignore_ascii_case("canonical");
    let kinds = tree.attribute(link, "rel")?;
    let url = one_line(tree.attribute(link, "href")?);
    (kinds.split_ascii_whitespace().any(is_canonical) && !url.is_empty()).then_some(url)
}

/// Takes in one `<meta>`; of several that say the same, the first counts.
fn meta(tree: &Tree, id: NodeId, head: &mut Head) {
    let content = tree.attribute(id, "content").unwrap_or_default();
    let refresh = tree.attribute(id, "http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
    if refresh && content.to_ascii_lowercase().contains("url") {
        head.withheld = true;
    }
    let name = tree.attribute(id, "name").or_else(|| tree.attribute(id, "property")).unwrap_or_default();
    let key = match name.to_ascii_lowercase().as_str() {
        "robots" => {
            let mut orders = content.split(',').map(str::trim);
            head.withheld |=
                orders.any(|o| o.eq_ignore_ascii_case("noindex") || o.eq_ignore_ascii_case("none"));
            return;
        }
        "og:title" if head.og_title.is_empty() => {
            head.og_title = one_line(content);
            return;
        }
        "description" => "description",
        "date" | "article:published_time" => "date",
        "og:image" => "image",
        _ => return,
    };
    let value = one_line(content);
    if !value.is_empty() && head.meta.iter().all(|(known, _)| *known != key) {
        head.meta.push((key, value));
    }
}

#[cfg(test)]
mod tests;
