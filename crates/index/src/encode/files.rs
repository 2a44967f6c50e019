//! Puts blocks into sealed files, with the directory's levels over them.

use crate::BuildError;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rayon::prelude::*;
use searchlet_format::{
    Deflated, Directory, DocumentPlace, FileId, First, FormatError, Head, Level, MAX_DEPTH, PartWriter,
    Section, seal_group, seal_head,
};
use std::io::Write;

/// A stretch of a sequence, before it is put into a part.
pub struct Block<K> {
    /// What it begins with.
    pub first: K,
    /// Its section.
    pub bytes: Vec<u8>,
}

/// A level that lies in parts has this many times the entries of one that lies in the head: it is fetched once, beside
/// other parts, where the head is waited for.
const ENTRIES_BELOW: usize = 4;

/// The files of a head.
pub struct Files {
    max_entries: usize,
    files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// A level with more than `max_entries` entries gets a level above it.
    pub fn new(max_entries: usize) -> Self {
        // Each level must be shorter than the one below.
        Self { max_entries: max_entries.max(2), files: Vec::new() }
    }

    /// One part that holds everything.
    pub fn whole(&mut self, part: PartWriter) -> Result<Directory, BuildError> {
        let files = self.seal(vec![vec![part.finish()]])?;
        let everything =
            |files: &[FileId]| Level { depth: 0, firsts: vec!["".into()], files: files.to_vec() };
        Ok(Directory {
            terms: everything(&files),
            prefixes: everything(&files),
            documents: Level { depth: 0, firsts: vec![DocumentPlace::default()], files },
        })
    }

    /// Takes in the blocks of a sequence, in groups that are named together; gives its top level.
    pub fn add<K: First + Send>(
        &mut self,
        groups: Vec<Vec<Block<K>>>,
        section: Section,
    ) -> Result<Level<K>, BuildError> {
        let mut level = self.level(groups, section, 0)?;
        while level.files.len() > self.max_entries && level.depth < MAX_DEPTH {
            let depth = level.depth + 1;
            let blocks = self.blocks_of(level);
            level = self.level(blocks, K::SECTION, depth)?;
        }
        Ok(level)
    }

    /// The files, in any order.
    pub fn finish(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }

    fn level<K: Send>(
        &mut self,
        groups: Vec<Vec<Block<K>>>,
        section: Section,
        depth: u32,
    ) -> Result<Level<K>, BuildError> {
        let mut firsts = Vec::new();
        let mut parts = Vec::new();
        for group in groups {
            let mut raw = Vec::new();
            for block in group {
                firsts.push(block.first);
                let mut part = PartWriter::default();
                part.add(section, block.bytes);
                raw.push(part.finish());
            }
            parts.push(raw);
        }
        Ok(Level { depth, firsts, files: self.seal(parts)? })
    }

    /// Cuts a level into blocks, between groups of files.
    fn blocks_of<K: First>(&self, level: Level<K>) -> Vec<Vec<Block<K>>> {
        let depth = level.depth;
        let max_entries = ENTRIES_BELOW * self.max_entries;
        let mut blocks: Vec<(Vec<K>, Vec<FileId>)> = Vec::new();
        for (first, file) in level.firsts.into_iter().zip(level.files) {
            match blocks.last_mut() {
                Some((firsts, files)) if file.number > 0 || files.len() < max_entries => {
                    firsts.push(first);
                    files.push(file);
                }
                _ => blocks.push((vec![first], vec![file])),
            }
        }
        let block = |(firsts, files): (Vec<K>, Vec<FileId>)| {
            let first = firsts[0].clone();
            vec![Block { first, bytes: Level { depth, firsts, files }.section() }]
        };
        blocks.into_iter().map(block).collect()
    }

    /// Deflates and seals the parts of some groups; gives what they are asked for by, in their order.
    fn seal(&mut self, groups: Vec<Vec<Vec<u8>>>) -> Result<Vec<FileId>, BuildError> {
        let sealed: Result<Vec<(u64, Vec<Vec<u8>>)>, FormatError> = groups
            .into_par_iter()
            .map(|group| seal_group(&group.iter().map(|raw| deflate(raw)).collect::<Vec<_>>()))
            .collect();
        let mut ids = Vec::new();
        for (group, files) in sealed.map_err(too_large)? {
            for (number, file) in (0..).zip(files) {
                let id = FileId { group, number };
                self.files.push((id.name(), file));
                ids.push(id);
            }
        }
        Ok(ids)
    }
}

/// The file of a head.
pub fn head(head: &Head) -> Result<Vec<u8>, BuildError> {
    head.write().and_then(|raw| seal_head(&deflate(&raw))).map_err(too_large)
}

fn deflate(raw: &[u8]) -> Deflated {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it ever did, the short payload would be refused on reading by its length.
    let payload = encoder.write_all(raw).and_then(|()| encoder.finish()).unwrap_or_default();
    Deflated { payload, raw_len: raw.len() }
}

const fn too_large(_: FormatError) -> BuildError {
    BuildError::TooLarge { what: "bytes in one part", limit: searchlet_format::MAX_RAW_BYTES as u64 }
}
