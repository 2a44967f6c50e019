//! Keeps what a build worked out, so that the next one need not work it out again.
//!
//! Each stage has a *memo*: what it made of its inputs, by the digest of these. A stage that is given what it was given
//! before takes the bytes from there, so that a bundle is the same with a cache and without. Nothing is ever told by
//! the time of a file.
//!
//! All of a cache is from one program, told by the digest of its file: any other may work differently.

mod documents;
mod memo;
mod pack;

pub use documents::{fingerprint, read as read_documents, write as write_documents};
pub use memo::{Key, Memo};

use crate::{Problem, Severity};
use rayon::prelude::*;
use searchlet_format::digest;
use std::fs::{self, DirEntry};
use std::io::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;
use xxhash_rust::xxh3::xxh3_128;

/// How the names of files end that are being written.
const ASIDE: &str = ".writing";

/// A file that is still being written after so long was left by a build that was killed.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// What was of no use for so long is removed: the cache of an output, and of a language that no document has any more.
const FORGOTTEN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Where a build keeps what it worked out. The default keeps nothing.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    place: Option<(PathBuf, u128)>,
}

impl Cache {
    /// A cache in a folder, which is made if it is not there. It may be lost or damaged at any time: what is missing
    /// is worked out. Several builds may use one side by side.
    ///
    /// # Errors
    /// A warning when the folder cannot be made; [`Cache::default`] then does without.
    pub fn at(folder: &Path) -> Result<Self, Problem> {
        let program = std::env::current_exe().and_then(fs::read).map_err(|error| problem(folder, &error))?;
        fs::create_dir_all(folder).map_err(|error| problem(folder, &error))?;
        sweep(folder);
        Ok(Self { place: Some((folder.to_owned(), xxh3_128(&program))) })
    }

    /// The cache of the builds into `output`, among those of others in a folder: it has a name that follows from where the
    /// output lies. Caches there that were of no use for a month are removed.
    ///
    /// # Errors
    /// As [`Cache::at`].
    pub fn among_others(folder: &Path, output: &Path) -> Result<Self, Problem> {
        let output = std::path::absolute(output).map_err(|error| problem(folder, &error))?;
        let name = format!("{:016x}", digest(output.as_os_str().as_encoded_bytes()));
        let cache = Self::at(&folder.join(&name))?;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let other = entry.file_name();
            let other = other.to_string_lossy();
            if *other != *name
                && other.len() == name.len()
                && other.bytes().all(|byte| byte.is_ascii_hexdigit())
            {
                forget(&entry.path());
            }
        }
        Ok(cache)
    }

    /// Opens the memos of encoding documents of a language.
    pub(crate) fn memos(&self, language: &str) -> Memos {
        let names = ["terms", "prefixes", "texts", "parts"];
        let open = |name: &str| self.memo(&format!("{language}.{name}"));
        let mut memos = names.into_par_iter().map(open).collect::<Vec<_>>().into_iter();
        let mut next = || memos.next().unwrap_or_default();
        Memos { terms: next(), prefixes: next(), texts: next(), parts: next() }
    }

    /// Writes what the memos of encoding have learned; the first that could not be written is a warning.
    pub(crate) fn keep_all(&self, memos: Memos) -> Option<Problem> {
        let Memos { terms, prefixes, texts, parts } = memos;
        let memos = [terms, prefixes, texts, parts];
        let problems: Vec<Option<Problem>> = memos.into_par_iter().map(|memo| self.keep(memo)).collect();
        problems.into_iter().flatten().next()
    }

    /// Whether anything is kept.
    pub(crate) const fn is_on(&self) -> bool {
        self.place.is_some()
    }

    /// Opens the memo of a stage. It is to be opened when the stage begins and kept when it ends, for it takes up memory.
    pub(crate) fn memo(&self, name: &str) -> Memo {
        match &self.place {
            Some((folder, program)) => Memo::open(folder, name, *program),
            None => Memo::default(),
        }
    }

    /// Writes what a memo has learned; what could not be written is a warning.
    pub(crate) fn keep(&self, memo: Memo) -> Option<Problem> {
        let error = memo.keep().err()?;
        self.place.as_ref().map(|(folder, _)| problem(folder, &error))
    }
}

/// What encoding remembers.
#[derive(Debug, Default)]
pub struct Memos {
    /// The bodies of groups.
    pub terms: Memo,
    /// The bodies of prefixes.
    pub prefixes: Memo,
    /// The blocks of text of chapters, deflated.
    pub texts: Memo,
    /// Other parts, deflated.
    pub parts: Memo,
}

fn problem(folder: &Path, error: &Error) -> Problem {
    Problem {
        severity: Severity::Warning,
        path: folder.to_owned(),
        line: None,
        what: format!(
            "the cache cannot be used there ({error}), so the next build takes as long as this one"
        ),
        next: "make room or name another folder with --cache, or do without by --no-cache".to_owned(),
    }
}

/// Removes a cache that was of no use for long; other files that lie there stay.
fn forget(folder: &Path) {
    let files: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    if files.iter().all(|file| age(file).is_some_and(|age| age > FORGOTTEN)) {
        for file in files.iter().filter(|file| memo::is_ours(&file.file_name().to_string_lossy())) {
            let _ = fs::remove_file(file.path());
        }
        // Succeeds only for a folder that is empty.
        let _ = fs::remove_dir(folder);
    }
}

/// How long ago a file was written.
fn age(file: &DirEntry) -> Option<Duration> {
    file.metadata().and_then(|file| file.modified()).ok()?.elapsed().ok()
}

/// Removes what builds that were killed have left half written, and what was of no use for long.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let limit = if name.ends_with(ASIDE) { ABANDONED } else { FORGOTTEN };
        if memo::is_ours(&name) && age(&entry).is_some_and(|age| age > limit) {
            // That it cannot be removed changes nothing.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
