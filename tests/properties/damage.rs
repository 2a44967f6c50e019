//! Damage to any file of a bundle is refused or told.

use super::corpus::ALL;
use searchlet_index::{Document, Passage, Settings, build};
use searchlet_search::{Found, OpenError, local::Local};
use std::collections::BTreeMap;

type Files = BTreeMap<String, Vec<u8>>;

const QUERIES: [&str; 4] = ["running data", "cyber-security ", "b", "nothing of the kind"];

/// Small parts, with three levels of directory over them, every prefix prepared; parts of several keys, with a level;
/// one part.
fn cuts() -> [Settings; 3] {
    let cut = |part_bytes, level_entries, prefix_postings| Settings {
        part_bytes,
        level_entries,
        prefix_postings,
        ..Settings::default()
    };
    [cut(Some(64), Some(2), Some(0)), cut(Some(512), Some(4), Some(3)), Settings::default()]
}

fn files(salt: &str, settings: &Settings) -> Files {
    let passage = |number: usize| Passage {
        heading: format!("Data {number}"),
        level: 2,
        id: Some(format!("p{number}")),
        text: format!("The runner{number} runs a database of cyber-security, {salt} and été {number}."),
        ..Passage::default()
    };
    let document = |number: usize| Document {
        url: format!("b/{number}.html"),
        title: format!("Base {number} {salt}"),
        language: number.is_multiple_of(3).then(|| "de".to_owned()),
        passages: (0..=number % 3).map(passage).collect(),
        ..Document::default()
    };
    let built = build((0..7).map(document).collect(), &[], settings).expect("there are documents");
    built.bundle.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

fn opened(files: &Files) -> Result<Local, OpenError> {
    let files = files.clone();
    Local::open(move |name| files.get(name).cloned().ok_or_else(|| "no such file".to_owned()), None)
}

fn answers(files: &Files) -> Vec<Found> {
    let mut index = opened(files).expect("an undamaged bundle");
    let answers: Vec<Found> = QUERIES.iter().map(|query| index.search(query, ALL)).collect();
    assert!(answers.iter().all(|found| found.complete && found.touched.is_empty()), "{answers:?}");
    assert!(index.verify().is_empty());
    answers
}

/// Asks everything of a bundle in which one file was altered.
fn is_told(files: &Files, expected: &[Found], what: &str) {
    let Ok(mut index) = opened(files) else { return };
    for (query, expected) in QUERIES.iter().zip(expected) {
        let found = index.search(query, ALL);
        let suggested = index.suggest(query, 5);
        assert!(suggested.len() <= 5);
        if found.complete {
            assert_eq!(&found, expected, "{what}: {query:?} is wrong in silence");
        } else {
            // A word that cannot be looked up is named; a hit that cannot be shown was found all the same.
            let told = !found.touched.is_empty() || found.total == expected.total;
            assert!(told, "{what}: {query:?} names no word: {found:?}");
            assert!(found.touched.iter().all(|word| query.contains(&**word)), "{what}: {found:?}");
        }
    }
}

#[test]
fn no_damage_to_a_file_is_passed_over() {
    for settings in cuts() {
        let files = files("one", &settings);
        let expected = answers(&files);
        let other = self::files("two", &settings);
        let names: Vec<&String> = files.keys().collect();
        assert!(names.len() > 4, "{names:?}");
        for (number, name) in names.iter().enumerate() {
            let bytes = &files[*name];
            let swapped = &files[names[(number + 1) % names.len()]];
            let of_another_build = other.values().nth(number).unwrap_or(swapped);
            let mut altered = vec![
                ("empty", Vec::new()),
                ("half", bytes[..bytes.len() / 2].to_vec()),
                ("all but the last byte", bytes[..bytes.len() - 1].to_vec()),
                ("and more", [bytes, &b"\0"[..]].concat()),
                ("an error page", b"<!doctype html><title>404</title>".to_vec()),
                ("swapped", swapped.clone()),
                ("of another build", of_another_build.clone()),
            ];
            for at in (0..bytes.len()).step_by(if bytes.len() > 400 { 13 } else { 5 }) {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << (at % 8);
                altered.push(("flipped", flipped));
            }
            for (what, bytes) in altered {
                let mut files = files.clone();
                files.insert((*name).clone(), bytes);
                is_told(&files, &expected, &format!("{name} {what}"));
            }
            let mut without = files.clone();
            without.remove(*name);
            is_told(&without, &expected, &format!("{name} missing"));
        }
    }
}

/// All files of one head are away but the head.
#[test]
fn without_any_part_every_word_is_named() {
    let mut files = files("one", &cuts()[0]);
    let expected = answers(&files);
    files.retain(|name, _| !name.starts_with("parts/"));
    is_told(&files, &expected, "no parts");
    let mut index = opened(&files).expect("root and heads are there");
    let found = index.search("running data", ALL);
    assert!(!found.complete);
    assert_eq!(found.touched, ["running", "data"]);
    assert!(!index.verify().is_empty());
}
