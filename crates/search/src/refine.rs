//! Reads the columns that a search uses: which documents pass its filters, in what order they come, what values they have.

use crate::fields::Field;
use crate::found::FacetValue;
use crate::index::Index;
use crate::options::{Filter, Options, Order, Value};
use crate::order::smallest;
use crate::parts::{Located, insert};
use searchlet_format::{Columns, FileId, MetaValue, Section, column_place, number_of};

/// Filters beyond so many share a bit.
const LAST_BIT: usize = 31;

/// A value of a column with the documents of one head that have it.
type Entry = (String, usize, Vec<u32>);

/// What a search needs of columns.
#[derive(Debug, Default)]
pub struct Refined {
    /// For each head, for each document by its number, a bit for each filter that it fails. Empty where there are none.
    fails: Vec<Vec<u32>>,
    /// For each key to sort by, for each head, for each document by its number: its place. The first key comes first.
    pub orders: Vec<Vec<Vec<u32>>>,
    /// The values of each facet, ascending.
    facets: Vec<Vec<Entry>>,
    /// The documents of each head, where the query has no words and all are found. Empty elsewhere.
    pub listed: Vec<Vec<u32>>,
    /// Keys of which not all could be read.
    pub touched: Vec<String>,
}

impl Refined {
    /// Whether a document passes the filters of a mask.
    pub fn passes(&self, head: usize, document: u32, mask: u32) -> bool {
        let fails = self.fails.get(head).and_then(|fails| fails.get(document as usize));
        fails.is_none_or(|fails| fails & mask == 0)
    }

    /// Whether there is any filter.
    pub const fn has_filters(&self) -> bool {
        !self.fails.is_empty()
    }

    /// How many of the documents that answer have each value of a facet, the commonest values first.
    pub fn count(
        &self,
        facet: usize,
        answers: &[Vec<bool>],
        is_number: bool,
        limit: usize,
    ) -> Vec<FacetValue> {
        let mut counts: Vec<(&str, u32)> = Vec::new();
        for (value, head, documents) in self.facets.get(facet).into_iter().flatten() {
            let answers = |document: &&u32| answers[*head].get(**document as usize) == Some(&true);
            let count = documents.iter().filter(answers).count() as u32;
            match counts.last_mut() {
                Some(last) if last.0 == value => last.1 += count,
                _ => counts.push((value, count)),
            }
        }
        let is_there = |(_, (_, count)): &(u32, &(&str, u32))| *count > 0;
        let keys = (0u32..).zip(&counts).filter(is_there);
        let keys = keys.map(|(at, (_, count))| u128::from(!count) << 32 | u128::from(at));
        let value = |key: u128| {
            let (value, count) = counts[key as u32 as usize];
            FacetValue { value: shown(value, is_number), count: count as usize }
        };
        smallest(keys, limit).into_iter().map(value).collect()
    }
}

/// A value as metadata has it.
fn shown(value: &str, is_number: bool) -> MetaValue {
    if !is_number {
        return MetaValue::Text(value.to_owned());
    }
    let number = number_of(value);
    let whole = number as i64;
    if whole as f64 == number { MetaValue::Integer(whole) } else { MetaValue::Decimal(number) }
}

/// The filters that count for a facet, as a mask: not those of its own key by which one chooses among its values, so that
/// a choice can be widened.
pub fn mask(filters: &[(String, Filter)], facet: &str) -> u32 {
    let is_choice = |filter: &Filter| matches!(filter, Filter::Is(_) | Filter::Any(_));
    let own = |(at, (key, filter)): (usize, &(String, Filter))| {
        if key == facet && is_choice(filter) && at < LAST_BIT { 1 << at } else { 0 }
    };
    !filters.iter().enumerate().map(own).fold(0, |own, bit| own | bit)
}

/// Reads what a search needs of columns, with the files of each head that are to be had before all of that is known.
pub fn refine(
    index: &Index,
    options: &Options,
    fields: &[Field],
    has_words: bool,
) -> (Refined, Vec<Vec<FileId>>) {
    let n_heads = index.shards.len();
    let mut reading = Reading { index, wanted: vec![Vec::new(); n_heads], touched: Vec::new() };
    let mut refined = Refined::default();
    let has_filters = !(options.filters.is_empty() && fields.is_empty());
    for (head, shard) in index.shards.iter().enumerate().filter(|_| has_filters) {
        let mut fails = vec![0; shard.metadata.numbers as usize];
        for at in 0..options.filters.len() + fields.len() {
            let passes = match options.filters.get(at) {
                Some((key, filter)) => reading.passing(head, key, filter),
                None => reading.meeting(head, &fields[at - options.filters.len()]),
            };
            for (fails, passes) in fails.iter_mut().zip(passes) {
                *fails |= u32::from(!passes) << at.min(LAST_BIT);
            }
        }
        refined.fails.push(fails);
    }
    refined.orders = options.sort.iter().map(|order| reading.places(order)).collect();
    refined.facets = options.facets.iter().map(|key| reading.column(key)).collect();
    if !has_words && (has_filters || !options.sort.is_empty()) {
        for head in 0..n_heads {
            let mut listed = Vec::new();
            reading.each(head, "", (0, "", "", false), &mut |_, documents| listed = documents);
            refined.listed.push(listed);
        }
    }
    refined.touched = reading.touched;
    (refined, reading.wanted)
}

/// Columns as far as they are at hand.
struct Reading<'i> {
    index: &'i Index,
    wanted: Vec<Vec<FileId>>,
    touched: Vec<String>,
}

impl Reading<'_> {
    /// Goes through the values of a column of a head that are not before `from` and not after `to`, or begin with that if
    /// they may.
    fn each(
        &mut self,
        head: usize,
        key: &str,
        (column, from, to, may_begin): (usize, &str, &str, bool),
        take: &mut dyn FnMut(&str, Vec<u32>),
    ) {
        let shard = &self.index.shards[head];
        let (start, end) = (column_place(column, from), column_place(column, to));
        let is_before_end = |place: &str| *place <= *end || may_begin && place.starts_with(&*end);
        let is_within = |place: &str| *place >= *start && is_before_end(place);
        let mut located = Located::default();
        shard.columns_files(&start, &is_before_end, &mut located);
        for file in located.all() {
            match shard.parts.section(file, Section::Columns).map(Columns::new) {
                Some(Ok(mut columns)) => {
                    while let Ok(Some((place, documents))) = columns.next_entry(&is_within) {
                        if is_within(place) {
                            take(&place[column_place(column, "").len()..], documents);
                        }
                    }
                }
                _ if !shard.parts.is_settled(file) => insert(&mut self.wanted[head], file),
                _ if self.touched.iter().all(|touched| touched != key) => self.touched.push(key.to_owned()),
                _ => {}
            }
        }
    }

    /// For each document of a head by its number, whether a filter holds.
    fn passing(&mut self, head: usize, key: &str, filter: &Filter) -> Vec<bool> {
        let mut all =
            vec![matches!(filter, Filter::All(_)); self.index.shards[head].metadata.numbers as usize];
        let column = self.index.shards[head].column(key);
        match (filter, column) {
            (Filter::Any(filters) | Filter::All(filters), _) => {
                let is_all = matches!(filter, Filter::All(_));
                for filter in filters {
                    let one = self.passing(head, key, filter);
                    all.iter_mut()
                        .zip(one)
                        .filter(|(_, one)| *one != is_all)
                        .for_each(|(all, one)| *all = one);
                }
            }
            (Filter::Not(filter), _) => {
                all = self.passing(head, key, filter);
                all.iter_mut().for_each(|passes| *passes = !*passes);
            }
            (_, None) => {}
            (filter, Some((column, is_number))) => {
                // A bound that is no number has no number on either side.
                let bound = |bound: Option<&Value>| match bound {
                    Some(value) => value.in_column(is_number),
                    None => Some(String::new()),
                };
                let (min, max, may_begin) = match filter {
                    Filter::Range(min, max) => (min.as_ref(), max.as_ref(), max.is_none() || !is_number),
                    Filter::Is(value) => (Some(value), Some(value), false),
                    _ => return all,
                };
                if let (Some(from), Some(to)) = (bound(min), bound(max)) {
                    self.each(head, key, (column, &from, &to, may_begin), &mut |_, documents| {
                        for document in documents {
                            if let Some(passes) = all.get_mut(document as usize) {
                                *passes = true;
                            }
                        }
                    });
                }
            }
        }
        all
    }

    /// For each document of a head by its number, whether it has what a query says of a key.
    fn meeting(&mut self, head: usize, field: &Field) -> Vec<bool> {
        let mut all = vec![field.is_unwanted; self.index.shards[head].metadata.numbers as usize];
        for (key, value) in &field.any {
            let one = self.passing(head, key, &Filter::Is(value.as_str().into()));
            all.iter_mut().zip(one).filter(|(_, one)| *one).for_each(|(all, _)| *all = !field.is_unwanted);
        }
        all
    }

    /// All of a column, in the order of its values; the heads are merged.
    fn column(&mut self, key: &str) -> Vec<Entry> {
        let mut lists = Vec::new();
        for head in 0..self.index.shards.len() {
            let mut list: Vec<Entry> = Vec::new();
            if let Some((column, _)) = self.index.shards[head].column(key) {
                let mut take = |value: &str, documents| list.push((value.to_owned(), head, documents));
                self.each(head, key, (column, "", "", true), &mut take);
            }
            lists.push(list.into_iter());
        }
        let mut merged = Vec::new();
        loop {
            let heads = lists.iter_mut().filter(|list| !list.as_slice().is_empty());
            let Some(first) = heads.min_by(|a, b| a.as_slice()[0].0.cmp(&b.as_slice()[0].0)) else {
                return merged;
            };
            merged.extend(first.next());
        }
    }

    /// For each head, for each document by its number: its place in the order of a key.
    fn places(&mut self, order: &Order) -> Vec<Vec<u32>> {
        let of_head = |shard: &crate::index::Shard| vec![u32::MAX; shard.metadata.numbers as usize];
        let mut places: Vec<Vec<u32>> = self.index.shards.iter().map(of_head).collect();
        let mut entries = self.column(&order.key);
        // What is gone through first is overwritten by what comes before it in the order.
        if !order.is_descending {
            entries.reverse();
        }
        let mut place = u32::MAX;
        let mut last: Option<&str> = None;
        for (value, head, documents) in &entries {
            place -= u32::from(last != Some(value));
            last = Some(value);
            for &document in documents {
                if let Some(of_document) = places[*head].get_mut(document as usize) {
                    *of_document = place;
                }
            }
        }
        places
    }
}
