//! Which files are found in folders of all sorts.

use super::*;
use std::fs;

/// A folder of files; a name that ends in `/` is a folder.
fn folder(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::write(path, "x").unwrap();
        }
    }
    folder
}

fn found(inputs: &[PathBuf]) -> (Vec<Source>, Vec<Problem>) {
    find(inputs, &InputSettings::default())
}

fn urls(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(|source| &*source.url).collect()
}

#[test]
fn documents_are_found_by_extension_in_the_order_of_their_urls() {
    let folder =
        folder(&["b.HTML", "a/z.md", "a/index.html", "c.txt", "index.html", "e.jsonl", "style.css", "none"]);
    let (sources, problems) = found(&[folder.path().to_owned()]);
    assert_eq!(urls(&sources), ["./", "a/", "a/z.md", "b.HTML", "c.txt", "e.jsonl"]);
    assert_eq!(problems, []);
    assert_eq!(sources[3].kind, Kind::Html);
    assert_eq!(read(&sources[3]).unwrap(), b"x");
}

#[test]
fn hidden_files_bundles_and_skipped_paths_are_passed_over() {
    let folder = folder(&[
        ".git/a.md",
        ".b.txt",
        "searchlet/index.json",
        "searchlet/sub/c.txt",
        "out/d.txt",
        "in/index.json",
        "skip.txt",
    ]);
    // Told by how it begins, since a bundle may be without the browser's files.
    fs::write(folder.path().join("searchlet/index.json"), "{\"checksum\":\"0123456789abcdef\"}").unwrap();
    let skip = vec![folder.path().join("out"), folder.path().join("skip.txt"), folder.path().join("absent")];
    let (sources, problems) =
        find(&[folder.path().to_owned()], &InputSettings { skip, ..InputSettings::default() });
    assert_eq!(urls(&sources), ["in/index.json"]);
    assert_eq!(problems, []);
    let (sources, problems) = found(&[folder.path().join("searchlet")]);
    assert_eq!(sources, []);
    assert_eq!(problems[0].what, "the input is a bundle");
}

#[test]
fn a_file_has_its_folder_for_a_root() {
    let folder = folder(&["deep/down/a.txt", "deep/b.pdf"]);
    let (sources, _) = found(&[folder.path().join("deep/down/a.txt")]);
    assert_eq!(urls(&sources), ["a.txt"]);
    let (_, problems) = found(&[folder.path().join("deep/b.pdf")]);
    assert_eq!(problems[0].what, "the extension names no kind of document");
}

#[test]
fn what_is_not_there_is_named() {
    let folder = folder(&["a.txt"]);
    let absent = folder.path().join("absent");
    let (sources, problems) = found(&[absent.clone(), folder.path().to_owned()]);
    assert_eq!(urls(&sources), ["a.txt"]);
    assert_eq!(problems[0].path, absent);
    assert!(problems[0].what.starts_with("the input cannot be opened: no such file"), "{}", problems[0]);
    let gone = Source { path: folder.path().join("b.txt"), ..Source::of("b.txt", Kind::Text) };
    assert_eq!(read(&gone).unwrap_err().path, gone.path);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["a/b.txt", "elsewhere/c.md"]);
    symlink(folder.path().join("a"), folder.path().join("a/back")).unwrap();
    symlink(folder.path().join("elsewhere"), folder.path().join("a/there")).unwrap();
    symlink(folder.path().join("absent.txt"), folder.path().join("a/broken.txt")).unwrap();
    let (sources, problems) = found(&[folder.path().join("a")]);
    assert_eq!(urls(&sources), ["b.txt", "there/c.md"]);
    let names: Vec<_> = problems.iter().map(|problem| problem.path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["back", "broken.txt"]);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_have_urls() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&[]);
    fs::write(folder.path().join(OsStr::from_bytes(b"\xFFa.txt")), "x").unwrap();
    let (sources, _) = found(&[folder.path().to_owned()]);
    assert_eq!(urls(&sources), ["%FFa.txt"]);
    assert_eq!(read(&sources[0]).unwrap(), b"x");
}

#[test]
fn patterns_choose_files_by_their_paths_in_the_input() {
    let folder = folder(&["a.md", "docs/b.md", "docs/drafts/c.md", "docs/d.txt", "docs/drafts/deep/e.md"]);
    let chosen = |glob: &[&str], exclude: &[&str]| {
        let patterns = |patterns: &[&str]| patterns.iter().map(|p| Pattern::new(p).unwrap()).collect();
        let settings =
            InputSettings { glob: patterns(glob), exclude: patterns(exclude), ..InputSettings::default() };
        let (sources, problems) = find(&[folder.path().to_owned()], &settings);
        assert_eq!(problems, []);
        sources.into_iter().map(|source| source.url).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&["docs/**", "a.*"], &["**/drafts/**"]), ["a.md", "docs/b.md", "docs/d.txt"]);
    assert_eq!(chosen(&["*.md"], &[]), ["a.md"]);
    assert_eq!(chosen(&[], &["**/*.md"]), ["docs/d.txt"]);
    let settings = InputSettings { exclude: vec![Pattern::new("**").unwrap()], ..InputSettings::default() };
    let (sources, _) = find(&[folder.path().join("a.md")], &settings);
    assert_eq!(urls(&sources), ["a.md"], "a file that is named is wanted");
}
