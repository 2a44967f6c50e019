//! Builds a site anew whenever one of its files changes.
//!
//! Files are looked at again and again: their times and lengths, not what is in them. Being told by the system (the crate
//! `notify`) would cost less on a large site, but on drives of a network and in containers it tells nothing, systems
//! bound how many folders they tell of, and editors that write a file aside and rename it need a second look all the same.
//! The pauses grow with what a look costs, so that no site takes more than a tenth of one core: 14,625 pages took 4 %.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::Result;
use searchlet_index::source;
use tokio::sync::watch::{self, Receiver, Sender};
use walkdir::{DirEntry, WalkDir};

use crate::arguments::Index;
use crate::building::{self, Summary};
use crate::configuration::Configuration;
use crate::{figures, terminal};

/// The pause between two looks: shorter than anyone takes to get from the editor to the browser.
const PAUSE: Duration = Duration::from_millis(300);

/// A pause takes so many times as long as the look before it.
const PAUSE_PER_LOOK: u32 = 10;

/// What open pages are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The build that is served; another one for each build of each run of the program.
    pub build: String,
    /// Why the last build failed, if it did.
    pub problem: Option<String>,
}

/// What is watched.
pub struct Watch {
    /// The folder that is served.
    folder: PathBuf,
    /// The file with options, if it was named.
    config: Option<PathBuf>,
    configuration: Configuration,
}

/// The files that matter, with what tells whether they changed.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

impl Watch {
    /// Reads the configuration of the site in `folder`, which is the input if it names no others.
    ///
    /// # Errors
    ///
    /// When it makes no sense.
    pub fn new(folder: &Path, config: Option<&Path>) -> Result<Self> {
        let mut watch = Self {
            folder: folder.to_owned(),
            config: config.map(Path::to_owned),
            configuration: Configuration::default(),
        };
        watch.configuration = watch.configured()?;
        building::use_threads(&watch.configuration)?;
        let output = watch.output();
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !output.starts_with(folder) && !real(output.parent().unwrap_or(&output)).starts_with(real(folder))
        {
            terminal::warning(&format!(
                "the bundle goes to {}, which is not below {}, so its pages cannot reach it; set output in searchlet.toml",
                output.display(),
                folder.display()
            ));
        }
        Ok(watch)
    }

    /// Where the bundle goes.
    pub fn output(&self) -> PathBuf {
        self.configuration.place()
    }

    fn configured(&self) -> Result<Configuration> {
        let arguments = Index::of(&[], self.config.as_deref());
        let mut configuration = Configuration::of(&arguments)?;
        if configuration.inputs.is_empty() {
            configuration.inputs.push(self.folder.clone());
        }
        Ok(configuration)
    }

    /// Begins to build and to watch, on a thread of its own; gives what is to be told.
    pub fn begin(self) -> Receiver<Told> {
        let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let run = format!("{:x}", started.as_nanos());
        let (tell, told) = watch::channel(Told { build: format!("{run}-0"), problem: None });
        // It ends with the program: a bundle is written so that it is whole at any moment.
        thread::spawn(move || self.go_on(&run, &tell));
        told
    }

    fn go_on(mut self, run: &str, tell: &Sender<Told>) {
        let mut known = self.look();
        for number in 1u64.. {
            let problem = self.build().err().map(|error| format!("{error:#}"));
            if let Some(problem) = &problem {
                terminal::error(&format!("{problem}; the bundle is as it was"));
            }
            tell.send_modify(|told| {
                if problem.is_none() {
                    told.build = format!("{run}-{number}");
                }
                told.problem = problem;
            });
            // What changed while it was built is seen now.
            known = self.changed(&known);
        }
    }

    fn build(&mut self) -> Result<()> {
        let started = Instant::now();
        self.configuration = self.configured()?;
        let summary = building::build(&self.configuration)?;
        summary.report();
        if !self.configuration.quiet {
            let Summary { built, published, .. } = summary;
            terminal::note(&format!(
                "built {}: {}, {} written, in {:.1} s",
                self.output().display(),
                figures::count(built.documents as u64, "document"),
                figures::count(published.written as u64, "file"),
                started.elapsed().as_secs_f64()
            ));
        }
        Ok(())
    }

    /// Waits until something is not as it was and then stays as it is for a pause; gives how it is.
    fn changed(&self, known: &Look) -> Look {
        let mut before = known.clone();
        loop {
            let started = Instant::now();
            let now = self.look();
            if now != *known && now == before {
                return now;
            }
            before = now;
            thread::sleep(PAUSE.max(started.elapsed() * PAUSE_PER_LOOK));
        }
    }

    /// The files of the inputs and of the folder that is served, but for hidden ones and those that the build writes.
    fn look(&self) -> Look {
        let Configuration { inputs, pages, pages_template, .. } = &self.configuration;
        let ours: Vec<PathBuf> = [Some(self.output()), pages.clone()]
            .into_iter()
            .flatten()
            .filter_map(|path| path.canonicalize().ok())
            .collect();
        let is_hidden =
            |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        let is_ours = |entry: &DirEntry| {
            entry.file_type().is_dir()
                && (source::is_bundle(entry.path())
                    || entry.path().canonicalize().is_ok_and(|path| ours.contains(&path)))
        };
        let mut look = Look::new();
        for root in inputs.iter().chain([&self.folder]) {
            let entries = WalkDir::new(root).follow_links(true).into_iter();
            let wanted = entries.filter_entry(|entry| !is_hidden(entry) && !is_ours(entry));
            // What cannot be seen is what the build tells of.
            for entry in wanted.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
                if let Ok(metadata) = entry.metadata() {
                    look.insert(entry.into_path(), (metadata.modified().ok(), metadata.len()));
                }
            }
        }
        let usual = self.config.clone().unwrap_or_else(|| PathBuf::from(crate::configuration::USUAL));
        for file in [Some(&usual), pages_template.as_ref()].into_iter().flatten() {
            if let Ok(metadata) = file.metadata() {
                look.insert(file.clone(), (metadata.modified().ok(), metadata.len()));
            }
        }
        look
    }
}
