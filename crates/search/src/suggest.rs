//! Completes the last word of a query.

use crate::expand::{Clause, expand, needed};
use crate::found::Suggestion;
use crate::index::{Index, Shard};
use crate::numbers::Numbers;
use crate::order::smallest;
use crate::parts::PartId;
use crate::query::{Query, parse};
use crate::search::absent;
use searchlet_format::Terms;

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

    /// Goes on as far as the parts at hand allow; needs one round of parts.
    pub fn step(&mut self, index: &mut Index) -> SuggestStep {
        if !std::mem::replace(&mut self.settled, true) {
            index.settle();
        }
        let queries: Vec<Query> =
            index.shards.iter().map(|shard| parse(&shard.analyser, &self.text)).collect();
        let parts: Vec<Numbers> =
            index.shards.iter().zip(&queries).map(|(shard, query)| needed(shard, query)).collect();
        let absent = absent(index, &parts);
        if !absent.is_empty() {
            return SuggestStep::Need(absent);
        }
        let typing_from = queries.iter().map(|query| query.typing_from).max().unwrap_or_default();
        let mut completed: Vec<(String, usize)> = Vec::new();
        for (number, (shard, query)) in index.shards.iter().zip(queries).enumerate() {
            for (form, total) in completions(shard, query) {
                // Only another head can have completed to the same form.
                match completed.iter_mut().find(|known| number > 0 && known.0 == form) {
                    Some(known) => known.1 += total,
                    None => completed.push((form, total)),
                }
            }
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
fn completions(shard: &Shard, mut query: Query) -> Vec<(String, usize)> {
    let Some(last) = query.words.iter().position(|word| word.prefix) else { return Vec::new() };
    let typed = query.words.remove(last).term;
    query.joins.clear();
    let others: Vec<Clause> = expand(shard, &query);
    let has_others = |document: u32| {
        others
            .iter()
            .all(|clause| clause.entries.binary_search_by_key(&document, |entry| entry.document).is_ok())
    };
    let mut found = Vec::new();
    let keys: Vec<&str> = shard.analyser.tables().endings().keys_within(&typed).collect();
    let mut parts = Numbers::default();
    let within = keys.iter().filter_map(|key| shard.directory.terms_part(key));
    within.chain(shard.directory.terms_parts(&typed)).for_each(|part| parts.insert(part));
    for part in parts.iter() {
        let Some(Ok(mut terms)) = shard.terms(part).map(Terms::new) else { continue };
        while let Ok(Some(group)) = terms.next_group() {
            if !group.key.starts_with(&*typed) && !keys.contains(&group.key) {
                continue;
            }
            let forms: Vec<(usize, String)> = group
                .endings()
                .map(|ending| format!("{}{ending}", group.key))
                .enumerate()
                .filter(|(_, form)| form.starts_with(&*typed))
                .collect();
            let Ok(postings) = group.postings() else { continue };
            let mut commonest: Option<(usize, String)> = None;
            for (bit, form) in forms {
                let count = postings.forms.iter().filter(|forms| *forms & (1 << bit) != 0).count();
                if commonest.as_ref().is_none_or(|best| best.0 < count) {
                    commonest = Some((count, form));
                }
            }
            let total = postings.documents.iter().filter(|&&document| has_others(document)).count();
            found.extend(commonest.filter(|_| total > 0).map(|(_, form)| (form, total)));
        }
    }
    found
}
