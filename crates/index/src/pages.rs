//! Plain HTML pages of documents that are not HTML.
//!
//! A template is HTML with places to fill: `{{title}}`, `{{language}}` (a BCP 47 tag, empty if unknown), `{{body}}`
//! (the title as `<h1>`, then the text, with the passages' ids on their headings) and `{{root}}` (how the page
//! reaches the site's root: `./`, `../`, …). Everything that is filled in is escaped, and places are sought in the
//! template alone, so a text that says `{{body}}` is text.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use crate::Document;

/// The page that is written when the user gives no template.
const TEMPLATE: &str = include_str!("pages/page.html");

/// Writes the page of a document: its paragraphs as they are in the index, word for word.
///
/// ```
/// use searchlet_index::{Document, pages};
///
/// let document = Document { url: "a/b.txt".into(), title: "1 < 2".into(), ..Document::default() };
/// assert_eq!(pages::page(&document, Some("{{root}} {{title}}")), "../../ 1 &lt; 2");
/// ```
#[must_use]
pub fn page(document: &Document, template: Option<&str>) -> String {
    let mut out = String::new();
    let mut rest = template.unwrap_or(TEMPLATE);
    while let Some(start) = rest.find("{{") {
        out.push_str(&rest[..start]);
        let place = &rest[start..];
        let end = place.find("}}").map_or(place.len(), |end| end + 2);
        match &place[..end] {
            "{{title}}" => escape(&document.title, &mut out),
            "{{language}}" => escape(document.language.as_deref().unwrap_or_default(), &mut out),
            "{{body}}" => body(document, &mut out),
            "{{root}}" => out.push_str(&root(&document.url)),
            _ => {
                // Not a place of ours: braces may belong to a script, and a place of ours may begin right after.
                out.push('{');
                rest = &place[1..];
                continue;
            }
        }
        rest = &place[end..];
    }
    out.push_str(rest);
    out
}

/// Where a document's page is written: `a/b.txt` as `a/b.txt/index.html`, `a/` as `a/index.html`.
///
/// `None` for URLs that have no place below the output folder: of other hosts, absolute, with a query or a
/// fragment, with `..`, a drive, a backslash or a NUL in them, or not UTF-8 once decoded.
#[must_use]
pub fn page_path(url: &str) -> Option<PathBuf> {
    if url.contains(['?', '#', ':']) {
        return None;
    }
    let mut path = PathBuf::new();
    let path_of_url = url.strip_prefix("./").unwrap_or(url);
    let segments = path_of_url.strip_suffix('/').unwrap_or(path_of_url);
    for segment in segments.split('/').filter(|_| !segments.is_empty()) {
        let name = percent_decode_str(segment).decode_utf8().ok()?;
        let has_drive = name.as_bytes().get(1) == Some(&b':');
        if matches!(&*name, "" | "." | "..") || has_drive || name.contains(['/', '\\', '\0']) {
            return None;
        }
        path.push(&*name);
    }
    if path_of_url == "/" {
        return None;
    }
    path.push("index.html");
    Some(path)
}

/// How the page of `url` reaches the root: one step up for each folder that it lies in.
fn root(url: &str) -> String {
    let n_folders = page_path(url).map_or(0, |path| path.components().count() - 1);
    if n_folders == 0 { "./".to_owned() } else { "../".repeat(n_folders) }
}

fn body(document: &Document, out: &mut String) {
    out.push_str("<h1>");
    escape(&document.title, out);
    out.push_str("</h1>\n");
    for passage in &document.passages {
        if !passage.heading.is_empty() {
            // The title alone is of the first level.
            let level = passage.level.clamp(2, 6);
            out.push_str(&format!("<h{level}"));
            if let Some(id) = &passage.id {
                out.push_str(" id=\"");
                escape(id, out);
                out.push('"');
            }
            out.push('>');
            escape(&passage.heading, out);
            out.push_str(&format!("</h{level}>\n"));
        }
        for paragraph in passage.text.lines() {
            out.push_str("<p>");
            escape(paragraph, out);
            out.push_str("</p>\n");
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests;
