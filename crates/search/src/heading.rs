//! How much a title or heading counts that has words of the query.

use crate::clause::{Clause, Source};
use crate::weigh::{self, STRICT_WORDS, Weight, part_of};
use std::rc::Rc;

/// Of 16: how much a title that is the query counts, beside a text that is about nothing else. From 16 to 32 titles are
/// found alike; more of it costs phrases that stand in a text.
const TITLE: u32 = 24;

/// The same of the heading of a passage.
pub const HEADING: u32 = 24;

/// What follows in a title that begins with the query counts this many times less than what else stands in titles. From 3
/// to 8 code is found better the higher it is; at 16 pages whose title goes on come before the page whose title is the query.
const AFTER: u32 = 8;

/// How much more a document is about words that stand in its title: as much as the words of the title are those of the
/// query, and those of the query are in the title.
pub fn titled(clauses: &[Clause], weights: &[Weight], document: u32) -> u32 {
    let mut heading = Heading::default();
    for (number, (clause, weight)) in clauses.iter().zip(weights).enumerate() {
        let of_source = |source: &Rc<Source>| {
            let title = source.title(document).filter(|_| clause.is_typed(source));
            title.map(|title| (weight.by_way[source.way as usize], title))
        };
        if let Some((weight, title)) = clause.sources.iter().filter_map(of_source).max() {
            heading.add(weight, title.words);
            // With its sign or without, it is the first word.
            let mut titles = clause.sources.iter().filter_map(|source| source.title(document));
            heading.begins |= number == 0 && titles.any(|title| title.begins);
        }
    }
    heading.score(weigh::all(weights), clauses.len(), TITLE)
}

/// The words of a query in a title or heading.
#[derive(Clone, Copy, Default)]
pub struct Heading {
    /// What they weigh together.
    holds: u32,
    /// How many they are.
    found: u32,
    /// How many words it has.
    words: u32,
    /// Whether it begins with the first of them.
    begins: bool,
}

impl Heading {
    /// Takes in a word that weighs so much, in a title or heading of so many.
    pub fn add(&mut self, weight: u32, words: u8) {
        self.holds += weight;
        self.found += 1;
        self.words = words.into();
    }

    /// How much it is about a query of so many words that weigh `all`: what a text of nothing but these is, times
    /// `counts` of 16, at most.
    pub fn score(self, all: u32, n_words: usize, counts: u32) -> u32 {
        // A compound is a word beside its parts.
        let found = self.found.min(self.words);
        // What follows the words of the query in a title counts less against it than what stands between them.
        let is_beginning = self.begins && self.found >= n_words as u32;
        let (part, of) =
            if is_beginning { (AFTER, found * (AFTER - 1) + self.words) } else { (1, self.words) };
        let whole = part_of(self.holds * u32::from(u8::MAX) / 16, part * found, of);
        let held = self.holds.min(all);
        if n_words > STRICT_WORDS && held < all / 4 * 3 {
            return 0;
        }
        part_of(part_of(whole, held, all), held, all) * counts / 16
    }
}
