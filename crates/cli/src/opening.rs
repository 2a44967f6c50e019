//! Opens a bundle, be it a folder or packed into one file.

use std::path::{Component, Path};
use std::{fs, io};

use anyhow::{Context as _, Result, bail};
use searchlet_search::local::Local;

/// Opens the bundle at `path` for searching; with a language, only what is written in it.
///
/// # Errors
///
/// When there is nothing at `path`, when it holds no bundle, when its head is damaged or of a version that
/// this program does not read, or when no document is in `language`; the message says which and what to do.
pub fn open(path: &Path, language: Option<&str>) -> Result<Local> {
    open_seen(path, language, |_, _| {})
}

/// Opens a bundle as [`open`] does; `see` is told the name and the length of each file that is read of a folder, now and
/// when it is searched.
///
/// # Errors
///
/// As [`open`].
pub fn open_seen(
    path: &Path,
    language: Option<&str>,
    mut see: impl FnMut(&str, usize) + 'static,
) -> Result<Local> {
    let shown = path.display();
    let metadata = fs::metadata(path).with_context(|| {
        format!("could not open {shown}; give the folder that `searchlet index` wrote, or a packed bundle")
    })?;
    let opened = if metadata.is_dir() {
        if !path.join("index.json").is_file() {
            bail!("{shown} holds no bundle (it has no index.json); {}", remedy(path));
        }
        let folder = path.to_owned();
        let read = move |name: &str| {
            let bytes = read(&folder, name).map_err(|error| error.to_string())?;
            see(name, bytes.len());
            Ok(bytes)
        };
        Local::open(read, language)
    } else {
        let bytes = fs::read(path).with_context(|| format!("could not read {shown}"))?;
        Local::packed(bytes, language)
    };
    opened.with_context(|| format!("could not open {shown}"))
}

/// Reads the file `name` of the bundle in `folder`.
///
/// The name comes from the bundle's own bytes: one that leads out of the folder is never followed.
fn read(folder: &Path, name: &str) -> io::Result<Vec<u8>> {
    let inside = Path::new(name).components().all(|component| matches!(component, Component::Normal(_)));
    if !inside {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the name leads out of the bundle"));
    }
    fs::read(folder.join(name))
}

fn remedy(path: &Path) -> String {
    let below = path.join("searchlet");
    if below.join("index.json").is_file() {
        format!("did you mean {}?", below.display())
    } else {
        format!("make one with `searchlet index INPUT -o {}`", path.display())
    }
}
