//! Cuts passages that are too long to fetch for one excerpt.

use crate::{Document, Passage};

/// A passage has at most this many bytes of text, so that one excerpt never costs more than one block. It is far more
/// than people write under one heading; what is longer is a log, a table or a book without headings.
const MAX_PASSAGE_BYTES: usize = 8 << 10;

/// Cuts the long passages of a document, and gives one without any an empty lead, since a title is shown with the
/// passage that it stands over. Cuts are at the end of a line, failing that of a word. The pieces keep the heading, its
/// id and its level, so that they lead to the same place.
pub fn cut(document: &mut Document) {
    if document.passages.is_empty() {
        document.passages.push(Passage::default());
    }
    if document.passages.iter().all(|passage| passage.text.len() <= MAX_PASSAGE_BYTES) {
        return;
    }
    document.passages = std::mem::take(&mut document.passages).into_iter().flat_map(pieces).collect();
}

fn pieces(passage: Passage) -> Vec<Passage> {
    if passage.text.len() <= MAX_PASSAGE_BYTES {
        return vec![passage];
    }
    let Passage { heading, level, id, text, mut continued } = passage;
    let mut pieces = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(cut_at(rest));
        let text = piece.trim_end().to_owned();
        pieces.push(Passage { heading: heading.clone(), level, id: id.clone(), text, continued });
        continued = true;
        rest = after.trim_start();
    }
    pieces
}

/// Where to cut a text so that the first piece fits.
fn cut_at(text: &str) -> usize {
    if text.len() <= MAX_PASSAGE_BYTES {
        return text.len();
    }
    let fits = &text[..text.floor_char_boundary(MAX_PASSAGE_BYTES)];
    // A cut in the first half would leave pieces that are hardly shorter than the text.
    let late = |at: Option<usize>| at.filter(|&at| at > fits.len() / 2);
    late(fits.rfind('\n')).or_else(|| late(fits.rfind(char::is_whitespace))).unwrap_or(fits.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(mut document: Document) -> Document {
        super::cut(&mut document);
        document
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_every_piece_fits(words in prop::collection::vec("[a-zé]{1,300}[\n ]", 0..200)) {
            let text = words.concat().trim().to_owned();
            let passage = Passage { heading: "H".into(), level: 2, id: Some("h".into()), text: text.clone(), continued: false };
            let cut = cut(Document { passages: vec![Passage::default(), passage], ..Document::default() });
            prop_assert!(cut.passages.iter().all(|piece| piece.text.len() <= MAX_PASSAGE_BYTES));
            prop_assert_eq!(cut.passages.iter().filter(|piece| piece.heading == "H" && !piece.continued).count(), 1);
            let again: Vec<&str> = cut.passages.iter().flat_map(|piece| piece.text.split_whitespace()).collect();
            prop_assert_eq!(again, text.split_whitespace().collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_document_has_a_lead() {
        assert_eq!(cut(Document::default()).passages, [Passage::default()]);
    }

    #[test]
    fn one_endless_word_is_cut_too() {
        let text = "é".repeat(MAX_PASSAGE_BYTES);
        let cut =
            cut(Document { passages: vec![Passage { text, ..Passage::default() }], ..Document::default() });
        assert_eq!(cut.passages.len(), 2);
    }
}
