//! What extraction promises of the documents that it makes of any bytes.

use std::collections::BTreeSet;

use searchlet_index::extract::extract;
use searchlet_index::source::{Kind, Source};

/// Extracts documents of `bytes` as a file of that kind, then checks what every later stage relies on.
pub fn check_extracted(kind: Kind, bytes: &[u8]) {
    let source = Source { path: "some/file.x".into(), ..Source::of("file.x", kind) };
    for document in extract(&source, bytes).documents {
        assert!(!document.title.is_empty(), "no title");
        assert!(!document.url.is_empty(), "no URL");
        let (lead, passages) = document.passages.split_first().expect("every document has a lead");
        assert!(lead.heading.is_empty() && lead.level == 0 && lead.id.is_none(), "a lead with a heading");
        let mut ids = BTreeSet::new();
        for passage in passages {
            assert!(!passage.heading.is_empty(), "a passage without heading");
            assert!((1..=6).contains(&passage.level), "level {}", passage.level);
            if let Some(id) = &passage.id {
                assert!(ids.insert(id), "the id {id:?} comes twice");
            }
        }
        let texts = document.passages.iter().flat_map(|passage| [&passage.heading, &passage.text]);
        for text in texts.chain([&document.title]) {
            assert!(text.lines().all(|line| line == line.trim() && !line.contains("  ")), "blanks: {text:?}");
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "a control character: {text:?}");
        }
    }
}
