//! Columns: for each value that documents have under a key of their metadata, the documents that have it.
//!
//! ```text
//! columns := varint number of entries, entry*
//! entry   := front-coded place, varint number of documents, bytes gap*
//! place   := the number of the column as a character, then the value
//! value   := of a column of texts: its first 250 bytes, or fewer, so that no character is cut
//!            of a column of numbers: the bits of the number as an IEEE 754 double, all of them flipped if it is negative, else
//!            the first one; as ten characters of seven bits, the highest first, without those at the end that are 0
//! gap     := varint, distance from the document after the previous one; the first counts from 0
//! ```
//!
//! Entries ascend, so the values of a column stand in a row and in order; numbers, too, stand in their order. Column 0 is
//! of no key: it has one entry, whose value is empty, with every document there is.

use crate::FormatError;
use crate::terms::{read_gaps, write_gaps};
use crate::wire::{Entries, Reader, Writer};

const SECTION: &str = "columns";

/// A text is told from others by so many bytes: with the column's number it fits a front-coded string.
const MAX_VALUE_BYTES: usize = 250;

/// Numbers of columns are below this, so that each is a character of at most three bytes that comes before the surrogates.
pub const MAX_COLUMNS: usize = 0xD000;

/// What is known of a column before any of it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The key of the metadata.
    pub key: String,
    /// Whether its values are numbers; else they are texts.
    pub is_number: bool,
}

/// Where a value of a column stands in the sequence of all columns.
#[must_use]
pub fn column_place(column: usize, value: &str) -> String {
    let mut place = String::new();
    place.extend(char::from_u32(column as u32));
    place + value
}

/// A text as a value of a column.
#[must_use]
pub fn text_value(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_VALUE_BYTES)]
}

/// A number as a value of a column: such values are in order as the numbers are.
#[must_use]
pub fn number_value(number: f64) -> String {
    // Zero has one spelling.
    let bits = if number == 0.0 { 0 } else { number.to_bits() };
    let sortable = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    let digit = |at: u32| ((u128::from(sortable) << 6 >> (63 - 7 * at)) as u8 & 0x7f) as char;
    let value: String = (0..10).map(digit).collect();
    value.trim_end_matches('\0').to_owned()
}

/// The number that a value of a column stands for.
#[must_use]
pub fn number_of(value: &str) -> f64 {
    let digit = |at: usize| value.as_bytes().get(at).map_or(0, |digit| digit & 0x7f);
    let sortable = ((0..10).fold(0u128, |bits, at| bits << 7 | u128::from(digit(at))) >> 6) as u64;
    f64::from_bits(if sortable >> 63 == 1 { sortable & (u64::MAX >> 1) } else { !sortable })
}

/// An entry without its place, as it stands in a section; the documents ascend.
#[must_use]
pub fn column_body(documents: &[u32]) -> Vec<u8> {
    let mut gaps = Writer::default();
    write_gaps(&mut gaps, documents);
    let mut writer = Writer::default();
    writer.count(documents.len());
    writer.slice(&gaps.bytes);
    writer.bytes
}

/// Goes through the entries of a section, in order.
pub struct Columns<'b>(Entries<'b>);

impl<'b> Columns<'b> {
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
        let mut columns = Self::new(section)?;
        while columns.next_entry(&|_| true)?.is_some() {}
        columns.0.reader.finish()
    }

    /// The next place with its documents, which are left out where the place is not `wanted`; `None` after the last.
    ///
    /// # Errors
    /// When the entry does not follow the grammar.
    pub fn next_entry(
        &mut self,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Option<(&str, Vec<u32>)>, FormatError> {
        if !self.0.advance()? {
            return Ok(None);
        }
        let count = self.0.reader.u32()? as usize;
        let gaps = self.0.reader.slice()?;
        let mut documents = Vec::new();
        if wanted(&self.0.key) {
            let mut reader = Reader::new(gaps, SECTION);
            if count > gaps.len() {
                return Err(reader.invalid("number of documents"));
            }
            read_gaps(&mut reader, count, &mut documents)?;
            reader.finish()?;
        }
        Ok(Some((&self.0.key, documents)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntriesWriter;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Example = BTreeMap<(usize, String), BTreeSet<u32>>;

    fn any_columns() -> impl Strategy<Value = Example> {
        let documents = prop::collection::btree_set(0u32..100_000, 0..20);
        prop::collection::btree_map((0usize..4, "[a-cé]{0,4}"), documents, 0..12)
    }

    fn section(columns: &Example) -> Vec<u8> {
        let mut writer = EntriesWriter::default();
        for ((column, value), documents) in columns {
            let documents: Vec<u32> = documents.iter().copied().collect();
            writer.add(&column_place(*column, value), &column_body(&documents));
        }
        writer.finish()
    }

    fn read(section: &[u8], wanted: impl Fn(&str) -> bool) -> Vec<(String, Vec<u32>)> {
        let mut columns = Columns::new(section).expect("columns");
        let mut all = Vec::new();
        while let Some((place, documents)) = columns.next_entry(&wanted).expect("an entry") {
            all.push((place.to_owned(), documents));
        }
        all
    }

    proptest! {
        #[test]
        fn columns_come_back(columns in any_columns()) {
            let section = section(&columns);
            prop_assert_eq!(Columns::check(&section), Ok(()));
            let expected: Vec<(String, Vec<u32>)> = columns
                .iter()
                .map(|((column, value), documents)| (column_place(*column, value), documents.iter().copied().collect()))
                .collect();
            prop_assert_eq!(read(&section, |_| true), expected);
            prop_assert!(read(&section, |_| false).iter().all(|entry| entry.1.is_empty()));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, columns in any_columns(), at: prop::sample::Index, byte: u8) {
            let _ = Columns::check(&bytes);
            let mut section = section(&columns);
            let at = at.index(section.len());
            section[at] = byte;
            let _ = Columns::check(&section);
        }

        #[test]
        fn numbers_come_back_and_keep_their_order(a in any::<f64>(), b in prop_oneof![any::<f64>(), (-9i32..9).prop_map(f64::from)]) {
            prop_assert_eq!(number_of(&number_value(a)), a);
            prop_assert_eq!(number_of(&number_value(b)), b);
            prop_assert_eq!(number_value(a).cmp(&number_value(b)), a.partial_cmp(&b).expect("numbers"));
        }

        #[test]
        fn any_text_stands_for_some_number(value in ".{0,12}") {
            let _ = number_of(&value);
        }
    }

    #[test]
    fn small_numbers_are_short_and_zero_is_one() {
        assert_eq!(number_value(-0.0), number_value(0.0));
        assert_eq!(number_value(2024.0).len(), 3);
        assert!(number_value(f64::MIN_POSITIVE) > number_value(0.0));
    }

    #[test]
    fn a_long_text_is_told_by_its_beginning() {
        assert_eq!(text_value(&"é".repeat(200)).len(), MAX_VALUE_BYTES);
        assert_eq!(text_value(&format!("x{}", "é".repeat(200))).len(), MAX_VALUE_BYTES - 1);
        let place = column_place(MAX_COLUMNS - 1, text_value(&"x".repeat(999)));
        assert!(place.len() <= crate::wire::MAX_FRONT_CODED_BYTES);
    }
}
