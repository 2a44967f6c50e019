//! Writes the service worker that keeps a site's search for offline use.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use crate::exit::Misuse;
use crate::{assets, writing};

/// What stands in the worker in place of the bundle's folder, and of the worker's name.
const MARKS: [&str; 2] = ["\"@@BUNDLE@@\"", "\"@@WORKER@@\""];

const ABOUT: &str = "\
// Keeps this site's search for offline use. Written by searchlet index, again each time.
// A worker of your own may import it and call searchletOffline({ bundle: \"/the/bundle's/folder/\" }).
";

/// A service worker that is ready to be written.
pub struct Worker {
    path: PathBuf,
    text: String,
}

impl Worker {
    /// # Errors
    ///
    /// When it would not lie above the bundle, where a browser lets it answer for that; when this program lacks it.
    pub fn new(path: &Path, bundle: &Path) -> Result<Self> {
        let misplaced = || {
            let above = bundle.parent().unwrap_or(Path::new("")).join("searchlet-sw.js");
            Misuse(format!(
                "--service-worker {}: browsers let a worker answer only for what lies in its own folder, and the bundle \
                 {} does not; put it into the site's root, such as {}",
                path.display(),
                bundle.display(),
                above.display()
            ))
        };
        let name = path.file_name().and_then(OsStr::to_str).ok_or_else(misplaced)?;
        let folder = real(path.parent().unwrap_or(Path::new("")))?;
        let bundle = real(bundle)?;
        let inside = bundle.strip_prefix(&folder).map_err(|_| misplaced())?;
        let mut address = String::from("./");
        for component in inside.components() {
            address.push_str(&escaped(component.as_os_str().to_str().ok_or_else(misplaced)?));
            address.push('/');
        }
        let script = assets::text("service-worker.js").map_err(|lack| anyhow!(lack))?;
        let values = [serde_json::to_string(&address)?, serde_json::to_string(name)?];
        let fill = |script: String, (mark, value): (&&str, String)| script.replacen(*mark, &value, 1);
        let script = MARKS.iter().zip(values).fold(script, fill);
        // Names of ours must not meet those of a worker that imports this.
        Ok(Self { path: path.to_owned(), text: format!("{ABOUT}(() => {{\n{script}}})();\n") })
    }

    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self) -> Result<()> {
        writing::replace(&self.path, self.text.as_bytes()).with_context(|| {
            let path = self.path.display();
            format!("could not write the service worker {path}; choose another place for --service-worker")
        })
    }
}

/// The path without links and detours, also of what is not there yet.
fn real(path: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(if path.as_os_str().is_empty() { Path::new(".") } else { path })?;
    let there = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, mut real)) = there else { return Ok(absolute) };
    for component in absolute.strip_prefix(above)?.components() {
        match component {
            Component::ParentDir => drop(real.pop()),
            component => real.push(component),
        }
    }
    Ok(real)
}

/// A name as it stands in an address; what else is special there a browser escapes itself.
fn escaped(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace('\\', "%5C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundle_is_found_from_where_the_worker_lies() {
        let folder = std::env::temp_dir().join("no-such-site");
        let at = |worker: &str, bundle: &str| {
            Worker::new(&folder.join(worker), &folder.join(bundle)).map(|worker| worker.text)
        };
        for (worker, bundle, address) in [
            ("sw.js", "searchlet", "\"./searchlet/\""),
            ("sw.js", "a b/50%?/c", "\"./a b/50%25%3F/c/\""),
            ("docs/../sw.js", "x/../docs/search", "\"./docs/search/\""),
        ] {
            let text = at(worker, bundle).expect("a worker");
            assert!(text.contains(address) && text.contains("\"sw.js\""), "{text}");
            assert!(!text.contains("@@"), "{text}");
        }
        assert!(at("docs/sw.js", "searchlet").is_err_and(|error| error.is::<Misuse>()));
    }
}
