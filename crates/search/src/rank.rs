//! Puts documents in order.

use crate::clause::{Clause, Match, N_WAYS, Source, Way};
use crate::demand::{UNWANTED, Unmet};
use crate::found::Explanation;
use crate::logarithm::idf;
use crate::order::{smallest, sort};
use crate::refine::Refined;
use searchlet_format::Metadata;

/// Up to this many words a query is a description, and a document that lacks a word comes after all that have it. A
/// longer one is a sentence, of which no document has every word.
pub const STRICT_WORDS: usize = 4;

/// So many documents are ordered again by their best passage. Others cannot reach the first pages.
const REORDERED: usize = 200;

/// How much it counts that the words of a query stand in one passage: half of what a word counts in a text that is about
/// nothing else. Of 4, 8, 16 and 32 the best in questions and phrases alike.
const TOGETHER: u32 = 8;

/// Of 16: how much a title that is the query counts, beside a text that is about nothing else. From 16 to 32 titles are
/// found alike; more of it costs phrases that stand in a text.
const TITLE: u32 = 24;

/// The same of the heading of a passage.
const HEADING: u32 = 24;

/// What follows in a title that begins with the query counts this many times less than what else stands in titles. From 3
/// to 8 code is found better the higher it is; at 16 pages whose title goes on come before the page whose title is the query.
const AFTER: u32 = 8;

/// Of 16: how much a match counts, by way.
const COUNTS: [u32; N_WAYS] = [16, 16, 15, 14, 12, 12, 12, 10];

/// A document in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Which head it is of.
    pub shard: usize,
    /// Its number.
    pub document: u32,
    /// What comes before the score in the order of answers: less is better.
    pub class: u64,
    /// How well it matches.
    pub score: u32,
    /// Its place by that.
    pub place: usize,
    /// Indices of the clauses that it lacks.
    pub lacks: Vec<usize>,
    /// The demands that it does not meet, a bit for each.
    pub unmet: u32,
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
    /// Whether no document has every word.
    pub all_lack: bool,
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
    is_found: bool,
}

/// The place of a document in the order of answers, packed so that numbers sort as answers do: what it lacks (32 bits),
/// edits (8), completions (8), score (32, inverted), head (16), number (32).
#[derive(Clone, Copy)]
struct Key(u128);

impl Key {
    fn new(lacking: u32, sum: &Sum, score: u32, shard: usize, document: u32) -> Self {
        let mut key = u128::from(lacking);
        key = key << 8 | u128::from(sum.edits);
        key = key << 8 | u128::from(sum.completions);
        key = key << 32 | u128::from(!score);
        key = key << 16 | shard as u128;
        Self(key << 32 | u128::from(document))
    }

    const fn lacking(self) -> u32 {
        (self.0 >> 96) as u32
    }

    const fn score(self) -> u32 {
        !((self.0 >> 48) as u32)
    }

    const fn class(self) -> u64 {
        (self.0 >> 80) as u64
    }

    const fn shard(self) -> usize {
        (self.0 >> 32) as u16 as usize
    }

    const fn document(self) -> u32 {
        self.0 as u32
    }

    /// The key with so much more score.
    fn raised(self, more: u32) -> Self {
        Self(self.0 - (u128::from(more.min(!self.score())) << 48))
    }

    /// The key by score alone.
    const fn by_score(self) -> Self {
        Self(self.0 & (u128::MAX >> 48))
    }
}

/// What is known of documents beside their words.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// What the documents of each head do not meet.
    pub unmet: &'k [Unmet],
    /// Whether they pass filters, and how they are to be sorted.
    pub refined: &'k Refined,
    /// The filters that count.
    pub mask: u32,
}

/// The documents that pass the filters, meet the most of what is demanded, and have nothing that is not wanted; and how
/// much each of those lacks at least that lack the least.
fn candidates(
    clauses: &[Vec<Clause>],
    weights: &[Vec<Weight>],
    heads: &[&Metadata],
    Known { unmet, refined, mask }: Known<'_>,
) -> (Vec<Key>, u32) {
    let mut keys: Vec<Key> = Vec::new();
    let mut fewest = u32::MAX;
    for (shard, clauses) in clauses.iter().enumerate() {
        let weights = &weights[shard];
        let all: u32 = weights.iter().map(|weight| weight.lacking).sum();
        let mut sums = vec![Sum::default(); heads[shard].numbers as usize];
        for (clause, weight) in clauses.iter().zip(weights) {
            add(clause, weight, &mut sums);
        }
        for &document in refined.listed.get(shard).into_iter().flatten() {
            if let Some(sum) = sums.get_mut(document as usize) {
                sum.is_found = true;
            }
        }
        let strict = clauses.len() <= STRICT_WORDS;
        for (sum, document) in sums.iter().zip(0u32..).filter(|(sum, _)| sum.is_found) {
            let unmet = unmet[shard].of(document);
            let is_out = unmet & UNWANTED != 0 || !refined.passes(shard, document, mask);
            if is_out || unmet.count_ones() > fewest {
                continue;
            }
            if unmet.count_ones() < fewest {
                fewest = unmet.count_ones();
                keys.clear();
            }
            let score = if strict { sum.score } else { part_of(sum.score, all + sum.holds, 2 * all) };
            keys.push(Key::new(all - sum.holds, sum, score, shard, document));
        }
    }
    let least = keys.iter().map(|key| key.lacking()).min().unwrap_or(0);
    (keys, least)
}

/// For each document of each head by its number, whether it counts in the total.
pub fn answers(clauses: &[Vec<Clause>], heads: &[&Metadata], known: Known<'_>) -> Vec<Vec<bool>> {
    let (keys, least) = candidates(clauses, &weights(clauses, heads), heads, known);
    let mut answers: Vec<Vec<bool>> = heads.iter().map(|head| vec![false; head.numbers as usize]).collect();
    for key in keys.iter().filter(|key| key.lacking() == least) {
        answers[key.shard()][key.document() as usize] = true;
    }
    answers
}

/// Whether no document has every word.
pub fn all_lack(clauses: &[Vec<Clause>], heads: &[&Metadata], known: Known<'_>) -> bool {
    candidates(clauses, &weights(clauses, heads), heads, known).1 > 0
}

/// Ranks the documents of all heads, of which `heads` tells the sizes. Gives `limit` of them from `offset` on: the best
/// first, or in the order that was asked for.
///
/// Cost: linear in the postings and the numbers of documents; sorts all that are found if another order is asked for.
pub fn rank(
    clauses: &[Vec<Clause>],
    heads: &[&Metadata],
    known: Known<'_>,
    (offset, limit): (usize, usize),
) -> Ranking {
    let Known { unmet, refined, .. } = known;
    let weights = weights(clauses, heads);
    let (mut keys, least) = candidates(clauses, &weights, heads, known);
    let total = keys.iter().filter(|key| key.lacking() == least).count();

    let is_sorted = !refined.orders.is_empty();
    if is_sorted {
        keys.retain(|key| key.lacking() == least);
    }
    // What a document lacks was kept in its key for the total; a sentence is ordered by score alone.
    if clauses.iter().any(|clauses| clauses.len() > STRICT_WORDS) {
        keys.iter_mut().for_each(|key| *key = key.by_score());
    }
    let wanted = if is_sorted { usize::MAX } else { REORDERED.max(offset.saturating_add(limit)) };
    let mut keys = smallest(keys.iter().map(|key| key.0), wanted);
    let again = REORDERED.min(keys.len());
    for key in &mut keys[..again] {
        let of = Key(*key);
        let passages = passages(&clauses[of.shard()], &weights[of.shard()], of.document());
        let (clauses, weights) = (&clauses[of.shard()], &weights[of.shard()]);
        let more = untold(clauses, weights, of.document()) + titled(clauses, weights, of.document());
        let all = weights.iter().map(|weight| weight.lacking).sum();
        let best =
            passages.first().map_or(0, |best| best.score + part_of(best.holds, best.holds, all) * TOGETHER);
        *key = of.raised(best + more).0;
    }
    sort(&mut keys[..again]);

    let mut places: Vec<u32> = (0..keys.len() as u32).collect();
    // By the last of the orders first: each keeps what is equal in it as it was.
    for order in refined.orders.iter().rev() {
        let by_order = |(at, &place): (u32, &u32)| {
            let key = Key(keys[place as usize]);
            let first = order[key.shard()][key.document() as usize];
            u128::from(first) << 64 | u128::from(at) << 32 | u128::from(place)
        };
        let mut sorted: Vec<u128> = (0..).zip(&places).map(by_order).collect();
        sort(&mut sorted);
        places = sorted.into_iter().map(|key| key as u32).collect();
    }
    let page = places.iter().skip(offset).take(limit);
    let documents = page.map(|&place| {
        let key = keys[place as usize];
        let (key, shard, document) = (Key(key), Key(key).shard(), Key(key).document());
        let lacks =
            |clause: &Clause| clause.entries.binary_search_by_key(&document, |entry| entry.document).is_err();
        let lacking = clauses[shard].iter().enumerate().filter(|(_, clause)| lacks(clause));
        let mut passages = passages(&clauses[shard], &weights[shard], document);
        if let Some(lead) = unmet[shard].lead(document) {
            let at = passages.iter().position(|ranked| ranked.passage == lead);
            let lead = match at {
                Some(at) => passages.remove(at),
                None => RankedPassage { passage: lead, holds: 0, score: 0 },
            };
            passages.insert(0, lead);
        }
        Ranked {
            shard,
            document,
            class: key.class(),
            score: key.score(),
            place: place as usize,
            lacks: lacking.map(|(index, _)| index).collect(),
            unmet: unmet[shard].of(document),
            passages,
        }
    });
    let documents = documents.collect();
    let lacking = |weights: &Vec<Weight>| weights.iter().map(|weight| weight.lacking).collect();
    Ranking { documents, total, all_lack: least > 0, weights: weights.iter().map(lacking).collect() }
}

/// What makes up the score of a document that was ranked, as [`rank`] adds it up.
pub fn explain(clauses: &[Vec<Clause>], heads: &[&Metadata], ranked: &Ranked) -> Vec<Explanation> {
    let weights = &weights(clauses, heads)[ranked.shard];
    let clauses = &clauses[ranked.shard];
    let document = ranked.document;
    let (mut sum, mut all, mut holds) = (0, 0, 0);
    let mut words = Vec::new();
    for (clause, weight) in clauses.iter().zip(weights) {
        all += weight.lacking;
        if let Ok(at) = clause.entries.binary_search_by_key(&document, |entry| entry.document) {
            let score = score(&clause.entries[at].impacts, weight);
            sum += score;
            holds += weight.lacking;
            words.push(Explanation::new(&clause.text, score.into()));
        }
    }
    let mut parts = vec![Explanation::sum("words in the whole document", words)];
    if clauses.len() > STRICT_WORDS {
        let left = i64::from(part_of(sum, all + holds, 2 * all));
        parts.push(Explanation::new("words that it lacks", left - i64::from(sum)));
    }
    if ranked.place < REORDERED {
        let passages = passages(clauses, weights, document);
        if let Some(best) = passages.first() {
            let together = part_of(best.holds, best.holds, all) * TOGETHER;
            parts.push(Explanation::new("words and heading of the best passage", best.score.into()));
            parts.push(Explanation::new("words together in that passage", together.into()));
        }
        let untold = untold(clauses, weights, document);
        parts.push(Explanation::new("words that stand in nearly every passage", untold.into()));
        parts.push(Explanation::new("title", titled(clauses, weights, document).into()));
    }
    parts
}

/// `whole` × `part` / `of`.
fn part_of(whole: u32, part: u32, of: u32) -> u32 {
    (u64::from(whole) * u64::from(part) / u64::from(of.max(1))) as u32
}

/// Adds what a clause tells of each document.
fn add(clause: &Clause, weight: &Weight, sums: &mut [Sum]) {
    for entry in &clause.entries {
        let Some(sum) = sums.get_mut(entry.document as usize) else { continue };
        sum.score += score(&entry.impacts, weight);
        sum.holds += weight.lacking;
        sum.is_found = true;
        let has = |way: Way| entry.impacts[way as usize] > 0;
        let is_plain = || [Way::Word, Way::Compound, Way::Titled, Way::Synonym].into_iter().any(has);
        if !has(Way::Signed) && (clause.is_signed || !is_plain()) {
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

/// How much more a document is about words that stand in its title: as much as the words of the title are those of the
/// query, and those of the query are in the title.
fn titled(clauses: &[Clause], weights: &[Weight], document: u32) -> u32 {
    let mut heading = Heading::default();
    let mut all = 0;
    for (number, (clause, weight)) in clauses.iter().zip(weights).enumerate() {
        all += weight.lacking;
        let of_source = |source: &std::rc::Rc<Source>| {
            let title = source.title(document).filter(|_| clause.is_typed(source));
            title.map(|title| (weight.by_way[source.way as usize], title))
        };
        if let Some((weight, title)) = clause.sources.iter().filter_map(of_source).max() {
            heading.add(weight, title.words);
            // With its sign or without, it is the first word.
            let mut all = clause.sources.iter().filter_map(|source| source.title(document));
            heading.begins |= number == 0 && all.any(|title| title.begins);
        }
    }
    heading.score(all, clauses.len()) * TITLE / 16
}

/// The words of a query in a title or heading.
#[derive(Clone, Copy, Default)]
struct Heading {
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
    fn add(&mut self, weight: u32, words: u8) {
        self.holds += weight;
        self.found += 1;
        self.words = words.into();
    }

    /// How much it is about a query whose words weigh `all`: at most what a text of nothing but these words is.
    fn score(self, all: u32, n_words: usize) -> u32 {
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
        part_of(part_of(whole, held, all), held, all)
    }
}

/// How much a document is about the words of which it is not told in which passages they stand: as much as any passage
/// may be.
fn untold(clauses: &[Clause], weights: &[Weight], document: u32) -> u32 {
    let of_clause = |(clause, weight): (&Clause, &Weight)| {
        let is_told = clause.sources.iter().any(|source| source.passages(document).next().is_some());
        let at = clause.entries.binary_search_by_key(&document, |entry| entry.document);
        at.ok().filter(|_| !is_told).map_or(0, |at| score(&clause.entries[at].impacts, weight))
    };
    clauses.iter().zip(weights).map(of_clause).sum()
}

/// The passages of a document that hold a word of the query, best first.
fn passages(clauses: &[Clause], weights: &[Weight], document: u32) -> Vec<RankedPassage> {
    let mut found: Vec<RankedPassage> = Vec::new();
    let mut of_clause: Vec<(u32, [u16; N_WAYS], (u32, u8))> = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    let all: u32 = weights.iter().map(|weight| weight.lacking).sum();
    for (clause, weight) in clauses.iter().zip(weights) {
        for source in &clause.sources {
            for (passage, impact, words) in source.passages(document) {
                let new = || (passage, [0; N_WAYS], (0, 0));
                let at = at_number(&mut of_clause, passage, |entry| entry.0, new);
                if words > 0 && clause.is_typed(source) {
                    let in_heading = &mut of_clause[at].2;
                    *in_heading = (weight.by_way[source.way as usize], words).max(*in_heading);
                }
                let best = &mut of_clause[at].1[source.way as usize];
                *best = impact.max(*best);
            }
        }
        for (passage, impacts, (in_heading, words)) in of_clause.drain(..) {
            let new = || RankedPassage { passage, holds: 0, score: 0 };
            let known = found.len();
            let at = at_number(&mut found, passage, |ranked| ranked.passage, new);
            if found.len() > known {
                headings.insert(at, Heading::default());
            }
            if words > 0 {
                headings[at].add(in_heading, words);
            }
            found[at].holds += weight.lacking;
            found[at].score += score(&impacts, weight);
        }
    }
    for (ranked, heading) in found.iter_mut().zip(headings) {
        ranked.score += heading.score(all, clauses.len()) * HEADING / 16;
    }
    let key =
        |ranked: &RankedPassage| Key::new(!ranked.holds, &Sum::default(), ranked.score, 0, ranked.passage).0;
    let mut keys: Vec<u128> = found.iter().map(key).collect();
    sort(&mut keys);
    let ranked = |&key: &u128| {
        let key = Key(key);
        RankedPassage { passage: key.document(), holds: !key.lacking(), score: key.score() }
    };
    keys.iter().map(ranked).collect()
}

/// Where the entry of a number is in a list that ascends by number; it is put there if it is not.
fn at_number<T>(list: &mut Vec<T>, number: u32, of: impl Fn(&T) -> u32, new: impl FnOnce() -> T) -> usize {
    // Numbers come ascending from each source, so the place is mostly the end.
    let at = if list.last().is_none_or(|last| of(last) < number) {
        list.len()
    } else {
        list.partition_point(|entry| of(entry) < number)
    };
    if list.get(at).is_none_or(|entry| of(entry) != number) {
        list.insert(at, new());
    }
    at
}

/// What each clause of each head weighs, by how rare its word is in all heads together.
fn weights(clauses: &[Vec<Clause>], heads: &[&Metadata]) -> Vec<Vec<Weight>> {
    let all = heads.iter().map(|head| u64::from(head.documents)).sum();
    let count = |clause: &Clause, way: usize| {
        // Completions are equally rare wherever they stand.
        let completes = [Way::Titled as usize, Way::Completion as usize];
        let ways = if completes.contains(&way) { &completes[..] } else { std::slice::from_ref(&way) };
        let has = |entry: &&Match| ways.iter().any(|&way| entry.impacts[way] > 0);
        clause.entries.iter().filter(has).count() as u64
    };
    let weight = |clause: &Clause| {
        let mut weight = Weight::default();
        let alike = || clauses.iter().flatten().filter(|other| other.term == clause.term);
        weight.lacking = idf(all, alike().map(|other| other.entries.len() as u64).sum());
        for (way, by_way) in weight.by_way.iter_mut().enumerate() {
            *by_way = idf(all, alike().map(|other| count(other, way)).sum()) * COUNTS[way] / 16;
        }
        weight
    };
    clauses.iter().map(|clauses| clauses.iter().map(weight).collect()).collect()
}
