//! How fast the tokens of a generated page are cut.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use searchlet_text::{Analyser, Class, Endings, Tables};

/// Sentences of a page; 600 make about 60 kB, a long page of documentation.
const N_SENTENCES: usize = 600;

/// As plain as most text is; every sentence holds a number of its own.
fn ascii() -> String {
    (0..N_SENTENCES)
        .map(|n| {
            format!("The well-known reader's page number {n} says: call foo_bar({n}.5), then go on reading. ")
        })
        .collect()
}

/// With a word beyond ASCII in each clause, so that the tables are looked into.
fn accented() -> String {
    (0..N_SENTENCES)
        .map(|n| {
            format!("L’élève numéro {n} était naïf, où la Straße größer ist: “voilà” — déjà {n} cafés. ")
        })
        .collect()
}

/// Tables for the letters of the generated text, as the indexer would make them.
fn tables() -> Tables {
    let mut folds: Vec<(char, Box<str>)> =
        [('à', "a"), ('é', "e"), ('è', "e"), ('ï', "i"), ('ö', "o"), ('ù', "u"), ('ß', "ss")]
            .map(|(character, folded)| (character, folded.into()))
            .to_vec();
    folds.sort();
    let classes = folds.iter().map(|fold| (fold.0, Class::Letter));
    let marks = [('—', Class::Break), ('’', Class::Apostrophe), ('“', Class::Break), ('”', Class::Break)];
    Tables::new(classes.chain(marks).collect(), folds, Endings::default())
}

fn benches(criterion: &mut Criterion) {
    let analyser = Analyser::new(tables());
    let mut group = criterion.benchmark_group("analyser");
    for (name, text) in [("ascii", ascii()), ("accented", accented())] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut bytes = 0;
                analyser.each(black_box(&text), &mut |token| bytes += token.term.len());
                bytes
            });
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
