//! A bundle as one script, and the service worker that keeps one.

use std::fs;
use std::path::Path;

use super::{Desk, Ran};

/// Whether the program carries one of the browser's files: without Node there is no classic script.
fn carries(name: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www/dist").join(name).is_file()
}

impl Desk {
    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The root of the bundle in `out`.
    fn root(&self) -> serde_json::Value {
        serde_json::from_str(&self.text("out/index.json")).unwrap()
    }
}

#[test]
fn a_bundle_becomes_one_script() {
    let desk = Desk::with_bundle();
    let ran = desk.run(&["pack", "notes/searchlet", "-o", "made/here/search.js"]);
    if !carries("classic.js") {
        ran.ends(3).warns(&["classic.js", "cargo xtask install"]);
        return;
    }
    let ran = ran.ends(0);
    assert!(ran.out().starts_with("wrote made/here/search.js: 2 documents, "), "{ran}");
    let script = desk.text("made/here/search.js");
    assert!(!script.contains("@@"), "a mark is left");
    let names: Vec<String> = desk.files("notes/searchlet").into_keys().collect();
    let is_in = |name: &String| script.contains(&format!("\"{name}\":\""));
    for name in names.iter().filter(|name| name.ends_with(".part") || name.ends_with(".head")) {
        assert!(is_in(name), "{name}");
    }
    // No words but those of the languages that are searched.
    assert!(!names.iter().any(|name| name.ends_with("/de.json") && is_in(name)));
    // The same again, in the same place.
    desk.run(&["pack", "notes/searchlet", "-o", "made/here/search.js"]).ends(0);
    assert_eq!(desk.text("made/here/search.js"), script);
    assert_eq!(desk.files("made").len(), 1);
}

#[test]
fn what_is_damaged_or_absent_is_not_packed() {
    let desk = Desk::with_bundle();
    if !carries("classic.js") {
        return;
    }
    desk.run(&["pack", "notes", "-o", "search.js"]).ends(3).warns(&["notes/searchlet"]);
    desk.run(&["pack", "notes/searchlet"]).ends(2).warns(&["--output"]);
    let part = desk.files("notes/searchlet").into_keys().find(|name| name.ends_with(".part")).unwrap();
    fs::write(desk.path("notes/searchlet").join(&part), "nonsense").unwrap();
    desk.run(&["pack", "notes/searchlet", "-o", "search.js"]).ends(3).warns(&[&part, "searchlet index"]);
    assert!(!desk.path("search.js").exists());
}

#[test]
fn a_service_worker_is_written_to_where_a_site_has_it() {
    let desk = Desk::new();
    desk.write("site/a.md", "# Otters\n\nAn otter swims in the river.\n");
    let ran = desk.run(&["index", "site", "--service-worker", "site/searchlet-sw.js"]).ends(0);
    assert!(ran.out().contains("wrote site/searchlet-sw.js\n"), "{ran}");
    let worker = desk.text("site/searchlet-sw.js");
    assert!(worker.contains("\"./searchlet/\"") && worker.contains("\"searchlet-sw.js\""), "{worker}");
    assert!(worker.starts_with("//") && !worker.contains("@@"));
    // Where it could not answer for the bundle it is refused, before anything is written.
    let ran = desk.run(&["index", "site", "-o", "out", "--service-worker", "site/sw.js"]).ends(2);
    ran.warns(&["--service-worker", "site/sw.js", "out"]);
    assert!(!desk.path("out").exists() && !desk.path("site/sw.js").exists());
    // By the file, whose paths are relative to it, and by the environment.
    desk.write(
        "conf/searchlet.toml",
        "inputs = [\"../site\"]\noutput = \"../out\"\nservice_worker = \"../sw.js\"\n",
    );
    desk.run(&["index", "-c", "conf/searchlet.toml"]).ends(0);
    assert!(desk.text("sw.js").contains("\"./out/\""));
    let mut command = desk.command(&["index", "site", "-o", "out"]);
    let output = command.env("SEARCHLET_SERVICE_WORKER", "other.js").output().unwrap();
    Ran { told: "by the environment".to_owned(), output }.ends(0);
    assert!(desk.path("other.js").is_file());
}

#[test]
fn with_a_service_worker_the_bundle_tells_the_sizes_of_its_parts() {
    let desk = Desk::new();
    for number in 0..40 {
        let text: String = (0..400).map(|word| format!("word{} ", number * 400 + word)).collect();
        desk.write(&format!("site/{number}.txt"), format!("Page {number}\n\n{text}\n"));
    }
    let sizes = || {
        let root = desk.root();
        let name = root["files"]["sizes"].as_str()?.to_owned();
        Some(serde_json::from_str::<serde_json::Value>(&desk.text(&format!("out/{name}"))).unwrap())
    };
    desk.run(&["index", "site", "-o", "out"]).ends(0);
    assert_eq!(sizes(), None);
    desk.run(&["index", "site", "-o", "out", "--service-worker", "sw.js"]).ends(0);
    let told = sizes().expect("a list of sizes");
    let files = desk.files("out");
    let mut n_parts = 0;
    for (name, bytes) in files.iter().filter(|file| file.0.starts_with("parts/")) {
        let (group, number) = name.trim_end_matches(".part")[9..].split_once('.').unwrap();
        let number: usize = number.parse().unwrap();
        assert_eq!(told["parts"][group][number], bytes.len(), "{name}");
        n_parts += 1;
    }
    let listed = told["parts"].as_object().unwrap().values().map(|group| group.as_array().unwrap().len());
    assert_eq!((listed.sum::<usize>(), n_parts > 5), (n_parts, true));
    desk.run(&["verify", "out"]).ends(0);
    // Without one it goes, when the build before is not needed any more.
    for text in ["one", "two"] {
        desk.write("site/0.txt", text);
        desk.run(&["index", "site", "-o", "out"]).ends(0);
    }
    assert!(!desk.files("out").keys().any(|name| name.starts_with("sizes.")));
}
