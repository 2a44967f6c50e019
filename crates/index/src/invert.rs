//! Turns documents full of words into words full of documents.

mod kept;

use crate::analyse::Analysed;
use crate::averages::{self, Averages, weight};
use crate::cache::Memo;
use crate::compounds::Compounds;
use crate::runs::{Merge, Row, RunWriter};
use crate::spill::{Run, Spilled, Store};
use crate::stream::{Field, Segment};
use crate::vocabulary::NO_FORM;
use crate::{BuildError, Settings, Weight};
use rayon::prelude::*;
use searchlet_format::{
    FIELD_HEADING, FIELD_PATH, FIELD_START, FIELD_TITLE, INNER_LEVEL, MAX_HEADING_WORDS, fields, headed,
    level,
};

/// Saturation of term frequency: how soon a repeated word stops counting. Range 0.5 to 2; 1.2 is the value of the
/// literature and of Lucene. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
/// (2009), <https://doi.org/10.1561/1500000019>.
const K1: f64 = 1.2;

/// How much the length of a text counts against it, from 0 (not at all) to 1 (in full). Source: as for `K1`.
const B: f64 = 0.75;

/// The inverted documents of one language.
pub struct Inverted {
    /// Number of words, counted as positions.
    pub words: u64,
    runs: Vec<Run>,
    spilled: Spilled,
    n_groups: u32,
}

impl Inverted {
    /// What makes the postings of each group, in the order of the groups, one at a time: `Spill` where some that were put
    /// aside cannot be read again, and nothing after that.
    pub fn merge(self) -> Merge {
        Merge::new(self.runs, self.spilled, self.n_groups)
    }
}

/// What a task must know of all others.
struct Context<'a> {
    numbers: &'a [u32],
    weights: &'a [Weight],
    forms_of: &'a [Vec<u32>],
    compounds: &'a Compounds,
    /// For each form its group, and its place among the forms of that.
    group_of: Vec<(u32, u8)>,
    averages: Averages,
    /// Words that are two others, where a cache is asked what follows from them.
    halves: Vec<(u32, u32, u32)>,
}

/// Inverts analysed documents, whose words are gone afterwards. `numbers` has the number of each document, ascending,
/// and `weights` what its impacts are multiplied by. What the memo knows is not done again.
/// Cost: sorts the words of some documents at a time; runs on all threads of the current pool, and gives the same for
/// any number of them.
///
/// # Errors
/// `Spill` when memory has no room for the postings and the disk neither, `TooLarge` when a document has more passages
/// than can be told apart.
pub fn invert(
    analysed: &mut Analysed,
    numbers: &[u32],
    weights: &[Weight],
    settings: &Settings,
    memo: &Memo,
) -> Result<Inverted, BuildError> {
    let group_of = analysed.group_of();
    let segments = std::mem::take(&mut analysed.segments);
    let (words, averages) = averages::measure(&segments, numbers.len());
    let (forms_of, compounds) = (&*analysed.forms_of, &analysed.compounds);
    let halves = if memo.is_on() { compounds.ascending() } else { Vec::new() };
    let context = Context { numbers, weights, forms_of, compounds, group_of, averages, halves };
    let store = Store::new(settings.memory, std::env::temp_dir());
    let runs: Result<Vec<Run>, BuildError> =
        segments.into_par_iter().map(|segment| store.keep(kept::run(&segment, &context, memo)?)).collect();
    Ok(Inverted { words, runs: runs?, spilled: store.finish(), n_groups: analysed.groups.len() as u32 })
}

/// What the words of a segment stand in.
#[derive(Default)]
struct Texts {
    passages: Vec<Passage>,
    /// Weighted length of each document.
    lengths: Vec<u64>,
    /// How many different words the title of each document has.
    title_words: Vec<usize>,
    /// The group that the title of each document begins with.
    title_starts: Vec<Option<u32>>,
}

/// A passage that has words.
struct Passage {
    /// Place of the document in the segment.
    document: u32,
    /// Number of the passage in the document.
    number: u32,
    /// Its weighted length.
    length: u64,
    /// How many different words its heading has.
    heading_words: usize,
}

/// Where a word occurs, as one number, whose order is that of groups, then of passages: group, place of the passage
/// in the table of the segment, field, form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence(u64);

impl Occurrence {
    const FORM_BITS: u32 = searchlet_format::MAX_FORMS.ilog2();
    const PASSAGE_BITS: u32 = u32::BITS - Field::BITS - Self::FORM_BITS;

    const fn new(group: u32, passage: usize, field: Field, form: u8) -> Self {
        let passage = ((passage as u64) << Field::BITS | field as u64) << Self::FORM_BITS;
        Self((group as u64) << u32::BITS | passage | form as u64)
    }

    const fn group(self) -> u32 {
        (self.0 >> u32::BITS) as u32
    }

    const fn passage(self) -> usize {
        (self.0 as u32 >> (Field::BITS + Self::FORM_BITS)) as usize
    }

    const fn field(self) -> Field {
        Field::of((self.0 >> Self::FORM_BITS) as u8 & ((1 << Field::BITS) - 1))
    }

    const fn form(self) -> u32 {
        1 << (self.0 & ((1 << Self::FORM_BITS) - 1))
    }
}

/// The postings of the documents of a segment.
fn run(segment: &Segment, context: &Context<'_>) -> Result<Vec<u8>, BuildError> {
    let (texts, occurrences) = occurrences(segment, context)?;
    let mut writer = RunWriter::default();
    let mut row = Row::default();
    for of_group in occurrences.chunk_by(|a, b| a.group() == b.group()) {
        let document = |occurrence: &Occurrence| texts.passages[occurrence.passage()].document;
        for of_document in of_group.chunk_by(|a, b| document(a) == document(b)) {
            let document = document(&of_document[0]) as usize;
            row.document = context.numbers[segment.first + document];
            let weight = context.weights[segment.first + document];
            let frequency = fill(&mut row, of_document, &texts.passages, context.averages, weight);
            if texts.title_starts[document] == Some(of_group[0].group()) {
                row.fields |= FIELD_START;
            }
            row.fields = fields(row.fields, texts.title_words[document]);
            row.impact = impact(frequency, texts.lengths[document], context.averages.document, weight);
            writer.add(of_group[0].group(), &row);
        }
    }
    Ok(writer.finish())
}

/// All occurrences of words in a segment, sorted, with the texts that they are in.
fn occurrences(segment: &Segment, context: &Context<'_>) -> Result<(Texts, Vec<Occurrence>), BuildError> {
    let forms = &context.forms_of[segment.vocabulary];
    let mut texts = Texts::default();
    let mut occurrences = Vec::new();
    let mut stretches = segment.stretches();
    while let Some(stretch) = stretches.next() {
        let is_open = |open: &Passage| open.document == stretch.document && open.number == stretch.passage;
        if !texts.passages.last().is_some_and(is_open) {
            texts.passages.push(Passage {
                document: stretch.document,
                number: stretch.passage,
                length: 0,
                heading_words: 0,
            });
        }
        let place = texts.passages.len() - 1;
        if place >> Occurrence::PASSAGE_BITS > 0 {
            let limit = 1 << Occurrence::PASSAGE_BITS;
            return Err(BuildError::TooLarge { what: "headings in one document", limit });
        }
        let length = averages::length(stretch);
        texts.passages[place].length += length;
        texts.lengths.resize(stretch.document as usize + 1, 0);
        texts.lengths[stretch.document as usize] += length;
        texts.title_words.resize(texts.lengths.len(), 0);
        texts.title_starts.resize(texts.lengths.len(), None);
        match stretch.field {
            Field::Title => {
                let first = stretch.words.first();
                let group = |&word: &u32| context.group_of[forms[word as usize] as usize].0;
                texts.title_words[stretch.document as usize] = n_different(&stretch.words);
                texts.title_starts[stretch.document as usize] = first.map(group);
            }
            Field::Heading => texts.passages[place].heading_words = n_different(&stretch.words),
            Field::Body | Field::Path | Field::Inner => {}
        }

        let mut add = |form: u32| {
            let (group, bit) = context.group_of[form as usize];
            occurrences.push(Occurrence::new(group, place, stretch.field, bit));
        };
        let mut before = None;
        for &word in &stretch.words {
            let form = forms[word as usize];
            add(form);
            if let Some(whole) = before.and_then(|before| context.compounds.whole(before, form)) {
                add(whole);
            }
            before = Some(form);
        }
        let joined = stretch.joined.iter().map(|&word| forms[word as usize]);
        joined.filter(|&form| form != NO_FORM).for_each(&mut add);
    }
    occurrences.sort_unstable();
    Ok((texts, occurrences))
}

/// Fills a row with all occurrences of its group in its document; says how often that is, weighted.
fn fill(
    row: &mut Row,
    occurrences: &[Occurrence],
    passages: &[Passage],
    averages: Averages,
    of_document: Weight,
) -> u64 {
    (row.fields, row.forms) = (0, 0);
    row.passages.clear();
    let mut frequency = 0;
    for of_passage in occurrences.chunk_by(|a, b| a.passage() == b.passage()) {
        let mut in_passage = 0;
        let mut is_shown = false;
        let mut is_heading = false;
        for occurrence in of_passage {
            let field = occurrence.field();
            row.forms |= occurrence.form();
            row.fields |= match field {
                Field::Title => FIELD_TITLE,
                Field::Heading => FIELD_HEADING,
                Field::Path => FIELD_PATH,
                Field::Body | Field::Inner => 0,
            };
            in_passage += weight(field);
            // A word of the path is in the document and in none of its passages.
            is_shown |= field != Field::Path;
            is_heading |= field == Field::Heading;
        }
        frequency += in_passage;
        if is_shown {
            let passage = &passages[of_passage[0].passage()];
            let heading_words = if is_heading { passage.heading_words } else { 0 };
            let impact = impact(in_passage, passage.length, averages.passage, of_document);
            row.passages.push((passage.number, headed(impact, heading_words)));
        }
    }
    frequency
}

/// How many different words a title or heading has; one of nothing but operators has one.
fn n_different(words: &[u32]) -> usize {
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| !words[..*at].contains(word))
        .take(MAX_HEADING_WORDS.into())
        .count()
        .max(1)
}

/// How much a text of `length` weighted words is about a word of that weighted `frequency`: the
/// saturated frequency of BM25, without idf, as the document's weight makes it, as a level; the lowest one if the word
/// stands only inside of others.
fn impact(frequency: u64, length: u64, average: f64, weight: Weight) -> u8 {
    if frequency == 0 {
        return INNER_LEVEL;
    }
    let frequency = frequency as f64;
    let norm = 1.0 - B + B * (length as f64) / average;
    let impact = weight.of_impact(255.0 * frequency / (frequency + K1 * norm));
    level(impact.round() as u8).max(INNER_LEVEL + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::analyse;
    use crate::{Document, Passage, Synonyms};
    use searchlet_format::Postings;

    const NUMBERS: &[u32] = &[0, 1, 2, 3];

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

    fn postings(inverted: Inverted) -> Vec<Postings> {
        let mut merge = inverted.merge();
        let mut all = Vec::new();
        while let Some(pieces) = merge.next() {
            all.push(pieces.and_then(|pieces| merge.postings(&pieces)).expect("read"));
        }
        all
    }

    fn find<'p>(analysed: &Analysed, postings: &'p [Postings], form: &str) -> &'p Postings {
        let form = analysed.forms.iter().position(|known| known.folded == form).expect("a form") as u32;
        let group = analysed.groups.iter().position(|group| group.forms.contains(&form)).expect("a group");
        &postings[group]
    }

    #[test]
    fn a_word_is_in_its_documents_passages_and_fields() {
        let documents = [
            document("Apples", &[("", "About pears."), ("Pears", "An apple a day.")]),
            document("Pears", &[("", "No fruit here.")]),
        ];
        let mut analysed = analyse((&documents, NUMBERS, &[]), "en", &Synonyms::default(), &Memo::default());
        let inverted =
            invert(&mut analysed, &[0, 1], &[Weight::ONE; 2], &Settings::default(), &Memo::default())
                .expect("inverted");
        assert_eq!(inverted.words, 12);
        let postings = postings(inverted);
        let apples = find(&analysed, &postings, "apple");
        assert_eq!(apples.documents, [0]);
        assert_eq!(apples.fields, [fields(FIELD_TITLE | FIELD_START, 1)]);
        assert_eq!(apples.passages_of(0).map(|entry| entry.0).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(apples.forms, [0b11], "both `apple` and `apples`");
        let pears = find(&analysed, &postings, "pears");
        assert_eq!(
            (&*pears.documents, &*pears.fields),
            (&[0, 1][..], &[FIELD_HEADING, fields(FIELD_TITLE | FIELD_START, 1)][..])
        );
        assert!(pears.impacts[1] > 0);
    }

    #[test]
    fn more_is_more_and_longer_is_less() {
        let plain = |frequency, length, average| impact(frequency, length, average, Weight::ONE);
        assert!(plain(2, 100, 100.0) > plain(1, 100, 100.0));
        assert!(plain(1, 50, 100.0) > plain(1, 500, 100.0));
        assert_eq!(plain(1, u64::MAX, 1.0), INNER_LEVEL + 1, "a word is more than what is inside of others");
        assert_eq!(plain(0, 1, 1.0), INNER_LEVEL);
        assert_eq!(plain(u64::MAX, 1, 1.0), searchlet_format::MAX_LEVEL);
    }

    #[test]
    fn a_weight_moves_an_impact_and_never_out_of_its_byte() {
        let weighted =
            |frequency, weight| impact(frequency, 100, 100.0, Weight::new(weight).expect("a weight"));
        assert!(weighted(1, 2.0) > weighted(1, 1.0) && weighted(1, 1.0) > weighted(1, 0.5));
        assert_eq!(weighted(1, 2.0), weighted(2, 1.0), "as if the word stood there twice");
        assert_eq!(weighted(u64::MAX, 10.0), searchlet_format::MAX_LEVEL);
        // Levels are a sixth of an octave apart.
        assert_eq!(weighted(u64::MAX, 0.5), searchlet_format::MAX_LEVEL - 6);
    }

    #[test]
    fn a_compound_is_found_however_it_is_written() {
        let bodies = ["cybersecurity", "cyber-security", "Cyber security", "security cyber"];
        let documents = bodies.map(|body| document("A", &[("", body)]));
        let mut analysed = analyse((&documents, NUMBERS, &[]), "en", &Synonyms::default(), &Memo::default());
        let inverted =
            invert(&mut analysed, &[3, 5, 6, 9], &[Weight::ONE; 4], &Settings::default(), &Memo::default())
                .expect("inverted");
        let postings = postings(inverted);
        assert_eq!(find(&analysed, &postings, "cybersecurity").documents, [3, 5, 6]);
    }
}
