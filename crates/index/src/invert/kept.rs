//! Takes the postings of a segment from a cache, where they are known.
//!
//! They follow from the words, from the numbers of the documents, from averages and weights, and from which forms make a
//! group or a compound, which is told of the segment's own forms alone. What is kept has numbers that count from the first
//! document and number the segment's own groups, so that it stays true when others come or go.

use super::Context;
use crate::BuildError;
use crate::averages::Averages;
use crate::cache::{Key, Memo};
use crate::runs::renumbered;
use crate::stream::Segment;
use crate::varint;
use crate::vocabulary::NO_FORM;

/// What the forms of a segment are among all: groups and compounds of its own.
struct Forms {
    /// The groups of its forms and compounds, ascending.
    groups: Vec<u32>,
    /// Words that are another when one is written after the other, both counted from 1, with the form of that.
    compounds: Vec<(u32, u32, u32)>,
}

/// The postings of the documents of a segment, which are worked out unless they are known.
pub fn run(segment: &Segment, context: &Context<'_>, memo: &Memo) -> Result<Vec<u8>, BuildError> {
    let Some(words) = segment.key.filter(|_| memo.is_on()) else { return super::run(segment, context) };
    let own = Forms::of(segment, context);
    let key = own.key(words, segment, context);
    let first = context.numbers.get(segment.first).copied().unwrap_or_default();
    let global = |local: u32| own.groups.get(local as usize).copied();
    let moved = |run: &[u8]| renumbered(run, global, |document| document.checked_add(first));
    if let Some(run) = memo.get(key).and_then(moved) {
        return Ok(run);
    }
    let run = super::run(segment, context)?;
    if let Some(kept) = renumbered(&run, |group| own.local(group), |document| document.checked_sub(first)) {
        memo.put(key, kept);
    }
    Ok(run)
}

impl Forms {
    fn of(segment: &Segment, context: &Context<'_>) -> Self {
        let forms = &context.forms_of[segment.vocabulary];
        let known = || (1..).zip(forms.iter().copied()).filter(|entry| entry.1 != NO_FORM);
        // The word of each form, counted from 1.
        let mut word_of = vec![0u32; context.group_of.len()];
        known().for_each(|(word, form)| word_of[form as usize] = word);
        let mut compounds = Vec::new();
        for (first, form) in known().filter(|entry| context.compounds.is_first(entry.1)) {
            let from = context.halves.partition_point(|halves| halves.0 < form);
            let of_first = context.halves[from..].iter().take_while(|halves| halves.0 == form);
            let words = of_first.map(|&(_, second, whole)| (first, word_of[second as usize], whole));
            compounds.extend(words.filter(|words| words.1 > 0));
        }
        let wholes = compounds.iter().map(|compound: &(u32, u32, u32)| compound.2);
        let forms = known().map(|entry| entry.1).chain(wholes);
        let mut groups: Vec<u32> = forms.map(|form| context.group_of[form as usize].0).collect();
        groups.sort_unstable();
        groups.dedup();
        Self { groups, compounds }
    }

    /// The number of a group among the segment's own.
    fn local(&self, group: u32) -> Option<u32> {
        self.groups.binary_search(&group).ok().map(|place| place as u32)
    }

    /// What the postings follow from.
    fn key(&self, words: Key, segment: &Segment, context: &Context<'_>) -> Key {
        let mut given = words.bytes().to_vec();
        let Averages { document, passage } = context.averages;
        [document, passage].iter().for_each(|average| given.extend(average.to_bits().to_le_bytes()));
        let numbers = &context.numbers[segment.first..segment.first + segment.count];
        for &number in numbers {
            varint::write(&mut given, number - numbers[0]);
        }
        let mut place = |form: u32| {
            let place = (form != NO_FORM).then(|| context.group_of[form as usize]);
            let (group, bit) =
                place.map_or((u32::MAX, 0), |(group, bit)| (self.local(group).unwrap_or(u32::MAX), bit));
            varint::write(&mut given, group);
            given.push(bit);
        };
        context.forms_of[segment.vocabulary].iter().for_each(|&form| place(form));
        self.compounds.iter().for_each(|compound| place(compound.2));
        for &(first, second, _) in &self.compounds {
            varint::write(&mut given, first);
            varint::write(&mut given, second);
        }
        Key::of(&given)
    }
}
