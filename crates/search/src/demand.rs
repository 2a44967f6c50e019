//! Which documents meet what a query demands beside its words.

use crate::clause::{Clause, Source, Way};
use crate::expand::Lookup;
use crate::index::Shard;
use crate::order::sort;
use crate::parts::{Located, insert};
use crate::query::{Demand, Wanted};
use crate::reading::Text;
use searchlet_format::{FileId, PassageRecord};
use searchlet_text::{Analyser, Kind};
use std::rc::Rc;

/// Among the demands that a document does not meet: it has what is not wanted.
pub const UNWANTED: u32 = 1 << 31;

/// What is not met, by the documents of one head.
#[derive(Debug, Default)]
pub struct Unmet {
    /// For each document by its number a bit for each demand that it does not meet, or [`UNWANTED`]. Empty where nothing
    /// is demanded.
    by_document: Vec<u32>,
    /// Where documents have what is demanded side by side: document and passage, ascending.
    leads: Vec<(u32, u32)>,
    /// Demands of which it could not be told for every document whether they are met.
    pub touched: Vec<usize>,
}

impl Unmet {
    /// The demands that a document does not meet, a bit for each.
    pub fn of(&self, document: u32) -> u32 {
        self.by_document.get(document as usize).copied().unwrap_or_default()
    }

    /// The passage that has what is demanded.
    pub fn lead(&self, document: u32) -> Option<u32> {
        let at = self.leads.partition_point(|lead| lead.0 < document);
        self.leads.get(at).filter(|lead| lead.0 == document).map(|lead| lead.1)
    }
}

/// Finds the groups of the words of each alternative of a demand. Words that must stand as they were typed are led to
/// nothing else.
pub fn look_up(lookup: &mut Lookup<'_>, demand: &Demand) -> Vec<Vec<Clause>> {
    let clause = |lookup: &mut Lookup<'_>, wanted: &Wanted| -> Vec<Clause> {
        let one = |word| {
            if !wanted.is_exact {
                return lookup.word(word, None, true);
            }
            let mut clause = Clause::default();
            lookup.known(&word.term, Way::Word, &mut clause);
            clause
        };
        wanted.words.iter().map(one).collect()
    };
    demand.any.iter().map(|wanted| clause(lookup, wanted)).collect()
}

/// Tells what each document does not meet of demands, whose words were led to `found`. Adds the files to `to_read` whose
/// text is needed for that.
///
/// That words stand side by side is told by the texts of the passages that hold them all. Cost: linear in these.
pub fn unmet(
    shard: &Shard,
    demands: &[Demand],
    found: &[Vec<Vec<Clause>>],
    to_read: &mut Vec<FileId>,
) -> Unmet {
    let mut unmet = Unmet::default();
    for (number, (demand, found)) in demands.iter().zip(found).enumerate() {
        let mut meets = vec![false; shard.metadata.numbers as usize];
        let mut is_told = true;
        for (wanted, clauses) in demand.any.iter().zip(found) {
            is_told &= !clauses.iter().any(|clause| clause.touched);
            for document in candidates(wanted, clauses) {
                let needs_text = wanted.is_exact && (wanted.words.len() > 1 || wanted.in_title);
                let mut has = true;
                if needs_text {
                    let mut text = Text::new(shard, document);
                    let lead = lead(&mut text, wanted, clauses);
                    text.wanted.iter().for_each(|&file| insert(to_read, file));
                    is_told &= text.complete;
                    has = lead.is_some();
                    unmet.leads.extend(lead.map(|passage| (document, passage)));
                }
                if let Some(meets) = meets.get_mut(document as usize) {
                    *meets |= has;
                }
            }
        }
        if !is_told {
            unmet.touched.push(number);
        }
        let bit = if demand.is_unwanted { UNWANTED } else { 1 << number };
        unmet.by_document.resize(meets.len(), 0);
        for (unmet, meets) in unmet.by_document.iter_mut().zip(meets) {
            *unmet |= if meets == demand.is_unwanted { bit } else { 0 };
        }
    }
    // The first of each document stands first.
    let mut leads: Vec<u128> = unmet
        .leads
        .iter()
        .map(|&(document, passage)| u128::from(document) << 32 | u128::from(passage))
        .collect();
    sort(&mut leads);
    unmet.leads = leads.iter().map(|&lead| ((lead >> 32) as u32, lead as u32)).collect();
    unmet
}

/// The documents that hold every word of an alternative, ascending.
fn candidates(wanted: &Wanted, clauses: &[Clause]) -> Vec<u32> {
    let has = |source: &Rc<Source>, document: u32| {
        (!wanted.is_exact || source.has_typed(document))
            && source.holds(document)
            && (!wanted.in_title || source.title(document).is_some())
    };
    let all = |document: &u32| {
        clauses.iter().all(|clause| clause.sources.iter().any(|source| has(source, *document)))
    };
    let mut documents: Vec<u32> = Vec::new();
    // Those of the first word, each once: it may be led to several groups.
    for source in clauses.iter().take(1).flat_map(|clause| &clause.sources) {
        for &document in source.postings.documents.iter().filter(|document| all(document)) {
            let at = documents.partition_point(|&known| known < document);
            if documents.get(at) != Some(&document) {
                documents.insert(at, document);
            }
        }
    }
    documents
}

/// The first passage of a text that has words side by side, in itself, in its heading or, for the first, in the title.
fn lead(text: &mut Text<'_>, wanted: &Wanted, clauses: &[Clause]) -> Option<u32> {
    let terms: Vec<&str> = wanted.words.iter().map(|word| &*word.term).collect();
    let analyser = &text.shard.analyser;
    let has = |passage: &PassageRecord| {
        holds(analyser, &passage.heading, &terms) || holds(analyser, &passage.text, &terms)
    };
    if wanted.in_title {
        return text.header(0).filter(|header| holds(analyser, &header.title, &terms)).map(|_| 0);
    }
    // Where it is told in which passages a word stands, it stands in no other.
    let mut told: Option<Vec<u32>> = None;
    for source in clauses.iter().flat_map(|clause| &clause.sources) {
        if source.postings.has_passages() {
            let passages: Vec<u32> = source.passages(text.document).map(|passage| passage.0).collect();
            told = Some(match told {
                Some(told) => told.into_iter().filter(|passage| passages.contains(passage)).collect(),
                None => passages,
            });
        }
    }
    let is_among = |passage: u32| told.as_ref().is_none_or(|told| told.contains(&passage));
    if is_among(0) && text.header(0).is_some_and(|header| holds(analyser, &header.title, &terms)) {
        return Some(0);
    }
    if let Some(told) = told {
        // All are read, so that all their files are asked for at once.
        let read: Vec<(u32, Option<PassageRecord>)> =
            told.into_iter().map(|passage| (passage, text.passage(passage))).collect();
        return read.into_iter().find(|(_, passage)| passage.as_ref().is_some_and(has)).map(|read| read.0);
    }
    let mut located = Located::default();
    text.shard.document_files(text.document, 0, u32::MAX, &mut located);
    let mut first = None;
    for file in located.all() {
        if let Some(record) = text.record(file) {
            let lead = (record.first_passage..).zip(&record.passages).find(|(_, passage)| has(passage));
            first = first.or(lead.map(|lead| lead.0));
        }
    }
    first
}

/// Whether words stand side by side in a text. Cost: linear in the text, times the words.
///
/// Source: the shift-and algorithm of Baeza-Yates and Gonnet, "A New Approach to Text Searching" (1992),
/// <https://doi.org/10.1145/135239.135243>.
fn holds(analyser: &Analyser, text: &str, terms: &[&str]) -> bool {
    // A bit for each number of words that those before the last one of the text may be the first of, and for each of the
    // phrase that the last one is.
    let (mut begun, mut last, mut found) = (0u128, 0u128, false);
    let n_terms = terms.len().min(128);
    let alike =
        |term: &str| (0..n_terms).filter(|&at| terms[at] == term).fold(0u128, |alike, at| alike | 1 << at);
    let mut end = |last: u128| {
        begun = (begun << 1 | 1) & last;
        found |= begun >> (n_terms - 1) & 1 == 1;
    };
    analyser.each(text, &mut |token| match token.kind {
        Kind::Word => {
            end(last);
            last = alike(token.term);
        }
        // A word that lost something at an apostrophe is the whole of it, as in the phrase.
        Kind::Again if token.span == 1 => last = alike(token.term),
        _ => {}
    });
    end(last);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_stand_side_by_side_where_a_scan_finds_them(text in "([ab] ){0,12}", phrase in "([ab] ){1,4}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let terms: Vec<&str> = phrase.split_whitespace().collect();
            let expected = words.windows(terms.len()).any(|window| window == terms);
            prop_assert_eq!(holds(&Analyser::default(), &text, &terms), expected);
        }
    }
}
