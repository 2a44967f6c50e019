//! What a word of the query was led to: groups of forms, and the documents that hold them.

use searchlet_format::{
    FIELD_START, Group, INNER_LEVEL, Postings, impact, of_title_mark, title_mark, title_words, unheaded,
};
use std::rc::Rc;

/// How a document comes to hold a word of the query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As typed, with the sign that makes it another word.
    Signed,
    /// As typed, with its accents.
    Accented,
    /// As typed, or inflected.
    Word,
    /// As part of a compound that was typed as one word.
    Compound,
    /// As a word of its title that the typed one is the beginning of.
    Titled,
    /// As a word that the typed one is the beginning of, or that has it inside.
    Completion,
    /// As one word, where two were typed.
    Joined,
    /// As what the typed one stands for.
    Synonym,
    /// As a word that the typed one may be misspelt for.
    Edited,
}

/// How many ways there are.
pub const N_WAYS: usize = 9;

/// Of 16: how much a form that is not the typed one counts.
const INFLECTED: u16 = 15;
/// Of 16: how much the typed form counts.
const AS_TYPED: u16 = 16;

/// A word of the query, with the documents that hold it.
#[derive(Debug, Default)]
pub struct Clause {
    /// The word as it was typed.
    pub text: String,
    /// Where the word stands in the query, in bytes.
    pub place: (usize, usize),
    /// Whether it stands there again.
    pub is_repeated: bool,
    /// The word as it is looked up, by which the clauses of several heads are told to be the same.
    pub term: String,
    /// The documents, ascending.
    pub entries: Vec<Match>,
    /// Where in the documents: the groups that were found.
    pub sources: Vec<Rc<Source>>,
    /// What marks the word in a text.
    pub marks: Marks,
    /// Whether a part that may hold more of it could not be read.
    pub touched: bool,
    /// Whether the documents have the very word.
    pub is_known: bool,
    /// Whether they have it with the sign that was typed, so that it is no more than like that without.
    pub is_signed: bool,
    /// Whether nothing was found for it but its kin.
    pub is_unknown: bool,
    /// Whether that is still to be told by files that were not asked for yet.
    pub is_awaited: bool,
    /// Marks of the words that make another word when they are written after it.
    pub partners: Vec<u8>,
    /// What it may be the beginning of, and what else that stands for.
    pub synonyms: Vec<(String, String)>,
    /// Words that it may be misspelt for, each with the source that it was led to.
    pub mended: Vec<(String, Rc<Source>)>,
}

/// A document that holds a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
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
    pub forms: u32,
    /// The form that was typed, if it is one of them.
    pub typed: u32,
    /// How the word was led to it.
    pub way: Way,
}

/// How a word stands in a title; what tells more is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Title {
    mark: u8,
    /// How many different words the title has.
    pub words: u8,
    /// Whether it begins with the word.
    pub begins: bool,
}

/// What marks a word of the query in a text.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The forms of the groups that the word was led to.
    pub forms: Vec<String>,
    /// The beginning of words of which the typed one is not.
    pub beginnings: Vec<String>,
    /// The typed word, where others may complete it.
    pub completed: Option<String>,
}

impl Marks {
    /// Marks just these forms.
    #[cfg(test)]
    pub fn of(forms: &[&str]) -> Self {
        Self { forms: forms.iter().map(|form| (*form).to_owned()).collect(), ..Self::default() }
    }

    /// Whether a term of a text is the word, or completes it if that counts.
    fn hold(&self, term: &str, or_completes: bool) -> bool {
        let completed = self.completed.iter().filter(|_| or_completes);
        self.forms.iter().any(|form| form == term)
            || self.beginnings.iter().chain(completed).any(|beginning| term.starts_with(&**beginning))
    }
}

/// A word of the query as it is sought in one document.
#[derive(Clone, Copy, Debug)]
pub struct Sought<'c> {
    /// What marks it.
    pub marks: &'c Marks,
    /// Whether words that complete it count.
    pub or_completes: bool,
    /// What it weighs.
    pub weight: u32,
}

impl Sought<'_> {
    /// Whether a term of a text is the word.
    pub fn is(&self, term: &str) -> bool {
        self.marks.hold(term, self.or_completes)
    }
}

impl Clause {
    /// Takes in a group; `typed` is the mask of the form that was typed, if it has that.
    pub fn take(&mut self, group: &Group<'_>, typed: u32, way: Way) {
        let owned = |(typed, meant): (&str, &str)| (typed.to_owned(), meant.to_owned());
        self.synonyms.extend(group.synonyms().map(owned));
        self.marks.forms.extend(group.endings().map(|ending| group.key.to_owned() + ending));
        self.sources.extend(Source::of(group, u32::MAX, typed, way).map(Rc::new));
    }

    /// Takes in a group that has the very word among its forms.
    pub fn take_if_known(&mut self, group: &Group<'_>, term: &str, way: Way) {
        let Some(rest) = term.strip_prefix(group.key) else { return };
        if let Some(typed) = group.endings().position(|ending| ending == rest) {
            self.is_known = true;
            self.partners = group.partners.to_vec();
            self.take(group, 1 << typed, way);
        }
    }

    /// Takes in what another clause was led to, as if its word had led there.
    pub fn absorb(&mut self, other: &Self) {
        self.touched |= other.touched;
        self.sources.extend(other.sources.iter().map(Rc::clone));
        self.marks.forms.extend(other.marks.forms.iter().cloned());
        self.marks.beginnings.extend(other.marks.beginnings.iter().cloned());
    }

    /// Takes in all of another clause: one word of both will do. Neither is then taken for a misspelt one.
    pub fn or(&mut self, other: Self) {
        self.absorb(&other);
        for (text, others) in [(&mut self.text, other.text), (&mut self.term, other.term)] {
            text.push_str(" OR ");
            text.push_str(&others);
        }
        self.marks.beginnings.extend(other.marks.completed);
        self.is_unknown = false;
        self.mended.clear();
    }

    /// The word as it is sought in a document. Where it is told in which passages the very word stands, what completes it
    /// does not count: such passages would have to be looked for, and tell less.
    pub fn sought(&self, document: u32, weight: u32) -> Sought<'_> {
        let tells = |source: &Rc<Source>| {
            !matches!(source.way, Way::Completion | Way::Edited) && source.passages(document).next().is_some()
        };
        Sought { marks: &self.marks, or_completes: !self.sources.iter().any(tells), weight }
    }

    /// How a document holds the word, if it does.
    pub fn entry(&self, document: u32) -> Option<&Match> {
        let at = self.entries.binary_search_by_key(&document, |entry| entry.document).ok()?;
        self.entries.get(at)
    }

    /// The word that a document holds in place of this one, if it has none but one that this may be misspelt for.
    pub fn mended_in(&self, document: u32) -> Option<&str> {
        let is_edited = self.entry(document)?.impacts[..Way::Edited as usize] == [0; Way::Edited as usize];
        let mended = self.mended.iter().find(|(_, source)| source.holds(document));
        mended.filter(|_| is_edited).map(|(form, _)| form.as_str())
    }

    /// Whether a title or heading with the word of a source is one with the word that was typed.
    pub fn is_typed(&self, source: &Source) -> bool {
        !self.is_signed || source.way == Way::Signed
    }

    /// Whether a document may hold the word, as it is sought, in passages that are not told.
    pub fn hides_passages(&self, document: u32, sought: &Sought<'_>) -> bool {
        let counts = |source: &&Rc<Source>| source.way != Way::Completion || sought.or_completes;
        let mut sources = self.sources.iter().filter(counts);
        sources.any(|source| !source.postings.has_passages() && source.holds(document))
    }
}

/// The documents of several groups, each once. Cost: linear in the postings and, for several groups, the numbers.
pub fn entries(sources: &[Rc<Source>], n_numbers: usize) -> Vec<Match> {
    // The documents of one group ascend already; those of several are put in order by their numbers.
    let mut by_number = if sources.len() > 1 { vec![[0; N_WAYS]; n_numbers] } else { Vec::new() };
    let mut entries = Vec::new();
    for source in sources {
        let postings = &source.postings;
        for (index, (&document, &impact)) in postings.documents.iter().zip(&postings.impacts).enumerate() {
            let impact = u16::from(self::impact(impact)) * source.weight(index);
            let way = source.way_at(index) as usize;
            if let Some(impacts) = by_number.get_mut(document as usize) {
                let best = &mut impacts[way];
                *best = impact.max(*best);
            } else if impact > 0 && sources.len() == 1 {
                let mut impacts = [0; N_WAYS];
                impacts[way] = impact;
                entries.push(Match { document, impacts });
            }
        }
    }
    for (document, mut impacts) in (0..).zip(by_number) {
        // Words in the title and others complete a word together, as they do where the prefix is prepared.
        let [titled, completed] = [Way::Titled as usize, Way::Completion as usize];
        if impacts[titled] > 0 {
            impacts[titled] = impacts[titled].max(std::mem::take(&mut impacts[completed]));
        }
        if impacts != [0; N_WAYS] {
            entries.push(Match { document, impacts });
        }
    }
    entries
}

impl Source {
    /// A group of which `forms` match, and `typed` is the one that was typed.
    pub fn of(group: &Group<'_>, forms: u32, typed: u32, way: Way) -> Option<Self> {
        // The section was decoded when it was supplied, so this does not fail.
        group.postings().ok().map(|postings| Self { postings, forms, typed, way })
    }

    /// The documents that hold all of several groups, each as much as the one that it is least about.
    pub fn together(sources: &[Rc<Self>]) -> Self {
        let mut postings = Postings::default();
        let rarest = sources.iter().min_by_key(|source| source.postings.documents.len());
        for &document in rarest.iter().flat_map(|source| &source.postings.documents) {
            let impact = sources
                .iter()
                .map(|source| source.held(document).map(|index| source.postings.impacts[index]));
            if let Some(impact) = impact.min().flatten() {
                postings.documents.push(document);
                postings.impacts.push(impact);
                postings.fields.push(0);
                postings.forms.push(1);
            }
        }
        Self { postings, forms: 1, typed: 1, way: Way::Synonym }
    }

    /// Where a document stands among the postings, if it holds one of the forms.
    fn held(&self, document: u32) -> Option<usize> {
        self.postings.documents.binary_search(&document).ok().filter(|&index| self.weight(index) > 0)
    }

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

    /// How the document at `index` comes to hold the word.
    fn way_at(&self, index: usize) -> Way {
        let is_titled = self.way == Way::Completion && title_words(self.postings.fields[index]) > 0;
        // Whoever has the word only inside of others comes after those who have it.
        let is_inner = self.way < Way::Completion && self.postings.impacts[index] == INNER_LEVEL;
        if is_titled {
            Way::Titled
        } else if is_inner {
            Way::Completion
        } else {
            self.way
        }
    }

    /// How the group stands in the title of a document, if it does.
    pub fn title(&self, document: u32) -> Option<Title> {
        let fields = self.postings.fields[self.held(document)?];
        let mark = title_mark(fields);
        // Of completions no more is told than where they are prepared.
        let fields = if self.way == Way::Completion { of_title_mark(mark) } else { fields };
        let (words, begins) = (title_words(fields), fields & FIELD_START != 0);
        (words > 0).then_some(Title { mark, words, begins })
    }

    /// Whether a document holds the form that was typed, and not only inside of identifiers.
    pub fn has_typed(&self, document: u32) -> bool {
        self.held(document).is_some_and(|index| self.is_typed_at(index))
    }

    fn is_typed_at(&self, index: usize) -> bool {
        self.postings.forms[index] & self.typed != 0 && self.postings.impacts[index] > INNER_LEVEL
    }

    /// How many documents hold the form that was typed, and not only inside of identifiers.
    pub fn n_typed(&self) -> usize {
        (0..self.postings.documents.len()).filter(|&index| self.is_typed_at(index)).count()
    }

    /// The passages of a document that hold the group: (number, impact × weight, words of its heading if it stands there).
    pub fn passages(&self, document: u32) -> impl Iterator<Item = (u32, u16, u8)> {
        let index = self.held(document);
        let weight = index.map_or(0, |index| self.weight(index));
        let passages = self.postings.passages_of(index.unwrap_or(self.postings.documents.len()));
        passages.map(move |(passage, headed)| {
            let (level, words) = unheaded(headed);
            (passage, u16::from(impact(level)) * weight, words)
        })
    }

    /// Whether a document holds one of the forms.
    pub fn holds(&self, document: u32) -> bool {
        self.held(document).is_some()
    }
}
