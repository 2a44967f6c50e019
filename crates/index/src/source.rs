//! Finds the input files.

mod blocks;
mod pattern;
mod url;

pub(crate) use blocks::Blocks;
pub use pattern::{Pattern, PatternError};
pub use url::{TrailingSlash, UrlStyle};

use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::{InputSettings, Problem, Severity};

/// How the `index.json` of a bundle begins; one of somebody else's would hardly.
const BUNDLE_START: &[u8; 13] = b"{\"checksum\":\"";

/// What a file holds, told by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `.html`, `.htm`, `.xhtml`, and these packed as `.gz`
    Html,
    /// `.md`, `.markdown`
    Markdown,
    /// `.txt`, `.text`
    Text,
    /// `.json`: a record, or an array of them
    Json,
    /// `.jsonl`, `.ndjson`: a record on each line
    JsonLines,
}

impl Kind {
    /// The kind of a file by its name; `None` for files that hold no documents. `.html.gz` is `.html`.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        if let Some(page) = unpacked(path) {
            return Self::of(&page).filter(|kind| *kind == Self::Html);
        }
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "txt" | "text" => Self::Text,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::JsonLines,
            _ => return None,
        })
    }
}

/// A file that holds documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Relative to the input's root, with `/`, percent-encoded; a final `index.html` is cut, unless the settings say
    /// otherwise. The root's own page is `./`, which leads to the root wherever it is resolved against it.
    pub url: String,
    /// Relative to the input's root, with `/`: what patterns are compared with.
    pub name: String,
    /// As the user would name it.
    pub path: PathBuf,
    /// What it holds.
    pub kind: Kind,
}

impl Source {
    /// The file of that name in the current folder, under its name as URL.
    #[must_use]
    pub fn of(name: &str, kind: Kind) -> Self {
        Self { url: name.to_owned(), name: name.to_owned(), path: PathBuf::from(name), kind }
    }
}

/// Finds the files that hold documents in files and folders, sorted by URL, then path.
///
/// A folder is its own root; a file has its folder for a root. Hidden files and folders, bundles, and whatever is
/// at or below a path in `skip` are passed over, as are files of other kinds and those that the patterns leave out; a
/// file that is itself an input is read whatever the patterns say. Links are followed; one that leads back into itself
/// is reported. Two sources may have one URL when there are several inputs.
///
/// Beside HTML pages, texts that are there for programs (`robots.txt`) or that Sphinx made its pages of are passed over.
///
/// What cannot be read is a problem that names it, and the rest is found all the same.
#[must_use]
pub fn find(inputs: &[PathBuf], settings: &InputSettings) -> (Vec<Source>, Vec<Problem>) {
    let skip: Vec<PathBuf> = settings.skip.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for input in inputs {
        match std::fs::metadata(input) {
            Err(error) => problems.push(Problem {
                severity: Severity::LeftOut,
                path: input.clone(),
                line: None,
                what: format!("the input cannot be opened: {}", reason(&error)),
                next: "check how it is spelt, or who may read it".to_owned(),
            }),
            Ok(metadata) if metadata.is_dir() => walk(input, &skip, settings, &mut sources, &mut problems),
            Ok(_) => match Kind::of(input) {
                Some(kind) => {
                    let inside = Path::new(input.file_name().unwrap_or(OsStr::new("")));
                    let url = url_of(inside, kind, settings);
                    sources.push(Source { url, name: name(inside), path: input.clone(), kind });
                }
                None => problems.push(Problem {
                    severity: Severity::LeftOut,
                    path: input.clone(),
                    line: None,
                    what: "the extension names no kind of document".to_owned(),
                    next: "name it .html, .md, .txt, .json or .jsonl".to_owned(),
                }),
            },
        }
    }
    sources.sort();
    // Many hosts have each page a second time, packed.
    sources.dedup_by(|later, first| {
        later == first || unpacked(&later.path).is_some_and(|page| page == first.path)
    });
    if sources.iter().any(|source| source.kind == Kind::Html) {
        sources
            .retain(|source| source.kind != Kind::Text || !is_asset(source) || inputs.contains(&source.path));
    }
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    (sources, problems)
}

/// Reads a file whole, unpacked if its name says that it is packed.
///
/// # Errors
/// When the file cannot be read; the problem names it.
pub fn read(source: &Source) -> Result<Vec<u8>, Problem> {
    let bytes = std::fs::read(&source.path).map_err(|error| unreadable(source.path.clone(), &error))?;
    if unpacked(&source.path).is_none() {
        return Ok(bytes);
    }
    let mut page = Vec::new();
    match flate2::read::MultiGzDecoder::new(&*bytes).take(MAX_UNPACKED_BYTES).read_to_end(&mut page) {
        Ok(_) => Ok(page),
        Err(error) => Err(Problem {
            severity: Severity::LeftOut,
            path: source.path.clone(),
            line: None,
            what: format!("it is not packed as its name says: {}", reason(&error)),
            next: "pack it again with gzip, or remove it".to_owned(),
        }),
    }
}

/// A packed page is read up to here: one byte more than a page can have.
const MAX_UNPACKED_BYTES: u64 = (1 << 31) + 1;

/// The path of a page that is packed, without the `.gz`.
fn unpacked(path: &Path) -> Option<PathBuf> {
    path.extension().filter(|extension| extension.eq_ignore_ascii_case("gz")).map(|_| path.with_extension(""))
}

fn url_of(inside: &Path, kind: Kind, settings: &InputSettings) -> String {
    url::of(&unpacked(inside).unwrap_or_else(|| inside.to_owned()), kind, &settings.urls)
}

/// Opens a file of lines, to be read a block at a time.
///
/// # Errors
/// When the file cannot be opened; the problem names it.
pub(crate) fn blocks(source: &Source) -> Result<Blocks<std::fs::File>, Problem> {
    blocks::open(&source.path).map_err(|error| unreadable(source.path.clone(), &error))
}

fn walk(
    root: &Path,
    skip: &[PathBuf],
    settings: &InputSettings,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Problem>,
) {
    if is_bundle(root) {
        problems.push(Problem {
            severity: Severity::LeftOut,
            path: root.to_owned(),
            line: None,
            what: "the input is a bundle".to_owned(),
            next: "name the folder that the bundle was made from".to_owned(),
        });
        return;
    }
    let entries = WalkDir::new(root).follow_links(true).into_iter();
    let inside = |path: &Path| name(path.strip_prefix(root).unwrap_or(path));
    let is_left_out = |entry: &DirEntry| {
        let fits = |pattern: &Pattern| pattern.fits_all_in(&inside(entry.path()));
        entry.file_type().is_dir() && settings.exclude.iter().any(fits)
    };
    let is_wanted = |entry: &DirEntry| entry.depth() == 0 || is_wanted(entry, skip) && !is_left_out(entry);
    for entry in entries.filter_entry(is_wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                if let Some(kind) = Kind::of(entry.path()) {
                    let path = entry.into_path();
                    let name = inside(&path);
                    if settings.wants(&name) {
                        let url = url_of(path.strip_prefix(root).unwrap_or(&path), kind, settings);
                        sources.push(Source { url, name, path, kind });
                    }
                }
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                problems.push(match (error.loop_ancestor(), error.io_error()) {
                    (Some(ancestor), _) => Problem {
                        severity: Severity::Warning,
                        line: None,
                        what: format!(
                            "the link leads back to {}, so it was not followed",
                            ancestor.display()
                        ),
                        next: "remove it, if it is not meant".to_owned(),
                        path,
                    },
                    (None, Some(error)) => unreadable(path, error),
                    (None, None) => unreadable(path, &std::io::Error::other(error)),
                });
            }
        }
    }
}

/// Whether a text beside pages is there for programs, or is what a generator made its pages of (Sphinx).
fn is_asset(source: &Source) -> bool {
    let mut folders = source.name.split('/');
    let file = folders.next_back().unwrap_or_default().to_ascii_lowercase();
    let is_for_programs = matches!(
        &*file,
        "robots.txt" | "llms.txt" | "llms-full.txt" | "humans.txt" | "ads.txt" | "security.txt"
    );
    is_for_programs
        || file.ends_with(".license.txt")
        || folders.any(|folder| matches!(folder, "_sources" | "_static"))
}

/// A path relative to the root as patterns see it.
fn name(path: &Path) -> String {
    let names: Vec<_> = path.components().map(|component| component.as_os_str().to_string_lossy()).collect();
    names.join("/")
}

fn is_wanted(entry: &DirEntry, skip: &[PathBuf]) -> bool {
    let is_hidden = || entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_built = || entry.file_type().is_dir() && is_bundle(entry.path());
    let is_below = |path: PathBuf| skip.iter().any(|skip| path.starts_with(skip));
    // What lies in a folder that is wanted is skipped only if it is itself named, or a link; what lies in the input, if
    // that is. So most need no question to the system, which for a large site would take longer than reading the folders.
    let may_be_skipped = || {
        let is_named = |path: &PathBuf| path.file_name() == Some(entry.file_name());
        entry.depth() == 1 || entry.path_is_symlink() || skip.iter().any(is_named)
    };
    let is_skipped =
        || !skip.is_empty() && may_be_skipped() && entry.path().canonicalize().is_ok_and(is_below);
    !(is_hidden() || is_built() || is_skipped())
}

/// Whether a folder is what an earlier build has written, with or without the browser's files.
#[must_use]
pub fn is_bundle(folder: &Path) -> bool {
    let mut start = [0; BUNDLE_START.len()];
    let read =
        std::fs::File::open(folder.join("index.json")).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == *BUNDLE_START
}

pub(crate) fn unreadable(path: PathBuf, error: &std::io::Error) -> Problem {
    Problem {
        severity: Severity::LeftOut,
        path,
        line: None,
        what: format!("it cannot be read: {}", reason(error)),
        next: "check who may read it".to_owned(),
    }
}

/// The system's words, the number left out and lower-case, so that they fit into a sentence.
fn reason(error: &std::io::Error) -> String {
    let message = error.to_string();
    let message = message.split(" (os error").next().unwrap_or_default();
    let mut letters = message.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
