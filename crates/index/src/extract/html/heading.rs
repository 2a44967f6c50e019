//! What a heading says, under which id a browser finds it.

use super::region::{self, Page, Role};
use super::tree::{NodeId, Tree};
use crate::extract::lines::Lines;

/// The id that leads to the heading: its own, that of an anchor in it or just before it, or that of the element
/// that it opens.
pub(super) fn id(page: Page<'_>, heading: NodeId) -> Option<&str> {
    let tree = page.tree;
    own_id(tree, heading)
        .or_else(|| tree.inside(heading).take(MAX_LOOKED_AT).find_map(|inside| own_id(tree, inside)))
        .or_else(|| before(tree, heading))
        .or_else(|| opened(page, heading))
}

/// How many nodes are looked at around a heading: generators put the anchor next to it, and a limit keeps a
/// page of nothing but headings linear.
const MAX_LOOKED_AT: usize = 32;

/// How far up a section may begin: a heading may be wrapped in a `<div>` or a `<header>`.
const MAX_CLIMBED: usize = 3;

/// The longest heading, in bytes; what is longer is a heading that was never closed.
pub(super) const MAX_HEADING_BYTES: usize = 1000;

/// Characters and phrases that a link to its own place consists of.
const PERMALINKS: [&str; 15] = [
    "copy",
    "copy link",
    "permalink",
    "link",
    "anchor",
    "direct link",
    "link to this heading",
    "link to this section",
    "link to this definition",
    "edit",
    "edit source",
    "source",
    "src",
    "[source]",
    "\u{24D8}",
];

/// How a link begins that says at length that it leads to its own place.
const PERMALINK_STARTS: [&str; 5] =
    ["section titled", "permalink to", "direct link to", "anchor link for", "link to heading"];

fn own_id(tree: &Tree, id: NodeId) -> Option<&str> {
    let is_link = tree.element(id).is_some_and(|name| &**name == "a");
    tree.attribute(id, "id")
        .or_else(|| is_link.then(|| tree.attribute(id, "name")).flatten())
        .filter(|id| !id.is_empty())
}

/// The id of an empty element right before the heading, as in `<a name="use"></a><h2>Use</h2>`.
fn before(tree: &Tree, heading: NodeId) -> Option<&str> {
    std::iter::successors(tree.previous(heading), |&at| tree.previous(at))
        .take(MAX_LOOKED_AT)
        .take_while(|&at| is_empty(tree, at))
        .find_map(|at| own_id(tree, at))
}

/// The id of the section that the heading opens. Furniture may stand before it, such as a link to the source.
fn opened(page: Page<'_>, heading: NodeId) -> Option<&str> {
    let tree = page.tree;
    let mut at = heading;
    for _ in 0..MAX_CLIMBED {
        let opens = std::iter::successors(tree.previous(at), |&at| tree.previous(at))
            .take(MAX_LOOKED_AT)
            .all(|before| {
                is_empty(tree, before) || region::role(page, before) == Role::Out || is_aside(tree, before)
            });
        at = tree.parent(at).filter(|_| opens)?;
        match tree.element(at).map(|name| &**name) {
            Some("section" | "div" | "article") => {
                if let Some(id) = own_id(tree, at) {
                    return Some(id);
                }
            }
            Some("header" | "hgroup") => {}
            _ => return None,
        }
    }
    None
}

/// Whether a node shows nothing: blanks, comments, and elements that hold no more than these.
fn is_empty(tree: &Tree, id: NodeId) -> bool {
    tree.text(id).is_none_or(|text| text.trim().is_empty())
        && tree
            .inside(id)
            .take(MAX_LOOKED_AT)
            .all(|inside| tree.text(inside).is_none_or(|text| text.trim().is_empty()))
}

/// What the heading says, its permalink left out.
///
/// A link to the heading itself is its permalink where the heading says something beside it; where it does not,
/// the whole heading is the link, as in the books of mdBook. Text is cut soon after [`MAX_HEADING_BYTES`].
pub(super) fn text(page: Page<'_>, heading: NodeId, anchor: Option<&str>) -> String {
    let beside = gather(page, heading, anchor);
    if beside.is_empty() { gather(page, heading, None) } else { beside }
}

fn gather(page: Page<'_>, heading: NodeId, anchor: Option<&str>) -> String {
    let tree = page.tree;
    let mut line = Lines::default();
    let mut at = tree.first_child(heading);
    while let Some(id) = at {
        let mut inside = true;
        if let Some(text) = tree.text(id) {
            line.run(text);
        } else {
            match region::role(page, id) {
                Role::Out => inside = false,
                Role::Link => inside = !is_sign(tree, id, anchor) && !is_label(tree, id),
                Role::Image => line.run(tree.attribute(id, "alt").unwrap_or_default()),
                Role::Inline => {}
                _ => line.space(),
            }
        }
        let child = if inside { tree.first_child(id) } else { None };
        at = child.or_else(|| tree.after(id, heading)).filter(|_| line.len_bytes() <= MAX_HEADING_BYTES);
    }
    line.take()
}

/// Whether a link leads to the place that it stands in (`anchor` being the place's id), consists of a mere sign
/// such as `¶` and leads into its own page, or leads past the navigation.
pub(super) fn is_permalink(tree: &Tree, link: NodeId, anchor: Option<&str>) -> bool {
    let target = tree.attribute(link, "href").and_then(|href| href.split_once('#'));
    let leads_here = |anchor: &str| target.is_some_and(|(_, target)| is_same(target, anchor));
    anchor.is_some_and(leads_here) || is_sign(tree, link, anchor)
}

/// Whether a link into its own page says no more than that it leads to the place that it stands in. In a heading, a
/// link to that may also be what the heading says, such as the name of a function.
fn is_sign(tree: &Tree, link: NodeId, anchor: Option<&str>) -> bool {
    let Some((_, target)) = tree.attribute(link, "href").and_then(|href| href.split_once('#')) else {
        return false;
    };
    let class = tree.attribute(link, "class").unwrap_or_default().to_ascii_lowercase();
    let says = says(tree, link);
    let is_short = says.chars().count() <= 2 && !says.chars().any(char::is_alphanumeric);
    is_short && (!says.is_empty() || anchor.is_some_and(|anchor| is_same(target, anchor)))
        || class.contains("skip")
        || PERMALINKS.contains(&says.as_str())
        || PERMALINK_STARTS.iter().any(|start| says.starts_with(start))
        || is_note(tree, link, &says)
}

/// Whether a link is the raised number of a note, which would run into the word before it.
fn is_note(tree: &Tree, link: NodeId, says: &str) -> bool {
    let raised = |id: NodeId| tree.element(id).is_some_and(|name| &**name == "sup");
    let number = says.trim_matches(['[', ']']);
    number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.is_empty()
        && (tree.parent(link).is_some_and(raised) || tree.first_child(link).is_some_and(raised))
}

/// Whether what stands before a heading is a link to it, or to its source.
fn is_aside(tree: &Tree, id: NodeId) -> bool {
    is_label(tree, id) || tree.element(id).is_some_and(|name| &**name == "a") && is_sign(tree, id, None)
}

/// Whether a link in a heading says no more than that it is one, wherever it leads.
fn is_label(tree: &Tree, link: NodeId) -> bool {
    tree.element(link).is_some_and(|name| &**name == "a") && PERMALINKS.contains(&says(tree, link).as_str())
}

fn says(tree: &Tree, link: NodeId) -> String {
    let mut line = Lines::default();
    for text in tree.inside(link).take(MAX_LOOKED_AT).filter_map(|inside| tree.text(inside)) {
        line.run(text);
    }
    line.take().to_lowercase()
}

fn is_same(target: &str, anchor: &str) -> bool {
    target == anchor || percent_encoding::percent_decode_str(target).eq(anchor.bytes())
}
