//! A search waits for few rounds of requests, whatever is asked.

use super::by_hand::ByHand;
use super::generated::{pages, stem};
use searchlet_index::Settings;
use searchlet_search::Options;

#[test]
fn measure() {
    let documents = pages(400);
    for (name, settings) in [
        ("usual", Settings::default()),
        ("2048", Settings { part_bytes: Some(2048), ..Settings::default() }),
        ("2048 prep", Settings { part_bytes: Some(2048), prefix_postings: Some(300), ..Settings::default() }),
    ] {
        let mut index = ByHand::new(&documents, &settings);
        eprintln!("{name}: depth {}", index.depth());
        index.forget();
        let mut queries: Vec<String> = Vec::new();
        for number in [0usize, 1, 2, 5, 10, 30, 70, 100, 200, 300, 500, 800, 1200, 2000, 3000, 5000] {
            let word = stem(number);
            for end in 1..=word.len() {
                queries.push(word[..end].to_owned());
            }
            queries.push(format!("{word} "));
            queries.push(format!("{word}er "));
            queries.push(format!("{word}able "));
            for other in [1usize, 50, 400, 3000] {
                queries.push(format!("{word} {}", stem(other)));
                queries.push(format!("{word} {} ", stem(other)));
                queries.push(format!("{word}-{} ", stem(other)));
                queries.push(format!("{word}{} ", stem(other)));
                queries.push(format!("{word} {} {} ", stem(other), stem(number + other + 1)));
                queries.push(format!("{word}ing {}ed {}er ", stem(other), stem(number + other + 1)));
            }
        }
        queries.push("zzzzzz ".into());
        queries.push("zzzzzz xxxxx".into());
        let mut counts = [0; 9];
        let (mut rest, mut all) = ((0, 0, 0), 0);
        for query in &queries {
            let (found, rounds) = index.search(query, Options::default());
            counts[rounds.len()] += 1;
            all += index.bytes;
            if rounds.len() > 3 {
                rest = (rest.0 + 1, rest.1 + rounds.iter().sum::<usize>(), rest.2 + index.bytes);
            }
            index.bytes = 0;
            if rounds.len() > 3 {
                eprintln!("{query:?}: {rounds:?} total {}", found.total);
            }
            let rounds = index.suggest(query);
            index.bytes = 0;
            if rounds.len() > 2 {
                eprintln!("suggest {query:?}: {rounds:?}");
            }
        }
        eprintln!("{name}: four rounds: {rest:?}, all bytes {all}");
        eprintln!("{name}: {counts:?} of {}", queries.len());
    }
}
