//! What the bytes of a bundle mean.
//!
//! Each section is written and read in one file, with the grammar of its bytes on top and its round-trip test below.
//! The grammars use these words:
//!
//! ```text
//! u8, u16, u32, u64   unsigned, little-endian
//! varint              unsigned LEB128, at most ten bytes
//! bytes               varint length, then that many bytes
//! string              bytes that are UTF-8
//! ```
//!
//! Reading never panics: every length and offset is checked, and what does not fit is a [`FormatError`].

mod columns;
mod directory;
mod documents;
mod envelope;
mod error;
mod fields;
mod head;
mod impact;
mod loader;
mod pack;
mod part;
mod prefixes;
mod root;
mod sizes;
mod spellings;
mod tables;
mod terms;
mod wire;
mod words;

pub use columns::{
    Column, Columns, MAX_COLUMNS, column_body, column_place, number_of, number_value, text_value,
};
pub use directory::{Directory, DocumentPlace, First, Level, MAX_DEPTH};
pub use documents::{DocumentRecord, Documents, DocumentsWriter, Header, MetaValue, PassageRecord};
pub use envelope::{Deflated, Envelope, Expected, FileId, MAX_RAW_BYTES, digest, seal_group, seal_head};
pub use error::FormatError;
pub use fields::{
    FIELD_HEADING, FIELD_PATH, FIELD_START, FIELD_TITLE, MAX_HEADING_WORDS, fields, headed, of_title_mark,
    title_mark, title_words, unheaded,
};
pub use head::{Head, MAX_DOCUMENTS, MAX_NUMBERS, Metadata};
pub use impact::{INNER_LEVEL, MAX_LEVEL, impact, level};
pub use loader::{LOADER, with_root, without_root};
pub use pack::{Packed, pack};
pub use part::{Part, PartWriter, Section};
pub use prefixes::{Completion, MAX_COMPLETIONS, MAX_PREFIX_CHARS, Prefix, Prefixes, prefix_body};
pub use root::{HeadEntry, ROOT, Root};
pub use sizes::{SIZES, sizes};
pub use spellings::{Spellings, form_of, is_spelt, magnitude, reversed};
pub use tables::StoredTables;
pub use terms::{Entry, Group, MAX_FORMS, Postings, PostingsBuilder, Terms, group_body, partner, stray_body};
pub use wire::EntriesWriter;
pub use words::{DIGESTS, WORDS, Words, words_folder};

/// The version of the bundle format. A reader refuses every other.
pub const FORMAT_VERSION: u16 = 1;
