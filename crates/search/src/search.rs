//! A search, step by step.

use crate::excerpt::{Excerpt, excerpt};
use crate::expand::{Clause, expand, needed};
use crate::found::{Found, FoundPassage, Hit, Meta};
use crate::index::{Index, Shard};
use crate::numbers::Numbers;
use crate::options::{MAX_LIMIT, Options};
use crate::parts::PartId;
use crate::query::{Query, parse};
use crate::rank::{Ranked, RankedPassage, Ranking, rank};
use searchlet_format::{DocumentPlace, DocumentRecord, Documents, PassageRecord};

/// So many passages of a document are looked at for the best excerpt.
const LOOKED_AT: usize = 6;

/// A hit shows at most this many passages.
const SHOWN_PASSAGES: usize = 3;

/// What a search wants next.
#[derive(Debug)]
pub enum Step {
    /// These parts, all at once: supply each or say that it failed, and step again.
    Need(Vec<PartId>),
    /// Nothing: this is the answer.
    Done(Found),
}

/// A search that is going on. It may be dropped at any step.
#[derive(Debug)]
pub struct Search {
    query: String,
    options: Options,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Start,
    Terms(Vec<Query>),
    Documents { clauses: Vec<Vec<Clause>>, ranking: Ranking },
}

impl Search {
    /// Begins a search. Any text is a query.
    #[must_use]
    pub fn new(query: &str, options: Options) -> Self {
        let options = Options { limit: options.limit.min(MAX_LIMIT), ..options };
        Self { query: query.to_owned(), options, stage: Stage::Start }
    }

    /// Goes on as far as the parts at hand allow. At most two rounds of parts are needed: terms, then documents.
    pub fn step(&mut self, index: &mut Index) -> Step {
        if matches!(self.stage, Stage::Start) {
            index.settle();
            self.stage =
                Stage::Terms(index.shards.iter().map(|shard| parse(&shard.analyser, &self.query)).collect());
        }
        if let Stage::Terms(queries) = &self.stage {
            let parts: Vec<Numbers> =
                index.shards.iter().zip(queries).map(|(shard, query)| needed(shard, query)).collect();
            let absent = absent(index, &parts);
            if !absent.is_empty() {
                return Step::Need(absent);
            }
            let clauses: Vec<Vec<Clause>> =
                index.shards.iter().zip(queries).map(|(shard, query)| expand(shard, query)).collect();
            let n_documents: Vec<u32> = index.metadata().map(|metadata| metadata.documents).collect();
            let ranking = rank(&clauses, &n_documents, self.options.offset, self.options.limit);
            self.stage = Stage::Documents { clauses, ranking };
        }
        let Stage::Documents { clauses, ranking } = &self.stage else { return Step::Need(Vec::new()) };
        let absent = absent(index, &document_parts(index, ranking));
        if !absent.is_empty() {
            return Step::Need(absent);
        }
        Step::Done(compose(index, &self.query, clauses, ranking))
    }
}

/// Of the parts wanted of each head, those that are not at hand.
pub fn absent(index: &mut Index, wanted: &[Numbers]) -> Vec<PartId> {
    let mut absent = Vec::new();
    for ((shard, head), parts) in (0u32..).zip(&mut index.shards).zip(wanted) {
        absent.extend(parts.iter().filter(|&part| head.parts.want(part)).map(|part| PartId { shard, part }));
    }
    absent
}

/// The passages of a document that may be shown.
fn looked_at(ranked: &Ranked) -> impl Iterator<Item = RankedPassage> {
    // A document that was found by its path alone shows its beginning.
    let lead = RankedPassage { passage: 0, holds: 0, score: 0 };
    let lead = ranked.passages.is_empty().then_some(lead);
    ranked.passages.iter().copied().take(LOOKED_AT).chain(lead)
}

/// The parts that hold what is shown of the ranked documents.
fn document_parts(index: &Index, ranking: &Ranking) -> Vec<Numbers> {
    let mut parts = vec![Numbers::default(); index.shards.len()];
    for ranked in &ranking.documents {
        let directory = &index.shards[ranked.shard].directory;
        let passages = looked_at(ranked).map(|ranked| ranked.passage).chain([0]);
        passages
            .filter_map(|passage| {
                directory.document_part(DocumentPlace { document: ranked.document, passage })
            })
            .for_each(|part| parts[ranked.shard].insert(part));
    }
    parts
}

/// Puts the answer together.
fn compose(index: &Index, query: &str, clauses: &[Vec<Clause>], ranking: &Ranking) -> Found {
    let mut found =
        Found { query: query.to_owned(), total: ranking.total, complete: true, ..Found::default() };
    for clause in clauses.iter().flatten().filter(|clause| clause.touched) {
        found.complete = false;
        if !found.touched.contains(&clause.text) {
            found.touched.push(clause.text.clone());
        }
    }
    for ranked in &ranking.documents {
        let shard = &index.shards[ranked.shard];
        // The document's record is read once for all of its passages in one part.
        let mut records: Vec<(u32, Option<DocumentRecord>)> = Vec::new();
        let mut record_of = |passage: u32| {
            let part = shard.directory.document_part(DocumentPlace { document: ranked.document, passage })?;
            let known = records.iter().position(|record| record.0 == part).unwrap_or_else(|| {
                let read = || Documents::find(shard.documents(part)?, ranked.document).ok().flatten();
                records.push((part, read()));
                records.len() - 1
            });
            records[known].1.clone()
        };
        let mut passages: Vec<(RankedPassage, PassageRecord)> = Vec::new();
        for wanted in looked_at(ranked) {
            let passage = record_of(wanted.passage).and_then(|record| {
                let at = wanted.passage.checked_sub(record.first_passage)?;
                record.passages.into_iter().nth(at as usize)
            });
            match passage {
                Some(passage) => passages.push((wanted, passage)),
                None => found.complete = false,
            }
        }
        match record_of(0).and_then(|record| record.header) {
            Some(header) => {
                let lacks = |clause: &usize| clauses[ranked.shard][*clause].text.clone();
                let (excerpt, passages) = excerpts(
                    shard,
                    &header.url,
                    &passages,
                    &clauses[ranked.shard],
                    &ranking.weights[ranked.shard],
                );
                found.hits.push(Hit {
                    url: header.url,
                    title: header.title,
                    score: ranked.score,
                    missing: ranked.lacks.iter().map(lacks).collect(),
                    meta: Meta(header.meta),
                    excerpt: excerpt.segments,
                    passages,
                });
            }
            None => found.complete = false,
        }
    }
    found
}

/// The best excerpt of a document, and its best passages with an excerpt each.
fn excerpts(
    shard: &Shard,
    url: &str,
    passages: &[(RankedPassage, PassageRecord)],
    clauses: &[Clause],
    weights: &[u32],
) -> (Excerpt, Vec<FoundPassage>) {
    let mut best: Option<Excerpt> = None;
    let mut shown: Vec<FoundPassage> = Vec::new();
    for (ranked, passage) in passages {
        let excerpt = excerpt(&shard.analyser, &passage.text, clauses, weights);
        let address = format!("{url}#{}", passage.id);
        if !passage.id.is_empty()
            && ranked.holds > 0
            && shown.len() < SHOWN_PASSAGES
            && !shown.iter().any(|other| other.url == address)
        {
            let title = passage.heading.clone();
            shown.push(FoundPassage { title, url: address, excerpt: excerpt.segments.clone() });
        }
        let better = best.as_ref().is_none_or(|best| {
            excerpt.holds > best.holds || best.segments.is_empty() && !excerpt.segments.is_empty()
        });
        if better {
            best = Some(excerpt);
        }
    }
    (best.unwrap_or_default(), shown)
}
