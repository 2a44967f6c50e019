//! Turns documents into streams of form numbers over one vocabulary.

use crate::Document;
use crate::characters;
use crate::groups::{self, Form, FormGroup};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use searchlet_text::{Analyser, Endings, Tables};
use std::collections::BTreeSet;

/// How many documents one task takes. Its size decides nothing but the balance of the work.
const DOCUMENTS_PER_TASK: usize = 64;

/// Halves of a word that was written apart have at least this many letters: `data base` may be `database`, but
/// `a part` is no `apart`.
const MIN_HALF_CHARS: usize = 3;

/// Where in a document a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// In the title.
    Title,
    /// In the heading of a passage.
    Heading,
    /// In the text of a passage.
    Body,
    /// In the path of the URL.
    Path,
}

/// The words of one field of one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Number of the passage; 0 for title and path.
    pub passage: u32,
    /// Which field.
    pub field: Field,
    /// The words, in order: indices of forms.
    pub words: Vec<u32>,
    /// Words that join several of those, whether they were written as one or apart.
    pub joined: Vec<u32>,
}

/// What analysis makes of the documents of one language.
pub struct Analysed {
    /// The tables that it was done by, with the endings of the groups.
    pub tables: Tables,
    /// All forms, ascending.
    pub forms: Vec<Form>,
    /// The forms by stem, in the order of the terms section.
    pub groups: Vec<FormGroup>,
    /// The stretches of each document, in the order of the documents.
    pub documents: Vec<Vec<Stretch>>,
}

/// Analyses documents of one language, which is a BCP 47 tag. Cost: linear in their text; runs on all threads of the
/// current pool, and gives the same for any number of them.
pub fn analyse(documents: &[Document], language: &str) -> Analysed {
    let characters = documents.par_iter().map(characters_of).reduce(BTreeSet::new, |mut all, some| {
        all.extend(some);
        all
    });
    let tables = characters::tables(&characters, Endings::default());
    let analyser = Analyser::new(tables.clone());
    let tasks: Vec<Task> =
        documents.par_chunks(DOCUMENTS_PER_TASK).map(|chunk| Task::run(&analyser, chunk)).collect();

    let (forms, numbers) = merge_vocabularies(&tasks);
    let mut analysed: Vec<Vec<Stretch>> = tasks
        .into_par_iter()
        .zip(numbers)
        .flat_map_iter(|(task, numbers)| task.renumbered(&numbers))
        .collect();
    let written_apart = written_apart(&forms);
    analysed.par_iter_mut().flatten().for_each(|stretch| {
        for pair in stretch.words.windows(2) {
            stretch.joined.extend(written_apart.get(&(pair[0], pair[1])));
        }
    });
    let (groups, endings) = groups::group(&forms, language);
    let tables = Tables::new(tables.classes().to_vec(), tables.folds().to_vec(), endings);
    Analysed { tables, forms, groups, documents: analysed }
}

/// Every text of a document that is searched, in order.
fn texts(document: &Document) -> impl Iterator<Item = (u32, Field, &str)> {
    let passages = document.passages.iter().zip(0u32..).flat_map(|(passage, number)| {
        let heading = if passage.continued { "" } else { &*passage.heading };
        [(number, Field::Heading, heading), (number, Field::Body, &*passage.text)]
    });
    [(0, Field::Title, &*document.title)].into_iter().chain(passages).filter(|entry| !entry.2.is_empty())
}

/// The path of a URL as people would read it, without its last extension; the end of a version (`1.5`) is none.
fn path(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    match decoded.rsplit_once('.') {
        Some((stem, extension))
            if extension.bytes().any(|byte| byte.is_ascii_alphabetic()) && !extension.contains('/') =>
        {
            stem.to_owned()
        }
        _ => decoded,
    }
}

fn characters_of(document: &Document) -> BTreeSet<char> {
    let mut seen = BTreeSet::new();
    for (_, _, text) in texts(document).chain([(0, Field::Path, &*path(&document.url))]) {
        let mut last = '\0';
        for character in text.chars().filter(|character| !character.is_ascii()) {
            if character != last {
                seen.insert(character);
                last = character;
            }
        }
    }
    seen
}

/// The words of some documents over a vocabulary of their own.
struct Task {
    vocabulary: Vec<Form>,
    documents: Vec<Vec<Stretch>>,
}

impl Task {
    fn run(analyser: &Analyser, documents: &[Document]) -> Self {
        let mut task = Self { vocabulary: Vec::new(), documents: Vec::with_capacity(documents.len()) };
        let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
        for document in documents {
            let path = path(&document.url);
            let mut stretches = Vec::new();
            for (passage, field, text) in texts(document).chain([(0, Field::Path, &*path)]) {
                let mut stretch = Stretch { passage, field, words: Vec::new(), joined: Vec::new() };
                analyser.each(text, &mut |token| {
                    let number = match numbers.get(token.term) {
                        Some(&number) => number,
                        None => {
                            let number = task.vocabulary.len() as u32;
                            numbers.insert(token.term.to_owned(), number);
                            task.vocabulary.push(Form { folded: token.term.to_owned(), accented: None });
                            number
                        }
                    };
                    let written = &text[token.start..token.end];
                    if !written.is_ascii() {
                        task.vocabulary[number as usize].note(written);
                    }
                    if token.span > 1 || stretch.words.len() > token.position as usize {
                        stretch.joined.push(number);
                    } else {
                        stretch.words.push(number);
                    }
                });
                if !stretch.words.is_empty() {
                    stretches.push(stretch);
                }
            }
            task.documents.push(stretches);
        }
        task
    }

    fn renumbered(mut self, numbers: &[u32]) -> Vec<Vec<Stretch>> {
        for stretch in self.documents.iter_mut().flatten() {
            for number in stretch.words.iter_mut().chain(&mut stretch.joined) {
                *number = numbers[*number as usize];
            }
        }
        self.documents
    }
}

impl Form {
    /// Remembers how the form was written, if folding lost something; of several spellings the greatest stands, so
    /// that the order of the documents does not matter.
    fn note(&mut self, written: &str) {
        let lower = written.to_lowercase();
        if lower.chars().all(char::is_alphabetic)
            && lower != self.folded
            && self.accented.as_deref().is_none_or(|before| before < lower.as_str())
        {
            self.accented = Some(lower);
        }
    }
}

/// The sorted vocabulary of all tasks, and for each task the number in it of each of its forms.
fn merge_vocabularies(tasks: &[Task]) -> (Vec<Form>, Vec<Vec<u32>>) {
    let mut all: Vec<&Form> = tasks.iter().flat_map(|task| &task.vocabulary).collect();
    all.par_sort_unstable_by(|a, b| (&a.folded, &b.accented).cmp(&(&b.folded, &a.accented)));
    // Of one folded form the entry with the greatest accented spelling comes first, and stays.
    all.dedup_by(|a, b| a.folded == b.folded);
    let forms: Vec<Form> = all.into_iter().cloned().collect();
    let numbers = tasks
        .par_iter()
        .map(|task| {
            let number = |form: &Form| forms.partition_point(|known| known.folded < form.folded) as u32;
            task.vocabulary.iter().map(number).collect()
        })
        .collect();
    (forms, numbers)
}

/// Pairs of forms that make another form when written together.
fn written_apart(forms: &[Form]) -> FxHashMap<(u32, u32), u32> {
    let number = |word: &str| forms.binary_search_by(|form| form.folded.as_str().cmp(word)).ok();
    let pairs: Vec<((u32, u32), u32)> = forms
        .par_iter()
        .enumerate()
        .flat_map_iter(|(whole, form)| {
            let n_chars = form.folded.chars().count();
            let cuts = form.folded.char_indices().enumerate().filter_map(move |(nth, (at, _))| {
                (nth >= MIN_HALF_CHARS && n_chars - nth >= MIN_HALF_CHARS).then_some(at)
            });
            cuts.filter_map(move |at| {
                let first = number(&form.folded[..at])?;
                Some(((first as u32, number(&form.folded[at..])? as u32), whole as u32))
            })
        })
        .collect();
    pairs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Passage;

    fn document(title: &str, text: &str) -> Document {
        let lead = Passage { text: text.into(), ..Passage::default() };
        Document {
            url: "a/some-page.html".into(),
            title: title.into(),
            passages: vec![lead],
            ..Document::default()
        }
    }

    fn words(analysed: &Analysed, numbers: &[u32]) -> Vec<String> {
        numbers.iter().map(|&number| analysed.forms[number as usize].folded.clone()).collect()
    }

    #[test]
    fn each_field_has_its_words() {
        let analysed = analyse(&[document("The Title", "Body text.")], "en");
        let fields: Vec<(Field, Vec<String>)> = analysed.documents[0]
            .iter()
            .map(|stretch| (stretch.field, words(&analysed, &stretch.words)))
            .collect();
        let expected = [
            (Field::Title, vec!["the", "title"]),
            (Field::Body, vec!["body", "text"]),
            (Field::Path, vec!["a", "some", "page"]),
        ];
        assert_eq!(
            fields,
            expected.map(|(field, words)| (field, words.into_iter().map(str::to_owned).collect()))
        );
    }

    #[test]
    fn a_path_loses_its_extension_and_keeps_its_version() {
        for (url, read) in
            [("a/b.html", "a/b"), ("v1.5/", "v1.5/"), ("notes/1.5", "notes/1.5"), ("a%20b.md?c.d", "a b")]
        {
            assert_eq!(path(url), read);
        }
    }

    #[test]
    fn a_compound_is_found_however_it_is_written() {
        let documents = [
            document("A", "cybersecurity"),
            document("B", "cyber-security"),
            document("C", "Cyber security"),
        ];
        let analysed = analyse(&documents, "en");
        for document in &analysed.documents {
            let body = document.iter().find(|stretch| stretch.field == Field::Body).expect("a body");
            let all = [words(&analysed, &body.words), words(&analysed, &body.joined)].concat();
            assert!(all.contains(&"cybersecurity".to_owned()), "{all:?}");
        }
    }

    #[test]
    fn the_order_of_documents_does_not_change_the_vocabulary() {
        let one = document("Été", "étude ETUDE");
        let two = document("ete", "Étude etudes");
        let there = analyse(&[one.clone(), two.clone()], "fr");
        let back = analyse(&[two, one], "fr");
        assert_eq!(there.forms, back.forms);
        assert_eq!(there.groups, back.groups);
        assert_eq!(there.tables, back.tables);
    }
}
