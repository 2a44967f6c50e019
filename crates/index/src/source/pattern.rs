//! Patterns that paths may fit.

use globset::{Glob, GlobBuilder, GlobMatcher};
use std::fmt;

/// A pattern of paths: `*` and `?` stand for letters of one name, `**` for any number of folders, `{a,b}` for either,
/// `[a-z]` for a letter. It is compared with the whole path, which is relative and has `/` between its names.
///
/// ```
/// use searchlet_index::source::Pattern;
///
/// let drafts = Pattern::new("**/drafts/**").unwrap();
/// assert!(drafts.fits("blog/drafts/tea.md") && !drafts.fits("blog/tea.md"));
/// ```
#[derive(Clone, Debug)]
pub struct Pattern {
    whole: GlobMatcher,
    /// Of a pattern of all that is in some folder, the folder.
    folder: Option<GlobMatcher>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is empty or cannot be read; says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let error = |what: String| PatternError { pattern: pattern.to_owned(), what };
        if pattern.is_empty() {
            return Err(error("it is empty".to_owned()));
        }
        let read = |pattern: &str| -> Result<Glob, PatternError> {
            let glob = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).build();
            glob.map_err(|fault| error(fault.kind().to_string()))
        };
        let folder = pattern.strip_suffix("/**").filter(|folder| !folder.is_empty()).map(read).transpose()?;
        let folder = folder.map(|folder| folder.compile_matcher());
        Ok(Self { whole: read(pattern)?.compile_matcher(), folder })
    }

    /// Whether a path fits the pattern.
    #[must_use]
    pub fn fits(&self, path: &str) -> bool {
        self.whole.is_match(path)
    }

    /// Whether all that is in a folder fits the pattern, so that nobody has to look into it.
    pub(super) fn fits_all_in(&self, folder: &str) -> bool {
        self.folder.as_ref().is_some_and(|matcher| matcher.is_match(folder))
    }

    /// The pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.whole.glob().glob()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

/// Why something is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What was to be one.
    pub pattern: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{}\" is no pattern of paths: {}; write one such as blog/**", self.pattern, self.what)
    }
}

impl std::error::Error for PatternError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_two_do_not() {
        for (pattern, path, fits) in [
            ("*.md", "a.md", true),
            ("*.md", "b/a.md", false),
            ("**/*.md", "b/c/a.md", true),
            ("**/*.md", "a.md", true),
            ("blog/**", "blog/a/b.md", true),
            ("blog/**", "blogs/a.md", false),
            ("{blog,news}/*", "news/a.md", true),
        ] {
            assert_eq!(Pattern::new(pattern).expect("a pattern").fits(path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn folders_are_told_whose_files_all_fit() {
        let fits_all_in =
            |pattern: &str, folder: &str| Pattern::new(pattern).expect("a pattern").fits_all_in(folder);
        assert!(fits_all_in("a/**", "a") && fits_all_in("**/a/**", "b/a"));
        assert!(!fits_all_in("a/**", "b") && !fits_all_in("a/*", "a") && !fits_all_in("**/a", "a"));
    }

    #[test]
    fn what_is_no_pattern_is_named() {
        for pattern in ["", "a[", "{a"] {
            assert_eq!(Pattern::new(pattern).expect_err("no pattern").pattern, pattern);
        }
    }
}
