//! What went wrong while building, told to a person.

use std::fmt;
use std::path::PathBuf;

/// How much a [`Problem`] took with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Everything was indexed; something deserves a look.
    Warning,
    /// A document was left out.
    LeftOut,
}

/// One thing that a person should know: where, what happened, and what to do next.
///
/// Messages start lower-case, carry the values concerned and end without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it cost.
    pub severity: Severity,
    /// The file, as the user named it.
    pub path: PathBuf,
    /// The line in the file, from 1, where one is to blame.
    pub line: Option<usize>,
    /// What happened.
    pub what: String,
    /// What the person can do about it.
    pub next: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        write!(out, ": {}; {}", self.what, self.next)
    }
}
