//! Turns an inverted index into the files of a head and its parts.

use crate::analyse::Analysed;
use crate::{BuildError, Document, Settings};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use searchlet_format::{
    Directory, DocumentPlace, DocumentRecord, DocumentsWriter, FormatError, Head, HeadEntry, Header, Kind,
    MetaValue, Metadata, PartWriter, PassageRecord, Postings, Section, StoredTables, TermsWriter, digest,
    seal,
};
use serde_json::Value;
use std::io::Write;

/// Sections are cut into parts of about this many bytes, before deflating. Smaller parts cost requests and names,
/// larger ones bytes that a search does not need; 16 kB deflates to about 5.
const PART_BYTES: usize = 16 << 10;

/// An index of at most this many bytes, before deflating, is one part: a single request for some 60 kB then answers
/// every later search.
const WHOLE_BYTES: usize = 192 << 10;

/// Values within values deeper than this become text. The format holds eight.
const MAX_META_DEPTH: usize = 6;

/// The files of one language.
pub struct Encoded {
    /// The head's entry in the root.
    pub entry: HeadEntry,
    /// The head and the parts: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A stretch of a section, before it is put into a part.
struct Block<K> {
    first: K,
    bytes: Vec<u8>,
}

/// Encodes documents that were analysed and inverted, in the order of their numbers.
///
/// # Errors
/// `TooLarge` when there is more of something than the format holds.
pub fn encode(
    documents: &[Document],
    analysed: &Analysed,
    postings: &[Postings],
    words: u64,
    language: &str,
    settings: &Settings,
) -> Result<Encoded, BuildError> {
    let target = settings.part_bytes.unwrap_or(PART_BYTES);
    let mut terms = terms(analysed, postings, target);
    let mut texts = texts(documents, target);
    let size = terms.iter().map(|block| block.bytes.len()).chain(texts.iter().map(|block| block.bytes.len()));
    let whole = settings.part_bytes.is_none() && size.sum::<usize>() <= WHOLE_BYTES;

    let mut directory = Directory::default();
    let mut parts = Vec::new();
    if whole {
        terms = self::terms(analysed, postings, usize::MAX);
        texts = self::texts(documents, usize::MAX);
        let mut part = PartWriter::default();
        for block in terms {
            directory.terms.push((block.first, 0));
            part.add(Section::Terms, block.bytes);
        }
        for block in texts {
            directory.documents.push((block.first, 0));
            part.add(Section::Documents, block.bytes);
        }
        parts.push(part);
    } else {
        for block in terms {
            directory.terms.push((block.first, parts.len() as u32));
            parts.push(part_of(Section::Terms, block.bytes));
        }
        for block in texts {
            directory.documents.push((block.first, parts.len() as u32));
            parts.push(part_of(Section::Documents, block.bytes));
        }
    }
    let sealed: Result<Vec<Vec<u8>>, FormatError> =
        parts.into_par_iter().map(|part| wrap(Kind::Part, &part.finish())).collect();
    let sealed = sealed.map_err(too_large)?;
    directory.parts = sealed.iter().map(|file| digest(file)).collect();
    let mut files: Vec<(String, Vec<u8>)> =
        directory.parts.iter().map(|&digest| Directory::name_of(digest)).zip(sealed).collect();

    let head = Head {
        metadata: metadata(documents, analysed, words, language),
        tables: stored(analysed),
        directory,
    };
    let head = head.write().and_then(|head| wrap(Kind::Head, &head)).map_err(too_large)?;
    let file = format!("{language}.{:016x}.head", digest(&head));
    files.push((file.clone(), head));
    let documents = documents.len() as u32;
    Ok(Encoded { entry: HeadEntry { language: language.to_owned(), documents, file }, files })
}

fn part_of(section: Section, bytes: Vec<u8>) -> PartWriter {
    let mut part = PartWriter::default();
    part.add(section, bytes);
    part
}

/// Deflates a section and seals it.
fn wrap(kind: Kind, raw: &[u8]) -> Result<Vec<u8>, FormatError> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it ever did, the digest of the short payload would not hide it, because the
    // length would be refused on reading.
    let payload = encoder.write_all(raw).and_then(|()| encoder.finish()).unwrap_or_default();
    seal(kind, raw.len(), &payload)
}

const fn too_large(_: FormatError) -> BuildError {
    BuildError::TooLarge { what: "bytes in one part", limit: searchlet_format::MAX_RAW_BYTES as u64 }
}

/// The terms section, cut into blocks of about `target` bytes; the groups of one key are never cut apart.
fn terms(analysed: &Analysed, postings: &[Postings], target: usize) -> Vec<Block<Box<str>>> {
    let mut blocks = Vec::new();
    let mut writer = TermsWriter::default();
    let mut first: Box<str> = "".into();
    let mut before = "";
    for (group, postings) in analysed.groups.iter().zip(postings) {
        if !writer.is_empty() && writer.len() >= target && before != group.key {
            let bytes = std::mem::take(&mut writer).finish();
            blocks.push(Block { first: std::mem::replace(&mut first, separator(before, &group.key)), bytes });
        }
        let endings: Vec<&str> = group
            .forms
            .iter()
            .map(|&form| &analysed.forms[form as usize].folded[group.key.len()..])
            .collect();
        writer.add(&group.key, &endings, postings);
        before = &group.key;
    }
    if !writer.is_empty() {
        blocks.push(Block { first, bytes: writer.finish() });
    }
    blocks
}

/// The shortest beginning of `key` that is greater than `before`.
fn separator(before: &str, key: &str) -> Box<str> {
    let shared = before.chars().zip(key.chars()).take_while(|(a, b)| a == b).count();
    key.chars().take(shared + 1).collect::<String>().into()
}

/// The documents section, cut into blocks of about `target` bytes, between passages.
fn texts(documents: &[Document], target: usize) -> Vec<Block<DocumentPlace>> {
    let mut blocks = Vec::new();
    let mut writer = DocumentsWriter::default();
    let mut first = DocumentPlace::default();
    for (document, number) in documents.iter().zip(0u32..) {
        let header =
            Header { url: document.url.clone(), title: document.title.clone(), meta: meta(document) };
        let mut record =
            DocumentRecord { document: number, header: Some(header), ..DocumentRecord::default() };
        let mut size = document.url.len() + document.title.len();
        for (passage, place) in document.passages.iter().zip(0u32..) {
            if writer.len() + size >= target && (!writer.is_empty() || !record.passages.is_empty()) {
                if !record.passages.is_empty() {
                    writer.add(&record);
                    record = DocumentRecord {
                        document: number,
                        first_passage: place,
                        ..DocumentRecord::default()
                    };
                }
                let next = DocumentPlace { document: number, passage: place };
                let bytes = std::mem::take(&mut writer).finish();
                blocks.push(Block { first: std::mem::replace(&mut first, next), bytes });
                size = 0;
            }
            record.passages.push(PassageRecord {
                level: passage.level,
                heading: passage.heading.clone(),
                id: passage.id.as_deref().map(fragment).unwrap_or_default(),
                text: passage.text.clone(),
            });
            size += passage.heading.len() + passage.text.len() + 4;
        }
        writer.add(&record);
    }
    if !writer.is_empty() {
        blocks.push(Block { first, bytes: writer.finish() });
    }
    blocks
}

/// An id as the fragment of a URL: what RFC 3986 does not allow there is percent-encoded.
fn fragment(id: &str) -> String {
    const REFUSED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');
    utf8_percent_encode(id, REFUSED).to_string()
}

fn meta(document: &Document) -> Vec<(String, MetaValue)> {
    document
        .meta
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), meta_value(value, MAX_META_DEPTH)?)))
        .collect()
}

/// A JSON value as the format holds it; null is absent.
fn meta_value(value: &Value, depth: usize) -> Option<MetaValue> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => MetaValue::Flag(*flag),
        Value::String(text) => MetaValue::Text(text.clone()),
        // A whole number that a double cannot hold would change on its way through a browser.
        Value::Number(number) => match number.as_f64() {
            Some(decimal) if decimal.fract() == 0.0 && decimal.abs() < 9_007_199_254_740_992.0 => {
                MetaValue::Integer(decimal as i64)
            }
            Some(decimal) if decimal.fract() != 0.0 => MetaValue::Decimal(decimal),
            _ => MetaValue::Text(number.to_string()),
        },
        _ if depth == 0 => MetaValue::Text(value.to_string()),
        Value::Array(values) => {
            MetaValue::List(values.iter().filter_map(|value| meta_value(value, depth - 1)).collect())
        }
        Value::Object(pairs) => MetaValue::Map(
            pairs
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), meta_value(value, depth - 1)?)))
                .collect(),
        ),
    })
}

fn metadata(documents: &[Document], analysed: &Analysed, words: u64, language: &str) -> Metadata {
    Metadata {
        analyser: searchlet_text::VERSION,
        language: language.to_owned(),
        documents: documents.len() as u32,
        passages: documents.iter().map(|document| document.passages.len() as u64).sum(),
        words,
        groups: analysed.groups.len() as u64,
        forms: analysed.forms.len() as u64,
    }
}

fn stored(analysed: &Analysed) -> StoredTables {
    let tables = &analysed.tables;
    StoredTables {
        classes: tables.classes().iter().map(|&(character, class)| (character, class as u8)).collect(),
        folds: tables.folds().to_vec(),
        endings: tables.endings().iter().map(Into::into).collect(),
    }
}
