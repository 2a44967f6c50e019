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

    fn postings(&mut self, group: u32) -> Result<Postings, BuildError> {
        if group == 0 {
            self.begin()?;
        }
        let mut builder = PostingsBuilder::default();
        let mut row = Row::default();
        while let Some(&Reverse((at, number))) = self.heads.peek()
            && at == group
        {
            self.heads.pop();
            let reader = &mut self.readers[number];
            let documents = reader.number(&mut self.spilled)?;
            let length = reader.number(&mut self.spilled)?;
            let mut rows = reader.take(length as usize, &mut self.spilled)?;
            row.document = 0;
            for _ in 0..documents {
                row.read(&mut rows).ok_or_else(|| self.spilled.cut_short())?;
                builder.add(row.document, row.impact, row.fields, row.forms, &row.passages);
            }
            if reader.is_done() {
                *reader = RunReader::new(Run::Held(Vec::new()));
            } else {
                self.heads.push(Reverse((group + reader.number(&mut self.spilled)?, number)));
            }
        }
        Ok(builder.finish())
    }
}

impl Iterator for Merge {
    type Item = Result<Postings, BuildError>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.groups.next()?;
        Some(self.postings(group).inspect_err(|_| self.groups = 0..0))
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
            let merge = Merge::new(runs, store.finish(), 6);
            let mut n_groups = 0;
            for (group, postings) in (0u32..).zip(merge) {
                let expected = expected.remove(&group).unwrap_or_default().finish();
                prop_assert_eq!(postings.expect("read"), expected);
                n_groups += 1;
            }
            prop_assert_eq!(n_groups, 6);
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
