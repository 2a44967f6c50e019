//! A columns section that passes its check is read to the end without a fault.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{Columns, EntriesWriter, column_body, number_of, number_value};

fuzz_target!(|section: &[u8]| {
    if Columns::check(section).is_err() {
        return;
    }
    let mut columns = Columns::new(section).expect("it was checked");
    let mut entries = Vec::new();
    while let Some((place, documents)) = columns.next_entry(&|_| true).expect("it was checked") {
        assert!(documents.is_sorted_by(|a, b| a < b));
        let number = number_of(place);
        assert!(number.is_nan() || number_of(&number_value(number)) == number);
        entries.push((place.to_owned(), documents));
    }
    if entries.is_sorted_by(|a, b| a.0 <= b.0) {
        let mut writer = EntriesWriter::default();
        entries.iter().for_each(|(place, documents)| writer.add(place, &column_body(documents)));
        assert_eq!(Columns::check(&writer.finish()), Ok(()));
    }
});
