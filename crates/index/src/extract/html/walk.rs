//! The walk through a page's body that gathers its passages.

use super::heading;
use super::region::{self, Role};
use super::tree::{NodeId, Tree};
use crate::Document;
use crate::extract::flow::{Anchor, Flow};

/// Gathers title and passages of the page's body; the title is empty where no first-level heading gives one.
pub(super) fn passages(tree: &Tree) -> Document {
    let body = region::body(tree);
    let own_body = tree.element(body).is_some_and(|name| &**name != "body");
    let mut walk = Walk { tree, own_body, flow: Flow::new(None), preformatted: 0, headings_only: 0 };
    let mut open: Vec<(NodeId, Role)> = Vec::new();
    let mut at = tree.first_child(body);
    while let Some(id) = at {
        let role = walk.enter(id);
        let child = if let Some(role) = role {
            tree.first_child(id).inspect(|_| open.push((id, role)))
        } else {
            None
        };
        at = child.or_else(|| tree.after(id, body));
        if child.is_none() {
            if let Some(role) = role {
                walk.leave(role);
            }
            let parent = at.and_then(|next| tree.parent(next));
            while let Some(&(element, role)) = open.last()
                && Some(element) != parent
            {
                walk.leave(role);
                open.pop();
            }
        }
    }
    walk.flow.finish()
}

struct Walk<'a> {
    tree: &'a Tree,
    own_body: bool,
    flow: Flow,
    preformatted: usize,
    headings_only: usize,
}

impl Walk<'_> {
    /// Takes in what stands at `id`; gives its role where its inside is to be walked, too.
    fn enter(&mut self, id: NodeId) -> Option<Role> {
        if let Some(text) = self.tree.text(id) {
            if self.headings_only > 0 {
            } else if self.preformatted > 0 {
                self.flow.body.lines(text);
            } else {
                self.flow.body.run(text);
            }
            return None;
        }
        let role = region::role(self.tree, id, self.own_body);
        match role {
            Role::Out => return None,
            Role::Heading(level) => {
                let anchor = heading::id(self.tree, id);
                self.flow.body.end_line();
                let text = heading::text(self.tree, id, anchor);
                if text.len() > heading::MAX_HEADING_BYTES {
                    return Some(Role::Block);
                }
                self.flow.heading(level, text, Anchor::Given(anchor));
                return None;
            }
            Role::Link if heading::is_permalink(self.tree, id, self.flow.id()) => return None,
            Role::HeadingsOnly => self.headings_only += 1,
            Role::Image if self.headings_only == 0 => {
                if let Some(alternative) = self.tree.attribute(id, "alt") {
                    self.flow.body.space();
                    self.flow.body.run(alternative);
                    self.flow.body.space();
                }
            }
            Role::Pre => {
                self.preformatted += 1;
                self.flow.body.end_line();
            }
            Role::Block | Role::Break => self.flow.body.end_line(),
            Role::Cell => self.flow.body.space(),
            Role::Image | Role::Link | Role::Inline => {}
        }
        Some(role)
    }

    fn leave(&mut self, role: Role) {
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
    }
}
