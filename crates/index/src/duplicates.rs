//! Folds pages that are other pages again.
//!
//! Only HTML pages are folded. Records and texts are what somebody chose to give a name each, and are to be found under
//! each of them, even where they say the same.

use crate::Document;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// A canonical page may itself name another. So many are followed; a longer way is a circle or no way at all, and its
/// pages stay.
const MAX_HOPS: usize = 8;

/// Where so many pages and more than half of all would become one, a template is at fault, and they stay: no site has
/// ten copies of one page and less of everything else.
const MIN_MISTAKEN: usize = 10;

/// What was folded.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The URLs of the pages that are no more, ascending, each with that of the page that stands for it.
    pub pages: Vec<(String, String)>,
    /// One of the pages that name one canonical URL by mistake, with their number.
    pub mistaken: Option<(String, usize)>,
}

/// Removes pages that are others again. `documents` ascend by URL.
///
/// Pages that name one canonical page (`<link rel=canonical>`) become that page, or where it is not among the
/// documents, the first of them. Then of pages with the same title, text and language the one with the shortest URL
/// stays. Pages without text are all kept, since nothing says that they are the same.
pub fn fold(documents: &mut Vec<Document>) -> Folded {
    let (places, mistaken) = with_one_canonical(documents);
    let mut pages = remove(documents, &places);
    let places = with_one_text(documents);
    pages.append(&mut remove(documents, &places));
    pages.sort();
    Folded { pages, mistaken }
}

/// Removes the documents at `places`; gives their URLs, each with that of the document which stands for it.
fn remove(documents: &mut Vec<Document>, places: &BTreeMap<usize, usize>) -> Vec<(String, String)> {
    let url = |place: &usize| documents[*place].url.clone();
    let removed = places.iter().map(|(place, stays)| (url(place), url(stays))).collect();
    let mut place = 0;
    documents.retain(|_| {
        place += 1;
        !places.contains_key(&(place - 1))
    });
    removed
}

/// The places of pages that have a canonical page beside them, each with the place of that, and what looks like a
/// mistake.
fn with_one_canonical(documents: &[Document]) -> (BTreeMap<usize, usize>, Option<(String, usize)>) {
    let pages = || documents.iter().enumerate().filter(|(_, document)| document.is_page);
    if pages().all(|(_, page)| page.canonical.is_none()) {
        return (BTreeMap::new(), None);
    }
    let base = base(documents);
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for (place, page) in pages() {
        by_key.entry(key(&page.url)).or_insert(place);
    }
    let named: BTreeMap<usize, String> = pages()
        .filter_map(|(place, page)| Some((place, wanted(page.canonical.as_deref()?, &page.url, &base))))
        .collect();
    let mut groups: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (place, mut canonical) in &named {
        for _ in 0..MAX_HOPS {
            match by_key.get(canonical).and_then(|next| named.get(next)) {
                Some(next) if next != canonical => canonical = next,
                _ => break,
            }
        }
        groups.entry(canonical).or_default().insert(*place);
    }
    let (mut folded, mut mistaken) = (BTreeMap::new(), None);
    for (canonical, mut places) in groups {
        // The canonical page need not name itself.
        let itself = by_key.get(canonical).copied().filter(|place| !named.contains_key(place));
        places.extend(itself);
        let is_canonical = |place: &&usize| by_key.get(canonical) == Some(*place);
        let Some(stays) = places.iter().find(is_canonical).or_else(|| places.first()).copied() else {
            continue;
        };
        if places.len() > MIN_MISTAKEN && places.len() > pages().count() / 2 {
            mistaken = Some((documents[stays].url.clone(), places.len()));
            continue;
        }
        folded.extend(places.into_iter().filter(|&place| place != stays).map(|place| (place, stays)));
    }
    (folded, mistaken)
}

/// The places of pages that have the title, text and language of one with a shorter URL, or the same length and an
/// earlier place; each with the place of that.
fn with_one_text(documents: &[Document]) -> BTreeMap<usize, usize> {
    let mut groups: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, page) in documents.iter().enumerate().filter(|(_, document)| document.is_page) {
        let text: String = texts(page).flat_map(|text| [text, "\n"]).collect();
        if !text.trim().is_empty() {
            groups.entry(searchlet_format::digest(text.as_bytes())).or_default().push(place);
        }
    }
    let mut folded = BTreeMap::new();
    for places in groups.values_mut().filter(|places| places.len() > 1) {
        places.sort_by_key(|&place| (documents[place].url.len(), place));
        let mut kept: Vec<usize> = Vec::new();
        for &place in &*places {
            let page = &documents[place];
            let is_same = |other: &usize| {
                let other = &documents[*other];
                (&page.title, &page.language) == (&other.title, &other.language)
                    && texts(page).eq(texts(other))
            };
            match kept.iter().copied().find(is_same) {
                Some(stays) => {
                    folded.insert(place, stays);
                }
                None => kept.push(place),
            }
        }
    }
    folded
}

fn texts(page: &Document) -> impl Iterator<Item = &str> {
    page.passages.iter().flat_map(|passage| [&*passage.heading, &*passage.text])
}

/// Where the site lies, as most pages tell that name themselves as canonical: origin and path, with `/` at its end.
/// `None` when none does.
fn base(documents: &[Document]) -> Option<String> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    let absolutes: Vec<(String, String)> = documents
        .iter()
        .filter(|document| document.is_page)
        .filter_map(|page| Some((absolute(page.canonical.as_deref()?)?, key(&page.url))))
        .collect();
    for (canonical, own) in &absolutes {
        let base = canonical.strip_suffix(&**own).filter(|base| base.ends_with('/') || own.is_empty());
        if let Some(base) = base {
            *votes.entry(base).or_default() += 1;
        }
    }
    let most = votes.values().max()?;
    let base = votes.iter().find(|(_, count)| *count == most)?.0;
    Some(format!("{}/", base.trim_end_matches('/')))
}

/// The key of the URL that a page at `url` names as canonical: of a page of the site as [`key`] has it, else in full.
fn wanted(canonical: &str, url: &str, base: &Option<String>) -> String {
    let Some(absolute) = absolute(canonical) else {
        if canonical.starts_with(['?', '#']) {
            // The page itself.
            return key(url);
        }
        let folder = url
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let mut names: Vec<&str> = Vec::new();
        for name in folder.split('/').chain(canonical.split('/')) {
            match name {
                "." => {}
                ".." => {
                    names.pop();
                }
                _ => names.push(name),
            }
        }
        return key(&names.join("/"));
    };
    let base = match base {
        Some(base) => &**base,
        // Without a hint, the site lies at the root of its host.
        None => &absolute[..absolute.len() - path(&absolute).len()],
    };
    let is_root = absolute == base.trim_end_matches('/');
    if is_root { String::new() } else { absolute.strip_prefix(base).unwrap_or(&absolute).to_owned() }
}

/// A canonical URL with its origin or from the root of its host on, as a key with both kept; `None` if it is relative.
fn absolute(canonical: &str) -> Option<String> {
    let is_absolute = canonical.starts_with('/') || path(canonical).len() < canonical.len();
    is_absolute.then(|| tidied(canonical))
}

/// The path of a URL behind scheme, host and the `/` after it.
fn path(url: &str) -> &str {
    let rest = match url.split_once("//") {
        Some((scheme, rest)) if scheme.is_empty() || scheme.ends_with(':') => {
            rest.split_once('/').map_or("", |(_, path)| path)
        }
        _ => url,
    };
    rest.strip_prefix('/').unwrap_or(rest)
}

/// What URLs have in common that hosts serve the same page for: the path without `index.html`, `.html` and the last
/// `/`, decoded.
fn key(url: &str) -> String {
    let url = url.strip_prefix("./").unwrap_or(url);
    tidied(path(url))
}

fn tidied(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let is_whole = |rest: &&str| rest.is_empty() || rest.ends_with('/');
    let url = url.strip_suffix("index.html").filter(is_whole).unwrap_or(url);
    let url = url.strip_suffix(".html").or_else(|| url.strip_suffix(".htm")).unwrap_or(url);
    percent_decode_str(url.trim_end_matches('/')).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Passage;

    fn page(url: &str, text: &str, canonical: &str) -> Document {
        Document {
            url: url.into(),
            title: "Title".into(),
            is_page: true,
            canonical: (!canonical.is_empty()).then(|| canonical.to_owned()),
            passages: vec![Passage { text: text.into(), ..Passage::default() }],
            ..Document::default()
        }
    }

    fn folded(mut documents: Vec<Document>) -> Vec<String> {
        documents.sort_by(|a, b| a.url.cmp(&b.url));
        fold(&mut documents);
        documents.into_iter().map(|document| document.url).collect()
    }

    #[test]
    fn pages_become_their_canonical_page_however_it_is_written() {
        for canonical in [
            "https://example.org/b.html",
            "//example.org/b",
            "/b/",
            "b.html",
            "./b",
            "https://example.org/b/index.html?x=1#y",
        ] {
            let pages =
                vec![page("a.html", "one", canonical), page("b.html", "two", ""), page("c", "three", "")];
            assert_eq!(folded(pages), ["b.html", "c"], "{canonical}");
        }
        let below = vec![page("x/a.html", "one", "../y/b.html"), page("y/b.html", "two", "b.html")];
        assert_eq!(folded(below), ["y/b.html"]);
    }

    #[test]
    fn the_place_of_a_site_is_told_by_pages_that_name_themselves() {
        let pages = vec![
            page("a.html", "one", "https://example.org/docs/b.html"),
            page("b.html", "two", "https://example.org/docs/b.html"),
            page("c.html", "three", "https://example.org/docs/c"),
            page("d.html", "four", "https://elsewhere.org/b.html"),
            page("./", "five", "https://example.org/docs/"),
        ];
        assert_eq!(folded(pages), ["./", "b.html", "c.html", "d.html"]);
    }

    #[test]
    fn without_the_canonical_page_the_first_stays() {
        let pages = ["c.html", "a.html", "b.html"].map(|url| page(url, url, "https://example.org/gone.html"));
        assert_eq!(folded(pages.into()), ["a.html"]);
    }

    #[test]
    fn a_template_that_names_one_page_for_all_is_told_and_folds_nothing() {
        let site = |n_copies: usize, n_others: usize| -> Vec<Document> {
            let copies = (0..n_copies).map(|n| page(&format!("c{n:02}"), &n.to_string(), "{{ url }}"));
            copies
                .chain((0..n_others).map(|n| page(&format!("d{n:02}"), &format!("other {n}"), "#")))
                .collect()
        };
        let mut mistaken = site(11, 3);
        let expected = Folded { pages: Vec::new(), mistaken: Some(("c00".to_owned(), 11)) };
        assert_eq!((fold(&mut mistaken), mistaken.len()), (expected, 14));
        let into_first =
            |n_copies| (1..n_copies).map(|n| (format!("c{n:02}"), "c00".to_owned())).collect::<Vec<_>>();
        let expected = |n_copies| Folded { pages: into_first(n_copies), mistaken: None };
        assert_eq!(fold(&mut site(11, 30)), expected(11), "others are many");
        assert_eq!(fold(&mut site(5, 0)), expected(5), "copies are few");
    }

    #[test]
    fn ways_are_followed_and_circles_lose_nothing() {
        let way = vec![page("a", "1", "/b"), page("b", "2", "/c"), page("c", "3", "")];
        assert_eq!(folded(way), ["c"]);
        let circle = vec![page("a", "1", "/b"), page("b", "2", "/a")];
        assert!(!folded(circle).is_empty());
    }

    #[test]
    fn of_the_same_text_the_shortest_url_stays_and_empty_pages_do() {
        let pages = vec![
            page("aaa", "same", ""),
            page("c", "same", ""),
            page("b", "same", ""),
            page("d", "else", ""),
        ];
        assert_eq!(folded(pages), ["b", "d"]);
        assert_eq!(folded(vec![page("a", "", ""), page("b", "", "")]), ["a", "b"]);
        let other = |title: &str, language: Option<&str>| Document {
            title: title.into(),
            language: language.map(Into::into),
            ..page(title, "same", "")
        };
        assert_eq!(folded(vec![other("a", None), other("b", None)]).len(), 2, "titles differ");
        let named = Document { url: "z".into(), ..other("a", Some("de")) };
        assert_eq!(folded(vec![other("a", None), named]).len(), 2, "languages differ");
    }

    #[test]
    fn records_are_never_folded() {
        let record = |url: &str| Document { is_page: false, ..page(url, "same", "/a") };
        assert_eq!(folded(vec![record("a"), record("b")]), ["a", "b"]);
    }
}
