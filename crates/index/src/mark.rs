//! What an element of a page can be marked as.

use crate::Weight;
use crate::extract::Selector;
use crate::source::Pattern;

/// A mark for all elements that a selector fits, in all pages or in those that a pattern fits.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The path of the file in its folder, or the URL; every page where there is none.
    pub glob: Option<Pattern>,
    /// Which elements.
    pub selector: Selector,
    /// What they are.
    pub mark: Mark,
}

impl Rule {
    /// Whether the rule is one for a page, by the path of its file and its URL.
    pub(crate) fn is_for(&self, name: &str, url: &str) -> bool {
        self.glob.as_ref().is_none_or(|glob| glob.fits(name) || glob.fits(url))
    }
}

/// What an element is to the index.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// The page's text, or some of it; nothing else is text then.
    Body,
    /// No text.
    Ignore {
        /// Whether the marks inside do not count either.
        all: bool,
    },
    /// The page's title.
    Title,
    /// Says something of the page.
    Meta(Vec<Item>),
    /// Says something of the page, unless something else does.
    DefaultMeta(Vec<Item>),
    /// Says what the page can be filtered by; of several elements all values count.
    Filter(Vec<Item>),
    /// Says what the page can be sorted by.
    Sort(Vec<Item>),
    /// How much the page counts whose body the element is, or holds.
    Weight(Weight),
    /// The element counts for nothing, so it is no text.
    NoWeight,
    /// Attributes that are text.
    IndexAttributes(Vec<String>),
}

/// A key of metadata, with where its value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The key.
    pub key: String,
    /// Its value.
    pub said: Said,
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// In the element, as its text: `author`.
    Text,
    /// In an attribute of the element: `image[src]`.
    Attribute(String),
    /// In the mark itself: `author:Ann`.
    Inline(String),
}

/// The names of marks.
pub const MARKS: [&str; 9] =
    ["body", "ignore", "title", "meta", "default-meta", "filter", "sort", "weight", "index-attrs"];

impl Mark {
    /// Reads a mark: one of [`MARKS`], with what stands after it.
    ///
    /// Keys are listed with commas; `key:value` goes on to the end, so that commas may stand in its value.
    ///
    /// # Errors
    /// When the name is none, or the value makes no sense for it; says what was expected.
    ///
    /// ```
    /// use searchlet_index::{Item, Mark, Said};
    ///
    /// let item = |key: &str, said: Said| Item { key: key.to_owned(), said };
    /// let mark = Mark::new("meta", "image[src], by:Ann, and Bo").unwrap();
    /// let image = item("image", Said::Attribute("src".to_owned()));
    /// assert_eq!(mark, Mark::Meta(vec![image, item("by", Said::Inline("Ann, and Bo".to_owned()))]));
    /// ```
    pub fn new(name: &str, value: &str) -> Result<Self, String> {
        let value = value.trim();
        Ok(match name {
            "body" => Self::Body,
            "ignore" => match value {
                "" | "index" | "true" => Self::Ignore { all: false },
                "all" => Self::Ignore { all: true },
                _ => return Err(format!("{value:?} is no way to ignore, expected nothing or all")),
            },
            "title" => Self::Title,
            "meta" => Self::Meta(items(value)?),
            "default-meta" => Self::DefaultMeta(items(value)?),
            "filter" => Self::Filter(items(value)?),
            "sort" => Self::Sort(items(value)?),
            "weight" => match value.parse::<f64>() {
                Ok(0.0) => Self::NoWeight,
                // Beyond the range the nearest weight is what is meant.
                Ok(weight) if weight > 0.0 => {
                    Self::Weight(Weight::new(weight.clamp(0.1, 10.0)).unwrap_or_default())
                }
                _ => return Err(format!("{value:?} is no weight, expected a number from 0 to 10")),
            },
            "index-attrs" => {
                let names = value.split(',').map(|name| name.trim().to_ascii_lowercase());
                Self::IndexAttributes(names.filter(|name| !name.is_empty()).collect())
            }
            _ => return Err(format!("{name:?} is no mark, expected {}", MARKS.join(", "))),
        })
    }
}

fn items(list: &str) -> Result<Vec<Item>, String> {
    let mut items = Vec::new();
    let mut rest = list;
    while !rest.is_empty() {
        let end = rest.find([',', ':']).unwrap_or(rest.len());
        let is_inline = rest[end..].starts_with(':');
        let (key, after) = (rest[..end].trim(), rest[end..].get(1..).unwrap_or_default());
        let (key, said) = match key.split_once('[') {
            _ if is_inline => (key, Said::Inline(after.trim().to_owned())),
            Some((key, name)) => {
                (key.trim(), Said::Attribute(name.trim_end_matches(']').trim().to_ascii_lowercase()))
            }
            None => (key, Said::Text),
        };
        if !key.is_empty() {
            items.push(Item { key: key.to_owned(), said });
        }
        rest = if is_inline { "" } else { after };
    }
    if items.is_empty() {
        return Err(format!("{list:?} names no key, expected such as date, image[src] or author:Ann"));
    }
    Ok(items)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_make_no_sense_say_what_was_expected() {
        for (name, value, word) in [
            ("bodies", "", "expected body"),
            ("ignore", "some", "all"),
            ("weight", "much", "0 to 10"),
            ("weight", "-1", "0 to 10"),
            ("meta", " , ", "no key"),
            ("sort", "", "no key"),
        ] {
            let error = Mark::new(name, value).expect_err("no mark");
            assert!(error.contains(word), "{name} {value}: {error}");
        }
    }

    #[test]
    fn weights_are_held_to_their_range() {
        assert_eq!(Mark::new("weight", "100"), Ok(Mark::Weight(Weight::MAX)));
        assert_eq!(Mark::new("weight", "0.0"), Ok(Mark::NoWeight));
    }
}
