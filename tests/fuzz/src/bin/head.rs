//! Whatever a head reads as, it writes in a way that reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::Head;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(head) = Head::read(bytes) {
        let written = head.write().expect("metadata that was read is within the limit");
        assert_eq!(Head::read(&written), Ok(head));
    }
});
