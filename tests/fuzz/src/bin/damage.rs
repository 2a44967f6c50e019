//! An index with altered bytes, which no digest gave away, is refused or searched to the end.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use searchlet_fuzz::{Inflated, inflated, site};
use searchlet_index::Settings;
use searchlet_search::{Index, Options, Search, Step, Suggest, SuggestStep};

const QUERIES: [&str; 4] = ["b", "bees hiv", "the run häuser", "東京都 空 words upon wrods"];

/// One file of each kind for each language, then a head with many parts.
static SITES: LazyLock<[Inflated; 2]> = LazyLock::new(|| {
    [None, Some(64)].map(|part_bytes| inflated(&site(&Settings { part_bytes, ..Settings::default() })))
});

// Four bytes of input alter one byte of a file: which file, where (two bytes), to what.
fuzz_target!(|edits: &[u8]| {
    let Some((&first, edits)) = edits.split_first() else { return };
    let Inflated { mut heads, mut parts } = SITES[usize::from(first) % SITES.len()].clone();
    for edit in edits.chunks_exact(4) {
        let count = heads.len() + parts.len();
        let mut files = heads.iter_mut().chain(&mut parts);
        let file = files.nth(usize::from(edit[0]) % count).expect("it is one of them");
        let at = usize::from(u16::from_le_bytes([edit[1], edit[2]])) % file.len();
        file[at] = edit[3];
    }
    let Ok(mut index) = Index::open(heads.iter().map(Vec::as_slice)) else { return };
    let ids: Vec<_> = index.parts().collect();
    for (id, raw) in ids.into_iter().zip(parts) {
        let _ = index.supply(id, raw);
    }
    for query in QUERIES {
        search(&mut index, query);
        suggest(&mut index, query);
    }
});

/// How often a search may ask for parts: terms, then documents.
const ROUNDS: usize = 2;

fn search(index: &mut Index, query: &str) {
    let mut search = Search::new(query, Options::default());
    for _ in 0..=ROUNDS {
        match search.step(index) {
            Step::Need(parts) => parts.into_iter().for_each(|part| index.fail(part)),
            Step::Done(found) => return assert_eq!(found.query, query),
        }
    }
    panic!("{query:?} asks for parts without end");
}

fn suggest(index: &mut Index, query: &str) {
    let mut suggest = Suggest::new(query, 10);
    for _ in 0..=ROUNDS {
        match suggest.step(index) {
            SuggestStep::Need(parts) => parts.into_iter().for_each(|part| index.fail(part)),
            SuggestStep::Done(found) => return assert!(found.len() <= 10),
        }
    }
    panic!("completing {query:?} asks for parts without end");
}
