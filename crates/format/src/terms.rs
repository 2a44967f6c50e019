//! Terms: groups of word forms, each with the documents that hold it.
//!
//! ```text
//! terms     := varint number of entries, entry*
//! entry     := group | stray
//! stray     := front-coded form, varint 0, string key of its group
//! group     := front-coded key, varint number of forms, (string ending)*, bytes partners, bytes synonyms,
//!              varint number of documents, bytes columns
//! partners  := u8*, ascending
//! synonyms  := (string what is typed, string what it stands for)*, words with blanks between them
//! columns   := gap*, impact*, fields*, forms*, u8 has passages, [passages*, passage gap*, passage impact*]
//! gap       := varint, distance from the document after the previous one; the first counts from 0
//! impact    := u8, a level of [`crate::impact`]
//! fields    := u8, bits: 1 title, 2 heading, 4 path, 64 the title begins with it; and 8 × the number of words in the
//!              title, if the group stands there
//! forms     := varint, a bit for each form of the group that the document holds; none when the group has one form
//! passages  := varint, 0: one passage, the first, with the impact of the document; else 1 + the number of the document's
//!              passages that hold the group, which are then listed
//! passage gap    := varint, as gap, within the document
//! passage impact := u8, a level, and 32 × the number of words in the passage's heading, if the group stands there
//! ```
//!
//! Of the words in a title or heading the different ones are counted, up to 7.
//!
//! A *form* is a folded word as it stands in a text; a *group* has the forms of one stem. The *key* is the beginning
//! that all forms of a group share, and an *ending* is the rest of a form. Where a part ends between a key and one of its
//! forms, the form stands as a *stray* in the part where it would be looked for. A *partner* is the digest, cut to a
//! byte, of a word that makes another word of the documents when it is written after a form of the group. A *synonym* is
//! told where its first word stands: whoever types that word, or all of several, also finds what it stands for.
//!
//! Groups ascend by key, those of one key by their first form, and endings ascend. An *impact* says how much a document
//! (or passage) is about the group: term frequency, saturated, never weighed by how rare the group is, so that several
//! bundles can be scored together. The commonest groups leave their passages out: they stand in most of them, so the list would be long and tell
//! little. Columns, not rows, because bytes of one kind deflate better side by side.

use crate::impact::MAX_LEVEL;
use crate::wire::{Entries, Reader, Writer};
use crate::{FormatError, digest};

const SECTION: &str = "terms";

/// A group has at most this many forms, one for each bit of a mask; larger ones are split by the indexer.
pub const MAX_FORMS: usize = 32;

/// The documents that hold a group, as parallel columns; `passage_*` are cut by `passage_starts`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Numbers of the documents, ascending.
    pub documents: Vec<u32>,
    /// How much each document is about the group, as a level.
    pub impacts: Vec<u8>,
    /// Where in the document the group stands beside the text: see [`crate::fields`].
    pub fields: Vec<u8>,
    /// Which forms of the group it holds: a bit for each.
    pub forms: Vec<u32>,
    /// Where the passages of each document begin; one entry more than there are documents, or none when the passages
    /// are left out.
    pub passage_starts: Vec<u32>,
    /// Numbers of the passages within their document, ascending for each document.
    pub passages: Vec<u32>,
    /// How much each passage is about the group: see [`crate::headed`].
    pub passage_impacts: Vec<u8>,
}

impl Postings {
    /// Whether it is known in which passages the group stands.
    #[must_use]
    pub const fn has_passages(&self) -> bool {
        !self.passage_starts.is_empty()
    }

    /// Leaves the passages out.
    pub fn forget_passages(&mut self) {
        self.passage_starts.clear();
        self.passages.clear();
        self.passage_impacts.clear();
    }

    /// The passages of the document at `index` of the columns: (number, impact beside the words of its heading).
    pub fn passages_of(&self, index: usize) -> impl Iterator<Item = (u32, u8)> {
        let bound = |at: usize| self.passage_starts.get(at).map_or(0, |&start| start as usize);
        let range = bound(index)..bound(index + 1);
        let passages = self.passages.get(range.clone()).unwrap_or_default();
        passages.iter().copied().zip(self.passage_impacts.get(range).unwrap_or_default().iter().copied())
    }

    fn write(&self, n_forms: usize, writer: &mut Writer) {
        writer.count(self.documents.len());
        let mut columns = Writer::default();
        write_gaps(&mut columns, &self.documents);
        columns.bytes.extend_from_slice(&self.impacts);
        columns.bytes.extend_from_slice(&self.fields);
        if n_forms > 1 {
            self.forms.iter().for_each(|&forms| columns.varint(u64::from(forms)));
        }
        columns.bytes.push(u8::from(self.has_passages()));
        let ranges = self.passage_starts.windows(2).map(|bounds| bounds[0] as usize..bounds[1] as usize);
        let mut listed = Vec::new();
        for (range, &impact) in ranges.zip(&self.impacts) {
            let is_whole =
                self.passages[range.clone()] == [0] && self.passage_impacts[range.clone()] == [impact];
            columns.count(if is_whole { 0 } else { 1 + range.len() });
            listed.extend((!is_whole).then_some(range));
        }
        listed.iter().for_each(|range| write_gaps(&mut columns, &self.passages[range.clone()]));
        let impacts = listed.into_iter().flat_map(|range| &self.passage_impacts[range]);
        columns.bytes.extend(impacts);
        writer.slice(&columns.bytes);
    }
}

/// Fills the columns of [`Postings`] a document at a time.
#[derive(Default)]
pub struct PostingsBuilder {
    postings: Postings,
}

impl PostingsBuilder {
    /// Adds a document; documents must come in ascending order, and so must the passages of each.
    pub fn add(&mut self, document: u32, impact: u8, fields: u8, forms: u32, passages: &[(u32, u8)]) {
        let postings = &mut self.postings;
        debug_assert!(postings.documents.last().is_none_or(|&before| before < document));
        postings.documents.push(document);
        postings.impacts.push(impact);
        postings.fields.push(fields);
        postings.forms.push(forms);
        postings.passage_starts.push(postings.passages.len() as u32);
        for &(passage, impact) in passages {
            postings.passages.push(passage);
            postings.passage_impacts.push(impact);
        }
    }

    /// The columns.
    #[must_use]
    pub fn finish(mut self) -> Postings {
        self.postings.passage_starts.push(self.postings.passages.len() as u32);
        self.postings
    }
}

pub fn write_gaps(writer: &mut Writer, ascending: &[u32]) {
    let mut next = 0;
    for &number in ascending {
        writer.varint(u64::from(number - next));
        next = number + 1;
    }
}

pub fn read_gaps(reader: &mut Reader<'_>, count: usize, into: &mut Vec<u32>) -> Result<(), FormatError> {
    let mut next = 0u32;
    for _ in 0..count {
        let number = next.checked_add(reader.u32()?).ok_or_else(|| reader.invalid("number of a document"))?;
        next = number.checked_add(1).ok_or_else(|| reader.invalid("number of a document"))?;
        into.push(number);
    }
    Ok(())
}

/// The mark by which a word is known among the partners of a group.
#[must_use]
pub fn partner(word: &str) -> u8 {
    digest(word.as_bytes()) as u8
}

/// A group without its key, as it stands in a section; the endings ascend, and are 1 to [`MAX_FORMS`]; the partners
/// ascend.
#[must_use]
pub fn group_body(
    endings: &[&str],
    partners: &[u8],
    synonyms: &[(String, String)],
    postings: &Postings,
) -> Vec<u8> {
    debug_assert!((1..=MAX_FORMS).contains(&endings.len()));
    let mut writer = Writer::default();
    writer.count(endings.len());
    endings.iter().for_each(|ending| writer.string(ending));
    writer.slice(partners);
    let mut pairs = Writer::default();
    for (typed, meant) in synonyms {
        pairs.string(typed);
        pairs.string(meant);
    }
    writer.slice(&pairs.bytes);
    postings.write(endings.len(), &mut writer);
    writer.bytes
}

/// A form whose group stands in another part under `key`, without the form, as it stands in a section. It comes before a
/// group with the form as its key.
#[must_use]
pub fn stray_body(key: &str) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.count(0);
    writer.string(key);
    writer.bytes
}

/// What stands in a terms section.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'t> {
    /// A group.
    Group(Group<'t>),
    /// A form whose group is elsewhere.
    Stray {
        /// The form.
        form: &'t str,
        /// The key of its group.
        key: &'t str,
    },
}

/// Goes through the entries of a terms section, in order.
pub struct Terms<'b>(Entries<'b>);

/// A group of a terms section; its postings are decoded on demand.
#[derive(Clone, Copy, Debug)]
pub struct Group<'t> {
    /// What all forms begin with.
    pub key: &'t str,
    /// How many documents hold a form of it.
    pub documents: u32,
    /// Marks of the words that make another word when they are written after one of its forms; see [`partner`].
    pub partners: &'t [u8],
    n_forms: usize,
    synonyms: &'t [u8],
    endings: &'t [u8],
    columns: &'t [u8],
}

impl<'b> Terms<'b> {
    /// Begins at the first group.
    ///
    /// # Errors
    /// When the section is cut short.
    pub fn new(section: &'b [u8]) -> Result<Self, FormatError> {
        Entries::new(section, SECTION).map(Self)
    }

    /// Decodes all of a section once, so that what is read of it later cannot fail.
    ///
    /// # Errors
    /// When any of it does not follow the grammar.
    pub fn check(section: &'b [u8]) -> Result<(), FormatError> {
        let mut terms = Self::new(section)?;
        while let Some(entry) = terms.next_entry()? {
            if let Entry::Group(group) = entry {
                group.postings()?;
            }
        }
        terms.0.reader.finish()
    }

    /// The next entry, or `None` after the last. Cost: linear in the group's key and forms; postings are stepped over.
    ///
    /// # Errors
    /// When the entry does not follow the grammar.
    pub fn next_entry(&mut self) -> Result<Option<Entry<'_>>, FormatError> {
        if !self.0.advance()? {
            return Ok(None);
        }
        let Entries { key, reader, .. } = &mut self.0;
        let n_forms = reader.count()?;
        if n_forms == 0 {
            return Ok(Some(Entry::Stray { form: key, key: reader.string()? }));
        }
        if n_forms > MAX_FORMS {
            return Err(reader.invalid("number of forms"));
        }
        let mut after = reader.clone();
        for _ in 0..n_forms {
            after.string()?;
        }
        let endings = reader.take(reader.remaining() - after.remaining())?;
        let partners = reader.slice()?;
        let synonyms = reader.slice()?;
        let documents = reader.u32()?;
        let columns = reader.slice()?;
        if documents as usize > columns.len() {
            return Err(reader.invalid("number of documents"));
        }
        Ok(Some(Entry::Group(Group { key, documents, partners, n_forms, synonyms, endings, columns })))
    }
}

impl Group<'_> {
    /// How many bytes it takes, its key left out.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.endings.len() + self.partners.len() + self.synonyms.len() + self.columns.len()
    }

    /// The endings of the forms, ascending.
    pub fn endings(&self) -> impl Iterator<Item = &str> {
        let mut reader = Reader::new(self.endings, SECTION);
        (0..self.n_forms).map_while(move |_| reader.string().ok())
    }

    /// What readers type, beginning with a form of the group, and what else it stands for.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut reader = Reader::new(self.synonyms, SECTION);
        std::iter::from_fn(move || Some((reader.string().ok()?, reader.string().ok()?)))
    }

    /// Decodes the postings.
    ///
    /// # Errors
    /// When they do not follow the grammar, or hold more than their bytes allow.
    pub fn postings(&self) -> Result<Postings, FormatError> {
        let mut reader = Reader::new(self.columns, SECTION);
        let count = self.documents as usize;
        let mut postings = Postings::default();
        read_gaps(&mut reader, count, &mut postings.documents)?;
        postings.impacts = read_levels(&mut reader, count)?;
        postings.fields = reader.take(count)?.to_vec();
        let all = u32::MAX >> (MAX_FORMS - self.n_forms);
        for _ in 0..count {
            let forms = if self.n_forms > 1 { reader.u32()? } else { 1 };
            if forms == 0 || forms & !all != 0 {
                return Err(reader.invalid("form"));
            }
            postings.forms.push(forms);
        }
        match reader.u8()? {
            0 => {}
            1 => read_passages(&mut reader, count, &mut postings)?,
            _ => return Err(reader.invalid("mark of passages")),
        }
        reader.finish()?;
        Ok(postings)
    }
}

pub fn read_levels(reader: &mut Reader<'_>, count: usize) -> Result<Vec<u8>, FormatError> {
    let levels = reader.take(count)?;
    if levels.iter().any(|&level| level > MAX_LEVEL) {
        Err(reader.invalid("impact"))
    } else {
        Ok(levels.to_vec())
    }
}

fn read_passages(reader: &mut Reader<'_>, count: usize, postings: &mut Postings) -> Result<(), FormatError> {
    // How many passages are listed of each document, or none if it is the first with the document's impact.
    let mut listed: Vec<Option<u32>> = Vec::new();
    let mut start = 0u32;
    let mut n_listed = 0usize;
    postings.passage_starts.push(0);
    for _ in 0..count {
        let of_document = reader.u32()?.checked_sub(1);
        let passages = of_document.unwrap_or(1);
        start = start.checked_add(passages).ok_or_else(|| reader.invalid("number of passages"))?;
        n_listed += of_document.unwrap_or(0) as usize;
        postings.passage_starts.push(start);
        listed.push(of_document);
    }
    if n_listed > reader.remaining() {
        return Err(FormatError::Truncated { section: SECTION });
    }
    for passages in &listed {
        match passages {
            Some(passages) => read_gaps(reader, *passages as usize, &mut postings.passages)?,
            None => postings.passages.push(0),
        }
    }
    let mut impacts = reader.take(n_listed)?.iter().copied();
    for (passages, &impact) in listed.iter().zip(&postings.impacts) {
        match passages {
            Some(passages) => postings.passage_impacts.extend(impacts.by_ref().take(*passages as usize)),
            None => postings.passage_impacts.push(impact),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntriesWriter;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    type Example = (BTreeSet<String>, BTreeMap<u32, (u8, u8, u32, BTreeMap<u32, u8>)>, bool);

    fn any_group() -> impl Strategy<Value = Example> {
        let endings = prop::collection::btree_set("[a-z]{0,3}", 1..5);
        let passages = prop::collection::btree_map(0u32..300, 0..=MAX_LEVEL, 0..4);
        let documents = prop::collection::btree_map(
            0u32..100_000,
            (0..=MAX_LEVEL, 0u8..8, any::<u32>(), passages),
            0..20,
        );
        (endings, documents, any::<bool>())
    }

    fn postings(endings: &BTreeSet<String>, documents: &Example) -> Postings {
        let mut builder = PostingsBuilder::default();
        let all = u32::MAX >> (MAX_FORMS - endings.len());
        for (document, (impact, fields, forms, passages)) in &documents.1 {
            let mut passages: Vec<(u32, u8)> =
                passages.iter().map(|(passage, impact)| (*passage, *impact)).collect();
            if document % 3 == 0 {
                passages = vec![(0, *impact)];
            }
            builder.add(*document, *impact, *fields, (forms & all).max(1), &passages);
        }
        let mut postings = builder.finish();
        if !documents.2 {
            postings.forget_passages();
        }
        postings
    }

    proptest! {
        #[test]
        fn groups_come_back(groups in prop::collection::btree_map("[a-e]{1,4}", any_group(), 0..6)) {
            let mut writer = EntriesWriter::default();
            let pairs = [("a b".to_owned(), "c".to_owned())];
            for (key, group) in &groups {
                let endings: Vec<&str> = group.0.iter().map(String::as_str).collect();
                writer.add(key, &stray_body("elsewhere"));
                writer.add(key, &group_body(&endings, &[1, 7], &pairs, &postings(&group.0, group)));
            }
            let section = writer.finish();
            prop_assert_eq!(Terms::check(&section), Ok(()));
            let mut terms = Terms::new(&section).expect("a section");
            for (key, group) in &groups {
                let stray = terms.next_entry().expect("an entry").expect("one more");
                let is_stray = matches!(stray, Entry::Stray { form, key: "elsewhere" } if form == key);
                prop_assert!(is_stray);
                let read = terms.next_entry().expect("an entry").expect("one more");
                let Entry::Group(read) = read else { panic!("a group was written") };
                prop_assert_eq!((read.key, read.partners), (key.as_str(), &[1, 7][..]));
                prop_assert!(read.endings().eq(group.0.iter()));
                prop_assert_eq!(read.synonyms().collect::<Vec<_>>(), [("a b", "c")]);
                let expected = postings(&group.0, group);
                prop_assert_eq!(read.postings(), Ok(expected));
            }
            prop_assert!(terms.next_entry().expect("the end").is_none());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>, group in any_group(), at: prop::sample::Index, byte: u8) {
            let _ = Terms::check(&bytes);
            let mut writer = EntriesWriter::default();
            let endings: Vec<&str> = group.0.iter().map(String::as_str).collect();
            writer.add("k", &stray_body("other"));
            writer.add("k", &group_body(&endings, &[], &[], &postings(&group.0, &group)));
            let mut section = writer.finish();
            let at = at.index(section.len());
            section[at] = byte;
            let _ = Terms::check(&section);
        }
    }

    #[test]
    fn passages_are_cut_by_document() {
        let mut builder = PostingsBuilder::default();
        builder.add(3, 9, 0, 1, &[(0, 5), (4, 6)]);
        builder.add(8, 9, 0, 1, &[(2, 7)]);
        let postings = builder.finish();
        assert_eq!(postings.passages_of(0).collect::<Vec<_>>(), [(0, 5), (4, 6)]);
        assert_eq!(postings.passages_of(1).collect::<Vec<_>>(), [(2, 7)]);
        assert_eq!(postings.passages_of(2).count(), 0);
    }
}
