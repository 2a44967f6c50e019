//! The options of `searchlet index`, however they are given.

mod check;
mod file;
mod layers;
mod schema;
mod settings;

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use file::USUAL;
pub use schema::schema;

/// The options of `searchlet index`. A path is relative to the folder of this file.
///
/// Each option is also a flag (`urls.index_html` is `--urls-index-html`) and an environment variable
/// (`SEARCHLET_URLS_INDEX_HTML`). A flag overrules the variable, that this file, and that the default.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "searchlet.toml")]
pub struct Configuration {
    /// Folders or files to index.
    pub inputs: Vec<PathBuf>,
    /// Where the bundle goes. Without it INPUT/searchlet for one folder, else ./searchlet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<PathBuf>,
    /// Of a folder, only files whose path in it fits one of these patterns; all when there is none. `*` stays within
    /// a name, `**` stands for any folders.
    pub glob: Vec<String>,
    /// Of a folder, no files whose path in it fits one of these patterns.
    pub exclude: Vec<String>,
    /// Language of documents that do not name theirs, as a BCP 47 tag.
    pub language: String,
    /// Folder for a plain HTML page of each document that is not HTML. Without it there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<PathBuf>,
    /// The HTML around the text of such a page, instead of the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages_template: Option<PathBuf>,
    /// Where a service worker goes that keeps the search for offline use: into the site's root, above the bundle. Without it
    /// there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_worker: Option<PathBuf>,
    /// What becomes of HTML pages that are others again, by their canonical URL or word for word.
    pub duplicates: Duplicates,
    /// A document with a `date` counts half for each time so many days that it is older than the newest document, down
    /// to a tenth. Without it all count alike; a document without a date counts in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 36_500))]
    pub freshness_days: Option<u32>,
    /// How much documents count, 1 being usual; of several patterns that fit the last counts.
    pub weights: Vec<WeightEntry>,
    /// What elements of HTML pages are, beside what their own attributes (`data-searchlet-body` and the like) say.
    pub marks: Vec<MarkEntry>,
    /// Words that readers may type for others.
    #[schemars(length(max = 10_000))]
    pub synonyms: Vec<SynonymEntry>,
    /// Keys of metadata to filter by. Without any here and in `sort`, all with short values that are not nearly all
    /// different texts.
    pub filters: Vec<String>,
    /// Keys of metadata to sort by, beside those to filter by.
    pub sort: Vec<String>,
    /// How URLs follow from the paths of files.
    pub urls: Urls,
    /// How many threads to use. Without it one for each core.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 1024))]
    pub threads: Option<u16>,
    /// At most about so many files; on a large site fewer files are larger ones, so that each search fetches more bytes.
    #[schemars(range(min = 100, max = 10_000_000))]
    pub max_files: u32,
    /// How many MB of postings to hold; what is beyond waits in a temporary file. The bundle is the same for any number.
    #[schemars(range(min = 0, max = 1_048_576))]
    pub memory: u32,
    /// Folder for what the next build may use. Without it one of the user's, which follows from where the bundle goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<PathBuf>,
    /// Neither use a cache nor write one. The bundle is the same.
    pub no_cache: bool,
    /// Print nothing but warnings and errors.
    pub quiet: bool,
}

impl Default for Configuration {
    fn default() -> Self {
        let settings = searchlet_index::Settings::default();
        Self {
            inputs: Vec::new(),
            output: None,
            glob: Vec::new(),
            exclude: Vec::new(),
            language: settings.language,
            pages: None,
            pages_template: None,
            service_worker: None,
            duplicates: Duplicates::Fold,
            freshness_days: None,
            weights: Vec::new(),
            marks: Vec::new(),
            synonyms: Vec::new(),
            filters: Vec::new(),
            sort: Vec::new(),
            urls: Urls::default(),
            threads: None,
            max_files: settings.max_files as u32,
            memory: (settings.memory >> 20) as u32,
            cache: None,
            no_cache: false,
            quiet: false,
        }
    }
}

/// How URLs follow from the paths of files. What a record says of its URL stands.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Urls {
    /// What stands before every URL, such as `docs/` or `https://example.org/`.
    pub base: String,
    /// What becomes of a final `index.html`.
    pub index_html: Ending,
    /// What becomes of a final `.html`, `.htm` or `.xhtml`.
    pub html: Ending,
    /// How the URL of a page ends where one of those was cut: `keep` gives `a/` for a/index.html and `a` for a.html,
    /// `add` gives `a/` for both, `cut` gives `a` for both.
    pub trailing_slash: Slash,
}

impl Default for Urls {
    fn default() -> Self {
        Self { base: String::new(), index_html: Ending::Cut, html: Ending::Keep, trailing_slash: Slash::Keep }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Duplicates {
    Fold,
    Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    Keep,
    Cut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Slash {
    Keep,
    Add,
    Cut,
}

/// How much some documents count.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeightEntry {
    /// A pattern of paths of files in their folder, or of URLs.
    pub glob: String,
    /// Below 1 what words of such a document count is multiplied by it; above 1 each counts as if it stood there so many
    /// times as often.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub weight: f64,
}

impl FromStr for WeightEntry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (glob, weight) = text.rsplit_once('=').ok_or("expected PATTERN=N, such as blog/**=0.5")?;
        let weight = weight.trim().parse().map_err(|_| format!("{weight:?} is no number from 0.1 to 10"))?;
        Ok(Self { glob: glob.trim().to_owned(), weight })
    }
}

/// What some elements of HTML pages are.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkEntry {
    /// A pattern of paths of files in their folder, or of URLs; without it all pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glob: Option<String>,
    /// A selector as in CSS, of types, ids, classes and attributes, such as `main .post > time[datetime]`.
    pub selector: String,
    /// What its elements are.
    pub mark: MarkName,
    /// What the attribute of that name would say: `all` for ignore, keys such as `image[src]` for meta, filter and sort,
    /// a number for weight.
    #[serde(default)]
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum MarkName {
    Body,
    Ignore,
    Title,
    Meta,
    DefaultMeta,
    Filter,
    Sort,
    Weight,
    IndexAttrs,
}

impl FromStr for MarkEntry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.strip_suffix('}').and_then(|text| text.rsplit_once('{'));
        let (selector, inside) = parts.ok_or("expected SELECTOR { MARK: VALUE }, such as .post { body }")?;
        let (mark, value) = inside.split_once(':').unwrap_or((inside, ""));
        let mark = MarkName::from_str(mark.trim(), false)?;
        Ok(Self { glob: None, selector: selector.trim().to_owned(), mark, value: value.trim().to_owned() })
    }
}

/// Words, or phrases of up to three words, that stand for each other: either `words`, or `from` and `to`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SynonymEntry {
    /// Whoever types one of these also finds the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<Vec<String>>,
    /// Whoever types one of these also finds those of `to`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Vec<String>>,
    /// What those who type one of `from` also find.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Vec<String>>,
}

impl FromStr for SynonymEntry {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let list = |text: &str| Some(text.split(',').map(|phrase| phrase.trim().to_owned()).collect());
        Ok(match text.split_once('>') {
            Some((from, to)) => Self { from: list(from), to: list(to), words: None },
            None => Self { words: list(text), from: None, to: None },
        })
    }
}
