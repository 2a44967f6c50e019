//! The parts of an index that are at hand.

use searchlet_format::{
    Columns, DocumentPlace, Documents, FileId, First, FormatError, Level, Part, Prefixes, Section, Spellings,
    Terms,
};

/// Names a part of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartId {
    /// Which head it belongs to.
    pub(crate) shard: u32,
    /// Its file.
    pub(crate) file: FileId,
}

/// A part that is at hand, decoded as far as it is read again and again.
#[derive(Debug)]
struct Present {
    part: Part,
    keys: Option<Level<Box<str>>>,
    places: Option<Level<DocumentPlace>>,
    /// When it was last wanted.
    used: u64,
}

/// Whether a part that was asked for is at hand.
#[derive(Debug)]
enum Slot {
    Present(Box<Present>),
    /// It could not be had for the search that is running.
    Failed,
}

/// The parts of one head, of which the least recently used are let go when they take too much memory.
#[derive(Debug, Default)]
pub struct Parts {
    /// Ascending by file.
    slots: Vec<(FileId, Slot)>,
    memory: usize,
    clock: u64,
}

impl Parts {
    /// Takes in the inflated bytes of a part, all of which are decoded once, so that reading it later cannot fail.
    pub fn supply(&mut self, file: FileId, raw: Vec<u8>) -> Result<(), FormatError> {
        let part = Part::read(raw)?;
        if let Some(section) = part.section(Section::Terms) {
            Terms::check(section)?;
        }
        if let Some(section) = part.section(Section::Prefixes) {
            Prefixes::check(section)?;
        }
        if let Some(section) = part.section(Section::Spellings) {
            Spellings::check(section)?;
        }
        if let Some(section) = part.section(Section::Documents) {
            Documents::check(section)?;
        }
        if let Some(section) = part.section(Section::Columns) {
            Columns::check(section)?;
        }
        let keys = part.section(Section::Keys).map(Level::read).transpose()?;
        let places = part.section(Section::Places).map(Level::read).transpose()?;
        self.clock += 1;
        self.memory += part.memory();
        let present = Slot::Present(Box::new(Present { part, keys, places, used: self.clock }));
        match self.find(file) {
            Ok(at) => {
                let before = std::mem::replace(&mut self.slots[at].1, present);
                self.memory -= before.memory();
            }
            Err(at) => self.slots.insert(at, (file, present)),
        }
        Ok(())
    }

    /// Notes that a part cannot be had.
    pub fn fail(&mut self, file: FileId) {
        if let Err(at) = self.find(file) {
            self.slots.insert(at, (file, Slot::Failed));
        }
    }

    /// Readies the parts for a new search: what failed is tried again, and what was used least lately is let go until
    /// `limit` bytes are kept. While a search runs nothing is let go.
    pub fn settle(&mut self, limit: usize) {
        self.slots.retain(|slot| matches!(slot.1, Slot::Present(_)));
        while self.memory > limit {
            let used = |slot: &Slot| match slot {
                Slot::Present(present) => present.used,
                Slot::Failed => 0,
            };
            let oldest = (0..self.slots.len()).min_by_key(|&at| used(&self.slots[at].1));
            let Some(at) = oldest else { return };
            self.memory -= self.slots.remove(at).1.memory();
        }
    }

    /// Marks a part as wanted now; says whether it still has to be asked for.
    pub fn want(&mut self, file: FileId) -> bool {
        self.clock += 1;
        let Ok(at) = self.find(file) else { return true };
        if let Slot::Present(present) = &mut self.slots[at].1 {
            present.used = self.clock;
        }
        false
    }

    /// Whether a part was asked for: it is at hand, or cannot be had.
    pub fn is_settled(&self, file: FileId) -> bool {
        self.find(file).is_ok()
    }

    /// A section of a part, or `None` when the part is not at hand or has no such section.
    pub fn section(&self, file: FileId, section: Section) -> Option<&[u8]> {
        self.present(file)?.part.section(section)
    }

    /// A level of terms or prefixes that lies in a part.
    pub fn keys(&self, file: FileId) -> Option<&Level<Box<str>>> {
        self.present(file)?.keys.as_ref()
    }

    /// A level of documents that lies in a part.
    pub fn places(&self, file: FileId) -> Option<&Level<DocumentPlace>> {
        self.present(file)?.places.as_ref()
    }

    fn present(&self, file: FileId) -> Option<&Present> {
        match &self.slots[self.find(file).ok()?].1 {
            Slot::Present(present) => Some(present),
            Slot::Failed => None,
        }
    }

    fn find(&self, file: FileId) -> Result<usize, usize> {
        self.slots.binary_search_by(|slot| slot.0.cmp(&file))
    }
}

impl Slot {
    fn memory(&self) -> usize {
        match self {
            Self::Present(present) => present.part.memory(),
            Self::Failed => 0,
        }
    }
}

/// The files that a look-up leads to.
#[derive(Debug, Default)]
pub struct Located {
    /// Those that hold what is looked for, each once, in order.
    pub files: Vec<FileId>,
    /// Those that hold a level of the directory that is not at hand.
    pub absent: Vec<FileId>,
}

impl Located {
    /// Goes down from a level to the files whose stretches meet a range; see [`Level::stretches`].
    pub fn add<'p, K: First + 'p>(
        &mut self,
        level: &'p Level<K>,
        below: &dyn Fn(FileId) -> Option<&'p Level<K>>,
        before: &dyn Fn(&K) -> bool,
        within: &dyn Fn(&K) -> bool,
    ) {
        for &file in level.stretches(before, within) {
            if level.depth == 0 {
                insert(&mut self.files, file);
                continue;
            }
            // A level that is not below the one that names it would never come to an end.
            match below(file).filter(|next| next.depth < level.depth) {
                Some(next) => self.add(next, below, before, within),
                None => insert(&mut self.absent, file),
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = FileId> {
        self.files.iter().chain(&self.absent).copied()
    }
}

/// Adds a file to a short list that has each once.
pub fn insert(files: &mut Vec<FileId>, file: FileId) {
    if !files.contains(&file) {
        files.push(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_format::{EntriesWriter, PartWriter};

    fn raw() -> Vec<u8> {
        let mut writer = PartWriter::default();
        writer.add(Section::Terms, EntriesWriter::default().finish());
        writer.finish()
    }

    fn file(number: u32) -> FileId {
        FileId { group: 7, number }
    }

    #[test]
    fn the_least_recently_used_part_is_let_go_first_and_only_between_searches() {
        let mut parts = Parts::default();
        for number in 0..3 {
            assert!(parts.want(file(number)));
            parts.supply(file(number), raw()).expect("a part");
        }
        assert!(!parts.want(file(0)));
        parts.settle(2 * raw().len());
        let there: Vec<bool> =
            (0..3).map(|number| parts.section(file(number), Section::Terms).is_some()).collect();
        assert_eq!(there, [true, false, true]);
    }

    #[test]
    fn what_failed_is_tried_again_by_the_next_search() {
        let mut parts = Parts::default();
        parts.fail(file(0));
        assert!(!parts.want(file(0)) && parts.is_settled(file(0)));
        parts.settle(0);
        assert!(parts.want(file(0)));
        assert!(parts.supply(file(0), vec![9]).is_err());
    }

    #[test]
    fn a_level_that_names_itself_comes_to_an_end() {
        let level = Level { depth: 1, firsts: vec![DocumentPlace::default()], files: vec![file(0)] };
        let mut located = Located::default();
        located.add(&level, &|_| Some(&level), &|_| true, &|_| true);
        assert_eq!(located.all().collect::<Vec<_>>(), [file(0)]);
        assert!(located.files.is_empty());
    }
}
