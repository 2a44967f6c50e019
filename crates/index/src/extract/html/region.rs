//! Which part of a page is its body, what in it is furniture.

use html5ever::{LocalName, local_name};

use super::tree::{NodeId, Tree};

/// The element that holds what the page is about: `<main>` or role=main, the only `<article>`, else `<body>`.
///
/// Where a `<main>` holds one article that makes up at least half of its text, the article is taken, since what
/// stands beside it is breadcrumbs and the like. A region without any text is passed over: some pages fill their
/// `<main>` by script.
pub(super) fn body(tree: &Tree) -> NodeId {
    let body =
        find(tree, Tree::ROOT, |id| tree.element(id) == Some(&local_name!("body"))).unwrap_or(Tree::ROOT);
    let main = find(tree, body, |id| {
        tree.element(id) == Some(&local_name!("main")) || tree.attribute(id, "role") == Some("main")
    });
    let main = main.filter(|&main| text_len(tree, main) > 0);
    let within = main.unwrap_or(body);
    match only_article(tree, within) {
        Some(article) if main.is_none() && text_len(tree, article) > 0 => article,
        Some(article) if 2 * text_len(tree, article) >= text_len(tree, within).max(1) => article,
        _ => within,
    }
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

fn find(tree: &Tree, within: NodeId, matches: impl Fn(NodeId) -> bool) -> Option<NodeId> {
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

/// Bytes of text in `within`, blanks at the edges of each piece left out.
fn text_len(tree: &Tree, within: NodeId) -> usize {
    let mut len = 0;
    let mut at = tree.first_child(within);
    while let Some(id) = at {
        len += tree.text(id).map_or(0, |text| text.trim().len());
        at = next(tree, id, within);
    }
    len
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

/// What `id` means, in a page whose body is an element of its own (`<main>`, `<article>`) or all of `<body>`.
pub(super) fn role(tree: &Tree, id: NodeId, own_body: bool) -> Role {
    let Some(name) = tree.element(id) else {
        return if tree.is_svg(id) { Role::Out } else { Role::Inline };
    };
    if is_never_text(name)
        || is_aside_by_role(tree, id, own_body)
        || tree.attribute(id, "aria-hidden") == Some("true")
    {
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
        "td" | "th" | "rt" => Role::Cell,
        "br" => Role::Break,
        "img" => Role::Image,
        "a" => Role::Link,
        "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "dd" | "details"
        | "dialog" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "hgroup" | "hr"
        | "html" | "legend" | "li" | "listing" | "main" | "menu" | "ol" | "option" | "p" | "search"
        | "section" | "summary" | "table" | "tbody" | "tfoot" | "thead" | "tr" | "ul" => Role::Block,
        _ => Role::Inline,
    }
}

fn is_never_text(name: &LocalName) -> bool {
    matches!(
        &**name,
        "audio"
            | "button"
            | "canvas"
            | "datalist"
            | "footer"
            | "form"
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

/// Whether its ARIA role says that the element is about the site, or a way through it.
fn is_aside_by_role(tree: &Tree, id: NodeId, own_body: bool) -> bool {
    match tree.attribute(id, "role") {
        Some("navigation" | "search" | "banner" | "contentinfo" | "dialog" | "alertdialog") => true,
        Some("complementary") => !own_body,
        _ => false,
    }
}
