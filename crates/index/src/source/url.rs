//! URLs of files, relative to the root that they lie in.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use super::Kind;

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

/// How a site's URLs follow from its files. The default is what every static host serves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlStyle {
    /// Whether a final `index.html` is kept.
    pub keep_index_html: bool,
    /// Whether `.html`, `.htm` and `.xhtml` are cut from other names.
    pub cut_html: bool,
    /// How the URLs of pages end, `index.html` and `.html` being cut.
    pub trailing_slash: TrailingSlash,
    /// What stands before every URL, with a `/` at its end; empty when the site's root is the input's.
    pub base: String,
}

/// How the URL of a page ends that has no extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrailingSlash {
    /// `a/` of `a/index.html`, `a` of `a.html`
    #[default]
    Keep,
    /// `a/` of both
    Add,
    /// `a` of both
    Cut,
}

/// The URL of a file whose path relative to the root is `path`.
pub(super) fn of(path: &Path, kind: Kind, style: &UrlStyle) -> String {
    let mut segments: Vec<String> = path
        .components()
        .map(|component| percent_encode(component.as_os_str().as_encoded_bytes(), NOT_IN_SEGMENT).to_string())
        .collect();
    let mut is_cut = false;
    if let Some(last) = segments.last_mut() {
        if last == "index.html" {
            if !style.keep_index_html {
                last.clear();
                is_cut = true;
            }
        } else if style.cut_html
            && kind == Kind::Html
            && let Some((stem, _)) = last.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())
        {
            *last = stem.to_owned();
            is_cut = true;
        }
    }
    let mut url = segments.join("/");
    let is_folder = url.is_empty() || url.ends_with('/');
    match style.trailing_slash {
        TrailingSlash::Add if is_cut && !is_folder => url.push('/'),
        TrailingSlash::Cut if is_cut && is_folder => {
            url.pop();
        }
        _ => {}
    }
    match (url.is_empty(), style.base.is_empty()) {
        (true, true) => "./".to_owned(),
        _ => style.base.clone() + &url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styled(path: &str, style: &UrlStyle) -> String {
        let path = Path::new(path);
        of(path, Kind::of(path).unwrap_or(Kind::Text), style)
    }

    #[test]
    fn urls_are_as_the_site_has_them() {
        let paths = ["index.html", "a/index.html", "a/b.html", "a/b.v2.htm", "a/b.md", ".html"];
        let all = |style: &UrlStyle| paths.map(|path| styled(path, style));
        let style = |trailing_slash| UrlStyle { cut_html: true, trailing_slash, ..UrlStyle::default() };
        assert_eq!(all(&style(TrailingSlash::Keep)), ["./", "a/", "a/b", "a/b.v2", "a/b.md", ".html"]);
        assert_eq!(all(&style(TrailingSlash::Add)), ["./", "a/", "a/b/", "a/b.v2/", "a/b.md", ".html"]);
        assert_eq!(all(&style(TrailingSlash::Cut)), ["./", "a", "a/b", "a/b.v2", "a/b.md", ".html"]);
        let kept = UrlStyle { keep_index_html: true, base: "docs/".to_owned(), ..UrlStyle::default() };
        let expected = ["docs/index.html", "docs/a/index.html", "docs/a/b.html"];
        assert_eq!(all(&kept)[..3], expected);
        let based = UrlStyle { base: "/docs/".to_owned(), ..UrlStyle::default() };
        assert_eq!(all(&based)[..2], ["/docs/", "/docs/a/"]);
    }

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
            assert_eq!(styled(path, &UrlStyle::default()), url);
        }
    }
}
