//! A level of the directory that reads leads each key to one file, and writes in a way that reads as the same.

#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use searchlet_format::{DocumentPlace, First, Level, MAX_DEPTH};

fuzz_target!(|bytes: &[u8]| {
    check::<Box<str>>(bytes);
    check::<DocumentPlace>(bytes);
});

fn check<K: First + Debug>(bytes: &[u8]) {
    let Ok(level) = Level::<K>::read(bytes) else { return };
    assert!(level.depth <= MAX_DEPTH);
    assert_eq!(level.firsts.len(), level.files.len());
    for (first, file) in level.firsts.iter().zip(&level.files) {
        assert_eq!(level.stretches(|known| known <= first, |known| known <= first), [*file]);
    }
    assert_eq!(level.stretches(|_| false, |_| true), level.files);
    // A group without files leaves no trace.
    assert_eq!(Level::read(&level.section()), Ok(level));
}
