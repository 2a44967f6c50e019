//! The signs of a query: quotation marks, `-`, `OR`, `title:`.

use std::ops::Range;

/// Stands between words or phrases of which one will do.
const OR: &str = "OR";

/// Stands before what the title must have.
const TITLE: &str = "title:";

/// Quotation marks that open a phrase, each with the one that closes it.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»')];

/// A query asks for at most this many things by signs; further signs are read as text.
const MAX_CLAIMS: usize = 16;

/// A query with its signs understood. Any text is one: what makes no sense as a sign is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// The text, with blanks in place of signs and of what is not wanted, so that all else stands where it stood.
    pub plain: String,
    /// Stretches of it in which one word will do.
    pub either: Vec<Range<usize>>,
    /// What a document must or must not have.
    pub claims: Vec<Claim>,
}

/// Something that a document must or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Where it stands in the text, with its signs.
    pub place: Range<usize>,
    /// What will do, each by itself.
    pub any: Vec<Piece>,
    /// Whether a document must not have it.
    pub is_unwanted: bool,
}

/// A word or a phrase with its signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where its words stand in the text.
    pub words: Range<usize>,
    /// Whether they stand in quotation marks.
    pub is_quoted: bool,
    /// Whether they must stand in the title.
    pub in_title: bool,
}

/// What stands between blanks, where quotation marks hold blanks together.
struct Item {
    place: Range<usize>,
    piece: Piece,
    is_unwanted: bool,
}

/// Reads the signs of a query. Cost: linear in its text.
pub fn read(text: &str) -> Syntax {
    let items = items(text);
    let mut syntax = Syntax { plain: text.to_owned(), ..Syntax::default() };
    // Where nothing is wanted, what is not wanted is what is looked for.
    if items.iter().all(|item| item.is_unwanted) {
        return syntax;
    }
    let mut blanks: Vec<Range<usize>> = Vec::new();
    let mut rest = &items[..];
    while let [first, ..] = rest {
        // A run of items with OR between each two of them.
        let mut n_items = 1;
        while let Some([or, next]) = rest.get(n_items..n_items + 2)
            && !first.is_unwanted
            && !next.is_unwanted
            && text.get(or.place.clone()) == Some(OR)
        {
            blanks.push(or.place.clone());
            n_items += 2;
        }
        let (run, after) = rest.split_at(n_items);
        rest = after;
        let any: Vec<Piece> = run.iter().step_by(2).map(|item| item.piece.clone()).collect();
        let place = first.place.start..run.last().map_or(first.place.end, |last| last.place.end);
        if any.len() > 1 {
            syntax.either.push(place.clone());
        }
        let is_plain = any.len() == 1 && !first.is_unwanted && !any[0].is_quoted && !any[0].in_title;
        if is_plain || syntax.claims.len() == MAX_CLAIMS {
            continue;
        }
        if first.is_unwanted {
            blanks.push(place.clone());
        } else {
            for item in run {
                blanks
                    .extend([item.place.start..item.piece.words.start, item.piece.words.end..item.place.end]);
            }
        }
        syntax.claims.push(Claim { place, any, is_unwanted: first.is_unwanted });
    }
    blanks.iter().for_each(|blank| syntax.plain.replace_range(blank.clone(), &" ".repeat(blank.len())));
    syntax
}

/// Cuts a text at its blanks, except within quotation marks.
fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let signed = rest.strip_prefix('-').unwrap_or(rest);
        let is_title = signed.get(..TITLE.len()).is_some_and(|sign| sign.eq_ignore_ascii_case(TITLE));
        let bare = if is_title { &signed[TITLE.len()..] } else { signed };
        let word_end = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
        let from = at + rest.len() - bare.len();
        let (words, end, is_quoted) = if let Some(inside) = quoted(bare) {
            let words = from + inside.start..from + inside.end;
            let closing = text[words.end..].chars().next().map_or(0, char::len_utf8);
            (words.clone(), words.end + closing, true)
        } else {
            let end = at + word_end(rest);
            (from..end.max(from), end.max(from), false)
        };
        let has_minus = signed.len() < rest.len();
        let is_unwanted = has_minus && (is_quoted || is_word(&text[words.clone()]));
        // `title:` with nothing after it, and signs before what is no word, are text.
        let is_signed =
            (is_title || is_quoted || is_unwanted) && !words.is_empty() && has_minus == is_unwanted;
        let piece = if is_signed {
            Piece { words, is_quoted, in_title: is_title }
        } else {
            Piece { words: at..end, is_quoted: false, in_title: false }
        };
        items.push(Item { place: at..end, piece, is_unwanted: is_signed && is_unwanted });
        at = end;
    }
    items
}

/// Where the words stand of a phrase in quotation marks that a text begins with. A phrase that is still being typed is
/// none yet.
fn quoted(text: &str) -> Option<Range<usize>> {
    let open = text.chars().next()?;
    let (_, close) = QUOTES.into_iter().find(|quotes| quotes.0 == open)?;
    let start = open.len_utf8();
    let length = text.get(start..)?.find(close)?;
    let after = text.get(start + length + close.len_utf8()..)?;
    // `"0"-prefixed` is one thing to look for, and no phrase.
    after.chars().next().is_none_or(char::is_whitespace).then_some(start..start + length)
}

/// Whether this is a word that a reader may not want; `-x` and `-webkit-box` are things to look for.
fn is_word(text: &str) -> bool {
    text.chars().nth(1).is_some() && !text.contains(|character: char| character.is_ascii_punctuation())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of a piece, whether they are quoted, and whether they must stand in the title.
    type Words = (String, bool, bool);

    fn claims(text: &str) -> Vec<(bool, Vec<Words>)> {
        let piece = |piece: &Piece| (text[piece.words.clone()].to_owned(), piece.is_quoted, piece.in_title);
        let claims = read(text).claims.into_iter();
        claims.map(|claim| (claim.is_unwanted, claim.any.iter().map(piece).collect())).collect()
    }

    fn phrase(text: &str) -> Words {
        (text.to_owned(), true, false)
    }

    fn word(text: &str) -> Words {
        (text.to_owned(), false, false)
    }

    #[test]
    fn signs_are_understood() {
        assert_eq!(claims("one two"), []);
        assert_eq!(claims("a \"one two\" b"), [(false, vec![phrase("one two")])]);
        assert_eq!(claims("“one two”"), [(false, vec![phrase("one two")])]);
        assert_eq!(claims("one -two"), [(true, vec![word("two")])]);
        assert_eq!(claims("-\"one two\" three"), [(true, vec![phrase("one two")])]);
        assert_eq!(claims("one OR two three"), [(false, vec![word("one"), word("two")])]);
        assert_eq!(claims("Title:one"), [(false, vec![("one".to_owned(), false, true)])]);
        assert_eq!(claims("title:\"one two\""), [(false, vec![("one two".to_owned(), true, true)])]);
    }

    #[test]
    fn what_makes_no_sense_is_text() {
        for text in [
            "\"one two",
            "OR",
            "one OR",
            "OR two",
            "-one",
            "-one -two",
            "one --flag",
            "one -x",
            "title:",
            "mask -webkit-mask",
            "one or two",
            "a - b",
            "print(\"x y\")",
            "-",
            "--",
            "\"\"",
            "one -title:",
            "c -std=c99",
            "\"0\"-prefixed",
        ] {
            let syntax = read(text);
            assert_eq!(
                (&*syntax.plain, &*syntax.claims, &*syntax.either),
                (text, &[][..], &[][..]),
                "{text}"
            );
        }
    }

    #[test]
    fn words_stay_where_they_are() {
        assert_eq!(read("a \"one two\" -be c").plain, "a  one two      c");
        assert_eq!(read("a OR title:b").plain, format!("a{}b", " ".repeat(10)));
        assert_eq!(read("a OR title:b").either.first(), Some(&(0..12)));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,60}|([a-c]{1,2}|[\"“”-]|OR|title:|[ ]){0,40}") {
            let syntax = read(&text);
            prop_assert_eq!(syntax.plain.len(), text.len());
            prop_assert!(syntax.claims.len() <= MAX_CLAIMS);
            for piece in syntax.claims.iter().flat_map(|claim| &claim.any) {
                prop_assert!(text.get(piece.words.clone()).is_some());
            }
        }
    }
}
