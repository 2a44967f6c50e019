//! A packed bundle: all files of a bundle in one.
//!
//! ```text
//! packed := magic "SLTPACK1", varint number of files, file*
//! file   := string name, bytes
//! ```
//!
//! Names ascend and none stands twice. It is what a program embeds, or what travels as one attachment; the files in it
//! are those of the bundle, byte for byte.

use crate::FormatError;
use crate::wire::{Reader, Writer};

const MAGIC: &[u8; 8] = b"SLTPACK1";
const SECTION: &str = "packed bundle";

/// Packs the files of a bundle. The order of the input does not matter; names must differ.
#[must_use]
pub fn pack<'b>(files: impl IntoIterator<Item = (&'b str, &'b [u8])>) -> Vec<u8> {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_unstable();
    let mut writer = Writer { bytes: MAGIC.to_vec() };
    writer.count(files.len());
    for (name, bytes) in files {
        writer.string(name);
        writer.slice(bytes);
    }
    writer.bytes
}

/// A packed bundle that has been checked.
#[derive(Clone, Debug)]
pub struct Packed<B> {
    bytes: B,
    /// Name, start and end of each file, ascending by name.
    files: Vec<(Box<str>, usize, usize)>,
}

impl<B: AsRef<[u8]>> Packed<B> {
    /// Takes in a packed bundle, which may be owned (`Vec<u8>`) or embedded (`&'static [u8]`). Copies no file.
    ///
    /// # Errors
    /// When the bytes are no packed bundle, or cut short.
    pub fn read(bytes: B) -> Result<Self, FormatError> {
        let whole = bytes.as_ref();
        let mut reader = Reader::new(whole, SECTION);
        if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(FormatError::NotOurs { section: SECTION });
        }
        let mut files: Vec<(Box<str>, usize, usize)> = Vec::new();
        for _ in 0..reader.count()? {
            let name = reader.string()?;
            if files.last().is_some_and(|before| &*before.0 >= name) {
                return Err(reader.invalid("file name"));
            }
            let content = reader.slice()?;
            let end = whole.len() - reader.remaining();
            files.push((name.into(), end - content.len(), end));
        }
        reader.finish()?;
        Ok(Self { bytes, files })
    }

    /// The bytes of a file, or `None` when there is none of that name. Cost: a binary search.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        let at = self.files.binary_search_by(|entry| (*entry.0).cmp(name)).ok()?;
        self.bytes.as_ref().get(self.files[at].1..self.files[at].2)
    }

    /// The names of the files, ascending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|entry| &*entry.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn files_come_back(files: BTreeMap<String, Vec<u8>>) {
            let packed = pack(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
            let packed = Packed::read(packed).expect("a packed bundle");
            prop_assert!(packed.names().eq(files.keys()));
            for (name, bytes) in &files {
                prop_assert_eq!(packed.file(name), Some(bytes.as_slice()));
            }
            prop_assert_eq!(packed.file("no such file"), None);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut whole = MAGIC.to_vec();
            whole.extend(bytes);
            let _ = Packed::read(whole.as_slice());
        }
    }
}
