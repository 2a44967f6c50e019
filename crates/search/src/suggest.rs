//! Completes the last word of a query.

use crate::clause::{Clause, Way};
use crate::expand::{Lookup, expand};
use crate::fields;
use crate::found::Suggestion;
use crate::index::Index;
use crate::order::smallest;
use crate::parts::{Located, PartId};
use crate::query::{Query, parse};
use crate::search::absent;
use searchlet_format::Completion;

/// Of a prefix with thousands of words, so many of the commonest are tried beside the other words of a query.
const BESIDE_OTHERS: usize = 6;

/// What completing wants next.
#[derive(Debug)]
pub enum SuggestStep {
    /// These parts, all at once: supply each or say that it failed, and step again.
    Need(Vec<PartId>),
    /// Nothing: these are the completions, those with the most documents first.
    Done(Vec<Suggestion>),
}

/// A completion that is going on.
#[derive(Debug)]
pub struct Suggest {
    text: String,
    limit: usize,
    settled: bool,
}

impl Suggest {
    /// Begins to complete a query, with at most `limit` results.
    #[must_use]
    pub fn new(text: &str, limit: usize) -> Self {
        Self { text: text.to_owned(), limit, settled: false }
    }

    /// Goes on as far as the parts at hand allow; needs a round of parts or two.
    pub fn step(&mut self, index: &mut Index) -> SuggestStep {
        if !std::mem::replace(&mut self.settled, true) {
            index.settle();
        }
        // How many documents have a value, too, would be told by columns.
        if !fields::read(&self.text, &|key| index.has_column(key)).0.is_empty() {
            return SuggestStep::Done(Vec::new());
        }
        let queries: Vec<Query> =
            index.shards.iter().map(|shard| parse(&shard.analyser, &self.text)).collect();
        let typing_from = queries.iter().map(|query| query.typing_from).max().unwrap_or_default();
        let mut completed: Vec<(String, usize)> = Vec::new();
        let mut wanted = Vec::new();
        for (number, (shard, query)) in index.shards.iter().zip(queries).enumerate() {
            let mut lookup = Lookup::new(shard, &[]);
            for (form, total) in completions(&mut lookup, query) {
                // Only another head can have completed to the same form.
                match completed.iter_mut().find(|known| number > 0 && known.0 == form) {
                    Some(known) => known.1 += total,
                    None => completed.push((form, total)),
                }
            }
            wanted.push(lookup.wanted);
        }
        let absent = absent(index, &wanted);
        if !absent.is_empty() {
            return SuggestStep::Need(absent);
        }
        // The most documents first, then the shortest.
        let key = |(number, (form, total)): (u32, &(String, usize))| {
            u128::from(!(*total as u64)) << 64 | (form.len() as u128) << 32 | u128::from(number)
        };
        let order = smallest((0u32..).zip(&completed).map(key), self.limit);
        let sorted = order.iter().map(|&key| completed[key as u32 as usize].clone());
        let before = self.text.get(..typing_from).unwrap_or_default();
        let suggestion = |(form, total)| Suggestion { text: format!("{before}{form}"), total };
        SuggestStep::Done(sorted.map(suggestion).collect())
    }
}

/// The commonest form of each group that the last word may become, with how many documents hold the group and all
/// the other words.
fn completions(lookup: &mut Lookup<'_>, mut query: Query) -> Vec<(String, usize)> {
    // How many documents meet a demand is told by their texts, which no one should wait for while typing; and which of
    // several words will do is no question while one of them is open.
    if !query.demands.is_empty() || !query.either.is_empty() {
        return Vec::new();
    }
    let Some(last) = query.words.iter().position(|word| word.prefix) else { return Vec::new() };
    let typed = query.words.remove(last).term;
    query.joins.clear();
    let others = expand(lookup, &query);
    let has_others = |document: u32| others.iter().all(|clause| clause.entry(document).is_some());
    let prepared = lookup.prepared(&typed);
    if let Some(prefix) = prepared.as_ref().filter(|_| others.is_empty()) {
        let completion = |completion: &Completion| (completion.form.clone(), completion.documents as usize);
        return prefix.completions.iter().map(completion).collect();
    }
    if !lookup.wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut add = |form: String, documents: &[u32]| {
        let total = documents.iter().filter(|&&document| has_others(document)).count();
        if total > 0 {
            // Forms nearly ascend, whichever part they come from; ties are to break by them.
            let at = found.partition_point(|known| known.0 < form);
            found.insert(at, (form, total));
        }
    };
    if let Some(prefix) = prepared {
        // Of a prefix with thousands of words the commonest are looked up, to see which stand beside the other words.
        for Completion { form, .. } in prefix.completions.into_iter().take(BESIDE_OTHERS) {
            let mut clause = Clause::default();
            lookup.known(&form, Way::Word, &mut clause);
            clause.sources.first().iter().for_each(|source| add(form.clone(), &source.postings.documents));
        }
        return found;
    }
    let mut words = Located::default();
    lookup.shard.terms_files(&typed, true, &mut words);
    lookup.each_word(&typed, &words, &mut |group, mask| {
        let Ok(postings) = group.postings() else { return };
        let mut commonest: Option<(usize, String)> = None;
        for (bit, ending) in group.endings().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1) {
            let form = group.key.to_owned() + ending;
            let count = postings.forms.iter().filter(|forms| *forms >> bit & 1 == 1).count();
            if form.starts_with(&*typed) && commonest.as_ref().is_none_or(|best| best.0 < count) {
                commonest = Some((count, form));
            }
        }
        commonest.into_iter().for_each(|(_, form)| add(form, &postings.documents));
    });
    found
}
