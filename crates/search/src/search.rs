//! A search, step by step.

use crate::clause::Clause;
use crate::demand::{self, Unmet};
use crate::expand::{Lookup, expand};
use crate::fields::{self, Field};
use crate::found::{Explanation, FacetValue, Found};
use crate::index::{Index, Shard};
use crate::options::{MAX_LIMIT, Options};
use crate::order::sort;
use crate::parts::{PartId, insert};
use crate::query::{Query, parse};
use crate::rank::{Known, Ranked, Ranking, all_lack, answers, explain, rank};
use crate::refine::{Refined, mask, refine};
use crate::show::{Shown, show};
use crate::weigh::{STRICT_WORDS, Weight, weigh};
use searchlet_format::FileId;

/// So many documents are put in order by their texts: what a reader looks at first.
const FIRST: usize = 10;

/// So many words of a query are mended at most: more of them are another language, or no language.
const MAX_MISSPELT: usize = 4;

/// For each demand of a query, for each of its alternatives: what the words were led to.
type Demanded = Vec<Vec<Vec<Clause>>>;

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
    /// What it says of metadata.
    fields: Vec<Field>,
    /// The rest of it as each head reads it.
    queries: Vec<Query>,
    /// Words that are taken for misspelt ones.
    misspelt: Vec<String>,
    /// Whether that was decided: they are those that no document has, else all if no document has every word.
    has_mended: bool,
    stage: Stage,
    /// What is known by columns, once all of it is.
    refined: Option<Refined>,
    /// How many rounds the words have taken.
    rounds: usize,
}

#[derive(Debug)]
enum Stage {
    Start,
    Terms,
    Documents {
        clauses: Vec<Vec<Clause>>,
        weights: Vec<Vec<Weight>>,
        ranking: Ranking,
        /// Demands of which it could not be told whether they are met.
        touched: Vec<String>,
        facets: Vec<(String, Vec<FacetValue>)>,
    },
}

impl Search {
    /// Begins a search. Any text is a query.
    #[must_use]
    pub fn new(query: &str, options: Options) -> Self {
        let options = Options { limit: options.limit.min(MAX_LIMIT), ..options };
        let stage = Stage::Start;
        Self {
            query: query.to_owned(),
            options,
            fields: Vec::new(),
            queries: Vec::new(),
            misspelt: Vec::new(),
            has_mended: false,
            refined: None,
            stage,
            rounds: 0,
        }
    }

    /// Goes on as far as the parts at hand allow. Two or three rounds of parts are needed: terms, the text of the hits
    /// and, where a long document may hold a better excerpt, more of its text. Spellings are a round more, and so is each
    /// level of the directory that lies in parts.
    pub fn step(&mut self, index: &mut Index) -> Step {
        if matches!(self.stage, Stage::Start) {
            index.settle();
            let (fields, plain) = fields::read(&self.query, &|key| index.has_column(key));
            self.fields = fields;
            self.queries = index.shards.iter().map(|shard| parse(&shard.analyser, &plain)).collect();
            self.stage = Stage::Terms;
        }
        while matches!(self.stage, Stage::Terms) {
            let (clauses, demanded, mut wanted) = self.look_up(index);
            if self.refined.is_none() {
                let has_words = self.queries.iter().any(|query| !query.words.is_empty());
                let (refined, files) = refine(index, &self.options, &self.fields, has_words);
                self.refined = files.iter().all(Vec::is_empty).then_some(refined);
                for (wanted, files) in wanted.iter_mut().zip(files) {
                    files.into_iter().for_each(|file| insert(wanted, file));
                }
            }
            let mut unmet = Vec::new();
            let mut needed = absent(index, &wanted);
            if needed.is_empty() {
                let (found, wanted) = self.demand(index, &demanded);
                unmet = found;
                needed = absent(index, &wanted);
            }
            if !needed.is_empty() {
                self.rounds += 1;
                return Step::Need(needed);
            }
            let heads: Vec<_> = index.metadata().collect();
            if !self.has_mended {
                self.misspelt = texts(&clauses, true);
                self.misspelt.truncate(MAX_MISSPELT);
                if !self.misspelt.is_empty() {
                    self.has_mended = true;
                    continue;
                }
            }
            let Some(refined) = &self.refined else { continue };
            let weights = weigh(&clauses, &heads);
            let known = Known {
                clauses: &clauses,
                weights: &weights,
                heads: &heads,
                unmet: &unmet,
                refined,
                mask: u32::MAX,
            };
            let ranking = rank(known, self.page());
            // Where no document has all of a few words, one of them may be misspelt although some document has it.
            let is_strict = clauses.iter().all(|words| words.len() <= STRICT_WORDS);
            // Filters decide which documents are found, and never what the words mean.
            let lacks = ranking.all_lack || ranking.total == 0 && refined.has_filters();
            let lacks = lacks && (!refined.has_filters() || all_lack(Known { mask: 0, ..known }));
            if lacks && is_strict && !self.has_mended {
                self.has_mended = true;
                self.misspelt = texts(&clauses, false);
            } else {
                let touched = unmet.iter().zip(&self.queries).flat_map(|(unmet, query)| {
                    unmet.touched.iter().map(|&demand| query.demands[demand].text.clone())
                });
                let touched = touched.chain(refined.touched.iter().cloned()).collect();
                let facets = self.facets(index, known);
                self.stage = Stage::Documents { clauses, weights, ranking, touched, facets };
            }
        }
        let Stage::Documents { clauses, weights, ranking, touched, facets } = &self.stage else {
            return Step::Need(Vec::new());
        };
        let mut wanted = vec![Vec::new(); index.shards.len()];
        let shown: Vec<Shown> = ranking
            .documents
            .iter()
            .map(|ranked| {
                let clauses = &clauses[ranked.shard];
                let demands = &self.queries[ranked.shard].demands;
                let unmet = demands.iter().enumerate().filter(|(number, _)| ranked.unmet >> number & 1 == 1);
                let unmet = unmet.map(|(_, demand)| demand.text.clone()).collect();
                show(
                    &index.shards[ranked.shard],
                    (ranked, unmet),
                    clauses,
                    &weights[ranked.shard],
                    self.rounds >= 2,
                    &mut wanted[ranked.shard],
                )
            })
            .collect();
        let absent = absent(index, &wanted);
        if !absent.is_empty() {
            return Step::Need(absent);
        }
        let is_by_text = self.is_by_text();
        let (mut found, order) = compose(
            &self.query,
            (clauses, touched),
            ranking,
            shown,
            if is_by_text { FIRST as u32 } else { 0 },
        );
        found.facets.clone_from(facets);
        if self.options.explain {
            for (hit, place) in found.hits.iter_mut().zip(&order) {
                let Some(ranked) = ranking.documents.get(*place) else { continue };
                let mut parts = explain(&clauses[ranked.shard], &weights[ranked.shard], ranked);
                let rest = i64::from(hit.score) - parts.iter().map(|part| part.score).sum::<i64>();
                parts.push(Explanation::new("words side by side, and in one excerpt", rest));
                hit.explanation = Some(Explanation::sum("score", parts));
            }
        }
        if is_by_text {
            found.hits = found.hits.into_iter().skip(self.options.offset).take(self.options.limit).collect();
        }
        Step::Done(found)
    }

    /// Which documents are to be shown: offset and limit. The first ones are all needed to be put in order.
    fn page(&self) -> (usize, usize) {
        let Options { offset, limit, .. } = self.options;
        if limit == 0 || !self.is_by_text() { (offset, limit) } else { (0, FIRST.max(offset + limit)) }
    }

    /// Whether the first documents are put in order by their texts.
    const fn is_by_text(&self) -> bool {
        self.options.offset < FIRST && self.options.sort.is_empty()
    }

    /// How many of the documents that answer have each value of the facets.
    fn facets(&self, index: &Index, known: Known<'_>) -> Vec<(String, Vec<FacetValue>)> {
        let mut by_mask: Vec<(u32, Vec<Vec<bool>>)> = Vec::new();
        let facet = |(number, key): (usize, &String)| {
            let mask = mask(&self.options.filters, key);
            let at = by_mask.iter().position(|known| known.0 == mask).unwrap_or_else(|| {
                by_mask.push((mask, answers(Known { mask, ..known })));
                by_mask.len() - 1
            });
            let is_number =
                index.shards.iter().find_map(|shard| shard.column(key)).is_some_and(|found| found.1);
            let answers = &by_mask[at].1;
            (key.clone(), known.refined.count(number, answers, is_number, self.options.facet_values))
        };
        self.options.facets.iter().enumerate().map(facet).collect()
    }

    /// The documents of each word in each head, and of the words of each demand, with the files that are needed before
    /// they are known.
    fn look_up(&self, index: &Index) -> (Vec<Vec<Clause>>, Vec<Demanded>, Vec<Vec<FileId>>) {
        let mut clauses = Vec::new();
        let mut demanded = Vec::new();
        let mut wanted = Vec::new();
        for (shard, query) in index.shards.iter().zip(&self.queries) {
            let mut lookup = Lookup::new(shard, &self.misspelt);
            clauses.push(expand(&mut lookup, query));
            demanded.push(query.demands.iter().map(|demand| demand::look_up(&mut lookup, demand)).collect());
            if !lookup.wanted.is_empty() {
                shard.levels_of_documents().iter().for_each(|&file| insert(&mut lookup.wanted, file));
            }
            wanted.push(lookup.wanted);
        }
        (clauses, demanded, wanted)
    }

    /// What the documents of each head do not meet, with the files that are needed before that is known.
    fn demand(&self, index: &Index, demanded: &[Demanded]) -> (Vec<Unmet>, Vec<Vec<FileId>>) {
        let heads = index.shards.iter().zip(&self.queries).zip(demanded);
        let of_head = |((shard, query), demanded): ((&Shard, &Query), &Demanded)| {
            let mut wanted = Vec::new();
            (demand::unmet(shard, &query.demands, demanded, &mut wanted), wanted)
        };
        heads.map(of_head).unzip()
    }
}

/// The words of a query as they were typed, each once; or of these only those that no head has: what one has is not
/// misspelt in another.
fn texts(clauses: &[Vec<Clause>], only_unknown: bool) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for clause in clauses.iter().flatten() {
        let mut alike = clauses.iter().flatten().filter(|other| other.text == clause.text);
        let is_kept = alike.any(|other| other.touched || only_unknown && !other.is_unknown);
        if !(texts.contains(&clause.text) || is_kept) {
            texts.push(clause.text.clone());
        }
    }
    texts
}

/// Of the files wanted of each head, those that are to be asked for.
pub fn absent(index: &mut Index, wanted: &[Vec<FileId>]) -> Vec<PartId> {
    let mut absent = Vec::new();
    for ((shard, head), files) in (0u32..).zip(&mut index.shards).zip(wanted) {
        absent
            .extend(files.iter().filter(|&&file| head.parts.want(file)).map(|&file| PartId { shard, file }));
    }
    absent
}

/// Puts the answer together, with the place that each hit had among the documents; of these so many come `first`.
fn compose(
    query: &str,
    (clauses, touched): (&[Vec<Clause>], &[String]),
    ranking: &Ranking,
    shown: Vec<Shown>,
    first: u32,
) -> (Found, Vec<usize>) {
    let mut found =
        Found { query: query.to_owned(), total: ranking.total, complete: true, ..Found::default() };
    let words = clauses.iter().flatten().filter(|clause| clause.touched).map(|clause| &clause.text);
    for text in words.chain(touched) {
        found.complete = false;
        if !found.touched.contains(text) {
            found.touched.push(text.clone());
        }
    }
    // The first documents are put in order by what their texts show; those after them have no text until they are shown.
    let key = |(place, (ranked, shown)): (u32, (&Ranked, &Shown))| {
        let score = if place < first { ranked.score + shown.more } else { 0 };
        let class = if place < first { ranked.class } else { u64::MAX };
        u128::from(class) << 64 | u128::from(!score) << 32 | u128::from(place)
    };
    let mut order: Vec<u128> = (0u32..).zip(ranking.documents.iter().zip(&shown)).map(key).collect();
    sort(&mut order);
    // What is meant is said of the query, so only the best documents of all may tell.
    found.suggestion = order.first().filter(|_| first > 0).and_then(|&best| {
        let best = &ranking.documents[best as u32 as usize];
        if best.unmet > 0 {
            return None;
        }
        mended(query, &clauses[best.shard], best.document)
    });
    let mut shown: Vec<Option<Shown>> = shown.into_iter().map(Some).collect();
    let mut places = Vec::new();
    for key in order {
        let Some(mut shown) = shown[key as u32 as usize].take() else { continue };
        if let Some(hit) = &mut shown.hit {
            hit.score = hit.score.max(!((key >> 32) as u32));
        }
        found.complete &= shown.complete;
        if let Some(hit) = shown.hit {
            places.push(key as u32 as usize);
            found.hits.push(hit);
        }
    }
    (found, places)
}

/// The query with the words of a document in place of those that are misspelt for them, if there are any, and each
/// stands in it once.
fn mended(query: &str, clauses: &[Clause], document: u32) -> Option<String> {
    let mut text = String::new();
    let mut at = 0;
    // Words come in the order in which they stand in the query.
    for clause in clauses {
        if let Some(form) = clause.mended_in(document) {
            if clause.is_repeated {
                return None;
            }
            text.push_str(query.get(at..clause.place.0)?);
            text.push_str(form);
            at = clause.place.1;
        }
    }
    text.push_str(query.get(at..)?);
    (at > 0).then_some(text)
}
