//! What the builder of an index may choose.

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
        }
    }
}
