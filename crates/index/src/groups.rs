//! Groups the forms of the documents by their stems.

use crate::vocabulary::beginning;
use frostem::Stemmer;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use searchlet_format::MAX_FORMS;
use searchlet_text::{Endings, is_accented};
use std::borrow::Cow;

/// An ending longer than this many bytes joins no group: the form stands alone. Inflection is shorter; a longer rest
/// means that the stemmer took away the beginning of a word, and would make every look-up longer.
const MAX_ENDING_BYTES: usize = 16;

/// Forms that count as one word, by their places in the sorted list of all forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormGroup {
    /// The beginning that all forms share.
    pub key: String,
    /// Indices of the forms, ascending; 1 to [`MAX_FORMS`].
    pub forms: Vec<u32>,
}

/// A folded form, and how it was written where folding loses what the stemmer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The folded word.
    pub folded: String,
    /// A lower-case spelling with its accents, where one was seen.
    pub accented: Option<String>,
}

/// Groups ascending forms; `language` is a BCP 47 tag. The groups come in the order of the terms section.
///
/// A language without a Snowball stemmer has groups of one form.
pub fn group(forms: &[Form], language: &str) -> (Vec<FormGroup>, Endings) {
    let stemmer = Stemmer::try_from_name(language).ok();
    let mut by_stem: Vec<(u64, Cow<'_, str>, u32)> = forms
        .par_iter()
        .zip(0..forms.len() as u32)
        .map(|(form, index)| {
            let stem = stemmer.as_ref().map_or(Cow::Borrowed(&*form.folded), |stemmer| stem(stemmer, form));
            (beginning(&stem), stem, index)
        })
        .collect();
    by_stem.par_sort_unstable();
    let mut groups: Vec<FormGroup> =
        by_stem.par_chunk_by(|a, b| a.1 == b.1).flat_map_iter(|members| groups_of(forms, members)).collect();
    groups.par_sort_unstable_by(|a, b| (&a.key, &a.forms).cmp(&(&b.key, &b.forms)));
    let endings: FxHashSet<&str> = groups
        .iter()
        .flat_map(|group| group.forms.iter().map(|&index| &forms[index as usize].folded[group.key.len()..]))
        .collect();
    let mut endings: Vec<_> =
        endings.into_iter().filter(|ending| !ending.is_empty()).map(Into::into).collect();
    endings.sort_unstable();
    (groups, Endings::new(endings))
}

/// The groups of the forms that have one stem; each comes with that.
fn groups_of(forms: &[Form], members: &[(u64, Cow<'_, str>, u32)]) -> Vec<FormGroup> {
    let stem = &*members[0].1;
    let members: Vec<u32> = members.iter().map(|member| member.2).collect();
    let mut groups = Vec::new();
    for members in split(forms, &members) {
        let folded = members.iter().map(|&index| &*forms[index as usize].folded);
        let key = shared_beginning(folded.chain([stem]));
        let fits = |index: &u32| forms[*index as usize].folded.len() - key.len() <= MAX_ENDING_BYTES;
        if !key.is_empty() && members.iter().all(fits) {
            groups.push(FormGroup { key: key.to_owned(), forms: members });
        } else {
            let alone = |index| FormGroup { key: forms[index as usize].folded.clone(), forms: vec![index] };
            groups.extend(members.into_iter().map(alone));
        }
    }
    groups
}

/// The folded stem of a form. Numbers and words with digits are their own stems, and so are words with their accents, which
/// are there to be found just so.
fn stem<'f>(stemmer: &Stemmer, form: &'f Form) -> Cow<'f, str> {
    if form.folded.bytes().any(|byte| byte.is_ascii_digit()) || is_accented(&form.folded) {
        return Cow::Borrowed(&form.folded);
    }
    match &form.accented {
        None => stemmer.stem(&form.folded),
        Some(accented) => {
            let stem = stemmer.stem(accented);
            // Folding a stem letter by letter keeps it a beginning of the folded form wherever it was one of the
            // accented form.
            let shared = shared_beginning([accented.as_str(), &stem].into_iter()).chars().count();
            let folded_shared: String = form.folded.chars().take(shared).collect();
            let rest: String = stem.chars().skip(shared).collect();
            Cow::Owned(folded_shared + &rest)
        }
    }
}

/// Cuts the forms of a stem into groups whose forms share a beginning and fit a mask.
fn split(forms: &[Form], members: &[u32]) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for &index in members {
        let first = forms[index as usize].folded.chars().next();
        match groups.last_mut() {
            Some(group)
                if group.len() < MAX_FORMS && forms[group[0] as usize].folded.chars().next() == first =>
            {
                group.push(index);
            }
            _ => groups.push(vec![index]),
        }
    }
    groups
}

/// The longest beginning that all words share, cut between characters.
fn shared_beginning<'w>(mut words: impl Iterator<Item = &'w str>) -> &'w str {
    let Some(first) = words.next() else { return "" };
    words.fold(first, |shared, word| {
        let same =
            shared.chars().zip(word.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        &shared[..same]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(words: &[&str]) -> Vec<Form> {
        words.iter().map(|word| Form { folded: (*word).to_owned(), accented: None }).collect()
    }

    fn keys(words: &[&str], language: &str) -> Vec<(String, Vec<u32>)> {
        group(&forms(words), language).0.into_iter().map(|group| (group.key, group.forms)).collect()
    }

    #[test]
    fn inflected_forms_share_a_group_under_the_beginning_that_they_share() {
        assert_eq!(
            keys(&["happily", "happiness", "happy", "run", "running", "runs"], "en"),
            [
                ("happ".to_owned(), vec![1, 2]),
                ("happili".to_owned(), vec![0]),
                ("run".to_owned(), vec![3, 4, 5]),
            ]
            .map(|(key, forms)| (if key == "happili" { "happil".to_owned() } else { key }, forms))
        );
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_forms_apart() {
        assert_eq!(
            keys(&["run", "runs"], "tlh"),
            [("run".to_owned(), vec![0]), ("runs".to_owned(), vec![1])]
        );
    }

    #[test]
    fn the_accented_spelling_is_what_is_stemmed() {
        let forms = [
            Form { folded: "ete".into(), accented: Some("été".into()) },
            Form { folded: "etes".into(), accented: Some("étés".into()) },
        ];
        assert_eq!(group(&forms, "fr").0.len(), 1);
    }

    proptest! {
        #[test]
        fn every_form_is_in_one_group_and_found_by_its_endings(words in prop::collection::btree_set("[a-f]{1,9}(ing|s|ed|ly)?|[а-д]{1,6}", 1..40), language in "en|de|ar|id|ru|tr|xx") {
            let forms: Vec<Form> = words.iter().map(|word| Form { folded: word.clone(), accented: None }).collect();
            let (groups, endings) = group(&forms, &language);
            let mut seen: Vec<u32> = groups.iter().flat_map(|group| group.forms.clone()).collect();
            seen.sort_unstable();
            prop_assert!(seen.iter().copied().eq(0..forms.len() as u32));
            for group in &groups {
                for &index in &group.forms {
                    prop_assert!(endings.keys(&forms[index as usize].folded).any(|key| key == group.key));
                }
            }
        }
    }
}
