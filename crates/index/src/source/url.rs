//! URLs of files, relative to the root that they lie in.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What RFC 3986 lets stand in a segment of a path (`pchar`) but for `:`, with which a first segment would be
/// taken for a scheme.
const NOT_IN_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// The URL of a file whose path relative to the root is `path`.
pub(super) fn of(path: &Path) -> String {
    let mut segments: Vec<String> = path
        .components()
        .map(|component| percent_encode(component.as_os_str().as_encoded_bytes(), NOT_IN_SEGMENT).to_string())
        .collect();
    if let Some(last) = segments.last_mut()
        && last == "index.html"
    {
        last.clear();
    }
    let url = segments.join("/");
    if url.is_empty() { "./".to_owned() } else { url }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_relative_urls() {
        for (path, url) in [
            ("a.txt", "a.txt"),
            ("index.html", "./"),
            ("a/index.html", "a/"),
            ("a/index.htm", "a/index.htm"),
            ("a b/ü?#%.md", "a%20b/%C3%BC%3F%23%25.md"),
            ("a:b.txt", "a%3Ab.txt"),
            ("it's (1).html", "it's%20(1).html"),
        ] {
            assert_eq!(of(Path::new(path)), url);
        }
    }
}
