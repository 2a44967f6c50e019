//! How much each element of a page says, and how much of that in links.

use super::region::is_never_text;
use super::tree::{NodeId, Tree};

/// What stands in an element, in bytes, blanks at the edges of each piece left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Measure {
    /// Text outside of links.
    pub plain: u32,
    /// Text of links.
    pub linked: u32,
    /// Text of links into the page itself, which is part of `linked`.
    pub within: u32,
    /// How many links there are.
    pub n_links: u32,
    /// How many headings there are.
    pub n_headings: u32,
    /// How many of these are of the first level.
    pub n_titles: u32,
}

impl Measure {
    /// All text.
    pub fn text(self) -> u32 {
        self.plain + self.linked
    }

    fn add(&mut self, other: Self) {
        self.plain += other.plain;
        self.linked += other.linked;
        self.within += other.within;
        self.n_links += other.n_links;
        self.n_headings += other.n_headings;
        self.n_titles += other.n_titles;
    }
}

/// The measures of all elements of a page.
#[derive(Debug)]
pub(super) struct Measures(Vec<Measure>);

impl Measures {
    /// Measures a page, in time linear in its length; what is never text counts nothing.
    pub fn of(tree: &Tree) -> Self {
        let mut all = vec![Measure::default(); tree.len()];
        let mut order = Vec::new();
        // The end of a link that is open, and whether it leads into the page.
        let mut link: Option<(Option<NodeId>, bool)> = None;
        let mut at = tree.first_child(Tree::ROOT);
        while let Some(id) = at {
            if link.is_some_and(|(end, _)| end == Some(id)) {
                link = None;
            }
            order.push(id);
            let measure = &mut all[id.place()];
            let mut inside = true;
            if let Some(text) = tree.text(id) {
                // A page has less than 2 GiB.
                let len = text.trim().len() as u32;
                match link {
                    Some((_, within)) => {
                        measure.linked = len;
                        measure.within = if within { len } else { 0 };
                    }
                    None => measure.plain = len,
                }
            } else if let Some(name) = tree.element(id) {
                match &**name {
                    "a" => {
                        if let Some(target) = tree.attribute(id, "href") {
                            measure.n_links = 1;
                            link = Some((tree.after(id, Tree::ROOT), target.starts_with('#')));
                        }
                    }
                    "h1" => (measure.n_headings, measure.n_titles) = (1, 1),
                    "h2" | "h3" | "h4" | "h5" | "h6" => measure.n_headings = 1,
                    _ => inside = !is_never_text(name),
                }
            }
            let child = if inside { tree.first_child(id) } else { None };
            at = child.or_else(|| tree.after(id, Tree::ROOT));
        }
        for id in order.into_iter().rev() {
            if let Some(parent) = tree.parent(id) {
                let measure = all[id.place()];
                all[parent.place()].add(measure);
            }
        }
        Self(all)
    }

    /// What stands in an element, or is a piece of text.
    pub fn at(&self, id: NodeId) -> Measure {
        self.0[id.place()]
    }
}
