//! Reads the options of a search off a JavaScript object.

use js_sys::Reflect;
use searchlet_search::{MAX_LIMIT, Options};
use wasm_bindgen::JsValue;

/// The options of a search; what is absent, or no number, is as usual.
pub fn options(object: &JsValue) -> Options {
    let usual = Options::default();
    Options {
        limit: count(object, "limit").map_or(usual.limit, |limit| limit.min(MAX_LIMIT)),
        offset: count(object, "offset").unwrap_or(usual.offset),
    }
}

/// A count that is a property of an object.
pub fn count(object: &JsValue, key: &str) -> Option<usize> {
    let value = Reflect::get(object, &key.into()).ok()?.as_f64()?;
    // The cast rounds towards zero, and takes what is negative or no number for zero.
    Some(value as usize)
}
