//! The directory: which part holds what.
//!
//! ```text
//! directory  := varint number of parts, digest u64*, terms, documents
//! terms      := varint number of entries, (front-coded key, varint part)*
//! documents  := varint number of entries, (varint document gap, varint passage, varint part)*
//! ```
//!
//! An entry says where a part's stretch begins; the stretch ends where the next one begins. Entries ascend. A part is
//! named by its digest: `parts/3f/3fa4….part`, in 256 folders, so that none grows large.

use crate::FormatError;
use crate::wire::{Reader, Writer, read_front_coded, write_front_coded};

const SECTION: &str = "directory";

/// A place in the sequence of all passages of all documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentPlace {
    /// Number of the document.
    pub document: u32,
    /// Number of the passage in it.
    pub passage: u32,
}

/// Which part holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Digest of each part's file.
    pub parts: Vec<u64>,
    /// Smallest key of each stretch of terms, with its part.
    pub terms: Vec<(Box<str>, u32)>,
    /// First place of each stretch of documents, with its part.
    pub documents: Vec<(DocumentPlace, u32)>,
}

impl Directory {
    /// Name of a part's file in the bundle, or `None` when there is no such part.
    #[must_use]
    pub fn part_name(&self, part: u32) -> Option<String> {
        self.parts.get(part as usize).map(|digest| Self::name_of(*digest))
    }

    /// Name of the part with this digest.
    #[must_use]
    pub fn name_of(digest: u64) -> String {
        format!("parts/{:02x}/{digest:016x}.part", digest >> 56)
    }

    /// The part that holds the groups with this key, if any part does.
    #[must_use]
    pub fn terms_part(&self, key: &str) -> Option<u32> {
        let after = self.terms.partition_point(|(first, _)| **first <= *key);
        Some(self.terms.get(after.checked_sub(1)?)?.1)
    }

    /// The parts that may hold groups whose key begins with `prefix`, ascending by key.
    pub fn terms_parts(&self, prefix: &str) -> impl Iterator<Item = u32> {
        let start = self.terms.partition_point(|(first, _)| **first <= *prefix).saturating_sub(1);
        let rest = self.terms.get(start..).unwrap_or_default();
        let length = rest.partition_point(|(first, _)| **first <= *prefix || first.starts_with(prefix));
        rest[..length].iter().map(|(_, part)| *part)
    }

    /// The part that holds a passage.
    #[must_use]
    pub fn document_part(&self, place: DocumentPlace) -> Option<u32> {
        let after = self.documents.partition_point(|(first, _)| *first <= place);
        Some(self.documents.get(after.checked_sub(1)?)?.1)
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.count(self.parts.len());
        for digest in &self.parts {
            writer.bytes.extend_from_slice(&digest.to_le_bytes());
        }
        writer.count(self.terms.len());
        let mut before = "";
        for (key, part) in &self.terms {
            write_front_coded(writer, before, key);
            writer.varint(u64::from(*part));
            before = key;
        }
        writer.count(self.documents.len());
        let mut before = 0;
        for (place, part) in &self.documents {
            writer.varint(u64::from(place.document - before));
            writer.varint(u64::from(place.passage));
            writer.varint(u64::from(*part));
            before = place.document;
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut directory = Self::default();
        for _ in 0..reader.count()? {
            directory.parts.push(u64::from_le_bytes(reader.array()?));
        }
        let mut key = String::new();
        for index in 0..reader.count()? {
            read_front_coded(&mut reader, &mut key)?;
            let part = reader.u32()?;
            if index > 0 && directory.terms[index - 1].0.as_ref() >= key.as_str() {
                return Err(reader.invalid("order of keys"));
            }
            directory.terms.push((key.as_str().into(), directory.known(part, &reader)?));
        }
        let mut document = 0u32;
        for index in 0..reader.count()? {
            document = document.checked_add(reader.u32()?).ok_or(reader.invalid("document"))?;
            let place = DocumentPlace { document, passage: reader.u32()? };
            let part = reader.u32()?;
            if index > 0 && directory.documents[index - 1].0 >= place {
                return Err(reader.invalid("order of documents"));
            }
            directory.documents.push((place, directory.known(part, &reader)?));
        }
        reader.finish()?;
        Ok(directory)
    }

    fn known(&self, part: u32, reader: &Reader<'_>) -> Result<u32, FormatError> {
        if (part as usize) < self.parts.len() { Ok(part) } else { Err(reader.invalid("part")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn any_directory() -> impl Strategy<Value = Directory> {
        let keys = prop::collection::btree_set("[a-c]{0,3}", 0..12);
        let places = prop::collection::btree_map((0u32..50, 0u32..9), 0u32..3, 0..12);
        (keys, places).prop_map(|(keys, places): (BTreeSet<String>, BTreeMap<(u32, u32), u32>)| Directory {
            parts: vec![7, u64::MAX, 3],
            terms: keys.into_iter().enumerate().map(|(index, key)| (key.into(), index as u32 % 3)).collect(),
            documents: places
                .into_iter()
                .map(|((document, passage), part)| (DocumentPlace { document, passage }, part))
                .collect(),
        })
    }

    proptest! {
        #[test]
        fn a_directory_comes_back(directory in any_directory()) {
            let mut writer = Writer::default();
            directory.write(&mut writer);
            prop_assert_eq!(Directory::read(&writer.bytes), Ok(directory));
        }

        #[test]
        fn look_ups_agree_with_a_scan(directory in any_directory(), key in "[a-c]{0,4}") {
            let scanned = directory.terms.iter().rev().find(|(first, _)| **first <= *key).map(|entry| entry.1);
            prop_assert_eq!(directory.terms_part(&key), scanned);
            // A key that begins with the prefix lies in one of the parts that the prefix names.
            for longer in ["", "a", "b", "cc"].map(|more| format!("{key}{more}")) {
                if let Some(part) = directory.terms_part(&longer) {
                    prop_assert!(directory.terms_parts(&key).any(|named| named == part));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Directory::read(&bytes);
        }
    }

    #[test]
    fn names_are_lower_case_and_spread_over_folders() {
        assert_eq!(Directory::name_of(0xAB00_0000_0000_0001), "parts/ab/ab00000000000001.part");
    }
}
