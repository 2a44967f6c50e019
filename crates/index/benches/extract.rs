//! How fast generated files of each kind become documents.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use searchlet_index::extract::extract;
use searchlet_index::source::{Kind, Source};

/// Sections of a page; 200 make about 100 kB, a long page of documentation.
const N_SECTIONS: usize = 200;

fn html() -> String {
    let mut page =
        String::from("<!doctype html><html lang=en><title>T - Site</title><nav>menu</nav><main><h1>T</h1>");
    for n in 0..N_SECTIONS {
        let _ = write!(
            page,
            "<section id=s{n}><h2>Section {n}<a class=headerlink href=#s{n}>¶</a></h2><p>Words &amp; <code>code{n}</code> with <a href=/x>a \
             link</a>, then more words, so that the paragraph is as long as paragraphs are.<ul><li>one<li>two</ul>\
             <pre><code>fn main() {{\n    run({n});\n}}</code></pre><table><tr><th>a<td>b</table></section>"
        );
    }
    page.push_str("</main><footer>foot</footer>");
    page
}

fn markdown() -> String {
    let mut text = String::from("---\ntitle: T\n---\n");
    for n in 0..N_SECTIONS {
        let _ = write!(
            text,
            "## Section {n}\n\nWords & `code{n}` with [a link](/x), then *more* words.\n\n- one\n- two\n\n```\nrun({n});\n```\n\n"
        );
    }
    text
}

fn plain() -> String {
    let mut text = String::from("A title\n\n");
    for n in 0..N_SECTIONS {
        let _ = write!(
            text,
            "Section number {n}\n\nSome words that make a sentence, and **more** of them.\nAnother line of words.\n\n"
        );
    }
    text
}

fn benches(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("extract");
    for (name, kind, text) in [
        ("html", Kind::Html, html()),
        ("markdown", Kind::Markdown, markdown()),
        ("text", Kind::Text, plain()),
    ] {
        let source = Source::of("page", kind);
        assert!(extract(&source, text.as_bytes()).documents[0].passages.len() >= N_SECTIONS, "{name}");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| extract(&source, black_box(text.as_bytes()))));
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
