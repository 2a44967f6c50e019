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

mod anchors;
mod entry;
mod furniture;
mod head;
mod heading;
mod linked_data;
mod markup;
mod measure;
mod parse;
mod region;
mod selector;
mod tree;
mod walk;

pub use anchors::Anchors;
pub(super) use anchors::anchors;
pub use selector::{Selector, SelectorError};

use crate::extract::Withheld;
use crate::{Document, Mark, Rule};
use head::Head;
use html5ever::local_name;
use markup::Markup;
use measure::Measures;
use tree::{NodeId, Tree};

/// What a page turned out to be.
#[derive(Debug)]
pub(super) enum Page {
    /// A document, its URL not yet set; its title is empty where the page gives none.
    Document {
        document: Box<Document>,
        /// Whether the page marks its body by an attribute.
        marks_body: bool,
        /// What its `<title>` says; empty where it has none.
        head_title: String,
    },
    /// The page says that it is to be passed over.
    Withheld(Withheld),
    /// The configuration says what its body is, and it has none.
    Bodiless,
    /// The page is longer than the parser can take.
    TooLong,
}

/// Reads a page, or a piece of one, in time linear in its length, with the rules that are for it.
pub(super) fn page(text: &str, rules: &[&Rule]) -> Page {
    if text.len() > parse::MAX_LEN_BYTES {
        return Page::TooLong;
    }
    let tree = parse::parse(text);
    let head = head::head(&tree);
    if let Some(reason) = head.withheld {
        return Page::Withheld(reason);
    }
    let measures = Measures::of(&tree);
    let page = region::Page { tree: &tree, measures: &measures, own_body: true, menus_out: false };
    let markup = Markup::of(page, markup::may_hold(text), rules);
    if markup.ignores_all {
        return Page::Withheld(Withheld::Ignored);
    }
    if markup.bodies.is_empty() && rules.iter().any(|rule| rule.mark == Mark::Body) {
        return Page::Bodiless;
    }
    let (mut document, body) = text_of(&tree, &measures, &markup);
    if document.title.is_empty() {
        document.title = title(page, &head, &document, !markup.bodies.is_empty());
    }
    if let Some(title) = &markup.title {
        document.title.clone_from(title);
    }
    document.weight = markup.weight(&tree, body).unwrap_or_default();
    document.language = head.language;
    document.canonical = head.canonical;
    document.meta = markup.defaults;
    document.meta.extend(head::values(head.meta));
    document.meta.extend(markup.meta);
    document.marked = markup.marked;
    Page::Document {
        document: Box::new(document),
        marks_body: markup.body_by_attribute,
        head_title: head.title,
    }
}

/// Reads a piece of a page whatever it says of indexing, for the markup that stands in Markdown.
pub(super) fn fragment(markup: &str) -> Document {
    let len = markup.floor_char_boundary(parse::MAX_LEN_BYTES);
    let tree = parse::parse(&markup[..len]);
    let page =
        region::Page { tree: &tree, measures: &Measures::of(&tree), own_body: false, menus_out: false };
    walk::passages(page, &[region::body(&tree, page.measures)], &Markup::default())
}

/// The text of a page, and the first element that it stands in.
fn text_of(tree: &Tree, measures: &Measures, markup: &Markup) -> (Document, NodeId) {
    if let Some(&first) = markup.bodies.first() {
        let page = region::Page { tree, measures, own_body: true, menus_out: false };
        return (walk::passages(page, &markup.bodies, markup), first);
    }
    let body = region::body(tree, measures);
    let own_body = tree.element(body).is_some_and(|name| matches!(&**name, "main" | "article"))
        || tree.attribute(body, "role") == Some("main");
    let page = region::Page { tree, measures, own_body, menus_out: true };
    let document = walk::passages(page, &[body], markup);
    // A page of links and nothing else is no menu.
    if document.passages.iter().all(|passage| passage.text.is_empty()) && !own_body {
        let page = region::Page { menus_out: false, ..page };
        return (walk::passages(page, &[body], markup), body);
    }
    (document, body)
}

/// The title of a page whose body has no first-level heading: where the body is marked, the first such heading beside
/// it; else `<title>`, from which the site's name is cut where the first heading, Open Graph or linked data says what
/// the page itself is called; without a `<title>`, what these say.
fn title(page: region::Page<'_>, head: &Head, document: &Document, is_marked: bool) -> String {
    if is_marked {
        let is_title = |id: NodeId| page.tree.element(id) == Some(&local_name!("h1"));
        let beside = region::find(page.tree, Tree::ROOT, is_title).map(|id| heading::text(page, id, None));
        if let Some(beside) =
            beside.filter(|text| !text.is_empty() && text.len() <= heading::MAX_HEADING_BYTES)
        {
            return beside;
        }
    }
    if head.title.is_empty() {
        return head.own_titles.first().cloned().unwrap_or_default();
    }
    let first_heading = document.passages.get(1).map_or("", |passage| &passage.heading);
    let begins = |own: &&str| {
        let same = head.title.get(..own.len()).is_some_and(|start| start.eq_ignore_ascii_case(own));
        same && !own.is_empty()
    };
    let mut candidates = std::iter::once(first_heading).chain(head.own_titles.iter().map(String::as_str));
    candidates.find(begins).unwrap_or(&head.title).to_owned()
}

#[cfg(test)]
mod generators;
#[cfg(test)]
mod marked;
#[cfg(test)]
mod tests;
