//! Bytes of a file turned into text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A file's text, with what had to be guessed for it.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Where the bytes stopped being UTF-8, if nothing in the file said what else they are.
    pub guess: Option<Guess>,
}

/// The encoding that was taken for want of a better one.
#[derive(Debug)]
pub(super) struct Guess {
    /// Offset from the start of the file, in bytes, of the first that is not UTF-8.
    pub at_byte: usize,
    pub encoding: &'static str,
}

/// Decodes a file: by its byte-order mark; as UTF-8 where it is that; by what the file `declares`; as UTF-16
/// where every other byte is zero; else as windows-1252, which standards name as the fallback of the Web.
pub(super) fn decode<'a>(bytes: &'a [u8], declares: Option<&'static Encoding>) -> Decoded<'a> {
    if let Some((encoding, mark_len)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark_len..]);
        let broken = (encoding == UTF_8).then(|| std::str::from_utf8(&bytes[mark_len..]).err()).flatten();
        let guess = broken.map(|e| Guess { at_byte: mark_len + e.valid_up_to(), encoding: encoding.name() });
        return Decoded { text, guess };
    }
    if let Some(encoding) = utf_16_by_zeros(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Decoded { text, guess: None };
    }
    // Bytes that are UTF-8 beyond ASCII are so by intent, whatever the file says; plain ASCII may be a 7-bit code.
    match (std::str::from_utf8(bytes), declares) {
        (Ok(text), Some(encoding)) if text.is_ascii() && !encoding.is_ascii_compatible() => {
            Decoded { text: encoding.decode_without_bom_handling(bytes).0, guess: None }
        }
        (Ok(text), _) => Decoded { text: Cow::Borrowed(text), guess: None },
        (Err(_), Some(encoding)) if encoding != UTF_8 => {
            Decoded { text: encoding.decode_without_bom_handling(bytes).0, guess: None }
        }
        (Err(error), _) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            Decoded { text, guess: Some(Guess { at_byte: error.valid_up_to(), encoding: "windows-1252" }) }
        }
    }
}

/// The encoding that an HTML page declares in its first 1,024 bytes, which is how far the standard looks.
pub(super) fn declared_in_html(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let at = start.windows(7).position(|window| window == b"charset")?;
    let value = start[at + 7..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"' ;>/\t\r\n".contains(byte)).unwrap_or(value.len());
    // A declaration that could be read as ASCII is not in UTF-16, so that says UTF-8, as in the standard.
    Encoding::for_label(&value[..end]).map(|e| if e == UTF_16LE || e == UTF_16BE { UTF_8 } else { e })
}

/// Recognises UTF-16 without a mark: Latin letters leave every other byte zero, and text has no zeros else.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes[..bytes.len().min(1024)].chunks_exact(2);
    let n_pairs = pairs.len();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    // Four fifths: room for line ends, quotes and a few letters of other scripts.
    let most = n_pairs * 4 / 5;
    match n_pairs {
        0..4 => None,
        _ if second >= most && first == 0 => Some(UTF_16LE),
        _ if first >= most && second == 0 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{SHIFT_JIS, WINDOWS_1252};

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn marks_are_obeyed_and_removed() {
        let text = "Grüße, 世界";
        for bytes in [
            [b"\xEF\xBB\xBF".to_vec(), text.as_bytes().to_vec()].concat(),
            [b"\xFF\xFE".to_vec(), utf_16(text, u16::to_le_bytes)].concat(),
            [b"\xFE\xFF".to_vec(), utf_16(text, u16::to_be_bytes)].concat(),
        ] {
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.text, text);
            assert!(decoded.guess.is_none());
        }
    }

    #[test]
    fn utf_16_is_recognised_without_a_mark() {
        let text = "Plain words, mostly in one script – not all";
        assert_eq!(decode(&utf_16(text, u16::to_le_bytes), None).text, text);
        assert_eq!(decode(&utf_16(text, u16::to_be_bytes), None).text, text);
    }

    #[test]
    fn a_broken_byte_is_located_and_read_as_windows_1252() {
        let decoded = decode(b"caf\xE9 \x93x\x94", None);
        assert_eq!(decoded.text, "café “x”");
        let guess = decoded.guess.unwrap();
        assert_eq!((guess.at_byte, guess.encoding), (3, "windows-1252"));
    }

    #[test]
    fn a_declaration_counts_unless_the_bytes_are_utf_8() {
        let (japanese, _, _) = SHIFT_JIS.encode("日本語");
        assert_eq!(decode(&japanese, Some(SHIFT_JIS)).text, "日本語");
        assert_eq!(decode("日本語".as_bytes(), Some(WINDOWS_1252)).text, "日本語");
    }

    #[test]
    fn declarations_are_found_as_browsers_find_them() {
        for (page, name) in [
            (r#"<meta charset="Shift_JIS">"#, Some("Shift_JIS")),
            ("<META CHARSET=latin1>", Some("windows-1252")),
            (r#"<meta http-equiv="Content-Type" content="text/html; charset = euc-kr">"#, Some("EUC-KR")),
            (r#"<meta charset="utf-16">"#, Some("UTF-8")),
            (r#"<meta charset="nonsense">"#, None),
            ("no declaration", None),
        ] {
            assert_eq!(declared_in_html(page.as_bytes()).map(Encoding::name), name, "{page}");
        }
    }
}
