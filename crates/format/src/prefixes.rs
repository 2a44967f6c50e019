//! Prefixes: for each beginning that many words share, the documents that hold any of them.
//!
//! ```text
//! prefixes   := varint number of prefixes, prefix*
//! prefix     := front-coded prefix, varint number of completions, completion*, varint number of documents, bytes columns
//! completion := string rest of the form, varint number of documents that hold its group
//! columns    := gap*, impact*
//! gap        := varint, distance from the document after the previous one; the first counts from 0
//! impact     := u8, a level of [`crate::impact`]: the highest of the groups; and 32 × the highest mark of how they stand
//!               in the title, [`crate::title_mark`]
//! ```
//!
//! Prefixes ascend. An index has those whose words have so many postings that a union of all of them would cost a
//! reader too much; of every other prefix the words themselves are few. What is here is what the union would give.

use crate::FormatError;
use crate::terms::{read_gaps, write_gaps};
use crate::wire::{Entries, Reader, Writer};

const SECTION: &str = "prefixes";

/// Longer prefixes are never prepared: their words are few, or forms of one word.
pub const MAX_PREFIX_CHARS: usize = 8;

/// A prefix has at most this many completions: twice what a list of suggestions shows.
pub const MAX_COMPLETIONS: usize = 16;

/// A word that begins with a prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The commonest form of its group that begins with the prefix.
    pub form: String,
    /// How many documents hold the group.
    pub documents: u32,
}

/// What is known of a prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    /// The words with the most documents, those first.
    pub completions: Vec<Completion>,
    /// Numbers of the documents that hold a form that begins with the prefix, ascending.
    pub documents: Vec<u32>,
    /// For each of them, the highest level among the groups of such forms, beside their mark in the title: see
    /// [`crate::headed`] and [`crate::title_mark`].
    pub impacts: Vec<u8>,
}

/// A prefix without its text, as it stands in a section; every completion must begin with `text`.
#[must_use]
pub fn prefix_body(text: &str, prefix: &Prefix) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.count(prefix.completions.len());
    for completion in &prefix.completions {
        writer.string(completion.form.strip_prefix(text).unwrap_or_default());
        writer.varint(u64::from(completion.documents));
    }
    writer.count(prefix.documents.len());
    let mut columns = Writer::default();
    write_gaps(&mut columns, &prefix.documents);
    columns.bytes.extend_from_slice(&prefix.impacts);
    writer.slice(&columns.bytes);
    writer.bytes
}

/// Reads a prefixes section.
pub struct Prefixes<'b>(Entries<'b>);

impl<'b> Prefixes<'b> {
    /// Decodes all of a section once, so that what is read of it later cannot fail.
    ///
    /// # Errors
    /// When any of it does not follow the grammar.
    pub fn check(section: &'b [u8]) -> Result<(), FormatError> {
        let mut prefixes = Self::new(section)?;
        while prefixes.0.advance()? {
            prefixes.read(None)?;
        }
        prefixes.0.reader.finish()
    }

    /// What is known of a prefix, or `None` when the section does not have it. Cost: steps over the prefixes before it.
    ///
    /// # Errors
    /// When the section does not follow the grammar.
    pub fn find(section: &'b [u8], text: &str) -> Result<Option<Prefix>, FormatError> {
        let mut prefixes = Self::new(section)?;
        while prefixes.0.advance()? {
            if let Some(prefix) = prefixes.read(Some(text))? {
                return Ok(Some(prefix));
            }
        }
        Ok(None)
    }

    fn new(section: &'b [u8]) -> Result<Self, FormatError> {
        Entries::new(section, SECTION).map(Self)
    }

    /// Steps over the present prefix, which is decoded if it is the one that is wanted, or all are.
    fn read(&mut self, wanted: Option<&str>) -> Result<Option<Prefix>, FormatError> {
        let Entries { key, reader, .. } = &mut self.0;
        let is_wanted = wanted.is_none_or(|wanted| key == wanted);
        let mut prefix = Prefix::default();
        for _ in 0..reader.count()? {
            let rest = reader.string()?;
            let documents = reader.u32()?;
            if is_wanted {
                prefix.completions.push(Completion { form: key.clone() + rest, documents });
            }
        }
        let count = reader.u32()? as usize;
        let columns = reader.slice()?;
        if !is_wanted {
            return Ok(None);
        }
        let mut reader = Reader::new(columns, SECTION);
        if count > columns.len() {
            return Err(reader.invalid("number of documents"));
        }
        read_gaps(&mut reader, count, &mut prefix.documents)?;
        prefix.impacts = reader.take(count)?.to_vec();
        reader.finish()?;
        Ok(Some(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EntriesWriter, MAX_LEVEL};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    type Example = BTreeMap<String, (BTreeMap<u32, u8>, Vec<(String, u32)>)>;

    fn any_prefixes() -> impl Strategy<Value = Example> {
        let documents = prop::collection::btree_map(0u32..100_000, 0..=MAX_LEVEL, 0..20);
        let completions = prop::collection::vec(("[a-zé]{0,4}", any::<u32>()), 0..4);
        prop::collection::btree_map("[a-eé]{1,4}", (documents, completions), 0..6)
    }

    fn prefix(text: &str, (documents, completions): &(BTreeMap<u32, u8>, Vec<(String, u32)>)) -> Prefix {
        let completion = |(rest, documents): &(String, u32)| Completion {
            form: format!("{text}{rest}"),
            documents: *documents,
        };
        Prefix {
            completions: completions.iter().map(completion).collect(),
            documents: documents.keys().copied().collect(),
            impacts: documents.values().copied().collect(),
        }
    }

    fn section(prefixes: &Example) -> Vec<u8> {
        let mut writer = EntriesWriter::default();
        for (text, example) in prefixes {
            writer.add(text, &prefix_body(text, &prefix(text, example)));
        }
        writer.finish()
    }

    proptest! {
        #[test]
        fn prefixes_come_back(prefixes in any_prefixes(), other in "[a-e]{0,5}") {
            let section = section(&prefixes);
            prop_assert_eq!(Prefixes::check(&section), Ok(()));
            for (text, example) in &prefixes {
                prop_assert_eq!(Prefixes::find(&section, text), Ok(Some(prefix(text, example))));
            }
            let is_there = Prefixes::find(&section, &other).expect("a section").is_some();
            prop_assert_eq!(is_there, prefixes.contains_key(&other));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, prefixes in any_prefixes(), at: prop::sample::Index, byte: u8) {
            let _ = Prefixes::check(&bytes);
            let mut section = section(&prefixes);
            let at = at.index(section.len());
            section[at] = byte;
            let _ = Prefixes::check(&section);
        }
    }
}
