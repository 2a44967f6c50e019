//! Markdown, with the front matter that generators of sites put before it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::flow::{Anchor, Flow};
use super::lines::{Lines, one_line};
use super::{front_matter, html};
use crate::Document;

/// Reads a Markdown file. The document's title is empty where the file gives none. An error is about the front
/// matter, the text having been read all the same.
pub(super) fn document(text: &str) -> (Document, Option<String>) {
    let (matter, text) = front_matter::split(text);
    let (mut fields, error) = match matter.map(front_matter::read) {
        None => (BTreeMap::new(), None),
        Some(Ok(fields)) => (fields, None),
        Some(Err(error)) => (BTreeMap::new(), Some(error)),
    };
    let title = fields.remove("title").as_ref().and_then(super::as_text);
    let language = fields.remove("lang").or_else(|| fields.remove("language"));
    let mut document = passages(text, title);
    document.language = language.as_ref().and_then(Value::as_str).and_then(super::language_tag);
    document.meta = fields;
    (document, error)
}

/// Reads Markdown without front matter; `title` is what is known of it beforehand. Without it the title is the
/// first first-level heading, else the first heading.
pub(super) fn passages(text: &str, title: Option<String>) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut walk = Walk { flow: Flow::new(title), heading: None, in_code: false, html: None };
    for event in Parser::new_ext(text, options) {
        walk.take(event);
    }
    let mut document = walk.flow.finish();
    if document.title.is_empty()
        && let Some(first) = document.passages.get(1)
    {
        document.title.clone_from(&first.heading);
    }
    document
}

/// A heading whose text is still being gathered.
struct Heading {
    level: HeadingLevel,
    id: Option<String>,
    line: Lines,
}

struct Walk {
    flow: Flow,
    heading: Option<Heading>,
    in_code: bool,
    /// A block of HTML that is still being gathered.
    html: Option<String>,
}

impl Walk {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) if self.in_code => self.out().lines(&text),
            Event::Text(text) => {
                let text =
                    if self.heading.is_none() { without_attributes(&text) } else { Cow::Borrowed(&*text) };
                self.out().run(&text);
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.out().run(&text),
            Event::Html(markup) => self.html.get_or_insert_default().push_str(&markup),
            Event::InlineHtml(tag) => {
                if tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br")) {
                    self.out().end_line();
                }
            }
            Event::SoftBreak => self.out().space(),
            Event::HardBreak => self.out().end_line(),
            Event::Rule => self.flow.body.end_line(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.flow.body.end_line();
                self.heading = Some(Heading { level, id: id.map(String::from), line: Lines::default() });
            }
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.out().end_line();
            }
            Tag::TableCell => self.out().space(),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {}
            _ => self.out().end_line(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(mut heading) = self.heading.take() {
                    let text = one_line(&heading.line.take());
                    self.flow.heading(heading.level as u8, text, Anchor::Made(heading.id.as_deref()));
                }
            }
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out().end_line();
            }
            TagEnd::HtmlBlock => {
                if let Some(markup) = self.html.take() {
                    self.markup(&markup);
                }
            }
            TagEnd::TableCell => self.out().space(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {}
            _ => self.out().end_line(),
        }
    }

    /// Takes in a block of HTML, in which many a README has its title.
    fn markup(&mut self, markup: &str) {
        let document = html::fragment(markup);
        self.flow.heading(1, document.title.clone(), Anchor::Made(None));
        for passage in document.passages {
            if passage.heading != document.title {
                self.flow.heading(passage.level, passage.heading, Anchor::Made(passage.id.as_deref()));
            }
            self.flow.body.lines(&passage.text);
            self.flow.body.end_line();
        }
    }

    fn out(&mut self) -> &mut Lines {
        match &mut self.heading {
            Some(heading) => &mut heading.line,
            None => &mut self.flow.body,
        }
    }
}

/// Takes out a line of kramdown's attributes, such as `{: .note}`, which is no text.
fn without_attributes(text: &str) -> Cow<'_, str> {
    let line = text.trim();
    Cow::Borrowed(if line.starts_with("{:") && line.ends_with('}') { "" } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<(String, u8, Option<String>, String)> {
        let passages = document(text).0.passages;
        passages.into_iter().map(|p| (p.heading, p.level, p.id, p.text)).collect()
    }

    #[test]
    fn headings_cut_passages_with_ids_like_those_of_github() {
        let text = "# Title\n\nLead *text*\ngoes on.\n\n## Set up\n\nOne.\n\n### Set up\n\n## `code` here {#mine}\n\nEnd.\n";
        assert_eq!(document(text).0.title, "Title");
        let expected = [
            ("", 0, None, "Lead text goes on."),
            ("Set up", 2, Some("set-up"), "One."),
            ("Set up", 3, Some("set-up-1"), ""),
            ("code here", 2, Some("mine"), "End."),
        ];
        let expected: Vec<_> = expected
            .map(|(heading, level, id, text)| {
                (heading.to_owned(), level, id.map(str::to_owned), text.to_owned())
            })
            .into();
        assert_eq!(outline(text), expected);
    }

    #[test]
    fn everything_that_is_read_is_text() {
        let text = "A [link](http://x/y) and ![a picture](p.png).\n\n- [x] done\n- open\n\n| a | b |\n|---|---|\n| c | d |\n\n```rust\nfn main() {\n    run();\n}\n```\n\n> quoted<br>line\n\n<div class=\"x\"><p>In a <b>block</b></p>\n<script>no()</script></div>\n\nNote[^1]\n\n[^1]: At the foot.\n";
        assert_eq!(
            outline(text)[0].3,
            "A link and a picture.\ndone\nopen\na b\nc d\nfn main() {\nrun();\n}\nquoted\nline\nIn a block\nNote\nAt the foot."
        );
    }

    #[test]
    fn front_matter_is_about_the_document() {
        let text = "---\ntitle: \"Over: all\"\nlang: de\ndate: 2021-05-03\ntags: [a, b]\ndraft: false\n---\n# Other\n\nText.\n";
        let (document, error) = document(text);
        assert_eq!(error, None);
        assert_eq!(document.title, "Over: all");
        assert_eq!(document.language.as_deref(), Some("de"));
        assert_eq!(document.meta["date"], "2021-05-03");
        assert_eq!(document.meta["tags"], serde_json::json!(["a", "b"]));
        assert_eq!(document.passages[1].heading, "Other");
    }

    #[test]
    fn broken_front_matter_loses_no_text() {
        let (document, error) = document("---\ntitle: [unclosed\n---\n# Title\n\nText.\n");
        assert_eq!(document.title, "Title");
        assert_eq!(document.passages[0].text, "Text.");
        assert!(error.is_some());
    }

    #[test]
    fn without_a_first_level_heading_the_first_heading_is_the_title() {
        let (document, _) = document("## Usage\n\nText.\n");
        assert_eq!(document.title, "Usage");
        assert_eq!(document.passages[1].heading, "Usage");
    }
}
