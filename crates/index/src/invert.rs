//! Turns documents full of words into words full of documents.

use crate::BuildError;
use crate::analyse::{Analysed, Field, Stretch};
use rayon::prelude::*;
use searchlet_format::{FIELD_HEADING, FIELD_PATH, FIELD_TITLE, Postings, PostingsBuilder, level};

/// How many documents one task takes.
const DOCUMENTS_PER_TASK: usize = 512;

/// Saturation of term frequency: how soon a repeated word stops counting. Range 0.5 to 2; 1.2 is the value of the
/// literature and of Lucene. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
/// (2009), <https://doi.org/10.1561/1500000019>.
const K1: f64 = 1.2;

/// How much the length of a text counts against it, from 0 (not at all) to 1 (in full). Source: as for `K1`.
const B: f64 = 0.75;

/// What a word counts in a field, in words of the body: BM25F sums weighted frequencies before saturating them.
/// Source: Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (2004),
/// <https://doi.org/10.1145/1031171.1031181>. Titles and headings are chosen words; their usual weights are 2 to 5.
const fn weight(field: Field) -> u64 {
    match field {
        Field::Title => 4,
        Field::Heading => 2,
        Field::Body | Field::Path => 1,
    }
}

/// The inverted documents of one language.
pub struct Inverted {
    /// The postings of each group, in the order of the groups.
    postings: Vec<Postings>,
    /// Number of words, counted as positions.
    pub words: u64,
}

impl Inverted {
    /// The postings of each group, in the order of the groups.
    pub fn postings(self) -> impl Iterator<Item = Result<Postings, BuildError>> {
        self.postings.into_iter().map(Ok)
    }
}

/// A group in a document.
struct Row {
    group: u32,
    document: u32,
    impact: u8,
    fields: u8,
    forms: u32,
    passages: Vec<(u32, u8)>,
}

/// How long texts are on average, in weighted words.
#[derive(Clone, Copy)]
struct Averages {
    document: f64,
    passage: f64,
}

/// Inverts analysed documents. Cost: sorts the words of each document; runs on all threads of the current pool.
pub fn invert(analysed: &Analysed, numbers: &[u32]) -> Inverted {
    let mut group_of = vec![(0u32, 0u32); analysed.forms.len()];
    for (number, group) in analysed.groups.iter().enumerate() {
        for (bit, &form) in group.forms.iter().enumerate() {
            group_of[form as usize] = (number as u32, 1 << bit);
        }
    }
    let averages = averages(&analysed.documents);
    let tasks: Vec<Vec<Row>> = analysed
        .documents
        .par_chunks(DOCUMENTS_PER_TASK)
        .enumerate()
        .map(|(task, documents)| {
            let first = task * DOCUMENTS_PER_TASK;
            let mut rows: Vec<Row> = documents
                .iter()
                .enumerate()
                .flat_map(|(index, stretches)| rows(numbers[first + index], stretches, &group_of, averages))
                .collect();
            rows.sort_unstable_by_key(|row| (row.group, row.document));
            rows
        })
        .collect();
    let words = analysed.documents.iter().flatten().map(|stretch| stretch.words.len() as u64).sum();
    Inverted { postings: gather(tasks, analysed.groups.len()), words }
}

/// Collects the rows of all tasks by group.
fn gather(tasks: Vec<Vec<Row>>, n_groups: usize) -> Vec<Postings> {
    let mut tasks: Vec<_> = tasks.into_iter().map(|rows| rows.into_iter().peekable()).collect();
    (0..n_groups as u32)
        .map(|group| {
            let mut builder = PostingsBuilder::default();
            for rows in &mut tasks {
                while let Some(row) = rows.next_if(|row| row.group == group) {
                    builder.add(row.document, row.impact, row.fields, row.forms, &row.passages);
                }
            }
            builder.finish()
        })
        .collect()
}

/// The groups of one document.
fn rows(document: u32, stretches: &[Stretch], group_of: &[(u32, u32)], averages: Averages) -> Vec<Row> {
    let n_passages = stretches.iter().map(|stretch| stretch.passage + 1).max().unwrap_or(0);
    let mut passage_lengths = vec![0u64; n_passages as usize];
    let mut occurrences = Vec::new();
    for stretch in stretches {
        passage_lengths[stretch.passage as usize] += length(stretch);
        for &form in stretch.words.iter().chain(&stretch.joined) {
            let (group, bit) = group_of[form as usize];
            occurrences.push((group, stretch.passage, stretch.field, bit));
        }
    }
    occurrences.sort_unstable();
    let document_length: u64 = passage_lengths.iter().sum();
    occurrences
        .chunk_by(|a, b| a.0 == b.0)
        .map(|of_group| {
            let mut row =
                Row { group: of_group[0].0, document, impact: 0, fields: 0, forms: 0, passages: Vec::new() };
            let mut frequency = 0;
            for of_passage in of_group.chunk_by(|a, b| a.1 == b.1) {
                let mut in_passage = 0;
                for &(_, _, field, bit) in of_passage {
                    row.forms |= bit;
                    row.fields |= match field {
                        Field::Title => FIELD_TITLE,
                        Field::Heading => FIELD_HEADING,
                        Field::Path => FIELD_PATH,
                        Field::Body => 0,
                    };
                    in_passage += weight(field);
                }
                frequency += in_passage;
                let number = of_passage[0].1;
                let length = passage_lengths[number as usize];
                // A word of the path is in the document and in none of its passages.
                if of_passage.iter().any(|occurrence| occurrence.2 != Field::Path) {
                    row.passages.push((number, impact(in_passage, length, averages.passage)));
                }
            }
            row.impact = impact(frequency, document_length, averages.document);
            row
        })
        .collect()
}

/// Weighted length of a stretch. The path does not make a document longer.
fn length(stretch: &Stretch) -> u64 {
    if stretch.field == Field::Path { 0 } else { stretch.words.len() as u64 * weight(stretch.field) }
}

fn averages(documents: &[Vec<Stretch>]) -> Averages {
    let mut words = 0;
    let mut passages = 0;
    for stretches in documents {
        words += stretches.iter().map(length).sum::<u64>();
        passages += stretches.iter().map(|stretch| u64::from(stretch.passage) + 1).max().unwrap_or(0);
    }
    let average = |count: u64| (words.max(1) as f64) / (count.max(1) as f64);
    Averages { document: average(documents.len() as u64), passage: average(passages) }
}

/// How much a text of `length` weighted words is about a word of that weighted `frequency`: the
/// saturated frequency of BM25, without idf, as a level.
fn impact(frequency: u64, length: u64, average: f64) -> u8 {
    let frequency = frequency as f64;
    let norm = 1.0 - B + B * (length as f64) / average;
    level((255.0 * frequency / (frequency + K1 * norm)).round() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::analyse;
    use crate::{Document, Passage};

    fn document(title: &str, passages: &[(&str, &str)]) -> Document {
        let passages = passages
            .iter()
            .map(|(heading, text)| Passage {
                heading: (*heading).into(),
                text: (*text).into(),
                ..Passage::default()
            })
            .collect();
        Document { title: title.into(), passages, ..Document::default() }
    }

    fn find<'i>(analysed: &Analysed, inverted: &'i Inverted, form: &str) -> &'i Postings {
        let form = analysed.forms.iter().position(|known| known.folded == form).expect("a form") as u32;
        let group = analysed.groups.iter().position(|group| group.forms.contains(&form)).expect("a group");
        &inverted.postings[group]
    }

    #[test]
    fn a_word_is_in_its_documents_passages_and_fields() {
        let documents = [
            document("Apples", &[("", "About pears."), ("Pears", "An apple a day.")]),
            document("Pears", &[("", "No fruit here.")]),
        ];
        let analysed = analyse(&documents, "en");
        let inverted = invert(&analysed, &[0, 1]);
        let apples = find(&analysed, &inverted, "apple");
        assert_eq!(apples.documents, [0]);
        assert_eq!(apples.fields, [FIELD_TITLE]);
        assert_eq!(apples.passages_of(0).map(|entry| entry.0).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(apples.forms, [0b11], "both `apple` and `apples`");
        let pears = find(&analysed, &inverted, "pears");
        assert_eq!((&*pears.documents, &*pears.fields), (&[0, 1][..], &[FIELD_HEADING, FIELD_TITLE][..]));
        assert!(pears.impacts[1] > pears.impacts[0]);
    }

    #[test]
    fn more_is_more_and_longer_is_less() {
        assert!(impact(2, 100, 100.0) > impact(1, 100, 100.0));
        assert!(impact(1, 50, 100.0) > impact(1, 500, 100.0));
        assert_eq!(impact(1, u64::MAX, 1.0), 0, "the lowest level still counts");
        assert_eq!(impact(u64::MAX, 1, 1.0), searchlet_format::MAX_LEVEL);
    }
}
