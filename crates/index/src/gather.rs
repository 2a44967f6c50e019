//! Reads the documents of all input files.

use crate::extract::{Extracted, extract};
use crate::{BuildError, Document, Problem, source};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the input files came to.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The documents, in the order of their files.
    pub documents: Vec<Document>,
    /// What went wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// How many files were found.
    pub files: usize,
    /// How many pages asked not to be indexed, or only send their readers to another page.
    pub n_withheld: usize,
}

/// Reads all documents in files and folders, except at and below `skip`. `progress` is told from time to time how many
/// of how many files are done. Runs on all threads of the current pool, and gives the same for any number of them.
///
/// # Errors
/// `NothingToIndex` when no input was named. An input that cannot be read is a problem among the others.
pub fn gather(
    inputs: &[PathBuf],
    skip: &[PathBuf],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, BuildError> {
    if inputs.is_empty() {
        return Err(BuildError::NothingToIndex { inputs: Vec::new() });
    }
    let (sources, problems) = source::find(inputs, skip);
    let done = AtomicUsize::new(0);
    let extracted: Vec<Extracted> = sources
        .par_iter()
        .map(|source| {
            let extracted = source::read(source)
                .map(|bytes| extract(source, &bytes))
                .unwrap_or_else(|problem| Extracted { problems: vec![problem], ..Extracted::default() });
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, sources.len());
            extracted
        })
        .collect();
    let mut gathered = Gathered { problems, files: sources.len(), ..Gathered::default() };
    for mut extracted in extracted {
        gathered.documents.append(&mut extracted.documents);
        gathered.problems.append(&mut extracted.problems);
        gathered.n_withheld += extracted.n_withheld;
    }
    Ok(gathered)
}
