//! The wrapping that every binary file of a bundle wears: what it is, and how large it will be when inflated.
//!
//! ```text
//! file     := magic "SLT" u8(0x1A), version u16, kind u8, raw length u32, payload
//! payload  := the sections, compressed as raw deflate (RFC 1951) into all the rest of the file
//! kind     := 1 head, 2 part
//! ```
//!
//! The digest of a file (XXH64 with seed 0, <https://github.com/Cyan4973/xxHash>) is not in the file but where it is
//! named: in the root for a head, in the head for a part. So a whole file of another build, an error page, a flipped
//! bit, or a missing end all show before anything is decoded, and a name never outlives its content.
//! It guards against accidents; whoever can alter the host can alter the engine as well.

use crate::wire::Reader;
use crate::{FORMAT_VERSION, FormatError};

const MAGIC: [u8; 4] = *b"SLT\x1a";
const HEADER_BYTES: usize = 11;

/// No section may inflate to more, so that a hostile length cannot ask for all memory. A part of the default policy
/// is a thousand times smaller; a single huge document is cut into many parts.
pub const MAX_RAW_BYTES: usize = 1 << 28;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A [`crate::Head`].
    Head = 1,
    /// A [`crate::Part`].
    Part = 2,
}

/// A file whose wrapping has been checked and whose payload is still compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope<'b> {
    /// The deflated sections.
    pub payload: &'b [u8],
    /// The exact length that the payload inflates to, in bytes. Inflating must stop there.
    pub raw_len: usize,
}

/// The digest by which files are named and checked: XXH64, seed 0. Cost: linear, about a byte a clock.
#[must_use]
pub fn digest(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh64::xxh64(bytes, 0)
}

/// Wraps a deflated payload. `raw_len` is its length when inflated, at most [`MAX_RAW_BYTES`].
///
/// # Errors
/// [`FormatError::Invalid`] when the raw length is over the limit.
pub fn seal(kind: Kind, raw_len: usize, payload: &[u8]) -> Result<Vec<u8>, FormatError> {
    if raw_len > MAX_RAW_BYTES {
        return Err(FormatError::Invalid { section: name(kind), value: "length" });
    }
    let mut file = Vec::with_capacity(HEADER_BYTES + payload.len());
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    file.push(kind as u8);
    file.extend_from_slice(&(raw_len as u32).to_le_bytes());
    file.extend_from_slice(payload);
    Ok(file)
}

impl<'b> Envelope<'b> {
    /// Checks a file against what it should be, before anything in it is decoded.
    ///
    /// # Errors
    /// `NotOurs` for a file that does not begin like ours, `Version` for another format, `Digest` when it is not the
    /// file that was promised, `Invalid` for another kind or an impossible length.
    pub fn open(file: &'b [u8], kind: Kind, expected: u64) -> Result<Self, FormatError> {
        let section = name(kind);
        let mut reader = Reader::new(file, section);
        if reader.take(MAGIC.len()).ok() != Some(&MAGIC) {
            return Err(FormatError::NotOurs { section });
        }
        let version = u16::from_le_bytes(reader.array()?);
        if version != FORMAT_VERSION {
            return Err(FormatError::Version { expected: FORMAT_VERSION, found: version });
        }
        let found = digest(file);
        if found != expected {
            return Err(FormatError::Digest { expected, found });
        }
        if reader.u8()? != kind as u8 {
            return Err(FormatError::Invalid { section, value: "kind" });
        }
        let raw_len = u32::from_le_bytes(reader.array()?) as usize;
        if raw_len > MAX_RAW_BYTES {
            return Err(FormatError::Invalid { section, value: "length" });
        }
        Ok(Self { payload: reader.take(reader.remaining())?, raw_len })
    }
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Head => "head",
        Kind::Part => "part",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens_and_every_flipped_bit_shows(payload: Vec<u8>, raw_len in 0..MAX_RAW_BYTES, bit: prop::sample::Index) {
            let mut file = seal(Kind::Part, raw_len, &payload).expect("within the limit");
            let promised = digest(&file);
            prop_assert_eq!(Envelope::open(&file, Kind::Part, promised), Ok(Envelope { payload: &payload, raw_len }));
            prop_assert!(Envelope::open(&file, Kind::Head, promised).is_err());
            prop_assert!(Envelope::open(&file[..file.len() - 1], Kind::Part, promised).is_err());
            let bit = bit.index(file.len() * 8);
            file[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(Envelope::open(&file, Kind::Part, promised).is_err());
        }
    }

    #[test]
    fn a_newer_version_is_told_apart_from_damage() {
        let mut file = seal(Kind::Head, 0, &[]).expect("within the limit");
        file[4] = 9;
        assert_eq!(
            Envelope::open(&file, Kind::Head, 0),
            Err(FormatError::Version { expected: FORMAT_VERSION, found: 9 })
        );
        assert!(matches!(
            Envelope::open(b"<!doctype html>", Kind::Head, 0),
            Err(FormatError::NotOurs { .. })
        ));
        assert!(seal(Kind::Head, MAX_RAW_BYTES + 1, &[]).is_err());
    }
}
