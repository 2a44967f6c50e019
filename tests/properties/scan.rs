//! A search that reads the documents, slow but plain, by its own idea of a word.
//!
//! It knows the letters that [`super::corpus`] uses, and no others.

use frostem::Stemmer;
use searchlet_index::Document;
use std::collections::{BTreeMap, BTreeSet};

/// Halves of a word that was written apart have at least this many letters.
const MIN_HALF: usize = 3;

/// Parts of so few letters at an apostrophe are no words.
const MAX_CLITIC: usize = 2;

/// The documents of one language.
pub struct Scan {
    /// The words of each document: its number among all, and its forms.
    documents: Vec<(usize, BTreeSet<String>)>,
    /// The forms of each stem, with the beginning that they and the stem share.
    groups: Vec<(String, Vec<String>)>,
    endings: BTreeSet<String>,
}

/// The words of a text one after the other, and the compounds in it, each with the word that it begins at and as it
/// was written.
#[derive(Default)]
pub struct Words {
    pub words: Vec<(String, String)>,
    pub compounds: Vec<(usize, String, String)>,
}

impl Words {
    /// Whether anything in it is one of the forms; `form` is folded.
    pub fn any(&self, mut is_one: impl FnMut(&str) -> bool) -> bool {
        self.words.iter().any(|word| is_one(&word.0)) || self.compounds.iter().any(|word| is_one(&word.1))
    }
}

/// Lower case without accents.
pub fn fold(word: &str) -> String {
    word.to_lowercase().replace('é', "e").chars().filter(char::is_ascii_lowercase).collect()
}

/// Cuts a text into words.
pub fn words(text: &str) -> Words {
    let is_apostrophe = |character: char| character == '\'' || character == '’';
    let is_joiner = |character: char| is_apostrophe(character) || "-_.".contains(character);
    let mut words = Words::default();
    for stretch in text.split(|character: char| !character.is_alphabetic() && !is_joiner(character)) {
        // Two joiners in a row end a word, so the pieces between single ones are what belongs together.
        let mut runs: Vec<Vec<(String, Option<char>)>> = vec![Vec::new()];
        let mut part = String::new();
        let mut before = None;
        for character in stretch.chars().chain(['\0']) {
            if character.is_alphabetic() {
                part.push(character);
                continue;
            }
            if part.is_empty() {
                runs.push(Vec::new());
                before = None;
            } else {
                runs.last_mut().expect("there is a run").push((std::mem::take(&mut part), before));
                before = Some(character);
            }
        }
        for run in runs.into_iter().filter(|run| !run.is_empty()) {
            let is_clitic = |at: usize| {
                let after = run[at].1.is_some_and(is_apostrophe);
                let before = run.get(at + 1).is_some_and(|next| next.1.is_some_and(is_apostrophe));
                run[at].0.chars().count() <= MAX_CLITIC && (after || before)
            };
            let mut kept: Vec<usize> =
                (0..run.len()).filter(|&at| run.len() == 1 || !is_clitic(at)).collect();
            if kept.is_empty() {
                kept.push(0);
            }
            if run.len() > 1 {
                let written: String = run
                    .iter()
                    .flat_map(|(part, joiner)| [joiner.map(String::from).unwrap_or_default(), part.clone()])
                    .collect();
                let mut form = fold(&written);
                form.truncate(64);
                words.compounds.push((words.words.len(), form, written));
            }
            words.words.extend(kept.into_iter().map(|at| (fold(&run[at].0), run[at].0.clone())));
        }
    }
    words
}

/// The texts of a document that are searched, each by itself.
fn texts(document: &Document) -> Vec<String> {
    let path = document.url.trim_end_matches(".html").to_owned();
    let mut texts = vec![path, document.title.clone()];
    texts
        .extend(document.passages.iter().flat_map(|passage| [passage.heading.clone(), passage.text.clone()]));
    texts
}

/// The scans of each language.
pub fn scans(documents: &[Document]) -> Vec<Scan> {
    let mut by_language: BTreeMap<&str, Vec<(usize, &Document)>> = BTreeMap::new();
    for (number, document) in documents.iter().enumerate() {
        by_language.entry(document.language.as_deref().unwrap_or("en")).or_default().push((number, document));
    }
    by_language.into_iter().map(|(language, documents)| Scan::new(&documents, language)).collect()
}

impl Scan {
    fn new(documents: &[(usize, &Document)], language: &str) -> Self {
        let read =
            |document: &Document| texts(document).iter().map(|text| words(text)).collect::<Vec<Words>>();
        let read: Vec<(usize, Vec<Words>)> =
            documents.iter().map(|(number, document)| (*number, read(document))).collect();
        let mut spellings: BTreeMap<String, Option<String>> = BTreeMap::new();
        for words in read.iter().flat_map(|(_, texts)| texts) {
            let compounds = words.compounds.iter().map(|(_, form, written)| (form, written));
            for (form, written) in words.words.iter().map(|(form, written)| (form, written)).chain(compounds)
            {
                let spelling = spellings.entry(form.clone()).or_default();
                let lower = written.to_lowercase();
                if lower.chars().all(char::is_alphabetic) && lower != *form {
                    *spelling = std::mem::take(spelling).max(Some(lower));
                }
            }
        }
        let stemmer = Stemmer::try_from_name(language).ok();
        let stem = |form: &str, spelling: &Option<String>| match &stemmer {
            Some(stemmer) => fold(&stemmer.stem(spelling.as_deref().unwrap_or(form))),
            None => form.to_owned(),
        };
        let mut by_stem: BTreeMap<(String, Option<char>), Vec<String>> = BTreeMap::new();
        for (form, spelling) in &spellings {
            by_stem.entry((stem(form, spelling), form.chars().next())).or_default().push(form.clone());
        }
        let mut groups = Vec::new();
        for ((stem, _), forms) in by_stem {
            let shares = |length: &usize| forms.iter().all(|form| form.starts_with(&stem[..*length]));
            let key = stem[..(0..=stem.len()).rev().find(shares).unwrap_or(0)].to_owned();
            if key.is_empty() || forms.iter().any(|form| form.len() > key.len() + 16) {
                groups.extend(forms.into_iter().map(|form| (form.clone(), vec![form])));
            } else {
                groups.push((key, forms));
            }
        }
        let ending = |(key, forms): &(String, Vec<String>)| {
            forms.iter().map(|form| form[key.len()..].to_owned()).collect::<Vec<_>>()
        };
        let endings = groups.iter().flat_map(ending).collect();
        let forms_of = |texts: &[Words]| {
            let mut forms = BTreeSet::new();
            for text in texts {
                forms.extend(text.words.iter().map(|word| word.0.clone()));
                forms.extend(text.compounds.iter().map(|compound| compound.1.clone()));
                for pair in
                    text.words.windows(2).filter(|pair| pair.iter().all(|half| half.0.len() >= MIN_HALF))
                {
                    let whole = format!("{}{}", pair[0].0, pair[1].0);
                    if spellings.contains_key(&whole) {
                        forms.insert(whole);
                    }
                }
            }
            forms
        };
        let documents = read.iter().map(|(number, texts)| (*number, forms_of(texts))).collect();
        Self { documents, groups, endings }
    }

    /// The forms that a word is found by, if it is spelt right.
    pub fn forms(&self, word: &str, prefix: bool) -> BTreeSet<String> {
        let known = self.known(word, prefix);
        if known.is_empty() { self.kin(word) } else { known }
    }

    /// The forms of a word that the documents have, and those that begin with it if they may.
    fn known(&self, word: &str, prefix: bool) -> BTreeSet<String> {
        let group = self.groups.iter().find(|group| group.1.iter().any(|form| form == word));
        let mut found: BTreeSet<String> =
            group.into_iter().flat_map(|group| group.1.iter().cloned()).collect();
        if prefix {
            found.extend(self.vocabulary().filter(|form| form.starts_with(word)).cloned());
        }
        found
    }

    /// The forms of the longest key that a word is led to by an ending that others have.
    fn kin(&self, word: &str) -> BTreeSet<String> {
        let is_ending = |ending: &str| ending.is_empty() || self.endings.contains(ending);
        let is_kin = |key: &str| word.strip_prefix(key).is_some_and(is_ending);
        let longest =
            self.groups.iter().map(|group| &group.0).filter(|key| is_kin(key)).map(String::len).max();
        let kin = self.groups.iter().filter(|group| Some(group.0.len()) == longest && is_kin(&group.0));
        kin.flat_map(|group| group.1.iter().cloned()).collect()
    }

    /// How many times the number of documents that hold a group can be halved.
    fn magnitude(&self, group: &[String]) -> u32 {
        let forms: BTreeSet<String> = group.iter().cloned().collect();
        self.holding(&forms).len().checked_ilog2().unwrap_or(0)
    }

    /// The forms of the words that one may be misspelt for.
    fn mended(&self, word: &str, prefix: bool) -> BTreeSet<String> {
        let letters: Vec<char> = word.chars().collect();
        let max = match letters.len() {
            0..4 => return BTreeSet::new(),
            4..9 => 1,
            _ => 2,
        };
        let known = self.groups.iter().find(|group| group.1.iter().any(|form| form == word));
        let known = known.map(|group| self.magnitude(&group.1));
        let mut meant = Vec::new();
        for group in &self.groups {
            let magnitude = self.magnitude(&group.1);
            for form in group.1.iter().filter(|form| form.len() >= 3) {
                let mut edits = edits(&letters, form, prefix && letters.len() >= 5);
                // A word that no document has may be the end of a longer one, if it is no misspelling.
                let mut limit = max;
                if edits > max && known.is_none() && letters.len() >= 5 && form.ends_with(word) {
                    (edits, limit) = (3, 3);
                }
                // Words are sought among those that begin or end like this one: by a half, or by a third if two letters
                // may be wrong; or by a half whose last letter was swapped with the next.
                let part = letters.len() / (1 + max);
                let end = if max == 1 { part } else { letters.len() - part };
                let swapped = [&word[..part - 1], &word[part..part + 1], &word[part - 1..part]].concat();
                let is_reached = form.starts_with(&word[..part])
                    || form.ends_with(&word[end..])
                    || max == 1 && form.starts_with(&swapped);
                if is_reached
                    && (1..=limit).contains(&edits)
                    && known.is_none_or(|known| magnitude >= known + 2)
                {
                    let begins_otherwise = form.chars().next() != letters.first().copied();
                    meant.push((edits, begins_otherwise, u32::MAX - magnitude, form.clone(), &group.1));
                }
            }
        }
        meant.sort();
        let fewest = meant.first().map(|meant| meant.0);
        let best = meant.into_iter().take(4).filter(|meant| Some(meant.0) == fewest);
        best.flat_map(|meant| meant.4.iter().cloned()).collect()
    }

    /// The forms that two words are found by as one. Words of the documents are only one if the documents have that.
    pub fn joined(&self, first: &str, last: &str, prefix: bool) -> BTreeSet<String> {
        let is_known = |word: &str| self.vocabulary().any(|form| form == word);
        let whole = format!("{first}{last}");
        if is_known(first) && is_known(last) && !is_known(&whole) {
            return BTreeSet::new();
        }
        self.forms(&whole, prefix)
    }

    /// The documents that hold one of some forms.
    pub fn holding(&self, forms: &BTreeSet<String>) -> BTreeSet<usize> {
        let holding = self.documents.iter().filter(|document| !document.1.is_disjoint(forms));
        holding.map(|document| document.0).collect()
    }

    /// Every form.
    pub fn vocabulary(&self) -> impl Iterator<Item = &String> {
        self.groups.iter().flat_map(|group| &group.1)
    }
}

/// A word of a query.
pub struct Asked<'q> {
    /// As it was typed.
    pub word: &'q str,
    /// Whether it may go on.
    pub prefix: bool,
    /// The forms that it is found by together with its neighbour, in each scan.
    pub joined: Vec<BTreeSet<String>>,
}

/// The forms that each word of a query is found by in each scan: as it is spelt, or mended if no document has it. Where
/// the documents have every word and none has all, all are mended.
pub fn meant(scans: &[Scan], asked: &[Asked<'_>]) -> Vec<Vec<BTreeSet<String>>> {
    let is_known = |asked: &Asked<'_>| {
        let mut each = scans.iter().zip(&asked.joined);
        each.any(|(scan, joined)| {
            !scan.known(&fold(asked.word), asked.prefix).is_empty() || !joined.is_empty()
        })
    };
    let forms = |asked: &Asked<'_>, mends: bool| -> Vec<BTreeSet<String>> {
        let of_scan = |(scan, joined): (&Scan, &BTreeSet<String>)| {
            let word = fold(asked.word);
            let mut forms = scan.forms(&word, asked.prefix);
            forms.extend(joined.iter().cloned());
            if mends {
                forms.extend(scan.mended(&word, asked.prefix));
            }
            forms
        };
        scans.iter().zip(&asked.joined).map(of_scan).collect()
    };
    let first: Vec<_> = asked.iter().map(|asked| forms(asked, !is_known(asked))).collect();
    let holding = first.iter().map(|forms| documents_with(scans, forms));
    if asked.iter().all(is_known)
        && holding.reduce(|all, word| &all & &word).is_some_and(|all| all.is_empty())
    {
        return asked.iter().map(|asked| forms(asked, true)).collect();
    }
    first
}

/// The documents that hold one of the forms of their scan.
pub fn documents_with(scans: &[Scan], forms: &[BTreeSet<String>]) -> BTreeSet<usize> {
    scans.iter().zip(forms).flat_map(|(scan, forms)| scan.holding(forms)).collect()
}

/// How many letters are put in, left out, replaced or swapped with their neighbour between a word and a form, or the
/// beginning of a form.
fn edits(word: &[char], form: &str, or_beginning: bool) -> usize {
    let form: Vec<char> = form.chars().collect();
    let mut table: Vec<Vec<usize>> = (0..=form.len()).map(|at| (at..=at + word.len()).collect()).collect();
    for at in 1..=form.len() {
        for place in 1..=word.len() {
            let replaced = table[at - 1][place - 1] + usize::from(form[at - 1] != word[place - 1]);
            let mut best = replaced.min(table[at - 1][place] + 1).min(table[at][place - 1] + 1);
            if at > 1 && place > 1 && form[at - 1] == word[place - 2] && form[at - 2] == word[place - 1] {
                best = best.min(table[at - 2][place - 2] + 1);
            }
            table[at][place] = best;
        }
    }
    let whole = table[form.len()][word.len()];
    if or_beginning { table.iter().map(|row| row[word.len()]).min().unwrap_or(whole) } else { whole }
}
