//! Puts documents in order.

use crate::expand::{Clause, N_WAYS, Way};
use crate::logarithm::idf;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Up to this many words a query is a description, and a document that lacks a word comes after all that have it. A
/// longer one is a sentence, of which no document has every word.
const STRICT_WORDS: usize = 4;

/// So many documents are ordered again by their best passage. Others cannot reach the first pages.
const REORDERED: usize = 200;

/// Of 16: how much a match counts, by way.
const COUNTS: [u32; N_WAYS] = [16, 15, 12, 12];

/// A document in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which head it is of.
    pub shard: usize,
    /// Its number.
    pub document: u32,
    /// How well it matches.
    pub score: u32,
    /// Indices of the clauses that it lacks.
    pub lacks: Vec<usize>,
    /// Its passages that hold a word, best first.
    pub passages: Vec<RankedPassage>,
}

/// A passage of a document in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedPassage {
    /// Its number.
    pub passage: u32,
    /// What the words in it weigh together.
    pub holds: u32,
    /// How much it is about them.
    pub score: u32,
}

/// Documents in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranking {
    /// The documents that were asked for.
    pub documents: Vec<Ranked>,
    /// How many documents lack no word, or if there are none, the least.
    pub total: usize,
    /// What each clause of each head weighs.
    pub weights: Vec<Vec<u32>>,
}

/// What a word weighs, by way, and when it is lacking.
#[derive(Clone, Copy, Default)]
struct Weight {
    by_way: [u32; N_WAYS],
    lacking: u32,
}

/// What is known of a document while clauses are added up.
#[derive(Clone, Copy, Default)]
struct Sum {
    score: u32,
    holds: u32,
    edits: u8,
    completions: u8,
}

/// The order of answers: what is lacking, edits, completions, score; ties by number, which follows the URL.
type Key = (u32, u8, u8, Reverse<u32>, usize, u32);

/// Ranks the documents of all heads; `n_documents` is how many each has. Gives `limit` of them from `offset` on.
///
/// Cost: linear in the postings and the documents.
pub fn rank(clauses: &[Vec<Clause>], n_documents: &[u32], offset: usize, limit: usize) -> Ranking {
    let weights = weights(clauses, n_documents);
    let mut keys: Vec<Key> = Vec::new();
    for (shard, clauses) in clauses.iter().enumerate() {
        let weights = &weights[shard];
        let all: u32 = weights.iter().map(|weight| weight.lacking).sum();
        let mut sums = vec![Sum::default(); n_documents[shard] as usize];
        for (clause, weight) in clauses.iter().zip(weights) {
            add(clause, weight, &mut sums);
        }
        let strict = clauses.len() <= STRICT_WORDS;
        let found = sums.iter().zip(0u32..).filter(|(sum, _)| sum.holds > 0);
        keys.extend(found.map(|(sum, document)| key(sum, all, strict, shard, document)));
    }
    let least = keys.iter().map(|key| key.0).min().unwrap_or(0);
    let total = keys.iter().filter(|key| key.0 == least).count();

    // What was lacking was kept in the key for the total; a sentence is ordered by score alone.
    if clauses.iter().any(|clauses| clauses.len() > STRICT_WORDS) {
        for key in &mut keys {
            (key.0, key.1, key.2) = (0, 0, 0);
        }
    }
    let wanted = REORDERED.max(offset.saturating_add(limit)).min(keys.len());
    if wanted < keys.len() {
        keys.select_nth_unstable(wanted);
        keys.truncate(wanted);
    }
    keys.sort_unstable();
    let again = REORDERED.min(keys.len());
    for key in &mut keys[..again] {
        let passages = passages(&clauses[key.4], &weights[key.4], key.5);
        key.3.0 += passages.first().map_or(0, |best| best.score);
    }
    keys[..again].sort_unstable();

    let page = keys.iter().skip(offset).take(limit);
    let documents = page.map(|&(.., Reverse(score), shard, document)| {
        let lacks =
            |clause: &Clause| clause.entries.binary_search_by_key(&document, |entry| entry.document).is_err();
        let lacking = clauses[shard].iter().enumerate().filter(|(_, clause)| lacks(clause));
        Ranked {
            shard,
            document,
            score,
            lacks: lacking.map(|(index, _)| index).collect(),
            passages: passages(&clauses[shard], &weights[shard], document),
        }
    });
    let documents = documents.collect();
    let lacking = |weights: &Vec<Weight>| weights.iter().map(|weight| weight.lacking).collect();
    Ranking { documents, total, weights: weights.iter().map(lacking).collect() }
}

fn key(sum: &Sum, all: u32, strict: bool, shard: usize, document: u32) -> Key {
    let lacking = all - sum.holds;
    let score = if strict || all == 0 {
        sum.score
    } else {
        // Half of the score for a document that holds next to nothing of the sentence, all for one that holds all.
        (u64::from(sum.score) * u64::from(all + sum.holds) / u64::from(2 * all)) as u32
    };
    (lacking, sum.edits, sum.completions, Reverse(score), shard, document)
}

/// Adds what a clause tells of each document.
fn add(clause: &Clause, weight: &Weight, sums: &mut [Sum]) {
    for entry in &clause.entries {
        let Some(sum) = sums.get_mut(entry.document as usize) else { continue };
        sum.score += score(&entry.impacts, weight);
        sum.holds += weight.lacking;
        let has = |way: Way| entry.impacts[way as usize] > 0;
        if !has(Way::Word) && !has(Way::Compound) {
            let completed = has(Way::Completion);
            sum.completions += u8::from(completed);
            sum.edits += u8::from(!completed);
        }
    }
}

/// The best of the ways in which something holds a word.
fn score(impacts: &[u16; N_WAYS], weight: &Weight) -> u32 {
    let by_way = impacts.iter().zip(weight.by_way);
    by_way.map(|(&impact, weight)| (u32::from(impact) * weight) >> 8).max().unwrap_or(0)
}

/// The passages of a document that hold a word of the query, best first.
fn passages(clauses: &[Clause], weights: &[Weight], document: u32) -> Vec<RankedPassage> {
    let mut found: BTreeMap<u32, RankedPassage> = BTreeMap::new();
    for (clause, weight) in clauses.iter().zip(weights) {
        let mut of_clause: BTreeMap<u32, [u16; N_WAYS]> = BTreeMap::new();
        for source in &clause.sources {
            for (passage, impact) in source.passages(document) {
                let best = &mut of_clause.entry(passage).or_default()[source.way() as usize];
                *best = impact.max(*best);
            }
        }
        for (passage, impacts) in of_clause {
            let ranked = found.entry(passage).or_insert(RankedPassage { passage, holds: 0, score: 0 });
            ranked.holds += weight.lacking;
            ranked.score += score(&impacts, weight);
        }
    }
    let mut passages: Vec<RankedPassage> = found.into_values().collect();
    passages.sort_by_key(|ranked| (Reverse(ranked.holds), Reverse(ranked.score), ranked.passage));
    passages
}

/// What each clause of each head weighs, by how rare its word is in all heads together.
fn weights(clauses: &[Vec<Clause>], n_documents: &[u32]) -> Vec<Vec<Weight>> {
    let all = n_documents.iter().map(|&count| u64::from(count)).sum();
    let mut holding: BTreeMap<&str, ([u64; N_WAYS], u64)> = BTreeMap::new();
    for clause in clauses.iter().flatten() {
        let counts = holding.entry(&clause.term).or_default();
        counts.1 += clause.entries.len() as u64;
        for (way, count) in counts.0.iter_mut().enumerate() {
            *count += clause.entries.iter().filter(|entry| entry.impacts[way] > 0).count() as u64;
        }
    }
    let weight = |clause: &Clause| {
        let (by_way, any) = holding.get(clause.term.as_str()).copied().unwrap_or_default();
        let mut weight = Weight { lacking: idf(all, any), ..Weight::default() };
        for (way, count) in by_way.into_iter().enumerate() {
            weight.by_way[way] = idf(all, count) * COUNTS[way] / 16;
        }
        weight
    };
    clauses.iter().map(|clauses| clauses.iter().map(weight).collect()).collect()
}
