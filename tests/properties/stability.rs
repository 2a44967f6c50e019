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

/// Pages that are changed, each by itself. One in some dozens moves an average length past the next step of its rounding,
/// and with it every impact; so the middle one tells.
const CHANGED: [usize; 3] = [333, 700, 1100];

#[test]
fn a_change_of_one_page_leaves_many_files_as_they_were() {
    let before = files(pages(PAGES));
    let all: usize = before.values().sum();
    let stay = |least: usize, what: &str, change: &dyn Fn(usize, &mut Vec<Document>)| {
        let mut stayed = CHANGED.map(|number| {
            let mut documents = pages(PAGES);
            change(number, &mut documents);
            let after = files(documents);
            before.iter().filter(|file| after.contains_key(file.0)).map(|file| file.1).sum::<usize>()
        });
        stayed.sort_unstable();
        assert!(stayed[1] * 100 >= all * least, "{what}: {stayed:?} of {all} bytes stay");
    };
    let reversed = files(pages(PAGES).into_iter().rev().collect());
    assert!(reversed == before, "the order of the documents changes nothing");
    stay(80, "a word", &|number, documents| documents[number].passages[1].text.push_str(" zymurgy"));
    stay(65, "a passage", &|number, documents| {
        documents[number].passages[1] = page(number, 1).passages[1].clone();
    });
    stay(33, "removed", &|number, documents| drop(documents.remove(number)));
    stay(25, "renamed", &|number, documents| documents[number].url = format!("other/{number}.html"));
    stay(50, "added", &|number, documents| {
        documents.push(Document { url: "new/page.html".into(), ..page(PAGES + number, 0) });
    });
}
