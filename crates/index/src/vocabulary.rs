//! The words of texts, numbered.

use crate::groups::Form;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// The forms of some texts, numbered from 0 as they come by.
#[derive(Default)]
pub struct Vocabulary {
    numbers: FxHashMap<Box<str>, u32>,
    /// For each number, how the form was written, if folding lost something.
    accented: Vec<Option<String>>,
}

impl Vocabulary {
    /// The number of a form, which is a new one where the form was not seen before.
    pub fn number(&mut self, folded: &str) -> u32 {
        if let Some(&number) = self.numbers.get(folded) {
            return number;
        }
        let number = self.accented.len() as u32;
        self.numbers.insert(folded.into(), number);
        self.accented.push(None);
        number
    }

    /// Remembers how a form was written, if folding lost something; of several spellings the greatest stands, so
    /// that the order of the documents does not matter.
    pub fn note(&mut self, number: u32, folded: &str, written: &str) {
        let lower = written.to_lowercase();
        let accented = &mut self.accented[number as usize];
        if lower.chars().all(char::is_alphabetic)
            && lower != folded
            && accented.as_deref().is_none_or(|before| before < lower.as_str())
        {
            *accented = Some(lower);
        }
    }
}

/// A form of one of several vocabularies.
struct Entry<'v> {
    /// Its first bytes as a number, which settles most comparisons without a look at the word.
    beginning: u64,
    folded: &'v str,
    vocabulary: usize,
    number: u32,
}

/// Puts vocabularies together: all forms, ascending, and for each vocabulary the new numbers by the old ones.
pub fn merge(vocabularies: &[Vocabulary]) -> (Vec<Form>, Vec<Vec<u32>>) {
    let mut all: Vec<Entry<'_>> = vocabularies
        .par_iter()
        .enumerate()
        .flat_map_iter(|(vocabulary, forms)| {
            forms.numbers.iter().map(move |(folded, &number)| Entry {
                beginning: beginning(folded),
                folded,
                vocabulary,
                number,
            })
        })
        .collect();
    // Entries of one form come in any order, as do those of a hash map: the greatest spelling stands, and each number
    // goes to its own place.
    all.par_sort_unstable_by(|a, b| (a.beginning, a.folded).cmp(&(b.beginning, b.folded)));
    let mut forms = Vec::new();
    let mut numbers: Vec<Vec<u32>> = vocabularies.iter().map(|forms| vec![0; forms.accented.len()]).collect();
    for entries in all.chunk_by(|a, b| a.folded == b.folded) {
        let spelling =
            |entry: &Entry<'_>| vocabularies[entry.vocabulary].accented[entry.number as usize].as_ref();
        for entry in entries {
            numbers[entry.vocabulary][entry.number as usize] = forms.len() as u32;
        }
        let accented = entries.iter().filter_map(spelling).max().cloned();
        forms.push(Form { folded: entries[0].folded.to_owned(), accented });
    }
    (forms, numbers)
}

/// Orders words as their bytes do, as far as it goes.
fn beginning(word: &str) -> u64 {
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
            let vocabularies = order.map(|vocabulary| Vocabulary {
                numbers: vocabulary.numbers.clone(),
                accented: vocabulary.accented.clone(),
            });
            assert_eq!(merge(&vocabularies).0[0].accented.as_deref(), Some("été"));
        }
    }
}
