//! A file of entries, each found by its key.
//!
//! ```text
//! pack    := magic, checksum u128, program u128, count u32, (key u128, end u64)*, bytes
//! ```
//!
//! Numbers are little-endian. Keys ascend; an entry ends where its `end` says, in units of the bytes after the table, and
//! begins where the one before it ends. The checksum is over all that follows it, so that a file which was cut short or
//! damaged is known before anything of it is believed.

use xxhash_rust::xxh3::xxh3_128;

/// How a pack begins. Another layout gets another number.
const MAGIC: &[u8; 8] = b"slcache1";

/// Of 100,000 keys most are nearer than this to where they would be if all were as far from each other.
const NEAR: usize = 512;

const KEY: usize = size_of::<u128>();
const ENTRY: usize = KEY + size_of::<u64>();
const TABLE: usize = MAGIC.len() + 2 * KEY + size_of::<u32>();

/// Entries by key; the default has none.
#[derive(Debug, Default)]
pub struct Pack {
    file: Vec<u8>,
    count: usize,
}

impl Pack {
    /// Takes in a file that `program` has written; `None` for one of another program, and for one that is damaged.
    pub fn read(file: Vec<u8>, program: u128) -> Option<Self> {
        let rest = file.strip_prefix(MAGIC)?;
        let (checksum, rest) = rest.split_first_chunk()?;
        let written_by = u128::from_le_bytes(*rest.first_chunk()?);
        if written_by != program || u128::from_le_bytes(*checksum) != xxh3_128(rest) {
            return None;
        }
        let count = u32::from_le_bytes(*rest[KEY..].first_chunk()?) as usize;
        // A checksum is no proof: whoever can write here could have reckoned it.
        let bytes = file.len().checked_sub(TABLE)?.checked_sub(count.checked_mul(ENTRY)?)?;
        let pack = Self { file, count };
        let ends_well = count == 0 || pack.end(count - 1) == bytes as u64;
        let ascends =
            (1..count).all(|at| pack.key(at - 1) < pack.key(at) && pack.end(at - 1) <= pack.end(at));
        (ends_well && ascends).then_some(pack)
    }

    /// How many entries there are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The place of the entry with a key.
    pub fn place(&self, key: u128) -> Option<usize> {
        // Keys are digests, so that they lie evenly: most are near where their first bits say.
        let guess = ((key >> 64) * self.count as u128 >> 64) as usize;
        let (mut low, mut high) = (guess.saturating_sub(NEAR), (guess + NEAR).min(self.count));
        if low > 0 && self.key(low) > key {
            low = 0;
        }
        if high < self.count && self.key(high) <= key {
            high = self.count;
        }
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.key(middle).cmp(&key) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Key and bytes of the entry at a place below [`Pack::count`].
    pub fn entry(&self, place: usize) -> (u128, &[u8]) {
        let start = place.checked_sub(1).map_or(0, |before| self.end(before));
        let bytes = &self.file[TABLE + self.count * ENTRY..];
        (self.key(place), &bytes[start as usize..self.end(place) as usize])
    }

    fn key(&self, place: usize) -> u128 {
        let at = TABLE + place * ENTRY;
        self.file[at..].first_chunk().copied().map_or(0, u128::from_le_bytes)
    }

    fn end(&self, place: usize) -> u64 {
        let at = TABLE + place * ENTRY + KEY;
        self.file[at..].first_chunk().copied().map_or(0, u64::from_le_bytes)
    }
}

/// The file of some entries, whose keys are all different.
pub fn write(mut entries: Vec<(u128, &[u8])>, program: u128) -> Vec<u8> {
    entries.sort_unstable_by_key(|entry| entry.0);
    let bytes: usize = entries.iter().map(|entry| entry.1.len()).sum();
    let mut file = Vec::with_capacity(TABLE + entries.len() * ENTRY + bytes);
    file.extend_from_slice(MAGIC);
    file.extend([0; KEY]);
    file.extend(program.to_le_bytes());
    file.extend((entries.len() as u32).to_le_bytes());
    let mut end = 0;
    for (key, bytes) in &entries {
        end += bytes.len() as u64;
        file.extend(key.to_le_bytes());
        file.extend(end.to_le_bytes());
    }
    entries.iter().for_each(|entry| file.extend_from_slice(entry.1));
    let (head, rest) = file.split_at_mut(MAGIC.len() + KEY);
    head[MAGIC.len()..].copy_from_slice(&xxh3_128(rest).to_le_bytes());
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn packed(entries: &BTreeMap<u128, Vec<u8>>, program: u128) -> Vec<u8> {
        write(entries.iter().rev().map(|(&key, bytes)| (key, bytes.as_slice())).collect(), program)
    }

    proptest! {
        #[test]
        fn entries_come_back_by_their_keys(entries: BTreeMap<u128, Vec<u8>>, other: u128) {
            let pack = Pack::read(packed(&entries, 7), 7).expect("a pack");
            prop_assert_eq!(pack.count(), entries.len());
            for (&key, bytes) in &entries {
                let place = pack.place(key).expect("it was written");
                prop_assert_eq!(pack.entry(place), (key, bytes.as_slice()));
            }
            prop_assert_eq!(pack.place(other).is_some(), entries.contains_key(&other));
        }

        #[test]
        fn what_was_changed_or_cut_is_refused(
            entries: BTreeMap<u128, Vec<u8>>, at: prop::sample::Index, bit in 0u8..8, length: prop::sample::Index,
        ) {
            let whole = packed(&entries, 7);
            let mut damaged = whole.clone();
            damaged[at.index(whole.len())] ^= 1 << bit;
            prop_assert!(Pack::read(damaged, 7).is_none());
            prop_assert!(Pack::read(whole[..length.index(whole.len())].to_vec(), 7).is_none());
            prop_assert!(Pack::read(whole, 8).is_none(), "another program");
        }

        #[test]
        fn any_table_is_read_or_refused(rest in prop::collection::vec(0u8..4, 0..90)) {
            let mut file = write(Vec::new(), 0);
            file.truncate(MAGIC.len() + 2 * KEY);
            file.extend(rest);
            let checksum = xxh3_128(&file[MAGIC.len() + KEY..]).to_le_bytes();
            file[MAGIC.len()..MAGIC.len() + KEY].copy_from_slice(&checksum);
            if let Some(pack) = Pack::read(file, 0) {
                (0..pack.count()).for_each(|place| _ = pack.entry(place));
            }
        }
    }
}
