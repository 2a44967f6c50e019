//! What pages come to whose elements are marked.

use super::{Page, Withheld, page};
use crate::{Document, Mark, Rule, Selector, Weight};

fn read_by(html: &str, rules: &[(&str, &str, &str)]) -> Page {
    let rule = |(selector, name, value): &(&str, &str, &str)| Rule {
        glob: None,
        selector: Selector::new(selector).expect("a selector"),
        mark: Mark::new(name, value).expect("a mark"),
    };
    let rules: Vec<Rule> = rules.iter().map(rule).collect();
    page(html, &rules.iter().collect::<Vec<_>>())
}

fn document(page: Page) -> Document {
    match page {
        Page::Document { document, .. } => *document,
        other => panic!("{other:?}"),
    }
}

/// The page with either family of attributes.
fn read(html: &str) -> Document {
    let [ours, theirs] = ["data-searchlet-", "data-pagefind-"]
        .map(|prefix| document(page(&html.replace("data-", prefix), &[])));
    assert_eq!(ours, theirs);
    ours
}

fn lead(document: &Document) -> &str {
    &document.passages[0].text
}

fn meta(document: &Document) -> String {
    serde_json::to_string(&document.meta).expect("JSON")
}

#[test]
fn the_marked_elements_are_the_body() {
    let html = "<main><h1>Title</h1><p>out<p data-body>one</p><div data-body>two <b data-body>three</b></div></main>";
    let read_html = read(html);
    assert_eq!((lead(&read_html), &*read_html.title), ("one\ntwo three", "Title"));
    assert!(matches!(page("<p data-pagefind-body>x", &[]), Page::Document { marks_body: true, .. }));
    assert!(matches!(page("<p>x", &[]), Page::Document { marks_body: false, .. }));
}

#[test]
fn what_is_ignored_is_no_text() {
    let html = "<main>a<p data-ignore>b<span data-meta=k>v</span></p><p data-ignore=all>c<i data-meta=l>w</i></p><p data-weight=0>d</p>e</main>";
    let read_html = read(html);
    assert_eq!(lead(&read_html), "a\ne");
    assert_eq!(meta(&read_html), r#"{"k":"v"}"#);
    assert!(matches!(page("<html data-searchlet-ignore><p>x", &[]), Page::Withheld(Withheld::Ignored)));
}

#[test]
fn metadata_stands_in_text_attributes_or_the_mark() {
    let html = "<head><meta property=og:image content=og.png><meta name=made content=2024 data-meta='made[content]'></head>
        <header><p data-meta='title'>The <b>title</b></p></header><main><h1>Heading</h1>
        <img src=a.png alt='An a' data-meta='image[src], what[alt], by:Ann, and Bo'><p data-meta=made>later</p></main>";
    let read_html = read(html);
    assert_eq!(read_html.title, "The title");
    assert_eq!(meta(&read_html), r#"{"by":"Ann, and Bo","image":"a.png","made":"2024","what":"An a"}"#);
    assert!(read_html.marked.is_empty());
    let html = "<meta property=og:image content=og.png><p data-default-meta='image:d.png, x'>x<p data-default-meta='kind:page'>";
    assert_eq!(meta(&read(html)), r#"{"image":"og.png","kind":"page"}"#);
}

#[test]
fn filters_gather_their_values_and_sorts_are_numbers_where_they_can() {
    let html = "<main><i data-filter=tag>b</i><i data-filter=tag>a</i><i data-filter=tag>b</i><i data-filter='author:Ann'></i>
        <i data-sort='size[data-size]' data-size=12.5></i><i data-sort=name>Zed</i><i data-filter=year data-sort=year>2024</i></main>";
    // `data-size` is an attribute of the page's own, so the prefix is put in it as in the mark.
    let read_html = read(html);
    assert_eq!(meta(&read_html), r#"{"author":"Ann","name":"Zed","size":12.5,"tag":["b","a"],"year":2024}"#);
    assert_eq!(
        read_html.marked.iter().map(String::as_str).collect::<Vec<_>>(),
        ["author", "name", "size", "tag", "year"]
    );
}

#[test]
fn attributes_may_be_text_and_the_body_has_the_weight() {
    let html = "<main data-weight=2>see <a href=/x title='the ex' data-index-attrs='title,alt'>this</a> <img alt=pic title=t data-index-attrs='title, alt'></main>";
    let read_html = read(html);
    assert_eq!(lead(&read_html), "see the ex this pic t");
    assert_eq!(read_html.weight, Weight::new(2.0).expect("a weight"));
    assert_eq!(read("<body data-weight=0.5><p data-weight=7>x").weight, Weight::new(0.5).expect("a weight"));
    assert_eq!(read("<p data-weight=much>x").weight, Weight::ONE);
}

#[test]
fn rules_mark_as_attributes_do() {
    let html = "<div class='post big'><p id=p>text</p><div><p class=ad>buy</p></div><time datetime=2024-01-01>then</time></div><p>out</p>";
    let rules = [
        (".post", "body", ""),
        (".post p.ad", "ignore", ""),
        (".post > time[datetime]", "meta", "date[datetime]"),
    ];
    let by_rules = read_by(html, &rules);
    assert!(matches!(by_rules, Page::Document { marks_body: false, .. }));
    let by_rules = document(by_rules);
    assert_eq!((lead(&by_rules), &*meta(&by_rules)), ("text\nthen", r#"{"date":"2024-01-01"}"#));
    assert!(matches!(read_by("<p>x", &rules), Page::Bodiless));
}

#[test]
fn selectors_tell_elements_apart() {
    let html =
        "<html lang=en><section id=s class='a b'><div><p data-k='one two' title=de-AT>x</p></div></section>";
    let fits =
        |selector: &str| document(read_by(html, &[(selector, "meta", "found")])).meta.contains_key("found");
    for selector in [
        "p",
        "P",
        "*",
        "#s p",
        ".a.b p",
        "section.b > div > p",
        "[data-k]",
        "[data-k~=two]",
        "[data-k^='one ']",
        "[data-k$=two]",
        "[data-k*=\"e t\"]",
        "[title|=de]",
        "[lang=en] section#s div p",
        "q, p",
        "section p[title] ",
    ] {
        assert!(fits(selector), "{selector}");
    }
    for selector in [
        "q",
        "#p",
        "section > p",
        "p > div",
        ".a.c p",
        "[data-k=one]",
        "[data-k~=tw]",
        "[title|=d]",
        "p p",
        "[data-k] .b",
    ] {
        assert!(!fits(selector), "{selector}");
    }
    for selector in [
        "",
        " ",
        "a >",
        "> a",
        "a,",
        ",a",
        "a:hover",
        ":root",
        "a b:c",
        "[a",
        "[a=]",
        "[a='b]",
        "a + b",
        "#",
        "a b c d e f g h i",
    ] {
        assert!(Selector::new(selector).is_err(), "{selector}");
    }
}
