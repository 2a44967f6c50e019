//! Puts blocks into sealed files, with the directory's levels over them.

use crate::BuildError;
use crate::cache::{Key, Memo};
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
/// pages stays below. Terms are the first that a search asks for, so that a level of theirs in parts costs a round of
/// requests.
const KEYS_IN_HEAD: usize = 4096;

/// So many entries of the level of documents may lie in the head. Documents come last, and a level of theirs is fetched
/// beside the terms.
const DOCUMENTS_IN_HEAD: usize = 2048;

/// So many entries of the level of columns may lie in the head: few searches ask for any, so that a key with very many
/// values waits for a round rather than that all readers fetch where they are.
const COLUMNS_IN_HEAD: usize = 128;

/// A level that lies in parts has this many times the entries of one that lies in the head: it is fetched once, beside
/// other parts, where the head is waited for.
const ENTRIES_BELOW: usize = 4;

/// The files of a head.
pub struct Files<'m> {
    level_entries: Option<usize>,
    memo: &'m Memo,
    files: Vec<(String, Vec<u8>)>,
}

impl<'m> Files<'m> {
    /// A level with more than `level_entries` entries, if that is given, gets a level above it. What was deflated before is
    /// in the memo.
    pub const fn new(level_entries: Option<usize>, memo: &'m Memo) -> Self {
        Self { level_entries, memo, files: Vec::new() }
    }

    /// One part that holds everything.
    pub fn whole(&mut self, part: PartWriter) -> Result<Directory, BuildError> {
        let (group, files) = seal_group(&[deflate(&part.finish(), self.memo)]).map_err(too_large)?;
        let id = FileId { group, number: 0 };
        self.files.extend(files.into_iter().map(|file| (id.name(), file)));
        let everything = || Level { depth: 0, firsts: vec!["".into()], files: vec![id] };
        Ok(Directory {
            terms: everything(),
            prefixes: everything(),
            spellings: Level::default(),
            documents: Level { depth: 0, firsts: vec![DocumentPlace::default()], files: vec![id] },
            columns: everything(),
            keys: Vec::new(),
        })
    }

    /// Takes in the blocks of a sequence, in groups that are named together; gives its top level.
    pub fn add<K: First + Send>(
        &mut self,
        groups: impl IndexedParallelIterator<Item = Vec<Block<K>>>,
        section: Section,
    ) -> Result<Level<K>, BuildError> {
        let memo = self.memo;
        self.add_deflated(groups.map(|blocks| deflate_all(blocks, section, memo)), section)
    }

    /// Takes in the blocks of a sequence that were deflated already.
    pub fn add_deflated<K: First + Send>(
        &mut self,
        groups: impl IndexedParallelIterator<Item = Vec<(K, Deflated)>>,
        section: Section,
    ) -> Result<Level<K>, BuildError> {
        let level = self.level(groups, 0)?;
        let usual = match section {
            Section::Documents => DOCUMENTS_IN_HEAD,
            Section::Columns => COLUMNS_IN_HEAD,
            _ => KEYS_IN_HEAD,
        };
        self.raise(level, usual)
    }

    /// Puts levels over a level until the top one has no more than `usual` entries.
    fn raise<K: First + Send>(&mut self, mut level: Level<K>, usual: usize) -> Result<Level<K>, BuildError> {
        // Each level must be shorter than the one below.
        let max_entries = self.level_entries.unwrap_or(usual).max(2);
        while level.files.len() > max_entries && level.depth < MAX_DEPTH {
            let depth = level.depth + 1;
            let blocks = blocks_of(level, ENTRIES_BELOW * max_entries);
            let memo = self.memo;
            let groups = blocks.into_par_iter().map(|blocks| deflate_all(blocks, K::SECTION, memo));
            level = self.level(groups, depth)?;
        }
        Ok(level)
    }

    /// The files, in any order.
    pub fn finish(self) -> Vec<(String, Vec<u8>)> {
        self.files
    }

    fn level<K: First + Send>(
        &mut self,
        groups: impl IndexedParallelIterator<Item = Vec<(K, Deflated)>>,
        depth: u32,
    ) -> Result<Level<K>, BuildError> {
        let seal = |blocks: Vec<(K, Deflated)>| {
            let (firsts, parts): (Vec<K>, Vec<Deflated>) = blocks.into_iter().unzip();
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

/// Makes parts of blocks, ready to be sealed.
pub fn deflate_all<K>(blocks: Vec<Block<K>>, section: Section, memo: &Memo) -> Vec<(K, Deflated)> {
    let deflated = |block: Block<K>| {
        let mut part = PartWriter::default();
        part.add(section, block.bytes);
        (block.first, deflate(&part.finish(), memo))
    };
    blocks.into_iter().map(deflated).collect()
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
pub fn head(head: &Head, memo: &Memo) -> Result<Vec<u8>, BuildError> {
    head.write().and_then(|raw| seal_head(&deflate(&raw, memo))).map_err(too_large)
}

/// How hard deflating tries. Of zlib-rs this level is the smallest but one on prose and on terms, by 0.1 %, and takes
/// two thirds of that one's time; the highest is larger.
const DEFLATE_LEVEL: u32 = 7;

fn deflate(raw: &[u8], memo: &Memo) -> Deflated {
    if !memo.is_on() {
        return Deflated { payload: deflated(raw), raw_len: raw.len() };
    }
    let key = Key::of(raw);
    let payload = memo.get(key).map(<[u8]>::to_vec).unwrap_or_else(|| {
        let payload = deflated(raw);
        memo.put(key, payload.clone());
        payload
    });
    Deflated { payload, raw_len: raw.len() }
}

fn deflated(raw: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(DEFLATE_LEVEL));
    // Writing to memory does not fail; if it ever did, the short payload would be refused on reading by its length.
    encoder.write_all(raw).and_then(|()| encoder.finish()).unwrap_or_default()
}

const fn too_large(_: FormatError) -> BuildError {
    BuildError::TooLarge { what: "bytes in one part", limit: searchlet_format::MAX_RAW_BYTES as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A level of depth 0 over `count` files, so many of which are named as one group.
    fn level<K>(count: usize, per_group: usize, first: impl Fn(usize) -> K) -> Level<K> {
        let file = |index: usize| FileId {
            group: u64::MAX - (index / per_group) as u64,
            number: (index % per_group) as u32,
        };
        Level { depth: 0, firsts: (0..count).map(first).collect(), files: (0..count).map(file).collect() }
    }

    /// A key of the order of its number.
    fn key(index: usize) -> Box<str> {
        format!("{index:07}").bytes().map(|digit| (b'a' + digit - b'0') as char).collect::<String>().into()
    }

    /// Ten million documents make 39,000 chapters, of some fifty files each, and half a million files of terms.
    #[test]
    fn the_head_of_ten_million_documents_is_small() {
        const HEAD_BYTES: usize = 64 << 10;
        let place =
            |index: usize| DocumentPlace { document: (index * 5) as u32, passage: (index % 3) as u32 };
        let memo = Memo::default();
        let mut files = Files::new(None, &memo);
        let documents = files.raise(level(2_000_000, 51, place), DOCUMENTS_IN_HEAD).expect("small sections");
        let terms = level(500_000, crate::encode::TERMS_PER_GROUP, key);
        let terms = files.raise(terms, KEYS_IN_HEAD).expect("small sections");
        assert!(documents.depth <= MAX_DEPTH && terms.depth <= MAX_DEPTH);
        let top = [documents.section().len(), terms.section().len()];
        let head =
            Head { directory: Directory { documents, terms, ..Directory::default() }, ..Head::default() };
        let head = head.write().expect("small metadata");
        assert!(head.len() < HEAD_BYTES, "{top:?} bytes of {}", head.len());
        let longest = files.files.iter().map(|file| file.1.len()).max().expect("there are levels below");
        assert!(longest < 2 * HEAD_BYTES, "{longest} bytes in one level");
    }

    proptest! {
        #[test]
        fn every_block_is_reached_through_the_levels(
            groups in prop::collection::vec(1usize..5, 1..60), max_entries in 0usize..5,
        ) {
            let mut index = 0;
            let mut block = || {
                index += 1;
                Block { first: key(index - 1), bytes: index.to_le_bytes().to_vec() }
            };
            let blocks: Vec<Vec<Block<Box<str>>>> =
                groups.iter().map(|&count| (0..count).map(|_| block()).collect()).collect();
            let memo = Memo::default();
            let mut files = Files::new(Some(max_entries), &memo);
            let top = files.add(blocks.into_par_iter(), Section::Terms).expect("small blocks");
            prop_assert!(top.files.len() <= max_entries.max(2) || top.depth == MAX_DEPTH);
            let sealed: std::collections::BTreeMap<String, Vec<u8>> = files.finish().into_iter().collect();
            for block in 0..index {
                let mut level = top.clone();
                let read = loop {
                    let found = level.stretches(|first| *first <= key(block), |first| *first <= key(block));
                    let [file] = found else { panic!("one file holds a key") };
                    let raw = raw(&sealed[&file.name()], *file);
                    if level.depth == 0 {
                        break raw.section(Section::Terms).expect("a block").to_vec();
                    }
                    let next = Level::read(raw.section(Section::Keys).expect("a level")).expect("it was written");
                    prop_assert_eq!(next.depth + 1, level.depth);
                    level = next;
                };
                prop_assert_eq!(read, (block + 1).to_le_bytes());
            }
        }
    }

    fn raw(file: &[u8], id: FileId) -> searchlet_format::Part {
        use std::io::Read;
        let envelope = searchlet_format::Envelope::open(file, searchlet_format::Expected::Part(id))
            .expect("it was sealed");
        let mut raw = Vec::new();
        flate2::read::DeflateDecoder::new(envelope.payload).read_to_end(&mut raw).expect("it was deflated");
        searchlet_format::Part::read(raw).expect("a part")
    }
}
