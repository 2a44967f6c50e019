//! Entries of a page that have an address of their own and no heading: definitions, members of an interface.

use super::heading;
use super::region::{self, Page, Role};
use super::tree::{NodeId, Tree};

/// How far up from a term its list may be: HTML allows groups of terms in a `<div>`.
const MAX_CLIMBED: usize = 2;

/// How many nodes of an entry without a term are looked at.
const MAX_LOOKED_AT: usize = 64;

/// What an entry is called, and where it ends.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub heading: String,
    pub id: &'a str,
    /// The entry ends where this element does, if no other begins before.
    pub within: NodeId,
}

/// Whether an entry begins at `id`: a `<dt>` with an id, or a piece of code with an id that links to itself.
pub(super) fn entry<'a>(page: Page<'a>, id: NodeId) -> Option<Entry<'a>> {
    let tree = page.tree;
    let anchor = tree.attribute(id, "id").filter(|anchor| !anchor.is_empty());
    let (anchor, within) = match tree.element(id).map(|name| &**name)? {
        "dt" => {
            // Old pages have the id on an anchor in the term.
            let inside = || tree.children(id).find_map(|inside| own_id(tree, inside));
            let mut above = std::iter::successors(tree.parent(id), |&at| tree.parent(at)).take(MAX_CLIMBED);
            let list = above.find(|&at| tree.element(at).is_some_and(|name| &**name == "dl"));
            (anchor.or_else(inside)?, list?)
        }
        "span" | "div" => {
            let anchor = anchor.filter(|anchor| is_code_alone(page, id, anchor))?;
            (anchor, tree.parent(id)?)
        }
        _ => return None,
    };
    let heading = heading::text(page, id, Some(anchor));
    let is_heading = !heading.is_empty() && heading.len() <= heading::MAX_HEADING_BYTES;
    is_heading.then_some(Entry { heading, id: anchor, within })
}

fn own_id(tree: &Tree, id: NodeId) -> Option<&str> {
    let is_link = tree.element(id).is_some_and(|name| matches!(&**name, "a" | "code" | "span"));
    let named = || tree.attribute(id, "name");
    tree.attribute(id, "id").or_else(named).filter(|id| is_link && !id.is_empty())
}

/// Whether an element holds a link to itself, code, and nothing else.
fn is_code_alone(page: Page<'_>, id: NodeId, anchor: &str) -> bool {
    let tree = page.tree;
    let (mut has_link, mut has_code) = (false, false);
    for child in tree.children(id).take(MAX_LOOKED_AT) {
        match tree.element(child).map(|name| &**name) {
            Some("a") if heading::is_permalink(tree, child, Some(anchor)) => has_link = true,
            Some("code") => has_code = true,
            _ if tree.text(child).is_some_and(|text| text.trim().is_empty()) => {}
            _ if tree.text(child).is_none() && region::role(page, child) == Role::Out => {}
            _ => return false,
        }
    }
    has_link && has_code
}
