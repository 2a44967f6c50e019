//! Shows a document that was found: its header, its best excerpt, its best passages.

use crate::clause::{Clause, Sought};
use crate::excerpt::{Excerpt, excerpt};
use crate::found::{FoundPassage, Hit, Meta};
use crate::index::Shard;
use crate::parts::{Located, insert};
use crate::rank::{Ranked, RankedPassage};
use crate::reading::Text;
use crate::weigh::{self, Weight};
use searchlet_format::{FileId, PassageRecord};

/// How much it counts when words stand side by side as they do in the query: as much as they count in a text that is about
/// nothing else. Twice as much finds a few more phrases, and loses headings whose words were typed in another order.
const BESIDE: u32 = 16;

/// How much it counts when words stand in one excerpt: half of that.
const NEAR: u32 = 8;

/// A hit shows at most this many passages.
const SHOWN_PASSAGES: usize = 3;

/// So many passages that hold words of the query are looked at for the best excerpt. They come by what they hold, so
/// that further ones are as good as these at most.
const MAX_PASSAGES: usize = 64;

/// Where it is not told in which passages a word stands, it is looked for in so many from the beginning of the document.
const MAX_UNLISTED: u32 = 64;

/// A document as a hit.
#[derive(Debug, Default)]
pub struct Shown {
    /// The hit, if at least its header could be had.
    pub hit: Option<Hit>,
    /// Whether all of its text that matters could be had.
    pub complete: bool,
    /// How much its text adds to its score.
    pub more: u32,
}

/// Shows a document with the demands that it does not meet, or adds the files to `wanted` that are needed for it.
///
/// The excerpt is the window with the most words of the query in the whole document, or in the 64 passages of a long one
/// that may hold the most. Passages are gone through by what they hold at most, until no other can hold more than the
/// best window so far: so the answer is that of a scan, and most hits cost one part.
pub fn show(
    shard: &Shard,
    (ranked, unmet): (&Ranked, Vec<String>),
    clauses: &[Clause],
    weights: &[Weight],
    has_waited: bool,
    wanted: &mut Vec<FileId>,
) -> Shown {
    let mut text = Text::new(shard, ranked.document);
    // Words of which it is not told in which passages they stand may be in any.
    let sought =
        clauses.iter().zip(weights).map(|(clause, weight)| clause.sought(ranked.document, weight.lacking));
    let sought: Vec<Sought<'_>> = sought.collect();
    let hides = |(clause, sought): &(&Clause, &Sought<'_>)| clause.hides_passages(ranked.document, sought);
    let hidden: u32 = clauses.iter().zip(&sought).filter(hides).map(|(_, sought)| sought.weight).sum();
    // No passage holds more words than the document.
    let lacked: u32 = ranked.lacks.iter().map(|&clause| weights[clause].lacking).sum();
    let most = weigh::all(weights) - lacked;

    let lead = RankedPassage { passage: 0, holds: 0, score: 0 };
    let first = ranked.passages.first().copied().unwrap_or(lead);
    let equals = ranked.passages.iter().skip(1).take_while(|passage| passage.holds == first.holds);
    let listed = [first].into_iter().chain(equals.copied()).take(SHOWN_PASSAGES);
    let mut read = |passage: RankedPassage| {
        let passage = text.passage(passage.passage)?;
        let excerpt = excerpt(&shard.analyser, &passage.text, &sought);
        Some((passage, excerpt))
    };
    let mut listed: Vec<Option<(PassageRecord, Excerpt)>> = listed.map(&mut read).collect();
    let header = text.header(first.passage);
    let mut best = listed[0].as_ref().map(|(_, excerpt)| excerpt.clone());
    if ranked.passages.is_empty() {
        // The beginning of a document that was found by its path is no passage that was found.
        listed.clear();
    }

    // All that may be better is asked for at once, but only when the first is there to be compared with; who has waited
    // twice for the words does not wait for that.
    if has_waited || text.wanted.is_empty() {
        text.look_further(ranked, (hidden, most), &mut best, &sought);
    }
    text.wanted.iter().for_each(|&file| insert(wanted, file));
    let excerpt = best.unwrap_or_default();
    let title = header.as_ref().map(|header| self::excerpt(&shard.analyser, &header.title, &sought));
    let beside = excerpt.beside.max(title.map_or(0, |title| title.beside));
    let more = beside * BESIDE + excerpt.holds * NEAR;
    let hit = header.map(|header| {
        let passages = passages(&header.url, listed);
        Hit {
            bundle: shard.bundle,
            url: header.url,
            title: header.title,
            score: ranked.score,
            explanation: None,
            missing: ranked.lacks.iter().map(|&clause| clauses[clause].text.clone()).chain(unmet).collect(),
            meta: Meta(header.meta),
            excerpt: excerpt.segments,
            passages,
        }
    });
    Shown { complete: text.complete && hit.is_some(), hit, more }
}

impl Text<'_> {
    /// Looks for an excerpt that is better than the best so far: a passage may hold what it is known to hold and the
    /// `hidden` words, but not more than the document does, `most`.
    fn look_further(
        &mut self,
        ranked: &Ranked,
        (hidden, most): (u32, u32),
        best: &mut Option<Excerpt>,
        sought: &[Sought<'_>],
    ) {
        let analyser = &self.shard.analyser;
        let is_better =
            |bound: u32, best: &Option<Excerpt>| best.as_ref().is_none_or(|best| bound > best.holds);
        let look = |passage: &PassageRecord, best: &mut Option<Excerpt>| {
            let other = excerpt(analyser, &passage.text, sought);
            let is_first_text =
                best.as_ref().is_none_or(|best| best.segments.is_empty()) && !other.segments.is_empty();
            if is_better(other.holds, best) || is_first_text {
                *best = Some(other);
            }
        };
        for listed in ranked.passages.iter().skip(1).take(MAX_PASSAGES) {
            if is_better((listed.holds + hidden).min(most), best)
                && let Some(passage) = self.passage(listed.passage)
            {
                look(&passage, best);
            }
        }
        if hidden > 0 && is_better(hidden, best) {
            let mut located = Located::default();
            self.shard.document_files(self.document, 0, MAX_UNLISTED - 1, &mut located);
            for file in located.all() {
                let passages =
                    self.record(file).map(|record| (record.first_passage, record.passages.clone()));
                for (passage, number) in
                    passages.into_iter().flat_map(|(first, passages)| passages.into_iter().zip(first..))
                {
                    // A part may hold further passages; how many it does must not show.
                    if number < MAX_UNLISTED
                        && is_better(hidden, best)
                        && ranked.passages.iter().all(|listed| listed.passage != number)
                    {
                        look(&passage, best);
                    }
                }
            }
        }
    }
}

/// The passages that are shown, with an excerpt each.
fn passages(url: &str, listed: Vec<Option<(PassageRecord, Excerpt)>>) -> Vec<FoundPassage> {
    let mut shown: Vec<FoundPassage> = Vec::new();
    for (passage, excerpt) in listed.into_iter().flatten() {
        let address = url.to_owned() + "#" + &passage.id;
        if !passage.id.is_empty() && !shown.iter().any(|other| other.url == address) {
            shown.push(FoundPassage { title: passage.heading, url: address, excerpt: excerpt.segments });
        }
    }
    shown
}
