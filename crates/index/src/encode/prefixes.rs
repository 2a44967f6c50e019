//! Prepares the documents of each prefix that has too many postings to be put together by a reader.

use crate::cache::{Key, Memo};
use crate::encode::bodies::Bodies;
use crate::varint;
use rayon::prelude::*;
use searchlet_format::{
    Completion, MAX_COMPLETIONS, MAX_PREFIX_CHARS, Postings, Prefix, headed, prefix_body, title_mark,
    unheaded,
};
use searchlet_text::is_accented;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A prefix is prepared when its words have more postings than this: about 12 kB, what the words of three parts have.
const MIN_POSTINGS: usize = 3000;

/// On a large site it must have more postings than one for so many documents: there all lists are longer.
const DOCUMENTS_PER_POSTING: usize = 16;

/// A prefix is prepared when it has more words than this: fewer are found in a part or two.
const MIN_GROUPS: usize = 16;

/// Gathers the prefixes that may be prepared while the groups go by in order.
pub struct PrefixGatherer {
    min_postings: usize,
    min_groups: usize,
    numbers: usize,
    open: BTreeMap<String, Open>,
    done: Vec<(String, Open)>,
    rows: Vec<Rows>,
}

/// The documents of a group as far as prefixes need them: of each the gap from the one before, its level with the mark of
/// its title, and a bit for each form.
#[derive(Default)]
pub struct Rows {
    /// How many documents there are.
    pub count: u32,
    bytes: Vec<u8>,
}

impl Rows {
    /// The rows of postings.
    pub fn of(postings: &Postings) -> Self {
        let mut bytes = Vec::new();
        let mut last = 0;
        for (index, &number) in postings.documents.iter().enumerate() {
            varint::write(&mut bytes, number - last);
            last = number;
            bytes.push(headed(postings.impacts[index], title_mark(postings.fields[index]).into()));
            varint::write(&mut bytes, postings.forms[index]);
        }
        bytes.shrink_to_fit();
        Self { count: postings.documents.len() as u32, bytes }
    }

    /// What a prefix needs to know of a group: the forms and in which documents they are.
    pub fn key(&self, key: &str, endings: &[&str]) -> Key {
        let mut given = Vec::new();
        self.write(&mut given);
        varint::write_slice(&mut given, key.as_bytes());
        endings.iter().for_each(|ending| varint::write_slice(&mut given, ending.as_bytes()));
        Key::of(&given)
    }

    /// Appends the rows, for a cache.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        varint::write(bytes, self.count);
        varint::write_slice(bytes, &self.bytes);
    }

    /// Takes off what was written.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        Some(Self { count: varint::read(bytes)?, bytes: varint::read_slice(bytes)?.to_vec() })
    }

    /// Number, level and mark, and forms of each document.
    fn each(&self) -> impl Iterator<Item = Row> {
        let (mut rest, mut last) = (&*self.bytes, 0u32);
        std::iter::from_fn(move || {
            last = last.checked_add(varint::read(&mut rest)?)?;
            Some((last, unheaded(varint::u8(&mut rest)?), varint::read(&mut rest)?))
        })
    }
}

/// A prefix to which more groups may come.
#[derive(Default)]
struct Open {
    /// How many documents its groups have together, which is more than those with a form that begins so.
    documents: usize,
    /// The groups, with a bit for each form that begins so.
    groups: Vec<(u32, u32)>,
}

impl PrefixGatherer {
    /// There are `documents`, which have numbers below `numbers`. `min_postings` takes the place of the usual bounds.
    pub fn new(documents: usize, numbers: usize, min_postings: Option<usize>) -> Self {
        Self {
            min_postings: min_postings.unwrap_or(MIN_POSTINGS.max(documents / DOCUMENTS_PER_POSTING)),
            min_groups: if min_postings.is_some() { 0 } else { MIN_GROUPS },
            numbers,
            open: BTreeMap::new(),
            done: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a group; groups come in the order of their keys.
    pub fn add(&mut self, key: &str, endings: &[&str], rows: Rows) {
        let (group, documents) = (self.rows.len() as u32, rows.count as usize);
        self.rows.push(rows);
        // What only stands for other words completes nothing, nor does a word that is there once more with its accents.
        if documents == 0 || is_accented(key) {
            return;
        }
        self.close(|prefix| prefix < key && !key.starts_with(prefix));
        let mut add = |prefix: &str, mask: u32| {
            if !self.open.contains_key(prefix) {
                self.open.insert(prefix.to_owned(), Open::default());
            }
            let Some(open) = self.open.get_mut(prefix) else { return };
            match open.groups.last_mut() {
                Some((last, forms)) if *last == group => *forms |= mask,
                _ => {
                    open.groups.push((group, mask));
                    open.documents += documents;
                }
            }
        };
        // A prefix that is within the key has every form, a longer one those whose ending goes on with it.
        let all = u32::MAX >> (u32::BITS as usize - endings.len()).min(u32::BITS as usize - 1);
        let mut chars = 0;
        for (at, character) in key.char_indices().take(MAX_PREFIX_CHARS) {
            chars += 1;
            add(&key[..at + character.len_utf8()], all);
        }
        let mut form = key.to_owned();
        for (bit, ending) in endings.iter().enumerate().filter(|_| chars < MAX_PREFIX_CHARS) {
            for character in ending.chars().take(MAX_PREFIX_CHARS - chars) {
                form.push(character);
                add(&form, 1 << bit);
            }
            form.truncate(key.len());
        }
    }

    /// The prefixes that are prepared. `form` gives a form of a group, and `keys`, where the memo is on,
    /// what [`Rows::key`] says of each.
    pub fn finish<'f>(
        mut self,
        form: &(dyn Fn(u32, usize) -> &'f str + Sync),
        keys: &[Key],
        memo: &Memo,
    ) -> Bodies {
        self.close(|_| true);
        let mut candidates = std::mem::take(&mut self.done);
        candidates.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        debug_assert!(candidates.is_sorted_by(|one, other| one.0 < other.0));
        // Those that begin alike have groups in common, each of which is then read once.
        let families = candidates.chunk_by(|one, other| one.0.chars().next() == other.0.chars().next());
        let families: Vec<&[(String, Open)]> = families.collect();
        let prepared: Vec<Vec<Vec<u8>>> =
            families.into_par_iter().map(|family| self.known(family, form, keys, memo)).collect();
        let mut bodies = Bodies::default();
        let prepared = candidates.iter().zip(prepared.iter().flatten()).filter(|(_, body)| !body.is_empty());
        prepared.for_each(|((prefix, _), body)| bodies.push(prefix, body));
        bodies
    }

    fn close(&mut self, is_over: impl Fn(&str) -> bool) {
        for (prefix, open) in self.open.extract_if(.., |prefix, _| is_over(prefix)) {
            if open.documents > self.min_postings && open.groups.len() > self.min_groups {
                self.done.push((prefix, open));
            }
        }
    }

    /// What a prefix follows from.
    fn key(&self, prefix: &str, open: &Open, keys: &[Key]) -> Key {
        let mut given = Vec::new();
        varint::write_slice(&mut given, prefix.as_bytes());
        given.extend((self.min_postings as u64).to_le_bytes());
        for &(group, mask) in &open.groups {
            given.extend(keys[group as usize].bytes());
            varint::write(&mut given, mask);
        }
        Key::of(&given)
    }

    /// The bodies of prefixes, which are worked out unless they are known; of one with too few postings none.
    fn known<'f>(
        &self,
        family: &[(String, Open)],
        form: &(dyn Fn(u32, usize) -> &'f str + Sync),
        keys: &[Key],
        memo: &Memo,
    ) -> Vec<Vec<u8>> {
        if !memo.is_on() {
            return self.prepared(&family.iter().collect::<Vec<_>>(), form);
        }
        let keys: Vec<Key> = family.iter().map(|(prefix, open)| self.key(prefix, open, keys)).collect();
        let mut bodies: Vec<Option<Vec<u8>>> =
            keys.iter().map(|&key| memo.get(key).map(<[u8]>::to_vec)).collect();
        let lacking: Vec<usize> = (0..family.len()).filter(|&place| bodies[place].is_none()).collect();
        let wanted: Vec<&(String, Open)> = lacking.iter().map(|&place| &family[place]).collect();
        for (place, body) in lacking.into_iter().zip(self.prepared(&wanted, form)) {
            memo.put(keys[place], body.clone());
            bodies[place] = Some(body);
        }
        bodies.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// The bodies of prefixes.
    fn prepared<'f>(
        &self,
        prefixes: &[&(String, Open)],
        form: &(dyn Fn(u32, usize) -> &'f str + Sync),
    ) -> Vec<Vec<u8>> {
        let mut uses: Vec<(u32, usize, u32)> = Vec::new();
        for (place, (_, open)) in prefixes.iter().enumerate() {
            uses.extend(open.groups.iter().map(|&(group, mask)| (group, place, mask)));
        }
        uses.sort_unstable();
        let mut gathered: Vec<Option<Gathered<'_>>> = prefixes.iter().map(|_| None).collect();
        let mut bodies = vec![Vec::new(); prefixes.len()];
        let mut rows = Vec::new();
        for uses in uses.chunk_by(|one, other| one.0 == other.0) {
            let group = uses[0].0;
            rows.clear();
            rows.extend(self.rows[group as usize].each());
            for &(_, place, mask) in uses {
                let into = gathered[place].get_or_insert_with(|| Gathered::new(self.numbers));
                into.add(mask, &rows);
                into.complete(rows.len() as u32, form(group, commonest(mask, &rows)));
                let (prefix, open) = prefixes[place];
                if open.groups.last().is_some_and(|last| last.0 == group)
                    && let Some(gathered) = gathered[place].take()
                    && gathered.postings > self.min_postings
                {
                    bodies[place] = prefix_body(prefix, &gathered.prefix());
                }
            }
        }
        bodies
    }
}

/// Of some forms of a group the one that the most documents hold, of several such the first, as a reader finds it.
fn commonest(mask: u32, rows: &[Row]) -> usize {
    let forms = (0..u32::BITS as usize).filter(|bit| mask >> bit & 1 == 1);
    let count = |bit: usize| rows.iter().filter(|row| row.2 >> bit & 1 == 1).count();
    if mask.is_power_of_two() {
        return mask.trailing_zeros() as usize;
    }
    forms.max_by_key(|&bit| (count(bit), Reverse(bit))).unwrap_or_default()
}

/// Number, level and mark, and forms of a document.
type Row = (u32, (u8, u8), u32);

/// The documents of a prefix, while its groups go by.
struct Gathered<'f> {
    postings: usize,
    /// For each number the highest level, counted from 1, and the highest mark in the title.
    highest: Vec<(u8, u8)>,
    completions: Vec<(Reverse<u32>, usize, &'f str)>,
}

impl<'f> Gathered<'f> {
    fn new(numbers: usize) -> Self {
        Self { postings: 0, highest: vec![(0, 0); numbers], completions: Vec::new() }
    }

    fn add(&mut self, mask: u32, rows: &[Row]) {
        for &(number, (level, mark), _) in rows.iter().filter(|row| row.2 & mask != 0) {
            if let Some(highest) = self.highest.get_mut(number as usize) {
                self.postings += 1;
                *highest = (highest.0.max(level + 1), highest.1.max(mark));
            }
        }
    }

    fn complete(&mut self, documents: u32, form: &'f str) {
        self.completions.push((Reverse(documents), form.len(), form));
        if self.completions.len() > 4 * MAX_COMPLETIONS {
            self.keep_completions();
        }
    }

    fn keep_completions(&mut self) {
        self.completions.sort_unstable();
        self.completions.truncate(MAX_COMPLETIONS);
    }

    fn prefix(mut self) -> Prefix {
        self.keep_completions();
        let completion = |(documents, _, form): (Reverse<u32>, usize, &str)| Completion {
            form: form.to_owned(),
            documents: documents.0,
        };
        let found = || (0u32..).zip(&self.highest).filter(|(_, highest)| highest.0 > 0);
        Prefix {
            documents: found().map(|entry| entry.0).collect(),
            impacts: found().map(|(_, &(level, mark))| headed(level - 1, mark.into())).collect(),
            completions: self.completions.into_iter().map(completion).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_format::{EntriesWriter, PostingsBuilder, Prefixes};

    fn postings(documents: &[(u32, u8, u32)]) -> Postings {
        let mut builder = PostingsBuilder::default();
        documents.iter().for_each(|&(number, level, forms)| builder.add(number, level, 0, forms, &[]));
        builder.finish()
    }

    fn gathered(min_postings: usize) -> Vec<u8> {
        let mut gatherer = PrefixGatherer::new(10, 10, Some(min_postings));
        let rows = |documents: &[(u32, u8, u32)]| Rows::of(&postings(documents));
        gatherer.add("run", &["", "ner", "ning"], rows(&[(1, 5, 0b001), (2, 6, 0b110)]));
        gatherer.add("runny", &[""], rows(&[(2, 9, 1), (3, 4, 1)]));
        gatherer.add("rust", &[""], rows(&[(4, 1, 1)]));
        let form = |group: u32, bit: usize| {
            [&["run", "runner", "running"][..], &["runny"], &["rust"]][group as usize][bit]
        };
        let mut writer = EntriesWriter::default();
        let bodies = gatherer.finish(&form, &[], &Memo::default());
        let all = bodies.cut(usize::MAX).into_iter().flat_map(|block| block.1);
        all.for_each(|index| bodies.range(index..index + 1).for_each(|(key, body)| writer.add(key, body)));
        writer.finish()
    }

    fn find(section: &[u8], prefix: &str) -> Option<Prefix> {
        Prefixes::find(section, prefix).expect("a section")
    }

    #[test]
    fn a_prefix_has_the_documents_of_all_its_words() {
        let section = gathered(0);
        let run = find(&section, "run").expect("it has postings");
        assert_eq!((run.documents, run.impacts), (vec![1, 2, 3], vec![5, 9, 4]));
        let runn = find(&section, "runn").expect("it has postings");
        assert_eq!(runn.documents, [2, 3], "the form `run` does not begin with it");
        let forms: Vec<&str> = runn.completions.iter().map(|completion| &*completion.form).collect();
        assert_eq!(forms, ["runny", "runner"]);
        assert_eq!(find(&section, "ru").expect("it has postings").documents, [1, 2, 3, 4]);
        assert_eq!(find(&section, "x"), None);
    }

    #[test]
    fn prefixes_of_few_postings_are_left_out() {
        let section = gathered(3);
        assert!(find(&section, "run").is_some() && find(&section, "runn").is_none());
    }
}
