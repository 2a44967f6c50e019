//! The HTML parser, held to a depth.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{TokenizerResult, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};

use super::tree::{NodeId, Sink, Tree, is_raw};

/// Elements deeper than this are left out, their text staying where it is.
///
/// Chromium stops at the same depth (`kMaximumHTMLParserDOMTreeDepth`). Without a limit a page of n nested
/// elements takes n² steps, since the standard has each start tag look up the stack of open elements.
const MAX_DEPTH: u32 = 512;

/// The longest input: offsets in the parser's strings have 32 bits.
pub(super) const MAX_LEN_BYTES: usize = 1 << 31;

/// Parses a page as a browser does, with scripting off. Takes time linear in the length of `text`, which is at
/// most [`MAX_LEN_BYTES`] long.
pub(super) fn parse(text: &str) -> Tree {
    let options = TreeBuilderOpts { scripting_enabled: false, drop_doctype: true, ..Default::default() };
    let guard = Guard { builder: TreeBuilder::new(Sink::new(), options), left_out: RefCell::default() };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {
        // The parser pauses after scripts and declarations of encoding; here both mean nothing.
    }
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Stands between tokenizer and tree builder and swallows start tags, with their end tags, below [`MAX_DEPTH`].
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    left_out: RefCell<Vec<LocalName>>,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        if let Token::TagToken(tag) = &token {
            let mut left_out = self.left_out.borrow_mut();
            match tag.kind {
                TagKind::StartTag if self.builder.sink.depth() > MAX_DEPTH && !is_raw(&tag.name) => {
                    if !is_void(&tag.name) {
                        left_out.push(tag.name.clone());
                    }
                    return TokenSinkResult::Continue;
                }
                TagKind::EndTag if left_out.last() == Some(&tag.name) => {
                    left_out.pop();
                    return TokenSinkResult::Continue;
                }
                TagKind::StartTag | TagKind::EndTag => {}
            }
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Whether an element never has an end tag.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("source")
            | local_name!("wbr")
    )
}
