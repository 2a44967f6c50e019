//! Where a build keeps what the next one may use.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;
use searchlet_index::{Cache, Problem};

use crate::configuration::Configuration;
use crate::exit::Misuse;

/// Opens the cache that the options ask for: in the folder that they name, else among those of the user.
///
/// # Errors
/// When the folder is part of the output, which is published.
pub fn open(configuration: &Configuration, output: &Path) -> Result<(Cache, Option<Problem>)> {
    if configuration.no_cache {
        return Ok((Cache::default(), None));
    }
    let Some(folder) = &configuration.cache else {
        // Nobody asked for one, so nobody need be told that there can be none.
        let cache = of_user().and_then(|folder| Cache::among_others(&folder, output).ok());
        return Ok((cache.unwrap_or_default(), None));
    };
    if std::path::absolute(folder)?.starts_with(std::path::absolute(output)?) {
        return Err(Misuse(format!(
            "--cache {} is in the folder of the bundle, {}, which is published; choose one beside it, such as .cache",
            folder.display(),
            output.display()
        ))
        .into());
    }
    Ok(match Cache::at(folder) {
        Ok(cache) => (cache, None),
        Err(problem) => (Cache::default(), Some(problem)),
    })
}

/// The folder for the caches of this user, as the system has it.
fn of_user() -> Option<PathBuf> {
    let folder = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let usual = || {
        if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else {
            let inside = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
            folder("HOME").map(|home| home.join(inside))
        }
    };
    Some(folder("XDG_CACHE_HOME").or_else(usual)?.join("searchlet"))
}
