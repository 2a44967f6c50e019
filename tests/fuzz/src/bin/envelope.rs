//! A file that opens is just what sealing its payload gives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{Envelope, Kind, MAX_RAW_BYTES, digest, seal};

fuzz_target!(|bytes: &[u8]| {
    for kind in [Kind::Head, Kind::Part] {
        check(bytes, kind);
        check(&[b"SLT\x1a\x01\x00", bytes].concat(), kind);
    }
});

fn check(file: &[u8], kind: Kind) {
    let promised = digest(file);
    assert!(Envelope::open(file, kind, !promised).is_err(), "another digest was promised");
    if let Ok(envelope) = Envelope::open(file, kind, promised) {
        assert!(envelope.raw_len <= MAX_RAW_BYTES);
        let sealed = seal(kind, envelope.raw_len, envelope.payload);
        assert_eq!(sealed.as_deref(), Ok(file));
    }
}
