//! What the words of a query weigh, by how rare they are.

use crate::clause::{Clause, Match, N_WAYS, Way};
use crate::logarithm::idf;
use searchlet_format::Metadata;

/// Up to this many words a query is a description, and a document that lacks a word comes after all that have it. A
/// longer one is a sentence, of which no document has every word.
pub const STRICT_WORDS: usize = 4;

/// Of 16: how much a match counts, by way. Accents count a little more than the word without, lest they tell nothing where
/// nearly all documents have them.
const COUNTS: [u32; N_WAYS] = [16, 17, 16, 15, 14, 12, 12, 12, 10];

/// What a word weighs, by way, and when it is lacking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// What it counts where a document holds it, by way.
    pub by_way: [u32; N_WAYS],
    /// What a document lacks that does not hold it.
    pub lacking: u32,
}

impl Weight {
    /// The best of the ways in which something holds the word.
    pub fn score(&self, impacts: &[u16; N_WAYS]) -> u32 {
        let by_way = impacts.iter().zip(self.by_way);
        by_way.map(|(&impact, weight)| (u32::from(impact) * weight) >> 8).max().unwrap_or(0)
    }
}

/// What all words of a query weigh together.
pub fn all(weights: &[Weight]) -> u32 {
    weights.iter().map(|weight| weight.lacking).sum()
}

/// `whole` × `part` / `of`.
pub fn part_of(whole: u32, part: u32, of: u32) -> u32 {
    (u64::from(whole) * u64::from(part) / u64::from(of.max(1))) as u32
}

/// What each clause of each head weighs, by how rare its word is in all heads together.
pub fn weigh(clauses: &[Vec<Clause>], heads: &[&Metadata]) -> Vec<Vec<Weight>> {
    let n_documents = heads.iter().map(|head| u64::from(head.documents)).sum();
    let count = |clause: &Clause, way: usize| {
        // Completions are equally rare wherever they stand.
        let completes = [Way::Titled as usize, Way::Completion as usize];
        let ways = if completes.contains(&way) { &completes[..] } else { std::slice::from_ref(&way) };
        let has = |entry: &&Match| ways.iter().any(|&way| entry.impacts[way] > 0);
        clause.entries.iter().filter(has).count()
    };
    // Accents tell a word from others that are written alike, and not from its own forms. So they make it as much rarer as they
    // make its form.
    let accented = |clause: &Clause| {
        let words = clause.sources.iter().filter(|source| source.way == Way::Word);
        let n_typed: usize = words.map(|source| source.n_typed()).sum();
        count(clause, Way::Accented as usize) * count(clause, Way::Word as usize) / n_typed.max(1)
    };
    let weight = |clause: &Clause| {
        let mut weight = Weight::default();
        let alike = || clauses.iter().flatten().filter(|other| other.term == clause.term);
        weight.lacking = idf(n_documents, alike().map(|other| other.entries.len() as u64).sum());
        for (way, by_way) in weight.by_way.iter_mut().enumerate() {
            let count = |clause: &Clause| {
                if way == Way::Accented as usize { accented(clause) } else { count(clause, way) }
            };
            *by_way = idf(n_documents, alike().map(|other| count(other) as u64).sum()) * COUNTS[way] / 16;
        }
        weight
    };
    clauses.iter().map(|clauses| clauses.iter().map(weight).collect()).collect()
}
