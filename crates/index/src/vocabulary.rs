//! The words of texts, numbered.

use crate::groups::Form;
use crate::varint;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use searchlet_text::{is_accented, unaccented};
use std::hash::BuildHasher as _;

/// What a word has for its form that is not kept.
pub const NO_FORM: u32 = u32::MAX;

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
    /// How often each form was written without accents.
    bare: Vec<u32>,
}

impl Vocabulary {
    /// The number of a form, which is a new one where the form was not seen before.
    pub fn number(&mut self, folded: &str) -> u32 {
        let Self { text, ends, numbers, bare, .. } = self;
        let hash = |form: &str| FxBuildHasher.hash_one(form);
        let is_same = |&number: &u32| form(text, ends, number) == folded;
        match numbers.entry(hash(folded), is_same, |&number| hash(form(text, ends, number))) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = ends.len() as u32;
                place.insert(number);
                text.push_str(folded);
                ends.push(text.len());
                bare.push(0);
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
        for (&end, &bare) in self.ends.iter().zip(&self.bare) {
            varint::write(bytes, (end - start) as u32);
            varint::write(bytes, bare);
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
        let (mut ends, mut bare) = (Vec::new(), Vec::new());
        let mut end = 0usize;
        for _ in 0..varint::read(bytes)? {
            end = end.checked_add(varint::read(bytes)? as usize)?;
            ends.push(Some(end).filter(|&end| text.is_char_boundary(end))?);
            bare.push(varint::read(bytes)?);
        }
        let mut accented = FxHashMap::default();
        for _ in 0..varint::read(bytes)? {
            let number = varint::read(bytes)?;
            let written = std::str::from_utf8(varint::read_slice(bytes)?).ok()?;
            accented.insert(number, written.to_owned());
        }
        Some(Self { text, ends, numbers: HashTable::new(), accented, bare })
    }

    /// How forms were written that lost something by folding, in the order of their numbers.
    fn accented(&self) -> Vec<(u32, &str)> {
        let mut all: Vec<(u32, &str)> =
            self.accented.iter().map(|(&number, written)| (number, written.as_str())).collect();
        all.sort_unstable();
        all
    }

    /// How often a form was written without accents, which is counted by the caller.
    pub fn bare(&mut self, number: u32) -> &mut u32 {
        &mut self.bare[number as usize]
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
///
/// A form with accents is kept where they tell words apart: where the same word is also written with others, or without.
/// Others have [`NO_FORM`] for their number.
pub fn merge(vocabularies: &[Vocabulary]) -> (Vec<Form>, Vec<Vec<u32>>) {
    // Most forms are in several vocabularies, so that a look-up for each is less than sorting all of them.
    let mut places: HashTable<u32> = HashTable::new();
    let (mut all, mut is_bare): (Vec<&str>, Vec<bool>) = (Vec::new(), Vec::new());
    let hash = |form: &str| FxBuildHasher.hash_one(form);
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    for vocabulary in vocabularies {
        let place = |(number, folded)| {
            let is_same = |&place: &u32| all[place as usize] == folded;
            let place = match places.entry(hash(folded), is_same, |&place| hash(all[place as usize])) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(free) => {
                    let place = all.len() as u32;
                    free.insert(place);
                    all.push(folded);
                    is_bare.push(false);
                    place
                }
            };
            is_bare[place as usize] |= vocabulary.bare[number as usize] > 0;
            place
        };
        numbers.push(vocabulary.forms().map(place).collect());
    }
    drop(places);
    // The first bytes as a number settle most comparisons without a look at the word.
    let mut sorted: Vec<(u64, &str, u32)> =
        all.iter().zip(0u32..).map(|(form, place)| (beginning(form), *form, place)).collect();
    sorted.par_sort_unstable();
    let mut forms: Vec<Form> = Vec::new();
    let mut number_of = vec![NO_FORM; all.len()];
    // A form with accents comes right behind the word without.
    for of_word in sorted.chunk_by(|a, b| unaccented(a.1) == unaccented(b.1)) {
        let is_bare = of_word.iter().any(|known| is_bare[known.2 as usize]);
        let n_accented = of_word.iter().filter(|known| is_accented(known.1)).count();
        let tell_apart = n_accented + usize::from(is_bare) > 1;
        for &(_, folded, place) in of_word.iter().filter(|known| tell_apart || !is_accented(known.1)) {
            number_of[place as usize] = forms.len() as u32;
            forms.push(Form { folded: folded.to_owned(), accented: None });
        }
    }
    for (vocabulary, numbers) in vocabularies.iter().zip(&mut numbers) {
        numbers.iter_mut().for_each(|number| *number = number_of[*number as usize]);
        for (number, written) in vocabulary.accented() {
            if let Some(form) = forms.get_mut(numbers[number as usize] as usize)
                && form.accented.as_deref() < Some(written)
            {
                form.accented = Some(written.to_owned());
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
    fn accents_are_kept_where_they_tell_words_apart() {
        let (tilde, acute) = ("ano\u{1}\u{303}2", "ano\u{1}\u{301}0");
        // Each text has the word `ano` as often without accents as it says, and once with each of the accents.
        let kept = |texts: &[(u32, &[&str])]| {
            let vocabulary = |&(n_bare, accented): &(u32, &[&str])| {
                let mut vocabulary = Vocabulary::default();
                let word = vocabulary.number("ano");
                *vocabulary.bare(word) += n_bare;
                accented.iter().for_each(|accented| _ = vocabulary.number(accented));
                vocabulary
            };
            let (forms, numbers) = merge(&texts.iter().map(vocabulary).collect::<Vec<_>>());
            assert!(numbers.iter().all(|numbers| numbers[0] == 0));
            let known = numbers.iter().flatten().filter(|&&number| number != NO_FORM);
            assert!(known.clone().all(|&number| (number as usize) < forms.len()));
            forms.into_iter().skip(1).map(|form| form.folded).collect::<Vec<_>>()
        };
        assert_eq!(kept(&[(0, &[tilde]), (0, &[tilde])]), [""; 0]);
        assert_eq!(kept(&[(1, &[tilde])]), [tilde]);
        assert_eq!(kept(&[(0, &[tilde]), (1, &[])]), [tilde]);
        assert_eq!(kept(&[(0, &[tilde]), (0, &[acute])]), [acute, tilde]);
        assert_eq!(kept(&[(3, &[])]), [""; 0]);
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
