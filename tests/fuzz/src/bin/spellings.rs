//! A spellings section that passes its check is read to the end without a fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{EntriesWriter, Spellings, form_of, reversed};

fuzz_target!(|section: &[u8]| {
    if Spellings::check(section).is_err() {
        return;
    }
    let mut spellings = Spellings::new(section).expect("it was checked");
    let mut entries = Vec::new();
    while let Some((spelling, magnitude)) = spellings.next_entry().expect("it was checked") {
        let form = form_of(spelling);
        assert!(form == spelling || reversed(&form) == spelling);
        entries.push((spelling.to_owned(), magnitude));
    }
    if entries.is_sorted_by(|a, b| a.0 <= b.0) {
        let mut writer = EntriesWriter::default();
        entries.iter().for_each(|(spelling, magnitude)| writer.add(spelling, &[*magnitude]));
        assert_eq!(Spellings::check(&writer.finish()), Ok(()));
    }
});
