//! Bundles built again, with what the build before has left.

use super::{Desk, Ran};
use std::fs;

/// Enough pages for several chapters.
const PAGES: usize = 900;

impl Desk {
    /// A site whose pages share words, in some folders.
    fn with_pages() -> Self {
        let desk = Self::new();
        for number in 0..PAGES {
            desk.page(number, "");
        }
        desk
    }

    fn page(&self, number: usize, more: &str) {
        let words: Vec<String> =
            (0..40).map(|n| format!("w{}", (number * 31 + n * 17) % (50 + n * 20))).collect();
        let text = format!("<title>Page {number}</title><main><p>{}{more}</main>", words.join(" "));
        self.write(&format!("site/{}/{number}.html", number % 6), text);
    }

    /// Builds with a cache and without, and holds one bundle against the other.
    fn same(&self, change: &str) {
        self.run(&["index", "site", "-o", "with", "--cache", "kept"]).ends(0);
        self.run(&["index", "site", "-o", "without", "--no-cache"]).ends(0);
        // Files of the bundle before stay for readers that have its head, in both.
        assert!(self.files("with") == self.files("without"), "after {change}");
    }

    /// The bytes of the cache that is named.
    fn kept(&self) -> usize {
        self.files("kept").values().map(Vec::len).sum()
    }
}

#[test]
fn a_bundle_is_the_same_with_a_cache_whatever_was_changed() {
    let desk = Desk::with_pages();
    desk.same("nothing");
    let whole = desk.kept();
    desk.same("nothing again");
    desk.page(500, " an otter swims by");
    desk.same("an edit");
    desk.page(PAGES, "");
    desk.same("a page more");
    fs::remove_file(desk.path("site/3/123.html")).unwrap();
    desk.same("a page less");
    fs::rename(desk.path("site/4/124.html"), desk.path("site/4/renamed.html")).unwrap();
    desk.same("a page renamed");
    assert!(desk.kept() < whole * 2, "what is of no use goes");
    desk.run(&["verify", "with"]).ends(0);
    let found = desk.run(&["search", "with", "otter", "--json"]).ends(0).urls();
    assert_eq!(found, ["2/500.html"]);
}

#[test]
fn a_damaged_cache_is_as_good_as_none() {
    let desk = Desk::with_pages();
    desk.same("nothing");
    let names: Vec<String> = desk.files("kept").into_keys().collect();
    assert!(names.len() > 3, "{names:?}");
    for (nth, name) in names.iter().enumerate() {
        let path = desk.path(&format!("kept/{name}"));
        let mut bytes = fs::read(&path).unwrap();
        match nth % 3 {
            0 => bytes.truncate(bytes.len() / 2),
            1 => bytes.clear(),
            _ => {
                let middle = bytes.len() / 2;
                bytes[middle] ^= 0x55;
            }
        }
        fs::write(&path, bytes).unwrap();
    }
    desk.page(7, " an otter");
    desk.same("damage and an edit");
}

#[test]
fn two_builds_may_use_one_cache_at_once() {
    let desk = Desk::with_pages();
    let mut builds: Vec<_> = ["one", "two", "three"]
        .map(|output| {
            desk.command(&["index", "site", "-q", "-o", output, "--cache", "kept"]).spawn().unwrap()
        })
        .into();
    for build in &mut builds {
        assert!(build.wait().unwrap().success());
    }
    desk.same("builds at once");
    assert!(desk.files("one") == desk.files("without") && desk.files("two") == desk.files("three"));
}

#[test]
fn without_a_folder_it_is_among_those_of_the_user() {
    let desk = Desk::with_bundle();
    let caches = || desk.files("user").keys().filter(|name| name.ends_with(".settled")).count();
    let index = |arguments: &[&str]| {
        let mut command = desk.command(&[&["index", "notes"], arguments].concat());
        let output = command.env("XDG_CACHE_HOME", desk.path("user")).output().unwrap();
        Ran { told: format!("{arguments:?}"), output }.ends(0)
    };
    fs::create_dir(desk.path("user")).unwrap();
    index(&["--no-cache"]);
    index(&["-o", "kept-elsewhere", "--cache", "kept"]);
    assert_eq!(caches(), 0);
    index(&[]);
    let one = caches();
    assert!(one > 0);
    index(&[]);
    assert_eq!(caches(), one);
    index(&["-o", "other"]);
    assert_eq!(caches(), 2 * one, "each bundle has one of its own");
    assert!(desk.files("notes").keys().all(|name| !name.ends_with(".settled")));
}

#[test]
fn a_cache_that_cannot_be_is_a_warning_and_one_in_the_bundle_a_mistake() {
    let desk = Desk::with_bundle();
    desk.write("file", "no folder");
    let ran = desk.run(&["index", "notes", "-o", "out", "--cache", "file"]).ends(0);
    ran.warns(&["warning: ", "file", "--cache", "--no-cache"]);
    desk.run(&["verify", "out"]).ends(0);
    desk.run(&["index", "notes", "--cache", "notes/searchlet/cache"])
        .ends(2)
        .warns(&["--cache", "published"]);
    desk.write("searchlet.toml", "cache = \"by-file\"\n");
    desk.run(&["index", "notes"]).ends(0);
    assert!(desk.path("by-file").is_dir());
    desk.write("searchlet.toml", "cache = \"not-made\"\nno_cache = true\n");
    desk.run(&["index", "notes"]).ends(0);
    assert!(!desk.path("not-made").exists());
}
