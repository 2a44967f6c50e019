//! A part: one file of the index, made of sections.
//!
//! ```text
//! part     := varint number of sections, section*
//! section  := section kind u8, bytes
//! kind     := 1 terms, 2 prefixes, 3 documents, 4 level of keys, 5 level of places, 6 spellings, 7 columns
//! ```
//!
//! Kinds ascend and none stands twice. A large site has one section in each part; a small site has all in one.

use crate::FormatError;
use crate::wire::{Reader, Writer};

const SECTION: &str = "part";

/// What a section of a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Section {
    /// [`crate::Terms`].
    Terms = 1,
    /// [`crate::Prefixes`].
    Prefixes = 2,
    /// [`crate::Documents`].
    Documents = 3,
    /// A [`crate::Level`] of terms, of prefixes, of spellings or of columns.
    Keys = 4,
    /// A [`crate::Level`] of documents.
    Places = 5,
    /// [`crate::Spellings`].
    Spellings = 6,
    /// [`crate::Columns`].
    Columns = 7,
}

/// Puts the sections of a part together.
#[derive(Default)]
pub struct PartWriter {
    sections: Vec<(Section, Vec<u8>)>,
}

impl PartWriter {
    /// Adds a section; sections may come in any order.
    pub fn add(&mut self, section: Section, bytes: Vec<u8>) {
        self.sections.push((section, bytes));
    }

    /// The part, not yet compressed.
    #[must_use]
    pub fn finish(mut self) -> Vec<u8> {
        self.sections.sort_by_key(|section| section.0);
        let mut writer = Writer::default();
        writer.count(self.sections.len());
        for (section, bytes) in &self.sections {
            writer.bytes.push(*section as u8);
            writer.slice(bytes);
        }
        writer.bytes
    }
}

/// The inflated bytes of a part, cut into sections.
#[derive(Clone, Debug)]
pub struct Part {
    bytes: Vec<u8>,
    /// Where each section lies: kind, start, end.
    sections: Vec<(u8, usize, usize)>,
}

impl Part {
    /// Takes in the inflated bytes of a part.
    ///
    /// # Errors
    /// When the sections do not fill the bytes exactly, or do not ascend by kind.
    pub fn read(bytes: Vec<u8>) -> Result<Self, FormatError> {
        let mut reader = Reader::new(&bytes, SECTION);
        let mut sections = Vec::new();
        for _ in 0..reader.count()? {
            let kind = reader.u8()?;
            if sections.last().is_some_and(|&(before, _, _)| before >= kind) {
                return Err(reader.invalid("section"));
            }
            let section = reader.slice()?;
            let end = bytes.len() - reader.remaining();
            sections.push((kind, end - section.len(), end));
        }
        reader.finish()?;
        Ok(Self { bytes, sections })
    }

    /// The bytes of a section, if the part has it.
    #[must_use]
    pub fn section(&self, section: Section) -> Option<&[u8]> {
        let found = self.sections.iter().find(|entry| entry.0 == section as u8)?;
        self.bytes.get(found.1..found.2)
    }

    /// How much memory it takes, in bytes.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sections_come_back(terms: Vec<u8>, documents: Option<Vec<u8>>) {
            let mut writer = PartWriter::default();
            if let Some(documents) = &documents {
                writer.add(Section::Documents, documents.clone());
            }
            writer.add(Section::Terms, terms.clone());
            let part = Part::read(writer.finish()).expect("a part");
            prop_assert_eq!(part.section(Section::Terms), Some(&*terms));
            prop_assert_eq!(part.section(Section::Documents), documents.as_deref());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(part) = Part::read(bytes) {
                let _ = part.section(Section::Terms);
            }
        }
    }

    #[test]
    fn a_section_that_stands_twice_is_refused() {
        assert!(Part::read(vec![2, 1, 0, 1, 0]).is_err());
        assert!(Part::read(vec![0, 0]).is_err(), "bytes left over");
    }
}
