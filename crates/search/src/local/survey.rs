//! Goes through all that a bundle holds, for those who look after a site.

use super::{Local, inflate};
use crate::{Envelope, PartId};
use searchlet_format::{Documents, Entry, FormatError, Part, Section, Terms};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// The kinds of sections, each with the name that people know it by.
const SECTIONS: [(Section, &str); 7] = [
    (Section::Terms, "terms"),
    (Section::Prefixes, "prefixes"),
    (Section::Documents, "documents"),
    (Section::Keys, "levels of keys"),
    (Section::Places, "levels of documents"),
    (Section::Spellings, "spellings"),
    (Section::Columns, "columns"),
];

/// What a bundle holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// All documents, by language, then in the order of their numbers.
    pub documents: Vec<SurveyedDocument>,
    /// The terms that take the most bytes, the heaviest first.
    pub terms: Vec<SurveyedTerm>,
    /// What the parts are made of.
    pub sections: Vec<SurveyedSection>,
    /// The files that could not be read, and why.
    pub faults: Vec<(String, String)>,
}

/// A document of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyedDocument {
    /// Path relative to the site, percent-encoded.
    pub url: String,
    /// Title, as plain text.
    pub title: String,
    /// The language whose words it is searched by.
    pub language: String,
    /// Bytes of its text.
    pub bytes: u64,
    /// Its passages, in reading order.
    pub passages: Vec<SurveyedPassage>,
}

/// A passage of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyedPassage {
    /// Its heading; empty under the title.
    pub heading: String,
    /// The fragment that leads to it, or empty.
    pub id: String,
}

/// The forms of a word, with the documents that hold them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SurveyedTerm {
    /// Bytes in its part, before that is compressed.
    pub bytes: u64,
    /// Its forms, ascending.
    pub forms: Vec<String>,
    /// The language.
    pub language: String,
    /// How many documents hold it.
    pub documents: u32,
}

/// Sections of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyedSection {
    /// What they hold.
    pub kind: &'static str,
    /// How many parts have one.
    pub parts: usize,
    /// Their bytes, before they are compressed.
    pub bytes: u64,
}

impl Local {
    /// Goes through all parts, one at a time; of the terms the `n_terms` heaviest are told. Cost: reads every part.
    pub fn survey(&mut self, n_terms: usize) -> Survey {
        let (parts, faults) = self.all_parts();
        let mut surveyor = Surveyor { faults, n_terms, ..Surveyor::default() };
        for id in parts {
            let (name, expected) = self.index.file(id);
            let Some(shard) = self.index.shards.get(id.shard as usize) else { continue };
            let read = (self.read)(&name).and_then(|file| {
                let raw = Envelope::open(&file, expected).and_then(|envelope| inflate(&envelope));
                let part = raw.and_then(Part::read);
                let taken = part.and_then(|part| surveyor.take(id, &shard.metadata.language, &part));
                taken.map_err(|error| error.to_string())
            });
            if let Err(reason) = read
                && surveyor.faults.iter().all(|fault| fault.0 != name)
            {
                surveyor.faults.push((name, reason));
            }
        }
        surveyor.finish()
    }
}

#[derive(Default)]
struct Surveyor {
    /// By head and number.
    documents: BTreeMap<(u32, u32), SurveyedDocument>,
    /// The lightest on top.
    terms: BinaryHeap<Reverse<SurveyedTerm>>,
    n_terms: usize,
    /// Parts and bytes, as [`SECTIONS`] has them.
    sections: [(usize, u64); SECTIONS.len()],
    faults: Vec<(String, String)>,
}

impl Surveyor {
    fn take(&mut self, id: PartId, language: &str, part: &Part) -> Result<(), FormatError> {
        for ((section, _), (parts, bytes)) in SECTIONS.iter().zip(&mut self.sections) {
            if let Some(found) = part.section(*section) {
                *parts += 1;
                *bytes += found.len() as u64;
            }
        }
        if let Some(section) = part.section(Section::Terms) {
            self.terms(language, section)?;
        }
        if let Some(section) = part.section(Section::Documents) {
            self.documents(id.shard, language, section)?;
        }
        Ok(())
    }

    fn terms(&mut self, language: &str, section: &[u8]) -> Result<(), FormatError> {
        let mut terms = Terms::new(section)?;
        while let Some(entry) = terms.next_entry()? {
            let Entry::Group(group) = entry else { continue };
            let bytes = (group.key.len() + group.length()) as u64;
            let lightest = self.terms.peek().map_or(0, |term| term.0.bytes);
            if self.terms.len() >= self.n_terms && bytes < lightest {
                continue;
            }
            self.terms.push(Reverse(SurveyedTerm {
                bytes,
                forms: group.endings().map(|ending| group.key.to_owned() + ending).collect(),
                language: language.to_owned(),
                documents: group.documents,
            }));
            if self.terms.len() > self.n_terms {
                self.terms.pop();
            }
        }
        Ok(())
    }

    fn documents(&mut self, shard: u32, language: &str, section: &[u8]) -> Result<(), FormatError> {
        let mut documents = Documents::new(section)?;
        while let Some(record) = documents.next_record()? {
            let document = self.documents.entry((shard, record.document)).or_default();
            if let Some(header) = record.header {
                document.url = header.url;
                document.title = header.title;
                language.clone_into(&mut document.language);
            }
            for passage in record.passages {
                document.bytes += passage.text.len() as u64;
                document.passages.push(SurveyedPassage { heading: passage.heading, id: passage.id });
            }
        }
        Ok(())
    }

    fn finish(self) -> Survey {
        let sections = SECTIONS.iter().zip(self.sections);
        let sections = sections.map(|(&(_, kind), (parts, bytes))| SurveyedSection { kind, parts, bytes });
        Survey {
            documents: self.documents.into_values().collect(),
            terms: self.terms.into_sorted_vec().into_iter().map(|term| term.0).collect(),
            sections: sections.filter(|section| section.parts > 0).collect(),
            faults: self.faults,
        }
    }
}
