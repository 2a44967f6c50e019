//! Makes the analyser's character tables for just the characters that the documents hold.

use searchlet_text::{Class, Endings, Tables, accent, unaccented};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Latin letters with marks, which people type although the documents have them without: U+00C0 to U+017F, and the
/// Romanian ones with a comma, for which the documents may have a cedilla.
const TYPED_ANYWAY: [RangeInclusive<char>; 2] = ['\u{C0}'..='\u{17F}', '\u{218}'..='\u{21B}'];

/// Characters of one block are typed by the same people: so many stand in a block, in
/// two smaller ones, or in a part of a larger one. Arabic has so many, with the letters of Persian. Source: Unicode 17,
/// `Blocks.txt`.
const BLOCK: u32 = 256;

/// Documents with so many different letters of a block are written in its script; others quote a word of it. What people
/// may type costs the head of an index some 300 bytes for each script.
const MIN_LETTERS: usize = 10;

/// Kana, and the full-width and half-width forms that people who write them may type: U+3040 to U+30FF, U+FF01 to U+FFEE.
const KANA: RangeInclusive<char> = '\u{3040}'..='\u{30FF}';
const WIDTH_FORMS: RangeInclusive<char> = '\u{FF01}'..='\u{FFEE}';

/// Languages that write the Arabic script with the letters of Persian, and set U+200C between the parts of a word.
/// Source: CLDR 46, exemplar characters.
const PERSIAN_LETTERS: [&str; 7] = ["ckb", "fa", "ku", "pa", "ps", "sd", "ur"];

/// Letters that look alike and are typed for each other: as Arabic has them, and as Persian has them.
///
/// Source: Unicode 17, chapter 9.2, on the letters yeh and kaf.
const ARABIC_AND_PERSIAN: [(char, char); 2] = [('ي', 'ی'), ('ك', 'ک')];

/// What keeps two letters of a word apart, and is not seen.
const NON_JOINER: char = '\u{200C}';

/// Letters that no decomposition leads to the letters that people type for them. A stroke is an accent, if no combining
/// one that Unicode would write them with; `Đ` and `Ð` look alike, and have the same.
///
/// Source: the Latin-ASCII transform of CLDR 46 (`common/transforms/Latin-ASCII.xml`), and final sigma from the
/// Unicode case folding (`CaseFolding.txt`).
const SPELT_OUT: [(char, &str); 13] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o\u{338}"),
    ('đ', "d\u{335}"),
    ('ð', "d\u{335}"),
    ('þ', "th"),
    ('ł', "l\u{335}"),
    ('ı', "i"),
    ('ς', "σ"),
    // Arabic writers leave out the dots, and Persian ones the hamza.
    ('ى', "ي"),
    ('ة', "ه"),
    ('ۀ', "ه"),
];

/// Makes the tables for documents in a language that hold `characters`, with endings to be added by the caller.
pub fn tables(characters: &BTreeSet<char>, language: &str, endings: Endings) -> Tables {
    let is_persian = PERSIAN_LETTERS.contains(&language);
    let mut known = typed_beside(characters);
    if is_persian {
        known.insert(NON_JOINER);
    }
    let composed = composed(characters);
    for character in characters
        .iter()
        .copied()
        .chain(composed)
        .chain(TYPED_ANYWAY.into_iter().flatten())
        .filter(|character| !character.is_ascii())
    {
        known.insert(character);
        known.extend(character.to_uppercase());
        known.extend(character.to_lowercase());
    }
    let without_tables = Tables::default();
    let mut classes = Vec::new();
    let mut folds = Vec::new();
    for character in known.into_iter().filter(|character| !character.is_ascii()) {
        let class = if is_persian && character == NON_JOINER { Class::Joiner } else { class(character) };
        if class != without_tables.class(character) {
            classes.push((character, class));
        }
        if matches!(class, Class::Letter | Class::Digit | Class::Unspaced) {
            let folded = of_language(&fold(character), is_persian);
            if !folded.chars().eq([character]) {
                folds.push((character, folded.into()));
            }
        }
    }
    Tables::new(classes, folds, endings)
}

/// What people may type in the scripts of the documents although these do not have it: other digits, letters with other
/// marks, other punctuation.
fn typed_beside(characters: &BTreeSet<char>) -> BTreeSet<char> {
    let is_letter = |character: &&char| matches!(class(**character), Class::Letter | Class::Unspaced);
    let letters: Vec<char> = characters.iter().filter(is_letter).copied().collect();
    let block = |character: char| character as u32 / BLOCK;
    let of_block = |block: u32| (block * BLOCK..(block + 1) * BLOCK).filter_map(char::from_u32);
    let is_assigned = |character: &char| character.general_category() != GeneralCategory::Unassigned;
    // Characters ascend, so those of a block stand together.
    let blocks = letters.chunk_by(|&one, &next| block(one) == block(next));
    let written = blocks.filter(|letters| letters.len() >= MIN_LETTERS).map(|letters| block(letters[0]));
    let mut beside: BTreeSet<char> = written.flat_map(of_block).filter(is_assigned).collect();
    if characters.range(KANA).count() >= MIN_LETTERS {
        beside.extend(WIDTH_FORMS.filter(is_assigned));
    }
    beside
}

/// A folded text with the letters of the language for those that look like them.
fn of_language(folded: &str, is_persian: bool) -> String {
    let letter = |letter: char| {
        let pair =
            ARABIC_AND_PERSIAN.into_iter().find(|&(arabic, persian)| [arabic, persian].contains(&letter));
        pair.map_or(letter, |(arabic, persian)| if is_persian { persian } else { arabic })
    };
    folded.chars().map(letter).collect()
}

/// Letters that the characters make with the marks among them: people type `й` as one character, and the documents may
/// have it as two.
fn composed(characters: &BTreeSet<char>) -> BTreeSet<char> {
    let marks: Vec<char> = characters.iter().copied().filter(|&mark| is_droppable(mark)).collect();
    let mut all: BTreeSet<char> = if marks.is_empty() { BTreeSet::new() } else { ('A'..='z').collect() };
    all.extend(characters);
    // Vietnamese letters bear two marks.
    for _ in 0..2 {
        let longer = |&letter: &char| marks.iter().filter_map(move |&mark| compose(letter, mark));
        let longer: Vec<char> = all.iter().flat_map(longer).collect();
        all.extend(longer);
    }
    all.retain(|character| !character.is_ascii());
    all
}

/// What a character beyond ASCII does in a text.
fn class(character: char) -> Class {
    use GeneralCategory as Category;
    match character {
        // The Hebrew geresh among them.
        '\u{2019}' | '\u{2BC}' | '\u{5F3}' | '\u{FF07}' => return Class::Apostrophe,
        // The Hebrew hyphen and the sign of its acronyms among them.
        '\u{2010}' | '\u{2011}' | '\u{5BE}' | '\u{5F4}' | '\u{FF0D}' | '\u{B7}' => return Class::Joiner,
        // Arabic letters are drawn out by it.
        '\u{640}' => return Class::Mark,
        // Writers of Thai and Khmer end words with it.
        '\u{200B}' => return Class::Break,
        _ => {}
    }
    match character.general_category() {
        Category::UppercaseLetter
        | Category::LowercaseLetter
        | Category::TitlecaseLetter
        | Category::ModifierLetter
        | Category::OtherLetter
        | Category::LetterNumber => letter(character),
        Category::DecimalNumber => Class::Digit,
        // ² is a 2; ½ is no 12.
        Category::OtherNumber if fold(character).chars().all(|folded| folded.is_ascii_digit()) => {
            Class::Digit
        }
        Category::NonspacingMark | Category::EnclosingMark | Category::SpacingMark => {
            if is_droppable(character) { Class::Mark } else { letter(character) }
        }
        // Soft hyphens, joiners and marks of direction are not seen, so nobody types them.
        Category::Format => Class::Mark,
        Category::ConnectorPunctuation => Class::Joiner,
        _ => Class::Break,
    }
}

/// The class of a letter, which is that of its script.
fn letter(character: char) -> Class {
    // The analyser knows the blocks of scripts without blanks by itself.
    match Tables::default().class(character) {
        Class::Unspaced => Class::Unspaced,
        _ => Class::Letter,
    }
}

/// Whether a mark only decorates its letter. The marks of Indic and other scripts spell vowels and stay.
///
/// Block ranges: Unicode 17, `Blocks.txt`; the points of Hebrew and Arabic are optional in their scripts, and so is the
/// dot of Devanagari in what people type.
const fn is_droppable(mark: char) -> bool {
    matches!(mark as u32,
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F
        | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x093C)
}

/// The ASCII digit for a digit of any script. Digits of a script follow each other from its zero on.
/// Source: Unicode 17, section 4.6.
fn digit(character: char) -> Option<char> {
    let is_digit = |&at: &u32| {
        char::from_u32(at).is_some_and(|at| at.general_category() == GeneralCategory::DecimalNumber)
    };
    let n_before = (0..character as u32).rev().take_while(is_digit).count() as u32;
    is_digit(&(character as u32)).then(|| char::from_digit(n_before % 10, 10)).flatten()
}

/// Lower case, compatibility forms and marks taken away; accents stand behind the letters: `Ⅻ` becomes `xii`, `É` becomes
/// `e` with U+0301.
fn fold(character: char) -> String {
    if let Some(digit) = digit(character) {
        return digit.to_string();
    }
    let mut spelt = String::new();
    for lower in character.to_lowercase() {
        match SPELT_OUT.iter().find(|entry| entry.0 == lower) {
            Some((_, letters)) => spelt.push_str(letters),
            None => spelt.push(lower),
        }
    }
    // What Catalan writes between two l is no part of either.
    let is_left_out = |part: &char| is_droppable(*part) || *part == '\u{B7}';
    let plain: String = spelt.nfkd().filter(|part| !is_left_out(part)).nfc().collect();
    let letters = plain.chars().flat_map(char::to_lowercase).filter(|&part| !is_droppable(part));
    // A small i has its dot in any case.
    let is_dot = |part: char| part == '\u{307}' && spelt.starts_with('i');
    letters.chain(spelt.nfkd().filter(|&part| !is_dot(part)).filter_map(accent)).collect()
}

/// The tables of an index, for which accents are those of `terms`: characters that stand in none of these fold without
/// theirs, since nobody finds more by them.
pub fn with_accents_of<'t>(
    terms: impl Iterator<Item = &'t str>,
    tables: &Tables,
    endings: Endings,
) -> Tables {
    let mut known: BTreeSet<(char, char)> = BTreeSet::new();
    for term in terms {
        let letters = || unaccented(term).chars();
        let accents = term.chars().filter_map(accent);
        known.extend(accents.flat_map(|accent| letters().map(move |letter| (letter, accent))));
    }
    let of_terms = |(character, folded): &(char, Box<str>)| {
        let letters = || folded.chars().filter(|&part| accent(part).is_none());
        let is_known = |accent| letters().all(|letter| known.contains(&(letter, accent)));
        let is_kept = folded.chars().filter_map(accent).all(is_known);
        (*character, if is_kept { folded.clone() } else { letters().collect::<String>().into() })
    };
    Tables::new(tables.classes().to_vec(), tables.folds().iter().map(of_terms).collect(), endings)
}

#[cfg(test)]
mod golden;

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_text::{Analyser, is_accented};

    fn terms(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        Analyser::new(tables(&text.chars().collect(), "en", Endings::default()))
            .each(text, &mut |token| found.push(token.term.to_owned()));
        found.retain(|term| !is_accented(term));
        found
    }

    #[test]
    fn case_accents_and_width_fold() {
        assert_eq!(
            terms("ÉTÉ Straße ＡＢＣ１２ ΣΊΣΥΦΟΣ İstanbul ŁÓDŹ"),
            ["ete", "strasse", "abc12", "σισυφοσ", "istanbul", "lodz"]
        );
        assert_eq!(terms("cafe\u{301} cafés so\u{AD}ft"), ["cafe", "cafes", "soft"]);
    }

    #[test]
    fn vowel_signs_stay_and_optional_points_go() {
        assert_eq!(terms("हिन्दी"), ["हिन्दी"]);
        assert_eq!(terms("שָׁלוֹם"), ["שלום"]);
        assert_eq!(terms("한국어"), ["한국", "국어", "어"]);
    }

    #[test]
    fn punctuation_of_any_script_ends_words() {
        assert_eq!(terms("你好，世界。x—y “z” ½"), ["你好", "好", "世界", "界", "x", "y", "z"]);
        assert_eq!(
            terms("Singapore’s co‑operation"),
            ["singapore", "singapores", "co", "operation", "cooperation"]
        );
    }

    #[test]
    fn people_may_type_as_one_character_what_the_documents_have_as_two() {
        for (written, typed) in [("\u{438}\u{306}", "й"), ("e\u{323}\u{302}", "ệ")] {
            let mut found = Vec::new();
            let analyser = Analyser::new(tables(&written.chars().collect(), "en", Endings::default()));
            for text in [written, typed] {
                analyser.each(text, &mut |token| found.push(token.term.to_owned()));
            }
            // The word, and the word with its accents.
            assert_eq!(found.len(), 4, "{typed}");
            assert_eq!(found[..2], found[2..], "{typed}");
        }
    }

    #[test]
    fn people_may_type_accents_that_no_document_has() {
        let tables = tables(&BTreeSet::new(), "en", Endings::default());
        let mut found = Vec::new();
        Analyser::new(tables).each("Résumé", &mut |token| found.push(token.term.to_owned()));
        assert_eq!(found, ["resume", "resume\u{1}\u{301}1"]);
    }

    #[test]
    fn letters_have_the_accents_that_the_documents_tell_words_apart_by() {
        let tables = tables(&BTreeSet::new(), "es", Endings::default());
        let folded = |terms: &[&str]| {
            let tables = with_accents_of(terms.iter().copied(), &tables, Endings::default());
            ['ñ', 'Á', 'á', 'ń', 'đ'].map(|letter| tables.folded(letter).unwrap_or_default().to_owned())
        };
        assert_eq!(folded(&[]), ["n", "a", "a", "n", "d"]);
        assert_eq!(folded(&["ano\u{1}\u{303}2"]), ["n\u{303}", "a", "a", "n", "d"]);
        let both = folded(&["an\u{1}\u{301}0", "da\u{1}\u{335}1"]);
        assert_eq!(both, ["n", "a\u{301}", "a\u{301}", "n\u{301}", "d\u{335}"]);
    }
}
