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
            slugs: Slugs::default(),
        }
    }

    /// The id of the passage that is open.
    pub fn id(&self) -> Option<&str> {
        self.passages.last().and_then(|passage| passage.id.as_deref())
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
        self.passages.push(Passage { heading, level, id, ..Passage::default() });
    }

    /// Closes the last passage. The title is empty where none was found.
    pub fn finish(mut self) -> Document {
        self.close();
        Document { title: self.title.unwrap_or_default(), passages: self.passages, ..Document::default() }
    }

    fn close(&mut self) {
        if let Some(open) = self.passages.last_mut() {
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
    fn a_known_title_stays() {
        let mut flow = Flow::new(Some("Known".to_owned()));
        made(&mut flow, 1, "Other");
        let document = flow.finish();
        assert_eq!(document.title, "Known");
        assert_eq!(document.passages[1].heading, "Other");
    }
}
