//! What a page says of itself outside of its text.

use html5ever::local_name;
use serde_json::Value;

use super::linked_data;
use super::tree::{NodeId, Tree};
use crate::extract::lines::one_line;
use crate::extract::{Withheld, language_tag};

/// A page that goes on to another one after more seconds than this is there to be read.
const MAX_REFRESH_SECONDS: u32 = 10;

/// What the page says of itself; what it does not say is empty.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `<title>`.
    pub title: String,
    /// What the page itself is called, without the name of its site, in the order in which it is believed.
    pub own_titles: Vec<String>,
    pub language: Option<String>,
    /// Description, date, image, and direction where text runs from right to left.
    pub meta: Vec<(&'static str, String)>,
    pub canonical: Option<String>,
    /// Why the page is to be passed over, if it says so.
    pub withheld: Option<Withheld>,
}

/// Reads the elements that speak of the page, wherever they stand. Of several that say the same the first counts, of
/// several ways to say it `<meta>` before JSON-LD before the text's own `<time>`.
pub(super) fn head(tree: &Tree) -> Head {
    let mut reader = Reader::default();
    let mut at = tree.first_child(Tree::ROOT);
    while let Some(id) = at {
        let inside = reader.take(tree, id);
        let child = if inside { tree.first_child(id) } else { None };
        at = child.or_else(|| tree.after(id, Tree::ROOT));
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    head: Head,
    base: Option<String>,
    og_title: Option<String>,
    /// What only counts where nothing better says it.
    other_language: Option<String>,
    stated: linked_data::Stated,
    published: Option<String>,
}

impl Reader {
    /// Takes in one node; says whether its inside is to be read.
    fn take(&mut self, tree: &Tree, id: NodeId) -> bool {
        let Some(name) = tree.element(id) else { return false };
        match *name {
            local_name!("html") | local_name!("body") => {
                if self.head.language.is_none() {
                    self.head.language = language(tree, id);
                }
                if tree.attribute(id, "dir").is_some_and(|dir| dir.trim().eq_ignore_ascii_case("rtl")) {
                    self.say("dir", "rtl");
                }
            }
            local_name!("title") if self.head.title.is_empty() => {
                self.head.title =
                    one_line(tree.first_child(id).and_then(|text| tree.text(text)).unwrap_or_default());
            }
            local_name!("meta") => self.meta(tree, id),
            local_name!("base") if self.base.is_none() => {
                self.base = tree.attribute(id, "href").map(one_line);
            }
            local_name!("link") => {
                if is_own_index(tree, id) {
                    self.withhold(Withheld::OwnIndex);
                }
                if self.head.canonical.is_none() {
                    self.head.canonical = canonical(tree, id);
                }
            }
            local_name!("script") => {
                let is_data = |kind: &str| kind.trim().eq_ignore_ascii_case("application/ld+json");
                if tree.attribute(id, "type").is_some_and(is_data)
                    && let Some(text) = tree.first_child(id).and_then(|text| tree.text(text))
                {
                    self.stated.take(text);
                }
            }
            local_name!("time") if self.published.is_none() => {
                let is_published =
                    tree.attribute(id, "itemprop").is_some_and(|what| what.contains("datePublished"))
                        || tree.attribute(id, "pubdate").is_some()
                        || tree.classes(id).any(|class| class == "dt-published");
                self.published = tree.attribute(id, "datetime").filter(|_| is_published).map(one_line);
            }
            // What is meant for readers without scripts must not withhold the page from those with.
            local_name!("noscript") => return false,
            _ => {}
        }
        true
    }

    fn meta(&mut self, tree: &Tree, id: NodeId) {
        let content = tree.attribute(id, "content").unwrap_or_default();
        match tree.attribute(id, "http-equiv").map(str::to_ascii_lowercase).as_deref() {
            Some("refresh") => {
                if let Some(target) = leads_away(content) {
                    self.withhold(Withheld::Redirect(target));
                }
            }
            Some("content-language") if self.other_language.is_none() => {
                self.other_language = language_tag(content.split(',').next().unwrap_or_default());
            }
            _ => {}
        }
        let name = ["name", "property", "itemprop"].into_iter().find_map(|name| tree.attribute(id, name));
        match name.unwrap_or_default().to_ascii_lowercase().as_str() {
            "robots" => {
                let mut orders = content.split(',').map(str::trim);
                if orders.any(|o| o.eq_ignore_ascii_case("noindex") || o.eq_ignore_ascii_case("none")) {
                    self.withhold(Withheld::NoIndex);
                }
            }
            "og:title" if self.og_title.is_none() => self.og_title = Some(one_line(content)),
            "description" => self.say("description", content),
            "og:description" => self.stated.also("description", content),
            "date" | "article:published_time" | "dc.date" | "dcterms.date" | "datepublished" => {
                self.say("date", content);
            }
            "og:image" => self.say("image", content),
            "twitter:image" => self.stated.also("image", content),
            _ => {}
        }
    }

    /// Of several reasons the first counts.
    fn withhold(&mut self, reason: Withheld) {
        self.head.withheld.get_or_insert(reason);
    }

    fn say(&mut self, key: &'static str, value: &str) {
        let value = one_line(value);
        if !value.is_empty() && self.head.meta.iter().all(|(known, _)| *known != key) {
            self.head.meta.push((key, value));
        }
    }

    fn finish(mut self) -> Head {
        let stated = std::mem::take(&mut self.stated);
        for (key, value) in stated.meta {
            self.say(key, &value);
        }
        if let Some(published) = self.published.take() {
            self.say("date", &published);
        }
        let mut head = self.head;
        head.own_titles =
            [self.og_title, stated.title].into_iter().flatten().filter(|title| !title.is_empty()).collect();
        head.language = head.language.or(self.other_language);
        if let Some(base) = &self.base {
            head.canonical = head.canonical.map(|url| resolved(base, url));
            for (_, url) in head.meta.iter_mut().filter(|(key, _)| *key == "image") {
                *url = resolved(base, std::mem::take(url));
            }
        }
        head
    }
}

fn language(tree: &Tree, id: NodeId) -> Option<String> {
    let tag = tree.attribute(id, "lang").or_else(|| tree.attribute(id, "xml:lang"))?;
    language_tag(tag)
}

/// Whether a page names itself as its site's index of words, or as its search: Sphinx writes both.
fn is_own_index(tree: &Tree, link: NodeId) -> bool {
    let is_index = |kind: &str| kind.eq_ignore_ascii_case("index") || kind.eq_ignore_ascii_case("search");
    tree.attribute(link, "href") == Some("#")
        && tree.attribute(link, "rel").is_some_and(|kinds| kinds.split_ascii_whitespace().any(is_index))
}

/// The canonical URL that a `<link>` names.
fn canonical(tree: &Tree, link: NodeId) -> Option<String> {
    let is_canonical = |kind: &str| kind.eq_ignore_ascii_case("canonical");
    let kinds = tree.attribute(link, "rel")?;
    let url = one_line(tree.attribute(link, "href")?);
    (kinds.split_ascii_whitespace().any(is_canonical) && !url.is_empty()).then_some(url)
}

/// Where a refresh sends readers before they can have read: `0; url=/new`, also without `url=`.
fn leads_away(content: &str) -> Option<String> {
    let (seconds, target) = content.split_once([';', ','])?;
    let seconds = seconds.trim().split('.').next().unwrap_or_default();
    let target = target.trim();
    if target.is_empty() || seconds.parse::<u32>().ok()? > MAX_REFRESH_SECONDS {
        return None;
    }
    let named = target.get(..3).filter(|name| name.eq_ignore_ascii_case("url")).and_then(|_| target.get(3..));
    let url = named.and_then(|rest| rest.trim_start().strip_prefix('=')).unwrap_or(target);
    Some(one_line(url.trim().trim_matches(['"', '\''])))
}

/// A URL that is relative to `<base>`, as one that is not; others as they are.
fn resolved(base: &str, url: String) -> String {
    let has_scheme = url.split('/').next().is_some_and(|first| first.contains(':'));
    if has_scheme || url.starts_with(['/', '#', '?']) {
        return url;
    }
    let folder = base.rfind('/').map_or("", |end| &base[..=end]);
    format!("{folder}{}", url.strip_prefix("./").unwrap_or(&url))
}

/// The values as a document has them.
pub(super) fn values(meta: Vec<(&'static str, String)>) -> impl Iterator<Item = (String, Value)> {
    meta.into_iter().map(|(key, value)| (key.to_owned(), Value::String(value)))
}
