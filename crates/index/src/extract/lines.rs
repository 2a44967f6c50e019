//! Text gathered into clean lines, whatever it was cut from.

/// Gathers text so that what comes out is clean, however it was laid out in the file.
///
/// Clean means: every run of blanks is one space (a no-break space is a blank), lines neither begin nor end with
/// one, no line is empty, and control characters are gone. Marks of writing direction stay, since they are text.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
    blank_pending: bool,
}

impl Lines {
    /// Adds text that runs on in the current line; line ends in it count as blanks.
    pub fn run(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            // Most text is words of plain letters, which are taken whole.
            let plain = rest.bytes().position(|byte| !byte.is_ascii_graphic()).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(plain.max(first.len_utf8()));
            rest = after;
            if first.is_whitespace() {
                self.blank_pending = true;
            } else if !is_dropped(first) {
                self.word(piece);
            }
        }
    }

    /// Adds text without blanks.
    fn word(&mut self, word: &str) {
        if self.blank_pending && !self.at_line_start() {
            self.text.push(' ');
        }
        self.blank_pending = false;
        self.text.push_str(word);
    }

    /// Adds text whose line ends are meant, such as code.
    pub fn lines(&mut self, text: &str) {
        let mut rest = text;
        while let Some(end) = rest.find(['\n', '\r']) {
            self.run(&rest[..end]);
            self.end_line();
            rest = &rest[end + 1..];
        }
        self.run(rest);
    }

    /// Makes sure that what follows does not touch the word before.
    pub fn space(&mut self) {
        self.blank_pending = true;
    }

    /// Ends the current line, unless nothing stands in it.
    pub fn end_line(&mut self) {
        self.blank_pending = false;
        if !self.at_line_start() {
            self.text.push('\n');
        }
    }

    /// Takes out what was gathered, in a string without room to spare, and begins anew.
    pub fn take(&mut self) -> String {
        self.blank_pending = false;
        let text = self.text.strip_suffix('\n').unwrap_or(&self.text).to_owned();
        self.text.clear();
        text
    }

    pub fn len_bytes(&self) -> usize {
        self.text.len()
    }

    fn at_line_start(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }
}

/// Makes one clean line of `text`.
pub(super) fn one_line(text: &str) -> String {
    let mut lines = Lines::default();
    lines.run(text);
    lines.take()
}

/// Control characters carry no text, and neither does a byte-order mark in the middle of a file.
fn is_dropped(character: char) -> bool {
    character.is_control() || character == '\u{FEFF}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blanks_collapse_and_lines_are_trimmed() {
        let mut lines = Lines::default();
        lines.lines("  a\u{A0}\u{A0}b\t\n\n \r\n c\0d ");
        lines.end_line();
        lines.end_line();
        lines.run("e\nf");
        assert_eq!(lines.take(), "a b\ncd\ne f");
        assert_eq!(lines.len_bytes(), 0);
    }

    #[test]
    fn a_space_parts_words_but_never_opens_a_line() {
        let mut lines = Lines::default();
        lines.space();
        lines.run("a");
        lines.space();
        lines.space();
        lines.run("b");
        lines.space();
        assert_eq!(lines.take(), "a b");
    }

    proptest! {
        #[test]
        fn words_come_out_as_they_came_in(words in prop::collection::vec("[!-~é世\u{301}]{1,9}", 0..9)) {
            prop_assert_eq!(one_line(&words.join(" \t\u{A0}")), words.join(" "));
        }

        #[test]
        fn whatever_comes_in_clean_lines_come_out(pieces in prop::collection::vec((any::<String>(), 0_u8..4), 0..8)) {
            let mut lines = Lines::default();
            for (piece, how) in &pieces {
                match how {
                    0 => lines.run(piece),
                    1 => lines.lines(piece),
                    2 => lines.end_line(),
                    _ => lines.space(),
                }
            }
            let text = lines.take();
            if !text.is_empty() {
                for line in text.split('\n') {
                    prop_assert_eq!(line, line.trim());
                    prop_assert!(!line.is_empty() && !line.contains("  "));
                    prop_assert!(!line.chars().any(char::is_control));
                }
            }
        }
    }
}
