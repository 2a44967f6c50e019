//! The engine as an object of JavaScript.

use crate::failure::Failure;
use crate::fetch::{Freshness, fetch};
use crate::inflate::inflate;
use crate::options::{count, options};
use js_sys::futures::{JsFuture, future_to_promise};
use js_sys::{Array, Promise};
use searchlet_search::{Envelope, HeadEntry, Index, Kind, PartId, Root, Search, Step, Suggest, SuggestStep};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

/// The name of the root in a bundle.
const ROOT: &str = "index.json";

/// How many completions are given when the caller does not say.
const USUAL_SUGGESTIONS: usize = 5;

/// An index that is open for searching.
#[wasm_bindgen]
pub struct Engine {
    base: String,
    build: u64,
    documents: f64,
    index: Rc<RefCell<Index>>,
    running: RefCell<Option<AbortController>>,
}

#[wasm_bindgen(wasm_bindgen_futures = js_sys::futures)]
impl Engine {
    /// Opens the bundle at `base`, a URL that ends in `/`, of which `root` is the text of `index.json`. With a
    /// language, its documents are searched if there are any, else all.
    ///
    /// # Errors
    /// An `Error` with a `code`: offline, missing, damaged, format, analyser.
    pub async fn open(base: String, root: String, language: Option<String>) -> Result<Engine, JsValue> {
        let refused = |file: &str| {
            let file = file.to_owned();
            move |error| Failure::Format { file, error }
        };
        let root = Root::read(&root).map_err(refused(ROOT))?;
        let wanted = language.unwrap_or_default().to_ascii_lowercase();
        let primary = wanted.split(['-', '_']).next().unwrap_or_default();
        let has_language = root.heads.iter().any(|head| head.language == primary);
        let entries = root.heads.into_iter().filter(|head| !has_language || head.language == primary);
        let heads: Vec<(HeadEntry, Rc<RefCell<Option<Result<Vec<u8>, Failure>>>>)> =
            entries.map(|entry| (entry, Rc::default())).collect();
        all(heads.iter().map(|(entry, result)| {
            let (base, entry, result) = (base.clone(), entry.clone(), Rc::clone(result));
            Box::pin(async move {
                let loaded = head(&base, &entry).await;
                *result.borrow_mut() = Some(loaded);
            }) as Pin<Box<dyn Future<Output = ()>>>
        }))
        .await;
        let mut raw = Vec::new();
        for (_, result) in heads {
            raw.extend(result.take().transpose()?);
        }
        let index = Index::open(raw.iter().map(Vec::as_slice)).map_err(refused("head"))?;
        let documents = index.documents() as f64;
        Ok(Self {
            base,
            build: root.build,
            documents,
            index: Rc::new(RefCell::new(index)),
            running: RefCell::default(),
        })
    }

    /// How many documents can be found.
    #[wasm_bindgen(getter)]
    pub fn documents(&self) -> f64 {
        self.documents
    }

    /// Ends the search that is going on; it rejects with an `AbortError`.
    pub fn cancel(&self) {
        if let Some(running) = self.running.take() {
            running.abort();
        }
    }

    /// Searches; options are `limit` and `offset`. A search that is going on is ended.
    ///
    /// # Errors
    /// An `AbortError` when a newer search took its place; an `Error` with the code `stale` when the site has a newer
    /// bundle, which is then to be opened instead.
    pub async fn search(&self, query: String, options: JsValue) -> Result<JsValue, JsValue> {
        self.cancel();
        let controller = AbortController::new()?;
        *self.running.borrow_mut() = Some(controller.clone());
        let mut search = Search::new(&query, self::options(&options));
        loop {
            if controller.signal().aborted() {
                return Err(Failure::Aborted.into());
            }
            let step = search.step(&mut self.index.borrow_mut());
            match step {
                Step::Done(found) => return plain(&found),
                Step::Need(parts) => self.fetch(parts, Some(&controller)).await?,
            }
        }
    }

    /// Completes the last word of a text; the option is `limit`.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub async fn suggest(&self, text: String, options: JsValue) -> Result<JsValue, JsValue> {
        let mut suggest = Suggest::new(&text, count(&options, "limit").unwrap_or(USUAL_SUGGESTIONS));
        loop {
            let step = suggest.step(&mut self.index.borrow_mut());
            match step {
                SuggestStep::Done(suggestions) => return plain(&suggestions),
                SuggestStep::Need(parts) => self.fetch(parts, None).await?,
            }
        }
    }
}

impl Engine {
    /// Fetches parts, all at once, and hands them to the index. A part that cannot be had is told to the index, unless
    /// it is because the site has a newer bundle.
    async fn fetch(&self, parts: Vec<PartId>, controller: Option<&AbortController>) -> Result<(), Failure> {
        let failed = Rc::new(Cell::new(false));
        all(parts.into_iter().map(|id| {
            let (base, index, failed) = (self.base.clone(), Rc::clone(&self.index), Rc::clone(&failed));
            let signal = controller.map(AbortController::signal);
            Box::pin(async move {
                let loaded = load(&base, &index, id, signal.as_ref()).await;
                if loaded.is_err() {
                    failed.set(true);
                    index.borrow_mut().fail(id);
                }
            }) as Pin<Box<dyn Future<Output = ()>>>
        }))
        .await;
        if controller.is_some_and(|controller| controller.signal().aborted()) {
            return Err(Failure::Aborted);
        }
        if failed.get() && self.is_stale().await {
            return Err(Failure::Stale);
        }
        Ok(())
    }

    /// Whether the site has another bundle than the one that is open. A root that cannot be had says nothing.
    async fn is_stale(&self) -> bool {
        let Ok(bytes) = fetch(&self.base, ROOT, Freshness::Revalidated, None).await else { return false };
        let root = std::str::from_utf8(&bytes).ok().and_then(|text| Root::read(text).ok());
        root.is_some_and(|root| root.build != self.build)
    }
}

/// Fetches a part, checks it, inflates it, and hands it to the index. A damaged copy is fetched once more.
async fn load(
    base: &str,
    index: &RefCell<Index>,
    id: PartId,
    signal: Option<&web_sys::AbortSignal>,
) -> Result<(), Failure> {
    let file = index.borrow().name(id);
    let mut freshness = Freshness::Immutable;
    loop {
        let bytes = fetch(base, &file, freshness, signal).await?;
        let checked = index.borrow().check(id, &bytes);
        let raw = match checked {
            Ok(envelope) => inflate(&envelope).await,
            Err(error) => Err(error),
        };
        match raw.and_then(|raw| index.borrow_mut().supply(id, raw)) {
            Ok(()) => return Ok(()),
            Err(_) if freshness == Freshness::Immutable => freshness = Freshness::Replaced,
            Err(error) => return Err(Failure::Format { file, error }),
        }
    }
}

/// Fetches and inflates a head. A damaged copy is fetched once more.
async fn head(base: &str, entry: &HeadEntry) -> Result<Vec<u8>, Failure> {
    let mut freshness = Freshness::Immutable;
    loop {
        let bytes = fetch(base, &entry.file, freshness, None).await?;
        let checked = entry.digest().and_then(|digest| Envelope::open(&bytes, Kind::Head, digest));
        let raw = match checked {
            Ok(envelope) => inflate(&envelope).await,
            Err(error) => Err(error),
        };
        match raw {
            Ok(raw) => return Ok(raw),
            Err(_) if freshness == Freshness::Immutable => freshness = Freshness::Replaced,
            Err(error) => return Err(Failure::Format { file: entry.file.clone(), error }),
        }
    }
}

/// Runs futures side by side until all have ended. They are boxed, so that there is one runner and not one for each.
async fn all(futures: impl Iterator<Item = Pin<Box<dyn Future<Output = ()>>>>) {
    let promises = Array::new();
    for future in futures {
        promises.push(&future_to_promise(ended(future)));
    }
    // None of these promises rejects: what went wrong is kept inside.
    let _ = JsFuture::from(Promise::all(&promises)).await;
}

async fn ended(future: Pin<Box<dyn Future<Output = ()>>>) -> Result<JsValue, JsValue> {
    future.await;
    Ok(JsValue::UNDEFINED)
}

/// A plain object of JavaScript, as `JSON.parse` would make it.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
