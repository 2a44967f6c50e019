//! Words that the documents also write in two halves.

use crate::groups::Form;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Halves of a word that was written apart have at least this many letters: `data base` may be `database`, but
/// `a part` is no `apart`.
const MIN_HALF_CHARS: usize = 3;

/// Pairs of forms that make another form when written together, all three by their numbers.
#[derive(Debug, Default)]
pub struct Compounds {
    by_halves: FxHashMap<(u32, u32), u32>,
    /// Whether a form is the first half of any: most pairs are settled by a look at this.
    is_first: Vec<bool>,
}

impl Compounds {
    /// Finds the compounds among ascending forms. Cost: a look-up for each beginning of a form that is a form, too.
    pub fn of(forms: &[Form]) -> Self {
        // The forms that are beginnings of the current one, shortest first; in ascending order they nest.
        let mut beginnings: Vec<u32> = Vec::new();
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        for (whole, form) in (0u32..).zip(forms) {
            while let Some(&last) = beginnings.last()
                && !form.folded.starts_with(&forms[last as usize].folded)
            {
                beginnings.pop();
            }
            candidates.extend(beginnings.iter().map(|&first| (first, whole)));
            if has_half(&form.folded) {
                beginnings.push(whole);
            }
        }
        let numbers: FxHashMap<&str, u32> = forms.iter().map(|form| &*form.folded).zip(0..).collect();
        let by_halves: FxHashMap<(u32, u32), u32> = candidates
            .into_par_iter()
            .filter_map(|(first, whole)| {
                let rest = &forms[whole as usize].folded[forms[first as usize].folded.len()..];
                let second = *has_half(rest).then(|| numbers.get(rest)).flatten()?;
                Some(((first, second), whole))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let mut is_first = vec![false; forms.len()];
        by_halves.keys().for_each(|halves| is_first[halves.0 as usize] = true);
        Self { by_halves, is_first }
    }

    /// For each form, the forms that make another when they are written after it; in no order.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.by_halves.keys().copied()
    }

    /// Whether a form is the first half of any.
    pub fn is_first(&self, form: u32) -> bool {
        self.is_first[form as usize]
    }

    /// Both halves and what they make, ascending.
    pub fn ascending(&self) -> Vec<(u32, u32, u32)> {
        let mut all: Vec<_> =
            self.by_halves.iter().map(|(&(one, other), &whole)| (one, other, whole)).collect();
        all.sort_unstable();
        all
    }

    /// What two forms make when written together.
    pub fn whole(&self, first: u32, second: u32) -> Option<u32> {
        if self.is_first[first as usize] { self.by_halves.get(&(first, second)).copied() } else { None }
    }
}

/// Whether a word is long enough for half of a compound.
fn has_half(word: &str) -> bool {
    word.chars().nth(MIN_HALF_CHARS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(words: impl IntoIterator<Item = String>) -> Vec<Form> {
        words.into_iter().map(|folded| Form { folded, accented: None }).collect()
    }

    proptest! {
        #[test]
        fn a_pair_is_a_compound_if_and_only_if_both_together_are_a_form(
            words in prop::collection::btree_set("[ab]{1,7}|é{1,8}", 0..60),
        ) {
            let forms = forms(words);
            let compounds = Compounds::of(&forms);
            for (first, one) in (0u32..).zip(&forms) {
                for (second, other) in (0u32..).zip(&forms) {
                    let long = [one, other].iter().all(|form| form.folded.chars().count() >= MIN_HALF_CHARS);
                    let together = format!("{}{}", one.folded, other.folded);
                    let whole = forms.iter().position(|form| long && form.folded == together);
                    prop_assert_eq!(compounds.whole(first, second), whole.map(|whole| whole as u32));
                }
            }
        }
    }
}
