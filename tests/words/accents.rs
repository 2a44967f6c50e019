//! Of words that are the same but for their accents all are found, and the one that was typed comes first.

use super::{Document, Local, Options, Passage, Settings, build};

/// Words of a language that are told apart by their accents, and the same without any, if that is a word, too.
const ALIKE: &[(&str, &[&str], &str)] = &[
    ("es", &["año"], "ano"),
    ("es", &["público", "publicó"], "publico"),
    ("es", &["está"], "esta"),
    ("de", &["schön"], "schon"),
    ("fr", &["pêche", "péché"], ""),
    ("fr", &["côte", "coté", "côté"], "cote"),
    ("fr", &["où"], "ou"),
    ("vi", &["của", "cửa"], "cua"),
    ("vi", &["đã", "đá", "đa"], "da"),
    ("ru", &["мой"], "мои"),
    ("ru", &["всё"], "все"),
    ("el", &["νόμος", "νομός"], ""),
    ("el", &["πού"], "που"),
    ("pt", &["avó", "avô"], ""),
    ("sv", &["får"], "far"),
    ("da", &["øre"], "ore"),
    ("tr", &["ölü"], "olu"),
    ("ro", &["fată", "fâță"], "fata"),
    ("cs", &["být"], "byt"),
    ("pl", &["łoś"], "los"),
    ("hu", &["kör", "kór"], "kor"),
];

/// Ways to write a word, and what it is to be told from.
const SAME: &[(&str, &[&str], &str)] = &[
    ("vi", &["hoá", "hóa", "HÓA", "ho\u{301}a"], "hoa"),
    ("vi", &["việt", "vie\u{302}\u{323}t", "vie\u{323}\u{302}t"], "viết"),
    ("ro", &["şi", "și", "ȘI", "s\u{326}i"], "si"),
    ("el", &["μάθημα", "μάθημά", "ΜΆΘΗΜΑ"], "μαθημα"),
    ("ru", &["йод", "и\u{306}од"], "иод"),
    ("fr", &["été", "ÉTÉ", "e\u{301}te\u{301}"], "ete"),
];

/// An index of texts, each in a document that is called by its number.
fn index(language: &str, texts: &[&str]) -> Local {
    let document = |(number, text): (usize, &&str)| {
        let passage = Passage { text: format!("{text} 1 2 3"), ..Passage::default() };
        Document { url: number.to_string(), passages: vec![passage], ..Document::default() }
    };
    let documents = texts.iter().enumerate().map(document).collect();
    let settings = Settings { language: language.to_owned(), ..Settings::default() };
    let pack = build(documents, &[], &settings).expect("there are documents").bundle.pack();
    Local::packed(pack, None).expect("the bundle was built just now")
}

/// The text that a query finds first, of an index of texts in which it finds all.
fn first<'t>(language: &str, texts: &[&'t str], query: &str) -> &'t str {
    let found = index(language, texts).search(query, Options::default());
    assert_eq!((found.total, found.suggestion), (texts.len(), None), "{language}: {query:?} in {texts:?}");
    let hit = &found.hits[0];
    let text = texts[hit.url.parse::<usize>().expect("a number")];
    assert_eq!((&*hit.excerpt[0].text, hit.excerpt[0].hit), (text, true), "{language}: {query:?}");
    text
}

#[test]
fn the_one_that_was_typed_comes_first_and_all_are_found() {
    for &(language, accented, plain) in ALIKE {
        let mut texts: Vec<&str> =
            accented.iter().copied().chain([plain]).filter(|text| !text.is_empty()).collect();
        for _ in 0..2 {
            for word in accented {
                for query in
                    [(*word).to_owned(), format!("{word} "), format!("{word} 2"), word.to_uppercase()]
                {
                    assert_eq!(first(language, &texts, &query), *word, "{language}: {query:?} in {texts:?}");
                }
            }
            // Among equals the first stands, so that what comes first in either order does not by its place.
            texts.reverse();
        }
        if !plain.is_empty() {
            first(language, &texts, plain);
        }
    }
}

#[test]
fn one_word_is_the_same_however_it_is_written() {
    for &(language, ways, other) in SAME {
        for written in ways {
            for typed in ways {
                assert_eq!(first(language, &[other, written], typed), *written, "{language}: {typed:?}");
                assert_eq!(first(language, &[written, other], typed), *written, "{language}: {typed:?}");
            }
        }
    }
}

#[test]
fn where_no_documents_are_told_apart_accents_tell_nothing() {
    for (language, word, plain) in [("tr", "İzmir", "izmir"), ("de", "Straße", "Strasse")] {
        let texts = [word, plain];
        for query in texts {
            assert_eq!(first(language, &texts, query), word, "{language}: {query:?}");
        }
    }
}

#[test]
fn inflected_forms_are_found_beside_the_accents_that_were_typed() {
    let texts = ["canciones", "cancion", "canción", "una canción y más canciones"];
    let found = index("es", &texts).search("canción ", Options::default());
    let urls: Vec<&str> = found.hits.iter().map(|hit| &*hit.url).collect();
    assert_eq!((found.total, urls[0]), (texts.len(), "2"), "{urls:?}");
}
