//! Keeps runs in memory as far as they may take it, beyond that in a temporary file.
//!
//! The file has no name wherever the system allows that, and is gone when it is closed, however the program ends.

use crate::{BuildError, varint};
use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Buffers of the readers of a file take this many bytes each, as long as all of them together stay within the memory
/// that the runs may take. A run is about a megabyte, so that is a few
/// reads for each.
const BUFFER_BYTES: usize = 64 << 10;

/// Below this many bytes a buffer would cost more reads than it saves memory.
const MIN_BUFFER_BYTES: usize = 4 << 10;

/// Takes in runs, from any thread.
pub struct Store {
    memory: usize,
    folder: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    held: usize,
    n_spilled: usize,
    file: Option<File>,
    end: u64,
}

/// A run that a store has taken in.
#[derive(Debug)]
pub enum Run {
    /// It is here.
    Held(Vec<u8>),
    /// It is a stretch of the file.
    Spilled {
        /// Where it begins.
        start: u64,
        /// Where it ends.
        end: u64,
    },
}

impl Store {
    /// Begins with nothing; `memory` is how many bytes of runs are held, `folder` where the file goes.
    pub fn new(memory: usize, folder: PathBuf) -> Self {
        Self { memory, folder, inner: Mutex::default() }
    }

    /// Takes in a run.
    ///
    /// # Errors
    /// `Spill` when the file cannot be made or written.
    pub fn keep(&self, mut run: Vec<u8>) -> Result<Run, BuildError> {
        // A panic in another thread ends the build, whatever is done here.
        let mut inner = self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if inner.held + run.len() <= self.memory {
            inner.held += run.len();
            run.shrink_to_fit();
            return Ok(Run::Held(run));
        }
        inner.append(&run, &self.folder).map_err(|source| failed(&self.folder, source))
    }

    /// Ends the taking in: what was spilled can be read.
    pub fn finish(self) -> Spilled {
        let inner = self.inner.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let share = self.memory / inner.n_spilled.max(1);
        Spilled { file: inner.file, folder: self.folder, buffer: share.clamp(MIN_BUFFER_BYTES, BUFFER_BYTES) }
    }
}

impl Inner {
    fn append(&mut self, run: &[u8], folder: &Path) -> std::io::Result<Run> {
        if self.file.is_none() {
            self.file = Some(tempfile::tempfile_in(folder)?);
        }
        let Some(file) = &mut self.file else { return Err(ErrorKind::NotFound.into()) };
        file.write_all(run)?;
        let start = self.end;
        self.end += run.len() as u64;
        self.n_spilled += 1;
        Ok(Run::Spilled { start, end: self.end })
    }
}

fn failed(folder: &Path, source: Error) -> BuildError {
    BuildError::Spill { path: folder.to_owned(), source }
}

/// The file of the runs that were spilled.
pub struct Spilled {
    file: Option<File>,
    folder: PathBuf,
    buffer: usize,
}

/// Reads a run from its beginning to its end.
#[derive(Debug)]
pub struct RunReader {
    buffer: Vec<u8>,
    at: usize,
    /// What of the run is still in the file.
    rest: std::ops::Range<u64>,
}

impl RunReader {
    /// Begins to read a run.
    pub fn new(run: Run) -> Self {
        match run {
            Run::Held(buffer) => Self { buffer, at: 0, rest: 0..0 },
            Run::Spilled { start, end } => Self { buffer: Vec::new(), at: 0, rest: start..end },
        }
    }

    /// Whether all was read.
    pub fn is_done(&self) -> bool {
        self.at == self.buffer.len() && self.rest.is_empty()
    }

    /// Steps over the next `length` bytes and gives them.
    ///
    /// # Errors
    /// `Spill` when the file cannot be read, or is shorter than what was written to it.
    pub fn take(&mut self, length: usize, spilled: &mut Spilled) -> Result<&[u8], BuildError> {
        self.fill(length, spilled)?;
        let start = self.at;
        self.at += length;
        self.buffer.get(start..self.at).ok_or_else(|| spilled.cut_short())
    }

    /// Steps over the next number and gives it.
    ///
    /// # Errors
    /// As [`RunReader::take`].
    pub fn number(&mut self, spilled: &mut Spilled) -> Result<u32, BuildError> {
        self.fill(varint::MAX_BYTES, spilled)?;
        let mut rest = self.buffer.get(self.at..).unwrap_or_default();
        let number = varint::read(&mut rest).ok_or_else(|| spilled.cut_short())?;
        self.at = self.buffer.len() - rest.len();
        Ok(number)
    }

    /// Has the next `length` bytes in the buffer, or as many as are left.
    fn fill(&mut self, length: usize, spilled: &mut Spilled) -> Result<(), BuildError> {
        if self.buffer.len() - self.at >= length || self.rest.is_empty() {
            return Ok(());
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let left = usize::try_from(self.rest.end - self.rest.start).unwrap_or(usize::MAX);
        let wanted = (length - self.buffer.len()).max(spilled.buffer).min(left);
        let from = self.buffer.len();
        self.buffer.resize(from + wanted, 0);
        spilled.read(self.rest.start, &mut self.buffer[from..])?;
        self.rest.start += wanted as u64;
        Ok(())
    }
}

impl Spilled {
    fn read(&mut self, start: u64, into: &mut [u8]) -> Result<(), BuildError> {
        let Some(file) = &mut self.file else { return Err(self.cut_short()) };
        file.seek(SeekFrom::Start(start))
            .and_then(|_| file.read_exact(into))
            .map_err(|source| failed(&self.folder, source))
    }

    /// What to say when there is less to read than was written.
    pub fn cut_short(&self) -> BuildError {
        failed(&self.folder, ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_come_back_from_memory_and_file(
            runs in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..9000), 0..6),
            memory in 0usize..20_000,
            step in 1usize..5000,
        ) {
            let store = Store::new(memory, std::env::temp_dir());
            let kept: Vec<Run> = runs.iter().map(|run| store.keep(run.clone()).expect("kept")).collect();
            let held: usize = kept.iter().map(|run| if let Run::Held(run) = run { run.len() } else { 0 }).sum();
            prop_assert!(held <= memory);
            let mut spilled = store.finish();
            let mut readers: Vec<(RunReader, Vec<u8>)> =
                kept.into_iter().map(|run| (RunReader::new(run), Vec::new())).collect();
            // In turns, since a merge reads that way.
            while readers.iter().any(|(reader, _)| !reader.is_done()) {
                for ((reader, read), run) in readers.iter_mut().zip(&runs) {
                    let length = step.min(run.len() - read.len());
                    read.extend_from_slice(reader.take(length, &mut spilled).expect("read"));
                }
            }
            for ((mut reader, read), run) in readers.into_iter().zip(runs) {
                prop_assert_eq!(read, run);
                prop_assert!(reader.take(1, &mut spilled).is_err(), "there is no more");
            }
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().expect("a folder").path().join("gone");
        let store = Store::new(2, folder.clone());
        assert!(matches!(store.keep(vec![1, 2]), Ok(Run::Held(_))), "nothing is written without need");
        let error = store.keep(vec![3]).expect_err("no folder");
        assert!(error.to_string().contains(&folder.display().to_string()), "{error}");
    }

    #[test]
    fn nothing_is_left_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::new(0, folder.path().to_owned());
        store.keep(vec![1; 100]).expect("kept");
        drop(store.finish());
        assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 0);
    }
}
