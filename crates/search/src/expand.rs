//! Leads the words of a query to the documents that hold them.

use crate::index::Shard;
use crate::mend::Misspelt;
use crate::parts::{Located, insert};
use crate::query::{Query, Word};
use searchlet_format::{
    Entry, FIELD_TITLE, FileId, Group, Postings, Prefix, Prefixes, Spellings, Terms, fields, form_of, impact,
    is_spelt, magnitude, partner, reversed, title_words, unheaded,
};
use std::rc::Rc;

/// How a document comes to hold a word of the query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As typed, or inflected.
    Word,
    /// As part of a compound that was typed as one word.
    Compound,
    /// As a word of its title that the typed one is the beginning of.
    Titled,
    /// As a word that the typed one is the beginning of.
    Completion,
    /// As one word, where two were typed.
    Joined,
    /// As a word that the typed one may be misspelt for.
    Edited,
}

/// How many ways there are.
pub const N_WAYS: usize = 6;

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
    /// Whether nothing was found for it but its kin.
    pub is_unknown: bool,
    /// Whether that is still to be told by files that were not asked for yet.
    pub is_awaited: bool,
    /// Marks of the words that make another word when they are written after it.
    pub partners: Vec<u8>,
    /// Words that it may be misspelt for, each with the source that it was led to.
    mended: Vec<(String, Rc<Source>)>,
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
    /// The beginning of words of which the typed one is not.
    beginnings: Vec<String>,
    /// The typed word, where others may complete it.
    completed: Option<String>,
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

/// So many parts with the words of a prefix are read without looking whether the prefix is prepared.
const FEW_PARTS: usize = 2;

/// What the words of a query are looked up in: a head with its parts, and the files that are still to be asked for.
pub struct Lookup<'s> {
    /// The head.
    pub shard: &'s Shard,
    /// Words, as they were typed, that are to be taken for misspelt ones.
    pub misspelt: &'s [String],
    /// Files that are needed and were not asked for yet. While there are any, what was found is not all.
    pub wanted: Vec<FileId>,
    /// Whether what is being looked up depends on any of these.
    is_waiting: bool,
}

/// Finds the documents of each word of a query.
pub fn expand(lookup: &mut Lookup<'_>, query: &Query) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = query.words.iter().map(|word| lookup.word(word, None, true)).collect();
    for join in &query.joins {
        // Two words of the documents are one word only if the documents have that too, which the first one tells.
        let is_open = |word: usize| clauses[word].is_awaited && !clauses[word].is_known;
        if join.apart.is_some_and(|(first, last)| is_open(first) || is_open(last)) {
            continue;
        }
        let both = join.apart.filter(|&(first, last)| clauses[first].is_known && clauses[last].is_known);
        let is_one = |(first, last): (usize, usize)| {
            let mark = partner(&clauses[last].term);
            clauses[first].is_awaited || clauses[first].partners.contains(&mark)
        };
        if both.is_some_and(|both| !is_one(both)) {
            continue;
        }
        let word = Word {
            text: String::new(),
            term: join.term.clone(),
            place: (0, 0),
            is_repeated: false,
            prefix: join.prefix,
        };
        let way = if join.apart.is_none() { Way::Compound } else { Way::Joined };
        let found = lookup.word(&word, Some(way), both.is_none());
        if both.is_some() && !found.is_known && !found.touched {
            continue;
        }
        for &word in &join.words {
            let clause = &mut clauses[word];
            clause.touched |= found.touched;
            clause.is_unknown &= found.sources.is_empty();
            clause.sources.extend(found.sources.iter().map(Rc::clone));
            clause.marks.forms.extend(found.marks.forms.iter().cloned());
            clause.marks.beginnings.extend(found.marks.beginnings.iter().cloned());
        }
    }
    for (word, clause) in query.words.iter().zip(&mut clauses) {
        if lookup.misspelt.contains(&word.text) {
            lookup.mend(word, clause);
        }
    }
    if lookup.wanted.is_empty() {
        for clause in &mut clauses {
            clause.entries = entries(&clause.sources, lookup.shard.metadata.numbers as usize);
        }
    }
    clauses
}

impl<'s> Lookup<'s> {
    /// Begins to look words up.
    pub const fn new(shard: &'s Shard, misspelt: &'s [String]) -> Self {
        Self { shard, misspelt, wanted: Vec::new(), is_waiting: false }
    }

    /// Looks up the groups of one word, or of a join, all of whose groups are reached by one `way`. A word that no
    /// document has is led to its kin if that is asked for.
    fn word(&mut self, word: &Word, way: Option<Way>, or_kin: bool) -> Clause {
        let mut clause = Clause {
            text: word.text.clone(),
            term: word.term.clone(),
            place: word.place,
            is_repeated: word.is_repeated,
            ..Clause::default()
        };
        let whole = way.unwrap_or(Way::Word);
        clause.is_awaited = self.waits(|lookup| lookup.known(&word.term, whole, &mut clause));
        let mut is_awaited = clause.is_awaited;
        if word.prefix {
            let term = Some(word.term.clone());
            match way {
                None => clause.marks.completed = term,
                Some(_) => clause.marks.beginnings.extend(term),
            }
            let way = way.unwrap_or(Way::Completion);
            is_awaited |= self.waits(|lookup| lookup.complete(&word.term, way, &mut clause));
        }
        clause.is_unknown = clause.sources.is_empty();
        // Words that may be one are looked up late; their kin is asked for beside them, lest it come later still.
        if clause.sources.is_empty() && or_kin && (!is_awaited || way.is_some()) {
            self.kin(&word.term, whole, &mut clause);
        }
        clause
    }

    /// Whether what is looked up depends on files that were not asked for yet; another word may want them, too.
    fn waits(&mut self, look: impl FnOnce(&mut Self)) -> bool {
        self.is_waiting = false;
        look(self);
        self.is_waiting
    }

    /// Goes through the entries of some files, up to the last that is wanted. Says whether all could be read.
    fn each_entry(
        &mut self,
        located: &Located,
        is_beyond: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(Entry<'_>),
    ) -> bool {
        let mut is_whole = located.absent.is_empty();
        located.absent.iter().for_each(|&file| self.want(file));
        for &file in &located.files {
            let Some(Ok(mut terms)) = self.shard.terms(file).map(Terms::new) else {
                self.want(file);
                is_whole = false;
                continue;
            };
            while let Ok(Some(entry)) = terms.next_entry() {
                // Entries ascend.
                let (Entry::Group(Group { key: place, .. }) | Entry::Stray { form: place, .. }) = entry;
                if is_beyond(place) {
                    break;
                }
                each(entry);
            }
        }
        is_whole
    }

    /// Notes a file that is not at hand, unless it was asked for and could not be had.
    fn want(&mut self, file: FileId) {
        if !self.shard.parts.is_settled(file) {
            insert(&mut self.wanted, file);
            self.is_waiting = true;
        }
    }

    /// Finds the group that has the very word among its forms. It stands where the word would stand as a key, or a stray
    /// there tells where.
    pub fn known(&mut self, term: &str, way: Way, clause: &mut Clause) {
        let mut located = Located::default();
        self.shard.terms_files(term, false, &mut located);
        let is_beyond = |place: &str| place > term;
        let mut home: Option<String> = None;
        let mut is_whole = self.each_entry(&located, &is_beyond, &mut |entry| match entry {
            Entry::Group(group) => clause.take_if_known(&group, term, way),
            Entry::Stray { form, key } if form == term => home = Some(key.to_owned()),
            Entry::Stray { .. } => {}
        });
        if let Some(key) = home {
            clause.is_known = true;
            let mut located = Located::default();
            self.shard.terms_files(&key, false, &mut located);
            is_whole &= self.each_entry(&located, &is_beyond, &mut |entry| {
                if let Entry::Group(group) = entry {
                    clause.take_if_known(&group, term, way);
                }
            });
        }
        clause.touched |= !is_whole;
    }

    /// Finds the groups that a word which no document has would belong to: those of the longest key that it is led to
    /// by an ending.
    fn kin(&mut self, term: &str, way: Way, clause: &mut Clause) {
        let shard = self.shard;
        let keys: Vec<&str> = shard.analyser.tables().endings().keys(term).collect();
        let mut located = Located::default();
        keys.iter().for_each(|key| shard.terms_files(key, false, &mut located));
        let mut longest = 0;
        let mut each_kin = |each: &mut dyn FnMut(&Group<'_>)| {
            self.each_entry(&located, &|place| place > term, &mut |entry| match entry {
                Entry::Group(group) if keys.contains(&group.key) => each(&group),
                _ => {}
            })
        };
        let is_whole = each_kin(&mut |group| longest = longest.max(group.key.len()));
        each_kin(&mut |group| {
            if group.key.len() == longest {
                clause.take(group, 0, way);
            }
        });
        clause.touched |= !is_whole;
    }

    /// Finds the words that one may be misspelt for.
    fn mend(&mut self, word: &Word, clause: &mut Clause) {
        let documents = |source: &Rc<Source>| source.postings.documents.len() as u32;
        let of_word = clause.sources.iter().filter(|source| source.way == Way::Word);
        let known = clause.is_known.then(|| of_word.map(documents).max().map_or(0, magnitude));
        let Some(mut misspelt) = Misspelt::new(&word.term, known, word.prefix) else { return };
        if !self.meant(&mut misspelt) {
            clause.touched |= self.wanted.is_empty();
            return;
        }
        for form in misspelt.best() {
            if clause.marks.forms.contains(&form) {
                continue;
            }
            let mut found = Clause::default();
            self.known(&form, Way::Edited, &mut found);
            clause.touched |= found.touched;
            clause.mended.extend(found.sources.iter().map(|source| (form.clone(), Rc::clone(source))));
            clause.sources.extend(found.sources);
            clause.marks.forms.extend(found.marks.forms);
        }
    }

    /// Shows a misspelt word all that it may be meant for. Says whether all could be read.
    fn meant(&mut self, misspelt: &mut Misspelt) -> bool {
        let beginnings = misspelt.beginnings();
        let begins = |spelling: &str| beginnings.iter().any(|beginning| spelling.starts_with(&**beginning));
        let mut located = Located::default();
        if !self.shard.has_spellings() {
            self.shard.terms_files("", true, &mut located);
            return self.each_entry(&located, &|_| false, &mut |entry| {
                let Entry::Group(group) = entry else { return };
                let forms = group.endings().map(|ending| group.key.to_owned() + ending);
                for form in forms.filter(|form| is_spelt(form) && (begins(form) || begins(&reversed(form)))) {
                    misspelt.look_at(&form, magnitude(group.documents));
                }
            });
        }
        beginnings.iter().for_each(|beginning| self.shard.spellings_files(beginning, &mut located));
        let mut is_whole = located.absent.is_empty();
        located.absent.iter().for_each(|&file| self.want(file));
        for &file in &located.files {
            let Some(Ok(mut spellings)) = self.shard.spellings(file).map(Spellings::new) else {
                self.want(file);
                is_whole = false;
                continue;
            };
            while let Ok(Some((spelling, magnitude))) = spellings.next_entry() {
                if begins(spelling) {
                    misspelt.look_at(&form_of(spelling), magnitude);
                }
            }
        }
        is_whole
    }

    /// Finds the documents that hold a form which begins with a prefix, as it was prepared or from the groups
    /// themselves. In which passages they hold it is not told: a prefix is typed on, and soon a word.
    fn complete(&mut self, prefix: &str, way: Way, clause: &mut Clause) {
        let mut words = Located::default();
        self.shard.terms_files(prefix, true, &mut words);
        if words.all().count() > FEW_PARTS {
            if let Some(Prefix { documents, impacts, .. }) = self.prepared(prefix) {
                let forms = vec![1; documents.len()];
                let (impacts, titles): (Vec<u8>, Vec<u8>) = impacts.into_iter().map(unheaded).unzip();
                let title = |words: u8| fields(if words > 0 { FIELD_TITLE } else { 0 }, words.into());
                let fields = titles.into_iter().map(title).collect();
                let postings = Postings { documents, impacts, forms, fields, ..Postings::default() };
                clause.sources.push(Rc::new(Source { postings, forms: u32::MAX, typed: 0, way }));
                return;
            }
            if self.is_waiting {
                return;
            }
        }
        let is_whole = self.each_word(prefix, &words, &mut |group, mask| {
            let source = source(group, mask, 0, way).map(|mut source| {
                source.postings.forget_passages();
                Rc::new(source)
            });
            clause.sources.extend(source);
        });
        clause.touched |= !is_whole;
    }

    /// Goes through the groups with forms that begin with a prefix, with the mask of these; `words` are the files that
    /// have the prefix. Says whether all could be read.
    pub fn each_word(
        &mut self,
        prefix: &str,
        words: &Located,
        each: &mut dyn FnMut(&Group<'_>, u32),
    ) -> bool {
        let is_beyond = |place: &str| place > prefix && !place.starts_with(prefix);
        let mut homes: Vec<String> = Vec::new();
        let of_group = |group: &Group<'_>, each: &mut dyn FnMut(&Group<'_>, u32)| {
            let mask = beginning_with(group, prefix);
            if mask != 0 {
                each(group, mask);
            }
        };
        let mut is_whole = self.each_entry(words, &is_beyond, &mut |entry| match entry {
            Entry::Group(group) => of_group(&group, each),
            Entry::Stray { form, key } => {
                if form.starts_with(prefix)
                    && !key.starts_with(prefix)
                    && !homes.iter().any(|home| home == key)
                {
                    homes.push(key.to_owned());
                }
            }
        });
        let mut located = Located::default();
        homes.iter().for_each(|key| self.shard.terms_files(key, false, &mut located));
        // What is among the words already was gone through with them.
        located.files.retain(|file| !words.files.contains(file));
        is_whole &= self.each_entry(&located, &is_beyond, &mut |entry| {
            if let Entry::Group(group) = entry {
                of_group(&group, each);
            }
        });
        is_whole
    }

    /// What is known of a prefix, if it is prepared and at hand. When its part cannot be had, its words still can.
    pub fn prepared(&mut self, prefix: &str) -> Option<Prefix> {
        let mut located = Located::default();
        self.shard.prefix_files(prefix, &mut located);
        located.all().for_each(|file| self.want(file));
        // The section was decoded when it was supplied, so this does not fail.
        let find = |&file: &FileId| Prefixes::find(self.shard.prefixes(file)?, prefix).ok().flatten();
        located.files.iter().find_map(find)
    }
}

impl Clause {
    /// Takes in a group; `typed` is the mask of the form that was typed, if it has that.
    fn take(&mut self, group: &Group<'_>, typed: u32, way: Way) {
        self.marks.forms.extend(group.endings().map(|ending| group.key.to_owned() + ending));
        self.sources.extend(source(group, u32::MAX, typed, way).map(Rc::new));
    }

    /// Takes in a group that has the very word among its forms.
    fn take_if_known(&mut self, group: &Group<'_>, term: &str, way: Way) {
        let Some(rest) = term.strip_prefix(group.key) else { return };
        if let Some(typed) = group.endings().position(|ending| ending == rest) {
            self.is_known = true;
            self.partners = group.partners.to_vec();
            self.take(group, 1 << typed, way);
        }
    }

    /// The word as it is sought in a document. Where it is told in which passages the very word stands, what completes it
    /// does not count: such passages would have to be looked for, and tell less.
    pub fn sought(&self, document: u32, weight: u32) -> Sought<'_> {
        let tells = |source: &Rc<Source>| {
            !matches!(source.way, Way::Completion | Way::Edited) && source.passages(document).next().is_some()
        };
        Sought { marks: &self.marks, or_completes: !self.sources.iter().any(tells), weight }
    }

    /// The word that a document holds in place of this one, if it has none but one that this may be misspelt for.
    pub fn mended_in(&self, document: u32) -> Option<&str> {
        let at = self.entries.binary_search_by_key(&document, |entry| entry.document).ok()?;
        let is_edited = self.entries[at].impacts[..Way::Edited as usize] == [0; Way::Edited as usize];
        let mended = self.mended.iter().find(|(_, source)| source.holds(document));
        mended.filter(|_| is_edited).map(|(form, _)| form.as_str())
    }

    /// Whether a document may hold the word, as it is sought, in passages that are not told.
    pub fn hides_passages(&self, document: u32, sought: &Sought<'_>) -> bool {
        let counts = |source: &&Rc<Source>| source.way != Way::Completion || sought.or_completes;
        let mut sources = self.sources.iter().filter(counts);
        sources.any(|source| !source.postings.has_passages() && source.holds(document))
    }
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

fn source(group: &Group<'_>, forms: u32, typed: u32, way: Way) -> Option<Source> {
    // The section was decoded when it was supplied, so this does not fail.
    group.postings().ok().map(|postings| Source { postings, forms, typed, way })
}

/// The documents of several groups, each once. Cost: linear in the postings and, for several groups, the numbers.
fn entries(sources: &[Rc<Source>], n_numbers: usize) -> Vec<Match> {
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
        if is_titled { Way::Titled } else { self.way }
    }

    /// How the word was led to the group.
    pub const fn way(&self) -> Way {
        self.way
    }

    /// How many words the title of a document has, if the group stands in it, else 0.
    pub fn title_words(&self, document: u32) -> u8 {
        let index = self.postings.documents.binary_search(&document).ok();
        index
            .filter(|&index| self.weight(index) > 0)
            .map_or(0, |index| title_words(self.postings.fields[index]))
    }

    /// The passages of a document that hold the group: (number, impact × weight, words of its heading if it stands there).
    pub fn passages(&self, document: u32) -> impl Iterator<Item = (u32, u16, u8)> {
        let index = self.postings.documents.binary_search(&document).ok();
        let weight = index.map_or(0, |index| self.weight(index));
        let index = index.filter(|_| weight > 0).unwrap_or(self.postings.documents.len());
        let passages = self.postings.passages_of(index);
        passages.map(move |(passage, headed)| {
            let (level, words) = unheaded(headed);
            (passage, u16::from(impact(level)) * weight, words)
        })
    }

    /// Whether a document holds one of the forms.
    fn holds(&self, document: u32) -> bool {
        self.postings.documents.binary_search(&document).is_ok_and(|index| self.weight(index) > 0)
    }
}
