//! Inflates payloads with the browser's own decoder.

use js_sys::futures::JsFuture;
use js_sys::{Reflect, Uint8Array};
use searchlet_search::{Envelope, FormatError};
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, Response, WritableStream};

// `web-sys` has this type behind a flag for unstable interfaces, although every browser has it since 2023.
#[wasm_bindgen]
extern "C" {
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// Inflates a payload to exactly its declared length. What goes on beyond it is not read.
pub async fn inflate(envelope: &Envelope<'_>) -> Result<Vec<u8>, FormatError> {
    let raw = read(envelope).await;
    raw.ok().flatten().ok_or(FormatError::Invalid { section: "payload", value: "length" })
}

/// The inflated bytes, or `None` when their length is not the declared one.
async fn read(envelope: &Envelope<'_>) -> Result<Option<Vec<u8>>, JsValue> {
    let payload = Uint8Array::from(envelope.payload);
    let body = Response::new_with_opt_buffer_source(Some(&payload))?.body();
    let Some(body) = body else { return Ok(None) };
    let decoder = DecompressionStream::new("deflate-raw")?;
    let pair = ReadableWritablePair::new(&decoder.readable(), &decoder.writable());
    let reader: ReadableStreamDefaultReader = body.pipe_through(&pair).get_reader().unchecked_into();
    let mut raw = Vec::with_capacity(envelope.raw_len);
    loop {
        let chunk = JsFuture::from(reader.read()).await?;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok((raw.len() == envelope.raw_len).then_some(raw));
        }
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.unchecked_into();
        let before = raw.len();
        if before + bytes.length() as usize > envelope.raw_len {
            // The stream is of no use any more, whether cancelling it works or not.
            drop(reader.cancel());
            return Ok(None);
        }
        raw.resize(before + bytes.length() as usize, 0);
        bytes.copy_to(&mut raw[before..]);
    }
}
