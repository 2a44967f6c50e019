//! The root: `index.json`, the one file whose name never changes and that is asked for anew.
//!
//! ```text
//! {"checksum":"<16 hex>","format":<number>,"analyser":<number>,"build":"<16 hex>",
//!  "files":{"<asset>":"<name>",…},"heads":[{"language":"<tag>","documents":<number>,"file":"<name>"},…]}
//! ```
//!
//! on one line, without blanks, keys in this order. It is JSON, for loaders in any language; but it has just this one
//! spelling, because the checksum is the digest of all that follows it. So it is read here by its grammar, without a
//! JSON parser, which would be ten kilobytes in the browser. Names and tags hold letters, digits, `.`, `-` alone; a name
//! that ends with `/` is that of a folder.

use crate::{FORMAT_VERSION, FormatError, digest};
use std::fmt::Write;

/// The name of the root's file.
pub const ROOT: &str = "index.json";
const SECTION: &str = ROOT;
const START: &str = "{\"checksum\":\"";

/// What `index.json` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// Version of the analyser that made the heads.
    pub analyser: u16,
    /// Digest over all that the bundle holds: two bundles are the same if these are.
    pub build: u64,
    /// The browser's files: (what it is, name of the file), such as `("engine", "engine.0123456789abcdef.wasm")`; and
    /// the folder of its words, whose name ends with `/`.
    pub files: Vec<(String, String)>,
    /// One head for each language.
    pub heads: Vec<HeadEntry>,
}

/// Where the head of a language is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadEntry {
    /// BCP 47 tag, lower-case.
    pub language: String,
    /// How many documents it has.
    pub documents: u32,
    /// Name of the file: `<language>.<digest>.head`.
    pub file: String,
}

impl HeadEntry {
    /// The digest that the head's name promises.
    ///
    /// # Errors
    /// `Invalid` when the name holds none.
    pub fn digest(&self) -> Result<u64, FormatError> {
        self.file
            .strip_suffix(".head")
            .and_then(|rest| parse_hex(rest.get(rest.len().checked_sub(16)?..)?))
            .ok_or(FormatError::Invalid { section: SECTION, value: "name of a head" })
    }
}

impl Root {
    /// The text of `index.json`.
    ///
    /// # Errors
    /// `Invalid` when a name or tag holds anything but letters, digits, `.` and `-`, a `/` at a file's end excepted.
    pub fn write(&self) -> Result<String, FormatError> {
        let names = self.files.iter().flat_map(|(asset, name)| [asset.as_str(), without_slash(name)]);
        let heads = self.heads.iter().flat_map(|head| [head.language.as_str(), &head.file]);
        if !names.chain(heads).all(is_name) {
            return Err(FormatError::Invalid { section: SECTION, value: "name" });
        }
        let mut rest = format!(
            "\",\"format\":{FORMAT_VERSION},\"analyser\":{},\"build\":\"{:016x}\",\"files\":{{",
            self.analyser, self.build
        );
        for (index, (asset, name)) in self.files.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(rest, "{comma}\"{asset}\":\"{name}\"");
        }
        rest.push_str("},\"heads\":[");
        for (index, HeadEntry { language, documents, file }) in self.heads.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(
                rest,
                "{comma}{{\"language\":\"{language}\",\"documents\":{documents},\"file\":\"{file}\"}}"
            );
        }
        rest.push_str("]}");
        Ok(format!("{START}{:016x}{rest}", digest(rest.as_bytes())))
    }

    /// Reads `index.json`; blanks at its end are passed over.
    ///
    /// # Errors
    /// `NotOurs` for another text (an error page, say), `Version` for another format, `Digest` when it was altered,
    /// `Truncated` or `Invalid` when it does not follow the grammar.
    pub fn read(text: &str) -> Result<Self, FormatError> {
        let text = text.trim_ascii_end();
        let not_ours = FormatError::NotOurs { section: SECTION };
        let after = text.strip_prefix(START).ok_or(not_ours)?;
        let (checksum, rest) = after.split_at_checked(16).ok_or(not_ours)?;
        let expected = parse_hex(checksum).ok_or(not_ours)?;
        let mut scan = Scan { rest };
        scan.skip("\",\"format\":")?;
        let version = scan.number()?;
        if version != u64::from(FORMAT_VERSION) {
            let found = u16::try_from(version).unwrap_or(u16::MAX);
            return Err(FormatError::Version { expected: FORMAT_VERSION, found });
        }
        let found = digest(rest.as_bytes());
        if found != expected {
            return Err(FormatError::Digest { expected, found });
        }
        scan.skip(",\"analyser\":")?;
        let analyser = u16::try_from(scan.number()?).map_err(|_| invalid("version"))?;
        scan.skip(",\"build\":\"")?;
        let build = parse_hex(scan.name()?).ok_or(invalid("build"))?;
        let mut root = Self { analyser, build, ..Self::default() };
        scan.skip(",\"files\":{")?;
        while !scan.take("}") {
            if !root.files.is_empty() {
                scan.skip(",")?;
            }
            scan.skip("\"")?;
            let asset = scan.name()?.to_owned();
            scan.skip(":\"")?;
            root.files.push((asset, scan.name()?.to_owned()));
        }
        scan.skip(",\"heads\":[")?;
        while !scan.take("]") {
            if !root.heads.is_empty() {
                scan.skip(",")?;
            }
            scan.skip("{\"language\":\"")?;
            let language = scan.name()?.to_owned();
            scan.skip(",\"documents\":")?;
            let documents = u32::try_from(scan.number()?).map_err(|_| invalid("number"))?;
            scan.skip(",\"file\":\"")?;
            let file = scan.name()?.to_owned();
            scan.skip("}")?;
            root.heads.push(HeadEntry { language, documents, file });
        }
        scan.skip("}")?;
        if scan.rest.is_empty() { Ok(root) } else { Err(invalid("length")) }
    }
}

/// What is left to read.
pub(crate) struct Scan<'t> {
    pub rest: &'t str,
}

impl<'t> Scan<'t> {
    pub fn take(&mut self, expected: &str) -> bool {
        let after = self.rest.strip_prefix(expected);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    pub fn skip(&mut self, expected: &str) -> Result<(), FormatError> {
        if self.take(expected) { Ok(()) } else { Err(invalid("spelling")) }
    }

    fn number(&mut self) -> Result<u64, FormatError> {
        let length = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        let add = |number: u64, digit: u8| number.checked_mul(10)?.checked_add(u64::from(digit - b'0'));
        let number = digits.bytes().try_fold(0, add).filter(|_| length > 0);
        number.ok_or(invalid("number"))
    }

    /// A name, and the quotation mark that ends it.
    pub fn name(&mut self) -> Result<&'t str, FormatError> {
        let end = self.rest.bytes().position(|byte| byte == b'"');
        let cut = end.and_then(|end| Some((self.rest.get(..end)?, self.rest.get(end + 1..)?)));
        let (name, rest) = cut.ok_or(FormatError::Truncated { section: SECTION })?;
        self.rest = rest;
        if is_name(without_slash(name)) { Ok(name) } else { Err(invalid("name")) }
    }
}

const fn invalid(value: &'static str) -> FormatError {
    FormatError::Invalid { section: SECTION, value }
}

/// The name of a folder without the mark of one.
fn without_slash(name: &str) -> &str {
    name.strip_suffix('/').unwrap_or(name)
}

pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-')
}

pub(crate) fn parse_hex(hex: &str) -> Option<u64> {
    let add = |number: u64, digit: char| Some(number << 4 | u64::from(digit.to_digit(16)?));
    if hex.len() == 16 { hex.chars().try_fold(0, add) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn example() -> Root {
        Root {
            analyser: 3,
            build: 0xfeed,
            files: vec![
                ("engine".into(), "engine.00ff.wasm".into()),
                ("view".into(), "view.js".into()),
                ("words".into(), "words.00ff/".into()),
            ],
            heads: vec![HeadEntry {
                language: "pt-br".into(),
                documents: 7,
                file: "pt-br.0123456789abcdef.head".into(),
            }],
        }
    }

    #[test]
    fn what_was_written_is_read() {
        for root in [example(), Root::default()] {
            let text = root.write().expect("names are clean");
            assert_eq!(Root::read(&text), Ok(root));
            assert_eq!(Root::read(&format!("{text}\n")).map(|_| ()), Ok(()));
        }
        assert_eq!(example().heads[0].digest(), Ok(0x0123_4567_89ab_cdef));
    }

    #[test]
    fn a_name_that_could_leave_the_folder_is_not_written() {
        for name in ["../engine.wasm", "/", "words/../", "words//", ".words/", "words/de"] {
            let mut root = example();
            root.files[0].1 = name.into();
            assert!(root.write().is_err(), "{name}");
        }
    }

    #[test]
    fn other_texts_are_told_apart() {
        let text = example().write().expect("names are clean");
        assert!(matches!(Root::read("<!doctype html>"), Err(FormatError::NotOurs { .. })));
        let newer = text.replace(&format!("\"format\":{FORMAT_VERSION}"), "\"format\":9");
        assert!(matches!(Root::read(&newer), Err(FormatError::Version { found: 9, .. })));
        let altered = text.replace("\"documents\":7", "\"documents\":8");
        assert!(matches!(Root::read(&altered), Err(FormatError::Digest { .. })));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(at: prop::sample::Index, byte in 32u8..127) {
            let text = example().write().expect("names are clean");
            let mut bytes = text.clone().into_bytes();
            let at = at.index(bytes.len());
            let same = bytes[at] == byte;
            bytes[at] = byte;
            let altered = String::from_utf8(bytes).expect("ASCII");
            prop_assert_eq!(Root::read(&altered).is_ok(), same || altered.eq_ignore_ascii_case(&text) && (13..29).contains(&at));
            prop_assert!(Root::read(&text[..at]).is_err());
        }
    }
}
