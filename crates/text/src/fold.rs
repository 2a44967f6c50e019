//! Folds a word, and keeps the accents that it loses.

use crate::{Class, Tables, accent};

/// Terms are cut at this many bytes. Words of people are shorter; longer ones are data, and are found by their
/// beginning.
pub const MAX_TERM_BYTES: usize = 64;

/// What stands in a term between a folded word and its accents. No word has it, and it sorts before all that words have, so
/// that a word with accents stands right behind the one without.
const ACCENTED: char = '\u{1}';

/// The dot of an i is no accent: capitals of Turkish have one, and so do small letters that are made of them.
const DOT: char = '\u{307}';

/// Vowels of Vietnamese, and of nearly all who write with Latin letters.
const VOWELS: &[u8] = b"aeiouy";

/// What Arabic writes before a noun without a blank: "and", "with", "like", "so", "to" and the article, longer ones first.
/// Stemmers look for the ends of words, and words are sorted by their beginnings, so these go first.
/// Source: Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007), light10,
/// <https://doi.org/10.1007/978-1-4020-6046-5_12>.
const ARTICLES: [&str; 7] = ["وال", "بال", "كال", "فال", "لل", "ال", "و"];

/// So many letters are left of a word that had one of these before it.
const MIN_AFTER_ARTICLE: usize = 3;

/// Whether a term is a word with its accents.
#[must_use]
pub fn is_accented(term: &str) -> bool {
    term.as_bytes().contains(&(ACCENTED as u8))
}

/// The word of a term without its accents.
#[must_use]
pub fn unaccented(term: &str) -> &str {
    term.split(ACCENTED).next().unwrap_or_default()
}

/// A word that is folded.
#[derive(Default)]
pub struct Folded {
    /// What it is found by.
    pub term: String,
    /// Its accents, sorted, each with where in the term it stands first.
    ///
    /// Of vowels side by side it says nothing which one has the accent, since Vietnamese is written both ways, `hòa` and
    /// `hoà`; and an accent that comes again says nothing, since Greek words get a second one before some others.
    accents: String,
}

impl Folded {
    /// Folds one run or part behind what the term begins with. Joiners go, so that all ways to write a compound meet; but a
    /// dot between digits stays, lest 1.5 be 15.
    pub fn word(&mut self, tables: &Tables, word: &str, beginning: &str) {
        self.term.clear();
        self.term.push_str(beginning);
        self.accents.clear();
        let mut before = None;
        let mut characters = word.chars().peekable();
        while let Some(character) = characters.next() {
            let length = self.term.len();
            match tables.class(character) {
                Class::Letter | Class::Digit | Class::Unspaced => self.letter(tables, character),
                Class::Mark if character == DOT && matches!(before, Some('i' | 'I')) => {}
                Class::Mark => accent(character).into_iter().for_each(|accent| self.accent(accent)),
                Class::Joiner if character == '.' => {
                    let digits = before.is_some_and(|c| tables.class(c) == Class::Digit)
                        && characters.peek().is_some_and(|&c| tables.class(c) == Class::Digit);
                    if digits {
                        self.term.push('.');
                    }
                }
                _ => {}
            }
            if self.term.len() > MAX_TERM_BYTES {
                self.term.truncate(length);
                return;
            }
            before = Some(character);
        }
        let is_enough = |rest: &&str| rest.chars().nth(MIN_AFTER_ARTICLE - 1).is_some();
        let rest = ARTICLES.into_iter().find_map(|article| self.term.strip_prefix(article).filter(is_enough));
        if let Some(length) = rest.map(str::len) {
            self.term.drain(..self.term.len() - length);
        }
    }

    /// Makes of the word the one with its accents. Says whether it has any, and fits into a term with them.
    pub fn with_accents(&mut self) -> bool {
        let fits = self.term.len() + ACCENTED.len_utf8() + self.accents.len() <= MAX_TERM_BYTES;
        let is_accented = fits && !self.accents.is_empty();
        if is_accented {
            self.term.push(ACCENTED);
            self.term.push_str(&self.accents);
        }
        is_accented
    }

    fn letter(&mut self, tables: &Tables, letter: char) {
        let Some(folded) = tables.folded(letter) else { return self.term.push(letter.to_ascii_lowercase()) };
        for part in folded.chars() {
            match accent(part) {
                Some(accent) => self.accent(accent),
                None => self.term.push(part),
            }
        }
    }

    fn accent(&mut self, accent: char) {
        if self.accents.contains(accent) {
            return;
        }
        let is_other = |letter: u8| !VOWELS.contains(&letter);
        let place = self.term.bytes().rposition(is_other).map_or(0, |last| last as u8 + 1);
        // A place is ASCII, so it is before every accent.
        let is_after = |known: &(usize, char)| known.1 > accent;
        let at = self.accents.char_indices().find(is_after).map_or(self.accents.len(), |known| known.0);
        self.accents.insert(at, char::from(b'0' + place));
        self.accents.insert(at, accent);
    }
}
