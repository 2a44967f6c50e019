//! A prefixes section that passes its check is read to the end without a fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{EntriesWriter, Prefixes, prefix_body};

fuzz_target!(|bytes: &[u8]| {
    // The beginning of the input is a prefix that is looked for, the rest the section.
    let (text, section) = bytes.split_at(bytes.len().min(3));
    let Ok(text) = std::str::from_utf8(text) else { return };
    if Prefixes::check(section).is_err() {
        let _ = Prefixes::find(section, text);
        return;
    }
    for text in [text, "", "a"] {
        let Some(prefix) = Prefixes::find(section, text).expect("it was checked") else { continue };
        assert!(prefix.documents.is_sorted_by(|a, b| a < b));
        assert_eq!(prefix.documents.len(), prefix.impacts.len());
        assert!(prefix.completions.iter().all(|completion| completion.form.starts_with(text)));
        let mut writer = EntriesWriter::default();
        writer.add(text, &prefix_body(text, &prefix));
        assert_eq!(Prefixes::find(&writer.finish(), text), Ok(Some(prefix)));
    }
});
