//! Runs: the postings of some documents in little space, sorted by group, to be merged with those of all others.
//!
//! ```text
//! run      := piece*
//! piece    := varint group gap, varint number of documents, varint length of the rows, row*
//! row      := varint document gap, u8 impact, u8 fields, varint forms, varint number of passages, passage*
//! passage  := varint passage gap, u8 impact
//! ```
//!
//! A gap is the distance from the one before; the first counts from 0. Runs never leave the process that made them.

use crate::spill::{Run, RunReader, Spilled};
use crate::{BuildError, varint};
use searchlet_format::{Postings, PostingsBuilder};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// A group in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Number of the document.
    pub document: u32,
    /// How much the document is about the group.
    pub impact: u8,
    /// Where in the document the group stands beside the text: `FIELD_*` bits.
    pub fields: u8,
    /// Which forms of the group it holds: a bit for each.
    pub forms: u32,
    /// Its passages that hold the group, ascending, with how much each is about it.
    pub passages: Vec<(u32, u8)>,
}

/// Writes a run, a row at a time.
#[derive(Default)]
pub struct RunWriter {
    bytes: Vec<u8>,
    next_group: u32,
    open: Open,
}

/// The piece that is being written.
#[derive(Default)]
struct Open {
    group: u32,
    documents: u32,
    last: u32,
    rows: Vec<u8>,
}

impl RunWriter {
    /// Adds a row: groups must ascend, and so must the documents of each.
    pub fn add(&mut self, group: u32, row: &Row) {
        if group != self.open.group {
            self.close();
            self.open.group = group;
        }
        let open = &mut self.open;
        varint::write(&mut open.rows, row.document - open.last);
        open.last = row.document;
        open.documents += 1;
        open.rows.extend([row.impact, row.fields]);
        varint::write(&mut open.rows, row.forms);
        varint::write(&mut open.rows, row.passages.len() as u32);
        let mut last = 0;
        for &(passage, impact) in &row.passages {
            varint::write(&mut open.rows, passage - last);
            open.rows.push(impact);
            last = passage;
        }
    }

    /// The run.
    pub fn finish(mut self) -> Vec<u8> {
        self.close();
        self.bytes
    }

    fn close(&mut self) {
        let open = &mut self.open;
        if open.documents > 0 {
            for number in [open.group - self.next_group, open.documents, open.rows.len() as u32] {
                varint::write(&mut self.bytes, number);
            }
            self.bytes.extend_from_slice(&open.rows);
            self.next_group = open.group;
        }
        (open.documents, open.last) = (0, 0);
        open.rows.clear();
    }
}

/// A run under other numbers, which must keep the order of the groups: `group` says those of groups, `document` those of
/// documents, which all move by as many. `None` where there is no such number, or no run.
pub fn renumbered(
    mut run: &[u8],
    group: impl Fn(u32) -> Option<u32>,
    document: impl Fn(u32) -> Option<u32>,
) -> Option<Vec<u8>> {
    let mut moved = Vec::with_capacity(run.len() + run.len() / 8);
    let (mut from, mut to) = (0u32, 0);
    while !run.is_empty() {
        from = from.checked_add(varint::read(&mut run)?)?;
        let (before, documents) = (to, varint::read(&mut run)?);
        let mut rows = varint::read_slice(&mut run)?;
        to = group(from)?;
        let first = document(varint::read(&mut rows)?)?;
        for number in [to.checked_sub(before)?, documents, varint::length(first) + rows.len() as u32, first] {
            varint::write(&mut moved, number);
        }
        moved.extend_from_slice(rows);
    }
    Some(moved)
}

/// What the runs hold of a group: of each that holds some, how many documents, and their rows.
pub struct Pieces(Vec<u8>);

impl Pieces {
    /// What the postings follow from.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Merges runs into the postings of each group, in the order of the groups, one at a time. After an error it ends.
pub struct Merge {
    spilled: Spilled,
    /// The group that each run is at.
    heads: BinaryHeap<Reverse<(u32, usize)>>,
    readers: Vec<RunReader>,
    groups: std::ops::Range<u32>,
}

impl Merge {
    /// Begins with runs whose documents follow each other, run by run.
    pub fn new(runs: Vec<Run>, spilled: Spilled, n_groups: u32) -> Self {
        let readers = runs.into_iter().map(RunReader::new).collect();
        Self { spilled, heads: BinaryHeap::new(), readers, groups: 0..n_groups }
    }

    /// Finds the first group of each run.
    fn begin(&mut self) -> Result<(), BuildError> {
        for (number, reader) in self.readers.iter_mut().enumerate().filter(|(_, reader)| !reader.is_done()) {
            self.heads.push(Reverse((reader.number(&mut self.spilled)?, number)));
        }
        Ok(())
    }

    /// The postings of pieces.
    ///
    /// # Errors
    /// `Spill` when they were not read as they were written.
    pub fn postings(&self, pieces: &Pieces) -> Result<Postings, BuildError> {
        let mut builder = PostingsBuilder::default();
        let mut row = Row::default();
        let mut rest = &*pieces.0;
        while !rest.is_empty() {
            let documents = varint::read(&mut rest).ok_or_else(|| self.spilled.cut_short())?;
            row.document = 0;
            for _ in 0..documents {
                row.read(&mut rest).ok_or_else(|| self.spilled.cut_short())?;
                builder.add(row.document, row.impact, row.fields, row.forms, &row.passages);
            }
        }
        Ok(builder.finish())
    }

    fn pieces(&mut self, group: u32) -> Result<Pieces, BuildError> {
        if group == 0 {
            self.begin()?;
        }
        let mut pieces = Vec::new();
        while let Some(mut head) = self.heads.peek_mut()
            && head.0.0 == group
        {
            let reader = &mut self.readers[head.0.1];
            let documents = reader.number(&mut self.spilled)?;
            let length = reader.number(&mut self.spilled)?;
            varint::write(&mut pieces, documents);
            pieces.extend_from_slice(reader.take(length as usize, &mut self.spilled)?);
            if reader.is_done() {
                *reader = RunReader::new(Run::Held(Vec::new()));
                PeekMut::pop(head);
            } else {
                head.0.0 = group + reader.number(&mut self.spilled)?;
            }
        }
        Ok(Pieces(pieces))
    }
}

impl Iterator for Merge {
    type Item = Result<Pieces, BuildError>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.groups.next()?;
        Some(self.pieces(group).inspect_err(|_| self.groups = 0..0))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.groups.len()))
    }
}

impl Row {
    /// Reads the row that follows this one.
    fn read(&mut self, bytes: &mut &[u8]) -> Option<()> {
        self.document = self.document.checked_add(varint::read(bytes)?)?;
        self.impact = varint::u8(bytes)?;
        self.fields = varint::u8(bytes)?;
        self.forms = varint::read(bytes)?;
        self.passages.clear();
        let mut passage = 0u32;
        for _ in 0..varint::read(bytes)? {
            passage = passage.checked_add(varint::read(bytes)?)?;
            self.passages.push((passage, varint::u8(bytes)?));
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spill::Store;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn any_row() -> impl Strategy<Value = Row> {
        let passages = prop::collection::btree_map(0u32..5000, any::<u8>(), 0..4);
        (any::<u8>(), 0u8..8, any::<u32>(), passages).prop_map(|(impact, fields, forms, passages)| Row {
            document: 0,
            impact,
            fields,
            forms,
            passages: passages.into_iter().collect(),
        })
    }

    proptest! {
        #[test]
        fn rows_come_back_group_by_group_however_they_are_cut_and_kept(
            rows in prop::collection::btree_map((0u32..6, 0u32..700), any_row(), 0..60),
            cuts in prop::collection::btree_set(0u32..700, 0..4),
            memory in 0usize..300,
        ) {
            let store = Store::new(memory, std::env::temp_dir());
            let mut runs = Vec::new();
            let bounds: Vec<u32> = [0].into_iter().chain(cuts).chain([700]).collect();
            for range in bounds.windows(2) {
                let mut writer = RunWriter::default();
                for (&(group, document), row) in rows.iter().filter(|row| (range[0]..range[1]).contains(&row.0.1)) {
                    writer.add(group, &Row { document, ..row.clone() });
                }
                runs.push(store.keep(writer.finish()).expect("kept"));
            }
            let mut expected: BTreeMap<u32, PostingsBuilder> = BTreeMap::new();
            for (&(group, document), row) in &rows {
                let builder = expected.entry(group).or_default();
                builder.add(document, row.impact, row.fields, row.forms, &row.passages);
            }
            let mut merge = Merge::new(runs, store.finish(), 6);
            let mut n_groups = 0;
            while let Some(pieces) = merge.next() {
                let expected = expected.remove(&n_groups).unwrap_or_default().finish();
                prop_assert_eq!(merge.postings(&pieces.expect("read")).expect("read"), expected);
                n_groups += 1;
            }
            prop_assert_eq!(n_groups, 6);
        }
    }

    proptest! {
        #[test]
        fn a_run_moves_there_and_back(
            rows in prop::collection::btree_map((0u32..6, 5u32..700), any_row(), 0..60), by in 0u32..1000,
        ) {
            let run = |group: fn(u32) -> u32, by: u32| {
                let mut writer = RunWriter::default();
                for (&(at, document), row) in &rows {
                    writer.add(group(at), &Row { document: document + by, ..row.clone() });
                }
                writer.finish()
            };
            let (here, there) = (run(|group| group, 0), run(|group| group * 300 + 7, by));
            let moved = renumbered(&here, |group| Some(group * 300 + 7), |document| document.checked_add(by));
            prop_assert_eq!(moved.as_ref(), Some(&there));
            let back = renumbered(&there, |group| Some((group - 7) / 300), |document| document.checked_sub(by));
            prop_assert_eq!(back.as_ref(), Some(&here));
            if !rows.is_empty() {
                prop_assert_eq!(renumbered(&here, |_| None, Some), None);
            }
        }
    }

    #[test]
    fn a_run_that_is_cut_short_is_an_error_and_the_end() {
        let mut writer = RunWriter::default();
        writer.add(0, &Row { forms: 1, passages: vec![(0, 9)], ..Row::default() });
        let mut run = writer.finish();
        run.pop();
        let spilled = Store::new(0, std::env::temp_dir()).finish();
        let mut merge = Merge::new(vec![Run::Held(run)], spilled, 2);
        assert!(matches!(merge.next(), Some(Err(BuildError::Spill { .. }))));
        assert!(merge.next().is_none());
    }
}
