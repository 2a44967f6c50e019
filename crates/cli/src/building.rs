//! A configuration becomes a bundle: what `index`, `serve --watch` and `inspect --audit` have in common.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use searchlet_index::{Built, Cache, Gathered, InputSettings, Problem, Published, Settings, Severity};

use crate::configuration::Configuration;
use crate::exit::Misuse;
use crate::offline::Worker;
use crate::progress::Progress;
use crate::{assets, caching, figures, pages, terminal};

/// What is to be built: a configuration that was checked.
pub struct Plan {
    /// Folders and files to index.
    pub inputs: Vec<PathBuf>,
    /// How they are read.
    pub reading: InputSettings,
    /// How the bundle is made of them.
    pub settings: Settings,
    /// Where the bundle goes.
    pub output: PathBuf,
    pages: Option<pages::Writer>,
    /// What earlier builds have left, and why there is nothing, if it was asked for.
    cache: (Cache, Option<Problem>),
    worker: Option<Worker>,
}

/// A bundle that was made and not yet written.
pub struct Made {
    /// What the inputs came to; the documents are in the bundle.
    pub gathered: Gathered,
    /// The bundle.
    pub built: Built,
    pages: Option<pages::Prepared>,
    /// Why the bundle cannot be searched from a page, if so.
    lack: Option<String>,
}

/// What was done.
pub struct Summary {
    /// What the inputs came to.
    pub gathered: Gathered,
    /// The bundle.
    pub built: Built,
    /// Pages that were written, if any were asked for.
    pub pages: Option<u64>,
    /// What was written of the bundle.
    pub published: Published,
    lack: Option<String>,
}

impl Plan {
    /// Checks a configuration.
    ///
    /// # Errors
    ///
    /// When it names no input, or places that are in each other's way; when the template of pages cannot be read.
    pub fn new(configuration: &Configuration) -> Result<Self> {
        let inputs = configuration.inputs.clone();
        if inputs.is_empty() {
            let next =
                "no input was named; name a folder or file, or write inputs = [\"…\"] in searchlet.toml";
            return Err(Misuse(next.to_owned()).into());
        }
        let (mut reading, settings) = configuration.settings().map_err(Misuse)?;
        let output = configuration.place();
        stands_apart(&output, &inputs, "-o", "searchlet")?;
        if let Some(folder) = &configuration.pages {
            stands_apart(folder, &inputs, "--pages", "pages")?;
        } else if configuration.pages_template.is_some() {
            let next = "a template for pages was named, but no folder for them; name it after --pages";
            return Err(Misuse(next.to_owned()).into());
        }
        let pages = configuration
            .pages
            .as_deref()
            .map(|folder| pages::Writer::new(folder, configuration.pages_template.as_deref()))
            .transpose()?;
        let worker = configuration.service_worker.as_deref();
        let worker = worker.map(|path| Worker::new(path, &output)).transpose()?;
        let folders = [Some(&output), configuration.pages.as_ref(), configuration.cache.as_ref()];
        reading.skip = folders.into_iter().flatten().cloned().collect();
        Ok(Self { inputs, reading, settings, output, pages, worker, cache: Default::default() })
    }

    /// Reads the inputs and makes a bundle of them; writes nothing.
    ///
    /// # Errors
    ///
    /// When there is no document, or too much of something. What went wrong with single files is told on stderr then,
    /// else it is among the problems of what is given.
    pub fn make(&self, progress: &Progress) -> Result<Made> {
        let (cache, uncached) = &self.cache;
        let tell = |done, total| progress.files(done, total);
        let mut gathered = searchlet_index::gather_with(cache, &self.inputs, &self.reading, &tell)?;
        gathered.problems.extend(uncached.clone());
        if gathered.documents.is_empty() {
            progress.end();
            report(&gathered.problems);
            bail!("{}", nothing_found(&self.inputs, gathered.files));
        }
        let mut documents = std::mem::take(&mut gathered.documents);
        for document in &mut documents {
            document.language.get_or_insert_with(|| self.settings.language.clone());
        }
        // Pages are made from the documents, which the build consumes; they are written when it has succeeded.
        let pages = self.pages.as_ref().map(|writer| writer.prepare(&documents)).transpose()?;
        let (assets, lack) = match assets::carried() {
            Ok(assets) => (assets, None),
            Err(lack) => (Vec::new(), Some(lack)),
        };
        progress.stage("indexing");
        let mut built = searchlet_index::build_with(cache, documents, &assets, &self.settings)?;
        // Such as that the cache cannot be written.
        built.problems.retain(|problem| !gathered.problems.contains(problem));
        Ok(Made { gathered, built, pages, lack })
    }

    /// Writes what was made: pages first, then the bundle, then the service worker.
    ///
    /// # Errors
    ///
    /// When something cannot be written; the bundle that was there is then as it was.
    pub fn write(&self, made: Made, progress: &Progress) -> Result<Summary> {
        progress.stage("writing");
        let pages = made.pages.as_ref().map(pages::Prepared::write).transpose()?;
        let published = searchlet_index::publish(&made.built.bundle, &self.output)?;
        if let Some(worker) = &self.worker {
            worker.write()?;
        }
        let Made { gathered, built, lack, .. } = made;
        Ok(Summary { gathered, built, pages, published, lack })
    }
}

impl Summary {
    /// Tells on stderr what went wrong; gives the number of documents that were left out.
    pub fn report(&self) -> usize {
        let left_out = report(&self.gathered.problems) + report(&self.built.problems);
        if let Some(lack) = &self.lack {
            terminal::warning(lack);
        }
        left_out
    }
}

/// Builds as a configuration says.
///
/// # Errors
///
/// As [`Plan::new`], [`Plan::make`] and [`Plan::write`].
pub fn build(configuration: &Configuration) -> Result<Summary> {
    let mut plan = Plan::new(configuration)?;
    plan.cache = caching::open(configuration, &plan.output)?;
    let progress = Progress::start(configuration.quiet);
    let made = plan.make(&progress)?;
    plan.write(made, &progress)
}

/// Sets how many threads all that follows uses; to be called once.
///
/// # Errors
///
/// When it was called before.
pub fn use_threads(configuration: &Configuration) -> Result<()> {
    if let Some(threads) = configuration.threads {
        rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global()?;
    }
    Ok(())
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
