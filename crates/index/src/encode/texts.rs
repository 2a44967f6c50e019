//! Cuts the documents into blocks of text.

use super::files::{Block, deflate_all};
use super::meta::meta;
use crate::cache::{Key, Memo};
use crate::number::chapter_numbers;
use crate::{Document, Passage, varint};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use searchlet_format::{
    Deflated, DocumentPlace, DocumentRecord, DocumentsWriter, Header, PassageRecord, Section,
};

/// The header of a document, up to this many bytes, stands in each block that holds some of it: a hit that is found far
/// down a long document then costs one block.
const REPEATED_HEADER_BYTES: usize = 512;

/// The documents of one chapter, with their numbers.
pub struct Chapter {
    documents: Vec<(u32, Document)>,
    /// The fingerprints of the documents, where there is a cache.
    keys: Vec<Key>,
}

/// Where a block begins: place of the document in the chapter, and number of the passage.
type Cut = (usize, usize);

/// How many bytes of text there are in all, before they are cut.
pub fn size(chapters: &[Chapter]) -> usize {
    chapters.par_iter().map(Chapter::size).sum()
}

/// How many blocks there are if they are cut at `target` bytes.
pub fn count(chapters: &[Chapter], target: usize) -> usize {
    chapters.par_iter().map(|chapter| chapter.cuts(target).len()).sum()
}

/// The chapters that documents of these numbers make; `keys` are their fingerprints, or none.
pub fn chapters(documents: Vec<Document>, numbers: &[u32], keys: &[Key]) -> Vec<Chapter> {
    let per_chapter = chapter_numbers(documents.len());
    let mut documents = numbers.iter().copied().zip(documents);
    let mut keys = keys.iter().copied();
    let chapters = numbers.chunk_by(|a, b| a / per_chapter == b / per_chapter);
    let chapter = |numbers: &[u32]| Chapter {
        documents: documents.by_ref().take(numbers.len()).collect(),
        keys: keys.by_ref().take(numbers.len()).collect(),
    };
    chapters.map(chapter).collect()
}

/// The blocks of each chapter, of about `target` bytes, between passages, deflated; one group for each chapter, so that a
/// page which comes or goes renames the files of its chapter alone. A chapter's documents are gone once it is cut. The
/// blocks of a chapter that the memo knows are taken from there.
pub fn groups(
    chapters: Vec<Chapter>,
    target: usize,
    memo: &Memo,
) -> impl IndexedParallelIterator<Item = Vec<(DocumentPlace, Deflated)>> {
    chapters.into_par_iter().enumerate().map(move |(nth, chapter)| {
        let key = chapter.key(nth, target);
        if let Some(known) = memo.get(key).and_then(read) {
            return known;
        }
        let mut blocks = chapter.blocks(target);
        // What lies before the first document lies in its block, too, so that every place has one.
        if let Some(block) = blocks.first_mut().filter(|_| nth == 0) {
            block.first = DocumentPlace::default();
        }
        let deflated = deflate_all(blocks, Section::Documents, &Memo::default());
        if memo.is_on() {
            memo.put(key, write(&deflated));
        }
        deflated
    })
}

/// The blocks of a chapter as a cache keeps them.
fn write(blocks: &[(DocumentPlace, Deflated)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint::write(&mut bytes, blocks.len() as u32);
    for (first, Deflated { payload, raw_len }) in blocks {
        for number in [first.document, first.passage, *raw_len as u32] {
            varint::write(&mut bytes, number);
        }
        varint::write_slice(&mut bytes, payload);
    }
    bytes
}

fn read(mut bytes: &[u8]) -> Option<Vec<(DocumentPlace, Deflated)>> {
    let bytes = &mut bytes;
    let mut blocks = Vec::new();
    for _ in 0..varint::read(bytes)? {
        let first = DocumentPlace { document: varint::read(bytes)?, passage: varint::read(bytes)? };
        let raw_len = varint::read(bytes)? as usize;
        blocks.push((first, Deflated { payload: varint::read_slice(bytes)?.to_vec(), raw_len }));
    }
    Some(blocks)
}

/// All documents in one block.
pub fn whole(chapters: &[Chapter]) -> Vec<u8> {
    let mut writer = DocumentsWriter::default();
    for (number, document) in chapters.iter().flat_map(|chapter| &chapter.documents) {
        writer.add(&record(*number, document, 0, document.passages.len()));
    }
    writer.finish()
}

impl Chapter {
    /// What the blocks follow from.
    fn key(&self, nth: usize, target: usize) -> Key {
        let mut given = (target as u64).to_le_bytes().to_vec();
        given.push(u8::from(nth == 0));
        for (key, (number, _)) in self.keys.iter().zip(&self.documents) {
            given.extend(key.bytes());
            varint::write(&mut given, *number);
        }
        Key::of(&given)
    }

    fn size(&self) -> usize {
        self.documents.iter().map(|(_, document)| length(document)).sum()
    }

    /// Where the blocks begin. All blocks of a chapter are of a size, so that none is a small rest; a document that is
    /// not much longer than a block lies in one, so that a hit costs one.
    fn cuts(&self, target: usize) -> Vec<Cut> {
        let size = self.size();
        let target = size.div_ceil(size.div_ceil(target.max(1)).max(1));
        let mut cuts = vec![(0, 0)];
        let mut held = 0;
        for (place, (_, document)) in self.documents.iter().enumerate() {
            let whole = length(document);
            // A block ends where it is nearest to its size.
            if held > 0 && held + whole.min(target) / 2 > target {
                cuts.push((place, 0));
                held = 0;
            }
            if whole <= target + target / 2 {
                held += whole;
                continue;
            }
            held += header_length(document);
            for (number, passage) in document.passages.iter().enumerate() {
                let length = passage_length(passage);
                if number > 0 && held + length / 2 > target {
                    cuts.push((place, number));
                    held = header_length(document);
                }
                held += length;
            }
        }
        cuts
    }

    fn blocks(self, target: usize) -> Vec<Block<DocumentPlace>> {
        let cuts = self.cuts(target);
        let end = (self.documents.len(), 0);
        let ends = cuts.iter().skip(1).chain([&end]);
        cuts.iter().zip(ends).map(|(&from, &to)| self.block(from, to)).collect()
    }

    fn block(&self, from: Cut, to: Cut) -> Block<DocumentPlace> {
        let mut writer = DocumentsWriter::default();
        let last = if to.1 > 0 { to.0 + 1 } else { to.0 };
        for (place, (number, document)) in (from.0..).zip(&self.documents[from.0..last]) {
            let first = if place == from.0 { from.1 } else { 0 };
            let end = if place == to.0 { to.1 } else { document.passages.len() };
            writer.add(&record(*number, document, first, end));
        }
        let first = DocumentPlace { document: self.documents[from.0].0, passage: from.1 as u32 };
        Block { first, bytes: writer.finish() }
    }
}

/// The passages of a document from `first` to before `end`.
fn record(number: u32, document: &Document, first: usize, end: usize) -> DocumentRecord {
    let header = Header { url: document.url.clone(), title: document.title.clone(), meta: meta(document) };
    let is_repeated = first == 0 || header.length() <= REPEATED_HEADER_BYTES;
    let passage = |passage: &Passage| PassageRecord {
        level: passage.level,
        heading: passage.heading.clone(),
        id: passage.id.as_deref().map(fragment).unwrap_or_default(),
        text: passage.text.clone(),
    };
    DocumentRecord {
        document: number,
        first_passage: first as u32,
        header: is_repeated.then_some(header),
        passages: document.passages[first..end].iter().map(passage).collect(),
    }
}

/// About how many bytes a document takes.
fn length(document: &Document) -> usize {
    header_length(document) + document.passages.iter().map(passage_length).sum::<usize>()
}

fn header_length(document: &Document) -> usize {
    document.url.len() + document.title.len() + 16 * (1 + document.meta.len())
}

fn passage_length(passage: &Passage) -> usize {
    passage.heading.len() + passage.id.as_ref().map_or(0, String::len) + passage.text.len() + 5
}

/// An id as the fragment of a URL: what RFC 3986 does not allow there is percent-encoded.
fn fragment(id: &str) -> String {
    const REFUSED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');
    utf8_percent_encode(id, REFUSED).to_string()
}
