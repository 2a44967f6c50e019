//! Numbers and strings as bytes.

use crate::FormatError;

/// Appends values to a buffer.
#[derive(Default)]
pub struct Writer {
    pub bytes: Vec<u8>,
}

impl Writer {
    pub fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub fn count(&mut self, value: usize) {
        self.varint(value as u64);
    }

    pub fn slice(&mut self, slice: &[u8]) {
        self.count(slice.len());
        self.bytes.extend_from_slice(slice);
    }

    pub fn string(&mut self, string: &str) {
        self.slice(string.as_bytes());
    }
}

/// Puts a section of entries together, each a front-coded key with the bytes that follow it.
#[derive(Default)]
pub struct EntriesWriter {
    entries: usize,
    before: String,
    writer: Writer,
}

impl EntriesWriter {
    /// Adds an entry; keys must not descend.
    pub fn add(&mut self, key: &str, body: &[u8]) {
        debug_assert!(*self.before <= *key);
        write_front_coded(&mut self.writer, &self.before, key);
        key.clone_into(&mut self.before);
        self.writer.bytes.extend_from_slice(body);
        self.entries += 1;
    }

    /// The section.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut section = Writer::default();
        section.count(self.entries);
        section.bytes.extend_from_slice(&self.writer.bytes);
        section.bytes
    }
}

/// Reads what [`EntriesWriter`] wrote: each key, and after it whatever `reader` is asked for.
pub struct Entries<'b> {
    /// The key of the present entry.
    pub key: String,
    /// What comes after that key.
    pub reader: Reader<'b>,
    left: usize,
}

impl<'b> Entries<'b> {
    pub fn new(bytes: &'b [u8], section: &'static str) -> Result<Self, FormatError> {
        let mut reader = Reader::new(bytes, section);
        Ok(Self { left: reader.count()?, reader, key: String::new() })
    }

    /// Goes on to the next key; says whether there is one. All of the entry before must have been read.
    pub fn advance(&mut self) -> Result<bool, FormatError> {
        if self.left == 0 {
            return Ok(false);
        }
        self.left -= 1;
        read_front_coded(&mut self.reader, &mut self.key)?;
        Ok(true)
    }
}

/// Takes values off a slice; `section` names it in errors.
#[derive(Clone)]
pub struct Reader<'b> {
    bytes: &'b [u8],
    section: &'static str,
}

impl<'b> Reader<'b> {
    pub const fn new(bytes: &'b [u8], section: &'static str) -> Self {
        Self { bytes, section }
    }

    pub const fn remaining(&self) -> usize {
        self.bytes.len()
    }

    pub const fn invalid(&self, value: &'static str) -> FormatError {
        FormatError::Invalid { section: self.section, value }
    }

    pub fn take(&mut self, length: usize) -> Result<&'b [u8], FormatError> {
        let (taken, rest) =
            self.bytes.split_at_checked(length).ok_or(FormatError::Truncated { section: self.section })?;
        self.bytes = rest;
        Ok(taken)
    }

    pub fn u8(&mut self) -> Result<u8, FormatError> {
        Ok(self.take(1)?[0])
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub fn varint(&mut self) -> Result<u64, FormatError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.invalid("number"))
    }

    pub fn u32(&mut self) -> Result<u32, FormatError> {
        u32::try_from(self.varint()?).map_err(|_| self.invalid("number"))
    }

    /// A count of things that take at least one byte each, so that no count can ask for more memory than the bytes
    /// that stand behind it.
    pub fn count(&mut self) -> Result<usize, FormatError> {
        let count = self.varint()?;
        match usize::try_from(count) {
            Ok(count) if count <= self.remaining() => Ok(count),
            _ => Err(FormatError::Truncated { section: self.section }),
        }
    }

    pub fn slice(&mut self) -> Result<&'b [u8], FormatError> {
        let length = self.count()?;
        self.take(length)
    }

    pub fn string(&mut self) -> Result<&'b str, FormatError> {
        let bytes = self.slice()?;
        std::str::from_utf8(bytes).map_err(|_| self.invalid("string"))
    }

    /// Ends reading; bytes left over are an error, since no writer leaves any.
    pub const fn finish(self) -> Result<(), FormatError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(self.invalid("length")) }
    }
}

/// A front-coded string has at most this many bytes. Each is written out when it is read, so without a bound a few
/// bytes could ask for a copy of a long one again and again. Terms, the longest of them, have 64.
pub const MAX_FRONT_CODED_BYTES: usize = 255;

/// How many bytes two strings begin with alike, in whole characters.
pub fn shared_beginning(before: &str, string: &str) -> usize {
    let mut shared = before.bytes().zip(string.bytes()).take_while(|(a, b)| a == b).count();
    while !string.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

/// Appends `string` front-coded against `before`: how many bytes they share, then the rest.
pub fn write_front_coded(writer: &mut Writer, before: &str, string: &str) {
    let shared = shared_beginning(before, string);
    writer.count(shared);
    writer.string(&string[shared..]);
}

/// Turns `string` from the previous into the next string of a front-coded list.
pub fn read_front_coded(reader: &mut Reader<'_>, string: &mut String) -> Result<(), FormatError> {
    let shared = reader.varint()?;
    let shared = usize::try_from(shared).unwrap_or(usize::MAX);
    if shared > string.len() || !string.is_char_boundary(shared) {
        return Err(reader.invalid("shared beginning"));
    }
    string.truncate(shared);
    string.push_str(reader.string()?);
    if string.len() > MAX_FRONT_CODED_BYTES { Err(reader.invalid("length of a string")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_come_back(number: u64, string in ".*", list in prop::collection::vec("[a-c]{0,4}|é*", 0..20)) {
            let mut writer = Writer::default();
            writer.varint(number);
            writer.string(&string);
            let mut before = "";
            for item in &list {
                write_front_coded(&mut writer, before, item);
                before = item;
            }
            let mut reader = Reader::new(&writer.bytes, "test");
            prop_assert_eq!(reader.varint().expect("number"), number);
            prop_assert_eq!(reader.string().expect("string"), &string);
            let mut current = String::new();
            for item in &list {
                read_front_coded(&mut reader, &mut current).expect("item");
                prop_assert_eq!(&current, item);
            }
            prop_assert!(reader.finish().is_ok());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let mut reader = Reader::new(&bytes, "test");
            let mut string = String::new();
            while reader.remaining() > 0 {
                if reader.varint().is_err() || read_front_coded(&mut reader, &mut string).is_err() || reader.string().is_err() {
                    break;
                }
            }
        }
    }

    #[test]
    fn a_string_that_could_be_copied_without_end_is_refused() {
        for (length, is_read) in [(MAX_FRONT_CODED_BYTES, true), (MAX_FRONT_CODED_BYTES + 1, false)] {
            let mut writer = Writer::default();
            write_front_coded(&mut writer, "", &"x".repeat(length));
            let mut string = String::new();
            assert_eq!(
                read_front_coded(&mut Reader::new(&writer.bytes, "test"), &mut string).is_ok(),
                is_read
            );
        }
    }

    #[test]
    fn a_number_of_more_than_64_bits_is_refused() {
        assert!(Reader::new(&[0xff; 12], "test").varint().is_err());
        let mut largest = [0xff; 10];
        largest[9] = 1;
        assert_eq!(Reader::new(&largest, "test").varint(), Ok(u64::MAX));
        largest[9] = 2;
        assert!(Reader::new(&largest, "test").varint().is_err());
    }
}
