//! `searchlet inspect --audit`, on sites in which something should be mended.

use serde_json::{Value, json};

use super::Desk;

/// A page that is as it should be, with more in its body.
fn page(title: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en><title>{title}</title><main><p>A page of words.{body}</main>")
}

/// A site with one fault of each kind.
fn site() -> Desk {
    let desk = Desk::new();
    let links = "<h2 id=start>Start</h2><p><a href='deep/b.html#hives'>fine</a><a href='deep/b.html#gone'>not</a>\
                 <a href='https://example.org/#x'>elsewhere</a>";
    desk.write("site/index.html", page("Home", links));
    desk.write(
        "site/deep/b.html",
        "<title>Bees</title><main><p>Bees hum.<h2 id=hives>Hives</h2><p>There.</main>",
    );
    desk.write("site/c.html", page("Bees", " With bees."));
    desk.write("site/deep/copy.html", page("Bees", " With bees."));
    desk.write("site/untitled.html", page("", ""));
    desk.write("site/empty.html", "<!doctype html><html lang=en><title>Empty</title><main></main>");
    desk.write("site/old.html", "<meta http-equiv=refresh content='0; url=/deep/b.html'>");
    desk.write("site/secret.html", "<meta name=robots content=noindex><title>Secret</title><p>Words.");
    desk.write("site/404.html", page("Not found", ""));
    desk.write("site/data.jsonl", "{\"url\": \"gone.html\", \"html\": \"<p>Words.\"}\nbroken\n");
    desk
}

#[test]
fn inputs_tell_what_should_be_mended() {
    let desk = site();
    let before = desk.files("site");
    let ran = desk.run(&["inspect", "site", "--audit", "--json"]).ends(1);
    assert_eq!(desk.files("site"), before, "nothing is written");
    let audit = &ran.json()[0];
    for (key, expected) in [
        ("to_mend", json!(8)),
        ("documents", json!(6)),
        ("untitled", json!(["gone.html", "untitled.html"])),
        ("without_text", json!(["empty.html"])),
        ("same_title", json!([{ "title": "Bees", "language": "en", "urls": ["c.html", "deep/b.html"] }])),
        ("without_language", json!(["site/deep/b.html"])),
        ("leading_nowhere", json!(["gone.html"])),
        ("broken_passages", json!([])),
        ("broken_links", json!([{ "page": "./", "link": "deep/b.html#gone" }])),
        ("redirects", json!([{ "path": "site/old.html", "to": "/deep/b.html" }])),
        (
            "withheld",
            json!([{ "path": "site/404.html", "why": "not found" }, { "path": "site/secret.html", "why": "noindex" }]),
        ),
        ("without_body", json!([])),
        ("folded", json!([{ "url": "deep/copy.html", "into": "c.html" }])),
        ("languages", json!([{ "language": "en", "documents": 6 }])),
    ] {
        assert_eq!(audit[key], expected, "{key} in {audit}");
    }
    let problem = &audit["problems"][0];
    assert_eq!((&problem["path"], &problem["line"]), (&json!("site/data.jsonl"), &json!(2)), "{problem}");
    assert_eq!(audit["files"]["root"]["files"], 1);
    let heaviest = audit["heaviest_terms"].as_array().unwrap();
    assert!(heaviest.is_sorted_by_key(|term| std::cmp::Reverse(term["bytes"].as_u64())), "{heaviest:?}");
    assert!(
        heaviest.iter().any(|term| term["forms"] == json!(["words"]) && term["documents"] == 4),
        "{heaviest:?}"
    );
}

#[test]
fn pages_without_a_marked_body_are_told() {
    let desk = Desk::new();
    desk.write("site/a.html", page("A", "<div data-searchlet-body>Words.</div>"));
    desk.write("site/b.html", page("B", ""));
    let ran = desk.run(&["inspect", "site", "--audit", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["without_body"], json!(["site/b.html"]));
    desk.write("searchlet.toml", "[[marks]]\nselector = \"main\"\nmark = \"body\"\n");
    desk.write("site/c.html", "<!doctype html><html lang=en><title>C</title><p>Words.");
    let ran = desk.run(&["inspect", "site", "--audit", "--json"]).ends(0);
    assert_eq!(ran.json()[0]["without_body"], json!(["site/b.html", "site/c.html"]));
}

#[test]
fn a_bundle_tells_what_it_holds_and_what_its_site_lacks() {
    let desk = site();
    desk.run(&["index", "site"]).ends(1);
    desk.write("site/deep/b.html", page("Bees", "<h2 id=combs>Hives</h2><p>There."));
    let audit = &desk.run(&["inspect", "site/searchlet", "--audit", "--json"]).ends(1).json()[0];
    assert_eq!(audit["untitled"], json!(["gone.html", "untitled.html"]));
    assert_eq!(audit["without_text"], json!(["empty.html"]));
    assert_eq!(audit["broken_passages"], json!([{ "url": "deep/b.html#hives", "heading": "Hives" }]));
    assert_eq!(audit["leading_nowhere"], json!(["gone.html"]));
    let links: Vec<&Value> =
        audit["broken_links"].as_array().unwrap().iter().map(|link| &link["link"]).collect();
    assert_eq!(links, ["deep/b.html#gone", "deep/b.html#hives"]);
    for key in ["redirects", "withheld", "without_body", "folded", "without_language"] {
        assert!(audit.get(key).is_none(), "{key} in {audit}");
    }
    // Away from its site it tells of itself only.
    std::fs::create_dir(desk.path("apart")).unwrap();
    std::fs::rename(desk.path("site/searchlet"), desk.path("apart/searchlet")).unwrap();
    let audit = &desk.run(&["inspect", "apart/searchlet", "--audit", "--json"]).ends(1).json()[0];
    assert!(audit.get("leading_nowhere").is_none() && audit.get("broken_passages").is_none(), "{audit}");
    assert_eq!(audit["same_title"][0]["title"], "Bees");
    let shown = desk.run(&["inspect", "apart/searchlet", "--audit"]).ends(1).out();
    assert_eq!(shown.lines().filter(|line| line.starts_with("not told: ")).count(), 2, "{shown}");
}

#[test]
fn a_part_that_is_damaged_is_told() {
    let desk = Desk::with_bundle();
    let name = desk.files("notes/searchlet").into_keys().find(|name| name.ends_with(".part")).unwrap();
    desk.write(&format!("notes/searchlet/{name}"), "no part");
    let audit = &desk.run(&["inspect", "notes/searchlet", "--audit", "--json"]).ends(1).json()[0];
    assert_eq!(audit["problems"][0]["path"], json!(name));
}

#[test]
fn a_site_without_faults_has_nothing_to_mend() {
    let desk = Desk::new();
    desk.write(
        "site/index.html",
        page("Home", "<h2 id=a>A</h2><p><a href='#a'>A</a> <a href='b/#c%20d'>B</a>"),
    );
    desk.write("site/b/index.html", page("B", "<h2 id='c d'>C</h2><p>Words."));
    for what in [
        &["inspect", "site", "--audit"][..],
        &["inspect", "--audit"],
        &["inspect", "site/searchlet", "--audit"],
    ] {
        desk.write("searchlet.toml", "inputs = [\"site\"]\nurls.base = \"docs/\"\n");
        let shown = desk.run(what).ends(0).out();
        assert!(shown.starts_with("nothing to mend in 2 documents\n"), "{shown}");
        std::fs::remove_file(desk.path("searchlet.toml")).unwrap();
        desk.run(&["index", "site"]).ends(0);
    }
}

#[test]
fn a_report_fits_a_terminal_and_json_has_all() {
    let desk = Desk::new();
    for number in 0..30 {
        desk.write(
            &format!("site/{}-{number}.html", "long-".repeat(20)),
            page("One title of all", &number.to_string()),
        );
        desk.write(
            &format!("site/empty-{number}.html"),
            page(&number.to_string(), "").replace("A page of words.", ""),
        );
    }
    let shown = desk.run(&["inspect", "site", "--audit"]).ends(1).out();
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert!(shown.contains("30 documents have no text\n"), "{shown}");
    assert!(shown.contains("  and 20 more\n"), "{shown}");
    let audit = &desk.run(&["inspect", "site", "--audit", "--json"]).ends(1).json()[0];
    assert_eq!(audit["same_title"][0]["urls"].as_array().unwrap().len(), 30);
    assert_eq!(audit["without_text"].as_array().unwrap().len(), 30);
}

#[test]
fn what_cannot_be_audited_is_told() {
    let desk = Desk::with_bundle();
    desk.run(&["inspect", "--audit"]).ends(2).warns(&["error: ", "no input"]);
    desk.run(&["inspect"]).ends(2);
    desk.run(&["inspect", "notes/searchlet", "notes/tea.md"]).ends(2).warns(&["error: ", "--audit"]);
    desk.run(&["inspect", "notes/searchlet", "-c", "x.toml"]).ends(2).warns(&["--audit"]);
    desk.run(&["inspect", "nowhere", "--audit"]).ends(3).warns(&["error: ", "nowhere"]);
    desk.write("notes/noise.bin", "noise");
    desk.run(&["inspect", "notes/noise.bin", "--audit"]).ends(3).warns(&["error: ", "notes/noise.bin"]);
}
