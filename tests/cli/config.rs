//! Options, given by flags, the environment and `searchlet.toml`.

use super::{Desk, Ran};

/// Two pages in two folders that say the same of otters, but for their names.
fn twins() -> Desk {
    let desk = Desk::new();
    for name in ["news/one", "blog/two"] {
        desk.write(&format!("site/{name}.md"), "# Otters\n\nAn otter swims in the river.\n");
    }
    desk
}

impl Desk {
    /// Runs `searchlet index` with variables of the environment, and says what an otter is found in.
    fn otters(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
        let mut command = self.command(&[&["index", "-o", "out", "-q"], arguments].concat());
        let output = command.envs(environment.iter().copied()).output().expect("the program starts");
        Ran { told: format!("searchlet index {arguments:?} {environment:?}"), output }.ends(0);
        self.run(&["search", "out", "otter", "--json"]).ends(0).urls()
    }

    /// The same with a configuration file.
    fn otters_by_file(&self, file: &str) -> Vec<String> {
        self.write("searchlet.toml", file);
        let found = self.otters(&["site"], &[]);
        std::fs::remove_file(self.path("searchlet.toml")).unwrap();
        found
    }

    /// Runs `searchlet index site` with a configuration file that makes no sense.
    fn refuses(&self, file: &str, words: &[&str]) {
        self.write("searchlet.toml", file);
        self.run(&["index", "site", "-o", "out"]).ends(2).warns(words);
        assert!(!self.path("out").exists(), "{file}");
    }
}

#[test]
fn a_flag_overrules_the_environment_that_the_file_and_that_the_default() {
    let desk = twins();
    let variable = [("SEARCHLET_GLOB", "blog/**")];
    assert_eq!(desk.otters(&["site"], &[]).len(), 2);
    desk.write("searchlet.toml", "glob = [\"news/**\"]\n");
    assert_eq!(desk.otters(&["site"], &[]), ["news/one.md"]);
    assert_eq!(desk.otters(&["site"], &variable), ["blog/two.md"]);
    assert_eq!(desk.otters(&["site", "--glob", "news/*"], &variable), ["news/one.md"]);
    // A value that is no list, too.
    desk.write("searchlet.toml", "urls.base = \"a\"\n");
    let variable = [("SEARCHLET_URLS_BASE", "b"), ("SEARCHLET_EXCLUDE", "blog/**; x/**")];
    assert_eq!(desk.otters(&["site"], &[]), ["a/blog/two.md", "a/news/one.md"]);
    assert_eq!(desk.otters(&["site"], &variable), ["b/news/one.md"]);
    assert_eq!(desk.otters(&["site", "--urls-base", "c"], &variable), ["c/news/one.md"]);
}

#[test]
fn a_file_may_be_named_and_its_paths_are_relative_to_it() {
    let desk = twins();
    desk.write("site/searchlet.toml", "inputs = [\"blog\"]\noutput = \"../made\"\nquiet = true\n");
    let ran = desk.run(&["index", "-c", "site/searchlet.toml"]).ends(0);
    assert_eq!(ran.out(), "");
    assert_eq!(desk.run(&["search", "made", "otter", "--json"]).urls(), ["two.md"]);
    let mut command = desk.command(&["index"]);
    let variables =
        [("SEARCHLET_CONFIG", "site/searchlet.toml"), ("SEARCHLET_OUTPUT", "else"), ("SEARCHLET_QUIET", "0")];
    let output = command.envs(variables).env("SEARCHLET_INPUTS", "site/news").output().unwrap();
    let ran = Ran { told: "by the environment".to_owned(), output }.ends(0);
    assert!(ran.out().starts_with("1 document, "), "{ran}");
    assert_eq!(desk.run(&["search", "else", "otter", "--json"]).urls(), ["one.md"]);
    desk.run(&["index", "-c", "absent.toml"]).ends(2).warns(&["error: ", "absent.toml", "-c"]);
}

#[test]
fn what_makes_no_sense_is_named_with_what_does() {
    let desk = twins();
    for (file, words) in [
        ("\nexcluded = []\n", &["searchlet.toml:2", "\"excluded\"", "did you mean \"exclude\""][..]),
        ("max_files = 7\n", &["searchlet.toml:1", "max_files is 7", "from 100 to 10000000"]),
        (
            "[[weights]]\nglob = \"a\"\nweight = 50\n",
            &["searchlet.toml:3", "weights.weight", "from 0.1 to 10"],
        ),
        ("freshness_days = 0\n", &["freshness_days", "from 1 to 36500"]),
        ("duplicates = \"drop\"\n", &["\"drop\"", "\"fold\" or \"keep\""]),
        ("glob = [\"a[\"]\n", &["searchlet.toml", "glob", "\"a[\""]),
        ("language = \"the queen's\"\n", &["searchlet.toml", "language", "BCP 47"]),
        ("urls.base = \"javascript:x\"\n", &["searchlet.toml", "urls.base", "expected"]),
        ("pages_template = \"x.html\"\n", &["--pages"]),
        ("quiet\n", &["searchlet.toml:1", "TOML"]),
    ] {
        desk.refuses(file, words);
    }
    std::fs::remove_file(desk.path("searchlet.toml")).unwrap();
    desk.run(&["index", "site", "--weights", "blog/**=11"]).ends(2).warns(&["weights", "0.1 to 10"]);
    desk.run(&["index", "site", "--weights", "blog"]).ends(2).warns(&["--weights", "PATTERN=N"]);
    desk.run(&["index", "site", "--exclude", "{"]).ends(2).warns(&["exclude", "\"{\""]);
    desk.run(&["index", "site", "--threads", "0"]).ends(2).warns(&["--threads", "1..=1024"]);
}

#[test]
fn synonyms_are_read_and_checked() {
    let desk = twins();
    let fine = "[[synonyms]]\nwords = [\"car\", \"motor car\"]\n[[synonyms]]\nfrom = [\"k8s\"]\nto = [\"kubernetes\"]\n";
    assert_eq!(desk.otters_by_file(fine).len(), 2);
    assert_eq!(
        desk.otters(&["site", "--synonyms", "car, auto", "--synonyms", "k8s > kubernetes"], &[]).len(),
        2
    );
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    for (entry, word) in [
        ("words = [\"car\"]", "at least 2"),
        ("words = [\"car\", \"Car\"]", "twice"),
        ("words = [\"car\", \"\"]", "empty"),
        ("words = [\"car\", \"a b c d\"]", "3 words"),
        ("from = [\"a\"]\nto = []", "`to`"),
        ("from = [\"a\"]\nto = [\"a\"]", "twice"),
        ("from = [\"a\"]", "either"),
        ("words = [\"a\", \"b\"]\nto = [\"c\"]", "either"),
    ] {
        desk.refuses(&format!("[[synonyms]]\n{entry}\n"), &["searchlet.toml", "synonym 1", word]);
    }
    desk.refuses(&"[[synonyms]]\nwords = [\"a\", \"b\"]\n".repeat(10_001), &["synonyms", "10000 at most"]);
    std::fs::remove_file(desk.path("searchlet.toml")).unwrap();
    desk.run(&["index", "site", "--synonyms", "car"]).ends(2).warns(&["synonym 1", "at least 2"]);
}

#[test]
fn a_page_that_weighs_more_comes_first() {
    let desk = twins();
    let file = |glob: &str, weight: f64| format!("[[weights]]\nglob = \"{glob}\"\nweight = {weight}\n");
    for (glob, weight, first) in [
        ("blog/**", 2.0, "blog/two.md"),
        ("blog/**", 10.0, "blog/two.md"),
        ("blog/**", 0.5, "news/one.md"),
        ("blog/**", 0.1, "news/one.md"),
        ("news/*", 2.0, "news/one.md"),
        ("**/one.md", 0.5, "blog/two.md"),
    ] {
        let found = desk.otters_by_file(&file(glob, weight));
        assert_eq!((&*found[0], found.len()), (first, 2), "{glob} {weight}");
    }
    // Of several the last counts.
    let both = file("**", 0.5) + &file("news/**", 1.0);
    assert_eq!(desk.otters_by_file(&both)[0], "news/one.md");
    assert_eq!(desk.otters(&["site", "--weights", "news/**=2", "--weights", "x=1"], &[])[0], "news/one.md");
    let variable = [("SEARCHLET_WEIGHTS", "blog/**=0.5;x=1")];
    assert_eq!(desk.otters(&["site"], &variable)[0], "news/one.md");
    // Records by their URL, for they have no file of their own.
    desk.write(
        "records.jsonl",
        "{\"url\": \"a/1\", \"text\": \"an otter\"}\n{\"url\": \"b/2\", \"text\": \"an otter\"}\n",
    );
    assert_eq!(desk.otters(&["records.jsonl"], &[])[0], "a/1");
    assert_eq!(desk.otters(&["records.jsonl", "--weights", "b/*=2"], &[])[0], "b/2");
}

#[test]
fn a_newer_page_comes_first_where_age_counts() {
    let desk = Desk::new();
    for (name, date) in [("a", "2019-05-01"), ("b", "2024-05-01"), ("c", "2022-05-01")] {
        desk.write(
            &format!("site/{name}.md"),
            format!("---\ndate: {date}\n---\n# Otters\n\nAn otter swims in the river.\n"),
        );
    }
    assert_eq!(desk.otters(&["site"], &[]), ["a.md", "b.md", "c.md"]);
    assert_eq!(desk.otters_by_file("freshness_days = 365\n"), ["b.md", "c.md", "a.md"]);
    assert_eq!(desk.otters(&["site", "--freshness-days", "1000"], &[]), ["b.md", "c.md", "a.md"]);
    // The newest document is the measure, so a site that was left alone answers as it did.
    assert_eq!(
        desk.otters(&["site", "--exclude", "b.md"], &[("SEARCHLET_FRESHNESS_DAYS", "365")]),
        ["c.md", "a.md"]
    );
    desk.write("site/c.md", "---\ndate: sometime\n---\n# Otters\n\nAn otter swims in the river.\n");
    let ran = desk.run(&["index", "site", "--freshness-days", "365"]).ends(0);
    ran.warns(&["c.md", "\"sometime\"", "; "]);
}

#[test]
fn urls_are_as_the_site_has_them() {
    let desk = Desk::new();
    for name in ["index.html", "a/index.html", "a/b.html", "c.md"] {
        desk.write(&format!("site/{name}"), format!("<title>{name}</title><p>An otter of {name}."));
    }
    let urls = |arguments: &[&str]| {
        let mut urls = desk.otters(&[&["site"], arguments].concat(), &[]);
        urls.sort();
        urls
    };
    let file = |text: &str| {
        let mut urls = desk.otters_by_file(text);
        urls.sort();
        urls
    };
    assert_eq!(urls(&[]), ["./", "a/", "a/b.html", "c.md"]);
    assert_eq!(urls(&["--urls-index-html", "keep"]), ["a/b.html", "a/index.html", "c.md", "index.html"]);
    assert_eq!(urls(&["--urls-html", "cut"]), ["./", "a/", "a/b", "c.md"]);
    assert_eq!(file("[urls]\nhtml = \"cut\"\ntrailing_slash = \"cut\"\n"), ["./", "a", "a/b", "c.md"]);
    assert_eq!(file("[urls]\nhtml = \"cut\"\ntrailing_slash = \"add\"\n"), ["./", "a/", "a/b/", "c.md"]);
    assert_eq!(file("[urls]\nbase = \"/docs\"\n"), ["/docs/", "/docs/a/", "/docs/a/b.html", "/docs/c.md"]);
    // A page whose name was cut is a page all the same.
    desk.run(&["index", "site", "-o", "out", "--pages", "pages", "--urls-html", "cut"]).ends(0);
    assert_eq!(desk.files("pages").into_keys().collect::<Vec<_>>(), ["c.md/index.html"]);
}

#[test]
fn pages_that_are_others_again_are_folded_and_told() {
    let desk = Desk::new();
    let page = |canonical: &str, text: &str| {
        format!("<title>Otters</title><link rel=canonical href=\"{canonical}\"><p>An otter {text}.")
    };
    desk.write("site/otter.html", page("https://example.org/otter.html", "swims"));
    desk.write("site/print.html", page("https://example.org/otter.html", "swims, for printers"));
    desk.write("site/long/copy.html", "<title>Copy</title><p>An otter, copied.");
    desk.write("site/copy.html", "<title>Copy</title><p>An otter, copied.");
    desk.write("site/same.jsonl", "{\"id\": 1, \"text\": \"otter\"}\n{\"id\": 2, \"text\": \"otter\"}\n");
    let ran = desk.run(&["index", "site", "-o", "out"]).ends(0);
    assert!(ran.out().contains("folded 2 pages"), "{ran}");
    let sorted = |mut urls: Vec<String>| {
        urls.sort();
        urls
    };
    let folded = ["1", "2", "copy.html", "otter.html"];
    assert_eq!(sorted(desk.otters(&["site"], &[])), folded);
    assert_eq!(
        sorted(desk.otters(&["site", "--duplicates", "fold"], &[("SEARCHLET_DUPLICATES", "keep")])),
        folded
    );
    assert_eq!(desk.otters_by_file("duplicates = \"keep\"\n").len(), 6);
}

#[test]
fn language_and_resources_may_stand_in_the_file() {
    let desk = twins();
    desk.write("searchlet.toml", "language = \"de\"\nthreads = 1\nmax_files = 100\nmemory = 0\n");
    let ran = desk.run(&["index", "site", "-o", "by-file"]).ends(0);
    assert!(ran.out().contains(", de\n"), "{ran}");
    std::fs::remove_file(desk.path("searchlet.toml")).unwrap();
    let flags = ["--language", "de", "--threads", "1", "--max-files", "100", "--memory", "0"];
    desk.run(&[&["index", "site", "-o", "by-flags"], &flags[..]].concat()).ends(0);
    assert_eq!(desk.files("by-file"), desk.files("by-flags"));
    let mut command = desk.command(&["index", "site", "-o", "by-environment"]);
    let variables = ["LANGUAGE", "THREADS", "MAX_FILES", "MEMORY"].map(|name| format!("SEARCHLET_{name}"));
    let output = command.envs(variables.iter().zip(["de", "1", "100", "0"])).output().unwrap();
    Ran { told: "by the environment".to_owned(), output }.ends(0);
    assert_eq!(desk.files("by-file"), desk.files("by-environment"));
}

#[test]
fn pages_may_be_asked_for_in_the_file() {
    let desk = twins();
    desk.write("around.html", "<main>{{body}}</main>");
    desk.write("searchlet.toml", "pages = \"pages\"\npages_template = \"around.html\"\n");
    desk.run(&["index", "site", "-o", "out"]).ends(0);
    let pages = desk.files("pages");
    assert_eq!(pages.len(), 2);
    assert!(pages.values().all(|page| page.starts_with(b"<main>")));
    let mut command = desk.command(&["index", "site", "-o", "out"]);
    let output =
        command.env("SEARCHLET_PAGES", "more").env("SEARCHLET_PAGES_TEMPLATE", "none.html").output().unwrap();
    Ran { told: "by the environment".to_owned(), output }.ends(3).warns(&["none.html"]);
}

#[test]
fn the_schema_tells_of_each_option_of_the_readme() {
    let desk = Desk::new();
    let schema = desk.run(&["config", "--schema"]).ends(0);
    let schema: serde_json::Value = serde_json::from_str(&schema.out()).expect("JSON");
    let mut known = Vec::new();
    for (key, option) in schema["properties"].as_object().expect("options") {
        match option["properties"].as_object() {
            Some(inner) => known.extend(inner.keys().map(|name| format!("{key}.{name}"))),
            None => known.push(key.clone()),
        }
        assert!(option["description"].is_string(), "{key}");
    }
    assert_eq!(schema["properties"]["max_files"]["minimum"], 100);
    assert_eq!(schema["properties"]["max_files"]["default"], 10_000);
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, table) = readme.split_once("### Options of `searchlet index`").expect("the section");
    let rows = table.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    let mut told: Vec<String> = rows
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('`').nth(1).expect("a key").to_owned())
        .collect();
    told.sort();
    known.sort();
    assert_eq!(told, known);
    // Each is also a flag, under the same name.
    let help = desk.run(&["index", "--help"]).ends(0).out();
    for key in known.iter().filter(|key| *key != "inputs") {
        let flag = format!("--{}", key.replace(['.', '_'], "-"));
        assert!(help.contains(&flag), "{flag}\n{help}");
    }
    assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    desk.run(&["config"]).ends(2).warns(&["--schema"]);
}
