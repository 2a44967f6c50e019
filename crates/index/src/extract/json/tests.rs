//! Which records become documents, which problems the others become.

use super::*;
use crate::source::Kind;

fn read(kind: Kind, text: &str) -> Extracted {
    let source = Source::of("data.jsonl", kind);
    crate::extract::extract(&source, text.as_bytes())
}

fn one(text: &str) -> Document {
    let extracted = read(Kind::JsonLines, text);
    assert_eq!(extracted.problems, []);
    extracted.documents.into_iter().next().unwrap()
}

#[test]
fn a_broken_line_costs_that_line_only() {
    let mut lines: Vec<String> = (1..=9).map(|n| format!(r#"{{"url": "p{n}", "text": "words"}}"#)).collect();
    lines[6] = r#"{"url": "p7", "text": "#.to_owned();
    lines[2] = String::new();
    let extracted = read(Kind::JsonLines, &lines.join("\r\n"));
    assert_eq!(extracted.documents.len(), 7);
    assert_eq!(extracted.problems.len(), 1);
    assert_eq!(extracted.problems[0].line, Some(7));
    assert_eq!(extracted.problems[0].severity, Severity::LeftOut);
    assert_eq!(extracted.documents[6].url, "p9");
}

#[test]
fn a_file_is_a_record_or_an_array_of_them() {
    assert_eq!(read(Kind::Json, r#" {"id": "one", "title": "One"} "#).documents[0].title, "One");
    let array = "[\n{\"id\": 1},\n {\"title\": \"no id\"},\n\n{\"id\": \"a b#c\"}\n]";
    let extracted = read(Kind::Json, array);
    let urls: Vec<&str> = extracted.documents.iter().map(|document| &*document.url).collect();
    assert_eq!(urls, ["1", "a%20b%23c"]);
    assert_eq!(extracted.problems[0].line, Some(3));
    let broken = read(Kind::Json, "[\n{\"id\": 1},\n}");
    assert_eq!((broken.documents.len(), broken.problems[0].line), (0, Some(3)));
}

#[test]
fn a_line_that_is_not_utf_8_spoils_no_other() {
    let source = Source::of("data.jsonl", Kind::JsonLines);
    let extracted = crate::extract::extract(&source, b"{\"id\": \"\xC3\xA9\"}\n{\"id\": \"\xE9\"}\n");
    assert_eq!(extracted.documents[0].title, "\u{E9}");
    assert_eq!((extracted.documents.len(), extracted.problems.len()), (1, 1));
    assert_eq!(extracted.problems[0].line, Some(2));
}

#[test]
fn fields_that_have_no_meaning_are_meta() {
    let document = one(
        r#"{"url": "/a/", "id": 7, "title": " A  b ", "lang": "de", "date": "2021", "tags": ["x"], "none": null, "text": "t"}"#,
    );
    assert_eq!((&*document.url, &*document.title, document.language.as_deref()), ("/a/", "A b", Some("de")));
    assert_eq!(serde_json::to_string(&document.meta).unwrap(), r#"{"date":"2021","tags":["x"]}"#);
}

#[test]
fn headings_cut_the_text_that_holds_them() {
    let document = one(
        r#"{"id": "x", "title": "T", "text": "lead\nUse\nhow\nUse it\nmore", "headings": ["Use", "Gone", "Use it"]}"#,
    );
    let passages: Vec<_> =
        document.passages.iter().map(|p| (&*p.heading, &*p.text, p.id.as_deref())).collect();
    assert_eq!(
        passages,
        [
            ("", "lead", None),
            ("Use", "how", Some("use")),
            ("Use it", "more", Some("use-it")),
            ("Gone", "", Some("gone"))
        ]
    );
}

#[test]
fn headings_may_bring_their_own_text() {
    let document = one(
        r#"{"id": "x", "headings": [{"title": "A", "id": "a1", "text": "one\ntwo", "level": 3}, {"heading": "B"}]}"#,
    );
    let passages: Vec<_> =
        document.passages.iter().map(|p| (&*p.heading, p.level, &*p.text, p.id.as_deref())).collect();
    assert_eq!(passages, [("", 0, "", None), ("A", 3, "one\ntwo", Some("a1")), ("B", 2, "", Some("b"))]);
}

#[test]
fn bodies_may_be_markup() {
    let html = one(r#"{"id": "x", "html": "<h1>T</h1><p>a &amp; b<h2 id=i>H</h2>c"}"#);
    assert_eq!(
        (&*html.title, &*html.passages[0].text, html.passages[1].id.as_deref()),
        ("T", "a & b", Some("i"))
    );
    let markdown = one(r##"{"id": "x", "title": "Known", "markdown": "# T\n\n*a*"}"##);
    assert_eq!((&*markdown.title, &*markdown.passages[1].text), ("Known", "a"));
}

#[test]
fn wrong_records_say_what_is_wrong() {
    for (record, what) in [
        (r#"[1]"#, "a record must be an object, this is an array"),
        (r#"{"text": "x"}"#, "the record has neither url nor id"),
        (r#"{"url": "", "id": null}"#, "the record has neither url nor id"),
        (r#"{"id": "x", "title": ["a"]}"#, "the field \"title\" must be a string, this is an array"),
        (r#"{"id": "x", "headings": "a"}"#, "the field \"headings\" must be an array, this is a string"),
        (r#"{"id": true}"#, "the field \"id\" must be a string or a number, this is true or false"),
        (
            r#"{"url": "javascript:x()"}"#,
            "the url has the scheme \"javascript\", expected http, https or a relative URL",
        ),
        (r#"{"url": "x""#, "the record is not JSON: EOF while parsing an object at column 11"),
    ] {
        let extracted = read(Kind::JsonLines, record);
        assert_eq!(extracted.problems[0].what, what);
        assert_eq!(extracted.documents, []);
    }
}

#[test]
fn a_title_may_be_found_in_the_text() {
    assert_eq!(
        one(r#"{"id": "x", "text": "A title\n\nThis is a sentence with several words in it."}"#).title,
        "A title"
    );
    assert_eq!(one(r#"{"id": "notes/may.txt", "text": "x."}"#).title, "may.txt");
}
