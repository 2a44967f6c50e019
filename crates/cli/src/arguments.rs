//! What can be typed after `searchlet`.

#![allow(
    rustdoc::broken_intra_doc_links,
    rustdoc::bare_urls,
    reason = "what stands here is read in a terminal"
)]

use std::ffi::OsString;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches as _, Parser, Subcommand};

use crate::configuration::{Duplicates, Ending, MarkEntry, Slash, SynonymEntry, WeightEntry};

/// Search for any web page, with no server.
///
/// `searchlet index` turns a folder of documents into a bundle: static files
/// that any web host can serve, and that answer searches in the reader's browser.
#[derive(Debug, Parser)]
#[command(name = "searchlet", version, max_term_width = 80, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  done, but something was left out or is damaged; stderr says what
  2  the arguments make no sense
  3  nothing was written, or nothing could be opened";

#[derive(Debug, Subcommand)]
pub enum Command {
    // Boxed, since it has many more options than the others.
    Index(Box<Index>),
    Search(Search),
    Serve(Serve),
    Pack(Pack),
    Inspect(Inspect),
    Verify(Verify),
    Config(Config),
}

/// Turn documents into a bundle.
///
/// Reads HTML, Markdown, plain text, JSON and JSON lines. Hidden folders,
/// bundles and whatever -o and --pages name are never read.
///
/// Each option may also stand in searchlet.toml (--urls-base as base under
/// [urls], --max-files as max_files) or in the environment (SEARCHLET_MAX_FILES;
/// lists are parted by ;). A flag overrules the environment, that the file.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet index public                     writes public/searchlet
  searchlet index docs -o site/searchlet     writes site/searchlet
  searchlet index notes -o site/searchlet --pages site
                                             writes a page for each note, too
  searchlet index public --exclude 'drafts/**' --weights 'blog/**=0.5'

Exit codes:
  0  done
  1  done, but documents were left out; stderr says which and why
  2  the arguments make no sense
  3  nothing was written: an earlier bundle is as it was")]
pub struct Index {
    /// Folders or files to index
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Where the bundle goes [default: INPUT/searchlet for one folder,
    /// else ./searchlet]
    #[arg(short, long, value_name = "DIR", env = "SEARCHLET_OUTPUT", hide_env = true)]
    pub output: Option<PathBuf>,

    /// The file with options [default: searchlet.toml, if there is one]
    #[arg(short, long, value_name = "FILE", env = "SEARCHLET_CONFIG", hide_env = true)]
    pub config: Option<PathBuf>,

    /// Print nothing but warnings and errors
    #[arg(short, long, value_name = "BOOL", env = "SEARCHLET_QUIET", hide_env = true, num_args = 0..=1, require_equals = true,
        default_missing_value = "true", hide_possible_values = true,
        value_parser = clap::builder::BoolishValueParser::new())]
    pub quiet: Option<bool>,

    /// Of a folder, only files whose path in it fits a pattern such as
    /// docs/**/*.md; may be given several times
    #[arg(long, value_name = "PATTERN", help_heading = INPUT)]
    pub glob: Vec<String>,

    /// Of a folder, no files whose path in it fits a pattern; may be given
    /// several times
    #[arg(long, value_name = "PATTERN", help_heading = INPUT)]
    pub exclude: Vec<String>,

    /// Language of documents that do not name theirs, as a BCP 47 tag
    /// [default: en]
    #[arg(long, value_name = "TAG", env = "SEARCHLET_LANGUAGE", hide_env = true, help_heading = INPUT)]
    pub language: Option<String>,

    /// HTML pages that are others again, by canonical URL or word for word
    /// [default: fold]
    #[arg(long, value_name = "WHAT", env = "SEARCHLET_DUPLICATES", hide_env = true, help_heading = INPUT)]
    pub duplicates: Option<Duplicates>,

    /// What elements of HTML pages are, such as ".post { body }",
    /// ".menu { ignore }" or "time.on { meta: date[datetime] }"
    #[arg(long, value_name = "RULE", help_heading = INPUT)]
    pub marks: Vec<MarkEntry>,

    /// What stands before each URL, such as docs/ or https://example.org/
    #[arg(long, value_name = "URL", env = "SEARCHLET_URLS_BASE", hide_env = true, help_heading = URLS)]
    pub urls_base: Option<String>,

    /// A final index.html [default: cut]
    #[arg(long, value_name = "WHAT", env = "SEARCHLET_URLS_INDEX_HTML", hide_env = true, help_heading = URLS)]
    pub urls_index_html: Option<Ending>,

    /// A final .html, .htm or .xhtml [default: keep]
    #[arg(long, value_name = "WHAT", env = "SEARCHLET_URLS_HTML", hide_env = true, help_heading = URLS)]
    pub urls_html: Option<Ending>,

    /// The end of a page's URL where one of those was cut: keep makes a/ of
    /// a/index.html and a of a.html, add makes a/ of both, cut makes a
    /// [default: keep]
    #[arg(long, value_name = "WHAT", env = "SEARCHLET_URLS_TRAILING_SLASH", hide_env = true, help_heading = URLS)]
    pub urls_trailing_slash: Option<Slash>,

    /// Keys of metadata to filter by [default: all with short values]
    #[arg(long, value_name = "KEY", help_heading = FILTERS)]
    pub filters: Vec<String>,

    /// Keys of metadata to sort by, beside those to filter by
    #[arg(long, value_name = "KEY", help_heading = FILTERS)]
    pub sort: Vec<String>,

    /// How much documents count whose path or URL fits, from 0.1 to 10; of
    /// several that fit the last counts, such as blog/**=0.5
    #[arg(long, value_name = "PATTERN=N", help_heading = RANKING)]
    pub weights: Vec<WeightEntry>,

    /// A document with a date counts half for each time so many days that it
    /// is older than the newest one [default: all count alike]
    #[arg(long, value_name = "DAYS", env = "SEARCHLET_FRESHNESS_DAYS", hide_env = true, help_heading = RANKING,
        value_parser = clap::value_parser!(u32).range(1..=36_500))]
    pub freshness_days: Option<u32>,

    /// Words that stand for each other, as "car, automobile", or one for
    /// another, as "k8s > kubernetes"
    #[arg(long, value_name = "WORDS", help_heading = RANKING)]
    pub synonyms: Vec<SynonymEntry>,

    /// Also write a plain HTML page for each document that is not HTML
    #[arg(long, value_name = "DIR", env = "SEARCHLET_PAGES", hide_env = true, help_heading = PAGES)]
    pub pages: Option<PathBuf>,

    /// The HTML around the text of such a page, instead of the built-in one
    #[arg(long, value_name = "FILE", env = "SEARCHLET_PAGES_TEMPLATE", hide_env = true, help_heading = PAGES)]
    pub pages_template: Option<PathBuf>,

    /// Also write a service worker, which keeps the search for offline use, to
    /// the site's root, such as public/searchlet-sw.js
    #[arg(long, value_name = "FILE", env = "SEARCHLET_SERVICE_WORKER", hide_env = true, help_heading = PAGES)]
    pub service_worker: Option<PathBuf>,

    /// How many threads to use [default: one for each core]
    #[arg(long, value_name = "N", env = "SEARCHLET_THREADS", hide_env = true, help_heading = RESOURCES,
        value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// At most about so many files; on a large site fewer files are larger
    /// ones, so that each search fetches more bytes [default: 10000]
    #[arg(long, value_name = "N", env = "SEARCHLET_MAX_FILES", hide_env = true, help_heading = RESOURCES,
        value_parser = clap::value_parser!(u32).range(100..=10_000_000))]
    pub max_files: Option<u32>,

    /// How many MB of postings to hold; what is beyond waits in a temporary
    /// file. The bundle is the same for any number [default: 256]
    #[arg(long, value_name = "MB", env = "SEARCHLET_MEMORY", hide_env = true, help_heading = RESOURCES,
        value_parser = clap::value_parser!(u32).range(0..=1_048_576))]
    pub memory: Option<u32>,

    /// Where to keep what the next build may use, so that it takes a fraction
    /// of the time [default: a folder of yours for each bundle]
    #[arg(long, value_name = "DIR", env = "SEARCHLET_CACHE", hide_env = true, help_heading = RESOURCES)]
    pub cache: Option<PathBuf>,

    /// Neither use nor write that; the bundle is the same
    #[arg(long, value_name = "BOOL", env = "SEARCHLET_NO_CACHE", hide_env = true, num_args = 0..=1, require_equals = true,
        default_missing_value = "true", hide_possible_values = true, help_heading = RESOURCES,
        value_parser = clap::builder::BoolishValueParser::new())]
    pub no_cache: Option<bool>,
}

impl Index {
    /// What `searchlet index` would be told by these inputs, a configuration file and the environment.
    ///
    /// Ends the program where that makes no sense, as [`Parser::parse`] does.
    pub fn of(inputs: &[PathBuf], config: Option<&Path>) -> Self {
        let mut arguments: Vec<OsString> = Vec::new();
        arguments.extend(config.into_iter().flat_map(|config| ["-c".into(), config.into()]));
        arguments.push("--".into());
        arguments.extend(inputs.iter().map(|input| input.clone().into_os_string()));
        let command = Self::augment_args(clap::Command::new("searchlet index").no_binary_name(true));
        let matches = command.get_matches_from(arguments);
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

const INPUT: &str = "What is read";
const URLS: &str = "URLs of files";
const FILTERS: &str = "Filters and order";
const RANKING: &str = "What counts";
const PAGES: &str = "Pages";
const RESOURCES: &str = "Resources";

/// Search a bundle from the terminal.
///
/// Answers are those that a reader gets in the browser.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet search public/searchlet \"release notes\"
  searchlet search public/searchlet --json --limit 3 install
  searchlet search public/searchlet --filter kind=news --sort date:desc \"\"
  searchlet search public/searchlet --batch queries.jsonl

Exit codes:
  0  done, also when nothing was found
  1  answered, but parts of the bundle could not be read or lines of the batch
     were not understood; stderr says which
  2  the arguments make no sense
  3  the bundle could not be opened")]
pub struct Search {
    /// A bundle's folder, or the file of a packed bundle
    pub bundle: PathBuf,

    /// What to search for
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub query: Option<String>,

    /// How many hits to show
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub limit: u16,

    /// How many hits to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: u32,

    /// Only documents with a value of their metadata, such as kind=article;
    /// several of one key are a choice, several keys must all hold. Ranges and
    /// more as JSON: '{"price": {"min": 10}}'
    #[arg(long, value_name = "KEY=VALUE")]
    pub filter: Vec<String>,

    /// Count the values of a key among all documents found; may be given
    /// several times
    #[arg(long, value_name = "KEY")]
    pub facet: Vec<String>,

    /// How many values of each to show
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub facet_values: u32,

    /// Sort by keys, such as kind,date:desc, instead of by how well a document
    /// matches
    #[arg(long, value_name = "KEY[:desc]")]
    pub sort: Vec<String>,

    /// Say of each hit how its score comes about
    #[arg(long)]
    pub explain: bool,

    /// Print the answer as one line of JSON
    #[arg(long)]
    pub json: bool,

    /// Answer each line {"q": "…"} of a file with one line of JSON
    /// (- reads standard input); a line may have filters, facets and sort
    #[arg(long, value_name = "FILE.jsonl")]
    pub batch: Option<PathBuf>,

    /// Search documents of this language only, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
}

/// Serve a folder to browsers on this machine.
///
/// Prints the address, then serves until Ctrl-C. Meant for working on a site: a
/// bundle needs no server of its own. Symbolic links are followed.
///
/// At /.searchlet/ queries can be tried: what they are read as, what is found
/// and why, and which files a reader's browser fetches for it.
///
/// With --watch the site is indexed as searchlet.toml says, or as `searchlet
/// index DIR` would, at first and after every change of its files; then open
/// pages reload. A build that fails is told, and the last one stays.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet serve public
  searchlet serve public --watch")]
pub struct Serve {
    /// The folder to serve
    pub dir: PathBuf,

    /// Port to listen on; when it is taken, a free one is used
    #[arg(long, value_name = "N", default_value_t = 4173)]
    pub port: u16,

    /// Address to listen on; 0.0.0.0 lets the whole network in
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// Index the site now and after every change, and reload open pages
    #[arg(long)]
    pub watch: bool,

    /// With --watch, the file with options [default: searchlet.toml, if there
    /// is one]
    #[arg(short, long, value_name = "FILE", requires = "watch")]
    pub config: Option<PathBuf>,
}

/// Put a bundle and its engine into one script, for pages without a host.
///
/// The script works where pages are opened from a file: in a folder, a zip, an
/// application. It brings the same elements as searchlet.js, and searchlet.open().
/// Addresses of hits are relative to the folder in which the script lies.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  searchlet index docs -o bundle
  searchlet pack bundle -o docs/search.js
  <script src=\"search.js\"></script> <searchlet-box></searchlet-box>

Exit codes:
  0  done
  2  the arguments make no sense
  3  nothing was written: the bundle could not be opened, or is damaged")]
pub struct Pack {
    /// A bundle's folder, or the file of a packed bundle
    pub bundle: PathBuf,

    /// Where the script goes
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

/// Say what a bundle holds, or what should be mended.
///
/// With --audit a bundle tells of documents without title or text, of titles that
/// several have, and of URLs and passages that the pages beside it do not have;
/// then what is heaviest. Inputs, read as `searchlet index` would with
/// searchlet.toml, also tell which pages redirect, are withheld (noindex), say no
/// language or are others again; nothing is written.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet inspect public/searchlet           what the bundle holds
  searchlet inspect public/searchlet --audit   what the bundle can tell
  searchlet inspect public --audit             what its inputs tell, too

Exit codes:
  0  done; with --audit: nothing to mend
  1  with --audit: something to mend
  2  the arguments make no sense
  3  the bundle or the inputs could not be opened")]
pub struct Inspect {
    /// A bundle's folder, or the file of a packed bundle; with --audit also
    /// folders or files to index [default with --audit: the inputs that
    /// searchlet.toml names]
    #[arg(value_name = "BUNDLE|INPUT", required_unless_present = "audit")]
    pub what: Vec<PathBuf>,

    /// Print it as one line of JSON
    #[arg(long)]
    pub json: bool,

    /// Say what should be mended
    #[arg(long)]
    pub audit: bool,

    /// With inputs, the file with options [default: searchlet.toml, if there is
    /// one]
    #[arg(short, long, value_name = "FILE", requires = "audit")]
    pub config: Option<PathBuf>,
}

/// Check every byte of a bundle.
///
/// Reads each file, compares it with its digest and decodes it.
#[derive(Args, Debug)]
#[command(after_help = "\
Exit codes:
  0  the bundle is sound
  1  faults were found; stderr says which
  2  the arguments make no sense
  3  the bundle could not be opened")]
pub struct Verify {
    /// A bundle's folder, or the file of a packed bundle
    pub bundle: PathBuf,
}

/// Say what a configuration file may say.
#[derive(Args, Debug)]
pub struct Config {
    /// Print the JSON Schema of searchlet.toml: each option with its
    /// description, range and default
    #[arg(long, required = true)]
    pub schema: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_fits_into_eighty_columns() {
        let mut command = Arguments::command().term_width(80);
        command.build();
        let mut pages = vec![command.render_long_help().to_string()];
        pages.extend(command.get_subcommands_mut().map(|sub| sub.render_long_help().to_string()));
        for line in pages.iter().flat_map(|page| page.lines()) {
            assert!(line.chars().count() <= 80, "{line:?} is too long");
        }
    }
}
