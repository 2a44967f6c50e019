//! Why a build ends without a bundle.

use std::fmt;
use std::path::PathBuf;

/// Why nothing was written. Whatever bundle stood there before still stands.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No input holds a document.
    NothingToIndex {
        /// Where was looked.
        inputs: Vec<PathBuf>,
    },
    /// An input does not exist or cannot be opened.
    Input {
        /// The input as the user named it.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The bundle cannot be written.
    Write {
        /// The file or folder concerned.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Postings that memory has no room for cannot be kept in a temporary file.
    Spill {
        /// The folder of the file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder for the bundle holds things that are no bundle, and would be mixed with it.
    NotABundle {
        /// The folder.
        path: PathBuf,
    },
    /// There are more documents, or larger ones, than the format can hold.
    TooLarge {
        /// What there is too much of.
        what: &'static str,
        /// How much the format can hold.
        limit: u64,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToIndex { inputs } => {
                let inputs: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
                write!(
                    out,
                    "{}: no document to index; name a folder with .html, .md, .txt, .json or .jsonl files",
                    inputs.join(", ")
                )
            }
            Self::Input { path, source } => {
                write!(
                    out,
                    "{}: cannot be read ({source}); check the path and its permissions",
                    path.display()
                )
            }
            Self::Write { path, source } => write!(
                out,
                "{}: cannot be written ({source}); the bundle that was there is untouched; make room or choose \
                 another folder with -o",
                path.display()
            ),
            Self::Spill { path, source } => write!(
                out,
                "{}: the postings that memory has no room for cannot be kept there ({source}); make room, set TMPDIR \
                 to another folder, or allow more memory with --memory",
                path.display()
            ),
            Self::NotABundle { path } => write!(
                out,
                "{}: the folder holds other files and no bundle; choose an empty or new folder with -o",
                path.display()
            ),
            Self::TooLarge { what, limit } => {
                write!(
                    out,
                    "too many {what}: a bundle holds {limit} at most; split the site into several bundles"
                )
            }
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Input { source, .. } | Self::Write { source, .. } | Self::Spill { source, .. } => {
                Some(source)
            }
            _ => None,
        }
    }
}
