//! What is safe to send to a terminal.

use std::borrow::Cow;
use std::io::Write as _;

use anstyle::{AnsiColor, Style};

/// Titles of hits.
pub const TITLE: Style = AnsiColor::Blue.on_default().bold();
/// Words that were sought.
pub const HIT: Style = Style::new().bold().underline();
/// What is of less interest: addresses, figures.
pub const FAINT: Style = Style::new().dimmed();
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Prints `error: {message}` to stderr.
///
/// Nobody is left to tell when stderr itself is closed, so that failure is passed over; the exit code still speaks.
pub fn error(message: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error{ERROR:#}: {}", plain(message));
}

/// Prints `warning: {message}` to stderr.
pub fn warning(message: &str) {
    let _ = writeln!(anstream::stderr(), "{WARNING}warning{WARNING:#}: {}", plain(message));
}

/// Prints a line to stderr that is neither.
pub fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{}", plain(message));
}

/// `text` on one line, without characters that steer a terminal.
///
/// Titles, excerpts and file names come from strangers: escape sequences could rewrite the screen, and direction
/// marks could make one address look like another. Blanks of all kinds become spaces, the rest `U+FFFD`.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|character| match character {
                '\t' | '\n' | '\r' => ' ',
                character if steers(character) => char::REPLACEMENT_CHARACTER,
                character => character,
            })
            .collect(),
    )
}

/// `json` with the control characters that JSON lets through (DEL and U+0080–U+009F) escaped.
///
/// Such a character can only stand in a string, so the value stays the same.
pub fn plain_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(char::is_control) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for character in json.chars() {
        if character.is_control() {
            out.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn steers(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_lose_their_escape() {
        assert_eq!(plain("a\u{1b}[31mred\u{9b}0m\nb"), "a\u{fffd}[31mred\u{fffd}0m b");
        assert_eq!(plain("moc.\u{202e}evil"), "moc.\u{fffd}evil");
        assert!(matches!(plain("naïve 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_keeps_its_value() {
        let json = serde_json::to_string("a\u{1b}b\u{9b}c\u{7f}").unwrap();
        let safe = plain_json(&json);
        assert!(!safe.chars().any(char::is_control));
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), "a\u{1b}b\u{9b}c\u{7f}");
    }
}
