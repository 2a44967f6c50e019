//! Fetches files of the bundle.

use crate::failure::Failure;
use js_sys::Uint8Array;
use js_sys::futures::JsFuture;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortSignal, RequestCache, RequestInit, Response, Window, WorkerGlobalScope};

/// How a file may come from the browser's cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Its name says what is in it, so any copy will do.
    Immutable,
    /// The host is asked whether the copy is still right.
    Revalidated,
    /// The copy was found damaged, and is replaced.
    Replaced,
}

/// Fetches a whole file.
pub async fn fetch(
    base: &str,
    file: &str,
    freshness: Freshness,
    signal: Option<&AbortSignal>,
) -> Result<Vec<u8>, Failure> {
    let offline = |_: JsValue| match signal {
        Some(signal) if signal.aborted() => Failure::Aborted,
        _ => Failure::Offline { file: file.to_owned() },
    };
    let init = RequestInit::new();
    init.set_cache(match freshness {
        Freshness::Immutable => RequestCache::Default,
        Freshness::Revalidated => RequestCache::NoCache,
        Freshness::Replaced => RequestCache::Reload,
    });
    init.set_signal(signal);
    let url = format!("{base}{file}");
    let global = js_sys::global();
    let promise = match global.dyn_ref::<WorkerGlobalScope>() {
        Some(worker) => worker.fetch_with_str_and_init(&url, &init),
        None => global.unchecked_ref::<Window>().fetch_with_str_and_init(&url, &init),
    };
    let response: Response = JsFuture::from(promise).await.map_err(offline)?.unchecked_into();
    if !response.ok() {
        return Err(Failure::Missing { file: file.to_owned(), status: response.status() });
    }
    let body = response.array_buffer().map_err(offline)?;
    let buffer = JsFuture::from(body).await.map_err(offline)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
