//! The engine as an object of JavaScript.

use crate::failure::Failure;
use crate::fetch::{Freshness, fetch};
use crate::options::{count, options};
use crate::sealed::obtain;
use js_sys::futures::{JsFuture, future_to_promise};
use js_sys::{Array, Promise};
use searchlet_search::{FormatError, Index, Kind, PartId, ROOT, Root, Search, Step, Suggest, SuggestStep};
use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

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

/// The inflated heads, each as far as it could be had.
type Heads = Vec<Result<Vec<u8>, Failure>>;

/// Something that runs on its own.
type Running = Pin<Box<dyn Future<Output = ()>>>;

/// A task of the engine: goes on as far as the parts at hand allow, then gives its result or the parts that it needs.
type Task<'t> = &'t mut dyn FnMut(&mut Index) -> Result<Result<JsValue, JsValue>, Vec<PartId>>;

#[wasm_bindgen(wasm_bindgen_futures = js_sys::futures)]
impl Engine {
    /// Opens the bundle at `base`, a URL that ends in `/`, of which `root` is the text of `index.json`. With a
    /// language, its documents are searched if there are any, else all.
    ///
    /// # Errors
    /// An `Error` with a `code`: offline, missing, damaged, format, analyser.
    pub async fn open(base: String, root: String, language: Option<String>) -> Result<Engine, JsValue> {
        let root = Root::read(&root).map_err(|error| refused(ROOT, error))?;
        let wanted = language.unwrap_or_default().to_ascii_lowercase();
        let primary = wanted.split(['-', '_']).next().unwrap_or_default();
        let has_language = root.heads.iter().any(|head| head.language == primary);
        let raw: Rc<RefCell<Heads>> = Rc::default();
        let mut loading: Vec<Running> = Vec::new();
        for entry in root.heads {
            if has_language && entry.language != primary {
                continue;
            }
            let digest = entry.digest().map_err(|error| refused(ROOT, error))?;
            let number = loading.len();
            raw.borrow_mut().push(Ok(Vec::new()));
            let (base, raw) = (base.clone(), Rc::clone(&raw));
            loading.push(Box::pin(async move {
                let head = obtain(&base, &entry.file, Kind::Head, digest, None).await;
                raw.borrow_mut()[number] = head;
            }));
        }
        all(loading).await;
        let mut heads = Vec::new();
        for head in raw.take() {
            heads.push(head?);
        }
        let index = Index::open(heads.iter().map(Vec::as_slice)).map_err(|error| refused("head", error))?;
        let documents = index.documents() as f64;
        let index = Rc::new(RefCell::new(index));
        Ok(Self { base, build: root.build, documents, index, running: RefCell::default() })
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
        let task: Task<'_> = &mut |index| match search.step(index) {
            Step::Done(found) => Ok(plain(&found)),
            Step::Need(parts) => Err(parts),
        };
        self.run(task, Some(&controller)).await
    }

    /// Completes the last word of a text; the option is `limit`.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub async fn suggest(&self, text: String, options: JsValue) -> Result<JsValue, JsValue> {
        let mut suggest = Suggest::new(&text, count(&options, "limit").unwrap_or(USUAL_SUGGESTIONS));
        let task: Task<'_> = &mut |index| match suggest.step(index) {
            SuggestStep::Done(suggestions) => Ok(plain(&suggestions)),
            SuggestStep::Need(parts) => Err(parts),
        };
        self.run(task, None).await
    }
}

impl Engine {
    /// Runs a task to its end, fetching what it needs.
    async fn run(&self, task: Task<'_>, controller: Option<&AbortController>) -> Result<JsValue, JsValue> {
        loop {
            let needed = match task(&mut self.index.borrow_mut()) {
                Ok(result) => return result,
                Err(parts) => parts,
            };
            let failed = self.fetch(needed, controller).await;
            if controller.is_some_and(|controller| controller.signal().aborted()) {
                return Err(Failure::Aborted.into());
            }
            if failed && self.is_stale().await {
                return Err(Failure::Stale.into());
            }
        }
    }

    /// Fetches parts, all at once, and hands them to the index; says whether any could not be had.
    async fn fetch(&self, parts: Vec<PartId>, controller: Option<&AbortController>) -> bool {
        let failed = Rc::new(Cell::new(false));
        let mut loading: Vec<Running> = Vec::new();
        for id in parts {
            let (base, index, failed) = (self.base.clone(), Rc::clone(&self.index), Rc::clone(&failed));
            let (file, digest) = self.index.borrow().file(id);
            let signal = controller.map(AbortController::signal);
            loading.push(Box::pin(async move {
                let raw = obtain(&base, &file, Kind::Part, digest, signal.as_ref()).await;
                let mut index = index.borrow_mut();
                if !raw.is_ok_and(|raw| index.supply(id, raw).is_ok()) {
                    failed.set(true);
                    index.fail(id);
                }
            }));
        }
        all(loading).await;
        failed.get()
    }

    /// Whether the site has another bundle than the one that is open. A root that cannot be had says nothing.
    async fn is_stale(&self) -> bool {
        let Ok(bytes) = fetch(&self.base, ROOT, Freshness::Revalidated, None).await else { return false };
        let root = std::str::from_utf8(&bytes).ok().and_then(|text| Root::read(text).ok());
        root.is_some_and(|root| root.build != self.build)
    }
}

fn refused(file: &str, error: FormatError) -> Failure {
    Failure::Format { file: file.to_owned(), error }
}

/// Runs futures side by side until all have ended.
async fn all(futures: Vec<Running>) {
    let promises = Array::new();
    for future in futures {
        promises.push(&future_to_promise(ended(future)));
    }
    // None of these promises rejects: what went wrong is kept inside.
    let _ = JsFuture::from(Promise::all(&promises)).await;
}

async fn ended(future: Running) -> Result<JsValue, JsValue> {
    future.await;
    Ok(JsValue::UNDEFINED)
}

/// A plain object of JavaScript, as `JSON.parse` would make it.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
