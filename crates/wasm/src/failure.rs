//! What went wrong, as an error that JavaScript can tell apart.

use searchlet_search::FormatError;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Error;

    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> Error;

    #[wasm_bindgen(method, setter)]
    fn set_code(this: &Error, code: &str);
}

/// Refuses a file: an `Error` with a `code`.
pub fn refused(file: &str, error: FormatError) -> JsValue {
    let code = match error {
        FormatError::Version { .. } => "format",
        FormatError::Analyser { .. } => "analyser",
        _ => "damaged",
    };
    let failure = Error::new(&format!("{file}: {error}"));
    failure.set_code(code);
    failure.into()
}
