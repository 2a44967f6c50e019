//! The parts of an index that are at hand.

use searchlet_format::{Documents, FormatError, Part, Section, Terms};

/// Names a part of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId {
    /// Which head lists it.
    pub(crate) shard: u32,
    /// Its number in that head's directory.
    pub(crate) part: u32,
}

/// Whether a part is at hand.
#[derive(Debug, Default)]
enum Slot {
    /// It was not asked for, or was let go.
    #[default]
    Absent,
    /// It is there; `used` says when last.
    Present { part: Part, used: u64 },
    /// It could not be had for the search that is running.
    Failed,
}

/// The parts of one head, of which the least recently used are let go when they take too much memory.
#[derive(Debug)]
pub struct Parts {
    slots: Vec<Slot>,
    memory: usize,
    clock: u64,
}

impl Parts {
    pub fn new(count: usize) -> Self {
        Self { slots: std::iter::repeat_with(Slot::default).take(count).collect(), memory: 0, clock: 0 }
    }

    /// Takes in the inflated bytes of a part, all of which are decoded once, so that reading it later cannot fail.
    pub fn supply(&mut self, part: u32, raw: Vec<u8>) -> Result<(), FormatError> {
        let part_read = Part::read(raw)?;
        if let Some(section) = part_read.section(Section::Terms) {
            Terms::check(section)?;
        }
        if let Some(section) = part_read.section(Section::Documents) {
            Documents::check(section)?;
        }
        self.clock += 1;
        let used = self.clock;
        if let Some(slot) = self.slots.get_mut(part as usize) {
            self.memory += part_read.memory();
            if let Slot::Present { part, .. } =
                std::mem::replace(slot, Slot::Present { part: part_read, used })
            {
                self.memory -= part.memory();
            }
        }
        Ok(())
    }

    /// Notes that a part cannot be had.
    pub fn fail(&mut self, part: u32) {
        if let Some(slot @ Slot::Absent) = self.slots.get_mut(part as usize) {
            *slot = Slot::Failed;
        }
    }

    /// Readies the parts for a new search: what failed is tried again, and what was used least lately is let go until
    /// `limit` bytes are kept. While a search runs nothing is let go.
    pub fn settle(&mut self, limit: usize) {
        for slot in &mut self.slots {
            if matches!(slot, Slot::Failed) {
                *slot = Slot::Absent;
            }
        }
        while self.memory > limit {
            let oldest = self.slots.iter_mut().filter_map(|slot| match slot {
                Slot::Present { used, .. } => Some((*used, slot)),
                _ => None,
            });
            let Some((_, slot)) = oldest.min_by_key(|entry| entry.0) else { return };
            if let Slot::Present { part, .. } = std::mem::take(slot) {
                self.memory -= part.memory();
            }
        }
    }

    /// Marks a part as wanted now; says whether it still has to be asked for.
    pub fn want(&mut self, part: u32) -> bool {
        self.clock += 1;
        match self.slots.get_mut(part as usize) {
            Some(Slot::Absent) => true,
            Some(Slot::Present { used, .. }) => {
                *used = self.clock;
                false
            }
            Some(Slot::Failed) | None => false,
        }
    }

    /// A section of a part, or `None` when the part is not at hand or has no such section.
    pub fn section(&self, part: u32, section: Section) -> Option<&[u8]> {
        match self.slots.get(part as usize)? {
            Slot::Present { part, .. } => part.section(section),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_format::{PartWriter, TermsWriter};

    fn raw() -> Vec<u8> {
        let mut writer = PartWriter::default();
        writer.add(Section::Terms, TermsWriter::default().finish());
        writer.finish()
    }

    #[test]
    fn the_least_recently_used_part_is_let_go_first_and_only_between_searches() {
        let mut parts = Parts::new(3);
        for part in 0..3 {
            assert!(parts.want(part));
            parts.supply(part, raw()).expect("a part");
        }
        assert!(!parts.want(0));
        parts.settle(2 * raw().len());
        let there: Vec<bool> = (0..3).map(|part| parts.section(part, Section::Terms).is_some()).collect();
        assert_eq!(there, [true, false, true]);
    }

    #[test]
    fn what_failed_is_tried_again_by_the_next_search() {
        let mut parts = Parts::new(1);
        parts.fail(0);
        assert!(!parts.want(0));
        parts.settle(0);
        assert!(parts.want(0));
        assert!(parts.supply(0, vec![9]).is_err());
    }
}
