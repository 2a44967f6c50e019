//! Makes the analyser's character tables for just the characters that the documents hold.

use searchlet_text::{Class, Endings, Tables};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Latin letters with marks, which people type although the documents have them without: U+00C0 to U+017F.
const TYPED_ANYWAY: std::ops::RangeInclusive<char> = '\u{C0}'..='\u{17F}';

/// Letters that no decomposition leads to the letters that people type for them.
///
/// Source: the Latin-ASCII transform of CLDR 46 (`common/transforms/Latin-ASCII.xml`), and final sigma from the
/// Unicode case folding (`CaseFolding.txt`).
const SPELT_OUT: [(char, &str); 10] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ı', "i"),
    ('ς', "σ"),
];

/// Makes the tables for documents that hold `characters`, with endings to be added by the caller.
pub fn tables(characters: &BTreeSet<char>, endings: Endings) -> Tables {
    let mut known = BTreeSet::new();
    let composed = composed(characters);
    for character in characters
        .iter()
        .copied()
        .chain(composed)
        .chain(TYPED_ANYWAY)
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
        let class = class(character);
        if class != without_tables.class(character) {
            classes.push((character, class));
        }
        if matches!(class, Class::Letter | Class::Digit | Class::Unspaced) {
            let folded = fold(character);
            if !folded.chars().eq([character]) {
                folds.push((character, folded.into()));
            }
        }
    }
    Tables::new(classes, folds, endings)
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
        '\u{2019}' | '\u{2BC}' | '\u{FF07}' => return Class::Apostrophe,
        '\u{2010}' | '\u{2011}' | '\u{FF0D}' | '\u{B7}' => return Class::Joiner,
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
/// Block ranges: Unicode 17, `Blocks.txt`; the points of Hebrew and Arabic are optional in their scripts.
const fn is_droppable(mark: char) -> bool {
    matches!(mark as u32,
        0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F
        | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670)
}

/// Lower case, compatibility forms and marks taken away: `Ⅻ` becomes `xii`, `É` becomes `e`.
fn fold(character: char) -> String {
    let mut spelt = String::new();
    for lower in character.to_lowercase() {
        match SPELT_OUT.iter().find(|entry| entry.0 == lower) {
            Some((_, letters)) => spelt.push_str(letters),
            None => spelt.push(lower),
        }
    }
    let plain: String = spelt.nfkd().filter(|&part| !is_droppable(part)).nfc().collect();
    plain.chars().flat_map(char::to_lowercase).filter(|&part| !is_droppable(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use searchlet_text::Analyser;

    fn terms(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        Analyser::new(tables(&text.chars().collect(), Endings::default()))
            .each(text, &mut |token| found.push(token.term.to_owned()));
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
            let analyser = Analyser::new(tables(&written.chars().collect(), Endings::default()));
            for text in [written, typed] {
                analyser.each(text, &mut |token| found.push(token.term.to_owned()));
            }
            assert_eq!(found[0], found[1], "{typed}");
        }
    }

    #[test]
    fn people_may_type_accents_that_no_document_has() {
        let tables = tables(&BTreeSet::new(), Endings::default());
        let mut found = Vec::new();
        Analyser::new(tables).each("Résumé", &mut |token| found.push(token.term.to_owned()));
        assert_eq!(found, ["resume"]);
    }
}
