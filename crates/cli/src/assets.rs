//! The browser's files that this program carries inside itself.

use searchlet_index::Asset;

/// Name relative to `www/dist/`, or of words to `www/`, with forward slashes.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What a bundle needs before a page can search it.
const NEEDED: [&str; 4] = ["engine.wasm", "searchlet.js", "view.js", "worker.js"];

/// The browser's files, to be put into a bundle, or why there are none.
///
/// A half set would break in the reader's browser, so it is all or nothing. The classic script is for pages that are
/// opened from a file, and no site serves it.
pub fn carried() -> Result<Vec<Asset>, String> {
    let missing: Vec<&str> =
        NEEDED.into_iter().filter(|needed| FILES.iter().all(|(name, _)| name != needed)).collect();
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
