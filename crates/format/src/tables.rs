//! The analyser's tables, as the head stores them.
//!
//! ```text
//! tables   := classes, folds, endings
//! classes  := varint number of runs, (varint gap, varint length, u8 class)*
//! folds    := varint number of folds, (varint gap, string)*
//! endings  := varint number of endings, front-coded string*
//! gap      := distance from the character after the previous one; the first counts from U+0000
//! ```
//!
//! A run is a stretch of characters that have one class and no character between them.

use crate::FormatError;
use crate::wire::{Reader, Writer, read_front_coded, write_front_coded};

const SECTION: &str = "analyser's tables";

/// What the analyser of an index must know. The numbers of the classes are the analyser's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredTables {
    /// Class of each known character, ascending by character.
    pub classes: Vec<(char, u8)>,
    /// What a character folds to, ascending by character.
    pub folds: Vec<(char, Box<str>)>,
    /// Word endings, ascending.
    pub endings: Vec<Box<str>>,
}

impl StoredTables {
    pub(crate) fn write(&self, writer: &mut Writer) {
        let mut runs: Vec<(u32, u32, u8)> = Vec::new();
        for &(character, class) in &self.classes {
            let code = u32::from(character);
            match runs.last_mut() {
                Some((start, length, same)) if *start + *length == code && *same == class => *length += 1,
                _ => runs.push((code, 1, class)),
            }
        }
        writer.count(runs.len());
        let mut next = 0;
        for (start, length, class) in runs {
            writer.varint(u64::from(start - next));
            writer.varint(u64::from(length));
            writer.bytes.push(class);
            next = start + length;
        }
        writer.count(self.folds.len());
        let mut next = 0;
        for (character, folded) in &self.folds {
            writer.varint(u64::from(u32::from(*character) - next));
            writer.string(folded);
            next = u32::from(*character) + 1;
        }
        writer.count(self.endings.len());
        let mut before = "";
        for ending in &self.endings {
            write_front_coded(writer, before, ending);
            before = ending;
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, SECTION);
        let mut tables = Self::default();
        let mut next = 0u32;
        for _ in 0..reader.count()? {
            let start = next.checked_add(reader.u32()?).ok_or_else(|| reader.invalid("character"))?;
            let length = reader.u32()?;
            let class = reader.u8()?;
            next = start
                .checked_add(length)
                .filter(|&end| end <= 0x11_0000)
                .ok_or_else(|| reader.invalid("run"))?;
            for code in start..next {
                tables
                    .classes
                    .push((char::from_u32(code).ok_or_else(|| reader.invalid("character"))?, class));
            }
        }
        let mut next = 0u32;
        for _ in 0..reader.count()? {
            let code = next.checked_add(reader.u32()?).ok_or_else(|| reader.invalid("character"))?;
            let character = char::from_u32(code).ok_or_else(|| reader.invalid("character"))?;
            tables.folds.push((character, reader.string()?.into()));
            next = code + 1;
        }
        let mut ending = String::new();
        for _ in 0..reader.count()? {
            read_front_coded(&mut reader, &mut ending)?;
            tables.endings.push(ending.as_str().into());
        }
        reader.finish()?;
        Ok(tables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn tables_come_back(classes: BTreeMap<char, u8>, folds: BTreeMap<char, String>, endings: BTreeSet<String>) {
            let tables = StoredTables {
                classes: classes.into_iter().collect(),
                folds: folds.into_iter().map(|(character, folded)| (character, folded.into())).collect(),
                endings: endings.into_iter().map(Into::into).collect(),
            };
            let mut writer = Writer::default();
            tables.write(&mut writer);
            prop_assert_eq!(StoredTables::read(&writer.bytes), Ok(tables));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = StoredTables::read(&bytes);
        }
    }
}
