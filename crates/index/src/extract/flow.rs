//! Passages cut from a document as its headings come by.

use super::lines::Lines;
use super::slug::Slugs;
use crate::{Document, Passage};

/// Where a heading's id comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Anchor<'a> {
    /// The page has this id, or none at all: a made-up one would lead nowhere.
    Given(Option<&'a str>),
    /// The page will be written from the document, so an id can be made where the author gives none.
    Made(Option<&'a str>),
}

/// Takes a document in reading order: text through [`Flow::body`], headings through [`Flow::heading`].
#[derive(Debug)]
pub(super) struct Flow {
    /// The text of the passage that is open.
    pub body: Lines,
    title: Option<String>,
    passages: Vec<Passage>,
    /// The place of the passage that is open.
    open: usize,
    /// The passages in which entries are open, with their text so far: it goes on where the entry ends.
    around: Vec<(usize, Lines)>,
    slugs: Slugs,
}

impl Flow {
    /// Begins with the lead. A `title` that is known already leaves a first-level heading what it is, unless it
    /// says the same.
    pub fn new(title: Option<String>) -> Self {
        Self {
            body: Lines::default(),
            title: title.filter(|title| !title.is_empty()),
            passages: vec![Passage::default()],
            open: 0,
            around: Vec::new(),
            slugs: Slugs::default(),
        }
    }

    /// The id of the passage that is open.
    pub fn id(&self) -> Option<&str> {
        self.passages.get(self.open).and_then(|passage| passage.id.as_deref())
    }

    /// Opens a passage; the first first-level heading, where no other heading stands before it, is the title
    /// and leaves the lead open.
    pub fn heading(&mut self, level: u8, heading: String, anchor: Anchor<'_>) {
        if heading.is_empty() {
            return;
        }
        let id = match anchor {
            Anchor::Given(id) => id.and_then(|id| self.slugs.given(id)),
            Anchor::Made(Some(id)) => self.slugs.given(id).or_else(|| Some(self.slugs.made(&heading))),
            Anchor::Made(None) => Some(self.slugs.made(&heading)),
        };
        if level == 1 && self.passages.len() == 1 && self.title.as_ref().is_none_or(|title| *title == heading)
        {
            self.body.end_line();
            self.title = Some(heading);
            return;
        }
        if level == 1 && self.title.is_none() {
            self.title = Some(heading.clone());
        }
        self.close();
        self.push(Passage { heading, level, id, ..Passage::default() });
    }

    /// Opens a passage within the one that is open, whose text goes on after [`Flow::end_entry`]; unless an earlier
    /// passage has the id.
    pub fn entry(&mut self, heading: String, id: &str) -> bool {
        let Some(id) = self.slugs.given(id) else { return false };
        let level = self.passages.get(self.open).map_or(1, |around| around.level.max(1) + 1).min(6);
        self.around.push((self.open, std::mem::take(&mut self.body)));
        self.push(Passage { heading, level, id: Some(id), ..Passage::default() });
        true
    }

    /// Ends the entry that was opened last.
    pub fn end_entry(&mut self) {
        self.close();
        if let Some((open, body)) = self.around.pop() {
            self.open = open;
            self.body = body;
            self.body.end_line();
        }
    }

    /// Closes the last passage. The title is empty where none was found.
    pub fn finish(mut self) -> Document {
        while !self.around.is_empty() {
            self.end_entry();
        }
        self.close();
        Document { title: self.title.unwrap_or_default(), passages: self.passages, ..Document::default() }
    }

    fn push(&mut self, passage: Passage) {
        self.open = self.passages.len();
        self.passages.push(passage);
    }

    fn close(&mut self) {
        if let Some(open) = self.passages.get_mut(self.open) {
            open.text = self.body.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(flow: &mut Flow, level: u8, heading: &str) {
        flow.heading(level, heading.to_owned(), Anchor::Made(None));
    }

    #[test]
    fn the_first_first_level_heading_is_the_title() {
        let mut flow = Flow::new(None);
        flow.body.run("before");
        made(&mut flow, 1, "Title");
        flow.body.run("after");
        made(&mut flow, 1, "Another");
        let document = flow.finish();
        assert_eq!(document.title, "Title");
        assert_eq!(document.passages[0].text, "before\nafter");
        assert_eq!(document.passages[1].heading, "Another");
    }

    #[test]
    fn a_late_first_level_heading_is_title_and_passage() {
        let mut flow = Flow::new(None);
        made(&mut flow, 2, "Early");
        made(&mut flow, 1, "Late");
        let document = flow.finish();
        assert_eq!(document.title, "Late");
        assert_eq!(document.passages.len(), 3);
    }

    #[test]
    fn text_goes_on_after_an_entry() {
        let mut flow = Flow::new(None);
        made(&mut flow, 2, "Terms");
        flow.body.run("before");
        assert!(flow.entry("one".to_owned(), "one"));
        flow.body.run("first");
        assert!(flow.entry("inner".to_owned(), "inner"));
        assert!(!flow.entry("again".to_owned(), "one"));
        flow.end_entry();
        flow.body.run("more");
        flow.end_entry();
        flow.body.run("after");
        let passages = flow.finish().passages;
        let told: Vec<(&str, u8, &str)> = passages.iter().map(|p| (&*p.heading, p.level, &*p.text)).collect();
        let expected =
            [("", 0, ""), ("Terms", 2, "before\nafter"), ("one", 3, "first\nmore"), ("inner", 4, "")];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_known_title_stays() {
        let mut flow = Flow::new(Some("Known".to_owned()));
        made(&mut flow, 1, "Other");
        let document = flow.finish();
        assert_eq!(document.title, "Known");
        assert_eq!(document.passages[1].heading, "Other");
    }
}
