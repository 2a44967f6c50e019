//! How fast a generated terms section is decoded.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use searchlet_format::{EntriesWriter, Entry, Postings, PostingsBuilder, Terms, group_body};

/// Documents of a common word: a third of a large site.
const N_DOCUMENTS: u32 = 5_000;

/// Groups of a section: so many terms stand in one part of a large site.
const N_GROUPS: u32 = 2_000;

/// Postings with uneven gaps, two forms, up to three passages a document.
fn postings(n_documents: u32) -> Postings {
    let mut builder = PostingsBuilder::default();
    for n in 0..n_documents {
        let passages: Vec<(u32, u8)> = (0..n % 4).map(|passage| (passage * 2 + n % 3, 20)).collect();
        builder.add(n * 3 + n % 2, (n % 32) as u8, (n % 8) as u8, 1 + n % 3, &passages);
    }
    builder.finish()
}

/// Groups with keys that share beginnings; `n_documents` says how many documents each has.
fn section(n_groups: u32, n_documents: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut writer = EntriesWriter::default();
    for n in 0..n_groups {
        writer
            .add(&format!("searchable{n:05}"), &group_body(&["", "s"], &[], &[], &postings(n_documents(n))));
    }
    writer.finish()
}

fn benches(criterion: &mut Criterion) {
    let mut benches = criterion.benchmark_group("terms");

    let common = section(1, |_| N_DOCUMENTS);
    let mut terms = Terms::new(&common).expect("a section");
    let Some(Entry::Group(group)) = terms.next_entry().expect("an entry") else {
        panic!("a group was written")
    };
    benches.throughput(Throughput::Elements(u64::from(N_DOCUMENTS)));
    benches.bench_function("decode postings", |bencher| {
        bencher.iter(|| black_box(&group).postings().expect("it was written"));
    });

    let many = section(N_GROUPS, |n| 1 + n % 40);
    benches.throughput(Throughput::Bytes(many.len() as u64));
    benches.bench_function("scan", |bencher| bencher.iter(|| scan(black_box(&many))));
    benches.bench_function("check", |bencher| bencher.iter(|| Terms::check(black_box(&many))));
    benches.finish();
}

/// Steps over each group as a search does that looks for a key.
fn scan(section: &[u8]) -> usize {
    let mut terms = Terms::new(section).expect("a section");
    let mut bytes = 0;
    while let Some(entry) = terms.next_entry().expect("it was written") {
        if let Entry::Group(group) = entry {
            bytes += group.key.len();
        }
    }
    bytes
}

criterion_group!(all, benches);
criterion_main!(all);
