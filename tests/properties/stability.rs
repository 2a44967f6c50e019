//! A page that comes, goes, moves or changes leaves most files of the bundle as they were.

use super::generated::{page, pages};
use searchlet_index::{Document, Settings, build};
use std::collections::BTreeMap;

const PAGES: usize = 1500;

/// Of the bytes of a bundle, so many of a hundred lie in files whose name the other one has, too.
fn kept(bundle: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> usize {
    let all: usize = bundle.values().sum();
    let same: usize = bundle.iter().filter(|file| other.contains_key(file.0)).map(|file| file.1).sum();
    same * 100 / all
}

fn files(documents: Vec<Document>) -> BTreeMap<String, usize> {
    let settings = Settings { part_bytes: Some(2048), ..Settings::default() };
    let built = build(documents, &[], &settings).expect("there are documents");
    built.bundle.files().map(|(name, bytes)| (name.to_owned(), bytes.len())).collect()
}

#[test]
fn a_change_of_one_page_leaves_most_files_as_they_were() {
    let before = files(pages(PAGES));
    for number in [7, 700, 1324] {
        let changed = |what: &str, change: &dyn Fn(&mut Vec<Document>)| {
            let mut documents = pages(PAGES);
            change(&mut documents);
            let after = files(documents);
            let shares = [kept(&before, &after), kept(&after, &before)];
            eprintln!(
                "{number} {what}: {shares:?} of {} bytes, {} files",
                before.values().sum::<usize>(),
                before.len()
            );
            assert!(shares.iter().all(|&share| share >= 75), "{what} page {number}: {shares:?} % stay");
        };
        changed("edited", &|documents| documents[number].passages[1] = page(number, 1).passages[1].clone());
        changed("rewritten", &|documents| documents[number].passages = page(number, 1).passages);
        changed("removed", &|documents| drop(documents.remove(number)));
        changed("renamed", &|documents| documents[number].url = format!("other/{number}.html"));
        changed("added", &|documents| {
            documents.push(Document { url: format!("new/{number}.html"), ..page(PAGES + number, 0) });
        });
    }
}
