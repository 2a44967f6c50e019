//! Writes a plain HTML page for each document that is not HTML.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use searchlet_index::source::Kind;
use searchlet_index::{Document, pages};

use crate::writing;

/// Where pages go, and what stands around their text.
pub struct Writer {
    folder: PathBuf,
    template: Option<String>,
}

impl Writer {
    /// # Errors
    ///
    /// When the template cannot be read, or has no place for the text.
    pub fn new(folder: &Path, template: Option<&Path>) -> Result<Self> {
        let read = |path: &Path| {
            let shown = path.display();
            let template = fs::read_to_string(path)
                .with_context(|| format!("could not read the template {shown}; give a UTF-8 HTML file"))?;
            if !template.contains("{{body}}") {
                bail!("the template {shown} has no {{{{body}}}}; write it where the text of a page goes");
            }
            Ok(template)
        };
        Ok(Self { folder: folder.to_owned(), template: template.map(read).transpose()? })
    }

    /// Makes the pages of `documents`, without touching the disk.
    ///
    /// # Errors
    ///
    /// When a document's page would leave the folder.
    pub fn prepare(&self, documents: &[Document]) -> Result<Prepared> {
        // Of documents with one URL the index keeps the first by content, so that one is shown.
        let mut shown: BTreeMap<&str, &Document> = BTreeMap::new();
        for document in documents.iter().filter(|document| !is_page(document)) {
            let kept = shown.entry(&document.url).or_insert(document);
            if (&document.title, &document.passages) < (&kept.title, &kept.passages) {
                *kept = document;
            }
        }
        let mut prepared = Vec::new();
        for (url, document) in shown {
            // A record may stand for a page of another site, which is where its page is.
            let Some(path) = pages::page_path(url) else { continue };
            if !path.components().all(|component| matches!(component, Component::Normal(_))) {
                bail!("the page of {url} would be outside {}; rename the document", self.folder.display());
            }
            prepared.push((self.folder.join(path), pages::page(document, self.template.as_deref())));
        }
        Ok(Prepared(prepared))
    }
}

/// Whether what stands at the document's URL is a page already: an HTML file, or the index of a folder.
fn is_page(document: &Document) -> bool {
    let url = &document.url;
    document.is_page || url.ends_with('/') || Kind::of(Path::new(url)) == Some(Kind::Html)
}

/// Pages that are ready to be written: path and HTML.
pub struct Prepared(Vec<(PathBuf, String)>);

impl Prepared {
    /// Writes all pages, each aside and then renamed; gives their number.
    ///
    /// # Errors
    ///
    /// When one cannot be written; those before it are whole.
    pub fn write(&self) -> Result<u64> {
        for (path, html) in &self.0 {
            writing::replace(path, html.as_bytes()).with_context(|| {
                format!("could not write the page {}; choose another folder for --pages", path.display())
            })?;
        }
        Ok(self.0.len() as u64)
    }
}
