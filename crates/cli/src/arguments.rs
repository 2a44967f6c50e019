//! What can be typed after `searchlet`.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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
    Index(Index),
    Search(Search),
    Serve(Serve),
    Inspect(Inspect),
    Verify(Verify),
}

/// Turn documents into a bundle.
///
/// Reads HTML, Markdown, plain text, JSON and JSON lines. Hidden folders,
/// bundles and whatever -o and --pages name are never read.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet index public                     writes public/searchlet
  searchlet index docs -o site/searchlet     writes site/searchlet
  searchlet index notes -o site/searchlet --pages site
                                             writes a page for each note, too

Exit codes:
  0  done
  1  done, but documents were left out; stderr says which and why
  2  the arguments make no sense
  3  nothing was written: an earlier bundle is as it was")]
pub struct Index {
    /// Folders or files to index
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,

    /// Where the bundle goes [default: INPUT/searchlet for one folder,
    /// else ./searchlet]
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,

    /// Language of documents that do not name theirs, as a BCP 47 tag
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,

    /// Also write a plain HTML page for each document that is not HTML
    #[arg(long, value_name = "DIR")]
    pub pages: Option<PathBuf>,

    /// The HTML around the text of such a page, instead of the built-in one
    #[arg(long, value_name = "FILE", requires = "pages")]
    pub pages_template: Option<PathBuf>,

    /// How many threads to use [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// At most about so many files; on a large site fewer files are larger
    /// ones, so that each search fetches more bytes
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(50..))]
    pub max_files: u32,

    /// How many MB of postings to hold; what is beyond waits in a temporary
    /// file. The bundle is the same for any number
    #[arg(long, value_name = "MB", default_value_t = 256)]
    pub memory: u32,

    /// Print nothing but warnings and errors
    #[arg(short, long)]
    pub quiet: bool,
}

/// Search a bundle from the terminal.
///
/// Answers are those that a reader gets in the browser.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  searchlet search public/searchlet \"release notes\"
  searchlet search public/searchlet --json --limit 3 install
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

    /// Say of each hit how its score comes about
    #[arg(long)]
    pub explain: bool,

    /// Print the answer as one line of JSON
    #[arg(long)]
    pub json: bool,

    /// Answer each line {"q": "…"} of a file with one line of JSON
    /// (- reads standard input)
    #[arg(long, value_name = "FILE.jsonl")]
    pub batch: Option<PathBuf>,

    /// Search documents of this language only, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
}

/// Serve a folder to browsers on this machine.
///
/// Prints the address, then serves until Ctrl-C. Meant for trying a site out:
/// a bundle needs no server of its own. Symbolic links are followed.
#[derive(Args, Debug)]
pub struct Serve {
    /// The folder to serve
    pub dir: PathBuf,

    /// Port to listen on; when it is taken, a free one is used
    #[arg(long, value_name = "N", default_value_t = 4173)]
    pub port: u16,

    /// Address to listen on; 0.0.0.0 lets the whole network in
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub host: IpAddr,
}

/// Say what a bundle holds.
#[derive(Args, Debug)]
pub struct Inspect {
    /// A bundle's folder, or the file of a packed bundle
    pub bundle: PathBuf,

    /// Print it as one line of JSON
    #[arg(long)]
    pub json: bool,
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
