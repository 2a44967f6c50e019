//! What the builder of an index may choose.

use crate::source::{Pattern, UrlStyle};
use crate::{Rule, Synonyms, Weight};
use std::num::NonZeroU32;
use std::path::PathBuf;

/// Choices of what is read, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputSettings {
    /// Nothing at or below these paths is read.
    pub skip: Vec<PathBuf>,
    /// Of a folder only files are read whose path in it fits one of these; all when there is none.
    pub glob: Vec<Pattern>,
    /// Of a folder no file is read whose path in it fits one of these.
    pub exclude: Vec<Pattern>,
    /// How URLs follow from the paths of files.
    pub urls: UrlStyle,
    /// The weights of documents: the last pattern counts that the path of the file in its input fits, or the URL of
    /// the document.
    pub weights: Vec<(Pattern, Weight)>,
    /// What elements of HTML pages are, beside what their own attributes say.
    pub rules: Vec<Rule>,
}

impl InputSettings {
    /// Whether a file of a folder is read, by its path in that.
    pub(crate) fn wants(&self, name: &str) -> bool {
        let fits = |pattern: &Pattern| pattern.fits(name);
        (self.glob.is_empty() || self.glob.iter().any(fits)) && !self.exclude.iter().any(fits)
    }

    /// The weight of a document with that URL, of a file of that name; `None` where no pattern gives one.
    pub(crate) fn weight(&self, name: &str, url: &str) -> Option<Weight> {
        self.weights
            .iter()
            .rev()
            .find(|(pattern, _)| pattern.fits(name) || pattern.fits(url))
            .map(|found| found.1)
    }
}

/// Choices of a build; every field has a default that suits most sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Language of documents that do not say theirs: a BCP 47 tag. Decides the stemmer. Default `en`.
    pub language: String,
    /// Cut sections into parts of about this many bytes, before deflating, however small the index is. `None` lets the
    /// encoder decide, which makes a small site one part.
    pub part_bytes: Option<usize>,
    /// A level of the directory has at most about this many entries. `None` lets the encoder decide.
    pub level_entries: Option<usize>,
    /// Prepare the prefixes whose words have more postings than this. `None` lets the encoder decide.
    pub prefix_postings: Option<usize>,
    /// The bundle has at most about this many files; on a large site fewer files are larger ones, so that each search
    /// fetches more bytes. Default 10,000.
    pub max_files: usize,
    /// How many bytes of postings are held in memory; what is beyond goes to a temporary file until the bundle is put
    /// together. Never shows in the bundle. Default 256 MiB.
    pub memory: usize,
    /// A document with a date counts half for each time so many days that it is older than the newest document;
    /// `None`, the default, lets all count alike. One without a date counts in full.
    pub half_life_days: Option<NonZeroU32>,
    /// Words that readers may type for others. They are carried and not yet used.
    pub synonyms: Synonyms,
    /// The keys of metadata by which documents can be filtered and sorted. None, the default, chooses every key with short
    /// values that are not nearly all different texts.
    pub columns: Vec<String>,
    /// Whether pages that are others again are kept beside them. Default `false`, which folds them.
    pub keep_duplicates: bool,
    /// Whether the bundle lists the sizes of its files, which a service worker goes by. Default `false`.
    pub lists_sizes: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            part_bytes: None,
            level_entries: None,
            prefix_postings: None,
            max_files: 10_000,
            memory: 256 << 20,
            half_life_days: None,
            synonyms: Synonyms::default(),
            columns: Vec::new(),
            keep_duplicates: false,
            lists_sizes: false,
        }
    }
}
