//! Cuts a text into folded tokens.

use crate::fold::Folded;
use crate::{Class, Tables};
use std::ops::{Range, RangeInclusive};

/// The version of the analysis. Any change in what [`Analyser::each`] gives for some text raises it, since an index
/// can be searched only by the analysis that made it.
pub const VERSION: u16 = 4;

/// Parts of at most this many characters at an apostrophe are clitics (`’s`, `l’`, `’ll`, `qu’`), not words.
const MAX_CLITIC_CHARS: usize = 2;

/// Signs of which operators are made.
const OPERATOR_SIGNS: &[u8] = b"!%&*+-./:<=>?@^|~";

/// How many signs an operator has: one alone is punctuation, many are a line.
const OPERATOR_LENGTHS: RangeInclusive<usize> = 2..=4;

/// Signs that make another word of the one after them, longer ones first.
const LEADING_SIGNS: [&str; 8] = ["::", "--", "@", ":", "#", "$", "<", "."];

/// Signs that make another word of the one before them.
const TRAILING_SIGNS: [&str; 3] = ["()", "++", "#"];

/// An identifier has so many characters for each word in it, at least: fewer are no words but data, such as Base64.
const MIN_CHARS_OF_INNER: usize = 3;

/// A word of a text.
///
/// A run such as `cyber-security` gives a token for each part and, over them, one that joins them (`cybersecurity`),
/// so that it is found however people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// Where the word begins in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes.
    pub end: usize,
    /// Which word of the text it is, from 0.
    pub position: u32,
    /// How many positions it covers: 1, or the number of parts that it joins; 0 for the last character of a stretch without
    /// blanks, which is there for those who look for just that, and which no longer query needs.
    pub span: u32,
    /// What it is.
    pub kind: Kind,
    /// The folded word.
    pub term: &'t str,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, the next one of its text.
    Word,
    /// Signs that stand by themselves, such as `??=`; they take a place among the words.
    Operator,
    /// Another word for those just given: all parts of a run as one, the last character of a stretch.
    Again,
    /// A word or run with the sign that makes it another one: `@media`, `map()`.
    Signed,
    /// A word with the accents that it was written with, right after the same without them.
    Accented,
    /// A word inside of an identifier: `element` of `getElementById`. It is there to be found; no query asks for it.
    Inner,
}

/// Cuts texts into tokens by the tables of an index.
#[derive(Clone, Debug, Default)]
pub struct Analyser {
    tables: Tables,
}

/// A part of a run: where it stands, and what stands before it.
struct Part {
    start: usize,
    end: usize,
    chars: usize,
    after_apostrophe: bool,
    before_apostrophe: bool,
}

impl Analyser {
    /// Makes the analyser of an index.
    #[must_use]
    pub const fn new(tables: Tables) -> Self {
        Self { tables }
    }

    /// The tables that it works by.
    #[must_use]
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Calls `take` with each token of `text`, in order of position; a joined token follows its parts.
    ///
    /// Any text will do. Cost: linear in the text; no allocation for each token.
    pub fn each(&self, text: &str, take: &mut dyn FnMut(Token<'_>)) {
        let mut parts = Vec::new();
        let mut folded = Folded::default();
        let mut position = 0;
        let mut at = 0;
        while at < text.len() {
            if let Some(end) = self.operator(text, at) {
                take(Token {
                    start: at,
                    end,
                    position,
                    span: 1,
                    kind: Kind::Operator,
                    term: text.get(at..end).unwrap_or_default(),
                });
                position += 1;
                at = end;
                continue;
            }
            at = self.run(text, at, &mut parts);
            if !parts.is_empty() {
                position = self.emit(text, &mut parts, position, &mut folded, take);
            }
            (at, position) = self.unspaced(text, at, position, &mut folded, take);
        }
    }

    /// Reads one run, or what breaks words, from `from` on: fills `parts`, and says where it ends. A stretch without blanks
    /// is left to [`Analyser::unspaced`].
    fn run(&self, text: &str, from: usize, parts: &mut Vec<Part>) -> usize {
        parts.clear();
        let mut joiner: Option<(usize, Class)> = None;
        for (offset, character) in text.get(from..).unwrap_or_default().char_indices() {
            let at = from + offset;
            let end = at + character.len_utf8();
            match self.tables.class(character) {
                Class::Letter | Class::Digit => match parts.last_mut() {
                    Some(part) if part.end == at => {
                        part.end = end;
                        part.chars += 1;
                    }
                    last => {
                        let after_apostrophe = joiner.is_some_and(|(_, class)| class == Class::Apostrophe);
                        if let Some(part) = last {
                            part.before_apostrophe = after_apostrophe;
                        }
                        parts.push(Part {
                            start: at,
                            end,
                            chars: 1,
                            after_apostrophe,
                            before_apostrophe: false,
                        });
                        joiner = None;
                    }
                },
                // A mark lengthens the part that it stands on; alone it is nothing.
                Class::Mark => match parts.last_mut() {
                    Some(part) if part.end == at => part.end = end,
                    _ => return end,
                },
                class @ (Class::Joiner | Class::Apostrophe) => match parts.last() {
                    Some(part) if part.end == at && joiner.is_none() => joiner = Some((at, class)),
                    _ => return end,
                },
                Class::Break => return end,
                Class::Unspaced => return at,
            }
        }
        text.len()
    }

    /// Reads a stretch of a script that sets no blanks, if one begins at `from`, and gives its tokens: every two characters
    /// that stand side by side, and the last one. Says where it ends, and which position comes next.
    ///
    /// Pairs need no dictionary, and find what a dictionary's words would: on questions in Chinese and Japanese they rank
    /// like words do. Source: Nie and Ren, "Chinese information retrieval: using characters or words?" (1999),
    /// <https://doi.org/10.1016/S0306-4573(98)00051-9>.
    fn unspaced(
        &self,
        text: &str,
        from: usize,
        mut position: u32,
        folded: &mut Folded,
        take: &mut dyn FnMut(Token<'_>),
    ) -> (usize, u32) {
        let mut pair = |start: usize, end: usize, position: u32| {
            self.give(text, start..end, (position, 1), Kind::Word, folded, take);
        };
        // Where the last two characters begin, and where the last one ends, with the marks on it.
        let (mut before, mut last, mut end) = (None, None, from);
        for (offset, character) in text.get(from..).unwrap_or_default().char_indices() {
            match self.tables.class(character) {
                Class::Unspaced => {
                    if let Some(before) = before {
                        pair(before, end, position);
                        position += 1;
                    }
                    (before, last) = (last, Some(from + offset));
                }
                Class::Mark if last.is_some() => {}
                _ => break,
            }
            end = from + offset + character.len_utf8();
        }
        match (before, last) {
            (Some(before), Some(last)) => {
                pair(before, end, position);
                self.give(text, last..end, (position, 0), Kind::Again, folded, take);
                position += 1;
            }
            (None, Some(last)) => {
                pair(last, end, position);
                position += 1;
            }
            _ => {}
        }
        (end, position)
    }

    /// Where an operator ends, such as `??=`, if one begins at `from`: signs that stand by themselves, two at least.
    fn operator(&self, text: &str, from: usize) -> Option<usize> {
        let signs = text
            .as_bytes()
            .get(from..)?
            .iter()
            .take_while(|sign| OPERATOR_SIGNS.contains(sign))
            .take(OPERATOR_LENGTHS.end() + 1)
            .count();
        let end = from + signs;
        let before = text.get(..from)?.chars().next_back();
        let is_first = before
            .is_none_or(|before| !OPERATOR_SIGNS.contains(&(before as u32 as u8)) || !before.is_ascii());
        let after = text.get(end..)?.chars().next();
        (OPERATOR_LENGTHS.contains(&signs) && is_first && self.is_apart(before) && self.is_apart(after))
            .then_some(end)
    }

    /// Whether what stands beside a sign is no part of a word.
    fn is_apart(&self, beside: Option<char>) -> bool {
        beside.is_none_or(|beside| matches!(self.tables.class(beside), Class::Break | Class::Mark))
    }

    /// A run with the sign before or after it that makes it another word in code (`@media`, `::after`, `--flag`, `<body`,
    /// `map()`, `C++`, `C#`), if there is one: where it begins and ends.
    fn signed(&self, text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        let lead = LEADING_SIGNS.into_iter().find(|sign| before.ends_with(sign)).unwrap_or_default();
        // Between two words a sign joins both, and makes neither another one.
        let apart = self.is_apart(before.strip_suffix(lead)?.chars().next_back());
        let lead = if apart { lead } else { "" };
        let is_end = |rest: &str| {
            rest.chars()
                .next()
                .is_none_or(|next| !matches!(self.tables.class(next), Class::Letter | Class::Digit))
        };
        let ends = |sign: &&str| after.strip_prefix(sign).is_some_and(is_end);
        let trail = TRAILING_SIGNS.into_iter().find(ends).unwrap_or_default();
        (lead.len() + trail.len() > 0).then_some((start - lead.len(), end + trail.len()))
    }

    /// Gives the tokens of a run; says which position comes next.
    fn emit(
        &self,
        text: &str,
        parts: &mut Vec<Part>,
        first: u32,
        folded: &mut Folded,
        take: &mut dyn FnMut(Token<'_>),
    ) -> u32 {
        let (start, end) = (parts[0].start, parts[parts.len() - 1].end);
        let joined = parts.len() > 1;
        if joined {
            let clitic = |part: &Part| {
                (part.after_apostrophe || part.before_apostrophe) && part.chars <= MAX_CLITIC_CHARS
            };
            if parts.iter().all(clitic) {
                parts.truncate(1);
            } else {
                parts.retain(|part| !clitic(part));
            }
        }
        let mut position = first;
        for part in &*parts {
            if self.give(text, part.start..part.end, (position, 1), Kind::Word, folded, take) {
                self.inner(text, part.start..part.end, position, folded, take);
                position += 1;
            }
        }
        let over = (first, (position - first).max(1));
        if joined {
            self.give(text, start..end, over, Kind::Again, folded, take);
            // A version is the same with its letter and without.
            let is_version = matches!(text.as_bytes().get(start..), Some([b'v' | b'V', b'0'..=b'9', ..]));
            if is_version {
                self.give(text, start + 1..end, over, Kind::Again, folded, take);
            }
        }
        if let Some((from, to)) = self.signed(text, start, end) {
            let [lead, run, trail] =
                [from..start, start..end, end..to].map(|at| text.get(at).unwrap_or_default());
            folded.word(&self.tables, run, lead);
            folded.term.push_str(trail);
            let term = &folded.term;
            take(Token { start: from, end: to, position: over.0, span: over.1, kind: Kind::Signed, term });
        }
        position.max(first + 1)
    }

    /// Gives the words inside of an identifier: `get`, `element`, `by` and `id` of `getElementById`, `http` and `server` of
    /// `HTTPServer`.
    ///
    /// A name such as `JavaScript` is one word, so identifiers are those that begin with a lower-case letter, or have
    /// several capitals before a word. Identifiers are ASCII nearly everywhere, so no table says what a capital is.
    fn inner(
        &self,
        text: &str,
        at: Range<usize>,
        position: u32,
        folded: &mut Folded,
        take: &mut dyn FnMut(Token<'_>),
    ) {
        let word = text.as_bytes().get(at.clone()).unwrap_or_default();
        let is_capital = |at: usize| word.get(at).is_some_and(u8::is_ascii_uppercase);
        let is_small = |at: usize| word.get(at).is_some_and(u8::is_ascii_lowercase);
        // The plural of an acronym (`URLs`) is no acronym with a word after it.
        let ends_acronym = |at: usize| is_capital(at - 1) && is_small(at + 1) && is_small(at + 2);
        let begins = |&at: &usize| is_capital(at) && (!is_capital(at - 1) || ends_acronym(at));
        let starts = || (1..word.len()).filter(begins);
        let is_identifier = is_small(0) || starts().any(ends_acronym);
        let n_inner = starts().count() + 1;
        if n_inner == 1 || !is_identifier || word.len() < n_inner * MIN_CHARS_OF_INNER {
            return;
        }
        let mut start = 0;
        for end in starts().chain([word.len()]) {
            if end - start > 1 {
                self.give(text, at.start + start..at.start + end, (position, 1), Kind::Inner, folded, take);
            }
            start = end;
        }
    }

    /// Gives a stretch of the text as a token, unless nothing is left of it when it is folded; says whether something was.
    fn give(
        &self,
        text: &str,
        at: Range<usize>,
        (position, span): (u32, u32),
        kind: Kind,
        folded: &mut Folded,
        take: &mut dyn FnMut(Token<'_>),
    ) -> bool {
        let Range { start, end } = at;
        folded.word(&self.tables, text.get(at).unwrap_or_default(), "");
        if folded.term.is_empty() {
            return false;
        }
        take(Token { start, end, position, span, kind, term: &folded.term });
        if kind == Kind::Word && folded.with_accents() {
            take(Token { start, end, position, span, kind: Kind::Accented, term: &folded.term });
        }
        true
    }
}

#[cfg(test)]
mod tests;
