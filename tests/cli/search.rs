//! `searchlet search`, for people and for programs.

use std::io::Read as _;
use std::process::Stdio;

use super::Desk;

const BUNDLE: &str = "notes/searchlet";

#[test]
fn json_has_the_shape_of_the_contract() {
    let desk = Desk::with_bundle();
    let ran = desk.run(&["search", BUNDLE, "granite rock", "--json"]).ends(0);
    let answers = ran.json();
    assert_eq!(answers.len(), 1, "one line");
    let found = &answers[0];
    assert_eq!(found["query"], "granite rock");
    assert_eq!(found["total"], 1);
    assert_eq!(found["complete"], true);
    assert!(found["took_ms"].as_f64().unwrap() > 0.0);
    let hit = &found["hits"][0];
    assert_eq!(hit["url"], "rocks.txt");
    assert_eq!(hit["title"], "About rocks");
    assert!(hit["score"].is_number());
    let excerpt = hit["excerpt"].as_array().unwrap();
    let marked: Vec<_> = excerpt.iter().filter(|segment| segment["hit"] == true).collect();
    assert!(marked.iter().any(|segment| segment["text"] == "Granite"), "{excerpt:?}");
    assert!(!ran.out().contains("null"), "what is absent is absent");
}

#[test]
fn an_answer_does_not_depend_on_the_time() {
    let desk = Desk::with_bundle();
    let answer = || {
        let mut found = desk.run(&["search", BUNDLE, "tea water", "--json"]).ends(0).json().remove(0);
        found.as_object_mut().unwrap().remove("took_ms");
        found
    };
    assert_eq!(answer(), answer());
}

#[test]
fn a_person_sees_title_address_and_excerpt() {
    let desk = Desk::with_bundle();
    let out = desk.run(&["search", BUNDLE, "granite"]).ends(0).out();
    assert!(out.starts_with("About rocks\n  rocks.txt\n  "), "{out}");
    assert!(out.contains("Granite is an igneous rock"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colour in a pipe");
    let out = desk.run(&["search", BUNDLE, "zzyzx"]).ends(0).out();
    assert!(out.starts_with("0 documents"), "{out}");
}

#[test]
fn what_a_document_holds_cannot_steer_the_terminal() {
    let desk = Desk::new();
    desk.write(
        "evil.jsonl",
        "{\"url\": \"evil.html\", \"title\": \"Evil \\u001b[2J\\u009b31m \\u202egnp\", \"text\": \"otters \\u001b]0;owned\\u0007 swim\"}\n",
    );
    desk.run(&["index", "evil.jsonl"]).ends(0);
    for arguments in [vec!["search", "searchlet", "otters"], vec!["search", "searchlet", "otters", "--json"]]
    {
        let ran = desk.run(&arguments).ends(0);
        assert!(ran.out().contains("Evil"), "{ran}");
        assert!(ran.out().chars().all(|c| c == '\n' || !c.is_control()), "{ran}");
    }
    let shown = desk.run(&["search", "searchlet", "otters"]).ends(0).out();
    assert!(!shown.contains('\u{202e}'), "{shown}");
}

#[test]
fn limit_and_offset_cut_the_list() {
    let desk = Desk::new();
    for number in 0..12 {
        desk.write(&format!("notes/n{number:02}.md"), format!("# Note {number}\n\nAbout otters.\n"));
    }
    desk.run(&["index", "notes"]).ends(0);
    let search = |more: &[&str]| {
        let arguments = [&["search", BUNDLE, "otters", "--json"], more].concat();
        desk.run(&arguments).ends(0)
    };
    let all = search(&["--limit", "1000"]).urls();
    assert_eq!(all.len(), 12);
    assert_eq!(search(&[]).urls(), all[..10]);
    assert_eq!(search(&["--limit", "3", "--offset", "2"]).urls(), all[2..5]);
    assert_eq!(search(&["--offset", "100"]).urls(), [""; 0]);
    assert_eq!(search(&["--offset", "100"]).json()[0]["total"], 12);
    desk.run(&["search", BUNDLE, "otters", "--limit", "1001"]).ends(2).warns(&["--limit", "1001"]);
    desk.run(&["search", BUNDLE]).ends(2);
}

#[test]
fn a_batch_is_answered_line_by_line() {
    let desk = Desk::with_bundle();
    let mut batch = b"{\"q\": \"granite\", \"id\": 7}\n\n{\"q\": 3}\nnonsense\n\"\xff\n".to_vec();
    batch.extend_from_slice(b"{\"other\": \"key\"}\r\n{\"q\": \"green tea\"}");
    desk.write("queries.jsonl", batch);
    let ran = desk.run(&["search", BUNDLE, "--batch", "queries.jsonl"]).ends(1);
    let answers = ran.json();
    assert_eq!(answers.len(), 2, "{ran}");
    assert_eq!(
        (&answers[0]["query"], &answers[0]["hits"][0]["url"]),
        (&"granite".into(), &"rocks.txt".into())
    );
    assert_eq!(
        (&answers[1]["query"], &answers[1]["hits"][0]["url"]),
        (&"green tea".into(), &"tea.md".into())
    );
    let broken: Vec<serde_json::Value> =
        ran.err().lines().map(|line| serde_json::from_str(line).expect("an error object")).collect();
    let lines: Vec<_> = broken.iter().map(|broken| broken["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [3, 4, 5, 6], "{ran}");
    assert!(broken.iter().all(|broken| broken["error"].as_str().unwrap().contains("expected")), "{ran}");

    let alone = desk.run(&["search", BUNDLE, "granite", "--json"]).ends(0).json().remove(0);
    assert_eq!(alone["hits"], answers[0]["hits"], "what was searched before changes nothing");
    desk.run(&["search", BUNDLE, "--batch", "none.jsonl"]).ends(3).warns(&["error: ", "none.jsonl"]);
    desk.run(&["search", BUNDLE, "granite", "--batch", "queries.jsonl"]).ends(2);
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let desk = Desk::with_bundle();
    desk.write("queries.jsonl", "{\"q\": \"granite\"}\n".repeat(2000));
    let mut child = desk
        .command(&["search", BUNDLE, "--batch", "queries.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut some = [0; 10];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut some).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
