//! Gives documents numbers that hardly change when one of them comes or goes.
//!
//! Every posting holds the number of a document. Were documents counted off, a new one would renumber all that follow
//! it, and with them nearly every part of the index, although one page changed. So documents are put into *chapters*
//! that begin where the digest of a URL says so, a chapter into *runs* in the same way, and a run's place in its chapter
//! is drawn from the digest of its first URL. What comes or goes then moves a few neighbours at most. Neighbours share
//! words and phrases, so that runs, and not single documents, are moved about; it makes an index 2 % larger.
//!
//! Documents that make less than a chapter are counted off: their index is so small that it changes as a whole.

use crate::Document;
use searchlet_format::digest;

/// Of a site of usual size one in so many URLs begins a chapter. The text of a chapter is named as one group of files,
/// so that chapters are to be neither many (each costs the directory eight bytes) nor large (a page renames all of one).
const URLS_PER_CHAPTER: u32 = 256;

/// A site has at most about so many chapters; beyond, chapters double with the site.
const MAX_CHAPTERS: usize = 256;

/// One in so many URLs begins a run.
const URLS_PER_RUN: usize = 8;

/// How many numbers a chapter has, of a site with so many documents: twice as many as it has documents on average, so
/// that most documents have the number that they drew. A power of two.
pub fn chapter_numbers(n_documents: usize) -> u32 {
    let wanted = (n_documents / MAX_CHAPTERS).min(1 << 16) as u32;
    2 * wanted.next_power_of_two().max(URLS_PER_CHAPTER)
}

/// Orders documents, which ascend by URL, by the numbers that they get; gives those, ascending.
pub fn number(documents: &mut Vec<Document>) -> Vec<u32> {
    let chapter_numbers = chapter_numbers(documents.len());
    // A chapter that goes on for longer is ended, while there are still numbers to draw.
    let max_chapter = (chapter_numbers / 4 * 3) as usize;
    if documents.len() <= max_chapter {
        return (0..documents.len() as u32).collect();
    }
    let mut chapters: Vec<Vec<(u64, Document)>> = Vec::new();
    for document in documents.drain(..) {
        let drawn = digest(document.url.as_bytes());
        let begins = drawn.is_multiple_of(u64::from(chapter_numbers / 2));
        match chapters.last_mut() {
            Some(chapter) if !begins && chapter.len() < max_chapter => chapter.push((drawn, document)),
            _ => chapters.push(vec![(drawn, document)]),
        }
    }
    let mut numbers = Vec::new();
    for (chapter, first) in chapters.into_iter().zip((0u32..).step_by(chapter_numbers as usize)) {
        let mut left = chapter.len() as u32;
        let mut runs: Vec<Vec<(u64, Document)>> = Vec::new();
        for (drawn, document) in chapter {
            let begins = (drawn >> 32).is_multiple_of(URLS_PER_RUN as u64);
            match runs.last_mut() {
                Some(run) if !begins && run.len() < 2 * URLS_PER_RUN => run.push((drawn, document)),
                _ => runs.push(vec![(drawn, document)]),
            }
        }
        runs.sort_by(|a, b| (a[0].0, &a[0].1.url).cmp(&(b[0].0, &b[0].1.url)));
        let mut free = 0;
        for run in runs {
            // The top bits are the place that was drawn; it may be taken, or too late for those that are still to come.
            let mut place = ((run[0].0 >> (u64::BITS - chapter_numbers.ilog2())) as u32)
                .max(free)
                .min(chapter_numbers - left);
            left -= run.len() as u32;
            for (_, document) in run {
                numbers.push(first + place);
                documents.push(document);
                place += 1;
            }
            free = place;
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn numbered(urls: &BTreeSet<String>) -> BTreeMap<String, u32> {
        let document = |url: &String| Document { url: url.clone(), ..Document::default() };
        let mut documents: Vec<Document> = urls.iter().map(document).collect();
        let numbers = number(&mut documents);
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        documents.into_iter().map(|document| document.url).zip(numbers).collect()
    }

    #[test]
    fn few_documents_are_counted_off() {
        let urls: BTreeSet<String> = (0..9).map(|number| format!("{number}")).collect();
        assert!(numbered(&urls).into_values().eq(0..9));
    }

    #[test]
    fn the_chapters_of_large_sites_are_larger() {
        let numbers = [1, 14_514, 65_536, 166_898, 10_000_000, usize::MAX].map(chapter_numbers);
        assert_eq!(numbers, [512, 512, 512, 2048, 131_072, 131_072]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn every_document_has_a_number_of_its_own(count in 0usize..2000, salt: u16) {
            let urls: BTreeSet<String> = (0..count).map(|number| format!("{salt}/{number}.html")).collect();
            let numbers = numbered(&urls);
            prop_assert_eq!(numbers.len(), urls.len());
            let begins = |url: &&String| digest(url.as_bytes()).is_multiple_of(u64::from(URLS_PER_CHAPTER));
            let size = chapter_numbers(count) as usize;
            let chapters = 1 + urls.iter().filter(begins).count() + count / (size / 4 * 3);
            prop_assert!(numbers.values().all(|&number| (number as usize) < size * chapters));
        }

        #[test]
        fn one_more_document_moves_few_others(count in 1000usize..3000, salt: u16, new in "[a-z0-9/]{3,9}") {
            let mut urls: BTreeSet<String> = (0..count).map(|number| format!("{salt}/{number}.html")).collect();
            let before = numbered(&urls);
            urls.insert(new);
            let after = numbered(&urls);
            let size = chapter_numbers(count);
            let chapters = |numbers: &BTreeMap<String, u32>| numbers.values().max().map(|number| number / size);
            let moved = before.iter().filter(|(url, number)| after[*url] != **number).count();
            // One more chapter renumbers those after it; a long one, cut at its greatest length, moves parts of two.
            let is_split = chapters(&before) != chapters(&after);
            prop_assert!(is_split || moved <= 2 * size as usize, "{} of {} moved", moved, count);
        }
    }
}
