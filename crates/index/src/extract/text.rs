//! Plain text, with the title and the headings that a reader would see in it.
//!
//! A text file says nothing of its structure, so structure is read as people read it, from shape alone:
//!
//! - A *block* is a run of lines between blank ones. It is *short* if it is one line that could head something
//!   (not long, has letters, does not end like a sentence, is no list item), *prose* if it reads like sentences.
//! - Marks win over shapes: in a text with `#` or underlined headings, only these are headings.
//! - A short block in front of prose heads it. Of two in a row both do (a chapter, its first section); three or
//!   more are a list, so only the last does.
//! - A short line that comes again in the file, such as "Advertisement", is *furniture*: it stays in the text,
//!   since a poem's refrain looks alike, but heads nothing and parts what it stands between. A link past the
//!   navigation is no text at all.
//! - The title is the first first-level mark; else the first short block in front of prose, with short lines
//!   (a date, a subtitle) allowed in between and one paragraph (a notice) in front; else the first line, if it
//!   could head something.

mod block;

use block::{Block, Shape};

use super::flow::{Anchor, Flow};
use crate::Document;

/// Reads a plain text. `title` is what is known of it beforehand, from a record; the document's title is empty
/// where neither that nor the text gives one. Time and memory grow with the length of the text alone.
pub(super) fn document(text: &str, title: Option<String>) -> Document {
    let blocks = block::cut(text);
    let marked = blocks.iter().any(|block| matches!(block.shape, Shape::Marked(_)));
    let place = match (&title, marked) {
        (Some(known), _) => blocks.iter().position(|block| block.text() == *known).map(Title::Block),
        (None, true) => marked_title(&blocks).map(Title::Block),
        (None, false) => shaped_title(&blocks),
    };
    let headings = if marked { vec![false; blocks.len()] } else { headings(&blocks, place) };

    let found = match place {
        Some(Title::Block(at)) => Some(blocks[at].text()),
        Some(Title::FirstLine) => blocks.first().and_then(Block::first_line),
        None => None,
    };
    let mut flow = Flow::new(title.or(found));
    for (at, block) in blocks.iter().enumerate() {
        match (block.shape, place) {
            (_, Some(Title::Block(title))) if title == at => {}
            (Shape::Marked(level), _) => flow.heading(level, block.text(), Anchor::Made(None)),
            _ if headings[at] => flow.heading(PLAIN_HEADING_LEVEL, block.text(), Anchor::Made(None)),
            (_, Some(Title::FirstLine)) if at == 0 => block.write(&mut flow.body, 1),
            _ => block.write(&mut flow.body, 0),
        }
    }
    flow.finish()
}

/// Shapes tell no levels; 2, because 1 is the title's.
const PLAIN_HEADING_LEVEL: u8 = 2;

/// Where the title stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Title {
    /// It is the whole block of this number.
    Block(usize),
    /// It is the first line of the first block.
    FirstLine,
}

/// The first mark of the first level, else the first mark if nothing but short lines stands before it.
fn marked_title(blocks: &[Block<'_>]) -> Option<usize> {
    let level = |block: &Block<'_>| if let Shape::Marked(level) = block.shape { level } else { 0 };
    blocks.iter().position(|block| level(block) == 1).or_else(|| {
        let first = blocks.iter().position(|block| level(block) > 0)?;
        let opens = blocks[..first].iter().all(|block| !matches!(block.shape, Shape::Prose | Shape::Other));
        opens.then_some(first)
    })
}

/// Of the short lines in front of the first prose the first is the title, as date and subtitle follow it; of
/// more than three it is the last, as the others are a menu.
fn shaped_title(blocks: &[Block<'_>]) -> Option<Title> {
    let (mut run_start, mut n_notices) = (0, 0);
    for (at, block) in blocks.iter().enumerate() {
        match block.shape {
            Shape::Short | Shape::LongTitle => continue,
            Shape::Prose if run_start < at => {
                return Some(Title::Block(if at - run_start <= 3 { run_start } else { at - 1 }));
            }
            Shape::Prose | Shape::Other => n_notices += 1,
            Shape::Marked(_) | Shape::Furniture => {}
        }
        if n_notices > 1 {
            break;
        }
        run_start = at + 1;
    }
    blocks.first()?.opens_with_title().then_some(Title::FirstLine)
}

/// Which blocks are headings by their shape. The line between title and prose is a subtitle, so it is none.
fn headings(blocks: &[Block<'_>], title: Option<Title>) -> Vec<bool> {
    let mut headings = vec![false; blocks.len()];
    let after_title = if let Some(Title::Block(at)) = title { at + 1 } else { 0 };
    let mut run_start = after_title;
    for at in after_title..blocks.len() {
        match blocks[at].shape {
            Shape::Short => continue,
            Shape::Prose | Shape::LongTitle => {
                let n_run = at - run_start;
                let is_subtitle = n_run == 1 && run_start == after_title && after_title > 0;
                if n_run > 0 && !is_subtitle {
                    let first = if n_run == 2 { run_start } else { at - 1 };
                    headings[first..at].fill(true);
                }
            }
            Shape::Marked(_) | Shape::Furniture | Shape::Other => {}
        }
        run_start = at + 1;
    }
    headings
}

#[cfg(test)]
mod tests;
