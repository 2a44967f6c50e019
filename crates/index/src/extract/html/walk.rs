//! A page's body, read in order.

use super::entry;
use super::heading;
use super::markup::Markup;
use super::region::{self, Page, Role};
use super::tree::NodeId;
use crate::Document;
use crate::extract::flow::{Anchor, Flow};

/// Gathers title and passages of the elements that are the page's body; the title is empty where no first-level
/// heading gives one.
pub(super) fn passages(page: Page<'_>, bodies: &[NodeId], markup: &Markup) -> Document {
    let mut walk =
        Walk { page, markup, flow: Flow::new(None), preformatted: 0, headings_only: 0, entries: Vec::new() };
    for &body in bodies {
        walk.body(body);
        walk.flow.body.end_line();
    }
    walk.flow.finish()
}

struct Walk<'a> {
    page: Page<'a>,
    markup: &'a Markup,
    flow: Flow,
    preformatted: usize,
    headings_only: usize,
    /// The elements with which the entries that are open end.
    entries: Vec<NodeId>,
}

impl Walk<'_> {
    fn body(&mut self, body: NodeId) {
        let tree = self.page.tree;
        let mut open: Vec<(NodeId, Role)> = Vec::new();
        let mut at = tree.first_child(body);
        while let Some(id) = at {
            let role = self.enter(id);
            let child = if let Some(role) = role {
                tree.first_child(id).inspect(|_| open.push((id, role)))
            } else {
                None
            };
            at = child.or_else(|| tree.after(id, body));
            if child.is_none() {
                if let Some(role) = role {
                    self.leave(id, role);
                }
                let parent = at.and_then(|next| tree.parent(next));
                while let Some(&(element, role)) = open.last()
                    && Some(element) != parent
                {
                    self.leave(element, role);
                    open.pop();
                }
            }
        }
        self.end_entries(|_| true);
    }

    /// Takes in what stands at `id`; gives its role where its inside is to be walked, too.
    fn enter(&mut self, id: NodeId) -> Option<Role> {
        let tree = self.page.tree;
        if let Some(text) = tree.text(id) {
            if self.headings_only > 0 {
            } else if self.preformatted > 0 {
                self.flow.body.lines(text);
            } else {
                self.flow.body.run(text);
            }
            return None;
        }
        let role = if self.markup.ignores(id) { Role::Out } else { region::role(self.page, id) };
        match role {
            Role::Out => {
                // What stands before and after a block that is no text are two lines all the same.
                if tree.element(id).is_some_and(|name| region::is_block(name)) {
                    self.flow.body.end_line();
                }
                return None;
            }
            Role::Heading(level) => {
                let anchor = heading::id(self.page, id);
                self.flow.body.end_line();
                let text = heading::text(self.page, id, anchor);
                if text.len() > heading::MAX_HEADING_BYTES {
                    return Some(Role::Block);
                }
                let parent = tree.parent(id);
                self.end_entries(|within| Some(within) == parent);
                self.flow.heading(level, text, Anchor::Given(anchor));
                return None;
            }
            Role::Link if heading::is_permalink(tree, id, self.flow.id()) => return None,
            Role::HeadingsOnly => self.headings_only += 1,
            Role::Image if self.headings_only == 0 => {
                if let Some(alternative) = tree.attribute(id, "alt") {
                    self.word(alternative);
                }
            }
            Role::Pre => {
                self.preformatted += 1;
                self.flow.body.end_line();
            }
            Role::Block | Role::Inline if self.preformatted + self.headings_only == 0 && self.entry(id) => {
                return None;
            }
            Role::Block | Role::Break => self.flow.body.end_line(),
            Role::Cell => self.flow.body.space(),
            Role::Image | Role::Link | Role::Inline => {}
        }
        if self.headings_only == 0 {
            for name in self.markup.indexed_attributes(id) {
                let is_said = role == Role::Image && name == "alt";
                if let Some(value) = tree.attribute(id, name).filter(|_| !is_said) {
                    self.word(value);
                }
            }
        }
        Some(role)
    }

    /// Adds text that stands in an attribute.
    fn word(&mut self, text: &str) {
        self.flow.body.space();
        self.flow.body.run(text);
        self.flow.body.space();
    }

    /// Opens the entry that begins at `id`, if one does.
    fn entry(&mut self, id: NodeId) -> bool {
        let Some(entry) = entry::entry(self.page, id) else { return false };
        self.flow.body.end_line();
        self.end_entries(|within| within == entry.within);
        let is_new = self.flow.entry(entry.heading, entry.id);
        if is_new {
            self.entries.push(entry.within);
        }
        is_new
    }

    /// Ends the entries that end with an element, innermost first.
    fn end_entries(&mut self, ends: impl Fn(NodeId) -> bool) {
        while self.entries.last().is_some_and(|&within| ends(within)) {
            self.entries.pop();
            self.flow.end_entry();
        }
    }

    fn leave(&mut self, id: NodeId, role: Role) {
        match role {
            Role::HeadingsOnly => self.headings_only -= 1,
            Role::Pre => {
                self.preformatted -= 1;
                self.flow.body.end_line();
            }
            Role::Block => self.flow.body.end_line(),
            Role::Cell => self.flow.body.space(),
            Role::Out | Role::Heading(_) | Role::Break | Role::Image | Role::Link | Role::Inline => {}
        }
        self.end_entries(|within| within == id);
    }
}
