//! The directory: which part holds what.
//!
//! ```text
//! directory := level of terms, level of prefixes, level of spellings, level of documents, level of columns,
//!              varint number of columns, column*
//! level     := varint depth, varint number of groups, (varint number of files)*, (group u64)*, firsts
//! column    := string key, u8 kind: 0 texts, 1 numbers
//! firsts    := of terms, prefixes, spellings and columns: (varint shared)*, (varint length)*, the rest of each key
//!              of documents: (varint document gap)*, (varint passage gap)*
//! ```
//!
//! A sequence (of terms, of prefixes, of spellings, of documents, of columns) is cut into stretches, each in a file. A level has an entry for
//! each stretch: what it begins with, and its file; the stretch ends where the next one begins. Entries ascend, and so
//! do the files: those of the first group by number, then those of the second. A passage gap counts from the entry
//! before, if that is of the same document, else from 0.
//!
//! Columns are numbered from 1, in the order of their names; see `columns.rs` for what 0 is.
//!
//! A level of depth 0 names parts with what is looked for. A large site's level would be a large part of the head, so
//! it is itself cut into stretches that lie in parts: a level of depth 1 names those, and so on.
//!
//! Columns, not rows, because bytes of one kind deflate better side by side.

use crate::wire::{MAX_FRONT_CODED_BYTES, Reader, Writer, shared_beginning};
use crate::{Column, FileId, FormatError, Section};

const SECTION: &str = "directory";

/// The deepest level: with two thousand entries in each, enough for trillions of files.
pub const MAX_DEPTH: u32 = 3;

/// A place in the sequence of all passages of all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentPlace {
    /// Number of the document.
    pub document: u32,
    /// Number of the passage in it.
    pub passage: u32,
}

/// What a stretch begins with.
pub trait First: Clone + Ord {
    /// The section of a part that holds a level of these.
    const SECTION: Section;

    /// Appends ascending firsts.
    fn write(firsts: &[Self], writer: &mut Writer);

    /// Reads `count` firsts, in any order.
    ///
    /// # Errors
    /// When the bytes do not follow the grammar.
    fn read(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, FormatError>;
}

/// Where the stretches of a sequence are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level<K> {
    /// How many levels there are below: 0 when the files hold the sequence itself.
    pub depth: u32,
    /// What each stretch begins with, ascending.
    pub firsts: Vec<K>,
    /// The file of each stretch.
    pub files: Vec<FileId>,
}

impl<K> Default for Level<K> {
    fn default() -> Self {
        Self { depth: 0, firsts: Vec::new(), files: Vec::new() }
    }
}

/// Which part holds what: the top level of each sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// The terms, by key.
    pub terms: Level<Box<str>>,
    /// The prefixes that are prepared.
    pub prefixes: Level<Box<str>>,
    /// The spellings; none where all is in one part, whose terms tell them.
    pub spellings: Level<Box<str>>,
    /// The documents, by passage.
    pub documents: Level<DocumentPlace>,
    /// The columns, by place.
    pub columns: Level<Box<str>>,
    /// What the columns are, from the first on.
    pub keys: Vec<Column>,
}

impl Directory {
    pub(crate) fn write(&self, writer: &mut Writer) {
        self.terms.write(writer);
        self.prefixes.write(writer);
        self.spellings.write(writer);
        self.documents.write(writer);
        self.columns.write(writer);
        writer.count(self.keys.len());
        for column in &self.keys {
            writer.string(&column.key);
            writer.bytes.push(u8::from(column.is_number));
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut directory = Self {
            terms: Level::read_from(&mut reader)?,
            prefixes: Level::read_from(&mut reader)?,
            spellings: Level::read_from(&mut reader)?,
            documents: Level::read_from(&mut reader)?,
            columns: Level::read_from(&mut reader)?,
            keys: Vec::new(),
        };
        for _ in 0..reader.count()? {
            let key = reader.string()?.to_owned();
            let is_number = match reader.u8()? {
                0 => false,
                1 => true,
                _ => return Err(reader.invalid("kind of a column")),
            };
            directory.keys.push(Column { key, is_number });
        }
        reader.finish()?;
        Ok(directory)
    }
}

impl<K: First> Level<K> {
    /// The entries of the stretches that meet a range: `before` says of a first whether it is not after the start of
    /// the range, `within` whether it is not after its end.
    pub fn stretches(&self, before: impl Fn(&K) -> bool, within: impl Fn(&K) -> bool) -> &[FileId] {
        let from = self.firsts.partition_point(before).saturating_sub(1);
        let to = self.firsts.partition_point(within);
        self.files.get(from..to).unwrap_or_default()
    }

    /// The level as a section of its own.
    #[must_use]
    pub fn section(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.bytes
    }

    /// Appends the level. The files of a group must stand in a row, numbered from 0.
    fn write(&self, writer: &mut Writer) {
        writer.varint(u64::from(self.depth));
        let groups: Vec<&[FileId]> = self.files.chunk_by(|_, next| next.number > 0).collect();
        writer.count(groups.len());
        groups.iter().for_each(|group| writer.count(group.len()));
        groups.iter().for_each(|group| writer.bytes.extend_from_slice(&group[0].group.to_le_bytes()));
        K::write(&self.firsts, writer);
    }

    /// Reads a level that stands alone, as in a part.
    ///
    /// # Errors
    /// When the bytes do not follow the grammar.
    pub fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, SECTION);
        let level = Self::read_from(&mut reader)?;
        reader.finish()?;
        Ok(level)
    }

    fn read_from(reader: &mut Reader<'_>) -> Result<Self, FormatError> {
        let (depth, files) = read_files(reader)?;
        let firsts = K::read(files.len(), reader)?;
        if !firsts.is_sorted_by(|a, b| a < b) {
            return Err(reader.invalid("order"));
        }
        Ok(Self { depth, firsts, files })
    }
}

/// The depth and the files of a level.
fn read_files(reader: &mut Reader<'_>) -> Result<(u32, Vec<FileId>), FormatError> {
    let depth = reader.u32()?;
    if depth > MAX_DEPTH {
        return Err(reader.invalid("depth"));
    }
    let mut counts = Vec::new();
    for _ in 0..reader.count()? {
        counts.push(reader.u32()?);
    }
    let mut files = Vec::new();
    for count in counts {
        let group = u64::from_le_bytes(reader.array()?);
        // Each file has a first, which takes a byte at least.
        if count as usize > reader.remaining() {
            return Err(FormatError::Truncated { section: SECTION });
        }
        files.extend((0..count).map(|number| FileId { group, number }));
    }
    Ok((depth, files))
}

impl First for Box<str> {
    const SECTION: Section = Section::Keys;

    fn write(firsts: &[Self], writer: &mut Writer) {
        let mut lengths = Writer::default();
        let mut rest = String::new();
        let mut before = "";
        for first in firsts {
            let shared = shared_beginning(before, first);
            writer.count(shared);
            lengths.count(first.len() - shared);
            rest.push_str(&first[shared..]);
            before = first;
        }
        writer.bytes.extend_from_slice(&lengths.bytes);
        writer.bytes.extend_from_slice(rest.as_bytes());
    }

    fn read(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, FormatError> {
        let mut shared = Vec::new();
        let mut lengths = Vec::new();
        for _ in 0..count {
            shared.push(reader.u32()? as usize);
        }
        for _ in 0..count {
            lengths.push(reader.u32()? as usize);
        }
        let mut firsts: Vec<Self> = Vec::new();
        let mut first = String::new();
        for (shared, length) in shared.into_iter().zip(lengths) {
            if shared > first.len()
                || !first.is_char_boundary(shared)
                || length > MAX_FRONT_CODED_BYTES - shared.min(MAX_FRONT_CODED_BYTES)
            {
                return Err(reader.invalid("key"));
            }
            first.truncate(shared);
            first.push_str(std::str::from_utf8(reader.take(length)?).map_err(|_| reader.invalid("key"))?);
            firsts.push(first.as_str().into());
        }
        Ok(firsts)
    }
}

impl First for DocumentPlace {
    const SECTION: Section = Section::Places;

    fn write(firsts: &[Self], writer: &mut Writer) {
        let mut before = 0;
        for first in firsts {
            writer.varint(u64::from(first.document - before));
            before = first.document;
        }
        let mut before = Self::default();
        for first in firsts {
            let from = if first.document == before.document { before.passage } else { 0 };
            writer.varint(u64::from(first.passage - from));
            before = *first;
        }
    }

    fn read(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, FormatError> {
        let mut firsts = Vec::new();
        let mut document = 0u32;
        for _ in 0..count {
            document = document.checked_add(reader.u32()?).ok_or_else(|| reader.invalid("document"))?;
            firsts.push(Self { document, passage: 0 });
        }
        let mut before = Self::default();
        for first in &mut firsts {
            let from = if first.document == before.document { before.passage } else { 0 };
            first.passage = from.checked_add(reader.u32()?).ok_or_else(|| reader.invalid("passage"))?;
            before = *first;
        }
        Ok(firsts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A level over ascending firsts, in groups of a few files.
    fn level<K: First>(firsts: BTreeSet<K>, depth: u32, per_group: usize) -> Level<K> {
        let file = |index: usize| FileId {
            group: u64::MAX - (index / per_group) as u64,
            number: (index % per_group) as u32,
        };
        Level { depth, files: (0..firsts.len()).map(file).collect(), firsts: firsts.into_iter().collect() }
    }

    fn any_directory() -> impl Strategy<Value = Directory> {
        let keys = || prop::collection::btree_set("[a-cé]{0,3}", 0..12);
        let places = prop::collection::btree_set((0u32..50, 0u32..9), 0..12);
        let columns = (keys(), prop::collection::vec(("[a-z]{0,9}", any::<bool>()), 0..4));
        (keys(), keys(), keys(), places, columns, 0u32..4, 1usize..5).prop_map(
            |(terms, prefixes, spellings, places, columns, depth, per_group)| {
                let boxed =
                    |keys: BTreeSet<String>| keys.into_iter().map(Into::into).collect::<BTreeSet<Box<str>>>();
                let place = |(document, passage)| DocumentPlace { document, passage };
                Directory {
                    terms: level(boxed(terms), depth, per_group),
                    prefixes: level(boxed(prefixes), 0, per_group),
                    spellings: level(boxed(spellings), depth, per_group),
                    documents: level(places.into_iter().map(place).collect(), depth, per_group),
                    columns: level(boxed(columns.0), depth, per_group),
                    keys: columns.1.into_iter().map(|(key, is_number)| Column { key, is_number }).collect(),
                }
            },
        )
    }

    proptest! {
        #[test]
        fn a_directory_comes_back(directory in any_directory()) {
            let mut writer = Writer::default();
            directory.write(&mut writer);
            prop_assert_eq!(Directory::read(&writer.bytes), Ok(directory));
        }

        #[test]
        fn look_ups_agree_with_a_scan(directory in any_directory(), key in "[a-cé]{0,4}") {
            let level = directory.terms;
            let scanned = level.firsts.iter().zip(&level.files).rev().find(|entry| **entry.0 <= *key);
            let found = level.stretches(|first| **first <= *key, |first| **first <= *key);
            prop_assert_eq!(found.last(), scanned.map(|entry| entry.1));
            // A key that begins with the prefix lies in one of the stretches of the prefix.
            let of_prefix = level.stretches(|first| **first <= *key, |first| **first <= *key || first.starts_with(&*key));
            for longer in ["", "a", "b", "cc"].map(|more| format!("{key}{more}")) {
                let found = level.stretches(|first| **first <= *longer, |first| **first <= *longer);
                if let Some(file) = found.last() {
                    prop_assert!(of_prefix.contains(file));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, directory in any_directory(), at: prop::sample::Index, byte: u8) {
            let _ = Directory::read(&bytes);
            let mut writer = Writer::default();
            directory.write(&mut writer);
            let at = at.index(writer.bytes.len());
            writer.bytes[at] = byte;
            let _ = Directory::read(&writer.bytes);
        }
    }
}
