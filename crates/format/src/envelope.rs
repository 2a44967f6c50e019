//! The wrapping that every binary file of a bundle wears: what it is, and how large it will be when inflated.
//!
//! ```text
//! head     := magic "SLT" u8(0x1A), version u16, kind u8(1), raw length u32, payload
//! part     := magic, version, kind u8(2), raw length u32, group u64, number u32, payload, checksum u64
//! payload  := the sections, compressed as raw deflate (RFC 1951)
//! checksum := digest of all of the file before it
//! ```
//!
//! All digests are XXH64 with seed 0, <https://github.com/Cyan4973/xxHash>.
//!
//! The digest of a head stands in the root. Parts are too many to name one by one: they come in *groups*, and a group
//! is named by the digest of what its files hold, a file by its group and its number in it. Group, number and checksum
//! stand in the file. So a whole file of another build, an error page, a flipped bit, or a missing end all show before
//! anything is decoded, and a name never outlives its content.
//! This guards against accidents; whoever can alter the host can alter the engine as well.

use crate::wire::Reader;
use crate::{FORMAT_VERSION, FormatError};

const MAGIC: [u8; 4] = *b"SLT\x1a";
const HEADER_BYTES: usize = 11;
const PART_HEADER_BYTES: usize = HEADER_BYTES + 12;
const CHECKSUM_BYTES: usize = 8;

/// No section may inflate to more, so that a hostile length cannot ask for all memory. A part of the default policy
/// is a thousand times smaller; a single huge document is cut into many parts.
pub const MAX_RAW_BYTES: usize = 1 << 28;

/// A file of a group: what a part is asked for by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId {
    /// Digest of what the files of the group hold.
    pub group: u64,
    /// Number of the file in its group.
    pub number: u32,
}

impl FileId {
    /// The name of the file in the bundle: `parts/3f/3fa4….7.part`, in 256 folders, so that none grows large.
    #[must_use]
    pub fn name(self) -> String {
        format!("parts/{:02x}/{:016x}.{}.part", self.group >> 56, self.group, self.number)
    }
}

/// Which file one should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A [`crate::Head`] with this digest.
    Head(u64),
    /// A [`crate::Part`] in this place.
    Part(FileId),
}

impl Expected {
    const fn kind(self) -> u8 {
        match self {
            Self::Head(_) => 1,
            Self::Part(_) => 2,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Head(_) => "head",
            Self::Part(_) => "part",
        }
    }
}

/// A file whose wrapping has been checked and whose payload is still compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope<'b> {
    /// The deflated sections.
    pub payload: &'b [u8],
    /// The exact length that the payload inflates to, in bytes. Inflating must stop there.
    pub raw_len: usize,
}

/// What is to be sealed: a deflated payload with the length that it inflates to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deflated {
    /// The deflated sections.
    pub payload: Vec<u8>,
    /// Their length when inflated, at most [`MAX_RAW_BYTES`].
    pub raw_len: usize,
}

/// The digest by which files are named and checked: XXH64, seed 0. Cost: linear, about a byte a clock.
#[must_use]
pub fn digest(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh64::xxh64(bytes, 0)
}

/// Wraps a head.
///
/// # Errors
/// [`FormatError::Invalid`] when the raw length is over the limit.
pub fn seal_head(deflated: &Deflated) -> Result<Vec<u8>, FormatError> {
    let expected = Expected::Head(0);
    let mut file = header(expected, deflated)?;
    file.extend_from_slice(&deflated.payload);
    Ok(file)
}

/// Wraps the parts of a group; gives the group's name and the files in their order.
///
/// # Errors
/// [`FormatError::Invalid`] when a raw length is over the limit.
pub fn seal_group(parts: &[Deflated]) -> Result<(u64, Vec<Vec<u8>>), FormatError> {
    let digests: Vec<u8> = parts.iter().flat_map(|part| digest(&part.payload).to_le_bytes()).collect();
    let group = digest(&digests);
    let seal = |(number, part): (u32, &Deflated)| {
        let mut file = header(Expected::Part(FileId { group, number }), part)?;
        file.extend_from_slice(&group.to_le_bytes());
        file.extend_from_slice(&number.to_le_bytes());
        file.extend_from_slice(&part.payload);
        file.extend_from_slice(&digest(&file).to_le_bytes());
        Ok(file)
    };
    let files: Result<_, FormatError> = (0..).zip(parts).map(seal).collect();
    Ok((group, files?))
}

fn header(expected: Expected, deflated: &Deflated) -> Result<Vec<u8>, FormatError> {
    if deflated.raw_len > MAX_RAW_BYTES {
        return Err(FormatError::Invalid { section: expected.name(), value: "length" });
    }
    let mut file = Vec::with_capacity(PART_HEADER_BYTES + deflated.payload.len() + CHECKSUM_BYTES);
    file.extend_from_slice(&MAGIC);
    file.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    file.push(expected.kind());
    file.extend_from_slice(&(deflated.raw_len as u32).to_le_bytes());
    Ok(file)
}

impl<'b> Envelope<'b> {
    /// Checks a file against what it should be, before anything in it is decoded.
    ///
    /// # Errors
    /// `NotOurs` for a file that does not begin like ours, `Version` for another format, `Digest` when it was altered,
    /// `Invalid` for another kind, group or number, or an impossible length.
    pub fn open(file: &'b [u8], expected: Expected) -> Result<Self, FormatError> {
        let section = expected.name();
        let mut reader = Reader::new(file, section);
        if reader.take(MAGIC.len()).ok() != Some(&MAGIC) {
            return Err(FormatError::NotOurs { section });
        }
        let version = u16::from_le_bytes(reader.array()?);
        if version != FORMAT_VERSION {
            return Err(FormatError::Version { expected: FORMAT_VERSION, found: version });
        }
        let (promised, checked) = match expected {
            Expected::Head(promised) => (promised, file),
            Expected::Part(_) => {
                let (checked, checksum) =
                    file.split_last_chunk().ok_or(FormatError::Truncated { section })?;
                (u64::from_le_bytes(*checksum), checked)
            }
        };
        let found = digest(checked);
        if found != promised {
            return Err(FormatError::Digest { expected: promised, found });
        }
        if reader.u8()? != expected.kind() {
            return Err(reader.invalid("kind"));
        }
        let raw_len = u32::from_le_bytes(reader.array()?) as usize;
        if raw_len > MAX_RAW_BYTES {
            return Err(reader.invalid("length"));
        }
        let mut payload = reader.take(reader.remaining())?;
        if let Expected::Part(id) = expected {
            let mut reader = Reader::new(payload, section);
            let group = u64::from_le_bytes(reader.array()?);
            let number = u32::from_le_bytes(reader.array()?);
            if (FileId { group, number }) != id {
                return Err(reader.invalid("name"));
            }
            let length = reader.remaining().checked_sub(CHECKSUM_BYTES);
            payload = reader.take(length.ok_or(FormatError::Truncated { section })?)?;
        }
        Ok(Self { payload, raw_len })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_sealed_opens_and_every_flipped_bit_shows(payloads in prop::collection::vec(any::<Vec<u8>>(), 1..4), raw_len in 0..MAX_RAW_BYTES, bit: prop::sample::Index) {
            let parts: Vec<Deflated> = payloads.iter().map(|payload| Deflated { payload: payload.clone(), raw_len }).collect();
            let (group, files) = seal_group(&parts).expect("within the limit");
            for (number, (file, payload)) in (0..).zip(files.iter().zip(&payloads)) {
                let expected = Expected::Part(FileId { group, number });
                prop_assert_eq!(Envelope::open(file, expected), Ok(Envelope { payload, raw_len }));
                for (group, number) in [(group, number + 1), (group ^ 1, number)] {
                    let other = Expected::Part(FileId { group, number });
                    prop_assert!(Envelope::open(file, other).is_err());
                }
                prop_assert!(Envelope::open(file, Expected::Head(digest(file))).is_err());
                prop_assert!(Envelope::open(&file[..file.len() - 1], expected).is_err());
                let mut file = file.clone();
                let bit = bit.index(file.len() * 8);
                file[bit / 8] ^= 1 << (bit % 8);
                prop_assert!(Envelope::open(&file, expected).is_err());
            }
        }

        #[test]
        fn a_head_opens_by_its_digest(payload: Vec<u8>, raw_len in 0..MAX_RAW_BYTES, bit: prop::sample::Index) {
            let mut file = seal_head(&Deflated { payload: payload.clone(), raw_len }).expect("within the limit");
            let expected = Expected::Head(digest(&file));
            prop_assert_eq!(Envelope::open(&file, expected), Ok(Envelope { payload: &payload, raw_len }));
            let bit = bit.index(file.len() * 8);
            file[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(Envelope::open(&file, expected).is_err());
        }
    }

    #[test]
    fn a_newer_version_is_told_apart_from_damage() {
        let mut file = seal_head(&Deflated::default()).expect("within the limit");
        file[4] = 9;
        assert_eq!(
            Envelope::open(&file, Expected::Head(0)),
            Err(FormatError::Version { expected: FORMAT_VERSION, found: 9 })
        );
        assert!(matches!(
            Envelope::open(b"<!doctype html>", Expected::Head(0)),
            Err(FormatError::NotOurs { .. })
        ));
        assert!(seal_head(&Deflated { payload: Vec::new(), raw_len: MAX_RAW_BYTES + 1 }).is_err());
    }

    #[test]
    fn names_are_lower_case_and_spread_over_folders() {
        let id = FileId { group: 0xAB00_0000_0000_0001, number: 12 };
        assert_eq!(id.name(), "parts/ab/ab00000000000001.12.part");
    }
}
