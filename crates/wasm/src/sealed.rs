//! Sealed files of the bundle on their way in: named, checked, inflated up to their declared length.

use crate::inflate::inflating;
use searchlet_search::{Envelope, FormatError, Index, Kind, PartId};
use wasm_bindgen::JsValue;
use web_sys::ReadableStream;

use crate::failure::refused;

/// Where a file belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among the heads, in the order of the root.
    Head(usize),
    /// In the index.
    Part(PartId),
}

/// A file that was asked for and has not come yet.
pub struct Sealed {
    /// Its name in the bundle.
    pub name: String,
    /// Where it belongs.
    pub place: Place,
    digest: u64,
    raw: Vec<u8>,
    raw_len: usize,
}

impl Sealed {
    /// A head that is to have this digest.
    pub const fn head(name: String, number: usize, digest: u64) -> Self {
        Self { name, place: Place::Head(number), digest, raw: Vec::new(), raw_len: 0 }
    }

    /// A part of the index.
    pub fn part(index: &Index, id: PartId) -> Self {
        let (name, digest) = index.file(id);
        Self { name, place: Place::Part(id), digest, raw: Vec::new(), raw_len: 0 }
    }

    /// Checks the bytes that came, and begins to inflate them.
    pub fn unseal(&mut self, bytes: &[u8]) -> Result<ReadableStream, JsValue> {
        let kind = if matches!(self.place, Place::Head(_)) { Kind::Head } else { Kind::Part };
        let envelope = Envelope::open(bytes, kind, self.digest).map_err(|error| refused(&self.name, error))?;
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

    /// All inflated bytes.
    pub fn finish(&mut self) -> Result<Vec<u8>, FormatError> {
        let whole = self.raw.len() == self.raw_len;
        if whole { Ok(std::mem::take(&mut self.raw)) } else { Err(FormatError::Invalid { section: "payload", value: "length" }) }
    }
}
