//! Why an index cannot be searched at all.

use searchlet_format::FormatError;
use std::fmt;

/// Why an index cannot be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// A file of the bundle is not there, or cannot be read.
    Missing {
        /// Its name in the bundle.
        file: String,
        /// What the reader said.
        reason: String,
    },
    /// A file of the bundle is not what it should be.
    Format {
        /// Its name in the bundle.
        file: String,
        /// Why it was refused.
        error: FormatError,
    },
    /// The bundle has no documents in this language.
    Language {
        /// What was asked for.
        wanted: String,
        /// What there is.
        known: Vec<String>,
    },
}

impl fmt::Display for OpenError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { file, reason } => {
                write!(out, "{file}: cannot be read ({reason}); check that the whole bundle was copied")
            }
            Self::Format { file, error } => write!(out, "{file}: {error}"),
            Self::Language { wanted, known } => {
                write!(out, "no documents in language \"{wanted}\"; the bundle has {}", known.join(", "))
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Format { error, .. } => Some(error),
            _ => None,
        }
    }
}
