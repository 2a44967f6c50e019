//! Sealed files of the bundle on their way in: named, checked, inflated up to their declared length.

use crate::failure::refused;
use crate::inflate::inflating;
use searchlet_search::{Envelope, Expected, FormatError, PartId};
use wasm_bindgen::JsValue;
use web_sys::ReadableStream;

/// Where a file belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the heads, in the order of the bundles and their roots.
    Head(usize),
    /// In the index.
    Part(PartId),
}

/// A file that was asked for and has not come yet.
pub struct Sealed {
    /// The number by which JavaScript knows it.
    pub number: u32,
    /// The number of its bundle.
    pub bundle: u32,
    /// Its name in the bundle.
    pub name: String,
    /// Where it belongs.
    pub place: Place,
    expected: Expected,
    raw: Vec<u8>,
    raw_len: usize,
}

impl Sealed {
    /// A file that has yet to come: its number, that of its bundle, its name, and what it must be.
    pub fn new((number, bundle): (u32, u32), place: Place, (name, expected): (String, Expected)) -> Self {
        Self { number, bundle, name, place, expected, raw: Vec::new(), raw_len: 0 }
    }

    /// Checks the bytes that came, and begins to inflate them.
    pub fn unseal(&mut self, bytes: &[u8]) -> Result<ReadableStream, JsValue> {
        let envelope = Envelope::open(bytes, self.expected).map_err(|error| self.refused(error))?;
        self.raw = Vec::with_capacity(envelope.raw_len);
        self.raw_len = envelope.raw_len;
        inflating(envelope.payload)
    }

    /// Takes the next inflated bytes; says whether they fit. What goes on beyond the declared length is not taken.
    pub fn inflated(&mut self, chunk: &[u8]) -> bool {
        let fits = chunk.len() <= self.raw_len - self.raw.len();
        if fits {
            self.raw.extend_from_slice(chunk);
        } else {
            // Too long is as wrong as too short.
            self.raw.clear();
        }
        fits
    }

    /// All inflated bytes, or `None` when their length is not the declared one.
    pub fn finish(&mut self) -> Option<Vec<u8>> {
        let raw = std::mem::take(&mut self.raw);
        (raw.len() == self.raw_len).then_some(raw)
    }

    /// The refusal of this file.
    pub fn refused(&self, error: FormatError) -> JsValue {
        refused(&self.name, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coming(raw_len: usize) -> Sealed {
        Sealed { raw_len, ..Sealed::new((0, 0), Place::Head(0), (String::new(), Expected::Head(0))) }
    }

    #[test]
    fn what_inflates_to_its_declared_length_is_whole() {
        let mut file = coming(5);
        assert!(file.inflated(b"abc") && file.inflated(b"") && file.inflated(b"de"));
        assert_eq!(file.finish().as_deref(), Some(b"abcde".as_slice()));
    }

    #[test]
    fn what_inflates_beyond_its_declared_length_is_not_taken() {
        let mut file = coming(5);
        assert!(file.inflated(b"abcde"));
        assert!(!file.inflated(&[0; 1 << 16]));
        assert!(file.raw.capacity() < 1 << 10);
        assert_eq!(file.finish(), None);
    }

    #[test]
    fn what_ends_early_is_not_whole() {
        let mut file = coming(5);
        assert!(file.inflated(b"abcd"));
        assert_eq!(file.finish(), None);
    }
}
