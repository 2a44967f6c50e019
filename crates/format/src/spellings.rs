//! Spellings: the forms of the documents, so sorted that a misspelt one is near the word that was meant.
//!
//! ```text
//! spellings := varint number of entries, entry*
//! entry     := front-coded spelling, u8 magnitude: of the documents that hold the group of the form, how many times their
//!              number can be halved
//! spelling  := form | U+0001, characters of the form in reverse order
//! ```
//!
//! Entries ascend. A word with one wrong letter has one half right, so whatever it should be stands among the forms that
//! begin like it, or among the reversed ones that begin like it reversed. Only forms that [`is_spelt`] are listed.

use crate::FormatError;
use crate::wire::Entries;

const SECTION: &str = "spellings";

/// What a reversed form begins with. It is in no form.
const REVERSED: char = '\u{1}';

/// Shorter forms are not what a misspelt word is led to.
const MIN_CHARS: usize = 3;

/// Longer forms are data.
const MAX_CHARS: usize = 32;

/// Whether a form can be what a misspelt word should be: of some length, no number, and without signs.
#[must_use]
pub fn is_spelt(form: &str) -> bool {
    let length = form.chars().count();
    (MIN_CHARS..=MAX_CHARS).contains(&length)
        && form.bytes().all(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii())
}

/// A form as it is sorted by its end.
#[must_use]
pub fn reversed(form: &str) -> String {
    [REVERSED].into_iter().chain(form.chars().rev()).collect()
}

/// How common a word is, by how many documents hold it: a figure that one more document seldom changes.
#[must_use]
pub fn magnitude(documents: u32) -> u8 {
    documents.checked_ilog2().unwrap_or(0) as u8
}

/// Goes through the entries of a section, in order.
pub struct Spellings<'b>(Entries<'b>);

impl<'b> Spellings<'b> {
    /// Begins at the first entry.
    ///
    /// # Errors
    /// When the section is cut short.
    pub fn new(section: &'b [u8]) -> Result<Self, FormatError> {
        Entries::new(section, SECTION).map(Self)
    }

    /// Decodes all of a section once, so that what is read of it later cannot fail.
    ///
    /// # Errors
    /// When any of it does not follow the grammar.
    pub fn check(section: &'b [u8]) -> Result<(), FormatError> {
        let mut spellings = Self::new(section)?;
        while spellings.next_entry()?.is_some() {}
        spellings.0.reader.finish()
    }

    /// The next spelling with its [`magnitude`], or `None` after the last.
    ///
    /// # Errors
    /// When the entry does not follow the grammar.
    pub fn next_entry(&mut self) -> Result<Option<(&str, u8)>, FormatError> {
        if !self.0.advance()? {
            return Ok(None);
        }
        let magnitude = self.0.reader.u8()?;
        Ok(Some((&self.0.key, magnitude)))
    }
}

/// The form that a spelling is of.
#[must_use]
pub fn form_of(spelling: &str) -> String {
    match spelling.strip_prefix(REVERSED) {
        Some(reversed) => reversed.chars().rev().collect(),
        None => spelling.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntriesWriter;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn spellings_come_back(entries in prop::collection::btree_map("[a-eé]{1,9}", any::<u8>(), 0..40)) {
            let both = |(form, magnitude): (&String, &u8)| [(form.clone(), *magnitude), (reversed(form), *magnitude)];
            let all: BTreeMap<String, u8> = entries.iter().flat_map(both).collect();
            let mut writer = EntriesWriter::default();
            all.iter().for_each(|(spelling, &magnitude)| writer.add(spelling, &[magnitude]));
            let section = writer.finish();
            Spellings::check(&section).expect("spellings");
            let mut spellings = Spellings::new(&section).expect("spellings");
            let mut read = Vec::new();
            while let Some((spelling, magnitude)) = spellings.next_entry().expect("an entry") {
                prop_assert_eq!(entries.get(&form_of(spelling)), Some(&magnitude));
                read.push((spelling.to_owned(), magnitude));
            }
            prop_assert_eq!(read, all.into_iter().collect::<Vec<_>>());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Spellings::check(&bytes);
        }
    }

    #[test]
    fn numbers_and_letters_are_not_spelt() {
        assert_eq!(
            ["ab", "abc", "été", "h264", "@media", &"x".repeat(33)].map(is_spelt),
            [false, true, true, false, false, false]
        );
    }
}
