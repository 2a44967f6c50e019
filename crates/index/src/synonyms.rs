//! Words that readers may type for other words.

use std::collections::BTreeSet;
use std::fmt;

/// At most so many entries: a list of that length is kept by hand no more, and each entry is looked at for each build.
pub const MAX_SYNONYMS: usize = 10_000;

/// A phrase of a synonym has at most so many words, of which a query seldom has more.
pub const MAX_PHRASE_WORDS: usize = 3;

/// Words or short phrases that stand for each other.
///
/// ```
/// use searchlet_index::{Synonym, Synonyms};
///
/// let car = Synonym::Alike(vec!["car".into(), "automobile".into()]);
/// let k8s = Synonym::OneWay { from: vec!["k8s".into()], to: vec!["kubernetes".into()] };
/// assert_eq!(Synonyms::new(vec![car, k8s]).unwrap().entries().len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Synonym {
    /// Whoever types one of these also finds the others.
    Alike(Vec<String>),
    /// Whoever types one of `from` also finds those of `to`, and not the other way round.
    OneWay {
        /// What is typed.
        from: Vec<String>,
        /// What it also finds.
        to: Vec<String>,
    },
}

/// Synonyms that make sense, each phrase with single blanks between its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synonyms(Vec<Synonym>);

impl Synonyms {
    /// Takes in a list of synonyms.
    ///
    /// # Errors
    /// Names the first entry that is empty, has an empty or a long phrase, or says the same twice; or says that there
    /// are more than [`MAX_SYNONYMS`].
    pub fn new(entries: Vec<Synonym>) -> Result<Self, SynonymsError> {
        if entries.len() > MAX_SYNONYMS {
            return Err(SynonymsError { entry: MAX_SYNONYMS, fault: SynonymFault::TooMany(entries.len()) });
        }
        let tidied = entries
            .into_iter()
            .enumerate()
            .map(|(number, entry)| tidied(entry).map_err(|fault| SynonymsError { entry: number, fault }));
        tidied.collect::<Result<_, _>>().map(Self)
    }

    /// The entries, in the order in which they were given.
    #[must_use]
    pub fn entries(&self) -> &[Synonym] {
        &self.0
    }

    /// All pairs of what is typed and what else it stands for; ascending, each once.
    pub(crate) fn pairs(&self) -> BTreeSet<(&str, &str)> {
        let mut pairs = BTreeSet::new();
        for entry in &self.0 {
            let (from, to) = match entry {
                Synonym::Alike(words) => (words, words),
                Synonym::OneWay { from, to } => (from, to),
            };
            for typed in from {
                pairs.extend(to.iter().filter(|meant| *meant != typed).map(|meant| (&**typed, &**meant)));
            }
        }
        pairs
    }
}

/// Which entry of a list of synonyms makes no sense, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SynonymsError {
    /// Place of the entry, from 0.
    pub entry: usize,
    /// What is wrong with it.
    pub fault: SynonymFault,
}

/// Why a synonym makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SynonymFault {
    /// There are so many entries, more than [`MAX_SYNONYMS`].
    TooMany(usize),
    /// A list has too few phrases: two-way ones need two, each side of a one-way one needs one.
    TooFew(&'static str, usize),
    /// A phrase has no letter, digit or sign that is no blank.
    Empty,
    /// A phrase has more than [`MAX_PHRASE_WORDS`] words.
    Long(String),
    /// A phrase stands there twice, or on both sides.
    Twice(String),
}

impl fmt::Display for SynonymFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany(count) => {
                write!(out, "there are {count} synonyms, expected {MAX_SYNONYMS} at most; leave some out")
            }
            Self::TooFew(list, least) => {
                write!(
                    out,
                    "`{list}` is too short, expected at least {least}; add a word or remove the entry"
                )
            }
            Self::Empty => out.write_str("a word is empty; write it or remove it"),
            Self::Long(phrase) => write!(
                out,
                "\"{phrase}\" is too long, expected {MAX_PHRASE_WORDS} words at most; choose a shorter phrase"
            ),
            Self::Twice(phrase) => write!(out, "\"{phrase}\" stands there twice; remove one"),
        }
    }
}

impl fmt::Display for SynonymsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault {
            SynonymFault::TooMany(_) => write!(out, "{}", self.fault),
            _ => write!(out, "synonym {}: {}", self.entry + 1, self.fault),
        }
    }
}

impl std::error::Error for SynonymsError {}

fn tidied(entry: Synonym) -> Result<Synonym, SynonymFault> {
    let mut seen = BTreeSet::new();
    let mut list = |name, phrases: Vec<String>, least| {
        if phrases.len() < least {
            return Err(SynonymFault::TooFew(name, least));
        }
        phrases.iter().map(|phrase| tidied_phrase(phrase, &mut seen)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match entry {
        Synonym::Alike(words) => Synonym::Alike(list("words", words, 2)?),
        Synonym::OneWay { from, to } => {
            Synonym::OneWay { from: list("from", from, 1)?, to: list("to", to, 1)? }
        }
    })
}

fn tidied_phrase(phrase: &str, seen: &mut BTreeSet<String>) -> Result<String, SynonymFault> {
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let tidied = words.join(" ");
    match words.len() {
        0 => Err(SynonymFault::Empty),
        // Case is no difference to a searcher, so it is none here.
        1..=MAX_PHRASE_WORDS if seen.insert(tidied.to_lowercase()) => Ok(tidied),
        1..=MAX_PHRASE_WORDS => Err(SynonymFault::Twice(tidied)),
        _ => Err(SynonymFault::Long(tidied)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(words: &[&str]) -> Synonym {
        Synonym::Alike(words.iter().map(|&word| word.to_owned()).collect())
    }

    fn one_way(from: &[&str], to: &[&str]) -> Synonym {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Synonym::OneWay { from: owned(from), to: owned(to) }
    }

    fn fault(entry: Synonym) -> SynonymFault {
        let error = Synonyms::new(vec![alike(&["a", "b"]), entry]).expect_err("no sense");
        assert_eq!(error.entry, 1);
        error.fault
    }

    #[test]
    fn what_makes_sense_is_kept_in_order_and_tidied() {
        let synonyms =
            Synonyms::new(vec![one_way(&["k8s"], &["Kubernetes"]), alike(&[" web  page ", "site"])]);
        let expected = [one_way(&["k8s"], &["Kubernetes"]), alike(&["web page", "site"])];
        assert_eq!(synonyms.expect("sense").entries(), expected);
    }

    #[test]
    fn what_makes_none_is_named() {
        assert_eq!(fault(alike(&["a"])), SynonymFault::TooFew("words", 2));
        assert_eq!(fault(one_way(&[], &["a"])), SynonymFault::TooFew("from", 1));
        assert_eq!(fault(one_way(&["a"], &[])), SynonymFault::TooFew("to", 1));
        assert_eq!(fault(alike(&["a", " "])), SynonymFault::Empty);
        assert_eq!(fault(alike(&["a", "b c d e"])), SynonymFault::Long("b c d e".to_owned()));
        assert_eq!(fault(alike(&["a", "A"])), SynonymFault::Twice("A".to_owned()));
        assert_eq!(fault(one_way(&["car"], &["auto", " Car"])), SynonymFault::Twice("Car".to_owned()));
    }

    #[test]
    fn too_many_are_refused() {
        assert!(Synonyms::new(vec![alike(&["a", "b"]); MAX_SYNONYMS]).is_ok());
        let error = Synonyms::new(vec![alike(&["a", "b"]); MAX_SYNONYMS + 1]).expect_err("too many");
        assert_eq!(error.fault, SynonymFault::TooMany(MAX_SYNONYMS + 1));
    }
}
