//! The signs of a query: quotation marks, `-`, `OR`, `title:`, and other keys with `:`.

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
    /// What its metadata must or must not be.
    pub fields: Vec<Field>,
}

/// A value that the metadata of a document must or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Keys with values, of which one will do.
    pub any: Vec<(String, String)>,
    /// Whether a document must not have it.
    pub is_unwanted: bool,
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

/// In the text after a blank so many colons are tried as the end of a key.
const MAX_COLONS: usize = 4;

/// What stands between blanks, where quotation marks hold blanks together.
struct Item {
    place: Range<usize>,
    piece: Piece,
    is_unwanted: bool,
    /// The key whose value the words are.
    key: Option<String>,
}

/// Reads the signs of a query; `is_key` tells the keys of metadata. Cost: linear in its text.
pub fn read(text: &str, is_key: &dyn Fn(&str) -> bool) -> Syntax {
    let items = items(text, is_key);
    let mut syntax = Syntax { plain: text.to_owned(), ..Syntax::default() };
    // Where nothing is wanted, what is not wanted is what is looked for.
    let is_text = items.iter().all(|item| item.is_unwanted || item.key.is_some());
    let mut blanks: Vec<Range<usize>> = Vec::new();
    let mut rest = &items[..];
    while let [first, ..] = rest {
        // A run of items with OR between each two of them.
        let mut n_items = 1;
        while let Some([or, next]) = rest.get(n_items..n_items + 2)
            && !first.is_unwanted
            && !next.is_unwanted
            && first.key.is_some() == next.key.is_some()
            && text.get(or.place.clone()) == Some(OR)
        {
            // Among words it is a blank; what fields are is a blank as a whole.
            blanks.push(or.place.clone());
            n_items += 2;
        }
        let (run, after) = rest.split_at(n_items);
        rest = after;
        if first.key.is_some() {
            let value =
                |item: &Item| Some((item.key.clone()?, text.get(item.piece.words.clone())?.to_owned()));
            let any = run.iter().step_by(2).filter_map(value).collect();
            syntax.fields.push(Field { any, is_unwanted: first.is_unwanted });
            blanks.extend(run.iter().map(|item| item.place.clone()));
            continue;
        }
        if is_text {
            continue;
        }
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
fn items(text: &str, is_key: &dyn Fn(&str) -> bool) -> Vec<Item> {
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
        let word_end = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
        let mut bare = if is_title { &signed[TITLE.len()..] } else { signed };
        let mut key = None;
        // A key may hold a colon itself (`og:type`), so the longest is taken.
        let typed = &signed[..word_end(signed)];
        for (colon, _) in typed.match_indices(':').filter(|_| !is_title).take(MAX_COLONS) {
            if colon + 1 < typed.len() && is_key(&typed[..colon]) {
                key = Some(signed[..colon].to_owned());
                bare = &signed[colon + 1..];
            }
        }
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
        let is_unwanted = has_minus && (key.is_some() || is_quoted || is_word(&text[words.clone()]));
        // `title:` with nothing after it, and signs before what is no word, are text.
        let is_signed = (is_title || is_quoted || is_unwanted || key.is_some())
            && !words.is_empty()
            && has_minus == is_unwanted;
        let piece = if is_signed {
            Piece { words, is_quoted, in_title: is_title }
        } else {
            Piece { words: at..end, is_quoted: false, in_title: false }
        };
        key = key.filter(|_| is_signed);
        items.push(Item { place: at..end, piece, is_unwanted: is_signed && is_unwanted, key });
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
        let claims = read(text, &|_| false).claims.into_iter();
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
    fn keys_of_metadata_are_told_from_words() {
        let fields = |text: &str| {
            let syntax = read(text, &|key| ["kind", "og:type", "title"].contains(&key));
            let field = |field: &Field| {
                let any = field.any.iter().map(|(key, value)| format!("{key}={value}"));
                format!("{}{}", ["", "-"][usize::from(field.is_unwanted)], any.collect::<Vec<_>>().join("|"))
            };
            let fields = syntax.fields.iter().map(field).collect::<Vec<_>>().join(" ");
            (fields, syntax.plain.split_whitespace().collect::<Vec<_>>().join(" "), syntax.claims.len())
        };
        let expect = |fields: &str, plain: &str, claims| (fields.to_owned(), plain.to_owned(), claims);
        assert_eq!(fields("kind:a"), expect("kind=a", "", 0));
        assert_eq!(fields("one kind:\"a b\" two"), expect("kind=a b", "one two", 0));
        assert_eq!(fields("one -kind:a.b"), expect("-kind=a.b", "one", 0));
        assert_eq!(fields("-kind:a"), expect("-kind=a", "", 0));
        assert_eq!(fields("-one kind:a"), expect("kind=a", "-one", 0));
        assert_eq!(fields("og:type:x kind:a:b"), expect("og:type=x kind=a:b", "", 0));
        assert_eq!(fields("kind:a OR og:type:b one"), expect("kind=a|og:type=b", "one", 0));
        assert_eq!(fields("one OR kind:a"), expect("kind=a", "one OR", 0));
        for text in ["kind:", "kind: a", "other:a", "kind", "http://kind:a", "\"kind:a", "- kind"] {
            assert_eq!(fields(text).0, "", "{text}");
        }
        assert_eq!(fields("title:a"), expect("", "a", 1), "the title is no metadata");
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
            let syntax = read(text, &|_| false);
            assert_eq!(
                (&*syntax.plain, &*syntax.claims, &*syntax.either),
                (text, &[][..], &[][..]),
                "{text}"
            );
        }
    }

    #[test]
    fn words_stay_where_they_are() {
        assert_eq!(read("a \"one two\" -be c", &|_| false).plain, "a  one two      c");
        assert_eq!(read("a OR title:b", &|_| false).plain, format!("a{}b", " ".repeat(10)));
        assert_eq!(read("a OR title:b", &|_| false).either.first(), Some(&(0..12)));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,60}|([a-c]{1,2}|[\"“”-]|OR|title:|[ ]){0,40}") {
            let syntax = read(&text, &|_| false);
            prop_assert_eq!(syntax.plain.len(), text.len());
            prop_assert!(syntax.claims.len() <= MAX_CLAIMS);
            for piece in syntax.claims.iter().flat_map(|claim| &claim.any) {
                prop_assert!(text.get(piece.words.clone()).is_some());
            }
        }
    }
}
