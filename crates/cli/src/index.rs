//! `searchlet index`: documents become a bundle.

use std::io::Write as _;
use std::time::Instant;

use anyhow::Result;

use crate::arguments::Index;
use crate::building::{self, Summary};
use crate::configuration::Configuration;
use crate::exit::Exit;
use crate::{figures, terminal};

pub fn run(arguments: &Index) -> Result<Exit> {
    let started = Instant::now();
    let configuration = Configuration::of(arguments)?;
    building::use_threads(&configuration)?;
    let summary = building::build(&configuration)?;
    let left_out = summary.report();
    if !configuration.quiet {
        print(&summary, &configuration, started)?;
    }
    Ok(if left_out == 0 { Exit::Done } else { Exit::LeftOut })
}

fn print(summary: &Summary, configuration: &Configuration, started: Instant) -> Result<()> {
    let Summary { gathered, built, published, pages, .. } = summary;
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{}, {}, {}",
        figures::count(built.documents as u64, "document"),
        figures::count(built.words, "word"),
        languages(&built.languages)
    )?;
    let passed_over = [
        ("passed over", gathered.n_withheld, "page", "that asked not to be indexed or lead elsewhere"),
        (
            "left out",
            gathered.n_bodiless,
            "page",
            "without a marked body (data-searchlet-body), which others have",
        ),
        ("passed over", gathered.n_assets, "JSON file", "without records, beside pages"),
        ("folded", built.folded.len(), "page", "that others are again"),
    ];
    for (what, count, thing, why) in passed_over.into_iter().filter(|line| line.1 > 0) {
        writeln!(out, "{what} {} {why}", figures::count(count as u64, thing))?;
    }
    if let (Some(n_pages), Some(folder)) = (pages, &configuration.pages) {
        let shown = folder.display().to_string();
        writeln!(out, "wrote {}: {}", terminal::plain(&shown), figures::count(*n_pages, "page"))?;
    }
    if let Some(worker) = &configuration.service_worker {
        writeln!(out, "wrote {}", terminal::plain(&worker.display().to_string()))?;
    }
    writeln!(
        out,
        "wrote {}: {}, {}, in {:.1} s",
        terminal::plain(&configuration.place().display().to_string()),
        figures::count(published.files as u64, "file"),
        figures::bytes(published.bytes),
        started.elapsed().as_secs_f64()
    )?;
    Ok(())
}

/// `en` of one language, `de 3, en 12` of several.
fn languages(languages: &[(String, usize)]) -> String {
    match languages {
        [(only, _)] => only.clone(),
        _ => {
            let each = |(tag, n_documents): &(String, usize)| {
                format!("{tag} {}", figures::grouped(*n_documents as u64))
            };
            languages.iter().map(each).collect::<Vec<_>>().join(", ")
        }
    }
}
