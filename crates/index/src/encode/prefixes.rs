//! Prepares the documents of each prefix that has too many postings to be put together by a reader.

use crate::cache::{Key, Memo};
use crate::encode::bodies::Bodies;
use crate::varint;
use rayon::prelude::*;
use searchlet_format::{
    Completion, EntriesWriter, Entry, FormatError, MAX_COMPLETIONS, MAX_PREFIX_CHARS, Postings, Prefix,
    Terms, headed, prefix_body, title_mark,
};
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
    groups: u32,
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
            groups: 0,
        }
    }

    /// Adds a group, which so many documents hold; groups come in the order of their keys.
    pub fn add(&mut self, key: &str, endings: &[&str], documents: usize) {
        let group = self.groups;
        self.groups += 1;
        // What only stands for other words completes nothing.
        if documents == 0 {
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

    /// The prefixes that are prepared. `terms` has the body of each group in their order, and `keys`, where the memo is on,
    /// what tells it and its key from others.
    ///
    /// # Errors
    /// When a body cannot be read, which is one that was not written as the format has it.
    pub fn finish(mut self, terms: &Bodies, keys: &[Key], memo: &Memo) -> Result<Bodies, FormatError> {
        self.close(|_| true);
        let mut candidates = std::mem::take(&mut self.done);
        candidates.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        debug_assert!(candidates.is_sorted_by(|one, other| one.0 < other.0));
        // Those that begin alike have groups in common, each of which is then read once.
        let families = candidates.chunk_by(|one, other| one.0.chars().next() == other.0.chars().next());
        let families: Vec<&[(String, Open)]> = families.collect();
        let prepared: Vec<Vec<Vec<u8>>> = families
            .into_par_iter()
            .map(|family| self.known(family, terms, keys, memo))
            .collect::<Result<_, _>>()?;
        let mut bodies = Bodies::default();
        let prepared = candidates.iter().zip(prepared.iter().flatten()).filter(|(_, body)| !body.is_empty());
        prepared.for_each(|((prefix, _), body)| bodies.push(prefix, body));
        Ok(bodies)
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
    fn known(
        &self,
        family: &[(String, Open)],
        terms: &Bodies,
        keys: &[Key],
        memo: &Memo,
    ) -> Result<Vec<Vec<u8>>, FormatError> {
        let keys: Vec<Key> = match memo.is_on() {
            true => family.iter().map(|(prefix, open)| self.key(prefix, open, keys)).collect(),
            false => Vec::new(),
        };
        let mut known: Vec<Option<Vec<u8>>> =
            keys.iter().map(|&key| memo.get(key).map(<[u8]>::to_vec)).collect();
        known.resize(family.len(), None);
        let lacking: Vec<usize> = (0..family.len()).filter(|&place| known[place].is_none()).collect();
        let wanted: Vec<&(String, Open)> = lacking.iter().map(|&place| &family[place]).collect();
        for (place, body) in lacking.into_iter().zip(self.prepared(&wanted, terms)?) {
            if let Some(&key) = keys.get(place) {
                memo.put(key, body.clone());
            }
            known[place] = Some(body);
        }
        Ok(known.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The bodies of prefixes.
    fn prepared(&self, prefixes: &[&(String, Open)], terms: &Bodies) -> Result<Vec<Vec<u8>>, FormatError> {
        let mut uses: Vec<(u32, usize, u32)> = Vec::new();
        for (place, (_, open)) in prefixes.iter().enumerate() {
            uses.extend(open.groups.iter().map(|&(group, mask)| (group, place, mask)));
        }
        uses.sort_unstable();
        let mut gathered: Vec<Option<Gathered>> = prefixes.iter().map(|_| None).collect();
        let mut bodies = vec![Vec::new(); prefixes.len()];
        for uses in uses.chunk_by(|one, other| one.0 == other.0) {
            let section = section(terms, uses[0].0 as usize);
            let mut entries = Terms::new(&section)?;
            let Some(Entry::Group(group)) = entries.next_entry()? else { continue };
            let postings = group.postings()?;
            let endings: Vec<&str> = group.endings().collect();
            let mut counts = vec![0usize; endings.len()];
            // Of a single form it does not matter.
            for &forms in postings.forms.iter().filter(|_| endings.len() > 1) {
                counts.iter_mut().enumerate().for_each(|(bit, count)| *count += (forms >> bit & 1) as usize);
            }
            for &(number, place, mask) in uses {
                let into = gathered[place].get_or_insert_with(|| Gathered::new(self.numbers));
                into.add(mask, &postings);
                let forms = (0..endings.len()).filter(|bit| mask >> bit & 1 == 1);
                // Of forms with equally many documents the first, as a reader finds it.
                if let Some(bit) = forms.max_by_key(|&bit| (counts[bit], Reverse(bit))) {
                    let form = [group.key, endings[bit]].concat();
                    into.completions.push((Reverse(group.documents), form.len(), form));
                }
                let (prefix, open) = prefixes[place];
                if open.groups.last().is_some_and(|last| last.0 == number)
                    && let Some(gathered) = gathered[place].take()
                    && gathered.postings > self.min_postings
                {
                    bodies[place] = prefix_body(prefix, &gathered.prefix());
                }
            }
        }
        Ok(bodies)
    }
}

/// The documents of a prefix, while its groups go by.
struct Gathered {
    postings: usize,
    /// For each number the highest level, counted from 1, and the highest mark in the title.
    highest: Vec<(u8, u8)>,
    completions: Vec<(Reverse<u32>, usize, String)>,
}

impl Gathered {
    fn new(numbers: usize) -> Self {
        Self { postings: 0, highest: vec![(0, 0); numbers], completions: Vec::new() }
    }

    fn add(&mut self, mask: u32, postings: &Postings) {
        for (index, &number) in postings.documents.iter().enumerate() {
            if postings.forms[index] & mask != 0
                && let Some(highest) = self.highest.get_mut(number as usize)
            {
                self.postings += 1;
                let (level, mark) = (postings.impacts[index] + 1, title_mark(postings.fields[index]));
                *highest = (highest.0.max(level), highest.1.max(mark));
            }
        }
    }

    fn prefix(mut self) -> Prefix {
        self.completions.sort();
        self.completions.truncate(MAX_COMPLETIONS);
        let completion =
            |(documents, _, form): (Reverse<u32>, usize, String)| Completion { form, documents: documents.0 };
        let found = || (0u32..).zip(&self.highest).filter(|(_, highest)| highest.0 > 0);
        Prefix {
            documents: found().map(|entry| entry.0).collect(),
            impacts: found().map(|(_, &(level, mark))| headed(level - 1, mark.into())).collect(),
            completions: self.completions.into_iter().map(completion).collect(),
        }
    }
}

/// A group as a section of its own.
fn section(terms: &Bodies, group: usize) -> Vec<u8> {
    let mut section = EntriesWriter::default();
    terms.range(group..group + 1).for_each(|(key, body)| section.add(key, body));
    section.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_format::{PostingsBuilder, Prefixes, group_body};

    fn postings(documents: &[(u32, u8, u32)]) -> Postings {
        let mut builder = PostingsBuilder::default();
        documents.iter().for_each(|&(number, level, forms)| builder.add(number, level, 0, forms, &[]));
        builder.finish()
    }

    fn gathered(min_postings: usize) -> Vec<u8> {
        let mut gatherer = PrefixGatherer::new(10, 10, Some(min_postings));
        let mut terms = Bodies::default();
        let mut add = |key: &str, endings: &[&str], documents: &[(u32, u8, u32)]| {
            terms.push(key, &group_body(endings, &[], &[], &postings(documents)));
            gatherer.add(key, endings, documents.len());
        };
        add("run", &["", "ner", "ning"], &[(1, 5, 0b001), (2, 6, 0b110)]);
        add("runny", &[""], &[(2, 9, 1), (3, 4, 1)]);
        add("rust", &[""], &[(4, 1, 1)]);
        let mut writer = EntriesWriter::default();
        let bodies = gatherer.finish(&terms, &[], &Memo::default()).expect("groups");
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
