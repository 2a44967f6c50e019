//! The demo's documents, searched through the packed bundle that `build.rs` embeds.

use searchlet_search::{Options, local::Local};

/// The bundle, as any Rust program would embed it.
const SEEDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/seeds.pack"));

fn urls(query: &str) -> Vec<String> {
    let mut index = Local::packed(SEEDS, None).expect("the bundle was built just now");
    let found = index.search(query, Options::default());
    assert!(found.complete, "{found:?}");
    found.hits.into_iter().filter(|hit| hit.missing.is_empty()).map(|hit| hit.url).collect()
}

#[test]
fn the_obviously_right_document_comes_first() {
    for (query, first) in [
        ("asean regional cert", "001_54c65e376eacef12.txt"),
        ("cyber-security france", "002_0dad7d50271e7878.txt"),
        ("kamala harris", "003_88708dbad2e4c2d5.txt"),
        ("APEC CBPR", "000_7c4ee614e3720f3f.txt"),
        ("AMCC 2018", "004_482bc1e1b9f55c44.txt"),
        ("smart cities network", "000_7c4ee614e3720f3f.txt"),
    ] {
        assert_eq!(urls(query).first().map(String::as_str), Some(first), "{query}");
    }
}

#[test]
fn a_compound_finds_the_same_documents_however_it_is_typed() {
    let sorted = |query: &str| {
        let mut urls = urls(query);
        urls.sort();
        urls
    };
    assert_eq!(sorted("cybersecurity").len(), 5);
    assert_eq!(sorted("cybersecurity"), sorted("cyber-security"));
    assert_eq!(sorted("cybersecurity"), sorted("cyber security"));
}

#[test]
fn every_title_finds_its_document_at_every_keystroke_from_some_point_on() {
    let mut index = Local::packed(SEEDS, None).expect("the bundle was built just now");
    let titles: Vec<(String, String)> = index
        .search("singapore", Options::default())
        .hits
        .into_iter()
        .map(|hit| (hit.url, hit.title))
        .collect();
    assert_eq!(titles.len(), 5);
    for (url, title) in titles {
        let found = index.search(&title, Options::default());
        assert_eq!(found.hits[0].url, url, "{title}");
        for (at, _) in title.char_indices().skip(3) {
            assert!(index.search(&title[..at], Options::default()).total > 0, "{}", &title[..at]);
        }
    }
}
