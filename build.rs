//! The living example.

fn main() {}
