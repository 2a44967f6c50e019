//! Chooses what documents can be filtered and sorted by.

use crate::{Document, Problem, Settings, Severity, dates};
use searchlet_format::{Column, MAX_COLUMNS, number_value, text_value};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A key with a longer text is a description, or an address: nobody chooses among those.
const MAX_CHARS: usize = 64;

/// A key with more different texts than this may be a name of each document.
const FEW_VALUES: usize = 16;

/// Of so many quarters of its texts, more are different when it is one.
const DIFFERENT_QUARTERS: usize = 3;

/// Unless columns are named there are at most so many, those that the most documents have: each costs some bytes in the
/// head, and records may have any number of keys.
const MAX_CHOSEN: usize = 64;

/// How the values of a key are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As they are.
    Text,
    /// As [`dates::canonical`] writes them.
    Date,
    /// As numbers.
    Number,
}

/// The keys by which documents can be filtered and sorted, ascending.
pub type Columns = Vec<(String, Kind)>;

/// What is seen of the values of a key.
struct Seen<'d> {
    documents: usize,
    values: usize,
    different: BTreeSet<&'d str>,
    is_scalar: bool,
    is_short: bool,
    is_number: bool,
    is_date: bool,
}

/// Chooses the columns: those that pages mark, and those of the settings or, where these name none, every key whose
/// values are short, and are not nearly all different texts. Tells of keys of the settings that no document has a value for.
pub fn choose(documents: &[Document], settings: &Settings) -> (Columns, Vec<Problem>) {
    let mut keys: BTreeMap<&str, Seen<'_>> = BTreeMap::new();
    let marked: BTreeSet<&str> =
        documents.iter().flat_map(|document| &document.marked).map(String::as_str).collect();
    let is_wanted = |key: &str| {
        let is_named = || settings.columns.iter().any(|wanted| wanted == key);
        settings.columns.is_empty() || is_named() || marked.contains(key)
    };
    for (key, value) in documents.iter().flat_map(|document| &document.meta) {
        if is_wanted(key) && !value.is_null() {
            let seen = keys.entry(key).or_insert_with(Seen::new);
            seen.documents += 1;
            seen.add(value, true);
        }
    }
    if !settings.columns.is_empty() {
        keys.retain(|_, seen| seen.values > 0);
        let is_lacking = |key: &&String| !keys.contains_key(key.as_str());
        let problems = settings.columns.iter().filter(is_lacking).map(|key| no_value(key)).collect();
        return (kinds(keys), problems);
    }
    keys.retain(|key, seen| seen.is_column() || marked.contains(key) && seen.values > 0);
    if keys.len() > MAX_CHOSEN {
        let mut counts: Vec<usize> = keys.values().map(|seen| seen.documents).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        keys.retain(|_, seen| seen.documents >= counts[MAX_CHOSEN - 1]);
    }
    (kinds(keys), Vec::new())
}

fn kinds(keys: BTreeMap<&str, Seen<'_>>) -> Columns {
    let columns = keys.into_iter().map(|(key, seen)| (key.to_owned(), seen.kind()));
    columns.take(MAX_COLUMNS - 1).collect()
}

impl<'d> Seen<'d> {
    const fn new() -> Self {
        Self {
            documents: 0,
            values: 0,
            different: BTreeSet::new(),
            is_scalar: true,
            is_short: true,
            is_number: true,
            is_date: true,
        }
    }

    fn add(&mut self, value: &'d Value, is_outermost: bool) {
        self.values += 1;
        match value {
            Value::Array(values) if is_outermost => {
                self.values -= 1;
                values.iter().filter(|value| !value.is_null()).for_each(|value| self.add(value, false));
            }
            Value::String(text) => {
                self.is_number = false;
                self.is_short &= text.chars().nth(MAX_CHARS).is_none();
                self.is_date = self.is_date && dates::canonical(text).is_some();
                self.different.insert(text);
            }
            Value::Number(number) => {
                self.is_date = false;
                self.is_number &= is_exact(number);
            }
            Value::Bool(_) => (self.is_number, self.is_date) = (false, false),
            Value::Null | Value::Array(_) | Value::Object(_) => {
                self.values -= 1;
                self.is_scalar = false;
            }
        }
    }

    fn kind(&self) -> Kind {
        if self.is_number {
            Kind::Number
        } else if self.is_date {
            Kind::Date
        } else {
            Kind::Text
        }
    }

    fn is_column(&self) -> bool {
        let is_name = self.different.len() > FEW_VALUES
            && self.different.len() * 4 > self.values * DIFFERENT_QUARTERS
            && self.kind() == Kind::Text;
        self.values > 0 && self.is_scalar && self.is_short && !is_name
    }
}

/// Whether a double is the number, so that it does not change on its way through a browser.
fn is_exact(number: &serde_json::Number) -> bool {
    let is_small = |decimal: f64| decimal.fract() != 0.0 || decimal.abs() < 9_007_199_254_740_992.0;
    number.as_f64().is_some_and(|decimal| decimal.is_finite() && is_small(decimal))
}

/// The values of a document under a key, as a column keeps them.
pub fn values(document: &Document, (key, kind): &(String, Kind)) -> Vec<String> {
    let one = |value: &Value| match (value, kind) {
        (Value::Number(number), Kind::Number) => number.as_f64().map(number_value),
        (Value::String(text), Kind::Date) => dates::canonical(text),
        // As metadata is shown: whole numbers without a fraction.
        (Value::Number(number), _) => Some(match number.as_f64() {
            Some(decimal) if decimal.fract() == 0.0 && is_exact(number) => (decimal as i64).to_string(),
            _ => number.to_string(),
        }),
        (Value::String(text), _) => Some(text_value(text).to_owned()),
        (Value::Bool(flag), _) => Some(flag.to_string()),
        (Value::Null | Value::Array(_) | Value::Object(_), _) => None,
    };
    match document.meta.get(key) {
        Some(Value::Array(values)) => values.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The columns as a head names them.
pub fn named(columns: &Columns) -> Vec<Column> {
    let column = |(key, kind): &(String, Kind)| Column { key: key.clone(), is_number: *kind == Kind::Number };
    columns.iter().map(column).collect()
}

fn no_value(key: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        path: PathBuf::from(key),
        line: None,
        what: "no document has a value for this key, so nothing can be filtered or sorted by it".to_owned(),
        next: "correct `filters` or `sort`, or give documents the key".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn documents(metas: &[Value]) -> Vec<Document> {
        let document = |meta: &Value| Document {
            meta: meta.as_object().expect("an object").clone().into_iter().collect(),
            ..Document::default()
        };
        metas.iter().map(document).collect()
    }

    fn chosen(metas: &[Value], columns: &[&str]) -> Columns {
        let columns = columns.iter().map(|key| (*key).to_owned()).collect();
        choose(&documents(metas), &Settings { columns, ..Settings::default() }).0
    }

    #[test]
    fn kinds_follow_from_the_values() {
        let metas = [
            json!({ "kind": "a", "date": "2024-02-29", "price": 3, "tags": ["x", "y"], "odd": 1, "flag": true }),
            json!({ "kind": "b", "date": "2024-03", "price": [2.5, 4], "odd": "one", "nothing": null }),
        ];
        let expected = [
            ("date", Kind::Date),
            ("flag", Kind::Text),
            ("kind", Kind::Text),
            ("odd", Kind::Text),
            ("price", Kind::Number),
            ("tags", Kind::Text),
        ];
        assert_eq!(chosen(&metas, &[]), expected.map(|(key, kind)| (key.to_owned(), kind)));
        assert_eq!(chosen(&metas, &["price", "none"]), [("price".to_owned(), Kind::Number)]);
    }

    #[test]
    fn what_nobody_chooses_from_is_no_column_unless_it_is_named() {
        let metas: Vec<Value> = (0..40)
            .map(|number| {
                json!({
                    "image": format!("images/{number}.png"),
                    "description": "word ".repeat(20),
                    "author": { "name": "A" },
                    "number": number,
                    "date": format!("20{}-01-01", 10 + number),
                    "section": if number % 2 == 0 { "a" } else { "b" },
                })
            })
            .collect();
        let keys = |columns: &[&str]| {
            chosen(&metas, columns).into_iter().map(|column| column.0).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(keys(&[]), "date number section");
        assert_eq!(keys(&["image", "author"]), "image");
        let settings = Settings { columns: vec!["author".to_owned()], ..Settings::default() };
        assert_eq!(choose(&documents(&metas), &settings).1.len(), 1);
    }

    #[test]
    fn of_very_many_keys_the_commonest_are_columns() {
        let mut metas: Vec<Value> =
            (0..200).map(|number| json!({ format!("key{number}"): "a", "common": "b" })).collect();
        metas.push(json!({ "key0": "a" }));
        let chosen = chosen(&metas, &[]);
        assert!(chosen.iter().any(|column| column.0 == "common"));
    }

    #[test]
    fn values_are_kept_as_their_column_needs_them() {
        let [document] = &documents(&[json!({ "a": [1, 2.5, "x", true, 9.0], "d": "2024/1/2" })])[..] else {
            panic!("one document");
        };
        assert_eq!(values(document, &("a".to_owned(), Kind::Text)), ["1", "2.5", "x", "true", "9"]);
        assert_eq!(values(document, &("d".to_owned(), Kind::Date)), ["2024-01-02"]);
        assert_eq!(values(document, &("none".to_owned(), Kind::Text)), [""; 0]);
    }
}
