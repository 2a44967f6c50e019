//! Why bytes are refused.

use std::fmt;

/// Why a file or section of a bundle cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormatError {
    /// The bytes end too soon, or a length points beyond them.
    Truncated {
        /// What was being read.
        section: &'static str,
    },
    /// The bytes are not what this kind of file begins with: often an error page of the host.
    NotOurs {
        /// What was being read.
        section: &'static str,
    },
    /// The bundle is of another format version.
    Version {
        /// The version that this reader knows.
        expected: u16,
        /// The version that was found.
        found: u16,
    },
    /// The index was made by another version of the analyser.
    Analyser {
        /// The version that this reader has.
        expected: u16,
        /// The version that was found.
        found: u16,
    },
    /// The digest of the bytes is not the one that was promised.
    Digest {
        /// The digest that was promised.
        expected: u64,
        /// The digest of the bytes.
        found: u64,
    },
    /// A value that no writer writes.
    Invalid {
        /// What was being read.
        section: &'static str,
        /// Which value.
        value: &'static str,
    },
}

impl fmt::Display for FormatError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { section } => write!(out, "the {section} is cut short"),
            Self::NotOurs { section } => write!(out, "this is no {section} of a Searchlet bundle"),
            Self::Version { expected, found } if found > expected => write!(
                out,
                "the bundle has format version {found}, and this Searchlet reads version {expected}; use the Searchlet \
                 that wrote it, or index again with this one"
            ),
            Self::Version { expected, found } => write!(
                out,
                "the bundle has format version {found}, and this Searchlet reads version {expected}; index again"
            ),
            Self::Analyser { expected, found } => write!(
                out,
                "the bundle was analysed by version {found}, and this Searchlet has version {expected}; index again \
                 with this Searchlet, or search with the one that wrote it"
            ),
            Self::Digest { expected, found } => write!(
                out,
                "the bytes were altered on the way (digest {found:016x}, not {expected:016x}); copy the bundle again"
            ),
            Self::Invalid { section, value } => write!(out, "the {section} holds an impossible {value}"),
        }
    }
}

impl std::error::Error for FormatError {}
