//! What a page's own marks, and those that the configuration gives by selector, say of its elements.
//!
//! Each mark is an attribute, `data-searchlet-…` or `data-pagefind-…`: what is marked up for one is so for the other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::heading;
use super::region::Page;
use super::tree::{NodeId, Tree};
use crate::extract::lines::one_line;
use crate::mark::{Item, Mark, Said};
use crate::{Rule, Weight};

/// How the names of the attributes begin.
const PREFIXES: [&str; 2] = ["data-searchlet-", "data-pagefind-"];

/// The marks of a page.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// The elements that are its body, outermost first; empty where none is marked.
    pub bodies: Vec<NodeId>,
    /// Whether an attribute marks one of them.
    pub body_by_attribute: bool,
    /// Whether the whole page is to be left out.
    pub ignores_all: bool,
    pub title: Option<String>,
    /// What is said of the page, in the order in which it counts.
    pub meta: BTreeMap<String, Value>,
    /// What is said unless the page says better.
    pub defaults: BTreeMap<String, Value>,
    /// The keys of filters and sorts.
    pub marked: BTreeSet<String>,
    weights: BTreeMap<NodeId, Weight>,
    ignored: BTreeSet<NodeId>,
    attributes: BTreeMap<NodeId, Vec<String>>,
}

/// Whether the text of a page may hold marks.
pub(super) fn may_hold(text: &str) -> bool {
    PREFIXES.iter().any(|prefix| text.contains(prefix))
}

impl Markup {
    /// Reads the marks of a page. `by_attribute` says whether its attributes are looked at; of the rules all count.
    pub fn of(page: Page<'_>, by_attribute: bool, rules: &[&Rule]) -> Self {
        let mut reader = Reader::default();
        if !by_attribute && rules.is_empty() {
            return reader.markup;
        }
        let tree = page.tree;
        let mut at = tree.first_child(Tree::ROOT);
        while let Some(id) = at {
            let mut inside = true;
            if tree.element(id).is_some() {
                let given =
                    rules.iter().filter(|rule| rule.selector.matches(tree, id)).map(|rule| &rule.mark);
                let given: Vec<&Mark> = given.collect();
                let own = if by_attribute { own(tree, id) } else { Vec::new() };
                for mark in own.iter().chain(given.iter().copied()) {
                    inside &= reader.take(page, id, mark);
                }
                reader.markup.body_by_attribute |= own.contains(&Mark::Body);
            }
            let child = if inside { tree.first_child(id) } else { None };
            at = child.or_else(|| tree.after(id, Tree::ROOT));
        }
        reader.finish()
    }

    /// Whether an element is no text.
    pub fn ignores(&self, id: NodeId) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&id)
    }

    /// The attributes of an element that are text.
    pub fn indexed_attributes(&self, id: NodeId) -> impl Iterator<Item = &str> {
        let names = if self.attributes.is_empty() { None } else { self.attributes.get(&id) };
        names.into_iter().flatten().map(String::as_str)
    }

    /// The weight of an element, or of the innermost around it that has one.
    pub fn weight(&self, tree: &Tree, id: NodeId) -> Option<Weight> {
        if self.weights.is_empty() {
            return None;
        }
        std::iter::successors(Some(id), |&at| tree.parent(at)).find_map(|at| self.weights.get(&at).copied())
    }
}

/// The marks that an element has as attributes. What they do not say right is passed over, as browsers do.
fn own(tree: &Tree, id: NodeId) -> Vec<Mark> {
    let name =
        |name: &'_ str| PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).map(str::to_owned);
    tree.attributes(id).filter_map(|(attribute, value)| Mark::new(&name(attribute)?, value).ok()).collect()
}

#[derive(Default)]
struct Reader {
    markup: Markup,
    filters: BTreeMap<String, Vec<String>>,
    sorts: BTreeMap<String, String>,
    meta: BTreeMap<String, String>,
    defaults: BTreeMap<String, String>,
}

impl Reader {
    /// Takes in a mark of an element; says whether the marks inside count.
    fn take(&mut self, page: Page<'_>, id: NodeId, mark: &Mark) -> bool {
        let markup = &mut self.markup;
        let is_page = page.tree.element(id).is_some_and(|name| matches!(&**name, "html" | "body"));
        match mark {
            Mark::Body => {
                // What stands in another body is read with that.
                let mut above = std::iter::successors(page.tree.parent(id), |&at| page.tree.parent(at));
                let is_inside = !markup.bodies.is_empty() && above.any(|at| markup.bodies.contains(&at));
                if !is_inside && markup.bodies.last() != Some(&id) {
                    markup.bodies.push(id);
                }
            }
            Mark::Ignore { all } => {
                markup.ignored.insert(id);
                markup.ignores_all |= is_page;
                return !all;
            }
            Mark::Weight(weight) => {
                markup.weights.entry(id).or_insert(*weight);
            }
            Mark::NoWeight => {
                markup.ignored.insert(id);
            }
            Mark::IndexAttributes(names) => {
                markup.attributes.entry(id).or_default().extend(names.iter().cloned());
            }
            Mark::Title => {
                if markup.title.is_none() {
                    markup.title = Some(said(page, id, &Said::Text)).filter(|title| !title.is_empty());
                }
            }
            Mark::Meta(items) => each(page, id, items, |key, value| {
                if key != "title" {
                    self.meta.entry(key.to_owned()).or_insert(value);
                } else if self.markup.title.is_none() {
                    self.markup.title = Some(value);
                }
            }),
            Mark::DefaultMeta(items) => each(page, id, items, |key, value| {
                self.defaults.entry(key.to_owned()).or_insert(value);
            }),
            Mark::Filter(items) => each(page, id, items, |key, value| {
                let values = self.filters.entry(key.to_owned()).or_default();
                if !values.contains(&value) {
                    values.push(value);
                }
            }),
            Mark::Sort(items) => each(page, id, items, |key, value| {
                self.sorts.entry(key.to_owned()).or_insert(value);
            }),
        }
        true
    }

    /// A key that is marked in several ways has the values of its filter; of one value its sort, which may be a number.
    fn finish(self) -> Markup {
        let Self { mut markup, filters, sorts, meta, defaults } = self;
        let text = |(key, value)| (key, Value::String(value));
        markup.meta = meta.into_iter().map(text).collect();
        markup.defaults = defaults.into_iter().map(text).collect();
        markup.marked = filters.keys().chain(sorts.keys()).cloned().collect();
        for (key, value) in sorts {
            let value = serde_json::from_str(&value).map_or(Value::String(value), Value::Number);
            markup.meta.insert(key, value);
        }
        for (key, mut values) in filters {
            let is_sorted = |markup: &Markup| markup.meta.get(&key).is_some_and(Value::is_number);
            match values.pop() {
                // The number that it is sorted by says the same.
                Some(_) if values.is_empty() && is_sorted(&markup) => {}
                Some(only) if values.is_empty() => {
                    markup.meta.insert(key, Value::String(only));
                }
                Some(last) => {
                    values.push(last);
                    markup.meta.insert(key, values.into());
                }
                None => {}
            }
        }
        markup
    }
}

fn each(page: Page<'_>, id: NodeId, items: &[Item], mut take: impl FnMut(&str, String)) {
    for item in items {
        let value = said(page, id, &item.said);
        if !value.is_empty() {
            take(&item.key, value);
        }
    }
}

/// What an element says, on one line.
fn said(page: Page<'_>, id: NodeId, said: &Said) -> String {
    match said {
        Said::Text => {
            let text = heading::text(page, id, None);
            let name = if text.is_empty() { page.tree.element(id).map(|name| &**name) } else { None };
            match name {
                Some("meta") => attribute(page.tree, id, "content"),
                Some("img") => attribute(page.tree, id, "src"),
                _ => text,
            }
        }
        Said::Attribute(name) => attribute(page.tree, id, name),
        Said::Inline(value) => value.clone(),
    }
}

fn attribute(tree: &Tree, id: NodeId, name: &str) -> String {
    one_line(tree.attribute(id, name).unwrap_or_default())
}
