//! A document as every later stage sees it, whatever file it came from.

use crate::Weight;
use std::collections::{BTreeMap, BTreeSet};

/// One page or record: what extraction makes of a file, and all that indexing needs of it.
///
/// Passages stand in reading order. The first is the *lead*: what stands under the title and before the first
/// heading; its `heading` is empty and its `level` is 0. A document always has a lead, if an empty one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Path relative to the input's root, percent-encoded, `index.html` cut.
    pub url: String,
    /// What a reader would call the document, as plain text; never empty after extraction (the URL's last
    /// segment when nothing better is found).
    pub title: String,
    /// BCP 47 tag as the document gives it (`en`, `pt-BR`), or `None` to take the default of the settings.
    pub language: Option<String>,
    /// Everything else that the document says of itself (`date`, `image`, front matter, record fields), as JSON values.
    pub meta: BTreeMap<String, serde_json::Value>,
    /// The keys of `meta` that are marked as what documents are filtered or sorted by.
    pub marked: BTreeSet<String>,
    /// How much the document counts beside others.
    pub weight: Weight,
    /// Whether the document is an HTML page of the input, which has an address of its own already.
    pub is_page: bool,
    /// The URL that a page says is the one to be found under (`<link rel=canonical>`), as it says it.
    pub canonical: Option<String>,
    /// The text, cut at headings.
    pub passages: Vec<Passage>,
}

/// A heading and what stands under it, up to the next heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The heading as plain text; empty for the lead.
    pub heading: String,
    /// 1 to 6 as in HTML, 0 for the lead.
    pub level: u8,
    /// The fragment that leads to the passage in the page; `None` where the page has no such anchor.
    pub id: Option<String>,
    /// Plain text, one paragraph or line of code per line; no runs of blanks at line ends.
    pub text: String,
    /// Whether this goes on where the passage before it was cut; its heading is then that one's, and counts only there.
    /// Extraction leaves it `false`.
    pub continued: bool,
}
