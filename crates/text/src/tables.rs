//! What the analyser knows of characters and word endings.

use crate::Endings;

/// What a character does in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Class {
    /// Ends a word: blanks, punctuation, symbols.
    Break = 0,
    /// Builds words.
    Letter = 1,
    /// Builds words and numbers.
    Digit = 2,
    /// Belongs to the character before it: combining accents, joiners, variation selectors.
    Mark = 3,
    /// Joins two parts of a word when it stands between them: hyphens, dots, underscores.
    Joiner = 4,
    /// Joins like a hyphen and marks off a clitic: apostrophes.
    Apostrophe = 5,
    /// Builds words that no blank sets apart: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
    Unspaced = 6,
}

impl Class {
    /// The class with this number, or `None` when there is none such.
    #[must_use]
    pub const fn from_u8(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Break,
            1 => Self::Letter,
            2 => Self::Digit,
            3 => Self::Mark,
            4 => Self::Joiner,
            5 => Self::Apostrophe,
            6 => Self::Unspaced,
            _ => return None,
        })
    }
}

/// What the analyser must know beyond ASCII, for just the characters that the documents hold.
///
/// ASCII is built in. A character that no table names is taken by its block: the blocks of punctuation and symbols
/// break words, all others are letters that fold to themselves. Such a character stands in no document, so no guess
/// about it can find or lose one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Class of each known character beyond ASCII, ascending by character.
    classes: Vec<(char, Class)>,
    /// Folded form of each character that does not fold to itself, with the accents that this one bears; ascending by
    /// character.
    folds: Vec<(char, Box<str>)>,
    /// Word endings of the documents' language.
    endings: Endings,
}

impl Tables {
    /// Puts tables together. Entries must ascend by character, which is left to the caller, because sorting costs the
    /// browser's engine two kilobytes; of entries that do not, some are not found.
    #[must_use]
    pub const fn new(classes: Vec<(char, Class)>, folds: Vec<(char, Box<str>)>, endings: Endings) -> Self {
        Self { classes, folds, endings }
    }

    /// The class of each known character beyond ASCII, ascending.
    #[must_use]
    pub fn classes(&self) -> &[(char, Class)] {
        &self.classes
    }

    /// The folded form of each character that does not fold to itself, with its accents, ascending.
    #[must_use]
    pub fn folds(&self) -> &[(char, Box<str>)] {
        &self.folds
    }

    /// The word endings.
    #[must_use]
    pub const fn endings(&self) -> &Endings {
        &self.endings
    }

    /// The class of a character. Cost: a comparison for ASCII, else a binary search.
    #[must_use]
    pub fn class(&self, character: char) -> Class {
        if character.is_ascii() {
            return match character {
                'a'..='z' | 'A'..='Z' => Class::Letter,
                '0'..='9' => Class::Digit,
                '\'' => Class::Apostrophe,
                '-' | '_' | '.' => Class::Joiner,
                _ => Class::Break,
            };
        }
        match self.classes.binary_search_by_key(&character, |entry| entry.0) {
            Ok(found) => self.classes[found].1,
            Err(_) => class_by_block(character),
        }
    }

    /// The folded form of a character, with its accents behind it, unless it is ASCII or folds to itself. Cost: as
    /// [`Tables::class`].
    #[must_use]
    pub fn folded(&self, character: char) -> Option<&str> {
        if character.is_ascii() {
            return None;
        }
        let found = self.folds.binary_search_by_key(&character, |entry| entry.0).ok()?;
        Some(&self.folds[found].1)
    }
}

/// The accent that a character is, if it is one: a mark of Latin, Greek and Cyrillic letters, by which words are told apart
/// that are the same without. Source: Unicode 17, `Blocks.txt`, Combining Diacritical Marks.
///
/// Romanian is written with commas, and with cedillas where fonts had none: both are the cedilla, as Unicode has it for
/// Latvian, which is written with commas alone.
#[must_use]
pub const fn accent(character: char) -> Option<char> {
    match character {
        '\u{326}' => Some('\u{327}'),
        '\u{300}'..='\u{36F}' => Some(character),
        _ => None,
    }
}

/// The class of a character that no document holds, by the Unicode block it stands in.
///
/// Block ranges: Unicode 17, `Blocks.txt`. Only blocks of nothing but punctuation and symbols are named, and those of
/// scripts without blanks.
const fn class_by_block(character: char) -> Class {
    match character as u32 {
        0x2019 => Class::Apostrophe,
        0x2010 | 0x2011 => Class::Joiner,
        0x0300..=0x036F | 0x200C | 0x200D | 0xFE00..=0xFE0F => Class::Mark,
        0x0080..=0x00A9 | 0x00AB..=0x00B4 | 0x00B6..=0x00B9 | 0x00BB..=0x00BF | 0x00D7 | 0x00F7 => {
            Class::Break
        }
        0x2000..=0x206F | 0x20A0..=0x20CF | 0x2190..=0x2BFF | 0x2E00..=0x2E7F | 0x3000..=0x3004 => {
            Class::Break
        }
        0x3008..=0x3020 | 0xE000..=0xF8FF | 0xFE10..=0xFE1F | 0xFE30..=0xFE6F | 0xFF01..=0xFF0F => {
            Class::Break
        }
        0x1F000..=0x1FBFF => Class::Break,
        // Thai, Lao; Burmese; Hangul letters; Khmer; kana, Bopomofo and ideographs; Hangul syllables; width forms.
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x3005..=0x3007 => {
            Class::Unspaced
        }
        0x3021..=0x31FF | 0x3400..=0x9FFF | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFF66..=0xFFDC => {
            Class::Unspaced
        }
        0x20000..=0x3FFFF => Class::Unspaced,
        _ => Class::Letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_needs_no_table_and_unknown_characters_are_taken_by_their_block() {
        let tables = Tables::default();
        assert_eq!(tables.class('x'), Class::Letter);
        assert_eq!(tables.class('7'), Class::Digit);
        assert_eq!(tables.class(' '), Class::Break);
        assert_eq!(tables.class('ж'), Class::Letter);
        assert_eq!(tables.class('→'), Class::Break);
        assert_eq!(tables.class('’'), Class::Apostrophe);
        assert_eq!(tables.class('\u{301}'), Class::Mark);
    }

    #[test]
    fn a_table_outranks_the_block() {
        let tables = Tables::new(vec![('é', Class::Break)], vec![('é', "e".into())], Endings::default());
        assert_eq!(tables.class('é'), Class::Break);
        assert_eq!([tables.folded('é'), tables.folded('Ж'), tables.folded('E')], [Some("e"), None, None]);
    }

    #[test]
    fn every_class_has_its_number_and_no_other_number_has_a_class() {
        for number in 0..=6 {
            assert_eq!(Class::from_u8(number).map(|class| class as u8), Some(number));
        }
        assert_eq!(Class::from_u8(7), None);
    }
}
