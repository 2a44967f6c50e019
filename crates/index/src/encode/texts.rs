//! Cuts the documents into blocks of text.

use super::files::Block;
use super::meta::meta;
use crate::number::chapter_numbers;
use crate::{Document, Passage};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use searchlet_format::{DocumentPlace, DocumentRecord, DocumentsWriter, Header, PassageRecord};

/// The header of a document, up to this many bytes, stands in each block that holds some of it: a hit that is found far
/// down a long document then costs one block.
const REPEATED_HEADER_BYTES: usize = 512;

/// The documents of one chapter, with their numbers.
pub struct Chapter {
    documents: Vec<(u32, Document)>,
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

/// The chapters that documents of these numbers make.
pub fn chapters(documents: Vec<Document>, numbers: &[u32]) -> Vec<Chapter> {
    let per_chapter = chapter_numbers(documents.len());
    let mut documents = numbers.iter().copied().zip(documents);
    let chapters = numbers.chunk_by(|a, b| a / per_chapter == b / per_chapter);
    chapters.map(|numbers| Chapter { documents: documents.by_ref().take(numbers.len()).collect() }).collect()
}

/// The blocks of each chapter, of about `target` bytes, between passages; one group for each chapter, so that a page
/// which comes or goes renames the files of its chapter alone. A chapter's documents are gone once it is cut.
pub fn groups(
    chapters: Vec<Chapter>,
    target: usize,
) -> impl IndexedParallelIterator<Item = Vec<Block<DocumentPlace>>> {
    chapters.into_par_iter().enumerate().map(move |(nth, chapter)| {
        let mut blocks = chapter.blocks(target);
        // What lies before the first document lies in its block, too, so that every place has one.
        if let Some(block) = blocks.first_mut().filter(|_| nth == 0) {
            block.first = DocumentPlace::default();
        }
        blocks
    })
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
