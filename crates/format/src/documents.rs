//! Documents: what is shown of them, and their text.
//!
//! ```text
//! documents := varint number of records, record*
//! record    := varint document gap, bytes content
//! content   := varint first passage, u8 has header, [header], varint number of passages, passage*
//! header    := string url, string title, varint number of pairs, (string key, value)*
//! value     := u8 kind, then: 1 string, 2 varint (zigzag), 3 u64 (the bits of a double), 4 nothing (false),
//!              5 nothing (true), 6 varint number of values, value*, 7 varint number of pairs, (string key, value)*
//! passage   := u8 (level | 16 × kind of id), string heading, [string id], string text
//! kind of id := 0 it is written out, 1 the slug of the heading with `_` for blanks, 2 the same with `-`
//! ```
//!
//! Records ascend by document. A long document has a record in each part that holds some of its passages. Its header
//! stands in the first of them, and in the others if it is small. An empty id stands for none: the passage is reached
//! by its page.

use crate::FormatError;
use crate::wire::{Reader, Writer};

const SECTION: &str = "documents";

/// Values within values, at most. Deeper ones are refused, so that no bundle can exhaust the stack.
const MAX_DEPTH: usize = 8;

/// A passage's level takes so many bits of its first byte.
const LEVEL_BITS: u32 = 4;

/// What generators of sites put for a blank when they make an id of a heading. Ids that are made so need not be stored,
/// which is a twentieth of the text of a reference site.
const SLUGS: [char; 2] = ['_', '-'];

/// The id that is made of a heading: ASCII in lower case, `blank` for blanks, other punctuation left out.
fn slug(heading: &str, blank: char) -> impl Iterator<Item = char> {
    heading.chars().filter_map(move |character| match character {
        ' ' => Some(blank),
        '-' | '_' | '.' => Some(character),
        _ if character.is_ascii() && !character.is_ascii_alphanumeric() => None,
        _ => Some(character.to_ascii_lowercase()),
    })
}

/// Whether an id is the slug of a heading.
fn is_slug(id: &str, heading: &str, blank: char) -> bool {
    !id.is_empty() && id.chars().eq(slug(heading, blank))
}

/// A value that a document says of itself.
#[derive(Clone, Debug, PartialEq)]
pub enum MetaValue {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Decimal(f64),
    /// Yes or no.
    Flag(bool),
    /// Several values.
    List(Vec<Self>),
    /// Named values, in the document's order.
    Map(Vec<(String, Self)>),
}

/// What is shown of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Path relative to the site, percent-encoded.
    pub url: String,
    /// Title, as plain text.
    pub title: String,
    /// What else the document says of itself, ascending by key.
    pub meta: Vec<(String, MetaValue)>,
}

impl Header {
    /// How many bytes it takes.
    #[must_use]
    pub fn length(&self) -> usize {
        let mut writer = Writer::default();
        write_header(&mut writer, self);
        writer.bytes.len()
    }
}

/// A heading and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageRecord {
    /// 1 to 6; 0 for what stands under the title.
    pub level: u8,
    /// The heading; empty under the title.
    pub heading: String,
    /// The fragment that leads to it, or empty.
    pub id: String,
    /// Its text.
    pub text: String,
}

/// A document, or the stretch of its passages that one part holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentRecord {
    /// Number of the document.
    pub document: u32,
    /// Number of the first passage here.
    pub first_passage: u32,
    /// What is shown of the document; stands with its first passage at least.
    pub header: Option<Header>,
    /// The passages, in reading order.
    pub passages: Vec<PassageRecord>,
}

/// Puts a documents section together.
#[derive(Default)]
pub struct DocumentsWriter {
    records: usize,
    next: u32,
    writer: Writer,
}

impl DocumentsWriter {
    /// Adds a record; records must ascend by document.
    pub fn add(&mut self, record: &DocumentRecord) {
        debug_assert!(record.document >= self.next);
        self.writer.varint(u64::from(record.document - self.next));
        self.next = record.document + 1;
        let mut content = Writer::default();
        content.varint(u64::from(record.first_passage));
        content.bytes.push(u8::from(record.header.is_some()));
        if let Some(header) = &record.header {
            write_header(&mut content, header);
        }
        content.count(record.passages.len());
        for passage in &record.passages {
            let slug = SLUGS.iter().position(|&blank| is_slug(&passage.id, &passage.heading, blank));
            content.bytes.push(passage.level | slug.map_or(0, |kind| kind as u8 + 1) << LEVEL_BITS);
            content.string(&passage.heading);
            if slug.is_none() {
                content.string(&passage.id);
            }
            content.string(&passage.text);
        }
        self.writer.slice(&content.bytes);
        self.records += 1;
    }

    /// The section.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut section = Writer::default();
        section.count(self.records);
        section.bytes.extend_from_slice(&self.writer.bytes);
        section.bytes
    }
}

/// Reads a documents section.
pub struct Documents<'b> {
    left: usize,
    next: u32,
    reader: Reader<'b>,
}

impl<'b> Documents<'b> {
    /// Begins at the first record.
    ///
    /// # Errors
    /// When the section is cut short.
    pub fn new(section: &'b [u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(section, SECTION);
        Ok(Self { left: reader.count()?, next: 0, reader })
    }

    /// Decodes all of a section once, so that what is read of it later cannot fail.
    ///
    /// # Errors
    /// When any of it does not follow the grammar.
    pub fn check(section: &'b [u8]) -> Result<(), FormatError> {
        let mut documents = Self::new(section)?;
        while let Some((document, content)) = documents.step()? {
            decode(document, content)?;
        }
        documents.reader.finish()
    }

    /// The record of a document, or `None` when the section has none. Cost: steps over the records before it.
    ///
    /// # Errors
    /// When the section does not follow the grammar.
    pub fn find(section: &'b [u8], wanted: u32) -> Result<Option<DocumentRecord>, FormatError> {
        let mut documents = Self::new(section)?;
        while let Some((document, content)) = documents.step()? {
            if document >= wanted {
                return if document == wanted { decode(document, content).map(Some) } else { Ok(None) };
            }
        }
        Ok(None)
    }

    /// The next record, or `None` after the last.
    ///
    /// # Errors
    /// When the record does not follow the grammar.
    pub fn next_record(&mut self) -> Result<Option<DocumentRecord>, FormatError> {
        self.step()?.map(|(document, content)| decode(document, content)).transpose()
    }

    fn step(&mut self) -> Result<Option<(u32, &'b [u8])>, FormatError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let invalid = self.reader.invalid("number of a document");
        let document = self.next.checked_add(self.reader.u32()?).ok_or(invalid)?;
        self.next = document.checked_add(1).ok_or(invalid)?;
        Ok(Some((document, self.reader.slice()?)))
    }
}

fn decode(document: u32, content: &[u8]) -> Result<DocumentRecord, FormatError> {
    let mut reader = Reader::new(content, SECTION);
    let first_passage = reader.u32()?;
    let header = match reader.u8()? {
        0 => None,
        1 => Some(Header {
            url: reader.string()?.to_owned(),
            title: reader.string()?.to_owned(),
            meta: read_pairs(&mut reader, MAX_DEPTH)?,
        }),
        _ => return Err(reader.invalid("header")),
    };
    let mut passages = Vec::new();
    for _ in 0..reader.count()? {
        let marks = reader.u8()?;
        let heading = reader.string()?;
        let id = match marks >> LEVEL_BITS {
            0 => reader.string()?.to_owned(),
            kind => {
                let blank = SLUGS.get(usize::from(kind) - 1).ok_or_else(|| reader.invalid("kind of id"))?;
                slug(heading, *blank).collect()
            }
        };
        passages.push(PassageRecord {
            level: marks & ((1 << LEVEL_BITS) - 1),
            heading: heading.to_owned(),
            id,
            text: reader.string()?.to_owned(),
        });
    }
    reader.finish()?;
    Ok(DocumentRecord { document, first_passage, header, passages })
}

fn write_header(writer: &mut Writer, header: &Header) {
    writer.string(&header.url);
    writer.string(&header.title);
    write_pairs(writer, &header.meta);
}

fn write_pairs(writer: &mut Writer, pairs: &[(String, MetaValue)]) {
    writer.count(pairs.len());
    for (key, value) in pairs {
        writer.string(key);
        write_value(writer, value);
    }
}

fn write_value(writer: &mut Writer, value: &MetaValue) {
    match value {
        MetaValue::Text(text) => {
            writer.bytes.push(1);
            writer.string(text);
        }
        MetaValue::Integer(number) => {
            writer.bytes.push(2);
            writer.varint(((number << 1) ^ (number >> 63)) as u64);
        }
        MetaValue::Decimal(number) => {
            writer.bytes.push(3);
            writer.bytes.extend_from_slice(&number.to_bits().to_le_bytes());
        }
        MetaValue::Flag(flag) => writer.bytes.push(4 + u8::from(*flag)),
        MetaValue::List(values) => {
            writer.bytes.push(6);
            writer.count(values.len());
            values.iter().for_each(|value| write_value(writer, value));
        }
        MetaValue::Map(pairs) => {
            writer.bytes.push(7);
            write_pairs(writer, pairs);
        }
    }
}

fn read_pairs(reader: &mut Reader<'_>, depth: usize) -> Result<Vec<(String, MetaValue)>, FormatError> {
    let mut pairs = Vec::new();
    for _ in 0..reader.count()? {
        pairs.push((reader.string()?.to_owned(), read_value(reader, depth)?));
    }
    Ok(pairs)
}

fn read_value(reader: &mut Reader<'_>, depth: usize) -> Result<MetaValue, FormatError> {
    let inner = depth.checked_sub(1).ok_or_else(|| reader.invalid("depth of a value"))?;
    Ok(match reader.u8()? {
        1 => MetaValue::Text(reader.string()?.to_owned()),
        2 => {
            let bits = reader.varint()?;
            MetaValue::Integer((bits >> 1) as i64 ^ -((bits & 1) as i64))
        }
        3 => MetaValue::Decimal(f64::from_bits(u64::from_le_bytes(reader.array()?))),
        4 => MetaValue::Flag(false),
        5 => MetaValue::Flag(true),
        6 => {
            let mut values = Vec::new();
            for _ in 0..reader.count()? {
                values.push(read_value(reader, inner)?);
            }
            MetaValue::List(values)
        }
        7 => MetaValue::Map(read_pairs(reader, inner)?),
        _ => return Err(reader.invalid("value")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = MetaValue> {
        let leaf = prop_oneof![
            ".{0,8}".prop_map(MetaValue::Text),
            any::<i64>().prop_map(MetaValue::Integer),
            (-1e9..1e9).prop_map(MetaValue::Decimal),
            any::<bool>().prop_map(MetaValue::Flag),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(MetaValue::List),
                prop::collection::vec((".{0,4}", inner), 0..3).prop_map(MetaValue::Map),
            ]
        })
    }

    fn any_record() -> impl Strategy<Value = DocumentRecord> {
        let meta = prop::collection::vec((".{0,6}", any_value()), 0..3);
        let header = prop::option::of((".{0,9}", ".{0,9}", meta).prop_map(|(url, title, meta)| Header {
            url,
            title,
            meta,
        }));
        let id = prop_oneof![
            "[a-z]{0,5}".prop_map(|id| (String::new(), id)),
            (".{0,9}|[A-Z] [a-z]{1,3}\\(\\)", prop::sample::select(&SLUGS[..]))
                .prop_map(|(heading, blank)| (heading.clone(), slug(&heading, blank).collect())),
            (".{0,9}", "[a-z]{0,5}"),
        ];
        let passage = (0u8..7, id, ".{0,40}").prop_map(|(level, (heading, id), text)| PassageRecord {
            level,
            heading,
            id,
            text,
        });
        (any::<u32>(), header, prop::collection::vec(passage, 0..4)).prop_map(
            |(first_passage, header, passages)| DocumentRecord {
                document: 0,
                first_passage,
                header,
                passages,
            },
        )
    }

    proptest! {
        #[test]
        fn records_come_back(records in prop::collection::btree_map(0u32..1000, any_record(), 0..6)) {
            let mut writer = DocumentsWriter::default();
            for (document, record) in &records {
                writer.add(&DocumentRecord { document: *document, ..record.clone() });
            }
            let section = writer.finish();
            prop_assert_eq!(Documents::check(&section), Ok(()));
            for (document, record) in &records {
                let found = Documents::find(&section, *document).expect("a section").expect("a record");
                prop_assert_eq!(found, DocumentRecord { document: *document, ..record.clone() });
            }
            prop_assert_eq!(Documents::find(&section, 1001), Ok(None));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, record in any_record(), at: prop::sample::Index, byte: u8) {
            let _ = Documents::check(&bytes);
            let mut writer = DocumentsWriter::default();
            writer.add(&record);
            let mut section = writer.finish();
            let at = at.index(section.len());
            section[at] = byte;
            let _ = Documents::check(&section);
        }
    }

    #[test]
    fn an_id_that_is_made_of_the_heading_takes_no_room() {
        let length = |id: &str| {
            let passage = PassageRecord {
                heading: "Array.map() of a set".into(),
                id: id.into(),
                ..PassageRecord::default()
            };
            let mut writer = DocumentsWriter::default();
            writer.add(&DocumentRecord { passages: vec![passage], ..DocumentRecord::default() });
            writer.finish().len()
        };
        assert_eq!(length("array.map_of_a_set"), length("") - 1);
        assert_eq!(length("array.map-of-a-set"), length("") - 1);
        assert_eq!(length("array-map-of-a-set"), length("") + 18);
    }

    #[test]
    fn values_within_values_without_end_are_refused() {
        let mut deep = MetaValue::Flag(true);
        for _ in 0..MAX_DEPTH {
            deep = MetaValue::List(vec![deep]);
        }
        let mut writer = DocumentsWriter::default();
        let header = Header { meta: vec![("deep".into(), deep)], ..Header::default() };
        writer.add(&DocumentRecord { header: Some(header), ..DocumentRecord::default() });
        assert!(Documents::check(&writer.finish()).is_err());
    }
}
