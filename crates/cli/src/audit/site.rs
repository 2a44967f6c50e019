//! Whether what a bundle links to is there, as far as the files of its site tell.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use searchlet_index::extract::{self, Anchors};
use searchlet_index::pages;
use searchlet_index::source::{self, Kind, Source};
use searchlet_search::local::SurveyedDocument;
use serde::Serialize;

/// The folder that a site is served from.
pub struct Site {
    folder: PathBuf,
    /// What stands before the URLs of its documents.
    base: String,
}

/// A passage whose URL has a fragment that no element of its page has.
#[derive(Serialize)]
pub struct BrokenPassage {
    pub url: String,
    pub heading: String,
}

/// A link to a place in a page of the site that the page does not have.
#[derive(Serialize)]
pub struct BrokenLink {
    pub page: String,
    pub link: String,
}

/// What was found.
pub struct Checked {
    /// URLs that lead to no file.
    pub nowhere: Vec<String>,
    pub passages: Vec<BrokenPassage>,
    pub links: Vec<BrokenLink>,
}

impl Site {
    /// The site in a folder, with what stands before the URLs of its documents.
    pub fn new(folder: &Path, base: &str) -> Self {
        // The folder of a bare name is the current one.
        let here = folder.as_os_str().is_empty();
        Self { folder: if here { ".".into() } else { folder.to_owned() }, base: base.to_owned() }
    }

    /// Whether there is such a folder.
    pub fn is_there(&self) -> bool {
        self.folder.is_dir()
    }

    /// Follows the URLs of all documents; `None` when none leads to a file, since the site then lies elsewhere.
    ///
    /// Links are followed from one page of the site to another, and only those to a place in a page. Cost: reads each
    /// page once.
    pub fn check(&self, documents: &[SurveyedDocument]) -> Option<Checked> {
        let places: Vec<(&SurveyedDocument, &str)> = documents
            .iter()
            .filter_map(|document| Some((document, self.inside(&document.url)?)))
            .filter(|(_, url)| pages::page_path(url).is_some())
            .collect();
        let found: Vec<(&SurveyedDocument, &str, Option<PathBuf>)> =
            places.into_par_iter().map(|(document, url)| (document, url, self.file(url))).collect();
        if found.iter().all(|(_, _, file)| file.is_none()) {
            return None;
        }
        let mut nowhere: Vec<String> =
            found.iter().filter(|found| found.2.is_none()).map(|found| found.0.url.clone()).collect();
        nowhere.sort();

        let mut known = Pages::default();
        known.read(found.iter().filter_map(|found| found.2.clone()));
        let mut passages = Vec::new();
        let mut links: Vec<(String, String, PathBuf, String)> = Vec::new();
        for (document, url, file) in &found {
            let Some(anchors) = file.as_ref().and_then(|file| known.of(file)) else { continue };
            // In a bundle fragments stand as they do in a URL.
            let leads = |id: &str| {
                anchors.ids.contains(id) || anchors.ids.contains(&*percent_decode_str(id).decode_utf8_lossy())
            };
            let broken =
                document.passages.iter().filter(|passage| !passage.id.is_empty() && !leads(&passage.id));
            let mut told = BTreeSet::new();
            for passage in broken.filter(|passage| told.insert(&passage.id)) {
                let url = format!("{}#{}", document.url, passage.id);
                passages.push(BrokenPassage { url, heading: passage.heading.clone() });
            }
            if anchors.has_base {
                continue;
            }
            for link in &anchors.links {
                let Some((target, fragment)) = followed(url, link) else { continue };
                let file = if target == *url { file.clone() } else { self.file(&target) };
                links.extend(file.map(|file| (document.url.clone(), link.clone(), file, fragment)));
            }
        }
        known.read(links.iter().map(|link| link.2.clone()));
        let is_broken = |link: &(String, String, PathBuf, String)| {
            known.of(&link.2).is_some_and(|anchors| !anchors.ids.contains(&link.3))
        };
        links.retain(is_broken);
        let mut links: Vec<BrokenLink> =
            links.into_iter().map(|(page, link, ..)| BrokenLink { page, link }).collect();
        links.sort_by(|a, b| (&a.page, &a.link).cmp(&(&b.page, &b.link)));
        passages.sort_by(|a, b| a.url.cmp(&b.url));
        Some(Checked { nowhere, passages, links })
    }

    /// A URL without what stands before all of them; `None` where it leads elsewhere.
    fn inside<'u>(&self, url: &'u str) -> Option<&'u str> {
        let inside = url.strip_prefix(&*self.base)?;
        let is_elsewhere = inside.starts_with('/') || inside.split('/').next()?.contains(':');
        (!is_elsewhere).then_some(if inside.is_empty() { "./" } else { inside })
    }

    /// The file that hosts of static sites serve for a URL.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let index = self.folder.join(pages::page_path(url)?);
        let plain = index.parent()?.to_owned();
        let with = |ending: &str| {
            let mut path = plain.as_os_str().to_owned();
            path.push(ending);
            PathBuf::from(path)
        };
        let packed = index.with_extension("html.gz");
        let mut candidates = vec![index.clone(), packed, with(".html"), with(".htm"), with(".gz")];
        if !url.ends_with('/') {
            candidates.insert(0, plain.clone());
        }
        candidates.into_iter().find(|path| path.is_file())
    }
}

/// The pages that were read.
#[derive(Default)]
struct Pages(BTreeMap<PathBuf, Option<Anchors>>);

impl Pages {
    /// Reads those that were not read yet; what is no page, or cannot be read, has no anchors.
    fn read(&mut self, files: impl Iterator<Item = PathBuf>) {
        let new: BTreeSet<PathBuf> = files.filter(|file| !self.0.contains_key(file)).collect();
        let read: Vec<(PathBuf, Option<Anchors>)> = new
            .into_par_iter()
            .map(|path| {
                let source = Source { path: path.clone(), ..Source::of("", Kind::Html) };
                let is_page = Kind::of(&path) == Some(Kind::Html);
                let bytes = if is_page { source::read(&source).ok() } else { None };
                let anchors = bytes.map(|bytes| {
                    let mut anchors = extract::anchors(&bytes);
                    anchors.links.retain(|link| link.contains('#'));
                    anchors
                });
                (path, anchors)
            })
            .collect();
        self.0.extend(read);
    }

    fn of(&self, file: &Path) -> Option<&Anchors> {
        self.0.get(file)?.as_ref()
    }
}

/// Where a link in the page at `url` leads: the URL within the site, and the fragment, decoded. `None` where it names no
/// place in a page of the site, or one that scripts make of it.
fn followed(url: &str, link: &str) -> Option<(String, String)> {
    let (target, fragment) = link.trim().split_once('#')?;
    // What follows tells browsers which words to mark.
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let is_route = fragment.starts_with(['/', '!', '?']);
    if fragment.is_empty() || fragment == "top" || is_route {
        return None;
    }
    let fragment = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
    let target = target.split('?').next().unwrap_or_default();
    if target.is_empty() {
        return Some((url.to_owned(), fragment));
    }
    if target.starts_with("//") || target.split('/').next()?.contains(':') {
        return None;
    }
    let folder = url.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = Vec::new();
    let before = if target.starts_with('/') { "" } else { folder };
    for name in before.split('/').chain(target.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop()?;
            }
            _ => names.push(name),
        }
    }
    let is_folder = target.ends_with(['/', '.']);
    let path = names.join("/");
    let end = if is_folder && !path.is_empty() { "/" } else { "" };
    Some((if path.is_empty() { "./".to_owned() } else { path + end }, fragment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_within_the_site() {
        for (url, link, target) in [
            ("a/b.html", "#x", "a/b.html"),
            ("a/b.html", "c.html#x", "a/c.html"),
            ("a/b.html", "../c/?q=1#x", "c/"),
            ("a/b.html", "./#x", "a/"),
            ("a/b.html", "..#x", "./"),
            ("a/b.html", "/c#%78", "c"),
            ("a/", "b.html#x:~:text=y", "a/b.html"),
        ] {
            assert_eq!(followed(url, link), Some((target.to_owned(), "x".to_owned())), "{url} {link}");
        }
        for link in [
            "b.html",
            "#",
            "#top",
            "#/route",
            "#!x",
            "https://e.org/#x",
            "//e.org/#x",
            "mailto:x#y",
            "../..#x",
        ] {
            assert_eq!(followed("a/b.html", link), None, "{link}");
        }
    }
}
