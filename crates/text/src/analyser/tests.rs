//! Texts and the tokens that they are cut into.

use super::*;
use crate::{Endings, MAX_TERM_BYTES};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn tokens(text: &str) -> Vec<(String, u32, u32)> {
    let tables = Tables::new(
        vec![('É', Class::Letter), ('é', Class::Letter), ('\u{301}', Class::Mark)],
        vec![('É', "e".into()), ('ß', "ss".into()), ('é', "e".into())],
        Endings::default(),
    );
    let mut found = Vec::new();
    Analyser::new(tables).each(text, &mut |token| {
        if token.kind != Kind::Accented {
            found.push((token.term.to_owned(), token.position, token.span));
        }
    });
    found
}

/// The words of a text that have accents, with them.
fn accented(text: &str) -> Vec<String> {
    let folds = [
        ('à', "a\u{300}"),
        ('á', "a\u{301}"),
        ('â', "a\u{302}"),
        ('é', "e\u{301}"),
        ('ê', "e\u{302}"),
        ('í', "i\u{301}"),
        ('ñ', "n\u{303}"),
        ('ó', "o\u{301}"),
        ('ú', "u\u{301}"),
        ('đ', "d\u{335}"),
        ('ơ', "o\u{31b}"),
        ('ư', "u\u{31b}"),
        ('ậ', "a\u{323}\u{302}"),
    ];
    let folds = folds.map(|(letter, folded)| (letter, folded.into()));
    let mut found = Vec::new();
    Analyser::new(Tables::new(Vec::new(), folds.into(), Endings::default())).each(text, &mut |token| {
        if token.kind == Kind::Accented {
            found.push(token.term.to_owned());
        }
    });
    found
}

fn terms(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.0).collect()
}

#[test]
fn words_are_folded_and_counted() {
    assert_eq!(
        tokens("Über den ÉTÉ: Cafe\u{301}!"),
        [("über", 0, 1), ("den", 1, 1), ("ete", 2, 1), ("cafe", 3, 1)]
            .map(|(term, position, span)| (term.to_owned(), position, span))
            .map(|(term, position, span)| (term.replace('ü', "Ü"), position, span)),
        "a character that no table folds stays as it is"
    );
}

#[test]
fn compounds_are_found_by_part_and_whole() {
    assert_eq!(
        tokens("state-of-the-art work"),
        [
            ("state", 0, 1),
            ("of", 1, 1),
            ("the", 2, 1),
            ("art", 3, 1),
            ("stateoftheart", 0, 4),
            ("work", 4, 1)
        ]
        .map(|(term, position, span)| (term.to_owned(), position, span))
    );
    assert_eq!(terms("foo_bar a.b"), ["foo", "bar", "foobar", "a", "b", "ab"]);
}

#[test]
fn clitics_are_no_words_of_their_own() {
    assert_eq!(terms("Singapore’s don't l'eau"), ["singapore", "singapores", "don", "dont", "eau", "leau"]);
    assert_eq!(terms("it's"), ["it", "its"]);
}

#[test]
fn words_are_there_once_more_with_their_accents() {
    assert_eq!(accented("año ano"), ["ano\u{1}\u{303}2"]);
    assert_eq!(accented("día-cafe\u{301}'s"), ["dia\u{1}\u{301}1", "cafe\u{1}\u{301}3"]);
    for alike in [
        "ÁNNÉE ánnee",
        "vậy va\u{323}\u{302}y va\u{302}\u{323}y vâ\u{323}y",
        "hoá hóa ho\u{301}a",
        "đương đưong",
    ] {
        let words = accented(&alike.to_lowercase());
        assert!(words.len() > 1 && words.iter().all(|word| *word == words[0]), "{alike}: {words:?}");
    }
    for different in ["público publicó publicâ", "péché pêché pêche", "da\u{301} đa đá", "má mà mâ mậ"]
    {
        let words = accented(different);
        let n_words = different.split(' ').count();
        let n_different = words.iter().collect::<BTreeSet<_>>().len();
        assert_eq!((words.len(), n_different), (n_words, n_words), "{different}");
    }
    assert_eq!(accented("I\u{307}stanbul i\u{307}"), [""; 0], "a small i has its dot in any case");
    assert_eq!(accented(&"á".repeat(MAX_TERM_BYTES)), [""; 0], "data needs none");
}

#[test]
fn versions_keep_their_dots() {
    assert_eq!(terms("1.5.2 end."), ["1", "5", "2", "1.5.2", "end"]);
    assert_eq!(terms("v1.5"), ["v1", "5", "v1.5", "1.5"]);
}

#[test]
fn signs_make_other_words() {
    assert_eq!(terms("@font-face"), ["font", "face", "fontface", "@fontface"]);
    assert_eq!(terms("a ::after, --flag"), ["a", "after", "::after", "flag", "--flag"]);
    assert_eq!(terms("C++ C# .NET (map())"), ["c", "c++", "c", "c#", "net", ".net", "map", "map()"]);
    assert_eq!(terms("std::vector a.b#c"), ["std", "vector", "a", "b", "ab", "c"]);
    assert_eq!(terms("<body class> Why?"), ["body", "<body", "class", "why"]);
}

#[test]
fn operators_are_words_where_they_stand_by_themselves() {
    assert_eq!(terms("a ??= b (===) x==y"), ["a", "??=", "b", "===", "x", "y"]);
    assert_eq!(terms("?? - == ======= --"), ["??", "==", "--"]);
    assert_eq!(tokens("a && b")[2], ("b".to_owned(), 2, 1));
}

#[test]
fn scripts_without_blanks_are_pairs_of_characters() {
    let pairs = [("全文", 0, 1), ("文検", 1, 1), ("検索", 2, 1), ("索", 2, 0), ("x", 3, 1)];
    assert_eq!(tokens("全文検索 x"), pairs.map(|(term, position, span)| (term.to_owned(), position, span)));
    assert_eq!(terms("字"), ["字"]);
    assert_eq!(terms("v2版本"), ["v2", "版本", "本"]);
    assert_eq!(terms("ไทย"), ["ไท", "ทย", "ย"]);
}

#[test]
fn what_arabic_writes_before_a_noun_is_left_out() {
    assert_eq!(terms("والكتاب كتاب ولد"), ["كتاب", "كتاب", "ولد"]);
}

#[test]
fn joiners_join_only_between_words() {
    assert_eq!(terms("- a - b- c---d 'e'"), ["a", "b", "c", "d", "e"]);
}

#[test]
fn one_character_may_fold_to_several() {
    assert_eq!(terms("Straße"), ["strasse"]);
}

#[test]
fn long_words_are_cut_between_characters() {
    let long = "é".repeat(1000);
    assert_eq!(terms(&long), ["e".repeat(MAX_TERM_BYTES)]);
    assert_eq!(terms(&"ж".repeat(1000)), ["ж".repeat(MAX_TERM_BYTES / 2)]);
}

proptest! {
    #[test]
    fn any_text_gives_tokens_in_order_that_lie_within_it(text in "\\PC{0,80}|[a-z'. -]{0,80}") {
        let analyser = Analyser::default();
        let mut last = 0;
        analyser.each(&text, &mut |token| {
            assert!(token.start < token.end && text.get(token.start..token.end).is_some());
            assert!(token.position >= last || token.span > 1);
            assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM_BYTES);
            last = token.position;
        });
    }

    #[test]
    fn folding_a_term_again_changes_nothing(text in "\\PC{0,40}|[A-Za-z0-9.' -]{0,40}") {
        let analyser = Analyser::default();
        analyser.each(&text, &mut |token| {
            if token.kind == Kind::Accented {
                return;
            }
            let mut again = Vec::new();
            analyser.each(token.term, &mut |inner| again.push(inner.term.to_owned()));
            assert!(again.iter().any(|term| term == token.term), "{:?} became {again:?}", token.term);
        });
    }
}
