//! Any text is a query, of which excerpts show nothing that the documents do not hold.

#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use searchlet_fuzz::{site, texts};
use searchlet_index::Settings;
use searchlet_search::local::Local;
use searchlet_search::{Found, Options, Segment};

thread_local! {
    // One file, then many small ones: what is found must not depend on it.
    static SITES: RefCell<[Local; 2]> = RefCell::new([(None, None), (Some(64), Some(2))].map(|(part_bytes, level_entries)| {
        let settings = Settings { part_bytes, level_entries, ..Settings::default() };
        Local::packed(site(&settings).pack(), None).expect("a bundle that was built opens")
    }));
    static TEXTS: Vec<String> = texts();
}

fuzz_target!(|query: &str| {
    SITES.with_borrow_mut(|[whole, cut]| {
        let found = whole.search(query, Options::default());
        TEXTS.with(|texts| check(&found, query, texts));
        assert_eq!(found, cut.search(query, Options::default()));
        let suggestions = whole.suggest(query, 10);
        assert!(suggestions.len() <= 10);
        assert_eq!(suggestions, cut.suggest(query, 10));
    });
});

fn check(found: &Found, query: &str, texts: &[String]) {
    assert_eq!(found.query, query);
    assert!(found.complete && found.touched.is_empty());
    assert!(found.hits.len() <= Options::default().limit);
    for hit in &found.hits {
        check_excerpt(&hit.excerpt, texts);
        hit.passages.iter().for_each(|passage| check_excerpt(&passage.excerpt, texts));
    }
}

fn check_excerpt(excerpt: &[Segment], texts: &[String]) {
    let shown: String = excerpt.iter().map(|segment| segment.text.as_str()).collect();
    let shown = shown.strip_prefix('…').unwrap_or(&shown);
    let shown = shown.strip_suffix('…').unwrap_or(shown);
    assert!(texts.iter().any(|text| text.contains(shown)), "{shown:?} stands in no document");
}
