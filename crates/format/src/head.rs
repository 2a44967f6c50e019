//! The head: what a search must know before it asks for any part.
//!
//! ```text
//! head := bytes metadata, bytes tables, bytes directory
//! ```
//!
//! The metadata is bincode 2 in its standard configuration (<https://docs.rs/bincode/2.0.1>), decoded under a limit;
//! the hot sections have grammars of their own.

use crate::wire::{Reader, Writer};
use crate::{Directory, FormatError, StoredTables};

const SECTION: &str = "head";

/// No honest metadata is larger; a decoder that is asked for more stops.
const METADATA_LIMIT: usize = 1 << 16;

/// A head has at most this many documents, 16 million: a search takes some bytes for each number, so that a larger claim
/// could ask for more memory than a browser has.
pub const MAX_DOCUMENTS: u32 = 1 << 24;

/// The numbers of documents are below this, so that a head may leave out more than it uses.
pub const MAX_NUMBERS: u32 = 4 * MAX_DOCUMENTS;

/// What the whole of an index is like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Version of the analyser that made the terms.
    pub analyser: u16,
    /// BCP 47 tag of the documents' language, lower-case.
    pub language: String,
    /// Number of documents.
    pub documents: u32,
    /// Documents have numbers below this; not every number has a document.
    pub numbers: u32,
    /// Number of passages in all documents.
    pub passages: u64,
    /// Number of words in all documents, counted as positions.
    pub words: u64,
    /// Number of groups of forms.
    pub groups: u64,
    /// Number of different forms.
    pub forms: u64,
}

/// What a search must know before it asks for any part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// What the index is like.
    pub metadata: Metadata,
    /// What its analyser knows.
    pub tables: StoredTables,
    /// Which part holds what.
    pub directory: Directory,
}

impl Head {
    /// The head's bytes, not yet compressed.
    ///
    /// # Errors
    /// `Invalid` when the metadata is over its limit (a language tag of 60,000 letters), or the documents or
    /// their numbers over [`MAX_DOCUMENTS`] or [`MAX_NUMBERS`].
    pub fn write(&self) -> Result<Vec<u8>, FormatError> {
        let metadata = bincode::encode_to_vec(StoredMetadata::from(&self.metadata), config())
            .ok()
            .filter(|bytes| bytes.len() < METADATA_LIMIT && self.metadata.is_within_limits())
            .ok_or(FormatError::Invalid { section: SECTION, value: "metadata" })?;
        let mut writer = Writer::default();
        writer.slice(&metadata);
        let mut section = Writer::default();
        self.tables.write(&mut section);
        writer.slice(&section.bytes);
        let mut section = Writer::default();
        self.directory.write(&mut section);
        writer.slice(&section.bytes);
        Ok(writer.bytes)
    }

    /// Reads an inflated head.
    ///
    /// # Errors
    /// When any of it does not follow its grammar.
    pub fn read(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, SECTION);
        let metadata = reader.slice()?;
        // Bincode counts each number at its full width, which is more than the bytes that it takes.
        let limited = config().with_limit::<{ 2 * METADATA_LIMIT }>();
        let decoded = Some(metadata)
            .filter(|bytes| bytes.len() < METADATA_LIMIT)
            .and_then(|bytes| bincode::decode_from_slice::<StoredMetadata, _>(bytes, limited).ok());
        let whole = decoded.filter(|&(_, length)| length == metadata.len());
        let metadata =
            whole.and_then(|(stored, _)| stored.read()).ok_or_else(|| reader.invalid("metadata"))?;
        let tables = StoredTables::read(reader.slice()?)?;
        let directory = Directory::read(reader.slice()?)?;
        reader.finish()?;
        Ok(Self { metadata, tables, directory })
    }
}

/// The metadata as bincode has it: all numbers of one width, since a decoder for each would be a kilobyte in the browser.
#[derive(bincode::Encode, bincode::Decode)]
struct StoredMetadata {
    language: String,
    numbers: [u64; 7],
}

impl From<&Metadata> for StoredMetadata {
    fn from(metadata: &Metadata) -> Self {
        let Metadata { analyser, language, documents, numbers, passages, words, groups, forms } = metadata;
        let small = [u64::from(*analyser), u64::from(*documents), u64::from(*numbers)];
        let [analyser, documents, numbers] = small;
        let numbers = [analyser, documents, numbers, *passages, *words, *groups, *forms];
        Self { language: language.clone(), numbers }
    }
}

impl StoredMetadata {
    fn read(self) -> Option<Metadata> {
        let [analyser, documents, numbers, passages, words, groups, forms] = self.numbers;
        let metadata = Metadata {
            analyser: analyser.try_into().ok()?,
            language: self.language,
            documents: documents.try_into().ok()?,
            numbers: numbers.try_into().ok()?,
            passages,
            words,
            groups,
            forms,
        };
        Some(metadata).filter(Metadata::is_within_limits)
    }
}

impl Metadata {
    const fn is_within_limits(&self) -> bool {
        self.documents <= MAX_DOCUMENTS && self.numbers <= MAX_NUMBERS && self.documents <= self.numbers
    }
}

const fn config() -> bincode::config::Configuration {
    bincode::config::standard()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DocumentPlace, FileId, Level};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_head_comes_back(language in ".{0,20}", documents in 0..=MAX_DOCUMENTS, words: u64, group: u64) {
            let files = vec![FileId { group, number: 0 }];
            let head = Head {
                metadata: Metadata { language, documents, numbers: MAX_NUMBERS, words, ..Metadata::default() },
                tables: StoredTables { endings: vec!["s".into()], ..StoredTables::default() },
                directory: Directory {
                    documents: Level { depth: 1, firsts: vec![DocumentPlace::default()], files },
                    ..Directory::default()
                },
            };
            let bytes = head.write().expect("small metadata");
            prop_assert_eq!(Head::read(&bytes), Ok(head));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, at: prop::sample::Index, byte: u8) {
            let _ = Head::read(&bytes);
            let mut honest = Head::default().write().expect("small metadata");
            let at = at.index(honest.len());
            honest[at] = byte;
            let _ = Head::read(&honest);
        }
    }

    #[test]
    fn metadata_is_read_up_to_the_length_to_which_it_is_written() {
        let with_tag = |length| Metadata { language: "x".repeat(length), ..Metadata::default() };
        let beside = bincode::encode_to_vec(StoredMetadata::from(&with_tag(METADATA_LIMIT - 99)), config())
            .expect("a tag")
            .len()
            - (METADATA_LIMIT - 99);
        let longest = Head { metadata: with_tag(METADATA_LIMIT - 1 - beside), ..Head::default() };
        assert_eq!(Head::read(&longest.write().expect("within the limit")), Ok(longest));
        // Another writer may not know the limit, or spell numbers with more bytes.
        for length in METADATA_LIMIT - 64..METADATA_LIMIT {
            let metadata = Metadata {
                analyser: u16::MAX,
                documents: MAX_DOCUMENTS,
                numbers: MAX_NUMBERS,
                passages: u64::MAX,
                words: u64::MAX,
                groups: u64::MAX,
                forms: u64::MAX,
                ..with_tag(length)
            };
            let metadata = bincode::encode_to_vec(StoredMetadata::from(&metadata), config()).expect("a tag");
            let mut writer = Writer::default();
            writer.slice(&metadata);
            writer.slice(&[0; 3]);
            writer.slice(&[0; 11]);
            assert_eq!(Head::read(&writer.bytes).is_ok(), metadata.len() < METADATA_LIMIT);
        }
    }

    #[test]
    fn metadata_over_the_limit_is_neither_written_nor_read() {
        let metadata = Metadata { language: "x".repeat(METADATA_LIMIT), ..Metadata::default() };
        assert!(Head { metadata, ..Head::default() }.write().is_err());
        for (documents, numbers) in [(MAX_DOCUMENTS + 1, MAX_NUMBERS), (1, MAX_NUMBERS + 1), (2, 1)] {
            let metadata = Metadata { documents, numbers, ..Metadata::default() };
            assert!(Head { metadata, ..Head::default() }.write().is_err());
        }
        // A string that claims four gigabytes.
        let mut claim = Writer::default();
        claim.slice(&[252, 255, 255, 255, 255]);
        claim.slice(&[0; 3]);
        claim.slice(&[0; 11]);
        assert!(Head::read(&claim.bytes).is_err());
    }
}
