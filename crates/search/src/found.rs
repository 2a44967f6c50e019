//! What a search gives.

use searchlet_format::MetaValue;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

/// The answer to a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The query, as it was asked.
    pub query: String,
    /// How many documents lack no word of it; if there are none, how many lack the least.
    pub total: usize,
    /// Whether all that the answer depends on could be read.
    pub complete: bool,
    /// Words of the query whose matches may be missing, when the answer is not complete.
    pub touched: Vec<String>,
    /// The documents, best first.
    pub hits: Vec<Hit>,
}

/// A document that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Path relative to the site, percent-encoded.
    pub url: String,
    /// Title, as plain text.
    pub title: String,
    /// How well it matches; comes in no unit, and compares only within one answer.
    pub score: u32,
    /// Words of the query that it lacks.
    pub missing: Vec<String>,
    /// What the document says of itself.
    pub meta: Meta,
    /// The text with the most words of the query.
    pub excerpt: Vec<Segment>,
    /// The passages under headings that match best, best first.
    pub passages: Vec<FoundPassage>,
}

/// A passage that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundPassage {
    /// Its heading.
    pub title: String,
    /// URL of the document with the passage's fragment.
    pub url: String,
    /// The text with the most words of the query.
    pub excerpt: Vec<Segment>,
}

/// A stretch of an excerpt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Plain text.
    pub text: String,
    /// Whether it is a word of the query.
    pub hit: bool,
}

/// A query that can be completed to this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The completed query.
    pub text: String,
    /// How many documents have all its words.
    pub total: usize,
}

/// What a document says of itself, by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta(pub Vec<(String, MetaValue)>);

impl Serialize for Meta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        pairs(&self.0, serializer)
    }
}

fn pairs<S: Serializer>(pairs: &[(String, MetaValue)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(pairs.len()))?;
    for (key, value) in pairs {
        map.serialize_entry(key, &Value(value))?;
    }
    map.end()
}

/// A value, lent out to be serialised.
struct Value<'v>(&'v MetaValue);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            MetaValue::Text(text) => serializer.serialize_str(text),
            MetaValue::Integer(number) => serializer.serialize_i64(*number),
            MetaValue::Decimal(number) => serializer.serialize_f64(*number),
            MetaValue::Flag(flag) => serializer.serialize_bool(*flag),
            MetaValue::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(&Value(value))?;
                }
                list.end()
            }
            MetaValue::Map(inner) => pairs(inner, serializer),
        }
    }
}

/// Serialises a struct as a map: a serialiser that remembers the names of fields brings a hash table along.
macro_rules! as_map {
    ($name:ident: $($field:ident $(unless $empty:path)?),+) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $(if true $(&& !$empty(&self.$field))? { map.serialize_entry(stringify!($field), &self.$field)?; })+
                map.end()
            }
        }
    };
}
as_map!(Found: query, total, complete, touched unless Vec::is_empty, hits);
as_map!(Hit: url, title, score, missing, meta, excerpt, passages);
as_map!(FoundPassage: title, url, excerpt);
as_map!(Segment: text, hit);
as_map!(Suggestion: text, total);
