//! A packed bundle that reads gives each file that it names, and packs to what reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{Packed, pack};

fuzz_target!(|bytes: &[u8]| {
    check(bytes);
    check(&[b"SLTPACK1", bytes].concat());
});

fn check(bytes: &[u8]) {
    let Ok(packed) = Packed::read(bytes) else { return };
    assert!(packed.names().is_sorted_by(|a, b| a < b));
    let files = || packed.names().map(|name| (name, packed.file(name).expect("it is named")));
    let again = Packed::read(pack(files())).expect("it was packed");
    assert!(again.names().eq(packed.names()));
    for (name, content) in files() {
        assert_eq!(again.file(name), Some(content));
    }
}
