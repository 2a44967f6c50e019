//! Leads the words of a query to the documents that hold them.

use crate::index::Shard;
use crate::numbers::Numbers;
use crate::query::{Query, Word};
use searchlet_format::{Group, Postings, Terms};
use std::rc::Rc;

/// How a document comes to hold a word of the query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As typed, or inflected.
    Word,
    /// As part of a compound that was typed as one word.
    Compound,
    /// As a word that the typed one is the beginning of.
    Completion,
    /// As one word, where two were typed.
    Joined,
}

/// How many ways there are.
pub const N_WAYS: usize = 4;

/// Of 16: how much a form that is not the typed one counts.
const INFLECTED: u16 = 15;
/// Of 16: how much the typed form counts.
const AS_TYPED: u16 = 16;

/// A word of the query, with the documents that hold it.
#[derive(Debug, Default)]
pub struct Clause {
    /// The word as it was typed.
    pub text: String,
    /// The word as it is looked up, by which the clauses of several heads are told to be the same.
    pub term: String,
    /// The documents, ascending.
    pub entries: Vec<Entry>,
    /// Where in the documents: the groups that were found.
    pub sources: Vec<Rc<Source>>,
    /// What marks the word in a text.
    pub marks: Marks,
    /// Whether a part that may hold more of it could not be read.
    pub touched: bool,
}

/// A document that holds a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Number of the document.
    pub document: u32,
    /// How much it is about the word, by way; 0 where it does not hold it that way. At most 255 × 16.
    pub impacts: [u16; N_WAYS],
}

/// A group that a word was led to.
#[derive(Debug)]
pub struct Source {
    /// Its postings.
    pub postings: Postings,
    /// The forms of it that match.
    forms: u32,
    /// The form that was typed, if it is one of them.
    typed: u32,
    /// How the word was led to it.
    way: Way,
}

/// What marks a word of the query in a text.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    forms: Vec<String>,
    beginnings: Vec<String>,
}

impl Marks {
    /// Marks just these forms.
    #[cfg(test)]
    pub fn of(forms: &[&str]) -> Self {
        Self { forms: forms.iter().map(|form| (*form).to_owned()).collect(), beginnings: Vec::new() }
    }

    /// Whether a term of a text is the word.
    pub fn hold(&self, term: &str) -> bool {
        self.forms.iter().any(|form| form == term)
            || self.beginnings.iter().any(|beginning| term.starts_with(&**beginning))
    }
}

/// The parts that must be at hand before [`expand`] can answer in full.
pub fn needed(shard: &Shard, query: &Query) -> Numbers {
    let mut parts = Numbers::default();
    for word in &query.words {
        add_parts_of(shard, &word.term, word.prefix, &mut parts);
    }
    for join in &query.joins {
        add_parts_of(shard, &join.term, join.prefix, &mut parts);
    }
    parts
}

/// Adds the parts that may hold groups of a word.
fn add_parts_of(shard: &Shard, term: &str, prefix: bool, parts: &mut Numbers) {
    let endings = shard.analyser.tables().endings();
    endings.keys(term).filter_map(|key| shard.directory.terms_part(key)).for_each(|part| parts.insert(part));
    if prefix {
        let within = endings.keys_within(term).filter_map(|key| shard.directory.terms_part(key));
        within.for_each(|part| parts.insert(part));
        shard.directory.terms_parts(term).for_each(|part| parts.insert(part));
    }
}

/// Finds the documents of each word of a query.
pub fn expand(shard: &Shard, query: &Query) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = query.words.iter().map(|word| look_up(shard, word, None)).collect();
    for join in &query.joins {
        let word = Word { text: String::new(), term: join.term.clone(), prefix: join.prefix };
        let way = if join.as_one { Way::Compound } else { Way::Joined };
        let found = look_up(shard, &word, Some(way));
        for &word in &join.words {
            let clause = &mut clauses[word];
            clause.touched |= found.touched;
            clause.sources.extend(found.sources.iter().map(Rc::clone));
            clause.marks.forms.extend(found.marks.forms.iter().cloned());
            clause.marks.beginnings.extend(found.marks.beginnings.iter().cloned());
        }
    }
    for clause in &mut clauses {
        clause.entries = entries(&clause.sources, shard.metadata.documents as usize);
    }
    clauses
}

/// Looks up the groups of one word, or of a join, all of whose groups are reached by one `way`.
fn look_up(shard: &Shard, word: &Word, way: Option<Way>) -> Clause {
    let mut clause = Clause { text: word.text.clone(), term: word.term.clone(), ..Clause::default() };
    let endings = shard.analyser.tables().endings();
    let keys: Vec<&str> = endings.keys(&word.term).collect();
    let mut parts = Numbers::default();
    add_parts_of(shard, &word.term, word.prefix, &mut parts);
    let mut is_known = false;
    // Groups that the word would belong to by its ending, of the longest key so far.
    let mut kin: Vec<(usize, Rc<Source>, Vec<String>)> = Vec::new();
    for part in parts.iter() {
        let mut terms = match shard.terms(part).map(Terms::new) {
            Some(Ok(terms)) => terms,
            _ => {
                clause.touched = true;
                continue;
            }
        };
        while let Ok(Some(group)) = terms.next_group() {
            // Groups ascend by key, so beyond the word and what begins with it there is no more.
            if *group.key > *word.term && !(word.prefix && group.key.starts_with(&*word.term)) {
                break;
            }
            let form = |ending: &str| format!("{}{ending}", group.key);
            if keys.contains(&group.key) {
                let rest = word.term.get(group.key.len()..).unwrap_or_default();
                if let Some(typed) = group.endings().position(|ending| ending == rest) {
                    is_known = true;
                    clause.marks.forms.extend(group.endings().map(form));
                    clause.sources.extend(source(&group, u32::MAX, 1 << typed, way.unwrap_or(Way::Word)));
                    continue;
                }
                let longest = kin.first().map_or(0, |entry| entry.0);
                if group.key.len() >= longest {
                    if group.key.len() > longest {
                        kin.clear();
                    }
                    let forms = group.endings().map(form).collect();
                    kin.extend(
                        source(&group, u32::MAX, 0, way.unwrap_or(Way::Word))
                            .map(|source| (group.key.len(), source, forms)),
                    );
                }
            }
            if word.prefix {
                let mask = beginning_with(&group, &word.term);
                if mask != 0 {
                    clause.sources.extend(source(&group, mask, 0, way.unwrap_or(Way::Completion)));
                }
            }
        }
    }
    if !is_known {
        for (_, source, forms) in kin {
            clause.marks.forms.extend(forms);
            clause.sources.push(source);
        }
    }
    if word.prefix {
        clause.marks.beginnings.push(word.term.clone());
    }
    clause
}

/// The forms of a group that begin with `prefix`, as a mask.
fn beginning_with(group: &Group<'_>, prefix: &str) -> u32 {
    if group.key.starts_with(prefix) {
        return u32::MAX;
    }
    let Some(rest) = prefix.strip_prefix(group.key) else { return 0 };
    group
        .endings()
        .enumerate()
        .filter(|(_, ending)| ending.starts_with(rest))
        .fold(0, |mask, (bit, _)| mask | 1 << bit)
}

fn source(group: &Group<'_>, forms: u32, typed: u32, way: Way) -> Option<Rc<Source>> {
    // The section was decoded when it was supplied, so this does not fail.
    group.postings().ok().map(|postings| Rc::new(Source { postings, forms, typed, way }))
}

/// The documents of several groups, each once. Cost: linear in the postings and, for several groups, the documents.
fn entries(sources: &[Rc<Source>], n_documents: usize) -> Vec<Entry> {
    // The documents of one group ascend already; those of several are put in order by their numbers.
    let mut by_number = if sources.len() > 1 { vec![[0; N_WAYS]; n_documents] } else { Vec::new() };
    let mut entries = Vec::new();
    for source in sources {
        let postings = &source.postings;
        for (index, (&document, &impact)) in postings.documents.iter().zip(&postings.impacts).enumerate() {
            let impact = u16::from(impact) * source.weight(index);
            if let Some(impacts) = by_number.get_mut(document as usize) {
                let best = &mut impacts[source.way as usize];
                *best = impact.max(*best);
            } else if impact > 0 && sources.len() == 1 {
                let mut impacts = [0; N_WAYS];
                impacts[source.way as usize] = impact;
                entries.push(Entry { document, impacts });
            }
        }
    }
    let found = (0..).zip(by_number).filter(|(_, impacts)| *impacts != [0; N_WAYS]);
    entries.extend(found.map(|(document, impacts)| Entry { document, impacts }));
    entries
}

impl Source {
    /// Of 16: how much the posting at `index` counts; 0 when the document holds none of the forms.
    fn weight(&self, index: usize) -> u16 {
        let forms = self.postings.forms[index] & self.forms;
        if forms == 0 {
            0
        } else if forms & self.typed != 0 {
            AS_TYPED
        } else {
            INFLECTED
        }
    }

    /// How the word was led to the group.
    pub const fn way(&self) -> Way {
        self.way
    }

    /// The passages of a document that hold the group: (number, impact × weight).
    pub fn passages(&self, document: u32) -> impl Iterator<Item = (u32, u16)> {
        let index = self.postings.documents.binary_search(&document).ok();
        let weight = index.map_or(0, |index| self.weight(index));
        let index = index.filter(|_| weight > 0).unwrap_or(self.postings.documents.len());
        self.postings.passages_of(index).map(move |(passage, impact)| (passage, u16::from(impact) * weight))
    }
}
