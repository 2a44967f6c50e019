//! Which part of a page is its body, and what the elements in it mean for the text.

use html5ever::{LocalName, local_name};

use super::furniture::is_furniture;
use super::measure::Measures;
use super::tree::{NodeId, Tree};

/// Less text than this, in bytes, has no densest region: a few lines may be all that a page has to say.
const MIN_DENSE_BYTES: u32 = 500;

/// The element that holds what the page is about: `<main>` or role=main, the only `<article>`, else the densest
/// region of `<body>`.
///
/// Where a `<main>` holds one article that makes up at least half of its text, the article is taken, since what
/// stands beside it is breadcrumbs and the like. A region without any text is passed over: some pages fill their
/// `<main>` by script.
pub(super) fn body(tree: &Tree, measures: &Measures) -> NodeId {
    let body =
        find(tree, Tree::ROOT, |id| tree.element(id) == Some(&local_name!("body"))).unwrap_or(Tree::ROOT);
    let text = |id: NodeId| measures.at(id).text();
    let main = find(tree, body, |id| {
        (tree.element(id) == Some(&local_name!("main")) || tree.attribute(id, "role") == Some("main"))
            && text(id) > 0
    });
    let within = main.unwrap_or(body);
    match only_article(tree, within) {
        Some(article) if main.is_none() && text(article) > 0 => article,
        Some(article) if text(article) >= (text(within) / 2).max(1) => article,
        _ if main.is_none() => densest(tree, measures, body),
        _ => within,
    }
}

/// The innermost element with all headings and four fifths of the text outside of links.
fn densest(tree: &Tree, measures: &Measures, body: NodeId) -> NodeId {
    let all = measures.at(body);
    if all.plain < MIN_DENSE_BYTES {
        return body;
    }
    let is_dense = |&id: &NodeId| {
        let measure = measures.at(id);
        let is_region = matches!(tree.element(id).map(|name| &**name), Some("div" | "section" | "td"));
        let is_way = matches!(
            tree.element(id).map(|name| &**name),
            Some("center" | "form" | "table" | "tbody" | "tr")
        );
        (is_region || is_way)
            && measure.n_headings == all.n_headings
            && u64::from(measure.plain) * 5 >= u64::from(all.plain) * 4
    };
    let mut dense = body;
    let mut at = body;
    while let Some(next) = tree.children(at).find(is_dense) {
        at = next;
        if matches!(tree.element(at).map(|name| &**name), Some("div" | "section" | "td")) {
            dense = at;
        }
    }
    dense
}

/// The article in `within`, if there is just one that is not part of another.
fn only_article(tree: &Tree, within: NodeId) -> Option<NodeId> {
    let is_article = |id: NodeId| tree.element(id) == Some(&local_name!("article"));
    let first = find(tree, within, is_article)?;
    let mut at = tree.after(first, within);
    while let Some(id) = at {
        if is_article(id) {
            return None;
        }
        at = next(tree, id, within);
    }
    Some(first)
}

pub(super) fn find(tree: &Tree, within: NodeId, matches: impl Fn(NodeId) -> bool) -> Option<NodeId> {
    let mut at = tree.first_child(within);
    while let Some(id) = at {
        if matches(id) {
            return Some(id);
        }
        at = next(tree, id, within);
    }
    None
}

/// The next node in reading order that is neither furniture nor in it.
fn next(tree: &Tree, id: NodeId, within: NodeId) -> Option<NodeId> {
    let passed_over = tree.element(id).is_some_and(is_never_text);
    let child = if passed_over { None } else { tree.first_child(id) };
    child.or_else(|| tree.after(id, within))
}

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Neither it nor anything in it is text of the page.
    Out,
    /// Only the headings in it are: the header of the article itself.
    HeadingsOnly,
    /// A heading of this level.
    Heading(u8),
    /// Lines that are lines.
    Pre,
    /// Begins and ends a line.
    Block,
    /// A cell, parted by a blank from its neighbour in the row.
    Cell,
    /// Ends the line.
    Break,
    /// Says itself by its alternative text.
    Image,
    /// A link, which may be a permalink.
    Link,
    /// Runs on in the line.
    Inline,
}

/// Which page an element is looked at in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    pub tree: &'a Tree,
    pub measures: &'a Measures,
    /// Whether its body is an element of its own (`<main>`, `<article>`), not all of `<body>`.
    pub own_body: bool,
    /// Whether menus stay out where it is not.
    pub menus_out: bool,
}

/// What `id` means.
pub(super) fn role(page: Page<'_>, id: NodeId) -> Role {
    let Page { tree, measures, own_body, menus_out } = page;
    let Some(name) = tree.element(id) else {
        return if tree.is_drawing(id) { Role::Out } else { Role::Inline };
    };
    if is_never_text(name) {
        return Role::Out;
    }
    let is_heading = matches!(&**name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    let is_out = if is_heading {
        tree.attribute(id, "aria-hidden") == Some("true")
    } else {
        is_furniture(tree, measures, id, own_body, menus_out)
    };
    if is_out {
        return Role::Out;
    }
    match &**name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "header" if own_body => Role::HeadingsOnly,
        "header" => Role::Out,
        "aside" if !own_body => Role::Out,
        "pre" => Role::Pre,
        "label" | "td" | "th" | "rt" => Role::Cell,
        "br" => Role::Break,
        "img" => Role::Image,
        "a" => Role::Link,
        name if is_block(name) => Role::Block,
        _ => Role::Inline,
    }
}

/// Whether an element begins and ends a line, by its name.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "footer"
            | "figcaption"
            | "figure"
            | "form"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "option"
            | "p"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

pub(super) fn is_never_text(name: &LocalName) -> bool {
    matches!(
        &**name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "footer"
            | "head"
            | "iframe"
            | "input"
            | "nav"
            | "noscript"
            | "object"
            | "rp"
            | "script"
            | "select"
            | "style"
            | "svg"
            | "template"
            | "textarea"
            | "title"
            | "video"
    )
}
