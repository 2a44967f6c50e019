//! A page on which queries can be tried, answered natively and explained.
//!
//! The bundle is opened anew for each query: so an answer is of the build that is there now, and the files that it took
//! are those that a reader's browser fetches for it, having nothing yet.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::State;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use searchlet_index::source;
use searchlet_search::Options;
use searchlet_search::local::Understood;
use serde::Serialize;
use tokio::task::spawn_blocking;

use crate::opening;
use crate::search::{self, Answer};

/// What the page consists of: path, kind, content.
const FILES: [(&str, &str, &str); 3] = [
    ("/.searchlet/", "text/html; charset=utf-8", include_str!("../../../../www/playground/playground.html")),
    ("/.searchlet/playground.css", "text/css", include_str!("../../../../www/playground/playground.css")),
    (
        "/.searchlet/playground.js",
        "text/javascript",
        include_str!("../../../../www/playground/playground.js"),
    ),
];

/// Nothing but the page's own files, and no page of somebody else's around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// More hits than this nobody reads on a page.
const MAX_HITS: usize = 100;

/// What would end a segment of a path early, or be taken for an escape.
const NOT_IN_SEGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// Where the bundle is.
pub struct Playground {
    /// The folder that is served.
    folder: PathBuf,
    /// The bundle, if it is known; else it is looked for.
    bundle: Option<PathBuf>,
}

/// What is asked.
#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    query: String,
    limit: usize,
    language: Option<String>,
    facets: Vec<String>,
}

/// What is answered.
#[derive(Serialize)]
struct Tried {
    found: Answer,
    /// How the query is read, for each language.
    understood: Vec<Understood>,
    /// What a browser fetches before the first query.
    opening: Vec<File>,
    /// What it fetches for this one.
    fetched: Vec<File>,
    /// The bundle, as a person names it.
    bundle: String,
    /// Where the URLs of hits are relative to, if they are served.
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    documents: u64,
    /// Those that there are, whichever was asked for.
    languages: Vec<String>,
    /// The keys by which values can be counted.
    keys: Vec<String>,
}

#[derive(Clone, Serialize)]
struct File {
    name: String,
    bytes: usize,
}

#[derive(Serialize)]
struct Refusal {
    error: String,
}

impl Playground {
    /// A playground over the bundle in the folder that is served, or over a certain one.
    pub fn new(folder: &Path, bundle: Option<PathBuf>) -> Self {
        Self { folder: folder.to_owned(), bundle }
    }

    /// The bundle: the one that is known, else the folder itself, else `searchlet` in it, else the first folder in it that
    /// is one.
    fn place(&self) -> Option<PathBuf> {
        if let Some(bundle) = &self.bundle {
            return Some(bundle.clone()).filter(|bundle| source::is_bundle(bundle));
        }
        let usual = [self.folder.clone(), self.folder.join("searchlet")];
        usual.into_iter().find(|folder| source::is_bundle(folder)).or_else(|| {
            let entries = fs::read_dir(&self.folder).ok()?;
            let folders = entries.filter_map(|entry| Some(entry.ok()?.path()));
            folders.filter(|folder| source::is_bundle(folder)).min()
        })
    }

    /// The path at which the site of a bundle is served.
    fn site(&self, bundle: &Path) -> Option<String> {
        let real = bundle.canonicalize().ok()?;
        let below = real.parent()?.strip_prefix(&self.folder).ok()?;
        let mut site = "/".to_owned();
        for segment in below.components() {
            site.extend(utf8_percent_encode(segment.as_os_str().to_str()?, NOT_IN_SEGMENT));
            site.push('/');
        }
        Some(site)
    }

    fn answer(&self, asked: Asked) -> Result<Tried> {
        let bundle = self
            .place()
            .context("there is no bundle here; make one with `searchlet index`, or serve with --watch")?;
        let seen: Rc<RefCell<Vec<File>>> = Rc::default();
        let see = {
            let seen = Rc::clone(&seen);
            move |name: &str, bytes| seen.borrow_mut().push(File { name: name.to_owned(), bytes })
        };
        let mut local = opening::open_seen(&bundle, asked.language.as_deref(), see)?;
        let opening = seen.take();
        let options =
            Options { limit: asked.limit, facets: asked.facets, explain: true, ..Options::default() };
        let found = search::answer(&mut local, &asked.query, options);
        Ok(Tried {
            found,
            understood: local.understand(&asked.query),
            opening,
            fetched: seen.take(),
            site: self.site(&bundle),
            bundle: bundle.strip_prefix(&self.folder).unwrap_or(&bundle).display().to_string(),
            documents: local.metadata().map(|head| u64::from(head.documents)).sum(),
            languages: local.root().heads.iter().map(|head| head.language.clone()).collect(),
            keys: local.keys(),
        })
    }
}

impl Asked {
    /// Reads the query of a URL.
    fn read(query: &str) -> Result<Self, String> {
        let mut asked = Self { limit: Options::default().limit, ..Self::default() };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8_lossy().into_owned();
            match name {
                "q" => asked.query = value,
                "limit" => {
                    let limit = value.parse().ok().filter(|limit| *limit <= MAX_HITS);
                    asked.limit =
                        limit.ok_or_else(|| format!("limit is {value:?}, expected 0 to {MAX_HITS}"))?;
                }
                "language" => asked.language = Some(value).filter(|language| !language.is_empty()),
                "facet" => asked.facets.push(value),
                _ => return Err(format!("{name:?} is none of q, limit, language, facet")),
            }
        }
        Ok(asked)
    }
}

/// The page and what it asks.
pub fn routes(playground: Playground) -> Router {
    let mut routes = Router::new()
        .route("/.searchlet", get(|| async { Redirect::temporary("/.searchlet/") }))
        .route("/.searchlet/search", get(search));
    for (path, kind, content) in FILES {
        routes = routes.route(path, get(move || async move { page(kind, content) }));
    }
    routes.with_state(Arc::new(playground))
}

fn page(kind: &'static str, content: &'static str) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    (headers, content).into_response()
}

async fn search(State(playground): State<Arc<Playground>>, uri: Uri) -> Response {
    let refusal = |status, error| json(status, &Refusal { error });
    let asked = match Asked::read(uri.query().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(error) => return refusal(StatusCode::BAD_REQUEST, error),
    };
    // Files are read on a thread that may wait for them.
    match spawn_blocking(move || playground.answer(asked)).await {
        Ok(Ok(tried)) => json(StatusCode::OK, &tried),
        Ok(Err(error)) => refusal(StatusCode::SERVICE_UNAVAILABLE, format!("{error:#}")),
        Err(_) => {
            let told = "the search ended early; see the terminal".to_owned();
            refusal(StatusCode::INTERNAL_SERVER_ERROR, told)
        }
    }
}

fn json(status: StatusCode, answer: &impl Serialize) -> Response {
    match serde_json::to_string(answer) {
        Ok(json) => (status, [(CONTENT_TYPE, "application/json")], json).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stands_in_the_url() {
        let asked = Asked::read("q=a+b%2Bc&limit=3&language=de&facet=x&facet=y%20z").expect("understood");
        let facets = vec!["x".to_owned(), "y z".to_owned()];
        let expected = Asked { query: "a b+c".into(), limit: 3, language: Some("de".into()), facets };
        assert_eq!(asked, expected);
        assert_eq!(Asked::read("").expect("understood").limit, 10);
        for (query, word) in [("limit=x", "limit"), ("limit=101", "100"), ("query=x", "none of q")] {
            assert!(Asked::read(query).expect_err(query).contains(word));
        }
    }
}
