//! What can be led to in a page, with where its links lead.

use html5ever::local_name;
use std::collections::BTreeSet;

use super::parse;
use super::tree::Tree;

/// The places in a page that a fragment leads to, and the links of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// The `id` of each element, and the `name` of each `<a>`.
    pub ids: BTreeSet<String>,
    /// The `href` of each `<a>` and `<area>` as it is written, each once.
    pub links: BTreeSet<String>,
    /// Whether the page says by `<base>` that its links begin elsewhere.
    pub has_base: bool,
}

/// Reads the anchors of a page.
pub fn anchors(text: &str) -> Anchors {
    let mut anchors = Anchors::default();
    let len = text.floor_char_boundary(parse::MAX_LEN_BYTES);
    let tree = parse::parse(&text[..len]);
    for node in tree.inside(Tree::ROOT) {
        let own =
            |name: &str| tree.attribute(node, name).filter(|value| !value.is_empty()).map(str::to_owned);
        anchors.ids.extend(own("id"));
        match tree.element(node) {
            Some(&local_name!("a")) => {
                anchors.ids.extend(own("name"));
                anchors.links.extend(own("href"));
            }
            Some(&local_name!("area")) => anchors.links.extend(own("href")),
            Some(&local_name!("base")) => anchors.has_base |= own("href").is_some(),
            _ => {}
        }
    }
    anchors
}
