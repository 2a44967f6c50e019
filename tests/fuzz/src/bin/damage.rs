//! An index with altered bytes, which no digest gave away, is refused or searched to the end.

#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use searchlet_fuzz::{Inflated, inflated, site};
use searchlet_index::Settings;
use searchlet_search::{Index, Options, PartId, Search, Step, Suggest, SuggestStep};

const QUERIES: [&str; 4] = ["b", "bees hiv", "the run häuser", "東京都 空 words upon wrods"];

/// One part for each language, then many with levels of the directory over them.
static SITES: LazyLock<[Inflated; 2]> = LazyLock::new(|| {
    let cut = Settings {
        part_bytes: Some(64),
        level_entries: Some(2),
        prefix_postings: Some(0),
        ..Settings::default()
    };
    [Settings::default(), cut].map(|settings| inflated(&site(&settings)))
});

// Four bytes of input alter one byte of a file: which file, where (two bytes), to what.
fuzz_target!(|edits: &[u8]| {
    let Some((&first, edits)) = edits.split_first() else { return };
    let Inflated { mut heads, mut parts } = SITES[usize::from(first) % SITES.len()].clone();
    for edit in edits.chunks_exact(4) {
        let count = heads.len() + parts.len();
        let mut files = heads.iter_mut().chain(parts.values_mut());
        // There may be more files than a byte has values.
        let file = files.nth((usize::from(edit[0]) * 5) % count).expect("it is one of them");
        let at = usize::from(u16::from_le_bytes([edit[1], edit[2]])) % file.len();
        file[at] = edit[3];
    }
    let Ok(mut index) = Index::open(heads.iter().map(Vec::as_slice)) else { return };
    for query in QUERIES {
        search(&mut index, &parts, query);
        suggest(&mut index, &parts, query);
    }
});

/// How often a search may ask for parts: for the levels of the directory, of terms as of documents, beside the four
/// rounds of an index whose directory lies in its head; each part is asked for once.
const ROUNDS: usize = 16;

fn search(index: &mut Index, parts: &BTreeMap<String, Vec<u8>>, query: &str) {
    let mut search = Search::new(query, Options::default());
    for _ in 0..=ROUNDS {
        match search.step(index) {
            Step::Need(wanted) => supply(index, parts, wanted),
            Step::Done(found) => return assert_eq!(found.query, query),
        }
    }
    panic!("{query:?} asks for parts without end");
}

fn suggest(index: &mut Index, parts: &BTreeMap<String, Vec<u8>>, query: &str) {
    let mut suggest = Suggest::new(query, 10);
    for _ in 0..=ROUNDS {
        match suggest.step(index) {
            SuggestStep::Need(wanted) => supply(index, parts, wanted),
            SuggestStep::Done(found) => return assert!(found.len() <= 10),
        }
    }
    panic!("completing {query:?} asks for parts without end");
}

fn supply(index: &mut Index, parts: &BTreeMap<String, Vec<u8>>, wanted: Vec<PartId>) {
    assert!(!wanted.is_empty(), "a round asks for something");
    for id in wanted {
        match parts.get(&index.file(id).0) {
            // What is refused counts as failed.
            Some(raw) => drop(index.supply(id, raw.clone())),
            None => index.fail(id),
        }
    }
}
