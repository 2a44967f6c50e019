//! Documents as a cache keeps them: every value comes back bit for bit.
//!
//! ```text
//! extracted := count, document*, count, problem*, n_withheld, n_bodiless, marks_body u8, head_title
//! document  := url, title, language?, count, (key, value)*, count, marked*, weight, is_page u8, canonical?,
//!              count, passage*
//! passage   := heading, level u8, id?, text, continued u8
//! problem   := severity u8, line, what, next
//! value     := 0 | 1 | 2 (null, false, true) | 3, 4, 5 (u64, i64, f64), 8 bytes | 6, text | 7, count, value*
//!            | 8, count, (key, value)*
//! ```
//!
//! A text is its length and its bytes; `?` is a byte that says whether there is one.

use super::Key;
use crate::extract::Extracted;
use crate::varint::{self, flag, read_slice, write_slice};
use crate::{Document, Passage, Problem, Severity, Weight};
use serde_json::{Map, Number, Value};
use std::path::Path;

/// Values lie within each other no deeper than JSON, YAML and TOML are read.
const MAX_DEPTH: usize = 256;

/// Tells a document from every other.
pub fn fingerprint(document: &Document) -> Key {
    let mut bytes = Vec::new();
    write_document(document, &mut bytes);
    Key::of(&bytes)
}

/// What a file came to, as bytes. The path of problems is left out, being that of the file.
pub fn write(extracted: &Extracted) -> Vec<u8> {
    let Extracted { documents, problems, n_withheld, n_bodiless, marks_body, head_title } = extracted;
    let mut bytes = Vec::new();
    count(&mut bytes, documents.len());
    documents.iter().for_each(|document| write_document(document, &mut bytes));
    count(&mut bytes, problems.len());
    for Problem { severity, path: _, line, what, next } in problems {
        bytes.push(u8::from(*severity == Severity::LeftOut));
        count(&mut bytes, line.unwrap_or_default());
        [what, next].into_iter().for_each(|text| write_text(&mut bytes, text));
    }
    count(&mut bytes, *n_withheld);
    count(&mut bytes, *n_bodiless);
    bytes.push(u8::from(*marks_body));
    write_text(&mut bytes, head_title);
    bytes
}

/// What a file at `path` came to.
pub fn read(mut bytes: &[u8], path: &Path) -> Option<Extracted> {
    let bytes = &mut bytes;
    let documents = list(bytes, read_document)?;
    let problems = list(bytes, |bytes| {
        Some(Problem {
            severity: if flag(bytes)? { Severity::LeftOut } else { Severity::Warning },
            path: path.to_owned(),
            line: Some(varint::read(bytes)? as usize).filter(|&line| line > 0),
            what: text(bytes)?,
            next: text(bytes)?,
        })
    })?;
    let [n_withheld, n_bodiless] = [varint::read(bytes)? as usize, varint::read(bytes)? as usize];
    let (marks_body, head_title) = (flag(bytes)?, text(bytes)?);
    Some(Extracted { documents, problems, n_withheld, n_bodiless, marks_body, head_title })
}

fn write_document(document: &Document, bytes: &mut Vec<u8>) {
    let Document { url, title, language, meta, marked, weight, is_page, canonical, passages } = document;
    write_text(bytes, url);
    write_text(bytes, title);
    write_option(bytes, language.as_deref());
    count(bytes, meta.len());
    for (key, value) in meta {
        write_text(bytes, key);
        write_value(bytes, value);
    }
    count(bytes, marked.len());
    marked.iter().for_each(|key| write_text(bytes, key));
    varint::write(bytes, weight.thousandths().into());
    bytes.push(u8::from(*is_page));
    write_option(bytes, canonical.as_deref());
    count(bytes, passages.len());
    for Passage { heading, level, id, text, continued } in passages {
        write_text(bytes, heading);
        bytes.push(*level);
        write_option(bytes, id.as_deref());
        write_text(bytes, text);
        bytes.push(u8::from(*continued));
    }
}

fn read_document(bytes: &mut &[u8]) -> Option<Document> {
    Some(Document {
        url: text(bytes)?,
        title: text(bytes)?,
        language: option(bytes)?,
        meta: list(bytes, |bytes| Some((text(bytes)?, value(bytes, MAX_DEPTH)?)))?.into_iter().collect(),
        marked: list(bytes, text)?.into_iter().collect(),
        weight: Weight::of_thousandths(varint::read(bytes)?)?,
        is_page: flag(bytes)?,
        canonical: option(bytes)?,
        passages: list(bytes, |bytes| {
            Some(Passage {
                heading: text(bytes)?,
                level: varint::u8(bytes)?,
                id: option(bytes)?,
                text: text(bytes)?,
                continued: flag(bytes)?,
            })
        })?,
    })
}

fn write_value(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => bytes.push(0),
        Value::Bool(flag) => bytes.push(1 + u8::from(*flag)),
        Value::Number(number) => {
            let (kind, number) = if let Some(number) = number.as_u64() {
                (3, number.to_le_bytes())
            } else if let Some(number) = number.as_i64() {
                (4, number.to_le_bytes())
            } else {
                (5, number.as_f64().unwrap_or_default().to_le_bytes())
            };
            bytes.push(kind);
            bytes.extend(number);
        }
        Value::String(text) => {
            bytes.push(6);
            write_text(bytes, text);
        }
        Value::Array(values) => {
            bytes.push(7);
            count(bytes, values.len());
            values.iter().for_each(|value| write_value(bytes, value));
        }
        Value::Object(pairs) => {
            bytes.push(8);
            count(bytes, pairs.len());
            for (key, value) in pairs {
                write_text(bytes, key);
                write_value(bytes, value);
            }
        }
    }
}

fn value(bytes: &mut &[u8], depth: usize) -> Option<Value> {
    let depth = depth.checked_sub(1)?;
    Some(match varint::u8(bytes)? {
        0 => Value::Null,
        kind @ (1 | 2) => Value::Bool(kind == 2),
        kind @ 3..=5 => {
            let (number, rest) = bytes.split_first_chunk()?;
            *bytes = rest;
            Value::Number(match kind {
                3 => u64::from_le_bytes(*number).into(),
                4 => i64::from_le_bytes(*number).into(),
                _ => Number::from_f64(f64::from_le_bytes(*number))?,
            })
        }
        6 => Value::String(text(bytes)?),
        7 => Value::Array(list(bytes, |bytes| value(bytes, depth))?),
        8 => {
            let pairs = list(bytes, |bytes| Some((text(bytes)?, value(bytes, depth)?)))?;
            Value::Object(Map::from_iter(pairs))
        }
        _ => return None,
    })
}

fn count(bytes: &mut Vec<u8>, count: usize) {
    varint::write(bytes, count as u32);
}

fn write_text(bytes: &mut Vec<u8>, text: &str) {
    write_slice(bytes, text.as_bytes());
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    std::str::from_utf8(read_slice(bytes)?).ok().map(str::to_owned)
}

fn write_option(bytes: &mut Vec<u8>, text: Option<&str>) {
    bytes.push(u8::from(text.is_some()));
    text.iter().for_each(|text| write_text(bytes, text));
}

fn option(bytes: &mut &[u8]) -> Option<Option<String>> {
    if flag(bytes)? { text(bytes).map(Some) } else { Some(None) }
}

fn list<T>(bytes: &mut &[u8], one: impl Fn(&mut &[u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = varint::read(bytes)? as usize;
    // Each takes a byte at least, so that a damaged count asks for no more memory than there are bytes.
    let mut all = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        all.push(one(bytes)?);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            prop::num::f64::NORMAL.prop_map(Value::from),
            ".{0,9}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 9, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map(".{0,3}", inner, 0..3).prop_map(Value::from_iter),
            ]
        })
    }

    fn any_document() -> impl Strategy<Value = Document> {
        let passage = (".{0,9}", any::<u8>(), any::<Option<String>>(), ".{0,20}", any::<bool>()).prop_map(
            |(heading, level, id, text, continued)| Passage { heading, level, id, text, continued },
        );
        let said = (any::<Option<String>>(), any::<Option<String>>(), any::<bool>(), 0.1..10.0);
        let meta = prop::collection::btree_map(".{0,5}", any_value(), 0..4);
        let marked = prop::collection::btree_set(".{0,5}", 0..3);
        let passages = prop::collection::vec(passage, 0..4);
        (".{0,9}", ".{0,9}", said, meta, marked, passages).prop_map(
            |(url, title, (language, canonical, is_page, weight), meta, marked, passages)| Document {
                url,
                title,
                language,
                meta,
                marked,
                weight: Weight::new(weight).unwrap_or_default(),
                is_page,
                canonical,
                passages,
            },
        )
    }

    fn any_problem() -> impl Strategy<Value = Problem> {
        let severity = prop_oneof![Just(Severity::Warning), Just(Severity::LeftOut)];
        (severity, prop::option::of(1..9999usize), ".{0,9}", ".{0,9}").prop_map(
            |(severity, line, what, next)| Problem { severity, path: "a/b".into(), line, what, next },
        )
    }

    fn any_extracted() -> impl Strategy<Value = Extracted> {
        let documents = prop::collection::vec(any_document(), 0..3);
        let problems = prop::collection::vec(any_problem(), 0..3);
        (documents, problems, 0..9usize, 0..9usize, any::<bool>(), ".{0,9}").prop_map(
            |(documents, problems, n_withheld, n_bodiless, marks_body, head_title)| Extracted {
                documents,
                problems,
                n_withheld,
                n_bodiless,
                marks_body,
                head_title,
            },
        )
    }

    proptest! {
        #[test]
        fn what_a_file_came_to_comes_back(extracted in any_extracted()) {
            let read = read(&write(&extracted), Path::new("a/b")).expect("it was written");
            prop_assert_eq!(format!("{read:?}"), format!("{extracted:?}"));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, extracted in any_extracted(), at: prop::sample::Index) {
            let _ = read(&bytes, Path::new(""));
            let written = write(&extracted);
            prop_assert!(read(&written[..at.index(written.len())], Path::new("")).is_none());
        }

        #[test]
        fn two_documents_have_two_fingerprints(one in any_document(), other in any_document()) {
            prop_assert_eq!(fingerprint(&one) == fingerprint(&other), one == other);
            prop_assert!(fingerprint(&one) == fingerprint(&one.clone()));
        }
    }
}
