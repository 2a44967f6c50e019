//! Completes the last word of a query.

use crate::expand::{Clause, expand, needed};
use crate::found::Suggestion;
use crate::index::{Index, Shard};
use crate::parts::PartId;
use crate::query::{Query, parse};
use crate::search::absent;
use searchlet_format::Terms;
use std::cmp::Reverse;
use std::collections::BTreeMap;

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
        let parts = index.shards.iter().zip(&queries).map(|(shard, query)| needed(shard, query)).collect();
        let absent = absent(index, parts);
        if !absent.is_empty() {
            return SuggestStep::Need(absent);
        }
        let mut totals: BTreeMap<String, usize> = BTreeMap::new();
        for (shard, query) in index.shards.iter().zip(queries) {
            for (form, total) in completions(shard, query) {
                *totals.entry(form).or_default() += total;
            }
        }
        let mut sorted: Vec<(String, usize)> = totals.into_iter().collect();
        sorted.sort_by_key(|(form, total)| (Reverse(*total), form.chars().count()));
        sorted.truncate(self.limit);
        let before = self.text.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let before = &self.text[..self.text.ceil_char_boundary(before)];
        let suggestion = |(form, total)| Suggestion { text: format!("{before}{form}"), total };
        SuggestStep::Done(sorted.into_iter().map(suggestion).collect())
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
    let parts = keys
        .iter()
        .filter_map(|key| shard.directory.terms_part(key))
        .chain(shard.directory.terms_parts(&typed));
    for part in parts.collect::<std::collections::BTreeSet<u32>>() {
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
            let commonest = forms.into_iter().min_by_key(|(bit, form)| {
                let count = postings.forms.iter().filter(|forms| *forms & (1 << bit) != 0).count();
                (Reverse(count), form.len())
            });
            let total = postings.documents.iter().filter(|&&document| has_others(document)).count();
            found.extend(commonest.filter(|_| total > 0).map(|(_, form)| (form, total)));
        }
    }
    found
}
