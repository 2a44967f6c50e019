//! Cuts the documents into blocks of text.

use super::files::Block;
use super::meta::meta;
use crate::Document;
use crate::number::CHAPTER_NUMBERS;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rayon::prelude::*;
use searchlet_format::{DocumentPlace, DocumentRecord, DocumentsWriter, Header, PassageRecord};

/// The header of a document, up to this many bytes, stands in each block that holds some of it: a hit that is found far
/// down a long document then costs one block.
const REPEATED_HEADER_BYTES: usize = 512;

/// How many bytes of text there are in all, before they are cut.
pub fn size(documents: &[Document]) -> usize {
    documents.par_iter().map(|document| length(document)).sum()
}

/// How many blocks there are at most if they are cut at `target` bytes.
pub fn count(documents: &[Document], numbers: &[u32], target: usize) -> usize {
    chapters(documents, numbers).map(|chapter| n_blocks(chapter.0, target)).sum()
}

/// The blocks of each chapter, of about `target` bytes, between passages; one group for each chapter, so that a page
/// which comes or goes renames the files of its chapter alone.
pub fn blocks(documents: &[Document], numbers: &[u32], target: usize) -> Vec<Vec<Block<DocumentPlace>>> {
    let chapters: Vec<_> = chapters(documents, numbers).collect();
    let mut groups: Vec<_> =
        chapters.into_par_iter().map(|(documents, numbers)| chapter(documents, numbers, target)).collect();
    // What lies before the first document lies in its block, too, so that every place has one.
    if let Some(block) = groups.first_mut().and_then(|group: &mut Vec<_>| group.first_mut()) {
        block.first = DocumentPlace::default();
    }
    groups
}

fn chapters<'d>(
    documents: &'d [Document],
    numbers: &'d [u32],
) -> impl Iterator<Item = (&'d [Document], &'d [u32])> {
    let mut from = 0;
    numbers.chunk_by(|a, b| a / CHAPTER_NUMBERS == b / CHAPTER_NUMBERS).map(move |numbers| {
        let documents = &documents[from..from + numbers.len()];
        from += numbers.len();
        (documents, numbers)
    })
}

fn n_blocks(documents: &[Document], target: usize) -> usize {
    let size: usize = documents.iter().map(length).sum();
    size.div_ceil(target.max(1)).max(1)
}

/// About how many bytes a document takes.
fn length(document: &Document) -> usize {
    let passages = document.passages.iter().map(passage_length).sum::<usize>();
    document.url.len() + document.title.len() + passages + 16
}

fn passage_length(passage: &crate::Passage) -> usize {
    passage.heading.len() + passage.id.as_ref().map_or(0, String::len) + passage.text.len() + 5
}

fn chapter(documents: &[Document], numbers: &[u32], target: usize) -> Vec<Block<DocumentPlace>> {
    let size: usize = documents.iter().map(length).sum();
    // All blocks of a chapter are of a size, so that none is a small rest.
    let target = size.div_ceil(n_blocks(documents, target));
    let mut blocks = Vec::new();
    let mut writer = DocumentsWriter::default();
    let mut first = DocumentPlace { document: numbers.first().copied().unwrap_or_default(), passage: 0 };
    let mut held = 0;
    for (document, &number) in documents.iter().zip(numbers) {
        let header =
            Header { url: document.url.clone(), title: document.title.clone(), meta: meta(document) };
        let header_length = header.length();
        let repeated = (header_length <= REPEATED_HEADER_BYTES).then(|| header.clone());
        let mut record =
            DocumentRecord { document: number, header: Some(header), ..DocumentRecord::default() };
        // A document that is not much longer than a block lies in one, so that a hit costs one; others are cut.
        let whole_length = length(document);
        let is_cut = whole_length > target + target / 2;
        if held > 0 && held + whole_length.min(target) / 2 > target {
            let next = DocumentPlace { document: number, passage: 0 };
            let bytes = std::mem::take(&mut writer).finish();
            blocks.push(Block { first: std::mem::replace(&mut first, next), bytes });
            held = 0;
        }
        let mut length = header_length;
        for (passage, place) in document.passages.iter().zip(0u32..) {
            // A block ends where it is nearest to its size.
            if is_cut && !record.passages.is_empty() && held + length + passage_length(passage) / 2 > target {
                writer.add(&record);
                record = DocumentRecord {
                    document: number,
                    first_passage: place,
                    header: repeated.clone(),
                    ..DocumentRecord::default()
                };
                length = repeated.as_ref().map_or(0, Header::length);
                let next = DocumentPlace { document: number, passage: place };
                let bytes = std::mem::take(&mut writer).finish();
                blocks.push(Block { first: std::mem::replace(&mut first, next), bytes });
                held = 0;
            }
            record.passages.push(PassageRecord {
                level: passage.level,
                heading: passage.heading.clone(),
                id: passage.id.as_deref().map(fragment).unwrap_or_default(),
                text: passage.text.clone(),
            });
            length += passage_length(passage);
        }
        writer.add(&record);
        held += length;
    }
    if held > 0 {
        blocks.push(Block { first, bytes: writer.finish() });
    }
    blocks
}

/// An id as the fragment of a URL: what RFC 3986 does not allow there is percent-encoded.
fn fragment(id: &str) -> String {
    const REFUSED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'`');
    utf8_percent_encode(id, REFUSED).to_string()
}
