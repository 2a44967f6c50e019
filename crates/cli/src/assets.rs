//! The browser's files that this program carries inside itself.

use searchlet_index::Asset;

/// Name relative to `www/dist/`, or of words to `www/`, with forward slashes.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What a bundle needs before a page can search it.
const NEEDED: [&str; 4] = ["engine.wasm", "searchlet.js", "view.js", "worker.js"];

/// The browser's files, to be put into a bundle, or why there are none.
///
/// A half set would break in the reader's browser, so it is all or nothing. The classic script and the service worker
/// belong to no bundle.
pub fn carried() -> Result<Vec<Asset>, String> {
    let missing: Vec<&str> = NEEDED.into_iter().filter(|needed| find(needed).is_none()).collect();
    if missing.is_empty() {
        let asset = |(name, bytes): &(&str, &[u8])| Asset { name: (*name).to_owned(), bytes: bytes.to_vec() };
        let is_published = |name: &str| NEEDED.contains(&name) || name.starts_with("words/");
        return Ok(FILES.iter().filter(|(name, _)| is_published(name)).map(asset).collect());
    }
    Err(format!(
        "this searchlet was compiled without the browser's files (www/dist lacked {}), so the bundle can be \
         searched with `searchlet search` but not from a page; run `cargo xtask install` in Searchlet's source \
         folder, then index again",
        missing.join(", ")
    ))
}

/// One of the browser's files, or why it is not there.
pub fn bytes(name: &str) -> Result<&'static [u8], String> {
    find(name).ok_or_else(|| {
        format!(
            "this searchlet was compiled without {name}; run `cargo xtask install` in Searchlet's source folder, \
             with Node 20 or newer there"
        )
    })
}

/// The same as text.
pub fn text(name: &str) -> Result<String, String> {
    bytes(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn find(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|file| file.0 == name).map(|file| file.1)
}
