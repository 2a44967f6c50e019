//! Filters, facets and order, from marking documents up to counting them.

use std::io::Write as _;
use std::process::Stdio;

use super::{Desk, Ran};

const BUNDLE: &str = "shop/searchlet";

/// Records and a page with front matter, indexed with `options`.
fn shop(options: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.write(
        "shop/fruit.jsonl",
        "{\"url\": \"pears\", \"title\": \"Pears\", \"text\": \"Sweet pears.\", \"kind\": \"fruit\", \"tags\": [\"green\", \"sweet\"], \"price\": 1.5, \"date\": \"2024-02-29\"}\n\
         {\"url\": \"limes\", \"title\": \"Limes\", \"text\": \"Sour, not sweet.\", \"kind\": \"fruit\", \"tags\": [\"green\", \"sour\"], \"price\": 3, \"date\": \"2023-05-01T10:00:00+02:00\"}\n\
         {\"url\": \"beets\", \"title\": \"Beets\", \"text\": \"Sweet roots.\", \"kind\": \"root crop\", \"price\": 2}\n",
    );
    desk.write(
        "shop/apples.md",
        "---\ntitle: Apples\nkind: fruit\ntags: [red, sweet]\nprice: 2\ndate: 2024-03-01\n---\nSweet apples.\n",
    );
    desk.run(&[&["index", "shop"], options].concat()).ends(0);
    desk
}

fn urls(desk: &Desk, options: &[&str]) -> String {
    desk.run(&[&["search", BUNDLE, "--json"], options].concat()).ends(0).urls().join(" ")
}

#[test]
fn flags_filter_and_sort() {
    let desk = shop(&[]);
    let price = "--sort=price";
    assert_eq!(
        urls(&desk, &["sweet", "--filter", "kind=fruit", "--sort", "date:desc"]),
        "apples.md pears limes"
    );
    assert_eq!(urls(&desk, &["", "--filter", "price=2", price]), "apples.md beets");
    assert_eq!(urls(&desk, &["", "--filter", "tags=red", "--filter", "tags=sour", price]), "apples.md limes");
    assert_eq!(urls(&desk, &["", "--filter", "tags=green", "--filter", "price=3"]), "limes");
    assert_eq!(
        urls(
            &desk,
            &["", "--filter", "{\"price\": {\"min\": 1.6, \"max\": 2}, \"kind\": {\"not\": \"fruit\"}}"]
        ),
        "beets"
    );
    assert_eq!(
        urls(&desk, &["", "--filter", "{\"date\": {\"max\": \"2024-02\"}}", "--sort", "date"]),
        "limes pears"
    );
    assert_eq!(
        urls(&desk, &["", "--filter", "{\"tags\": {\"all\": [\"green\", {\"not\": \"sour\"}]}}"]),
        "pears"
    );
    assert_eq!(urls(&desk, &["", "--filter", "{\"date\": {}}", "--sort", "date"]), "limes pears apples.md");
    assert_eq!(urls(&desk, &["", "--sort", "kind:desc,price"]), "beets pears apples.md limes");
    assert_eq!(urls(&desk, &["sweet kind:\"root crop\""]), "beets");
    assert_eq!(urls(&desk, &["sweet -kind:fruit"]), "beets");
    assert_eq!(urls(&desk, &["kind:\"root crop\" OR tags:sour", price]), "beets limes");
    assert_eq!(urls(&desk, &["", "--filter", "colour=red"]), "");
    assert_eq!(urls(&desk, &[""]), "");
}

#[test]
fn facets_count_what_a_wider_choice_would_bring() {
    let desk = shop(&[]);
    let ran = desk.run(&[
        "search",
        BUNDLE,
        "sweet",
        "--json",
        "--limit",
        "1",
        "--facet",
        "kind",
        "--facet",
        "price",
        "--facet-values",
        "2",
        "--filter",
        "kind=fruit",
    ]);
    let found = ran.ends(0).json().remove(0);
    assert_eq!(found["total"], 3);
    let value =
        |value: serde_json::Value, count: usize| serde_json::json!({ "value": value, "count": count });
    assert_eq!(
        found["facets"]["kind"],
        serde_json::json!([value("fruit".into(), 3), value("root crop".into(), 1)])
    );
    assert_eq!(found["facets"]["price"], serde_json::json!([value(1.5.into(), 1), value(2.into(), 1)]));
    let out = desk.run(&["search", BUNDLE, "sweet", "--facet", "kind"]).ends(0).out();
    assert!(out.contains("kind\n         3  fruit\n         1  root crop\n"), "{out}");
}

#[test]
fn a_line_of_a_batch_may_be_refined() {
    let desk = shop(&[]);
    let lines = "{\"q\": \"sweet\", \"filters\": {\"kind\": [\"fruit\"]}, \"facets\": [\"tags\"], \"sort\": \"date:desc\"}\n\
                 {\"q\": \"\", \"sort\": [\"kind\", \"price:desc\"]}\n\
                 {\"q\": \"sweet\", \"filters\": {\"kind\": {\"like\": \"fruit\"}}}\n";
    let mut command = desk.command(&["search", BUNDLE, "--batch", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let ran = Ran { told: "a batch".to_owned(), output }.ends(1).warns(&[
        "kind",
        "like",
        "any, all, not, min, max",
        "3",
    ]);
    let answers = ran.json();
    let hits = |found: &serde_json::Value| {
        let urls =
            found["hits"].as_array().unwrap().iter().map(|hit| hit["url"].as_str().unwrap().to_owned());
        urls.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(hits(&answers[0]), "apples.md pears limes");
    assert_eq!(answers[0]["facets"]["tags"][0], serde_json::json!({ "value": "green", "count": 2 }));
    assert_eq!(hits(&answers[1]), "limes apples.md pears beets");
    assert_eq!(answers.len(), 2);
}

#[test]
fn the_configuration_names_keys() {
    let desk = shop(&["--filters", "kind", "--sort", "date"]);
    assert_eq!(urls(&desk, &["", "--filter", "kind=root crop"]), "beets");
    assert_eq!(urls(&desk, &["", "--filter", "price=2"]), "", "no other key is one");
    desk.write("searchlet.toml", "filters = [\"price\"]\nsort = [\"colour\"]\n");
    desk.run(&["index", "shop"]).ends(0).warns(&["colour", "no document has a value"]);
    assert_eq!(urls(&desk, &["", "--filter", "price=3"]), "limes");
}

#[test]
fn a_filter_that_makes_no_sense_is_told() {
    let desk = shop(&[]);
    for (filter, words) in [
        ("kind", &["--filter", "KEY=VALUE"][..]),
        ("{\"kind\": }", &["--filter", "JSON"]),
        ("{\"kind\": {\"min\": []}}", &["--filter", "kind", "no value"]),
    ] {
        desk.run(&["search", BUNDLE, "sweet", "--filter", filter]).ends(2).warns(words);
    }
}
