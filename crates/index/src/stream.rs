//! The words of documents as streams of numbers, which inversion reads once.
//!
//! A stream holds some two bytes for a word. It is cut into segments of whole documents, so that segments are inverted
//! side by side, each freed as soon as it is done.

use crate::cache::Key;
use crate::varint;

/// A segment ends with the document that fills it up to this many words: large enough that the postings of a word
/// come in few pieces, small enough that many segments keep many threads busy.
const SEGMENT_WORDS: usize = 1 << 18;

/// Where in a document a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// In the title.
    Title = 0,
    /// In the path of the URL.
    Path = 1,
    /// In the heading of a passage.
    Heading = 2,
    /// In the text of a passage.
    Body = 3,
    /// Inside of an identifier in the title, heading or text of a passage.
    Inner = 4,
}

impl Field {
    /// Number of bits that a field takes.
    pub const BITS: u32 = 3;

    /// The field with this number; greater ones are the last.
    pub const fn of(number: u8) -> Self {
        match number {
            0 => Self::Title,
            1 => Self::Path,
            2 => Self::Heading,
            3 => Self::Body,
            _ => Self::Inner,
        }
    }
}

/// Says in a stream that the document ends; no number of a field.
const END: u8 = 0xFF;

/// The words of one field of one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Number of the document among those of the segment.
    pub document: u32,
    /// Number of the passage; 0 for title and path. Passages ascend within a document.
    pub passage: u32,
    /// Which field.
    pub field: Field,
    /// The words, in order.
    pub words: Vec<u32>,
    /// Words that join several of those, written as one with a hyphen or the like.
    pub joined: Vec<u32>,
}

/// Documents that follow each other, as words of one vocabulary.
#[derive(Debug)]
pub struct Segment {
    /// The place of the first document among all.
    pub first: usize,
    /// Which vocabulary the numbers of the words are from.
    pub vocabulary: usize,
    /// How many documents there are.
    pub count: usize,
    /// What [`crate::averages::sums`] says of it, where that was asked already.
    pub sums: Option<[u64; 3]>,
    /// What the words follow from, where a cache was asked for them.
    pub key: Option<Key>,
    bytes: Vec<u8>,
}

impl Segment {
    const fn new(vocabulary: usize, first: usize) -> Self {
        Self { first, vocabulary, count: 0, sums: None, key: None, bytes: Vec::new() }
    }

    /// Appends the segments of a vocabulary, for a cache; `first` is the place of the first document.
    pub fn write_all(segments: &[Self], first: usize, bytes: &mut Vec<u8>) {
        varint::write(bytes, segments.len() as u32);
        for segment in segments {
            varint::write(bytes, (segment.first - first) as u32);
            varint::write(bytes, segment.count as u32);
            segment.sums.unwrap_or_default().iter().for_each(|sum| bytes.extend(sum.to_le_bytes()));
            varint::write_slice(bytes, &segment.bytes);
        }
    }

    /// Takes off what was written, for documents from the place `first` on.
    pub fn read_all(bytes: &mut &[u8], vocabulary: usize, first: usize) -> Option<Vec<Self>> {
        let mut segments = Vec::new();
        for _ in 0..varint::read(bytes)? {
            let first = first + varint::read(bytes)? as usize;
            let count = varint::read(bytes)? as usize;
            let mut sums = [0; 3];
            for sum in &mut sums {
                let (number, rest) = bytes.split_first_chunk()?;
                (*sum, *bytes) = (u64::from_le_bytes(*number), rest);
            }
            let bytes = varint::read_slice(bytes)?.to_vec();
            segments.push(Self { first, vocabulary, count, sums: Some(sums), key: None, bytes });
        }
        Some(segments)
    }

    /// The stretches, in order.
    pub fn stretches(&self) -> Stretches<'_> {
        Stretches {
            rest: &self.bytes,
            stretch: Stretch {
                document: 0,
                passage: 0,
                field: Field::Title,
                words: Vec::new(),
                joined: Vec::new(),
            },
        }
    }
}

/// Goes through the stretches of a segment.
pub struct Stretches<'s> {
    rest: &'s [u8],
    stretch: Stretch,
}

impl Stretches<'_> {
    /// The next stretch, or `None` after the last. It is lent until the next call, since its vectors are used again.
    pub fn next(&mut self) -> Option<&mut Stretch> {
        let Self { rest, stretch } = self;
        let mut field = varint::u8(rest)?;
        while field == END {
            stretch.document += 1;
            field = varint::u8(rest)?;
        }
        stretch.field = Field::of(field);
        stretch.passage = varint::read(rest)?;
        let counts = [varint::read(rest)?, varint::read(rest)?];
        for (words, count) in [&mut stretch.words, &mut stretch.joined].into_iter().zip(counts) {
            words.clear();
            for _ in 0..count {
                words.push(varint::read(rest)?);
            }
        }
        Some(stretch)
    }
}

/// Writes documents that follow each other into segments.
pub struct SegmentsWriter {
    vocabulary: usize,
    segments: Vec<Segment>,
    open: Segment,
    words: usize,
    documents: usize,
}

impl SegmentsWriter {
    /// Begins with the document at the place `first` among all.
    pub const fn new(vocabulary: usize, first: usize) -> Self {
        Self {
            vocabulary,
            segments: Vec::new(),
            open: Segment::new(vocabulary, first),
            words: 0,
            documents: first,
        }
    }

    /// Adds a stretch to the open document.
    pub fn stretch(&mut self, passage: u32, field: Field, words: &[u32], joined: &[u32]) {
        let bytes = &mut self.open.bytes;
        bytes.push(field as u8);
        for number in [passage, words.len() as u32, joined.len() as u32] {
            varint::write(bytes, number);
        }
        words.iter().chain(joined).for_each(|&word| varint::write(bytes, word));
        self.words += words.len() + joined.len();
    }

    /// Ends the open document.
    pub fn end_document(&mut self) {
        self.open.bytes.push(END);
        self.documents += 1;
        if self.words >= SEGMENT_WORDS {
            self.close();
        }
    }

    /// The segments, in the order of the documents.
    pub fn finish(mut self) -> Vec<Segment> {
        if !self.open.bytes.is_empty() {
            self.close();
        }
        self.segments
    }

    fn close(&mut self) {
        self.words = 0;
        let next = Segment::new(self.vocabulary, self.documents);
        let mut full = std::mem::replace(&mut self.open, next);
        full.count = self.documents - full.first;
        full.bytes.shrink_to_fit();
        self.segments.push(full);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_stretch() -> impl Strategy<Value = (u32, Field, Vec<u32>, Vec<u32>)> {
        (any::<u32>(), (0u8..4).prop_map(Field::of), any::<Vec<u32>>(), prop::collection::vec(0u32..9, 0..4))
    }

    proptest! {
        #[test]
        fn stretches_come_back(documents in prop::collection::vec(prop::collection::vec(any_stretch(), 0..4), 0..9)) {
            let mut writer = SegmentsWriter::new(3, 10);
            for document in &documents {
                for (passage, field, words, joined) in document {
                    writer.stretch(*passage, *field, words, joined);
                }
                writer.end_document();
            }
            let segments = writer.finish();
            let mut expected = (0u32..).zip(&documents).flat_map(|(number, document)| {
                document.iter().cloned().map(move |(passage, field, words, joined)| {
                    Stretch { document: number, passage, field, words, joined }
                })
            });
            for segment in &segments {
                prop_assert_eq!((segment.first, segment.vocabulary), (10, 3));
                let mut stretches = segment.stretches();
                while let Some(stretch) = stretches.next() {
                    prop_assert_eq!(Some(stretch.clone()), expected.next());
                }
            }
            prop_assert_eq!(expected.next(), None);
        }
    }

    #[test]
    fn segments_end_between_documents() {
        let mut writer = SegmentsWriter::new(0, 0);
        for _ in 0..3 {
            writer.stretch(0, Field::Body, &vec![7; SEGMENT_WORDS / 2], &[]);
            writer.end_document();
        }
        let segments = writer.finish();
        assert_eq!(segments.iter().map(|segment| segment.first).collect::<Vec<_>>(), [0, 2]);
    }
}
