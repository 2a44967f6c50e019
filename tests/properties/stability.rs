//! A page that comes, goes, moves or changes leaves many files of the bundle as they were.

use super::generated::{page, pages};
use searchlet_index::{Document, Settings, build};
use std::collections::BTreeMap;

/// A site of a few chapters, in which every page holds most of the common words: so each changes the parts that hold
/// these, which are half of the bytes. Of a large site it changes few.
const PAGES: usize = 1500;

/// Name and size of each file.
fn files(documents: Vec<Document>) -> BTreeMap<String, usize> {
    let settings = Settings { part_bytes: Some(2048), ..Settings::default() };
    let built = build(documents, &[], &settings).expect("there are documents");
    built.bundle.files().map(|(name, bytes)| (name.to_owned(), bytes.len())).collect()
}

#[test]
fn a_change_of_one_page_leaves_many_files_as_they_were() {
    const NUMBER: usize = 700;
    let before = files(pages(PAGES));
    let all: usize = before.values().sum();
    let stay = |least: usize, what: &str, change: &dyn Fn(&mut Vec<Document>)| {
        let mut documents = pages(PAGES);
        change(&mut documents);
        let after = files(documents);
        let same: usize = before.iter().filter(|file| after.contains_key(file.0)).map(|file| file.1).sum();
        assert!(same * 100 >= all * least, "{what}: {same} of {all} bytes stay");
    };
    stay(100, "nothing", &|documents| documents.reverse());
    stay(80, "a word", &|documents| documents[NUMBER].passages[1].text.push_str(" zymurgy"));
    stay(65, "a passage", &|documents| {
        documents[NUMBER].passages[1] = page(NUMBER, 1).passages[1].clone();
    });
    stay(33, "removed", &|documents| drop(documents.remove(NUMBER)));
    stay(25, "renamed", &|documents| documents[NUMBER].url = format!("other/{NUMBER}.html"));
    stay(50, "added", &|documents| {
        documents.push(Document { url: "new/page.html".into(), ..page(PAGES, 0) });
    });
}
