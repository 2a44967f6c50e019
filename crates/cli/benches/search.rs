//! How fast whole queries are answered over the index of generated documents.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use searchlet_index::{Document, Passage, Settings, build};
use searchlet_search::{Options, local::Local};

/// Documents of the index: a site of some size.
const N_DOCUMENTS: u32 = 3_000;

/// Words of a passage.
const N_WORDS: u32 = 80;

/// What the generated vocabulary is made of: 16³ words of three syllables.
const SYLLABLES: [&str; 16] =
    ["ba", "cor", "den", "fi", "gal", "hu", "ka", "lim", "mo", "nar", "pe", "qui", "ros", "sta", "ti", "ver"];

const N_VOCABULARY: u32 = 16 * 16 * 16;

/// A sequence of numbers that is the same on every machine: a linear congruential generator with Knuth's constants.
struct Sequence(u64);

impl Sequence {
    /// A number below `limit`.
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }

    /// A word, of which low numbers are common ones: the product of two draws leans towards them as texts do.
    fn word(&mut self) -> String {
        let number = self.below(N_VOCABULARY) * self.below(N_VOCABULARY) / N_VOCABULARY;
        word(number)
    }
}

fn word(number: u32) -> String {
    [number, number / 16, number / 256].map(|at| SYLLABLES[at as usize % SYLLABLES.len()]).concat()
}

fn passage(sequence: &mut Sequence, number: u32) -> Passage {
    let heading =
        if number == 0 { String::new() } else { format!("{} {}", sequence.word(), sequence.word()) };
    let mut text = String::new();
    for n in 0..N_WORDS {
        let end = if n % 12 == 11 { ". The " } else { " " };
        let _ = write!(text, "{}{end}", sequence.word());
    }
    let text = text.trim_end().to_owned();
    let id = (number > 0).then(|| format!("s{number}"));
    Passage { heading, level: if number > 0 { 2 } else { 0 }, id, text, ..Passage::default() }
}

fn documents() -> Vec<Document> {
    let mut sequence = Sequence(1);
    let document = |number| Document {
        url: format!("page{number:05}.html"),
        title: format!("{} {}", sequence.word(), sequence.word()),
        passages: (0..3).map(|number| passage(&mut sequence, number)).collect(),
        ..Document::default()
    };
    (0..N_DOCUMENTS).map(document).collect()
}

fn benches(criterion: &mut Criterion) {
    let built = build(documents(), &[], &Settings::default()).expect("there are documents");
    let mut index = Local::packed(built.bundle.pack(), None).expect("a bundle that was built opens");
    let queries = [
        ("one word", word(700)),
        ("three words", format!("{} {} {}", word(300), word(700), word(1_100))),
        ("one letter", "s".to_owned()),
        ("sentence", format!("how does the {} of {} the {} {}", word(40), word(300), word(900), word(5))),
    ];
    let mut group = criterion.benchmark_group("search");
    for (name, query) in queries {
        assert!(index.search(&query, Options::default()).complete, "{query}");
        let found = index.search(&query, Options::default());
        assert!(!found.hits.is_empty(), "{found:?}");
        group.bench_function(name, |bencher| {
            bencher.iter(|| index.search(black_box(&query), Options::default()));
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
