//! What one stage worked out, by the keys of what it was given.
//!
//! Two packs: *settled* is large and seldom written, *recent* holds what came since. So a rebuild after a small change
//! writes little. What this build did not use is left out of whatever is written, and a settled pack of which half is
//! of no use is written anew: so a memo is about twice as large as what the last build used, at most.

use super::pack::{self, Pack};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Result, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use xxhash_rust::xxh3::xxh3_128;

/// The recent pack is put to the settled one when it is more than one part in so many of that: then most rebuilds write
/// a few per cent of the memo, and one in some dozens all of it.
const SHARE_OF_RECENT: usize = 4;

/// How the files of the two packs end.
const PACKS: [&str; 2] = ["settled", "recent"];

/// Whether a file is one of a memo, or one that is being written.
pub fn is_ours(name: &str) -> bool {
    name.ends_with(super::ASIDE) || name.rsplit_once('.').is_some_and(|(_, end)| PACKS.contains(&end))
}

/// Tells what a stage is given. Two inputs have one key with a chance of 2^-128.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(u128);

impl Key {
    /// The key of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The key as bytes, to be a part of what another is made of.
    pub const fn bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }
}

/// What a stage worked out, in this build and in earlier ones. The default remembers nothing.
#[derive(Debug, Default)]
pub struct Memo {
    place: Option<Place>,
    packs: [Shelf; 2],
    fresh: Mutex<BTreeMap<u128, Vec<u8>>>,
}

#[derive(Debug)]
struct Place {
    /// The files of the settled and of the recent pack.
    files: [PathBuf; 2],
    program: u128,
}

/// A pack, with which entries this build has used.
#[derive(Debug, Default)]
struct Shelf {
    pack: Pack,
    used: Vec<AtomicBool>,
}

impl Memo {
    /// Opens the memo of a name. What cannot be read, or was written by another program, is as if it were not there.
    pub fn open(folder: &Path, name: &str, program: u128) -> Self {
        let files = PACKS.map(|which| folder.join(format!("{name}.{which}")));
        let packs = files.each_ref().map(|file| Shelf::of(fs::read(file).ok(), program));
        Self { place: Some(Place { files, program }), packs, fresh: Mutex::default() }
    }

    /// Whether it is of use to ask: one that remembers nothing need not be given keys.
    pub const fn is_on(&self) -> bool {
        self.place.is_some()
    }

    /// What is known under a key.
    pub fn get(&self, key: Key) -> Option<&[u8]> {
        self.packs.iter().find_map(|shelf| {
            let place = shelf.pack.place(key.0)?;
            shelf.used[place].store(true, Ordering::Relaxed);
            Some(shelf.pack.entry(place).1)
        })
    }

    /// Remembers something under a key.
    pub fn put(&self, key: Key, bytes: Vec<u8>) {
        if self.is_on() {
            self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(key.0, bytes);
        }
    }

    /// Writes what is new and drops what was not used.
    ///
    /// # Errors
    /// What the system said. What stood there before still stands.
    pub fn keep(self) -> Result<()> {
        let Some(Place { files, program }) = &self.place else { return Ok(()) };
        let fresh = self.fresh.into_inner().unwrap_or_else(PoisonError::into_inner);
        let [settled, recent] = self.packs.each_ref().map(Shelf::used);
        let mut recent: BTreeMap<u128, &[u8]> = recent.into_iter().collect();
        recent.extend(fresh.iter().map(|(&key, bytes)| (key, bytes.as_slice())));
        for (key, _) in &settled {
            recent.remove(key);
        }
        let size = |bytes: &mut dyn Iterator<Item = &[u8]>| bytes.map(<[u8]>::len).sum::<usize>();
        let n_settled = size(&mut settled.iter().map(|entry| entry.1));
        let n_recent = size(&mut recent.values().copied());
        let n_all = size(&mut (0..self.packs[0].pack.count()).map(|place| self.packs[0].pack.entry(place).1));
        if n_recent * SHARE_OF_RECENT > n_settled || n_settled * 2 < n_all {
            let all = settled.into_iter().chain(recent).collect();
            replace(&files[0], &pack::write(all, *program))?;
            return if files[1].exists() { fs::remove_file(&files[1]) } else { Ok(()) };
        }
        // That files were of use is told by their time, since forgotten ones are swept.
        for file in files {
            if let Ok(file) = File::options().append(true).open(file) {
                let _ = file.set_modified(SystemTime::now());
            }
        }
        if fresh.is_empty() && recent.len() == self.packs[1].pack.count() {
            return Ok(());
        }
        replace(&files[1], &pack::write(recent.into_iter().collect(), *program))
    }
}

impl Shelf {
    fn of(file: Option<Vec<u8>>, program: u128) -> Self {
        let pack = file.and_then(|file| Pack::read(file, program)).unwrap_or_default();
        let used = (0..pack.count()).map(|_| AtomicBool::new(false)).collect();
        Self { pack, used }
    }

    fn used(&self) -> Vec<(u128, &[u8])> {
        let is_used = |place: &usize| self.used[*place].load(Ordering::Relaxed);
        (0..self.pack.count()).filter(is_used).map(|place| self.pack.entry(place)).collect()
    }
}

/// Writes a file aside, under a name of its own since another build may be at it, too, and renames it.
fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut aside = tempfile::Builder::new().suffix(super::ASIDE).tempfile_in(folder)?;
    aside.write_all(bytes)?;
    aside.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// One build: asks for some numbers, and works out those that are not known.
    fn build(folder: &Path, numbers: std::ops::Range<u32>) -> usize {
        let memo = Memo::open(folder, "squares", 1);
        let mut worked_out = 0;
        for number in numbers {
            let key = Key::of(&number.to_le_bytes());
            let square = (u64::from(number) * u64::from(number)).to_le_bytes();
            match memo.get(key) {
                Some(known) => assert_eq!(known, square),
                None => {
                    memo.put(key, square.to_vec());
                    worked_out += 1;
                }
            }
        }
        memo.keep().expect("written");
        worked_out
    }

    fn size(folder: &Path) -> u64 {
        let files = fs::read_dir(folder).expect("the folder");
        files.map(|file| file.and_then(|file| file.metadata()).expect("a file").len()).sum()
    }

    #[test]
    fn what_was_worked_out_is_not_again_and_what_is_of_no_use_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        assert_eq!(build(folder, 0..1000), 1000);
        let whole = size(folder);
        assert_eq!((build(folder, 0..1000), size(folder)), (0, whole));
        assert_eq!(build(folder, 3..1003), 3);
        assert!(size(folder) < whole + whole / 10, "a small change is written beside");
        assert_eq!(build(folder, 3..1003), 0);
        for first in (0..40).map(|step| step * 50) {
            build(folder, first..first + 1000);
            assert!(size(folder) <= whole * 9 / 4, "{} of {whole}", size(folder));
        }
        build(folder, 0..10);
        assert!(size(folder) < whole / 50);
        let names: BTreeSet<_> =
            fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").file_name()).collect();
        assert!(names.iter().all(|name| name.to_string_lossy().starts_with("squares.")), "{names:?}");
    }

    #[test]
    fn what_is_damaged_is_worked_out_again() {
        let folder = tempfile::tempdir().expect("a folder");
        build(folder.path(), 0..100);
        build(folder.path(), 1..101);
        for name in ["squares.settled", "squares.recent"] {
            let path = folder.path().join(name);
            let mut bytes = fs::read(&path).expect("a pack");
            *bytes.last_mut().expect("it has bytes") ^= 1;
            fs::write(&path, bytes).expect("written");
        }
        assert_eq!(build(folder.path(), 1..101), 100);
        assert_eq!(build(folder.path(), 1..101), 0);
    }
}
