//! Gathers the documents of each prefix that has too many postings to be put together by a reader.

use crate::encode::bodies::Bodies;
use searchlet_format::{
    Completion, MAX_COMPLETIONS, MAX_PREFIX_CHARS, Postings, Prefix, headed, prefix_body, title_mark,
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

/// Gathers the prefixes while the groups go by in order.
pub struct PrefixGatherer {
    min_postings: usize,
    min_groups: usize,
    numbers: usize,
    open: BTreeMap<String, Open>,
    done: Vec<(String, Vec<u8>)>,
}

/// A prefix to which more groups may come.
#[derive(Default)]
struct Open {
    groups: usize,
    postings: usize,
    /// Documents with their levels and marks in the title; sorted and each once only up to some point.
    entries: Vec<(u32, u8, u8)>,
    completions: Vec<(Reverse<u32>, usize, String)>,
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
        }
    }

    /// Adds a group; groups come in the order of their keys.
    pub fn add(&mut self, key: &str, endings: &[&str], postings: &Postings) {
        // What only stands for other words completes nothing, nor does a word that is there once more with its accents.
        if postings.documents.is_empty() || is_accented(key) {
            return;
        }
        self.close(|prefix| prefix < key && !key.starts_with(prefix));
        let mut counts = vec![0usize; endings.len()];
        for &forms in &postings.forms {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += (forms >> bit & 1) as usize;
            }
        }
        // A prefix that is within the key has every form, a longer one those whose ending goes on with it.
        let mut masks: BTreeMap<String, u32> = BTreeMap::new();
        for (bit, ending) in endings.iter().enumerate() {
            let mut prefix = String::new();
            for character in key.chars().chain(ending.chars()).take(MAX_PREFIX_CHARS) {
                prefix.push(character);
                *masks.entry(prefix.clone()).or_default() |= 1 << bit;
            }
        }
        for (prefix, mask) in masks {
            let forms = (0..endings.len()).filter(|bit| mask >> bit & 1 == 1);
            // Of forms with equally many documents the first, as a reader finds it.
            let commonest = forms.max_by_key(|&bit| (counts[bit], Reverse(bit)));
            let open = self.open.entry(prefix).or_default();
            open.add(mask, postings, self.numbers);
            if let Some(bit) = commonest {
                let form = [key, endings[bit]].concat();
                open.completions.push((Reverse(postings.documents.len() as u32), form.len(), form));
                if open.completions.len() > 4 * MAX_COMPLETIONS {
                    open.keep_completions();
                }
            }
        }
    }

    /// The prefixes that are prepared.
    pub fn finish(mut self) -> Bodies {
        self.close(|_| true);
        self.done.sort();
        debug_assert!(self.done.is_sorted_by(|a, b| a.0 < b.0));
        let mut bodies = Bodies::default();
        self.done.iter().for_each(|(prefix, body)| bodies.push(prefix, body));
        bodies
    }

    fn close(&mut self, is_over: impl Fn(&str) -> bool) {
        for (prefix, mut open) in self.open.extract_if(.., |prefix, _| is_over(prefix)) {
            if open.postings > self.min_postings && open.groups > self.min_groups {
                open.keep_completions();
                open.merge();
                let prepared = open.prefix();
                self.done.push((prefix.clone(), prefix_body(&prefix, &prepared)));
            }
        }
    }
}

impl Open {
    fn add(&mut self, mask: u32, postings: &Postings, numbers: usize) {
        let before = self.entries.len();
        for (index, &number) in postings.documents.iter().enumerate() {
            if postings.forms[index] & mask != 0 {
                self.entries.push((number, postings.impacts[index], title_mark(postings.fields[index])));
            }
        }
        self.postings += self.entries.len() - before;
        self.groups += 1;
        if self.entries.len() > 4 * numbers {
            self.merge();
        }
    }

    /// Puts the documents in order, each once, with its highest level and its highest mark.
    fn merge(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                *kept = (kept.0, kept.1.max(next.1), kept.2.max(next.2));
            }
            is_same
        });
    }

    fn keep_completions(&mut self) {
        self.completions.sort();
        self.completions.truncate(MAX_COMPLETIONS);
    }

    fn prefix(self) -> Prefix {
        let completion =
            |(documents, _, form): (Reverse<u32>, usize, String)| Completion { form, documents: documents.0 };
        Prefix {
            completions: self.completions.into_iter().map(completion).collect(),
            documents: self.entries.iter().map(|entry| entry.0).collect(),
            impacts: self.entries.iter().map(|entry| headed(entry.1, entry.2.into())).collect(),
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
        gatherer.add("run", &["", "ner", "ning"], &postings(&[(1, 5, 0b001), (2, 6, 0b110)]));
        gatherer.add("runny", &[""], &postings(&[(2, 9, 1), (3, 4, 1)]));
        gatherer.add("rust", &[""], &postings(&[(4, 1, 1)]));
        let mut writer = EntriesWriter::default();
        let bodies = gatherer.finish();
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
