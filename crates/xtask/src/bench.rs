//! Running the benchmarks: of hot functions, or of a whole corpus beside other searches.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    peers,
    place::{Place, say},
};

/// Which benchmarks.
#[derive(Args)]
pub struct Options {
    /// A folder of HTML or a .jsonl file: compare Searchlet with its peers on it, write docs/benchmarks.*; without it,
    /// run the criterion benchmarks
    #[arg(value_name = "CORPUS")]
    corpus: Option<PathBuf>,
    #[command(flatten)]
    comparison: peers::Comparison,
    /// Options of criterion, such as the beginning of a benchmark's name
    #[arg(value_name = "FILTER", last = true, conflicts_with = "corpus")]
    criterion: Vec<String>,
}

/// Without a corpus every `benches/` folder of the workspace, by criterion.
pub fn run(place: &Place, options: &Options) -> Result<()> {
    if let Some(corpus) = &options.corpus {
        return peers::compare(place, corpus, &options.comparison);
    }
    say("running the benchmarks");
    place
        .cargo()
        // Only benchmark targets: the libraries' test harness does not know criterion's options.
        .args(["bench", "--workspace", "--bench", "*", "--"])
        .args(&options.criterion)
        .run()
        .with_context(|| {
            format!(
                "the benchmarks failed; reports of earlier runs are in {}",
                place.target.join("criterion").display()
            )
        })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;

    use super::Options;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    fn read(line: &str) -> Result<Options, clap::Error> {
        Line::try_parse_from(line.split(' ')).map(|line| line.options)
    }

    #[test]
    fn a_corpus_and_a_filter_are_told_apart() {
        let corpus = read("bench site --peers pagefind --items 5").unwrap();
        assert_eq!(corpus.corpus.as_deref(), Some(Path::new("site")));
        let filter = read("bench -- terms --quick").unwrap();
        assert_eq!((filter.corpus, filter.criterion), (None, vec!["terms".to_owned(), "--quick".to_owned()]));
    }

    #[test]
    fn what_makes_no_sense_together_is_refused() {
        assert!(read("bench site -- terms").is_err());
        assert!(read("bench --peers pagefind").is_err());
    }
}
