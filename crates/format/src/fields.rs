//! Where in a document a group stands beside the text, as it is put into spare bits.

use crate::impact::MAX_LEVEL;

/// The group stands in the document's title.
pub const FIELD_TITLE: u8 = 1;
/// The group stands in a heading of the document.
pub const FIELD_HEADING: u8 = 2;
/// The group stands in the document's path.
pub const FIELD_PATH: u8 = 4;

/// The document's title begins with the group.
pub const FIELD_START: u8 = 64;

/// A title or heading is said to have so many different words at most.
pub const MAX_HEADING_WORDS: u8 = 7;

/// Bits of a level, in a byte that also counts the words of a heading.
const LEVEL_BITS: u32 = MAX_LEVEL.count_ones();

/// Bits of the fields, in a byte that also counts the words of the title.
const FIELD_BITS: u32 = 3;

/// The fields of a group in a document whose title has so many words.
#[must_use]
pub const fn fields(bits: u8, title_words: usize) -> u8 {
    if bits & FIELD_TITLE == 0 { bits } else { bits | heading_words(title_words) << FIELD_BITS }
}

/// How many words the title has, if the group stands in it, else 0.
#[must_use]
pub const fn title_words(fields: u8) -> u8 {
    if fields & FIELD_TITLE == 0 { 0 } else { fields >> FIELD_BITS & MAX_HEADING_WORDS }
}

/// How a group stands in the title, in three bits, more for what tells more: at the beginning of a short or a longer
/// title, within a short or a longer one, or not at all, 0.
#[must_use]
pub const fn title_mark(fields: u8) -> u8 {
    let words = title_words(fields);
    if words == 0 {
        0
    } else if fields & FIELD_START != 0 {
        if words < 4 { 8 - words } else { 4 }
    } else if words < 4 {
        3
    } else if words < 6 {
        2
    } else {
        1
    }
}

/// The fields that a mark stands for.
#[must_use]
pub const fn of_title_mark(mark: u8) -> u8 {
    match mark {
        0 => 0,
        1 => fields(FIELD_TITLE, 6),
        2 => fields(FIELD_TITLE, 4),
        3 => fields(FIELD_TITLE, 2),
        _ => fields(FIELD_TITLE | FIELD_START, if mark == 4 { 5 } else { 8 - mark as usize }),
    }
}

/// A level beside the number of words in a heading, 0 if the group does not stand there.
#[must_use]
pub const fn headed(level: u8, words: usize) -> u8 {
    level | heading_words(words) << LEVEL_BITS
}

/// The level and the number of words in the heading, as [`headed`] put them together.
#[must_use]
pub const fn unheaded(headed: u8) -> (u8, u8) {
    (headed & MAX_LEVEL, headed >> LEVEL_BITS)
}

const fn heading_words(words: usize) -> u8 {
    if words < MAX_HEADING_WORDS as usize { words as u8 } else { MAX_HEADING_WORDS }
}
