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

/// So many entries of a level of terms or prefixes may lie in the head: about 24 kB, which a site of a hundred thousand
/// pages stays below.
const KEYS_IN_HEAD: usize = 4096;

/// So many entries of the level of documents may lie in the head.
const DOCUMENTS_IN_HEAD: usize = 2048;

/// A level that lies in parts has this many times the entries of one that lies in the head: it is fetched once, beside
/// other parts, where the head is waited for.
const ENTRIES_BELOW: usize = 4;

/// The files of a head.
pub struct Files {
    level_entries: Option<usize>,
    files: Vec<(String, Vec<u8>)>,
}

impl Files {
    /// A level with more than `level_entries` entries, if that is given, gets a level above it.
    pub const fn new(level_entries: Option<usize>) -> Self {
        Self { level_entries, files: Vec::new() }
    }

    /// One part that holds everything.
    pub fn whole(&mut self, part: PartWriter) -> Result<Directory, BuildError> {
        let (group, files) = seal_group(&[deflate(&part.finish())]).map_err(too_large)?;
        let id = FileId { group, number: 0 };
        self.files.extend(files.into_iter().map(|file| (id.name(), file)));
        let everything = || Level { depth: 0, firsts: vec!["".into()], files: vec![id] };
        Ok(Directory {
            terms: everything(),
            prefixes: everything(),
            documents: Level { depth: 0, firsts: vec![DocumentPlace::default()], files: vec![id] },
        })
    }

    /// Takes in the blocks of a sequence, in groups that are named together; gives its top level.
    pub fn add<K: First + Send>(
        &mut self,
        groups: impl IndexedParallelIterator<Item = Vec<Block<K>>>,
        section: Section,
    ) -> Result<Level<K>, BuildError> {
        let mut level = self.level(groups, section, 0)?;
        // Terms are the first that a search asks for, so that a level of theirs in parts costs a round of requests.
        // Documents come last: a level of theirs is fetched beside the terms.
        let usual = if section == Section::Documents { DOCUMENTS_IN_HEAD } else { KEYS_IN_HEAD };
        // Each level must be shorter than the one below.
        let max_entries = self.level_entries.unwrap_or(usual).max(2);
        while level.files.len() > max_entries && level.depth < MAX_DEPTH {
            let depth = level.depth + 1;
            let blocks = blocks_of(level, ENTRIES_BELOW * max_entries);
            level = self.level(blocks.into_par_iter(), K::SECTION, depth)?;
        }
        Ok(level)
    }

    /// The files, in any order.
    pub fn finish(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }

    fn level<K: First + Send>(
        &mut self,
        groups: impl IndexedParallelIterator<Item = Vec<Block<K>>>,
        section: Section,
        depth: u32,
    ) -> Result<Level<K>, BuildError> {
        let seal = |blocks: Vec<Block<K>>| {
            let mut firsts = Vec::new();
            let mut parts = Vec::new();
            for block in blocks {
                firsts.push(block.first);
                let mut part = PartWriter::default();
                part.add(section, block.bytes);
                parts.push(deflate(&part.finish()));
            }
            Ok((firsts, seal_group(&parts)?))
        };
        let sealed: Result<Vec<_>, FormatError> = groups.map(seal).collect();
        let mut level = Level { depth, ..Level::default() };
        for (firsts, (group, files)) in sealed.map_err(too_large)? {
            level.firsts.extend(firsts);
            for (number, file) in (0..).zip(files) {
                let id = FileId { group, number };
                self.files.push((id.name(), file));
                level.files.push(id);
            }
        }
        Ok(level)
    }
}

/// Cuts a level into blocks of about so many entries, between groups of files.
fn blocks_of<K: First>(level: Level<K>, max_entries: usize) -> Vec<Vec<Block<K>>> {
    let depth = level.depth;
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

/// The file of a head.
pub fn head(head: &Head) -> Result<Vec<u8>, BuildError> {
    head.write().and_then(|raw| seal_head(&deflate(&raw))).map_err(too_large)
}

/// How hard deflating tries. Of zlib-rs this level is the smallest but one on prose and on terms, by 0.1 %, and takes
/// two thirds of that one's time; the highest is larger.
const LEVEL: u32 = 7;

fn deflate(raw: &[u8]) -> Deflated {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
    // Writing to memory does not fail; if it ever did, the short payload would be refused on reading by its length.
    let payload = encoder.write_all(raw).and_then(|()| encoder.finish()).unwrap_or_default();
    Deflated { payload, raw_len: raw.len() }
}

const fn too_large(_: FormatError) -> BuildError {
    BuildError::TooLarge { what: "bytes in one part", limit: searchlet_format::MAX_RAW_BYTES as u64 }
}
