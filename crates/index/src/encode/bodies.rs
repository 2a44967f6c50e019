//! Keys in order, each with its bytes, before they are cut into blocks.

use std::ops::Range;

/// Words that continue a key of at least this many bytes are kept with it.
const MIN_KIN_BYTES: usize = 4;

/// What goes on from a key stays with it up to this fraction of a block.
const FRACTION_OF_KIN: usize = 4;

/// Keys in order, each with its bytes.
#[derive(Default)]
pub struct Bodies {
    keys: Vec<Box<str>>,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Bodies {
    /// Adds a key, which is not before the last one.
    pub fn push(&mut self, key: &str, body: &[u8]) {
        self.keys.push(key.into());
        self.bytes.extend_from_slice(body);
        self.ends.push(self.bytes.len());
    }

    /// How many keys there are.
    pub const fn count(&self) -> usize {
        self.keys.len()
    }

    /// How many bytes the bodies have together.
    pub const fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The keys and bytes of a range.
    pub fn range(&self, range: Range<usize>) -> impl Iterator<Item = (&str, &[u8])> {
        range.map(|index| (&*self.keys[index], &self.bytes[self.start(index)..self.ends[index]]))
    }

    /// Cuts the keys into blocks of about `target` bytes: what each begins with, and which keys it has. What it begins
    /// with is the shortest that tells it from the block before.
    ///
    /// Entries of one key are never cut apart. A large entry is a block of its own, so that who looks up its neighbours
    /// need not fetch it; but the keys that go on from it (`listen`: `listenable`) stay with it while they are few,
    /// because a word like `listener` is looked for among both. Elsewhere a cut is made where the keys differ most, so
    /// that the words of a prefix are seldom cut apart, and firsts are short.
    pub fn cut(&self, target: usize) -> Vec<(Box<str>, Range<usize>)> {
        let mut blocks: Vec<(Box<str>, Range<usize>)> = Vec::new();
        let mut first: Box<str> = "".into();
        let mut from = 0;
        while from < self.keys.len() {
            let to = self.end_of_block(from, target);
            let next =
                if to < self.keys.len() { separator(&self.keys[to - 1], &self.keys[to]) } else { "".into() };
            blocks.push((std::mem::replace(&mut first, next), from..to));
            from = to;
        }
        blocks
    }

    /// Where the block that begins at `from` ends.
    fn end_of_block(&self, from: usize, target: usize) -> usize {
        let mut size = self.size(from);
        // A key of the block that the present one may go on from, and what the block held after it.
        let mut kin = (&*self.keys[from], size);
        // The best place to end so far: the length of what the next block would begin with, and the place.
        let mut best: Option<(usize, usize)> = None;
        for to in from + 1..self.keys.len() {
            let (before, key, entry) = (&*self.keys[to - 1], &*self.keys[to], self.size(to));
            let can_end = key != before;
            let continues = key.starts_with(kin.0)
                && kin.0.len() >= MIN_KIN_BYTES
                && size + entry - kin.1 < target / FRACTION_OF_KIN;
            let is_beside_large = size > target || entry > target / 2;
            if can_end && !continues && is_beside_large {
                return to;
            }
            if can_end && size + entry > target && !continues {
                return best.map_or(to, |(_, place)| place);
            }
            if can_end && size > target / 2 {
                let length = separator(before, key).len();
                if best.is_none_or(|(shortest, _)| length <= shortest) {
                    best = Some((length, to));
                }
            }
            size += entry;
            if !key.starts_with(kin.0) || kin.0.len() < MIN_KIN_BYTES {
                kin = (key, size);
            }
        }
        self.keys.len()
    }

    /// How many bytes an entry takes.
    fn size(&self, index: usize) -> usize {
        self.ends[index] - self.start(index) + self.keys[index].len() + 2
    }

    fn start(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.ends[before])
    }
}

/// The shortest beginning of `key` that is greater than `before`.
fn separator(before: &str, key: &str) -> Box<str> {
    let shared = before.chars().zip(key.chars()).take_while(|(a, b)| a == b).count();
    key.chars().take(shared + 1).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bodies(entries: &[(&str, usize)]) -> Bodies {
        let mut bodies = Bodies::default();
        for (key, length) in entries {
            bodies.push(key, &vec![0; *length]);
        }
        bodies
    }

    fn blocks(entries: &[(&str, usize)], target: usize) -> Vec<Vec<String>> {
        let bodies = bodies(entries);
        let keys = |range| bodies.range(range).map(|entry| entry.0.to_owned()).collect();
        bodies.cut(target).into_iter().map(|block| keys(block.1)).collect()
    }

    #[test]
    fn a_large_entry_stands_alone_but_for_what_goes_on_from_it() {
        assert_eq!(
            blocks(&[("lend", 10), ("listen", 300), ("listenable", 10), ("listing", 10), ("lot", 10)], 200),
            [&["lend"][..], &["listen", "listenable"], &["listing", "lot"]]
        );
        assert_eq!(blocks(&[("a", 60), ("ab", 60)], 100), [&["a"], &["ab"]]);
    }

    proptest! {
        #[test]
        fn blocks_hold_all_and_are_told_apart_by_their_firsts(
            mut entries in prop::collection::vec(("[a-c]{1,6}", 0usize..90), 1..40), target in 20usize..200,
        ) {
            entries.sort();
            let entries: Vec<(&str, usize)> = entries.iter().map(|(key, length)| (key.as_str(), *length)).collect();
            let bodies = bodies(&entries);
            let blocks = bodies.cut(target);
            prop_assert_eq!(blocks.iter().flat_map(|block| block.1.clone()).collect::<Vec<_>>(), (0..entries.len()).collect::<Vec<_>>());
            for (index, (key, _)) in entries.iter().enumerate() {
                let found = blocks.partition_point(|block| *block.0 <= **key) - 1;
                prop_assert!(blocks[found].1.contains(&index), "{} is not in {:?}", key, blocks);
            }
        }
    }
}
