//! `searchlet index`: documents become a bundle.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, bail};
use searchlet_index::{Problem, Severity};

use crate::arguments::Index;
use crate::configuration::Configuration;
use crate::exit::{Exit, Misuse};
use crate::progress::Progress;
use crate::{assets, caching, figures, pages, terminal};

pub fn run(arguments: &Index) -> Result<Exit> {
    let started = Instant::now();
    let configuration = Configuration::of(arguments)?;
    let inputs = &configuration.inputs;
    if inputs.is_empty() {
        let next = "no input was named; name a folder or file, or write inputs = [\"…\"] in searchlet.toml";
        return Err(Misuse(next.to_owned()).into());
    }
    let (mut reading, settings) = configuration.settings().map_err(Misuse)?;
    let output = configuration.place();
    stands_apart(&output, inputs, "-o", "searchlet")?;
    if let Some(folder) = &configuration.pages {
        stands_apart(folder, inputs, "--pages", "pages")?;
    } else if configuration.pages_template.is_some() {
        let next = "a template for pages was named, but no folder for them; name it after --pages";
        return Err(Misuse(next.to_owned()).into());
    }
    let pages = configuration
        .pages
        .as_deref()
        .map(|folder| pages::Writer::new(folder, configuration.pages_template.as_deref()))
        .transpose()?;
    let (cache, uncached) = caching::open(&configuration, &output)?;
    if let Some(threads) = configuration.threads {
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global()?;
    }

    let progress = Progress::start(configuration.quiet);
    reading.skip = [Some(&output), configuration.pages.as_ref(), configuration.cache.as_ref()]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let mut gathered =
        searchlet_index::gather_with(&cache, inputs, &reading, &|done, total| progress.files(done, total))?;
    gathered.problems.extend(uncached);
    if gathered.documents.is_empty() {
        drop(progress);
        report(&gathered.problems);
        bail!("{}", nothing_found(inputs, gathered.files));
    }
    for document in &mut gathered.documents {
        document.language.get_or_insert_with(|| settings.language.clone());
    }
    // Pages are made from the documents, which the build consumes; they are written when it has succeeded.
    let pages = pages.map(|writer| writer.prepare(&gathered.documents)).transpose()?;
    let (assets, lack) = match assets::carried() {
        Ok(assets) => (assets, None),
        Err(lack) => (Vec::new(), Some(lack)),
    };
    progress.stage("indexing");
    let mut built = searchlet_index::build_with(&cache, gathered.documents, &assets, &settings)?;
    progress.stage("writing");
    let n_pages = pages.as_ref().map(pages::Prepared::write).transpose()?;
    let published = searchlet_index::publish(&built.bundle, &output)?;
    drop(progress);

    // Such as that the cache cannot be written.
    built.problems.retain(|problem| !gathered.problems.contains(problem));
    let left_out = report(&gathered.problems) + report(&built.problems);
    if let Some(lack) = lack {
        terminal::warning(&lack);
    }
    if !configuration.quiet {
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
            ("folded", built.folded, "page", "that others are again"),
        ];
        for (what, count, thing, why) in passed_over.into_iter().filter(|line| line.1 > 0) {
            writeln!(out, "{what} {} {why}", figures::count(count as u64, thing))?;
        }
        if let (Some(n_pages), Some(folder)) = (n_pages, &configuration.pages) {
            let shown = folder.display().to_string();
            writeln!(out, "wrote {}: {}", terminal::plain(&shown), figures::count(n_pages, "page"))?;
        }
        writeln!(
            out,
            "wrote {}: {}, {}, in {:.1} s",
            terminal::plain(&output.display().to_string()),
            figures::count(published.files as u64, "file"),
            figures::bytes(published.bytes),
            started.elapsed().as_secs_f64()
        )?;
    }
    Ok(if left_out == 0 { Exit::Done } else { Exit::LeftOut })
}

/// Refuses a folder for output that is an input or holds one: all of it would be passed over as our own work.
fn stands_apart(folder: &Path, inputs: &[PathBuf], flag: &str, suggestion: &str) -> Result<()> {
    // What does not exist yet holds no input.
    let Ok(real) = folder.canonicalize() else { return Ok(()) };
    let holds = |input: &&PathBuf| input.canonicalize().is_ok_and(|input| input.starts_with(&real));
    let Some(input) = inputs.iter().find(holds) else { return Ok(()) };
    Err(Misuse(format!(
        "{flag} {} holds the input {}, so nothing would be left to index; choose a folder of its own, such as {}",
        folder.display(),
        input.display(),
        folder.join(suggestion).display()
    ))
    .into())
}

/// Prints `problems` to stderr; gives the number of those that left a document out.
fn report(problems: &[Problem]) -> usize {
    for problem in problems {
        match problem.severity {
            Severity::Warning => terminal::warning(&problem.to_string()),
            Severity::LeftOut => terminal::error(&problem.to_string()),
        }
    }
    problems.iter().filter(|problem| problem.severity == Severity::LeftOut).count()
}

fn nothing_found(inputs: &[PathBuf], n_files: usize) -> String {
    let shown: Vec<String> = inputs.iter().map(|input| input.display().to_string()).collect();
    let shown = shown.join(", ");
    if n_files == 0 {
        format!(
            "no documents in {shown}; give a folder with .html, .md, .txt, .json or .jsonl files \
             (hidden folders, bundles and what --glob and --exclude leave out are passed over)"
        )
    } else {
        format!(
            "none of the {} in {shown} could be indexed; see above",
            figures::count(n_files as u64, "file")
        )
    }
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
