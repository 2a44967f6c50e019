//! Reads the text of one document, as far as its parts are at hand.

use crate::index::Shard;
use crate::parts::{Located, insert};
use searchlet_format::{DocumentRecord, Documents, FileId, Header, PassageRecord};

/// The text of one document.
pub struct Text<'s> {
    /// The head that it belongs to.
    pub shard: &'s Shard,
    /// Its number.
    pub document: u32,
    /// Files that are still to be asked for.
    pub wanted: Vec<FileId>,
    /// Whether all that was asked of it could be had.
    pub complete: bool,
    /// Each file is read once.
    records: Vec<(FileId, Option<DocumentRecord>)>,
}

impl<'s> Text<'s> {
    /// The text of a document, of which nothing was read yet.
    pub const fn new(shard: &'s Shard, document: u32) -> Self {
        Self { shard, document, wanted: Vec::new(), complete: true, records: Vec::new() }
    }

    /// A passage, if it is at hand.
    pub fn passage(&mut self, passage: u32) -> Option<PassageRecord> {
        let file = self.file(passage)?;
        let record = self.record(file)?;
        let at = passage.checked_sub(record.first_passage)?;
        let found = record.passages.get(at as usize).cloned();
        // The directory led to a record that does not hold it.
        self.complete &= found.is_some();
        found
    }

    /// The header, preferably from the part that holds a passage which is needed anyway.
    pub fn header(&mut self, beside: u32) -> Option<Header> {
        for passage in [beside, 0] {
            let file = self.file(passage)?;
            if let Some(header) = self.record(file)?.header.clone() {
                return Some(header);
            }
        }
        None
    }

    /// The file that holds a passage, if the level that tells is at hand.
    fn file(&mut self, passage: u32) -> Option<FileId> {
        let mut located = Located::default();
        self.shard.document_files(self.document, passage, passage, &mut located);
        for file in located.absent {
            self.want(file);
        }
        located.files.first().copied()
    }

    /// What a file holds of the document, if it is at hand.
    pub fn record(&mut self, file: FileId) -> Option<&DocumentRecord> {
        let known = self.records.iter().position(|record| record.0 == file);
        let at = match known {
            Some(at) => at,
            None => {
                let section = self.shard.documents(file);
                let record =
                    section.and_then(|section| Documents::find(section, self.document).ok().flatten());
                if record.is_none() {
                    self.want(file);
                }
                self.records.push((file, record));
                self.records.len() - 1
            }
        };
        self.records[at].1.as_ref()
    }

    /// Notes that a file is not at hand: it is to be asked for or, if it was, is lacking.
    fn want(&mut self, file: FileId) {
        if self.shard.parts.is_settled(file) {
            self.complete = false;
        } else {
            insert(&mut self.wanted, file);
        }
    }
}
