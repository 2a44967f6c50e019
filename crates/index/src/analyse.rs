//! Turns documents into streams of form numbers over one vocabulary.

mod kept;

use crate::Document;
use crate::cache::{Key, Memo};
use crate::characters;
use crate::compounds::Compounds;
use crate::groups::{self, Form, FormGroup};
use crate::number::chapter_numbers;
use crate::stream::{Field, Segment, SegmentsWriter};
use crate::synonyms::Synonyms;
use crate::vocabulary::{self, Vocabulary};
use rayon::prelude::*;
use searchlet_format::partner;
use searchlet_text::{Analyser, Endings, Kind, Tables, is_accented};
use std::collections::BTreeSet;
use std::ops::Range;

/// How many tasks there are for each thread: few, since each has a vocabulary of its own, yet enough to even out what
/// some texts take longer than others.
const TASKS_PER_THREAD: usize = 4;

/// With a cache a task has about so many bytes of text, and never that of two chapters, so that tasks are the same after
/// most changes of a site: about what a chapter of 256 pages has. Smaller ones have more words in common, and merging
/// their vocabularies takes longer.
const KEPT_TASK_BYTES: usize = 1 << 20;

/// What analysis makes of the documents of one language.
pub struct Analysed {
    /// The tables that it was done by, with the endings of the groups.
    pub tables: Tables,
    /// All forms, ascending.
    pub forms: Vec<Form>,
    /// The forms by stem, in the order of the terms section.
    pub groups: Vec<FormGroup>,
    /// Pairs of forms that are a third when written together.
    pub compounds: Compounds,
    /// What readers may type, as the forms of its words, and what else that stands for.
    pub synonyms: Vec<(Vec<String>, Vec<String>)>,
    /// The words of the documents, in their order. Inversion takes them out, since it needs them no longer.
    pub segments: Vec<Segment>,
    /// For each vocabulary that segments refer to, the form of each of its words; [`vocabulary::NO_FORM`] where it has none.
    pub forms_of: Vec<Vec<u32>>,
}

impl Analysed {
    /// For each form its group, and its place among the forms of that.
    pub fn group_of(&self) -> Vec<(u32, u8)> {
        let mut group_of = vec![(0, 0); self.forms.len()];
        for (number, group) in (0u32..).zip(&self.groups) {
            for (bit, &form) in (0u8..).zip(&group.forms) {
                group_of[form as usize] = (number, bit);
            }
        }
        group_of
    }

    /// For each group, the synonyms that begin with one of its forms.
    pub fn synonyms(&self) -> Vec<Vec<(String, String)>> {
        let group_of = self.group_of();
        let mut of_group = vec![Vec::new(); self.groups.len()];
        for (typed, meant) in &self.synonyms {
            if let Ok(form) = self.forms.binary_search_by(|form| form.folded.cmp(&typed[0])) {
                of_group[group_of[form].0 as usize].push((typed.join(" "), meant.join(" ")));
            }
        }
        of_group
    }

    /// For each group, the marks of the words that make another word when they are written after one of its forms;
    /// ascending.
    pub fn partners(&self) -> Vec<Vec<u8>> {
        let mut of_form: Vec<Vec<u8>> = vec![Vec::new(); self.forms.len()];
        for (first, second) in self.compounds.pairs() {
            of_form[first as usize].push(partner(&self.forms[second as usize].folded));
        }
        let of_group = |group: &FormGroup| {
            let marks: BTreeSet<u8> =
                group.forms.iter().flat_map(|&form| &of_form[form as usize]).copied().collect();
            marks.into_iter().collect()
        };
        self.groups.par_iter().map(of_group).collect()
    }
}

/// Analyses documents of one language, which is a BCP 47 tag, in the order of their numbers, with their
/// fingerprints where there is a memo: what that knows is not done again. Cost: linear in their text; runs on all threads of the
/// current pool, and gives the same forms, groups and words for any number of them.
pub fn analyse(
    (documents, numbers, keys): (&[Document], &[u32], &[Key]),
    language: &str,
    synonyms: &Synonyms,
    memo: &Memo,
) -> Analysed {
    let synonyms = synonyms.pairs();
    let tasks: Vec<Range<usize>> = if memo.is_on() {
        let per_chapter = chapter_numbers(documents.len());
        let chapters = numbers.chunk_by(|a, b| a / per_chapter == b / per_chapter);
        let mut start = 0;
        let tasks_of = |chapter: &[u32]| {
            let first = start;
            start += chapter.len();
            tasks(&documents[first..start], KEPT_TASK_BYTES)
                .into_iter()
                .map(move |task| first + task.start..first + task.end)
        };
        chapters.flat_map(tasks_of).collect()
    } else {
        let n_tasks = rayon::current_num_threads() * TASKS_PER_THREAD;
        tasks(documents, documents.iter().map(length).sum::<usize>().div_ceil(n_tasks))
    };
    let characters_of = |task: &Range<usize>| {
        let mut seen = BTreeSet::new();
        documents[task.clone()].iter().for_each(|document| characters_of(document, &mut seen));
        seen
    };
    let of_tasks: Vec<BTreeSet<char>> = tasks.par_iter().map(characters_of).collect();
    let mut characters: BTreeSet<char> = of_tasks.iter().flatten().copied().collect();
    characters.extend(synonyms.iter().flat_map(|(typed, meant)| typed.chars().chain(meant.chars())));
    let tables = characters::tables(&characters, language, Endings::default());
    let analyser = Analyser::new(tables.clone());
    let (mut vocabularies, segments): (Vec<Vocabulary>, Vec<Vec<Segment>>) = tasks
        .into_par_iter()
        .zip(of_tasks)
        .enumerate()
        .map(|(task, (range, characters))| {
            let (first, documents) = (range.start, &documents[range.clone()]);
            if memo.is_on() {
                let key = kept::key(&tables, &characters, &keys[range]);
                kept::words(memo, key, task, first, || words(&analyser, task, first, documents))
            } else {
                words(&analyser, task, first, documents)
            }
        })
        .unzip();
    let read = |phrase: &str| {
        let forms = forms_of_phrase(&analyser, phrase);
        (!forms.is_empty()).then_some(forms)
    };
    let synonyms: Vec<(Vec<String>, Vec<String>)> =
        synonyms.iter().filter_map(|(typed, meant)| Some((read(typed)?, read(meant)?))).collect();
    // A word that is typed for another need not stand in any document.
    let mut typed = Vocabulary::default();
    synonyms.iter().for_each(|(words, _)| _ = typed.number(&words[0]));
    vocabularies.push(typed);
    let (forms, forms_of) = vocabulary::merge(&vocabularies);
    drop(vocabularies);
    let ((groups, endings), compounds) =
        rayon::join(|| groups::group(&forms, language), || Compounds::of(&forms));
    let accented = forms.iter().map(|form| &*form.folded).filter(|form| is_accented(form));
    let tables = characters::with_accents_of(accented, &tables, endings);
    let segments = segments.into_iter().flatten().collect();
    Analysed { tables, forms, groups, compounds, synonyms, segments, forms_of }
}

/// The forms of a word or of several; of a word that is written with signs or hyphens the one that is all of it.
fn forms_of_phrase(analyser: &Analyser, phrase: &str) -> Vec<String> {
    let (mut words, mut whole) = (Vec::new(), None);
    analyser.each(phrase, &mut |token| match token.kind {
        Kind::Word => words.push(token.term.to_owned()),
        Kind::Accented => {}
        Kind::Operator | Kind::Again | Kind::Signed | Kind::Inner => {
            if (token.start, token.end) == (0, phrase.len()) {
                whole = Some(token.term.to_owned());
            }
        }
    });
    whole.map_or(words, |whole| vec![whole])
}

/// About how long the text of a document is, in bytes.
fn length(document: &Document) -> usize {
    document.passages.iter().map(|passage| passage.text.len()).sum::<usize>() + 1
}

/// Cuts documents into stretches of about so many bytes of text, one for each task.
fn tasks(documents: &[Document], target: usize) -> Vec<Range<usize>> {
    let mut tasks = Vec::new();
    let (mut start, mut filled) = (0, 0);
    for (at, document) in documents.iter().enumerate() {
        filled += length(document);
        if filled >= target {
            tasks.push(start..at + 1);
            (start, filled) = (at + 1, 0);
        }
    }
    if start < documents.len() {
        tasks.push(start..documents.len());
    }
    tasks
}

/// Every text of a document that is searched, passages ascending; the path is that of [`path`].
fn texts<'d>(document: &'d Document, path: &'d str) -> impl Iterator<Item = (u32, Field, &'d str)> {
    let passages = document.passages.iter().zip(0u32..).flat_map(|(passage, number)| {
        let heading = if passage.continued { "" } else { &*passage.heading };
        [(number, Field::Heading, heading), (number, Field::Body, &*passage.text)]
    });
    [(0, Field::Title, &*document.title), (0, Field::Path, path)]
        .into_iter()
        .chain(passages)
        .filter(|entry| !entry.2.is_empty())
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

fn characters_of(document: &Document, seen: &mut BTreeSet<char>) {
    for (_, _, text) in texts(document, &path(&document.url)) {
        // Most texts have few characters beyond ASCII, so the way to the next one is what counts.
        let mut rest = text;
        let mut last = '\0';
        while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
            let mut characters = rest[at..].chars();
            for character in characters.by_ref().take_while(|character| !character.is_ascii()) {
                if character != last {
                    seen.insert(character);
                    last = character;
                }
            }
            rest = characters.as_str();
        }
    }
}

/// The words of some documents, over a vocabulary of their own.
fn words(
    analyser: &Analyser,
    task: usize,
    first: usize,
    documents: &[Document],
) -> (Vocabulary, Vec<Segment>) {
    let mut vocabulary = Vocabulary::default();
    let mut segments = SegmentsWriter::new(task, first);
    let (mut words, mut joined, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents {
        for (passage, field, text) in texts(document, &path(&document.url)) {
            words.clear();
            joined.clear();
            inner.clear();
            // A path has no accents, whatever its words have.
            let tells = u32::from(field != Field::Path);
            analyser.each(text, &mut |token| {
                let number = vocabulary.number(token.term);
                let written = &text[token.start..token.end];
                if !written.is_ascii() && token.kind != Kind::Accented {
                    vocabulary.note(number, token.term, written);
                }
                match token.kind {
                    Kind::Word => {
                        words.push(number);
                        *vocabulary.bare(number) += tells;
                    }
                    Kind::Accented => {
                        joined.push(number);
                        let word = words.last().copied().unwrap_or_default();
                        *vocabulary.bare(word) -= tells;
                    }
                    // An operator is found like a word, and makes no text longer.
                    Kind::Operator | Kind::Again | Kind::Signed => joined.push(number),
                    Kind::Inner => inner.push(number),
                }
            });
            if !(words.is_empty() && joined.is_empty()) {
                segments.stretch(passage, field, &words, &joined);
            }
            // A path is in no passage, and people read its words as they stand there.
            if !inner.is_empty() && field != Field::Path {
                segments.stretch(passage, Field::Inner, &[], &inner);
            }
        }
        segments.end_document();
    }
    (vocabulary, segments.finish())
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

    fn analysed(documents: &[Document], language: &str) -> Analysed {
        let numbers: Vec<u32> = (0..documents.len() as u32).collect();
        analyse((documents, &numbers, &[]), language, &Synonyms::default(), &Memo::default())
    }

    /// The words of each field, and those that join several, as they are written.
    fn fields(analysed: &Analysed) -> Vec<(Field, Vec<&str>, Vec<&str>)> {
        let mut fields = Vec::new();
        for segment in &analysed.segments {
            let form = |&word: &u32| analysed.forms_of[segment.vocabulary][word as usize];
            let spelt = |words: &[u32]| {
                words.iter().map(|word| &*analysed.forms[form(word) as usize].folded).collect()
            };
            let mut stretches = segment.stretches();
            while let Some(stretch) = stretches.next() {
                fields.push((stretch.field, spelt(&stretch.words), spelt(&stretch.joined)));
            }
        }
        fields
    }

    #[test]
    fn each_field_has_its_words() {
        let analysed = analysed(&[document("The Title", "Body-text.")], "en");
        let expected = [
            (Field::Title, vec!["the", "title"], vec![]),
            (Field::Path, vec!["a", "some", "page"], vec!["somepage"]),
            (Field::Body, vec!["body", "text"], vec!["bodytext"]),
        ];
        assert_eq!(fields(&analysed), expected);
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
    fn tasks_cover_all_documents_in_order() {
        let lengths = [5, 0, 700, 1, 1, 1, 90, 0];
        let documents = lengths.map(|length| document("T", &"w".repeat(length)));
        for n in 0..=documents.len() {
            for target in [0, 1, 100, 1000] {
                let places: Vec<usize> = tasks(&documents[..n], target).into_iter().flatten().collect();
                assert!(places.into_iter().eq(0..n));
            }
        }
    }

    #[test]
    fn the_order_of_documents_does_not_change_the_vocabulary() {
        let one = document("Été", "étude ETUDE");
        let two = document("ete", "Étude etudes");
        let there = analysed(&[one.clone(), two.clone()], "fr");
        let back = analysed(&[two, one], "fr");
        assert_eq!(there.forms, back.forms);
        assert_eq!(there.groups, back.groups);
        assert_eq!(there.tables, back.tables);
    }
}
