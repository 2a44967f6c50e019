//! `searchlet index` on folders of HTML in which something is wrong, or marked.

use std::fs;

use super::{Desk, Ran};

/// A desk with a page about otters in `site/good.html`, beside what a test puts there.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("site/good.html", "<title>Good</title><main><h1>Good</h1><p>A fine page about otters.</main>");
    desk
}

/// Indexes the folder, and asserts that the good page is found whatever else is there.
fn index(desk: &Desk) -> Ran {
    let ran = desk.run(&["index", "site", "-o", "out"]);
    assert_eq!(urls(desk, "otters"), ["good.html"], "{ran}");
    ran
}

fn urls(desk: &Desk, query: &str) -> Vec<String> {
    desk.run(&["search", "out", query, "--json"]).ends(0).urls()
}

#[test]
fn pages_that_are_broken_are_read_to_their_end() {
    let desk = desk();
    desk.write(
        "site/unclosed.html",
        "<title>Open</title><main><h1>Open<p>a <b>walrus<ul><li>one<li>two <table><tr><td>seal",
    );
    let n = 200_000;
    desk.write(
        "site/deep.html",
        format!("<title>Deep</title>{}mole{}", "<div>".repeat(n), "</div>".repeat(n)),
    );
    desk.write("site/zeros.html", "<title>Ze\0ros</title><p>wom\0bat and\0 numbat</p>");
    desk.write(
        "site/line.html",
        format!("<title>Line</title><p>{}<p>platypus", "words go on ".repeat(1_000_000)),
    );
    index(&desk).ends(0);
    for (query, url) in [
        ("walrus", "unclosed.html"),
        ("seal", "unclosed.html"),
        ("mole", "deep.html"),
        ("wombat", "zeros.html"),
        ("platypus", "line.html"),
    ] {
        assert_eq!(urls(&desk, query), [url], "{query}");
    }
}

#[test]
fn pages_are_decoded_by_what_they_say_or_what_they_are() {
    let desk = desk();
    let utf_16 =
        |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let page = |word: &str| format!("<title>A page</title><p>Some words about {word} and more</p>");
    desk.write("site/windows.html", b"<meta charset=windows-1252><title>W</title><p>caf\xe9 \x93zobel\x94");
    // `nihon` in Shift_JIS.
    desk.write("site/japan.html", b"<meta charset=Shift_JIS><title>J</title><p>\x93\xfa\x96\x7b iltis");
    desk.write("site/marked.html", [b"\xFF\xFE".to_vec(), utf_16(&page("fuchs"), u16::to_le_bytes)].concat());
    desk.write("site/unmarked.html", utf_16(&page("dachs"), u16::to_be_bytes));
    desk.write("site/wrong.html", "<meta charset=windows-1252><title>F</title><p>Hermelin für alle");
    index(&desk).ends(0);
    for (query, url) in [
        ("café", "windows.html"),
        ("zobel", "windows.html"),
        ("日本", "japan.html"),
        ("fuchs", "marked.html"),
        ("dachs", "unmarked.html"),
        ("für", "wrong.html"),
    ] {
        assert_eq!(urls(&desk, query), [url], "{query}");
    }
    desk.write("site/none.html", b"<title>N</title><p>caf\xe9 marder");
    index(&desk).ends(0).warns(&["warning: ", "none.html", "byte 22 is not UTF-8", "windows-1252", "; "]);
}

/// A file as gzip writes it (RFC 1952).
fn packed(text: &str) -> Vec<u8> {
    let crc = text.bytes().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 },
        )
    });
    let mut file = b"\x1F\x8B\x08\0\0\0\0\0\0\xFF".to_vec();
    file.extend(miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6));
    file.extend((!crc).to_le_bytes());
    file.extend((text.len() as u32).to_le_bytes());
    file
}

#[test]
fn packed_pages_are_read_and_broken_ones_named() {
    let desk = desk();
    desk.write("site/packed.html.gz", packed("<title>Packed</title><p>A lynx in a box"));
    desk.write("site/good.html.gz", packed("<title>Good</title><main><p>A fine page about otters.</main>"));
    index(&desk).ends(0);
    assert_eq!(urls(&desk, "lynx"), ["packed.html"]);
    let whole = packed(&"<p>A bear in a box that is cut".repeat(99));
    desk.write("site/cut.html.gz", &whole[..whole.len() / 2]);
    desk.write("site/none.html.gz", "<p>no box at all");
    index(&desk).ends(1).warns(&["error: ", "cut.html.gz", "gzip", "; "]).warns(&[
        "error: ",
        "none.html.gz",
        "gzip",
        "; ",
    ]);
}

#[cfg(unix)]
#[test]
fn folders_that_lead_back_or_nowhere_are_named() {
    use std::os::unix::fs::symlink;
    let desk = desk();
    fs::create_dir(desk.path("site/sub")).unwrap();
    symlink("..", desk.path("site/sub/round")).unwrap();
    index(&desk).ends(0).warns(&["warning: ", "round", "leads back", "; "]);
    symlink("nowhere", desk.path("site/lost")).unwrap();
    index(&desk).ends(1).warns(&["error: ", "lost", "; "]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    let closed = desk.path("site/closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever runs as root may read it all the same.
    if fs::read_dir(&closed).is_err() {
        index(&desk).ends(1).warns(&["error: ", "closed", "cannot be read", "; "]);
    } else {
        index(&desk).ends(0);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn two_pages_of_one_url_are_told() {
    let desk = desk();
    desk.write("site/a.html", "<title>A file</title><p>A weasel");
    desk.write("site/a/index.html", "<title>A folder</title><p>A stoat");
    let ran = desk.run(&["index", "site", "-o", "out", "--urls-html", "cut", "--urls-trailing-slash", "cut"]);
    ran.ends(1).warns(&["error: ", "two documents have this URL", "A file", "A folder", "; "]);
    assert_eq!(urls(&desk, "otters"), ["good"]);
    assert_eq!(urls(&desk, "weasel").len() + urls(&desk, "stoat").len(), 1);
}

#[test]
fn files_for_programs_are_no_documents_beside_pages() {
    let desk = desk();
    desk.write("site/robots.txt", "User-agent: otters\nAllow: /");
    desk.write("site/_sources/good.rst.txt", "Good\n====\n\nA fine page about otters.");
    desk.write("site/manifest.json", "{\"name\": \"otters\"}");
    let shown = index(&desk).ends(0).out();
    assert!(shown.contains("passed over 1 JSON file"), "{shown}");
    // Named by somebody it is meant.
    desk.run(&["index", "site", "site/manifest.json", "-o", "out"])
        .ends(1)
        .warns(&["manifest.json", "neither url nor id"]);
}

#[test]
fn where_a_body_is_marked_pages_without_are_left_out() {
    let desk = desk();
    desk.write(
        "site/good.html",
        "<title>Good</title><p>ferret<p data-searchlet-body>A fine page about otters.",
    );
    desk.write("site/other.html", "<title>Other</title><p>A page about ferrets.");
    desk.write("site/notes.md", "# Notes\n\nA ferret.\n");
    let shown = index(&desk).ends(0).out();
    assert!(shown.contains("left out 1 page without a marked body"), "{shown}");
    assert_eq!(urls(&desk, "ferret"), ["notes.md"]);
}

#[test]
fn the_name_of_the_site_is_no_part_of_titles() {
    let desk = desk();
    for name in ["Lynx", "Wolf", "Bear"] {
        let page =
            format!("<title>{name} - The Zoo</title><main><h2>Food of a {name}</h2><p>Eats fish.</main>");
        desk.write(&format!("site/{name}.html"), page);
    }
    index(&desk).ends(0);
    let answer = &desk.run(&["search", "out", "wolf", "--json"]).ends(0).json()[0];
    assert_eq!(answer["hits"][0]["title"], "Wolf", "{answer}");
}

#[test]
fn elements_are_marked_by_selectors() {
    let desk = desk();
    desk.write(
        "site/blog/post.html",
        "<title>P</title><h1>Post</h1><div class=ad>buy a ferret</div><time datetime=2024-05-01>May</time><p>A badger.",
    );
    desk.write(
        "searchlet.toml",
        "[[marks]]\nglob = \"blog/**\"\nselector = \".ad\"\nmark = \"ignore\"\n\n\
         [[marks]]\nselector = \"time[datetime]\"\nmark = \"meta\"\nvalue = \"date[datetime]\"\n",
    );
    index(&desk).ends(0);
    assert!(urls(&desk, "ferret").is_empty());
    let answer = &desk.run(&["search", "out", "badger", "--json"]).ends(0).json()[0];
    assert_eq!(answer["hits"][0]["meta"]["date"], "2024-05-01", "{answer}");
    // A flag replaces the list of the file.
    let ran = desk.run(&["index", "site", "-o", "out", "--marks", "div.ad { body }"]);
    assert!(ran.ends(0).out().contains("left out 1 page"));
    assert_eq!(urls(&desk, "ferret"), ["blog/post.html"]);
    desk.run(&["index", "site", "--marks", "a:hover { body }"])
        .ends(2)
        .warns(&["marks.selector", "pseudo-class"]);
}
