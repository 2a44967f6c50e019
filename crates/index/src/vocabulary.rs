//! The words of texts, numbered.

use crate::groups::Form;
use crate::varint;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher as _;

/// The forms of some texts, numbered from 0 as they come by.
///
/// They lie in one string, because millions of small ones would take up several times the memory.
#[derive(Clone, Default)]
pub struct Vocabulary {
    text: String,
    /// Where each form ends in the text.
    ends: Vec<usize>,
    /// The number of each form, by its hash.
    numbers: HashTable<u32>,
    /// How forms were written that lost something by folding.
    accented: FxHashMap<u32, String>,
}

impl Vocabulary {
    /// The number of a form, which is a new one where the form was not seen before.
    pub fn number(&mut self, folded: &str) -> u32 {
        let Self { text, ends, numbers, .. } = self;
        let hash = |form: &str| FxBuildHasher.hash_one(form);
        let is_same = |&number: &u32| form(text, ends, number) == folded;
        match numbers.entry(hash(folded), is_same, |&number| hash(form(text, ends, number))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = ends.len() as u32;
                place.insert(number);
                text.push_str(folded);
                ends.push(text.len());
                number
            }
        }
    }

    /// Remembers how a form was written, if folding lost something; of several spellings the greatest stands, so
    /// that the order of the documents does not matter.
    pub fn note(&mut self, number: u32, folded: &str, written: &str) {
        let lower = written.to_lowercase();
        let before = self.accented.get(&number);
        if lower.chars().all(char::is_alphabetic)
            && lower != folded
            && before.is_none_or(|before| *before < lower)
        {
            self.accented.insert(number, lower);
        }
    }

    /// Appends the forms and how they were written, for a cache.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        varint::write_slice(bytes, self.text.as_bytes());
        varint::write(bytes, self.ends.len() as u32);
        let mut start = 0;
        for &end in &self.ends {
            varint::write(bytes, (end - start) as u32);
            start = end;
        }
        varint::write(bytes, self.accented.len() as u32);
        for (number, written) in self.accented() {
            varint::write(bytes, number);
            varint::write_slice(bytes, written.as_bytes());
        }
    }

    /// Takes off what was written. Such a vocabulary can be merged, and takes in no more forms.
    pub fn read(bytes: &mut &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(varint::read_slice(bytes)?).ok()?.to_owned();
        let mut ends = Vec::new();
        let mut end = 0usize;
        for _ in 0..varint::read(bytes)? {
            end = end.checked_add(varint::read(bytes)? as usize)?;
            ends.push(Some(end).filter(|&end| text.is_char_boundary(end))?);
        }
        let mut accented = FxHashMap::default();
        for _ in 0..varint::read(bytes)? {
            let number = varint::read(bytes)?;
            let written = std::str::from_utf8(varint::read_slice(bytes)?).ok()?;
            accented.insert(number, written.to_owned());
        }
        Some(Self { text, ends, numbers: HashTable::new(), accented })
    }

    /// How forms were written that lost something by folding, in the order of their numbers.
    fn accented(&self) -> Vec<(u32, &str)> {
        let mut all: Vec<(u32, &str)> =
            self.accented.iter().map(|(&number, written)| (number, written.as_str())).collect();
        all.sort_unstable();
        all
    }

    /// The forms, in the order of their numbers.
    fn forms(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..self.ends.len() as u32).map(|number| (number, form(&self.text, &self.ends, number)))
    }
}

/// The form of a number.
fn form<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}

/// Puts vocabularies together: all forms, ascending, and for each vocabulary the new numbers by the old ones.
pub fn merge(vocabularies: &[Vocabulary]) -> (Vec<Form>, Vec<Vec<u32>>) {
    // Most forms are in several vocabularies, so that a look-up for each is less than sorting all of them.
    let mut places: HashTable<u32> = HashTable::new();
    let mut all: Vec<&str> = Vec::new();
    let hash = |form: &str| FxBuildHasher.hash_one(form);
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    for vocabulary in vocabularies {
        let place = |(_, folded)| {
            let is_same = |&place: &u32| all[place as usize] == folded;
            match places.entry(hash(folded), is_same, |&place| hash(all[place as usize])) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(free) => {
                    let place = all.len() as u32;
                    free.insert(place);
                    all.push(folded);
                    place
                }
            }
        };
        numbers.push(vocabulary.forms().map(place).collect());
    }
    drop(places);
    let mut sorted: Vec<(u64, &str, u32)> =
        all.iter().zip(0u32..).map(|(form, place)| (beginning(form), *form, place)).collect();
    // The first bytes as a number settle most comparisons without a look at the word.
    sorted.par_sort_unstable();
    let mut number_of = vec![0; all.len()];
    for (number, &(_, _, place)) in (0u32..).zip(&sorted) {
        number_of[place as usize] = number;
    }
    let mut forms: Vec<Form> =
        sorted.iter().map(|entry| Form { folded: entry.1.to_owned(), accented: None }).collect();
    for (vocabulary, numbers) in vocabularies.iter().zip(&mut numbers) {
        numbers.iter_mut().for_each(|number| *number = number_of[*number as usize]);
        for (number, written) in vocabulary.accented() {
            let accented = &mut forms[numbers[number as usize] as usize].accented;
            if accented.as_deref() < Some(written) {
                *accented = Some(written.to_owned());
            }
        }
    }
    (forms, numbers)
}

/// Orders words as their bytes do, as far as it goes.
pub fn beginning(word: &str) -> u64 {
    let mut first = [0; 8];
    let length = word.len().min(8);
    first[..length].copy_from_slice(&word.as_bytes()[..length]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn forms_ascend_and_each_number_leads_to_its_form(
            texts in prop::collection::vec(prop::collection::vec("[ab\0]{0,10}|é{1,5}", 0..20), 0..5),
        ) {
            let mut old = Vec::new();
            let vocabularies: Vec<Vocabulary> = texts
                .iter()
                .map(|words| {
                    let mut vocabulary = Vocabulary::default();
                    old.push(words.iter().map(|word| vocabulary.number(word)).collect::<Vec<_>>());
                    vocabulary
                })
                .collect();
            let (forms, numbers) = merge(&vocabularies);
            let expected: BTreeSet<&String> = texts.iter().flatten().collect();
            prop_assert!(forms.iter().map(|form| &form.folded).eq(expected));
            for ((words, old), new) in texts.iter().zip(&old).zip(&numbers) {
                for (word, &number) in words.iter().zip(old) {
                    prop_assert_eq!(&forms[new[number as usize] as usize].folded, word);
                }
            }
        }
    }

    #[test]
    fn of_several_spellings_the_greatest_stands() {
        let mut one = Vocabulary::default();
        let number = one.number("ete");
        one.note(number, "ete", "Ete");
        one.note(number, "ete", "Été");
        one.note(number, "ete", "etè");
        let mut two = Vocabulary::default();
        two.number("ete");
        for order in [[&one, &two], [&two, &one]] {
            assert_eq!(merge(&order.map(Clone::clone)).0[0].accented.as_deref(), Some("été"));
        }
    }
}
