//! `searchlet index` on input as it comes.

use std::fs;

use super::Desk;

#[test]
fn an_empty_folder_is_an_error_that_touches_nothing() {
    let desk = Desk::new();
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run(&["index", "empty"]).ends(3).warns(&["error: no documents in empty", "give a folder"]);
    assert!(desk.files("").is_empty());
    assert_eq!(fs::read_dir(desk.path("empty")).unwrap().count(), 0);
}

#[test]
fn a_missing_input_is_named() {
    let desk = Desk::new();
    desk.run(&["index", "nowhere"]).ends(3).warns(&["error: ", "nowhere"]);
    assert!(desk.files("").is_empty());
}

#[test]
fn no_input_is_a_usage_error() {
    let desk = Desk::new();
    desk.run(&["index"]).ends(2);
    desk.run(&["dance"]).ends(2);
    desk.run(&["--help"]).ends(0);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_left_out_and_named() {
    let desk = Desk::new();
    desk.write("notes/good.md", "# Good\n\nA fine document about otters.\n");
    // A link to nowhere cannot be read by anyone, not even by root.
    std::os::unix::fs::symlink("nowhere", desk.path("notes/broken.md")).unwrap();
    desk.run(&["index", "notes"]).ends(1).warns(&["error: ", "broken.md", "; "]);
    assert_eq!(desk.run(&["search", "notes/searchlet", "otters", "--json"]).ends(0).urls(), ["good.md"]);
}

#[test]
fn invalid_utf8_is_named_and_the_rest_is_found() {
    let desk = Desk::new();
    desk.write("notes/latin.txt", b"Menu\n\ncr\xe8me br\xfbl\xe9e and walnuts\n");
    desk.write("notes/good.md", "# Good\n\nA fine document about otters.\n");
    let ran = desk.run(&["index", "notes"]).warns(&["latin.txt", "UTF-8", "; "]);
    assert!(matches!(ran.code(), 0 | 1), "{ran}");
    assert_eq!(desk.run(&["search", "notes/searchlet", "otters", "--json"]).ends(0).urls(), ["good.md"]);
}

#[test]
fn an_empty_file_is_named_and_the_rest_is_found() {
    let desk = Desk::new();
    desk.write("notes/empty.txt", "");
    desk.write("notes/good.md", "# Good\n\nA fine document about otters.\n");
    let ran = desk.run(&["index", "notes"]).warns(&["empty.txt", "; "]);
    assert!(matches!(ran.code(), 0 | 1), "{ran}");
    assert_eq!(desk.run(&["search", "notes/searchlet", "otters", "--json"]).ends(0).urls(), ["good.md"]);
}

#[test]
fn a_large_document_is_searched_to_its_end() {
    let desk = Desk::new();
    let mut text = String::from("The long road\n\n");
    for line in 0.. {
        if text.len() > 20_000_000 {
            break;
        }
        text.push_str(&format!("Milestone {line} stands beside a road that goes on and on.\n"));
    }
    text.push_str("Here, at last, a xylophone.\n");
    desk.write("notes/long.txt", text);
    desk.run(&["index", "notes"]).ends(0);
    assert_eq!(desk.run(&["search", "notes/searchlet", "xylophone", "--json"]).ends(0).urls(), ["long.txt"]);
    desk.run(&["verify", "notes/searchlet"]).ends(0);
}

#[test]
fn of_two_documents_with_one_url_one_is_left_out_and_named() {
    let desk = Desk::new();
    desk.write("one/same.txt", "First\n\nA text about otters.\n");
    desk.write("two/same.txt", "Second\n\nA text about badgers.\n");
    desk.run(&["index", "one", "two"]).ends(1).warns(&["error: ", "same.txt", "; "]);
    let otters = desk.run(&["search", "searchlet", "otters", "--json"]).ends(0).urls();
    let badgers = desk.run(&["search", "searchlet", "badgers", "--json"]).ends(0).urls();
    assert_eq!(otters.len() + badgers.len(), 1, "{otters:?} {badgers:?}");
}

#[test]
fn a_broken_line_of_records_is_named_and_the_others_are_found() {
    let desk = Desk::new();
    let line = |number| match number {
        7 => "{\"url\": \"seven.html\", \"text\": \"unfinished\n".to_owned(),
        _ => format!(
            "{{\"url\": \"r{number}.html\", \"title\": \"Record {number}\", \"text\": \"an otter\"}}\n"
        ),
    };
    desk.write("records.jsonl", (1..=10).map(line).collect::<String>());
    desk.run(&["index", "records.jsonl"]).ends(1).warns(&["error: ", "records.jsonl:7", "; "]);
    assert_eq!(desk.run(&["search", "searchlet", "otter", "--json"]).ends(0).urls().len(), 9);
}

#[test]
fn a_failed_build_leaves_the_bundle_as_it_was() {
    let desk = Desk::with_bundle();
    let before = desk.files("notes/searchlet");
    fs::remove_file(desk.path("notes/tea.md")).unwrap();
    fs::remove_file(desk.path("notes/rocks.txt")).unwrap();
    desk.run(&["index", "notes"]).ends(3);
    assert_eq!(desk.files("notes/searchlet"), before);
    desk.run(&["search", "notes/searchlet", "granite"]).ends(0);
}

#[test]
fn a_bundle_is_replaced_whole() {
    let desk = Desk::with_bundle();
    desk.write("notes/searchlet/mine.txt", "what a bundle never named stays");
    fs::remove_file(desk.path("notes/tea.md")).unwrap();
    // What the previous build named is kept for readers who hold its head; the build after that removes it.
    desk.run(&["index", "notes"]).ends(0);
    desk.run(&["index", "notes"]).ends(0);
    desk.run(&["verify", "notes/searchlet"]).ends(0);
    assert!(desk.run(&["search", "notes/searchlet", "boiling", "--json"]).ends(0).urls().is_empty());
    assert!(desk.path("notes/searchlet/mine.txt").exists());
}

#[test]
fn the_bundle_goes_where_design_says() {
    let desk = Desk::new();
    desk.write("notes/a.md", "# A\n\notters\n");
    desk.write("more/b.md", "# B\n\nbadgers\n");
    desk.run(&["index", "notes"]).ends(0);
    assert!(desk.path("notes/searchlet/index.json").is_file(), "one folder: into it");
    desk.run(&["index", "notes", "more"]).ends(0);
    assert!(desk.path("searchlet/index.json").is_file(), "two folders: here");
    fs::remove_dir_all(desk.path("searchlet")).unwrap();
    desk.run(&["index", "notes/a.md"]).ends(0);
    assert!(desk.path("searchlet/index.json").is_file(), "a file: here");
    desk.run(&["index", "notes", "-o", "site/deep/find"]).ends(0);
    assert!(desk.path("site/deep/find/index.json").is_file(), "as told");
}

#[test]
fn bundles_and_hidden_folders_are_never_indexed() {
    let desk = Desk::with_bundle();
    desk.write("notes/.git/secret.txt", "Secret\n\nxylophone\n");
    desk.write("notes/deep/.cache/secret.md", "# Secret\n\nxylophone\n");
    // A bundle under another name, with files that would be documents elsewhere.
    desk.run(&["index", "notes", "-o", "notes/other"]).ends(0);
    desk.write("notes/other/stray.md", "# Stray\n\nxylophone\n");
    let first = desk.run(&["index", "notes"]).ends(0);
    assert!(first.out().starts_with("2 documents, "), "{first}");
    assert!(desk.run(&["search", "notes/searchlet", "xylophone", "--json"]).ends(0).urls().is_empty());
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let desk = Desk::with_bundle();
    desk.run(&["index", "notes", "--threads", "1", "-o", "one"]).ends(0);
    desk.run(&["index", "notes", "--threads", "4", "-o", "four"]).ends(0);
    assert_eq!(desk.files("one"), desk.files("four"));
    assert_eq!(desk.files("one"), desk.files("notes/searchlet"));
}

#[test]
fn output_that_holds_an_input_is_refused() {
    let desk = Desk::with_bundle();
    let before = desk.files("notes");
    desk.run(&["index", "notes", "-o", "notes"]).ends(2).warns(&["-o notes", "choose"]);
    desk.run(&["index", "notes/tea.md", "-o", "notes"]).ends(2).warns(&["-o notes", "choose"]);
    desk.run(&["index", "notes", "--pages", "."]).ends(2).warns(&["--pages .", "choose"]);
    assert_eq!(desk.files("notes"), before);
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let desk = Desk::with_bundle();
    let ran = desk.run(&["index", "notes", "-q"]).ends(0);
    assert_eq!(ran.out(), "");
    // A program without the browser's files warns of that all the same.
    assert!(ran.err().lines().all(|line| line.contains("cargo xtask install")), "{ran}");
}

#[test]
fn pages_are_written_for_documents_that_are_not_html() {
    let desk = Desk::with_bundle();
    desk.write("notes/ready.html", "<title>Ready</title><p>Already a page.");
    desk.run(&["index", "notes", "-o", "site/searchlet", "--pages", "site"]).ends(0);
    let pages: Vec<_> =
        desk.files("site").into_iter().filter(|(name, _)| !name.starts_with("searchlet/")).collect();
    assert_eq!(pages.len(), 2, "{:?}", pages.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (name, html) in &pages {
        let html = std::str::from_utf8(html).unwrap();
        assert!(name.ends_with(".html"), "{name}");
        assert!(html.contains("Granite") || html.contains("boiling"), "{html}");
    }
    desk.run(&["index", "notes", "-o", "x", "--pages", "y", "--pages-template", "none.html"])
        .ends(3)
        .warns(&["error: ", "none.html", "; "]);
    desk.write("shell.html", "<title>{{title}}</title>{{bdy}}");
    desk.run(&["index", "notes", "-o", "x", "--pages", "y", "--pages-template", "shell.html"])
        .ends(3)
        .warns(&["error: ", "shell.html", "{{body}}"]);
    assert!(!desk.path("x").exists() && !desk.path("y").exists());
}
