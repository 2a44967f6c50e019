//! What a query asks for, as words.

use crate::syntax::{self, Item};
use searchlet_text::{Analyser, Kind};
use std::ops::Range;

/// A query has at most this many words; the rest of a longer text is passed over, so that a page that was pasted by
/// mistake costs no more than a long sentence.
const MAX_WORDS: usize = 128;

/// Words that are written apart are tried as one if each has at least this many letters.
const MIN_HALF_CHARS: usize = 3;

/// The first of the characters that are written without blanks, as far as they stand in one row; single ones before it are
/// letters of words.
const UNSPACED: char = '\u{e00}';

/// A word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub text: String,
    /// As it is looked up.
    pub term: String,
    /// Where it stands first in the text, in bytes.
    pub place: (usize, usize),
    /// Whether it stands there again.
    pub is_repeated: bool,
    /// Whether it may be the beginning of a longer word: the last word, while it is being typed.
    pub prefix: bool,
}

/// Several words in a row that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// Indices of the words, ascending, each once.
    pub words: Vec<usize>,
    /// The one word, as it is looked up.
    pub term: String,
    /// Whether it may be the beginning of a longer word.
    pub prefix: bool,
    /// What it is to them: [`Kind::Signed`] the words with their sign (`@media`), [`Kind::Accented`] one with its accents, and
    /// so what was typed.
    pub kind: Kind,
    /// The first and the second word, if they were typed apart (`cyber security`) and not as one (`cyber-security`).
    pub apart: Option<(usize, usize)>,
}

/// A query as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The different words, in the order in which they were typed.
    pub words: Vec<Word>,
    /// Words that may be one.
    pub joins: Vec<Join>,
    /// Where in the text the word begins that is being typed, in bytes.
    pub typing_from: usize,
    /// Words of which one will do, as ranges of `words`; ascending.
    pub either: Vec<Range<usize>>,
    /// What a document must or must not have.
    pub demands: Vec<Demand>,
}

/// Something that a document must or must not have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// As it was typed.
    pub text: String,
    /// What will do, each by itself.
    pub any: Vec<Wanted>,
    /// Whether a document must not have it.
    pub is_unwanted: bool,
}

/// A word, or several that must stand side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words in their order.
    pub words: Vec<Word>,
    /// Whether they must stand there just as they were typed.
    pub is_exact: bool,
    /// Whether they must stand in the title.
    pub in_title: bool,
}

/// Reads a query. Any text will do; a text without words asks for nothing.
pub fn parse(analyser: &Analyser, text: &str) -> Query {
    let syntax = syntax::read(text);
    let mut either = Vec::new();
    let mut demands = Vec::new();
    for claim in &syntax.claims {
        let items = &syntax.items[claim.clone()];
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let mut any: Vec<Wanted> = Vec::new();
        for item in items.iter().step_by(2) {
            any.extend(wanted(analyser, text, item));
        }
        let is_one_of = items.len() > 1;
        if is_one_of {
            either.push(first.start..last.end);
        }
        let is_plain = |wanted: &Wanted| wanted.words.len() == 1 && !wanted.is_exact && !wanted.in_title;
        // Of single words one will do: that they make up one clause says it all.
        if any.len() == items.len().div_ceil(2) && !(is_one_of && any.iter().all(is_plain)) {
            let text = text.get(first.start..last.end).unwrap_or_default().to_owned();
            demands.push(Demand { text, any, is_unwanted: first.is_unwanted });
        }
    }
    Query { demands, ..words(analyser, &syntax.plain, &either) }
}

/// The words of a text; those that stand in a stretch of `either` are one clause.
fn words(analyser: &Analyser, text: &str, either: &[Range<usize>]) -> Query {
    let mut query = Query::default();
    // Which word stands at each position, and where it ends in the text.
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut compounds = Vec::new();
    let mut operators: Vec<Word> = Vec::new();
    let mut n_operators = 0;
    analyser.each(text, &mut |token| {
        let position = token.position as usize - n_operators;
        let word = Word {
            text: text.get(token.start..token.end).unwrap_or_default().to_owned(),
            term: token.term.to_owned(),
            place: (token.start, token.end),
            is_repeated: false,
            prefix: false,
        };
        match token.kind {
            Kind::Word => {}
            Kind::Operator => {
                n_operators += 1;
                if operators.len() < MAX_WORDS && operators.iter().all(|known| known.term != word.term) {
                    operators.push(word);
                }
                return;
            }
            Kind::Inner => return,
            Kind::Again | Kind::Signed | Kind::Accented => {
                // The last character of a stretch covers no place of its own: its pair asks for it.
                if token.span > 0 && places.len() < MAX_WORDS {
                    let to = position + token.span as usize;
                    compounds.push((position, to, token.end, word.term, token.kind));
                }
                return;
            }
        }
        if position >= MAX_WORDS {
            return;
        }
        if token.end == text.len() {
            query.typing_from = token.start;
        }
        // A word that is one of several is not the same that stands by itself.
        let stretch = |at: usize| either.iter().position(|stretch| stretch.contains(&at));
        let is_same =
            |known: &Word| known.term == token.term && stretch(known.place.0) == stretch(token.start);
        let known = query.words.iter().position(is_same);
        let number = known.unwrap_or_else(|| {
            query.words.push(word);
            query.words.len() - 1
        });
        query.words[number].is_repeated |= known.is_some();
        places.push((number, token.end));
    });
    // Among words an operator is punctuation; alone it is what is looked for.
    if query.words.is_empty() {
        query.words = operators;
    }
    let ends_at = |end: usize| end == text.len();
    for &(word, end) in &places {
        query.words[word].prefix |= ends_at(end);
    }
    // Where words are pairs of characters, a single one is the beginning of many.
    for word in &mut query.words {
        let mut characters = word.term.chars();
        word.prefix |=
            characters.next().is_some_and(|first| first >= UNSPACED) && characters.next().is_none();
    }
    let mut join = |from: usize, to: usize, end: usize, term: String, kind, apart| {
        let mut words: Vec<usize> = Vec::new();
        for &(word, _) in places.get(from..to).unwrap_or_default() {
            let at = words.partition_point(|&known| known < word);
            if words.get(at) != Some(&word) {
                words.insert(at, word);
            }
        }
        if !words.is_empty() && !query.joins.iter().any(|join| join.term == term) {
            let prefix = kind != Kind::Accented && ends_at(end);
            query.joins.push(Join { words, term, prefix, kind, apart });
        }
    };
    for (from, to, end, term, kind) in compounds {
        join(from, to, end, term, kind, None);
    }
    let is_alternative = |end: usize| either.iter().any(|stretch| stretch.contains(&(end - 1)));
    for (from, pair) in places.windows(2).enumerate() {
        let [first, last] = [pair[0], pair[1]].map(|(word, _)| &*query.words[word].term);
        if is_half(first) && is_half(last) && !pair.iter().any(|&(_, end)| is_alternative(end)) {
            join(
                from,
                from + 2,
                pair[1].1,
                first.to_owned() + last,
                Kind::Again,
                Some((pair[0].0, pair[1].0)),
            );
        }
    }
    for stretch in either {
        let begins = |word: &&Word| stretch.contains(&word.place.0);
        let from = query.words.iter().take_while(|word| !begins(word)).count();
        let n_words = query.words.iter().filter(begins).count();
        if n_words > 1 {
            query.either.push(from..from + n_words);
        }
    }
    query
}

/// The words of an item, if it has any.
fn wanted(analyser: &Analyser, text: &str, item: &Item) -> Option<Wanted> {
    let slice = text.get(item.from..item.to)?;
    let (mut words, mut operators): (Vec<Word>, Vec<Word>) = (Vec::new(), Vec::new());
    analyser.each(slice, &mut |token| {
        let words = match token.kind {
            Kind::Word => &mut words,
            Kind::Operator => &mut operators,
            // `can't` is not `can`, where words must stand just as they were typed.
            Kind::Again if token.span == 1 && item.is_quoted => {
                words.last_mut().into_iter().for_each(|word| token.term.clone_into(&mut word.term));
                return;
            }
            Kind::Again | Kind::Signed | Kind::Accented | Kind::Inner => return,
        };
        if words.len() < MAX_WORDS {
            let place = (item.from + token.start, item.from + token.end);
            words.push(Word {
                text: text.get(place.0..place.1).unwrap_or_default().to_owned(),
                term: token.term.to_owned(),
                place,
                is_repeated: false,
                prefix: !item.is_quoted && !item.is_unwanted && place.1 == text.len(),
            });
        }
    });
    if words.is_empty() && operators.len() == 1 {
        words = operators;
    }
    let is_exact = item.is_quoted || words.len() > 1;
    (!words.is_empty()).then_some(Wanted { words, is_exact, in_title: item.in_title })
}

/// Whether a word is long enough for half of another.
fn is_half(word: &str) -> bool {
    word.chars().nth(MIN_HALF_CHARS - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> Query {
        parse(&Analyser::default(), text)
    }

    #[test]
    fn only_the_word_that_is_being_typed_may_go_on() {
        let prefixes = |text: &str| parsed(text).words.iter().map(|word| word.prefix).collect::<Vec<_>>();
        assert_eq!(prefixes("one two"), [false, true]);
        assert_eq!(prefixes("one two "), [false, false]);
        assert_eq!(prefixes("one two?"), [false, false]);
        assert_eq!(prefixes("two one two"), [true, false]);
    }

    #[test]
    fn operators_are_looked_for_only_where_there_are_no_words() {
        let terms = |text: &str| parsed(text).words.into_iter().map(|word| word.term).collect::<Vec<_>>();
        assert_eq!(terms("?? || ??"), ["??", "||"]);
        assert_eq!(terms("one -- two"), ["one", "two"]);
        assert_eq!(parsed("one -- two-three").joins[0].words, [1, 2]);
        let many: Vec<String> = (0..5000)
            .map(|number| format!("{}=", ["!", "%", "&"][number % 3].repeat(1 + number % 3)))
            .collect();
        assert!(parsed(&many.join(" ")).words.len() <= MAX_WORDS);
    }

    #[test]
    fn compounds_and_neighbours_may_be_one_word() {
        let joins = |text: &str| {
            let joins = parsed(text).joins.into_iter();
            joins.map(|join| (join.term, join.words, join.apart)).collect::<Vec<_>>()
        };
        assert_eq!(
            joins("cyber-security now"),
            [
                ("cybersecurity".to_owned(), vec![0, 1], None),
                ("securitynow".to_owned(), vec![1, 2], Some((1, 2)))
            ]
        );
        assert_eq!(joins("data base"), [("database".to_owned(), vec![0, 1], Some((0, 1)))]);
        assert_eq!(joins("a part"), []);
        assert_eq!(joins("Singapore’s"), [("singapores".to_owned(), vec![0], None)]);
    }

    #[test]
    fn a_join_is_of_its_own_words_even_if_they_stand_elsewhere_too() {
        let words = |text: &str, term: &str| {
            parsed(text).joins.into_iter().find(|join| join.term == term).map(|join| join.words)
        };
        assert_eq!(words("data xxx yyy data base", "database"), Some(vec![0, 3]));
        assert_eq!(words("base data base", "database"), Some(vec![0, 1]));
        assert_eq!(words("tom tom", "tomtom"), Some(vec![0]));
    }

    #[test]
    fn a_text_of_any_length_costs_no_more_than_a_long_sentence() {
        let text: String = (0..500_000).map(|number| format!("word{number} ")).collect();
        let query = parsed(&text);
        assert_eq!((query.words.len(), query.joins.len()), (MAX_WORDS, MAX_WORDS - 1));
        assert!(parsed(&"a-b.c ".repeat(100_000)).joins.len() <= 2 * MAX_WORDS);
        assert_eq!(parsed(&"a-".repeat(100_000)).words.len(), 1);
    }

    #[test]
    fn what_is_demanded_is_told_from_what_is_looked_for() {
        let query = parsed("\"one two\" -three four OR five six title:se");
        let words: Vec<(&str, bool)> = query.words.iter().map(|word| (&*word.term, word.prefix)).collect();
        assert_eq!(
            words,
            [("one", false), ("two", false), ("four", false), ("five", false), ("six", false), ("se", true)]
        );
        assert_eq!(query.either.first(), Some(&(2..4)));
        let demands: Vec<(&str, bool, bool)> = query
            .demands
            .iter()
            .map(|demand| (&*demand.text, demand.is_unwanted, demand.any[0].is_exact))
            .collect();
        assert_eq!(
            demands,
            [("\"one two\"", false, true), ("-three", true, false), ("title:se", false, false)]
        );
        assert_eq!(
            parsed("four OR five-six").demands[0].any.len(),
            2,
            "two words are no alternative by themselves"
        );
        assert_eq!(parsed("four OR five six").joins, []);
    }

    #[test]
    fn it_is_known_where_the_word_begins_that_is_being_typed() {
        for (text, from) in [("one two", 4), ("one-two", 4), ("\"one", 1), ("One two one", 8), ("one ", 0)] {
            assert_eq!(parsed(text).typing_from, from, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_query(text in "\\PC{0,60}|([a-c]{1,3}[ '-]){0,200}") {
            let query = parsed(&text);
            prop_assert!(query.words.len() <= MAX_WORDS);
            for join in &query.joins {
                prop_assert!(join.words.is_sorted() && join.words.iter().all(|&word| word < query.words.len()));
            }
        }
    }
}
