//! A file that opens is just what sealing its payload gives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_format::{Deflated, Envelope, Expected, FileId, MAX_RAW_BYTES, digest, seal_group, seal_head};

fuzz_target!(|bytes: &[u8]| {
    check_head(bytes);
    check_part(bytes, FileId::default());
    // No input would guess the digests that guard what follows them.
    for kind in [1, 2] {
        check_head(&[b"SLT\x1a\x01\x00", &[kind][..], bytes].concat());
    }
    let Some((raw_len, payload)) = bytes.split_first_chunk() else { return };
    let raw_len = u32::from_le_bytes(*raw_len) as usize % MAX_RAW_BYTES;
    let parts = payload.chunks(9).map(|payload| Deflated { payload: payload.to_vec(), raw_len });
    let (group, files) = seal_group(&parts.collect::<Vec<_>>()).expect("the length is within the limit");
    for (number, file) in (0..).zip(&files) {
        check_part(file, FileId { group, number });
        assert!(Envelope::open(file, Expected::Part(FileId { group, number })).is_ok());
    }
});

fn check_head(file: &[u8]) {
    let promised = digest(file);
    assert!(Envelope::open(file, Expected::Head(!promised)).is_err(), "another digest was promised");
    if let Ok(Envelope { payload, raw_len }) = Envelope::open(file, Expected::Head(promised)) {
        assert!(raw_len <= MAX_RAW_BYTES);
        let sealed = seal_head(&Deflated { payload: payload.to_vec(), raw_len });
        assert_eq!(sealed.as_deref(), Ok(file));
    }
}

fn check_part(file: &[u8], id: FileId) {
    let other = [FileId { number: id.number ^ 1, ..id }, FileId { group: !id.group, ..id }];
    if let Ok(envelope) = Envelope::open(file, Expected::Part(id)) {
        assert!(envelope.raw_len <= MAX_RAW_BYTES);
        assert!(
            file.windows(envelope.payload.len().max(1)).any(|window| window.starts_with(envelope.payload))
        );
        for id in other {
            assert!(Envelope::open(file, Expected::Part(id)).is_err(), "it has another name");
        }
    }
}
