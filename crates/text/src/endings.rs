//! The endings that words of the documents have beyond the part that they share with their kin.
//!
//! The dictionary keeps the forms of one stem together under a *key*, the beginning that all of them and the stem
//! share (`run`: run, runs, running). A searcher that holds a form, and no stemmer, finds the key by taking away each
//! ending that the documents' words have. Stemming then costs the searcher no rules of any language, and a form
//! that no document has is led to its kin by an ending that others have.

/// A set of word endings, each the rest of some form after its group's key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endings {
    /// Ascending, without repeats. The empty ending, which every word has, need not be there.
    sorted: Vec<Box<str>>,
    /// Length of the longest ending, in bytes.
    longest: usize,
}

impl Endings {
    /// Makes a set of ascending endings without repeats. Of endings that do not ascend, some are not found.
    #[must_use]
    pub fn new(sorted: Vec<Box<str>>) -> Self {
        let longest = sorted.iter().map(|ending| ending.len()).max().unwrap_or(0);
        Self { sorted, longest }
    }

    /// The endings, ascending.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sorted.iter().map(|ending| &**ending)
    }

    /// Every beginning of `word` that may be the key of its group, longest first; the word itself is the first.
    ///
    /// Cost: one binary search for each letter of the longest ending.
    pub fn keys<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        self.cuts(word).filter(|(_, rest)| rest.is_empty() || self.contains(rest)).map(|(key, _)| key)
    }

    /// The word cut in two wherever an ending could begin: from its end backwards, never at its start.
    fn cuts<'w>(&self, word: &'w str) -> impl Iterator<Item = (&'w str, &'w str)> {
        let earliest = word.len().saturating_sub(self.longest).max(1);
        (earliest..=word.len()).rev().filter_map(|at| word.split_at_checked(at))
    }

    fn contains(&self, ending: &str) -> bool {
        self.sorted.binary_search_by(|known| (**known).cmp(ending)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn english() -> Endings {
        Endings::new(["ed", "ing", "ning", "s"].map(Into::into).into())
    }

    #[test]
    fn keys_come_longest_first_and_begin_with_the_word() {
        let keys: Vec<&str> = english().keys("running").collect::<Vec<_>>();
        assert_eq!(keys, ["running", "runn", "run"]);
        assert_eq!(english().keys("ing").collect::<Vec<_>>(), ["ing"], "a key is never empty");
    }

    proptest! {
        #[test]
        fn a_form_is_always_led_back_to_its_key(key in "[a-zé]{1,6}", ending in "[a-zé]{0,4}", others in prop::collection::vec("[a-z]{0,4}", 0..8)) {
            let all: BTreeSet<Box<str>> = others.into_iter().chain([ending.clone()]).map(String::into_boxed_str).collect();
            let endings = Endings::new(all.into_iter().collect());
            let form = format!("{key}{ending}");
            prop_assert!(endings.keys(&form).any(|found| found == key));
        }
    }
}
