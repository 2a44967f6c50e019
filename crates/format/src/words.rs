//! The words of the browser's side: what a reader is told, one file for each language.
//!
//! ```text
//! words.<digest>/<language>.json
//! words.<digest>/digests.json  := {"<language>":"<16 hex>",…}
//! ```
//!
//! The list is on one line, without blanks, ascending by language; each digest is that of the language's file, and the
//! digest in the folder's name is that of the list. So the root names all of them by one name, and each can be checked.

use crate::root::{Scan, is_name, parse_hex};
use crate::{FormatError, digest};
use std::fmt::Write;

/// What the root calls the folder.
pub const WORDS: &str = "words";
/// The name of the list, which is no language.
pub const DIGESTS: &str = "digests.json";
const SECTION: &str = DIGESTS;

/// The list: which languages there are, with the digest of each file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// BCP 47 tag in small letters, digest; ascending.
    pub languages: Vec<(String, u64)>,
}

impl Words {
    /// The list of these files, by language.
    #[must_use]
    pub fn of<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> Self {
        let mut languages: Vec<_> =
            files.map(|(language, bytes)| (language.to_owned(), digest(bytes))).collect();
        languages.sort_unstable();
        Self { languages }
    }

    /// The text of the list.
    ///
    /// # Errors
    /// `Invalid` when a language holds anything but letters, digits, `.` and `-`.
    pub fn write(&self) -> Result<String, FormatError> {
        let mut text = String::from("{");
        for (index, (language, digest)) in self.languages.iter().enumerate() {
            if !is_name(language) {
                return Err(FormatError::Invalid { section: SECTION, value: "language" });
            }
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(text, "{comma}\"{language}\":\"{digest:016x}\"");
        }
        text.push('}');
        Ok(text)
    }

    /// Reads the list that lies in `folder`.
    ///
    /// # Errors
    /// `Digest` when it is not the one that the folder's name promises, `Truncated` or `Invalid` when it, or that name,
    /// does not follow the grammar.
    pub fn read(folder: &str, list: &[u8]) -> Result<Self, FormatError> {
        let invalid = FormatError::Invalid { section: SECTION, value: "list" };
        let hex = folder.strip_prefix(WORDS).and_then(|rest| rest.strip_prefix('.')?.strip_suffix('/'));
        let expected = hex.and_then(parse_hex).ok_or(invalid)?;
        let found = digest(list);
        if found != expected {
            return Err(FormatError::Digest { expected, found });
        }
        let mut scan = Scan { rest: std::str::from_utf8(list).map_err(|_| invalid)? };
        scan.skip("{")?;
        let mut words = Self::default();
        while !scan.take("}") {
            if !words.languages.is_empty() {
                scan.skip(",")?;
            }
            scan.skip("\"")?;
            let language = scan.name()?.to_owned();
            scan.skip(":\"")?;
            words.languages.push((language, parse_hex(scan.name()?).ok_or(invalid)?));
        }
        if scan.rest.is_empty() { Ok(words) } else { Err(invalid) }
    }

    /// The name of each language's file in `folder`, with its digest.
    pub fn files(&self, folder: &str) -> impl Iterator<Item = (String, u64)> {
        self.languages.iter().map(move |(language, digest)| (format!("{folder}{language}.json"), *digest))
    }
}

/// The name of the folder whose list is this.
#[must_use]
pub fn words_folder(list: &[u8]) -> String {
    format!("{WORDS}.{:016x}/", digest(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Words {
        Words::of([("pt-br", &b"{\"search\":\"Busca\"}"[..]), ("de", b"{}")].into_iter())
    }

    #[test]
    fn what_was_written_is_read() {
        for words in [example(), Words::default()] {
            let list = words.write().expect("clean languages").into_bytes();
            assert_eq!(Words::read(&words_folder(&list), &list), Ok(words));
        }
        assert_eq!(example().languages[0], ("de".to_owned(), digest(b"{}")));
        let names: Vec<String> = example().files("words.00ff/").map(|file| file.0).collect();
        assert_eq!(names, ["words.00ff/de.json", "words.00ff/pt-br.json"]);
    }

    #[test]
    fn a_list_that_was_altered_is_refused() {
        let list = example().write().expect("clean languages").into_bytes();
        let folder = words_folder(&list);
        for at in 0..list.len() {
            let mut altered = list.clone();
            altered[at] ^= 1;
            assert!(matches!(Words::read(&folder, &altered), Err(FormatError::Digest { .. })), "{at}");
        }
        for folder in ["words/", "words.0123456789abcdef", "worlds.0123456789abcdef/", ""] {
            assert!(matches!(Words::read(folder, &list), Err(FormatError::Invalid { .. })), "{folder}");
        }
        for text in ["", "{", "{}}", "{\"de\":\"00\"}", "{\"../de\":\"0123456789abcdef\"}"] {
            assert!(Words::read(&words_folder(text.as_bytes()), text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_language_that_could_leave_the_folder_is_not_written() {
        let words = Words { languages: vec![("../de".to_owned(), 0)] };
        assert!(words.write().is_err());
    }
}
