//! How long the texts of an index are on average.

use crate::stream::{Field, Segment, Stretch};
use rayon::prelude::*;

/// Averages are rounded to powers of this number, the sixteenth of an octave.
///
/// All impacts follow from the averages. Were these exact, then one page more would move every impact that stands near
/// the border of two values, in every part; so rounded, they stay as they are through most changes of a site. What it
/// costs: a length is judged by an average that is wrong by 2.2 % at most.
const STEP: f64 = 1.044_273_782_427_413_8;

/// How long texts are on average, in weighted words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Averages {
    /// A document.
    pub document: f64,
    /// A passage.
    pub passage: f64,
}

/// What a word counts in a field, in words of the body: BM25F sums weighted frequencies before saturating them.
/// Source: Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields" (2004),
/// <https://doi.org/10.1145/1031171.1031181>. Titles and headings are chosen words; their usual weights are 2 to 5.
///
/// What stands inside of an identifier makes a text be found, and no more about a word: `getElementById` may be all over a
/// page that is about something else.
pub const fn weight(field: Field) -> u64 {
    match field {
        Field::Title => 4,
        Field::Heading => 2,
        Field::Body | Field::Path => 1,
        Field::Inner => 0,
    }
}

/// Weighted length of a stretch. The path does not make a document longer.
pub fn length(stretch: &Stretch) -> u64 {
    if stretch.field == Field::Path { 0 } else { stretch.words.len() as u64 * weight(stretch.field) }
}

/// How many words a segment has, how long they are, weighted, and in how many passages.
pub fn sums(segment: &Segment) -> [u64; 3] {
    let [mut words, mut lengths, mut passages] = [0; 3];
    let mut last = None;
    let mut stretches = segment.stretches();
    while let Some(stretch) = stretches.next() {
        words += stretch.words.len() as u64;
        lengths += length(stretch);
        // Passages ascend, so a document has as many as the last one says.
        passages += match last {
            Some((document, passage)) if document == stretch.document => u64::from(stretch.passage - passage),
            _ => u64::from(stretch.passage) + 1,
        };
        last = Some((stretch.document, stretch.passage));
    }
    [words, lengths, passages]
}

/// Counts the words of all documents, and says how long those are on average.
pub fn measure(segments: &[Segment], n_documents: usize) -> (u64, Averages) {
    let sums = segments.par_iter().map(|segment| segment.sums.unwrap_or_else(|| sums(segment)));
    let [words, lengths, passages] =
        sums.reduce(|| [0; 3], |one, other| [one[0] + other[0], one[1] + other[1], one[2] + other[2]]);
    let average = |count: u64| rounded((lengths.max(1) as f64) / (count.max(1) as f64));
    (words, Averages { document: average(n_documents as u64), passage: average(passages) })
}

/// The power of [`STEP`] that is nearest, by ratio. Nothing but multiplication and division, which give the same on
/// every machine.
fn rounded(average: f64) -> f64 {
    let mut below = 1.0;
    while below * STEP <= average {
        below *= STEP;
    }
    while below > average {
        below /= STEP;
    }
    let above = below * STEP;
    if average * average < below * above { below } else { above }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::SegmentsWriter;
    use proptest::prelude::*;

    #[test]
    fn words_count_by_their_field_and_passages_by_the_last() {
        let mut writer = SegmentsWriter::new(0, 0);
        for passages in [1, 3] {
            writer.stretch(0, Field::Title, &[1, 2], &[3]);
            writer.stretch(0, Field::Path, &[4], &[]);
            writer.stretch(passages - 1, Field::Body, &[5; 100], &[]);
            writer.end_document();
        }
        let (words, averages) = measure(&writer.finish(), 2);
        assert_eq!(words, 206);
        assert_eq!(averages, Averages { document: rounded(108.0), passage: rounded(54.0) });
    }

    #[test]
    fn one_page_more_changes_no_average() {
        let averages = |n_documents: usize| {
            let mut writer = SegmentsWriter::new(0, 0);
            for _ in 0..n_documents {
                writer.stretch(0, Field::Body, &[7; 100], &[]);
                writer.end_document();
            }
            writer.stretch(0, Field::Body, &[7; 140], &[]);
            writer.end_document();
            measure(&writer.finish(), n_documents + 1).1
        };
        assert_eq!(averages(200), averages(100));
    }

    proptest! {
        #[test]
        fn a_rounded_average_is_near(average in 1e-6..1e12f64) {
            let ratio = rounded(average) / average;
            prop_assert!(ratio * ratio < STEP * 1.000_001 && ratio * ratio * STEP > 0.999_999, "{ratio}");
        }
    }
}
