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

    /// The forms that a word is found by.
    pub fn forms(&self, word: &str, prefix: bool) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        if let Some(group) = self.groups.iter().find(|group| group.1.iter().any(|form| form == word)) {
            found.extend(group.1.iter().cloned());
        }
        if prefix {
            found.extend(self.vocabulary().filter(|form| form.starts_with(word)).cloned());
        }
        if found.is_empty() {
            // A form that no document has is led to its kin by an ending that others have, or is their key itself.
            let is_ending = |ending: &str| ending.is_empty() || self.endings.contains(ending);
            let is_kin = |key: &str| word.strip_prefix(key).is_some_and(is_ending);
            let longest =
                self.groups.iter().map(|group| &group.0).filter(|key| is_kin(key)).map(String::len).max();
            let kin = self.groups.iter().filter(|group| Some(group.0.len()) == longest && is_kin(&group.0));
            found.extend(kin.flat_map(|group| group.1.iter().cloned()));
        }
        found
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
