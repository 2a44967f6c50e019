//! Obtains sealed files of the bundle: fetched, checked, inflated.

use crate::failure::Failure;
use crate::fetch::{Freshness, fetch};
use crate::inflate::inflate;
use searchlet_search::{Envelope, Kind};
use web_sys::AbortSignal;

/// Obtains the inflated bytes of a file that is to have this digest. A damaged copy is fetched once more, past the
/// browser's cache.
pub async fn obtain(
    base: &str,
    file: &str,
    kind: Kind,
    digest: u64,
    signal: Option<&AbortSignal>,
) -> Result<Vec<u8>, Failure> {
    let mut freshness = Freshness::Immutable;
    loop {
        let bytes = fetch(base, file, freshness, signal).await?;
        let raw = match Envelope::open(&bytes, kind, digest) {
            Ok(envelope) => inflate(&envelope).await,
            Err(error) => Err(error),
        };
        match raw {
            Ok(raw) => return Ok(raw),
            Err(_) if freshness == Freshness::Immutable => freshness = Freshness::Replaced,
            Err(error) => return Err(Failure::Format { file: file.to_owned(), error }),
        }
    }
}
