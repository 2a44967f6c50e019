//! Inflates payloads with the browser's own decoder.

use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, ReadableWritablePair, Response};

// `web-sys` has this type behind a flag for unstable interfaces, although every browser has it since 2023.
#[wasm_bindgen]
extern "C" {
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

/// The inflated bytes of a payload, as they come.
pub fn inflating(payload: &[u8]) -> Result<ReadableStream, JsValue> {
    // A response is the shortest way from bytes to a stream of them.
    let response = Response::new_with_opt_js_u8_array(Some(&js_sys::Uint8Array::from(payload)))?;
    let body = response.body().ok_or(JsValue::UNDEFINED)?;
    let decoder = DecompressionStream::new("deflate-raw")?;
    Ok(body.pipe_through(decoder.unchecked_ref::<ReadableWritablePair>()))
}
