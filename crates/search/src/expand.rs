//! Leads the words of a query to the documents that hold them.

use crate::clause::{Clause, Source, Way, entries};
use crate::index::Shard;
use crate::mend::Misspelt;
use crate::parts::{Located, insert};
use crate::query::{Query, Word};
use searchlet_format::{
    Entry, FileId, Group, Postings, Prefix, Prefixes, Spellings, Terms, form_of, is_spelt, magnitude,
    of_title_mark, partner, reversed, unheaded,
};
use searchlet_text::{Kind, is_accented};
use std::rc::Rc;

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
        let way = match join.apart {
            Some(_) => Way::Joined,
            None if join.kind == Kind::Signed => Way::Signed,
            None if join.kind == Kind::Accented => Way::Accented,
            None => Way::Compound,
        };
        let or_kin = both.is_none() && way != Way::Accented;
        let mut found = lookup.word(&word, Some(way), or_kin);
        if both.is_some() && !found.is_known && !found.touched {
            continue;
        }
        for (typed, meant) in std::mem::take(&mut found.synonyms) {
            if typed == join.term {
                found.absorb(&lookup.synonym(&meant));
            }
        }
        for &word in &join.words {
            let clause = &mut clauses[word];
            clause.is_signed |= way == Way::Signed && found.is_known;
            clause.is_unknown &= found.sources.is_empty();
            clause.absorb(&found);
        }
    }
    for first in 0..clauses.len() {
        for (typed, meant) in std::mem::take(&mut clauses[first].synonyms) {
            let n_words = typed.split(' ').count();
            let Some(words) = clauses.get_mut(first..first + n_words) else { continue };
            // A single word is typed in any of its forms.
            if n_words > 1 && !words.iter().map(|clause| &*clause.term).eq(typed.split(' ')) {
                continue;
            }
            let found = lookup.synonym(&meant);
            words.iter_mut().for_each(|clause| clause.absorb(&found));
        }
    }
    for (word, clause) in query.words.iter().zip(&mut clauses) {
        if lookup.misspelt.contains(&word.text) {
            lookup.mend(word, clause);
        }
    }
    for either in query.either.iter().rev() {
        let others: Vec<Clause> = clauses.drain(either.start + 1..either.end).collect();
        others.into_iter().for_each(|other| clauses[either.start].or(other));
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
    pub fn word(&mut self, word: &Word, way: Option<Way>, or_kin: bool) -> Clause {
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
            // Only the very word with its sign outranks the plain one.
            let way = match way {
                None => Way::Completion,
                Some(Way::Signed) => Way::Compound,
                Some(way) => way,
            };
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
        let shard = self.shard;
        self.each_file(located, &mut |file| {
            let Some(Ok(mut terms)) = shard.terms(file).map(Terms::new) else { return false };
            while let Ok(Some(entry)) = terms.next_entry() {
                // Entries ascend.
                let (Entry::Group(Group { key: place, .. }) | Entry::Stray { form: place, .. }) = entry;
                if is_beyond(place) {
                    break;
                }
                each(entry);
            }
            true
        })
    }

    /// Reads some files; `read` says whether one is at hand. Notes those that are not, and says whether all are.
    fn each_file(&mut self, located: &Located, read: &mut dyn FnMut(FileId) -> bool) -> bool {
        let mut is_whole = located.absent.is_empty();
        located.absent.iter().for_each(|&file| self.want(file));
        for &file in &located.files {
            if !read(file) {
                self.want(file);
                is_whole = false;
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

    /// Finds the documents that hold what a word stands for: another, or all of several.
    fn synonym(&mut self, meant: &str) -> Clause {
        let mut all = Clause::default();
        let mut n_words = 0;
        for term in meant.split(' ') {
            let mut word = Clause::default();
            self.known(term, Way::Synonym, &mut word);
            all.absorb(&word);
            n_words += 1;
        }
        // A word is in one group, so there are fewer where the documents do not have them all.
        if all.sources.len() < n_words {
            all.sources.clear();
        } else if n_words > 1 {
            all.sources = vec![Rc::new(Source::together(&all.sources))];
        }
        all
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
            clause.mended.extend(found.sources.iter().map(|source| (form.clone(), Rc::clone(source))));
            clause.absorb(&found);
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
        let shard = self.shard;
        beginnings.iter().for_each(|beginning| shard.spellings_files(beginning, &mut located));
        self.each_file(&located, &mut |file| {
            let Some(Ok(mut spellings)) = shard.spellings(file).map(Spellings::new) else { return false };
            while let Ok(Some((spelling, magnitude))) = spellings.next_entry() {
                if begins(spelling) {
                    misspelt.look_at(&form_of(spelling), magnitude);
                }
            }
            true
        })
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
                let fields = titles.into_iter().map(of_title_mark).collect();
                let postings = Postings { documents, impacts, forms, fields, ..Postings::default() };
                clause.sources.push(Rc::new(Source { postings, forms: u32::MAX, typed: 0, way }));
                return;
            }
            if self.is_waiting {
                return;
            }
        }
        let is_whole = self.each_word(prefix, &words, &mut |group, mask| {
            let source = Source::of(group, mask, 0, way).map(|mut source| {
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
            if mask != 0 && !is_accented(group.key) {
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
