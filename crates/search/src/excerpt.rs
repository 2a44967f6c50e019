//! Cuts the stretch out of a text that shows the most words of the query.

use crate::clause::Sought;
use crate::found::Segment;
use searchlet_text::{Analyser, Kind};

/// An excerpt has about this many words: two lines of a result list, and what Pagefind shows.
const WINDOW_WORDS: usize = 30;

/// What stands where an excerpt leaves text out.
const ELLIPSIS: &str = "…";

/// A stretch of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What the different words of the query in it weigh together.
    pub holds: u32,
    /// What those words of the query weigh that stand side by side in the text, as they do in the query.
    pub beside: u32,
    /// The stretch.
    pub segments: Vec<Segment>,
}

/// A word of the query in a text.
struct Mark {
    /// The place of its first word among the words of the text.
    position: usize,
    /// The place of its last word, or one that is a window's length away.
    last: usize,
    start: usize,
    end: usize,
    clause: usize,
}

/// Cuts the best excerpt of a text for the words that are sought. Of equally good ones the shortest and first is taken; a text
/// without any word of the query gives its beginning. Cost: linear in the text.
pub fn excerpt(analyser: &Analyser, text: &str, sought: &[Sought<'_>]) -> Excerpt {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    analyser.each(text, &mut |token| {
        if token.kind == Kind::Accented {
            return;
        }
        let position = token.position as usize;
        if position >= words.len() {
            words.push((token.start, token.end));
        }
        for (clause, _) in sought.iter().enumerate().filter(|(_, sought)| sought.is(token.term)) {
            let last = position + WINDOW_WORDS.min(token.span as usize).saturating_sub(1);
            marks.push(Mark { position, last, start: token.start, end: token.end, clause });
        }
    });
    // A compound follows its parts and begins where the first of them does, so marks are nearly in order.
    for at in 1..marks.len() {
        let mut to = at;
        while to > 0 && (marks[to - 1].position, marks[to - 1].start) > (marks[to].position, marks[to].start)
        {
            marks.swap(to - 1, to);
            to -= 1;
        }
    }
    let (holds, first, last) = best_window(&marks, sought);
    // A compound that begins in the window is shown to its end.
    let inside = marks.iter().filter(|mark| (first..=last).contains(&mark.position));
    let last = inside.fold(last, |last, mark| last.max(mark.last));
    let (from, to) = around(first, last, words.len());
    let start = words.get(from).map_or(0, |word| word.0);
    let end = words.get(to.saturating_sub(1)).map_or(text.len(), |word| word.1);
    // What stands around the first and last words of the whole text belongs to it: quotation marks, full stops.
    let start = if from == 0 { 0 } else { start };
    let end = if to >= words.len() { text.len() } else { end };
    let beside = beside(&marks, sought);
    Excerpt { holds, beside, segments: segments(text, start, end, &marks) }
}

/// What the words weigh that stand after the one that they follow in the query, each counted once; less where it is not
/// all of them, since some words meet by chance.
fn beside(marks: &[Mark], sought: &[Sought<'_>]) -> u32 {
    let (mut weight, mut all) = (0, 0);
    for (clause, pair) in sought.windows(2).enumerate() {
        let follows = |mark: &Mark| {
            let after = marks.partition_point(|next| next.position <= mark.last);
            let mut next = marks[after..].iter().take_while(|next| next.position == mark.last + 1);
            mark.clause == clause && next.any(|next| next.clause == clause + 1)
        };
        let of_pair = u32::midpoint(pair[0].weight, pair[1].weight);
        all += of_pair;
        if marks.iter().any(follows) {
            weight += of_pair;
        }
    }
    (u64::from(weight) * u64::from(weight) / u64::from(all.max(1))) as u32
}

/// The window of marks that weigh most, of equals the shortest: their weight, and the positions of the first and the last.
fn best_window(marks: &[Mark], sought: &[Sought<'_>]) -> (u32, usize, usize) {
    let mut best = (0, 0, 0);
    let mut shortest = usize::MAX;
    let mut counts = vec![0usize; sought.len()];
    let mut holds = 0;
    let mut oldest = 0;
    for (at, mark) in marks.iter().enumerate() {
        counts[mark.clause] += 1;
        if counts[mark.clause] == 1 {
            holds += sought[mark.clause].weight;
        }
        loop {
            let left = marks[oldest].clause;
            let is_spare = counts[left] > 1 && oldest < at;
            if mark.position - marks[oldest].position < WINDOW_WORDS && !is_spare {
                break;
            }
            counts[left] -= 1;
            if counts[left] == 0 {
                holds -= sought[left].weight;
            }
            oldest += 1;
        }
        let length = mark.position - marks[oldest].position;
        if holds > best.0 || holds == best.0 && length < shortest {
            best = (holds, marks[oldest].position, mark.position);
            shortest = length;
        }
    }
    best
}

/// The words to show around those from `first` to `last` of `n_words`, as a range.
fn around(first: usize, last: usize, n_words: usize) -> (usize, usize) {
    let spare = WINDOW_WORDS.saturating_sub(last + 1 - first);
    // More of what follows than of what went before: people read on.
    let from = first.saturating_sub(spare / 3);
    let to = (from + WINDOW_WORDS).max(last + 1).min(n_words);
    (to.saturating_sub(WINDOW_WORDS).min(from), to)
}

/// The text from `start` to `end` as segments, with what is left out shown, and line ends as blanks.
fn segments(text: &str, start: usize, end: usize, marks: &[Mark]) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut push = |piece: &str, hit: bool| {
        if piece.is_empty() {
            return;
        }
        let piece = piece.replace('\n', " ");
        match segments.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(&piece),
            _ => segments.push(Segment { text: piece, hit }),
        }
    };
    push(if start > 0 { ELLIPSIS } else { "" }, false);
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        if mark.end > at {
            push(text.get(at..mark.start).unwrap_or_default(), false);
            push(text.get(mark.start.max(at)..mark.end).unwrap_or_default(), true);
            at = mark.end;
        }
    }
    push(text.get(at..end).unwrap_or_default(), false);
    push(if end < text.len() { ELLIPSIS } else { "" }, false);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clause::Marks;
    use proptest::prelude::*;

    fn excerpt_of(text: &str, words: &[&str]) -> Excerpt {
        let marks: Vec<Marks> = words.iter().map(|word| Marks::of(&[word])).collect();
        let sought = |marks| Sought { marks, or_completes: true, weight: 1 };
        excerpt(&Analyser::default(), text, &marks.iter().map(sought).collect::<Vec<_>>())
    }

    fn shown(text: &str, words: &[&str]) -> (u32, String) {
        let excerpt = excerpt_of(text, words);
        let text = excerpt
            .segments
            .iter()
            .map(|segment| if segment.hit { format!("[{}]", segment.text) } else { segment.text.clone() });
        (excerpt.holds, text.collect())
    }

    #[test]
    fn words_of_the_query_are_marked() {
        assert_eq!(shown("“One two\nthree.”", &["two"]), (1, "“One [two] three.”".to_owned()));
        assert_eq!(shown("No such word.", &["other"]), (0, "No such word.".to_owned()));
        assert_eq!(shown("", &["other"]), (0, String::new()));
        assert_eq!(
            shown("a cyber-security b", &["cybersecurity", "security"]),
            (2, "a [cyber-security] b".to_owned())
        );
    }

    #[test]
    fn the_window_with_the_most_different_words_is_shown() {
        let far = "x ".repeat(100);
        let text = format!("one one one {far}one two {far}two");
        let (holds, shown) = shown(&text, &["one", "two"]);
        assert_eq!(holds, 2);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[one] [two]"), "{shown}");
    }

    proptest! {
        #[test]
        fn it_holds_as_much_as_any_window_of_a_scan(text in "([a-d] |x ){0,90}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let of_window = |window: &[&str]| ["a", "b", "c"].iter().filter(|word| window.contains(word)).count() as u32;
            let scanned = words.windows(WINDOW_WORDS).map(of_window).max().unwrap_or_else(|| of_window(&words));
            let excerpt = excerpt_of(&text, &["a", "b", "c"]);
            prop_assert_eq!(excerpt.holds, scanned);
            let marked: Vec<&str> = excerpt.segments.iter().filter(|segment| segment.hit).flat_map(|segment| segment.text.split(' ')).collect();
            prop_assert_eq!(of_window(&marked), scanned);
        }

        #[test]
        fn any_text_is_shown_without_loss(text in "\\PC{0,60}") {
            let excerpt = excerpt_of(&text, &["a"]);
            let whole: String = excerpt.segments.into_iter().map(|segment| segment.text).collect();
            let words = text.split_whitespace().count();
            prop_assert!(words > WINDOW_WORDS || whole.contains('…') || whole == text.replace('\n', " "));
        }
    }
}
