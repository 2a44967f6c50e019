//! Any bytes make sound documents when they are read as a page of HTML.

#![no_main]

use libfuzzer_sys::fuzz_target;
use searchlet_fuzz::check_extracted;
use searchlet_index::source::Kind;

fuzz_target!(|bytes: &[u8]| check_extracted(Kind::Html, bytes));
