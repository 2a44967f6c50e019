//! What pages of many makers come to.

use super::{Page, page};
use crate::Document;

fn read(html: &str) -> Document {
    match page(html, &[]) {
        Page::Document { document, .. } => *document,
        other => panic!("{other:?}"),
    }
}

fn lead(html: &str) -> String {
    read(html).passages[0].text.clone()
}

/// Heading and id of each passage but the lead.
fn headings(html: &str) -> Vec<(String, Option<String>)> {
    read(html).passages.into_iter().skip(1).map(|passage| (passage.heading, passage.id)).collect()
}

#[test]
fn blocks_part_lines_and_inline_elements_do_not() {
    assert_eq!(
        lead("<p>a<b>b</b>c <i>d</i>\n e<div>f<br>g</div>h<ul><li>i<li>j</ul>k"),
        "abc d e\nf\ng\nh\ni\nj\nk"
    );
    assert_eq!(lead("<table><tr><th>a<td>b<tr><td>c</table>"), "a b\nc");
    assert_eq!(lead("<dl><dt>term<dd>means</dl><img alt='a cat'>x<wbr>y"), "term\nmeans\na cat xy");
}

#[test]
fn entities_are_decoded_once() {
    assert_eq!(
        lead("<p>&lt;b&gt; &amp;amp; caf&eacute;&nbsp;&nbsp;x &#x1F600; &notin; &nosuch;"),
        "<b> &amp; café x 😀 ∉ &nosuch;"
    );
}

#[test]
fn code_keeps_its_lines() {
    assert_eq!(lead("<p>x<pre>\nfn a() {\n    <b>b</b>();\n\n}</pre>y"), "x\nfn a() {\nb();\n}\ny");
}

#[test]
fn what_is_no_text_stays_out() {
    let html = "<body><header>Site</header><nav>Menu</nav><script>x</script><style>y</style><noscript>z</noscript>
        <template>t</template><form>f<input value=i></form><svg><text>s</text></svg><div role=search>q</div>
        <p>Text<button>Copy</button><span aria-hidden=true>§</span></p><aside>Ad</aside><footer>Foot</footer>";
    assert_eq!(lead(html), "Text");
}

#[test]
fn the_body_is_main_or_article() {
    assert_eq!(lead("<p>out<main><p>in</main>"), "in");
    assert_eq!(lead("<p>out<div role=main>in</div>"), "in");
    assert_eq!(lead("<p>out<article>in</article>"), "in");
    assert_eq!(lead("<p>both<article>one</article><article>two</article>"), "both\none\ntwo");
    assert_eq!(lead("<main><div>crumbs</div><article>a long article</article></main>"), "a long article");
    assert_eq!(
        lead("<main><p>a long text with a card</p><article>card</article></main>"),
        "a long text with a card\ncard"
    );
    assert_eq!(lead("<main></main><p>filled elsewhere"), "filled elsewhere");
}

#[test]
fn the_title_is_the_first_heading_then_the_title_element() {
    let head = "<title>From head</title><meta property=og:title content='From Open Graph'>";
    assert_eq!(read(&format!("{head}<h1>From <i>body</i></h1>")).title, "From body");
    assert_eq!(read(&format!("{head}<header><h1>Site</h1></header><p>x")).title, "From head");
    assert_eq!(read(&format!("{head}<main><header><h1>Post</h1>1 May</header>x</main>")).title, "Post");
    assert_eq!(
        read("<title> </title><meta property=og:title content='Open  Graph'><p>x").title,
        "Open Graph"
    );
    assert_eq!(read("<p>x").title, "");
    assert_eq!(read("<title>Use - Site</title><main><h2>Use</h2>x").title, "Use");
    assert_eq!(read("<title>Use | Site</title><meta property=og:title content=Use><p>x").title, "Use");
}

#[test]
fn ids_are_found_where_generators_put_them() {
    let expected = |heading: &str, id: &str| vec![(heading.to_owned(), Some(id.to_owned()))];
    for html in [
        "<h2 id=use>Use</h2>",
        "<h2><a id=use></a>Use</h2>",
        "<h2><a name=use>Use</a></h2>",
        "<h2><a class=anchor aria-hidden=true id=use></a><a href=#use class=hash-link><svg></svg></a>Use</h2>",
        "<section id=use>\n<h2>Use</h2>text</section>",
        "<div class=section id=use><span></span><h2>Use</h2></div>",
        "<section id=use><header><h2>Use</h2></header></section>",
        "<p>x</p><a name=use></a>\n<h2>Use</h2>",
    ] {
        assert_eq!(headings(&format!("<main><h1>T</h1>{html}")), expected("Use", "use"), "{html}");
    }
    assert_eq!(headings("<div id=page><p>x</p><h2>Use</h2></div>"), [("Use".to_owned(), None)]);
    assert_eq!(headings("<h2 id=a>A</h2><h2 id=a>B</h2>")[1], ("B".to_owned(), None));
}

#[test]
fn permalinks_stay_out() {
    for html in [
        "<h2 id=use>Use<a class=headerlink href=#use title='Permalink to this heading'>¶</a></h2>",
        "<h2 id=use><a class=header href=#use>Use</a></h2>",
        "<h2 id=use><a class=doc-anchor href=#use>§</a>Use</h2>",
        "<h2 id=use>Use <a href=#use aria-label='Permalink to Use'>\u{200B}</a></h2>",
        "<h2 id=use>Use <a href='page.html#use'><span>Link to this section</span></a></h2>",
        "<h2>Use <a href=/posts/use class=permalink>Permalink</a></h2>",
        "<h2 id=use>Use <button>Copy</button></h2>",
        "<div><h2 id=use>Use</h2><a href=#use>Section titled “Use”</a></div>",
    ] {
        let document = read(&format!("<main>{html}<p>Text<a href=#x>¶</a> <a href=#y>1</a></main>"));
        assert_eq!(document.passages[1].heading, "Use", "{html}");
        assert_eq!(document.passages[1].text, "Text 1", "{html}");
    }
}

#[test]
fn a_link_past_the_navigation_stays_out() {
    assert_eq!(lead("<a class=skip-link href=#content>Skip to content</a><div id=content>x</div>"), "x");
}

#[test]
fn what_a_page_says_of_itself_is_kept() {
    let document = read(
        "<html lang=pt_BR><meta name=Description content=' What  it is '><meta property=article:published_time content=2021-05-03>
        <meta name=description content=second><p>x",
    );
    assert_eq!(document.language.as_deref(), Some("pt-BR"));
    assert_eq!(
        serde_json::to_string(&document.meta).unwrap(),
        r#"{"date":"2021-05-03","description":"What it is"}"#
    );
}

#[test]
fn linked_data_and_the_text_speak_where_meta_does_not() {
    let meta = |html: &str| serde_json::to_string(&read(html).meta).unwrap();
    let data = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "Organization", "name": "Us", "image": "us.png"},
        {"@type": ["BlogPosting"], "headline": "How  bees fly", "datePublished": "2024-02-29",
         "description": "With wings", "image": [{"@type": "ImageObject", "url": "/bee.png"}]}]}</script>"#;
    let all = r#"{"date":"2024-02-29","description":"With wings","image":"/bee.png"}"#;
    assert_eq!(meta(&format!("{data}<p>x")), all);
    assert_eq!(meta(&format!("<p>x</p>{data}")), all);
    assert_eq!(read(&format!("{data}<p>x")).title, "How bees fly");
    assert_eq!(read(&format!("<title>How bees fly :: Us</title>{data}<p>x")).title, "How bees fly");
    assert_eq!(
        meta(&format!("<meta name=date content=2023><meta property=og:image content=a.png>{data}<p>x")),
        r#"{"date":"2023","description":"With wings","image":"a.png"}"#
    );
    assert_eq!(
        meta("<p>x<time class=dt-published datetime=2022-01-01>1 May</time>"),
        r#"{"date":"2022-01-01"}"#
    );
    assert_eq!(meta("<script type='application/ld+json'>{broken</script><p>x"), "{}");
}

#[test]
fn languages_and_directions_are_found_where_pages_say_them() {
    assert_eq!(read("<html><body lang=fa dir=RTL><p>x").language.as_deref(), Some("fa"));
    assert_eq!(read("<html dir=rtl><p>x").meta["dir"], "rtl");
    assert_eq!(
        read("<meta http-equiv=Content-Language content='de, en'><p>x").language.as_deref(),
        Some("de")
    );
    assert_eq!(read("<html lang=en dir=ltr><p>x").meta.get("dir"), None);
}

#[test]
fn relative_addresses_are_relative_to_the_base() {
    let page = |href: &str| {
        read(&format!("<link rel=canonical href='{href}'><base href='/docs/v2/index.html'><p>x")).canonical
    };
    assert_eq!(page("./a.html").as_deref(), Some("/docs/v2/a.html"));
    assert_eq!(page("https://example.org/a").as_deref(), Some("https://example.org/a"));
    assert_eq!(page("/a").as_deref(), Some("/a"));
}

#[test]
fn definitions_are_passages_and_text_goes_on_after_them() {
    let html = "<h2 id=t>Terms</h2><p>before<dl><dt id=a>A<dd>one<dt>B<dd>two<dt><a name=c></a>C<dd>three</dl><p>after";
    let passages = read(html).passages;
    let told: Vec<_> =
        passages.iter().skip(1).map(|p| (&*p.heading, p.level, p.id.as_deref(), &*p.text)).collect();
    let expected = [
        ("Terms", 2, Some("t"), "before\nafter"),
        ("A", 3, Some("a"), "one\nB\ntwo"),
        ("C", 3, Some("c"), "three"),
    ];
    assert_eq!(told, expected);
}

#[test]
fn pages_may_withhold_themselves() {
    for head in [
        "<meta name=robots content='follow, NOINDEX'>",
        "<meta name=ROBOTS content=none>",
        "<meta http-equiv=Refresh content='0; URL=/new'>",
        "<meta http-equiv=refresh content='0;/new'>",
        "<link rel=index title=Index href='#'>",
    ] {
        assert!(matches!(page(&format!("{head}<p>x"), &[]), Page::Withheld(_)), "{head}");
    }
    for head in [
        "<meta name=robots content=noarchive><meta http-equiv=refresh content=60>",
        "<meta http-equiv=refresh content='60; url=/next'>",
        "<noscript><meta http-equiv=refresh content='0; url=/plain'></noscript>",
    ] {
        assert!(matches!(page(&format!("{head}<p>x"), &[]), Page::Document { .. }), "{head}");
    }
}

#[test]
fn deep_pages_are_read_in_linear_time() {
    let n = 200_000;
    for (open, close) in
        [("<div>", "</div>"), ("<b>", "</b>"), ("<h2>", ""), ("<table><tr><td>", ""), ("<p><a href=#x>", "")]
    {
        let html = format!("{}middle{}<p>after", open.repeat(n), close.repeat(n));
        let document = read(&html);
        let all: Vec<&str> = document
            .passages
            .iter()
            .flat_map(|p| [&*p.heading, &*p.text])
            .chain([&*document.title])
            .collect();
        assert!(all.iter().any(|text| text.contains("middle")), "{open}");
        assert!(all.iter().any(|text| text.contains("after")), "{open}");
    }
}

#[test]
fn a_heading_that_is_never_closed_does_not_swallow_the_page() {
    let html = format!("<title>T</title><h1>Start<div><p>{}<h2 id=x>X</h2>y</div>", "words ".repeat(400));
    assert_eq!(read(&html).title, "T");
    assert_eq!(headings(&html), [("X".to_owned(), Some("x".to_owned()))]);
}
