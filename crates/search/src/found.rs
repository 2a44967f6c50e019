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
    /// The query with misspelt words mended, if the best document has those.
    pub suggestion: Option<String>,
    /// Words of the query whose matches may be missing, when the answer is not complete.
    pub touched: Vec<String>,
    /// Of each facet that was asked for, how many of the documents that count in `total` have each value; the commonest first.
    pub facets: Vec<(String, Vec<FacetValue>)>,
    /// The documents, best first or as they were to be sorted.
    pub hits: Vec<Hit>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetValue {
    /// A text or a number; a flag is a text.
    pub value: MetaValue,
    /// How many documents have it.
    pub count: usize,
}

/// A document that was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Of several bundles that are searched as one, the number of the one that the document is from; else 0.
    pub bundle: u32,
    /// Path relative to the site, percent-encoded.
    pub url: String,
    /// Title, as plain text.
    pub title: String,
    /// How well it matches; comes in no unit, and compares only within one answer.
    pub score: u32,
    /// How the score comes about, if that was asked for.
    pub explanation: Option<Explanation>,
    /// Words of the query that it lacks.
    pub missing: Vec<String>,
    /// What the document says of itself.
    pub meta: Meta,
    /// The text with the most words of the query.
    pub excerpt: Vec<Segment>,
    /// The passages under headings that match best, best first.
    pub passages: Vec<FoundPassage>,
}

/// What makes up a score: a small tree, in which the parts of each figure add up to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What the figure is.
    pub what: String,
    /// How much it counts; below 0 for what is taken away.
    pub score: i64,
    /// What it is made of.
    pub parts: Vec<Self>,
}

impl Explanation {
    /// A figure that is made of nothing else.
    pub(crate) fn new(what: &str, score: i64) -> Self {
        Self { what: what.to_owned(), score, parts: Vec::new() }
    }

    /// A figure that is the sum of its parts, those that are 0 left out.
    pub(crate) fn sum(what: &str, mut parts: Vec<Self>) -> Self {
        parts.retain(|part| part.score != 0);
        Self { what: what.to_owned(), score: parts.iter().map(|part| part.score).sum(), parts }
    }
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

/// An answer as plain values: what a serialiser is given, so that there is code for one type and not for each.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain(MetaValue);

impl From<&Found> for Plain {
    fn from(found: &Found) -> Self {
        let mut fields = vec![
            ("query", text(&found.query)),
            ("total", count(found.total)),
            ("complete", MetaValue::Flag(found.complete)),
        ];
        if let Some(suggestion) = &found.suggestion {
            fields.push(("suggestion", text(suggestion)));
        }
        if !found.touched.is_empty() {
            fields.push(("touched", texts(&found.touched)));
        }
        if !found.facets.is_empty() {
            let facets = found.facets.iter().map(|(key, values)| (key.clone(), facet(values)));
            fields.push(("facets", MetaValue::Map(facets.collect())));
        }
        fields.push(("hits", MetaValue::List(found.hits.iter().map(hit).collect())));
        Self(map(fields))
    }
}

impl From<&[Suggestion]> for Plain {
    fn from(suggestions: &[Suggestion]) -> Self {
        Self(MetaValue::List(suggestions.iter().map(suggestion).collect()))
    }
}

impl Plain {
    /// Puts a field after another; for doors, which add what only they know.
    pub fn insert_after(&mut self, known: &str, name: &str, value: MetaValue) {
        if let MetaValue::Map(fields) = &mut self.0
            && let Some(at) = fields.iter().position(|field| field.0 == known)
        {
            fields.insert(at + 1, (name.to_owned(), value));
        }
    }
}

fn facet(values: &[FacetValue]) -> MetaValue {
    let value = |value: &FacetValue| map(vec![("value", value.value.clone()), ("count", count(value.count))]);
    MetaValue::List(values.iter().map(value).collect())
}

fn hit(hit: &Hit) -> MetaValue {
    let mut fields = vec![
        ("url", text(&hit.url)),
        ("title", text(&hit.title)),
        ("score", count(hit.score as usize)),
        ("missing", texts(&hit.missing)),
        ("meta", MetaValue::Map(hit.meta.0.clone())),
        ("excerpt", segments(&hit.excerpt)),
        ("passages", MetaValue::List(hit.passages.iter().map(passage).collect())),
    ];
    if hit.bundle > 0 {
        fields.push(("bundle", count(hit.bundle as usize)));
    }
    if let Some(tree) = &hit.explanation {
        fields.push(("explanation", explanation(tree)));
    }
    map(fields)
}

fn explanation(tree: &Explanation) -> MetaValue {
    let mut fields = vec![("what", text(&tree.what)), ("score", MetaValue::Integer(tree.score))];
    if !tree.parts.is_empty() {
        fields.push(("parts", MetaValue::List(tree.parts.iter().map(explanation).collect())));
    }
    map(fields)
}

fn passage(passage: &FoundPassage) -> MetaValue {
    let excerpt = segments(&passage.excerpt);
    map(vec![("title", text(&passage.title)), ("url", text(&passage.url)), ("excerpt", excerpt)])
}

fn segments(segments: &[Segment]) -> MetaValue {
    let segment =
        |segment: &Segment| map(vec![("text", text(&segment.text)), ("hit", MetaValue::Flag(segment.hit))]);
    MetaValue::List(segments.iter().map(segment).collect())
}

fn suggestion(suggestion: &Suggestion) -> MetaValue {
    map(vec![("text", text(&suggestion.text)), ("total", count(suggestion.total))])
}

fn map(fields: Vec<(&str, MetaValue)>) -> MetaValue {
    MetaValue::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: &str) -> MetaValue {
    MetaValue::Text(text.to_owned())
}

fn texts(texts: &[String]) -> MetaValue {
    MetaValue::List(texts.iter().map(|one| text(one)).collect())
}

const fn count(count: usize) -> MetaValue {
    MetaValue::Integer(count as i64)
}

impl Serialize for Found {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Plain::from(self).serialize(serializer)
    }
}

impl Serialize for Plain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value(&self.0).serialize(serializer)
    }
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
            MetaValue::Map(pairs) => {
                // As a map, never as a struct: a serialiser that remembers the names of fields brings a hash table along.
                let mut map = serializer.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, &Value(value))?;
                }
                map.end()
            }
        }
    }
}
