//! Blocks of a plain text, each with the shape that tells its part.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::extract::lines::{Lines, one_line};

/// The widest line that heads a section, in columns: two lines of a terminal, less than three of a book.
const MAX_HEADING_COLUMNS: usize = 120;

/// The widest line that may be a title: headlines of press releases come close to it.
const MAX_TITLE_COLUMNS: usize = 200;

/// How wide a line without a full stop must be to count as prose.
const MIN_PROSE_COLUMNS: usize = 120;

/// From here on a line that stops without punctuation has been wrapped, if the next goes on in lower case.
const MIN_WRAPPED_COLUMNS: usize = 40;

/// What a block looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading by its mark, `#` or an underline, of this level.
    Marked(u8),
    /// One line that could head something.
    Short,
    /// One line that could be a title, but is too wide for a heading.
    LongTitle,
    /// Sentences, or several lines.
    Prose,
    /// A short line that comes again in the file.
    Furniture,
    /// Anything else: a list, a rule, a line that ends in a colon.
    Other,
}

/// A run of lines between blank ones, or one marked heading.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub shape: Shape,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    /// The block as one clean line.
    pub fn text(&self) -> String {
        let mut lines = Lines::default();
        for line in &self.lines {
            lines.run(&without_emphasis(line));
            lines.space();
        }
        lines.take()
    }

    pub fn first_line(&self) -> Option<String> {
        self.lines.first().map(|line| one_line(&without_emphasis(line)))
    }

    /// Whether the block's first line could be a title, standing there without a blank line after it.
    pub fn opens_with_title(&self) -> bool {
        !matches!(self.shape, Shape::Furniture)
            && self.lines.first().is_some_and(|line| could_head(line, MAX_HEADING_COLUMNS))
    }

    /// Writes the block's paragraphs but for its first `n_skipped` lines; wrapped lines are joined again.
    pub fn write(&self, out: &mut Lines, n_skipped: usize) {
        let mut previous: Option<&str> = None;
        for line in self.lines.iter().skip(n_skipped) {
            match previous {
                Some(previous) if runs_on(previous, line) => out.space(),
                _ => out.end_line(),
            }
            out.run(&without_emphasis(line));
            previous = Some(line);
        }
        out.end_line();
    }
}

/// Cuts a text into blocks. Attribute lines of kramdown (`{: .note}`), skip links, fences of code are left out.
pub(super) fn cut(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut in_fence = false;
    let mut lines = text.lines().flat_map(|line| line.split('\r')).map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            in_fence = !in_fence;
        } else if is_attributes(line) || is_skip_link(line) {
            // Neither is text of the document.
        } else if line.chars().all(|c| c.is_whitespace() || c.is_control()) {
            close(&mut blocks, &mut open);
        } else if let Some((level, heading)) = mark(line)
            && !in_fence
            && open.is_empty()
            && lines.peek().is_none_or(|next| mark(next).is_none_or(|(other, _)| other != level))
        {
            blocks.push(Block { shape: Shape::Marked(level), lines: vec![heading] });
        } else if open.is_empty()
            && let Some(level) = lines.peek().and_then(|next| underline(line, next))
        {
            lines.next();
            blocks.push(Block { shape: Shape::Marked(level), lines: vec![line] });
        } else {
            open.push(line);
        }
    }
    close(&mut blocks, &mut open);
    find_furniture(&mut blocks);
    blocks
}

fn close<'a>(blocks: &mut Vec<Block<'a>>, open: &mut Vec<&'a str>) {
    if !open.is_empty() {
        let lines = std::mem::take(open);
        blocks.push(Block { shape: shape(&lines), lines });
    }
}

fn shape(lines: &[&str]) -> Shape {
    match lines {
        [line] if could_head(line, MAX_HEADING_COLUMNS) => Shape::Short,
        [line] if is_prose(line) => {
            if could_head(line, MAX_TITLE_COLUMNS) {
                Shape::LongTitle
            } else {
                Shape::Prose
            }
        }
        lines if lines.iter().all(|line| is_item(line) || !line.chars().any(char::is_alphabetic)) => {
            Shape::Other
        }
        [_] => Shape::Other,
        _ => Shape::Prose,
    }
}

/// Short lines that stand alone more than once head nothing.
fn find_furniture(blocks: &mut [Block<'_>]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let alone = |block: &Block<'_>| matches!(block.shape, Shape::Short | Shape::LongTitle);
    for block in blocks.iter().filter(|block| alone(block)) {
        *seen.entry(block.lines[0]).or_default() += 1;
    }
    let repeated: Vec<bool> =
        blocks.iter().map(|block| alone(block) && seen.get(block.lines[0]).is_some_and(|&n| n > 1)).collect();
    for (block, repeated) in blocks.iter_mut().zip(repeated) {
        if repeated {
            block.shape = Shape::Furniture;
        }
    }
}

/// `# Heading` of one to six signs, closing signs left out.
fn mark(line: &str) -> Option<(u8, &str)> {
    let heading = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - heading.len()).ok().filter(|level| (1..=6).contains(level))?;
    let heading = heading.strip_prefix([' ', '\t'])?.trim_end_matches('#').trim();
    heading.chars().any(char::is_alphanumeric).then_some((level, heading))
}

/// The level that `=====` or `-----` under a line gives it: 1 or 2.
fn underline(line: &str, below: &str) -> Option<u8> {
    let level = match below.as_bytes().first()? {
        b'=' => 1,
        b'-' => 2,
        _ => return None,
    };
    let is_rule = below.len() >= 3 && below.bytes().all(|byte| byte == below.as_bytes()[0]);
    // At least half as long, as people draw it by eye; shorter ones are signs of their own.
    let long_enough = 2 * below.len() >= line.chars().count();
    (is_rule && long_enough && could_head(line, MAX_HEADING_COLUMNS)).then_some(level)
}

/// Whether a line could head something: it is short, made of words, and does not end like a sentence.
fn could_head(line: &str, max_columns: usize) -> bool {
    let ends_open = !line.ends_with(['.', '!', ':', ';', ',', '…', '。', '！', '：', '；', '，', '、']);
    let (mut n_letters, mut n_others) = (0, 0);
    for character in line.chars().filter(|c| !c.is_whitespace()) {
        if character.is_alphabetic() { n_letters += 1 } else { n_others += 1 }
    }
    ends_open
        && n_letters > n_others
        && columns(line) <= max_columns
        && !is_item(line)
        && !has_clock_time(line)
}

/// Whether a line alone reads like prose: it ends a sentence and has several words, or goes on for long.
fn is_prose(line: &str) -> bool {
    let sentence = line.trim_end_matches(['"', '”', '’', '\'', ')', '»', '」', '』']);
    let ends = sentence.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '：']);
    // Five words, or as many columns in a script without blanks, tell a sentence from "No." or "Stop!".
    let several_words = line.split_whitespace().nth(4).is_some() || columns(line) >= MIN_WRAPPED_COLUMNS;
    !is_item(line) && (ends && several_words || columns(line) > MIN_PROSE_COLUMNS)
}

/// Width of a line in columns; East Asian characters count three, as they say about as much as three letters.
fn columns(line: &str) -> usize {
    line.chars()
        .map(|c| {
            if matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}') {
                3
            } else {
                1
            }
        })
        .sum()
}

/// Whether a line is an item of a list: a bullet, then a blank.
fn is_item(line: &str) -> bool {
    let mut characters = line.chars();
    matches!(characters.next(), Some('-' | '*' | '+' | '•' | '–' | '—' | '·' | '‣' | '▪' | '>' | '|'))
        && characters.next().is_none_or(char::is_whitespace)
}

/// Whether a line has a time of day in it, as lines of logs and minutes do.
fn has_clock_time(line: &str) -> bool {
    line.as_bytes()
        .windows(5)
        .any(|w| w[2] == b':' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit))
}

/// A link past the navigation, which every accessible page begins with and which copying a page brings along.
fn is_skip_link(line: &str) -> bool {
    let line = line.to_lowercase();
    let Some(target) = line.strip_prefix("skip to ").or_else(|| line.strip_prefix("jump to ")) else {
        return false;
    };
    ["content", "main", "navigation", "footer", "search"].iter().any(|place| target.contains(place))
        && target.len() < 40
}

/// A line of kramdown's attributes: `{:start="3"}`, `{: .note}`.
fn is_attributes(line: &str) -> bool {
    line.starts_with("{:") && line.ends_with('}')
}

/// Whether `line` goes on with the sentence of the one before, which was wrapped.
fn runs_on(previous: &str, line: &str) -> bool {
    let goes_on = line.trim_start_matches(['(', '"', '“', '\'', '‘']).starts_with(char::is_lowercase);
    goes_on && columns(previous) >= MIN_WRAPPED_COLUMNS && !previous.ends_with(['.', '!', '?', ':', ';', '|'])
}

/// Takes pairs of `**` out of a line where they stand around words, as in `**bold**`, but not in `2**3`.
fn without_emphasis(line: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = line;
    let mut before: Option<char> = None;
    while let Some(start) = rest.find("**") {
        let opening = rest[..start].chars().next_back().or(before);
        let inside = &rest[start + 2..];
        let end = inside.find("**").filter(|&end| {
            let words = &inside[..end];
            let after = inside[end + 2..].chars().next();
            !words.is_empty()
                && words == words.trim()
                && !opening.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(char::is_alphanumeric)
        });
        out.push_str(&rest[..start]);
        match end {
            Some(end) => {
                out.push_str(&inside[..end]);
                rest = &inside[end + 2..];
                before = inside[..end].chars().next_back();
            }
            None => {
                out.push_str("**");
                rest = inside;
                before = Some('*');
            }
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}
