//! Finds the words of the documents that a misspelt one may be.

use searchlet_format::reversed;

/// Words of so many letters may have one wrong.
const ONE_EDIT_FROM: usize = 4;

/// Words of so many letters may have two wrong.
const TWO_EDITS_FROM: usize = 9;

/// The beginning of a word may be misspelt from so many letters on.
const PREFIX_FROM: usize = 5;

/// A misspelt word is led to so many words at most.
const MAX_MENDED: usize = 4;

/// How much more common a word must be, as a power of two, to be what another word of the documents was meant to be.
const MUCH_COMMONER: u8 = 2;

/// A word that no document has may be the end of a compound from so many letters on: `Versicherung` of
/// `Krankenversicherung`. It counts as more edits than any misspelling.
const END_FROM: usize = 5;
const END_EDITS: u8 = 3;

/// A word that may be meant by a misspelt one, by its place among all that may be: the fewest edits first, then the same
/// first letter, then the commonest, then by letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mended {
    edits: u8,
    begins_otherwise: bool,
    rarity: u8,
    /// The word.
    pub form: String,
}

/// A word that may be misspelt.
pub struct Misspelt {
    letters: Vec<char>,
    /// Edits that are allowed.
    max_edits: u8,
    /// Whether words may go on after it.
    prefix: bool,
    /// How common it is itself, if the documents have it.
    known: Option<u8>,
    best: Vec<Mended>,
}

impl Misspelt {
    /// A word that is to be mended, if it is long enough: its magnitude if the documents have it, and whether it may be
    /// a beginning.
    pub fn new(term: &str, known: Option<u8>, prefix: bool) -> Option<Self> {
        let letters: Vec<char> = term.chars().collect();
        let max_edits = match letters.len() {
            TWO_EDITS_FROM.. => 2,
            ONE_EDIT_FROM.. => 1,
            _ => return None,
        };
        let spelt = !letters.iter().any(char::is_ascii_digit);
        let prefix = prefix && letters.len() >= PREFIX_FROM;
        spelt.then_some(Self { letters, max_edits, prefix, known, best: Vec::new() })
    }

    /// What the spellings begin with among which all words are that may be meant.
    ///
    /// One edit leaves one half of a word as it is, but for two neighbouring letters in the middle that were swapped; two
    /// edits leave the first or the last third of most words.
    pub fn beginnings(&self) -> Vec<String> {
        let letters = &self.letters;
        let n_letters = letters.len();
        let part = if self.max_edits > 1 { n_letters / 3 } else { n_letters / 2 };
        let end = if self.max_edits > 1 { n_letters - part } else { part };
        let first: String = letters[..part].iter().collect();
        let last: String = letters[end..].iter().collect();
        let mut beginnings = vec![first, reversed(&last)];
        if self.max_edits == 1 {
            let swapped = letters[..part - 1].iter().chain([&letters[part], &letters[part - 1]]);
            beginnings.push(swapped.collect());
        }
        beginnings
    }

    /// Looks at a word of the documents with its magnitude.
    pub fn look_at(&mut self, form: &str, magnitude: u8) {
        if self.known.is_some_and(|known| magnitude < known.saturating_add(MUCH_COMMONER)) {
            return;
        }
        let Some(edits) = self.edits(form).or_else(|| self.ends(form)) else { return };
        let begins_otherwise = form.chars().next() != self.letters.first().copied();
        let mended = Mended { edits, begins_otherwise, rarity: !magnitude, form: form.to_owned() };
        if let Err(at) = self.best.binary_search(&mended)
            && at < MAX_MENDED
        {
            self.best.insert(at, mended);
            self.best.truncate(MAX_MENDED);
        }
    }

    /// What it costs that the word is only the end of a form, if it is and no document has the word.
    fn ends(&self, form: &str) -> Option<u8> {
        let is_open = self.known.is_none() && self.letters.len() >= END_FROM;
        let mut letters = form.chars().rev();
        (is_open && self.letters.iter().rev().all(|&letter| letters.next() == Some(letter)))
            .then_some(END_EDITS)
    }

    /// The words that need the fewest edits, the likeliest first.
    pub fn best(self) -> impl Iterator<Item = String> {
        let fewest = self.best.first().map_or(0, |best| best.edits);
        self.best.into_iter().take_while(move |mended| mended.edits == fewest).map(|mended| mended.form)
    }

    /// How many edits lead to a form (letters put in, left out, replaced, or swapped with the next one), if they are
    /// few, and more than none. Cost: letters of the form × 7.
    ///
    /// Source: the "optimal string alignment" distance; Boytsov, "Indexing methods for approximate dictionary searching"
    /// (2011), section 2.1, <https://doi.org/10.1145/1963190.1963191>.
    fn edits(&self, form: &str) -> Option<u8> {
        let letters = &self.letters;
        let n_letters = letters.len();
        let max = usize::from(self.max_edits);
        let mut before: Vec<usize> = Vec::new();
        let mut row: Vec<usize> = (0..=n_letters).collect();
        let mut best_beginning = row[n_letters];
        let mut last = None;
        for (at, character) in form.chars().enumerate() {
            let mut next = vec![at + 1];
            let mut least = at + 1;
            for (place, &letter) in letters.iter().enumerate() {
                let replaced = row[place] + usize::from(letter != character);
                let mut edits = replaced.min(row[place + 1] + 1).min(next[place] + 1);
                if place > 0 && last == Some(letter) && letters[place - 1] == character {
                    edits = edits.min(before[place - 1] + 1);
                }
                least = least.min(edits);
                next.push(edits);
            }
            before = std::mem::replace(&mut row, next);
            last = Some(character);
            best_beginning = best_beginning.min(row[n_letters]);
            if least > max {
                break;
            }
        }
        let edits = if self.prefix { best_beginning } else { row[n_letters] };
        (1..=max).contains(&edits).then_some(edits as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edits(typed: &str, form: &str, prefix: bool) -> Option<u8> {
        Misspelt::new(typed, None, prefix).and_then(|misspelt| misspelt.edits(form))
    }

    #[test]
    fn letters_are_put_in_left_out_replaced_or_swapped() {
        for form in ["receive", "recievee", "recive", "relieve", "xrecieve"] {
            assert_eq!(edits("recieve", form, false), Some(1), "{form}");
        }
        assert_eq!(edits("recieve", "recieve", false), None, "it is the word");
        assert_eq!(edits("recieve", "receiver", false), None, "two edits need nine letters");
        assert_eq!(edits("enviroment", "environments", false), Some(2));
        assert_eq!(edits("recie", "receiver", true), Some(1), "the beginning of a word");
        assert_eq!(edits("form", "from", false), Some(1));
        assert!(Misspelt::new("fro", None, false).is_none());
        assert!(Misspelt::new("1234", None, false).is_none());
    }

    #[test]
    fn the_likeliest_word_comes_first() {
        let mut misspelt = Misspelt::new("tost", None, false).expect("long enough");
        [("post", 9), ("toast", 3), ("test", 4), ("most", 9), ("tests", 9), ("lost", 9)]
            .into_iter()
            .for_each(|(form, magnitude)| misspelt.look_at(form, magnitude));
        assert_eq!(misspelt.best().collect::<Vec<_>>(), ["test", "toast", "lost", "most"]);
    }

    #[test]
    fn a_word_of_the_documents_is_only_a_much_commoner_one() {
        let mut misspelt = Misspelt::new("form", Some(3), false).expect("long enough");
        misspelt.look_at("fort", 4);
        misspelt.look_at("from", 5);
        assert_eq!(misspelt.best().collect::<Vec<_>>(), ["from"]);
    }

    proptest! {
        /// Whatever is one edit away stands behind one of the beginnings.
        #[test]
        fn every_word_at_one_edit_is_reached(word in "[abc]{4,8}", form in "[abc]{3,9}", prefix: bool) {
            let misspelt = Misspelt::new(&word, None, false).expect("long enough");
            if misspelt.edits(&form).is_some() {
                let beginnings = misspelt.beginnings();
                let spellings = [form.clone(), reversed(&form)];
                prop_assert!(spellings.iter().any(|spelling| beginnings.iter().any(|beginning| spelling.starts_with(beginning))), "{word} {form}");
            }
            let _ = Misspelt::new(&word, None, prefix).and_then(|misspelt| misspelt.edits(&form));
        }
    }
}
