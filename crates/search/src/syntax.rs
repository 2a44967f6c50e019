//! The signs of a query: quotation marks, `-`, `OR`, `title:`.

use std::ops::Range;

/// Stands between words or phrases of which one will do.
pub const OR: &str = "OR";

/// Stands before what the title must have.
const TITLE: &str = "title:";

/// Quotation marks that open a phrase, each with the one that closes it.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»')];

/// A query asks for at most this many things by signs; further signs are read as text.
const MAX_CLAIMS: usize = 8;

/// Signs are read of so many items: of a longer text they are its own.
const MAX_ITEMS: usize = 64;

/// A query with its signs understood. Any text is one: what makes no sense as a sign is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// The text, with blanks in place of signs and of what is not wanted, so that all else stands where it stood.
    pub plain: String,
    /// What stands between blanks, where quotation marks hold blanks together.
    pub items: Vec<Item>,
    /// What a document must or must not have: ranges of items, of which each second one will do, and `OR` stands between.
    pub claims: Vec<Range<usize>>,
}

/// A word or a phrase with its signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Where it begins in the text, with its signs.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Where its words begin.
    pub from: usize,
    /// Where they end.
    pub to: usize,
    /// Whether they stand in quotation marks.
    pub is_quoted: bool,
    /// Whether they must stand in the title.
    pub in_title: bool,
    /// Whether a document must not have them.
    pub is_unwanted: bool,
}

/// Reads the signs of a query. Cost: linear in its text.
pub fn read(text: &str) -> Syntax {
    let mut syntax = Syntax { items: items(text), ..Syntax::default() };
    let items = &syntax.items;
    let mut at = 0;
    // Where nothing is wanted, what is not wanted is what is looked for.
    while at < items.len() && items.iter().any(|item| !item.is_unwanted) {
        let first = items[at];
        let mut end = at + 1;
        while let Some(&[or, next]) = items.get(end..end + 2)
            && !(first.is_unwanted || next.is_unwanted || or.is_quoted)
            && text.get(or.start..or.end) == Some(OR)
        {
            end += 2;
        }
        let is_signed = end > at + 1 || first.is_unwanted || first.is_quoted || first.in_title;
        if is_signed && syntax.claims.len() < MAX_CLAIMS {
            syntax.claims.push(at..end);
        }
        at = end;
    }
    // Of a claim only the words stay that are wanted.
    let mut claims = syntax.claims.iter().peekable();
    for (at, character) in text.char_indices() {
        while claims.next_if(|claim| items[claim.end - 1].end <= at).is_some() {}
        let is_sign = claims.peek().is_some_and(|claim| {
            let mut wanted = items[(*claim).clone()].iter().step_by(2).filter(|item| !item.is_unwanted);
            items[claim.start].start <= at && !wanted.any(|item| (item.from..item.to).contains(&at))
        });
        // Bytes stay where they are, and so do words.
        let n_blanks = if is_sign { character.len_utf8() } else { 0 };
        (0..n_blanks).for_each(|_| syntax.plain.push(' '));
        syntax.plain.extend((!is_sign).then_some(character));
    }
    syntax
}

/// Cuts a text at its blanks, except within quotation marks.
pub fn items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut rest = text.char_indices();
    while items.len() < MAX_ITEMS
        && let Some((start, character)) = rest.next()
    {
        if is_blank(character) {
            continue;
        }
        let has_minus = character == '-';
        let mut from = start + usize::from(has_minus);
        let sign = text.as_bytes().get(from..from + TITLE.len());
        let in_title = sign.is_some_and(|sign| sign.eq_ignore_ascii_case(TITLE.as_bytes()));
        if in_title {
            from += TITLE.len();
        }
        let mut item = Item { start, from, in_title, ..Item::default() };
        match quoted(text, from) {
            Some((inside, to, end)) => {
                item = Item { from: inside, to, end, is_quoted: true, ..item };
            }
            None => {
                item.end =
                    characters(text, start).find(|&(_, next)| is_blank(next)).map_or(text.len(), |end| end.0);
                item.to = item.end;
            }
        }
        item.is_unwanted = has_minus && (item.is_quoted || is_word(text, &item));
        // `title:` with nothing after it, and signs before what is no word, are text.
        if item.from >= item.to || has_minus != item.is_unwanted {
            item = Item { start, from: start, to: item.end, end: item.end, ..Item::default() };
        }
        while rest.offset() < item.end {
            rest.next();
        }
        items.push(item);
    }
    items
}

/// Where the words of a phrase in quotation marks begin and end that a text has at a place, and where the phrase itself
/// ends. A phrase that is still being typed is none yet, and `"0"-prefixed` is one thing to look for.
pub fn quoted(text: &str, at: usize) -> Option<(usize, usize, usize)> {
    let mut rest = characters(text, at);
    let (_, open) = rest.next()?;
    let (_, close) = QUOTES.into_iter().find(|quotes| quotes.0 == open)?;
    let (to, _) = rest.find(|next| next.1 == close)?;
    let end = rest.next();
    let is_over = end.is_none_or(|(_, next)| is_blank(next));
    is_over.then_some((at + open.len_utf8(), to, end.map_or(text.len(), |end| end.0)))
}

/// The characters of a text from a place on, each with its own.
fn characters(text: &str, from: usize) -> impl Iterator<Item = (usize, char)> {
    let rest = text.get(from..).unwrap_or_default();
    rest.char_indices().map(move |(at, character)| (from + at, character))
}

/// Whether these are the words of one that a reader may not want; `-x` and `-webkit-box` are things to look for.
fn is_word(text: &str, item: &Item) -> bool {
    let mut n_characters = 0;
    let mut word = characters(text, item.from).take_while(|character| character.0 < item.to);
    word.all(|(_, character)| {
        n_characters += 1;
        !character.is_ascii_punctuation()
    }) && n_characters > 1
}

/// Whether a character parts the words of a query: as far as people type it.
const fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The words of an item, whether they are quoted, and whether they must stand in the title.
    type Words = (String, bool, bool);

    fn claims(text: &str) -> Vec<(bool, Vec<Words>)> {
        let words = |item: &Item| (text[item.from..item.to].to_owned(), item.is_quoted, item.in_title);
        let Syntax { items, claims, .. } = read(text);
        let claim = |claim: Range<usize>| {
            (items[claim.start].is_unwanted, items[claim].iter().step_by(2).map(words).collect())
        };
        claims.into_iter().map(claim).collect()
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
            assert_eq!((&*syntax.plain, syntax.claims), (text, vec![]), "{text}");
        }
    }

    #[test]
    fn words_stay_where_they_are() {
        assert_eq!(read("a \"one two\" -be c").plain, "a  one two      c");
        assert_eq!(read("a OR title:b").plain, format!("a{}b", " ".repeat(10)));
        assert_eq!(read("a OR \"or\" b").plain, "a OR  or  b".replace("OR", "  "));
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,60}|([a-c]{1,2}|[\"“”-]|OR|title:|[ ]){0,40}") {
            let syntax = read(&text);
            prop_assert_eq!(syntax.plain.len(), text.len());
            prop_assert!(syntax.claims.len() <= MAX_CLAIMS);
            for item in syntax.items {
                prop_assert!(text.get(item.from..item.to).is_some() && text.get(item.start..item.end).is_some());
            }
        }
    }
}
