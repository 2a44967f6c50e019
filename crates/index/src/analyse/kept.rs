//! Takes the words of documents that follow each other from a cache, where they are known.

use crate::averages;
use crate::cache::{Key, Memo};
use crate::stream::Segment;
use crate::varint;
use crate::vocabulary::Vocabulary;
use searchlet_text::Tables;
use std::collections::BTreeSet;

/// What the words of some documents follow from: what is known of their characters, and their fingerprints.
pub fn key(tables: &Tables, characters: &BTreeSet<char>, documents: &[Key]) -> Key {
    let mut given = Vec::new();
    for &character in characters {
        let folded = tables.folded(character);
        varint::write(&mut given, character as u32);
        given.extend([tables.class(character) as u8, u8::from(folded.is_some())]);
        varint::write_slice(&mut given, folded.unwrap_or_default().as_bytes());
    }
    documents.iter().for_each(|document| given.extend(document.bytes()));
    Key::of(&given)
}

/// The words that a key leads to, which are worked out unless they are known.
pub fn words(
    memo: &Memo,
    key: Key,
    task: usize,
    first: usize,
    work: impl FnOnce() -> (Vocabulary, Vec<Segment>),
) -> (Vocabulary, Vec<Segment>) {
    let read = |mut bytes: &[u8]| {
        let vocabulary = Vocabulary::read(&mut bytes)?;
        Some((vocabulary, Segment::read_all(&mut bytes, task, first)?))
    };
    let (vocabulary, mut segments) = memo.get(key).and_then(read).unwrap_or_else(|| {
        let (vocabulary, mut segments) = work();
        segments.iter_mut().for_each(|segment| segment.sums = Some(averages::sums(segment)));
        let mut bytes = Vec::new();
        vocabulary.write(&mut bytes);
        Segment::write_all(&segments, first, &mut bytes);
        memo.put(key, bytes);
        (vocabulary, segments)
    });
    for (number, segment) in segments.iter_mut().enumerate() {
        segment.key = Some(Key::of(&[&key.bytes()[..], &number.to_le_bytes()].concat()));
    }
    (vocabulary, segments)
}
