//! An index that is stepped by hand, so that its rounds of requests are seen.

use super::corpus::ALL;
use searchlet_index::{Document, Settings, build};
use searchlet_search::{
    Envelope, Expected, Found, Index, Options, PartId, ROOT, Root, Search, Step, Suggest, SuggestStep,
};
use std::collections::BTreeMap;

/// An open index beside the files of its bundle.
pub struct ByHand {
    index: Index,
    files: BTreeMap<String, Vec<u8>>,
}

impl ByHand {
    pub fn new(documents: &[Document], settings: &Settings) -> Self {
        let built = build(documents.to_vec(), &[], settings).expect("there are documents");
        let files: BTreeMap<String, Vec<u8>> =
            built.bundle.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
        let root = Root::read(&String::from_utf8_lossy(&files[ROOT])).expect("the root was written");
        let head = |(file, digest): (&str, u64)| inflated(&files[file], Expected::Head(digest));
        let heads = root.heads.iter().map(|entry| (&*entry.file, entry.digest().expect("a digest")));
        let heads: Vec<Vec<u8>> = heads.map(head).collect();
        let index = Index::open(heads.iter().map(Vec::as_slice)).expect("the heads were written");
        Self { index, files }
    }

    /// How many levels of the directory lie in parts, one below the other.
    pub fn depth(&mut self) -> usize {
        let mut depth = 0;
        loop {
            let levels = self.index.levels();
            if levels.is_empty() {
                return depth;
            }
            self.supply(levels);
            depth += 1;
        }
    }

    /// Lets go of all parts between searches, so that each is a reader's first.
    pub fn forget(&mut self) {
        self.index.keep(0);
    }

    /// The answer, with the number of files of each round of requests.
    pub fn search(&mut self, query: &str, options: Options) -> (Found, Vec<usize>) {
        let mut search = Search::new(query, options);
        let mut rounds = Vec::new();
        loop {
            match search.step(&mut self.index) {
                Step::Done(found) => return (found, rounds),
                Step::Need(parts) => {
                    rounds.push(parts.len());
                    self.supply(parts);
                }
            }
        }
    }

    /// The number of files of each round that completing asks for.
    pub fn suggest(&mut self, text: &str) -> Vec<usize> {
        let mut suggest = Suggest::new(text, ALL.limit);
        let mut rounds = Vec::new();
        while let SuggestStep::Need(parts) = suggest.step(&mut self.index) {
            rounds.push(parts.len());
            self.supply(parts);
        }
        rounds
    }

    fn supply(&mut self, parts: Vec<PartId>) {
        assert!(!parts.is_empty(), "a round asks for something");
        for id in parts {
            let (name, expected) = self.index.file(id);
            let raw = inflated(&self.files[&name], expected);
            self.index.supply(id, raw).expect("the part was written");
        }
    }
}

fn inflated(file: &[u8], expected: Expected) -> Vec<u8> {
    let envelope = Envelope::open(file, expected).expect("it was sealed");
    miniz_oxide::inflate::decompress_to_vec(envelope.payload).expect("it was deflated")
}
