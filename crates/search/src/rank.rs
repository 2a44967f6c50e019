//! Puts documents in order.

use crate::clause::{Clause, N_WAYS, Way};
use crate::demand::{UNWANTED, Unmet};
use crate::found::Explanation;
use crate::heading::{HEADING, Heading, titled};
use crate::order::{smallest, sort};
use crate::refine::Refined;
use crate::weigh::{self, STRICT_WORDS, Weight, part_of};
use searchlet_format::Metadata;

/// So many documents are ordered again by their best passage. Others cannot reach the first pages.
const REORDERED: usize = 200;

/// How much it counts that the words of a query stand in one passage: half of what a word counts in a text that is about
/// nothing else. Of 4, 8, 16 and 32 the best in questions and phrases alike.
const TOGETHER: u32 = 8;

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

/// What is known of the documents of all heads.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// Which hold the words of the query.
    pub clauses: &'k [Vec<Clause>],
    /// What these weigh.
    pub weights: &'k [Vec<Weight>],
    /// How large the heads are.
    pub heads: &'k [&'k Metadata],
    /// What the documents of each head do not meet.
    pub unmet: &'k [Unmet],
    /// Whether they pass filters, and how they are to be sorted.
    pub refined: &'k Refined,
    /// The filters that count.
    pub mask: u32,
}

/// The documents that pass the filters, meet the most of what is demanded, and have nothing that is not wanted; and how
/// much each of those lacks at least that lack the least.
fn candidates(Known { clauses, weights, heads, unmet, refined, mask }: Known<'_>) -> (Vec<Key>, u32) {
    let mut keys: Vec<Key> = Vec::new();
    let mut fewest = u32::MAX;
    for (shard, clauses) in clauses.iter().enumerate() {
        let weights = &weights[shard];
        let all = weigh::all(weights);
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
            let score = if strict { sum.score } else { relaxed(sum.score, sum.holds, all) };
            keys.push(Key::new(all - sum.holds, sum, score, shard, document));
        }
    }
    let least = keys.iter().map(|key| key.lacking()).min().unwrap_or(0);
    (keys, least)
}

/// For each document of each head by its number, whether it counts in the total.
pub fn answers(known: Known<'_>) -> Vec<Vec<bool>> {
    let (keys, least) = candidates(known);
    let mut answers: Vec<Vec<bool>> =
        known.heads.iter().map(|head| vec![false; head.numbers as usize]).collect();
    for key in keys.iter().filter(|key| key.lacking() == least) {
        answers[key.shard()][key.document() as usize] = true;
    }
    answers
}

/// Whether no document has every word.
pub fn all_lack(known: Known<'_>) -> bool {
    candidates(known).1 > 0
}

/// Ranks the documents of all heads. Gives `limit` of them from `offset` on: the best first, or in the order that was
/// asked for.
///
/// Cost: linear in the postings and the numbers of documents; sorts all that are found if another order is asked for.
pub fn rank(known: Known<'_>, (offset, limit): (usize, usize)) -> Ranking {
    let Known { clauses, weights, unmet, refined, .. } = known;
    let (mut keys, least) = candidates(known);
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
        let more = Closer::look(&clauses[of.shard()], &weights[of.shard()], of.document());
        *key = of.raised(more.parts().iter().map(|part| part.1).sum()).0;
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
        let lacks = |clause: &Clause| clause.entry(document).is_none();
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
    Ranking { documents: documents.collect(), total, all_lack: least > 0 }
}

/// What makes up the score of a document that was ranked, as [`rank`] adds it up.
pub fn explain(clauses: &[Clause], weights: &[Weight], ranked: &Ranked) -> Vec<Explanation> {
    let (mut sum, mut holds) = (0, 0);
    let mut words = Vec::new();
    for (clause, weight) in clauses.iter().zip(weights) {
        if let Some(entry) = clause.entry(ranked.document) {
            let score = weight.score(&entry.impacts);
            sum += score;
            holds += weight.lacking;
            words.push(Explanation::new(&clause.text, score.into()));
        }
    }
    let mut parts = vec![Explanation::sum("words in the whole document", words)];
    if clauses.len() > STRICT_WORDS {
        let left = i64::from(relaxed(sum, holds, weigh::all(weights)));
        parts.push(Explanation::new("words that it lacks", left - i64::from(sum)));
    }
    if ranked.place < REORDERED {
        let more = Closer::look(clauses, weights, ranked.document).parts();
        parts.extend(more.map(|(what, score)| Explanation::new(what, score.into())));
    }
    parts
}

/// What a closer look at a document tells, which the first documents are worth.
struct Closer {
    passage: u32,
    together: u32,
    untold: u32,
    title: u32,
}

impl Closer {
    fn look(clauses: &[Clause], weights: &[Weight], document: u32) -> Self {
        let best = passages(clauses, weights, document).first().copied();
        let together = |best: RankedPassage| part_of(best.holds, best.holds, weigh::all(weights)) * TOGETHER;
        Self {
            passage: best.map_or(0, |best| best.score),
            together: best.map_or(0, together),
            untold: untold(clauses, weights, document),
            title: titled(clauses, weights, document),
        }
    }

    /// What each tells, and how much it counts.
    const fn parts(&self) -> [(&'static str, u32); 4] {
        [
            ("words and heading of the best passage", self.passage),
            ("words together in that passage", self.together),
            ("words that stand in nearly every passage", self.untold),
            ("title", self.title),
        ]
    }
}

/// The score of a document for a sentence: that for its words, less for what it lacks.
fn relaxed(score: u32, holds: u32, all: u32) -> u32 {
    part_of(score, all + holds, 2 * all)
}

/// Adds what a clause tells of each document.
fn add(clause: &Clause, weight: &Weight, sums: &mut [Sum]) {
    for entry in &clause.entries {
        let Some(sum) = sums.get_mut(entry.document as usize) else { continue };
        sum.score += weight.score(&entry.impacts);
        sum.holds += weight.lacking;
        sum.is_found = true;
        let has = |way: Way| entry.impacts[way as usize] > 0;
        let plain = [Way::Accented, Way::Word, Way::Compound, Way::Titled, Way::Synonym];
        let is_plain = || plain.into_iter().any(has);
        if !has(Way::Signed) && (clause.is_signed || !is_plain()) {
            let completed = has(Way::Completion);
            sum.completions += u8::from(completed);
            sum.edits += u8::from(!completed);
        }
    }
}

/// How much a document is about the words of which it is not told in which passages they stand: as much as any passage
/// may be.
fn untold(clauses: &[Clause], weights: &[Weight], document: u32) -> u32 {
    let of_clause = |(clause, weight): (&Clause, &Weight)| {
        let is_told = clause.sources.iter().any(|source| source.passages(document).next().is_some());
        clause.entry(document).filter(|_| !is_told).map_or(0, |entry| weight.score(&entry.impacts))
    };
    clauses.iter().zip(weights).map(of_clause).sum()
}

/// The passages of a document that hold a word of the query, best first.
fn passages(clauses: &[Clause], weights: &[Weight], document: u32) -> Vec<RankedPassage> {
    let mut found: Vec<RankedPassage> = Vec::new();
    let mut of_clause: Vec<(u32, [u16; N_WAYS], (u32, u8))> = Vec::new();
    let mut headings: Vec<Heading> = Vec::new();
    let all = weigh::all(weights);
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
            found[at].score += weight.score(&impacts);
        }
    }
    for (ranked, heading) in found.iter_mut().zip(headings) {
        ranked.score += heading.score(all, clauses.len(), HEADING);
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
