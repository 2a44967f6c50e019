//! Whoever types a word also finds what it stands for.

use super::corpus::{found, opened_with};
use std::collections::BTreeSet;

use searchlet_index::{Document, Passage, Settings, Synonym, Synonyms};

fn page(url: &str, text: &str) -> Document {
    let passage = Passage { text: text.into(), ..Passage::default() };
    Document { url: url.into(), passages: vec![passage], ..Document::default() }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn what_a_word_stands_for_is_found_after_the_word() {
    let documents = [
        page("auto", "Automobiles are machines."),
        page("car", "The car is a machine."),
        page("cdn", "A CDN is near its readers."),
        page("far", "The network of content and its delivery."),
        page("network", "A content delivery network is near its readers."),
        page("orchestra", "Kubernetes runs containers."),
    ];
    let synonyms = Synonyms::new(vec![
        Synonym::Alike(strings(&["car", "automobile"])),
        Synonym::Alike(strings(&["CDN", "content delivery network"])),
        Synonym::OneWay { from: strings(&["k8s"]), to: strings(&["Kubernetes"]) },
        Synonym::OneWay { from: strings(&["machine"]), to: strings(&["no such word"]) },
    ]);
    let synonyms = synonyms.expect("they make sense");
    for part_bytes in [None, Some(64)] {
        let settings = Settings { part_bytes, synonyms: synonyms.clone(), ..Settings::default() };
        let mut index = opened_with(&documents, &settings);
        let mut ask = |query: &str| {
            let found = found(&mut index, query);
            let hits = found.hits.iter().take(found.total).map(|hit| &*hit.url).collect::<Vec<_>>();
            (hits.join(" "), found.suggestion)
        };
        assert_eq!(ask("car "), ("car auto".to_owned(), None));
        assert_eq!(ask("cars "), ("car auto".to_owned(), None), "in any form");
        assert_eq!(ask("automobile "), ("auto car".to_owned(), None));
        assert_eq!(ask("car machine "), ("car auto".to_owned(), None));
        assert_eq!(ask("k8s "), ("orchestra".to_owned(), None), "no document has the word itself");
        assert_eq!(ask("kubernetes k8s "), ("orchestra".to_owned(), None));
        assert_eq!(
            ask("cdn ").0.split(' ').collect::<BTreeSet<_>>(),
            BTreeSet::from(["cdn", "far", "network"])
        );
        assert_eq!(ask("content delivery network readers ").0.split(' ').count(), 2);
        assert_eq!(ask("machine "), ("auto car".to_owned(), None));
    }
}

#[test]
fn words_with_signs_stand_for_others_both_ways() {
    let documents =
        [page("1", "C++ here"), page("2", "cplusplus here"), page("3", "an e-mail"), page("4", "a letter")];
    let alike = |words: [&str; 2]| Synonym::Alike(strings(&words));
    let synonyms = Synonyms::new(vec![alike(["C++", "cplusplus"]), alike(["e-mail", "letter"])]);
    let settings = Settings { synonyms: synonyms.expect("they make sense"), ..Settings::default() };
    let mut index = opened_with(&documents, &settings);
    for (query, hits) in [("C++ ", 2), ("cplusplus ", 2), ("e-mail ", 2), ("email ", 2), ("letter ", 2)] {
        assert_eq!(found(&mut index, query).hits.len(), hits, "{query}");
    }
}

#[test]
fn a_word_that_only_stands_for_others_is_no_completion() {
    let documents = [page("a", "Kubernetes and kites."), page("b", "Kites.")];
    let one_way = Synonym::OneWay { from: strings(&["kube"]), to: strings(&["kubernetes"]) };
    let synonyms = Synonyms::new(vec![one_way]).expect("it makes sense");
    let mut index = opened_with(&documents, &Settings { synonyms, ..Settings::default() });
    let completions: Vec<String> =
        index.suggest("k", 9).into_iter().map(|completion| completion.text).collect();
    assert_eq!(completions, ["kites", "kubernetes"]);
}
