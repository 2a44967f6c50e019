//! What a query asks for, as words.

pub use crate::syntax::Field;
use crate::syntax::{self, Piece};
use searchlet_text::{Analyser, Kind};
use std::ops::Range;

/// A query has at most this many words; the rest of a longer text is passed over, so that a page that was pasted by
/// mistake costs no more than a long sentence.
const MAX_WORDS: usize = 128;

/// Words that are written apart are tried as one if each has at least this many letters.
const MIN_HALF_CHARS: usize = 3;

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
    /// What the metadata of a document must or must not be.
    pub fields: Vec<Field>,
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

/// Reads a query; `is_key` tells the keys of metadata. Any text will do; a text without words asks for nothing.
pub fn parse(analyser: &Analyser, text: &str, is_key: &dyn Fn(&str) -> bool) -> Query {
    let syntax = syntax::read(text, is_key);
    let mut query = words(analyser, &syntax.plain, &syntax.either);
    for claim in &syntax.claims {
        let any: Vec<Wanted> =
            claim.any.iter().filter_map(|piece| wanted(analyser, text, piece, claim.is_unwanted)).collect();
        let is_one_of_words = any.len() > 1
            && any.iter().all(|wanted| wanted.words.len() == 1 && !wanted.is_exact && !wanted.in_title);
        // Of single words one will do: that they make up one clause says it all.
        if any.len() == claim.any.len() && !is_one_of_words {
            let text = text.get(claim.place.clone()).unwrap_or_default().to_owned();
            query.demands.push(Demand { text, any, is_unwanted: claim.is_unwanted });
        }
    }
    query.fields = syntax.fields;
    query
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
            Kind::Again => {
                // The last character of a stretch covers no place of its own: its pair asks for it.
                if token.span > 0 && places.len() < MAX_WORDS {
                    compounds.push((position, position + token.span as usize, token.end, word.term));
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
        let known = query.words.iter().position(|known| known.term == token.term);
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
    let mut join = |from: usize, to: usize, end: usize, term: String, apart: Option<(usize, usize)>| {
        let mut words: Vec<usize> = Vec::new();
        for &(word, _) in places.get(from..to).unwrap_or_default() {
            let at = words.partition_point(|&known| known < word);
            if words.get(at) != Some(&word) {
                words.insert(at, word);
            }
        }
        if !words.is_empty() && !query.joins.iter().any(|join| join.term == term) {
            query.joins.push(Join { words, term, prefix: ends_at(end), apart });
        }
    };
    for (from, to, end, term) in compounds {
        join(from, to, end, term, None);
    }
    let is_alternative = |end: usize| either.iter().any(|stretch| stretch.contains(&(end - 1)));
    for (from, pair) in places.windows(2).enumerate() {
        let [first, last] = [pair[0], pair[1]].map(|(word, _)| &*query.words[word].term);
        if is_half(first) && is_half(last) && !pair.iter().any(|&(_, end)| is_alternative(end)) {
            join(from, from + 2, pair[1].1, first.to_owned() + last, Some((pair[0].0, pair[1].0)));
        }
    }
    let begins = |word: &Word, stretch: &Range<usize>| stretch.contains(&word.place.0);
    query.either = either
        .iter()
        .map(|stretch| {
            let from = query.words.iter().position(|word| begins(word, stretch)).unwrap_or_default();
            from..from + query.words.iter().filter(|word| begins(word, stretch)).count()
        })
        .filter(|range| range.len() > 1)
        .collect();
    query
}

/// The words of a piece of a text, if it has any.
fn wanted(analyser: &Analyser, text: &str, piece: &Piece, is_unwanted: bool) -> Option<Wanted> {
    let slice = text.get(piece.words.clone())?;
    let (mut words, mut operators) = (Vec::new(), Vec::new());
    analyser.each(slice, &mut |token| {
        let words = match token.kind {
            Kind::Word => &mut words,
            Kind::Operator => &mut operators,
            Kind::Again => return,
        };
        if words.len() < MAX_WORDS {
            words.push(Word {
                text: slice.get(token.start..token.end).unwrap_or_default().to_owned(),
                term: token.term.to_owned(),
                place: (piece.words.start + token.start, piece.words.start + token.end),
                is_repeated: false,
                prefix: !piece.is_quoted && !is_unwanted && piece.words.start + token.end == text.len(),
            });
        }
    });
    if words.is_empty() && operators.len() == 1 {
        words = operators;
    }
    let is_exact = piece.is_quoted || words.len() > 1;
    (!words.is_empty()).then_some(Wanted { words, is_exact, in_title: piece.in_title })
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
        parse(&Analyser::default(), text, &|_| false)
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
