//! Bundles that were damaged on the way.

use std::fs;

use super::Desk;

const BUNDLE: &str = "notes/searchlet";

/// Asserts that a search of a bundle with damage in `file` is right, says that it is incomplete, or is refused.
fn never_wrong_in_silence(desk: &Desk, file: &str, damage: &str) {
    let ran = desk.run(&["search", BUNDLE, "granite", "--json"]);
    match ran.code() {
        0 => assert_eq!(ran.urls(), ["rocks.txt"], "{file} {damage}: {ran}"),
        1 => {
            assert_eq!(ran.json()[0]["complete"], false, "{file} {damage}: {ran}");
            ran.ends(1).warns(&["warning: ", "searchlet verify"]);
        }
        _ => {
            ran.ends(3).warns(&["error: ", BUNDLE]);
        }
    }
}

/// Damages each file of a bundle in turn; `verify` must find it and a search must not hide it.
fn damage_each(damage: &str, alter: impl Fn(&[u8]) -> Option<Vec<u8>>) {
    let desk = Desk::with_bundle();
    let files = desk.files(BUNDLE);
    assert!(files.contains_key("index.json"));
    // The words of one language stand for those of fifty.
    let told = |file: &str| {
        !file.starts_with("words.") || file.ends_with("/de.json") || file.ends_with("/digests.json")
    };
    for (file, bytes) in files.iter().filter(|file| told(file.0)) {
        let path = desk.path(BUNDLE).join(file);
        match alter(bytes) {
            Some(altered) => fs::write(&path, altered).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        let ran = desk.run(&["verify", BUNDLE]);
        // Without an honest root and head there is nothing to hold the other files against.
        let code = if ran.code() == 3 { 3 } else { 1 };
        let name = if code == 3 { BUNDLE } else { file.as_str() };
        ran.ends(code).warns(&["error: ", name]);
        never_wrong_in_silence(&desk, file, damage);
        fs::write(&path, bytes).unwrap();
    }
    desk.run(&["verify", BUNDLE]).ends(0);
}

#[test]
fn a_flipped_byte_is_found_in_every_file() {
    damage_each("flipped at its start", |bytes| flipped(bytes, 0));
    damage_each("flipped in its middle", |bytes| flipped(bytes, bytes.len() / 2));
    damage_each("flipped at its end", |bytes| flipped(bytes, bytes.len() - 1));
}

fn flipped(bytes: &[u8], at: usize) -> Option<Vec<u8>> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 0x10;
    Some(bytes)
}

#[test]
fn a_file_cut_short_is_found() {
    damage_each("cut in half", |bytes| Some(bytes[..bytes.len() / 2].to_vec()));
    damage_each("emptied", |_| Some(Vec::new()));
}

#[test]
fn a_missing_file_is_found() {
    damage_each("missing", |_| None);
}

#[test]
fn a_newer_format_is_refused_with_both_versions() {
    let desk = Desk::with_bundle();
    let root = desk.path(BUNDLE).join("index.json");
    let text = fs::read_to_string(&root).unwrap();
    let newer = text.replacen("\"format\":1,", "\"format\":2,", 1);
    assert_ne!(newer, text);
    fs::write(&root, newer).unwrap();
    for command in [vec!["search", BUNDLE, "granite"], vec!["inspect", BUNDLE], vec!["verify", BUNDLE]] {
        desk.run(&command).ends(3).warns(&["error: ", BUNDLE, "2", "1"]);
    }
}

#[test]
fn what_is_no_bundle_is_refused_with_the_next_step() {
    let desk = Desk::with_bundle();
    desk.run(&["search", "nowhere", "granite"]).ends(3).warns(&["error: ", "nowhere", "searchlet index"]);
    desk.run(&["search", "notes", "granite"]).ends(3).warns(&["error: ", "did you mean notes/searchlet?"]);
    desk.run(&["inspect", "notes/tea.md"]).ends(3).warns(&["error: ", "notes/tea.md"]);
    fs::create_dir(desk.path("empty")).unwrap();
    desk.run(&["verify", "empty"]).ends(3).warns(&["error: ", "empty holds no bundle", "searchlet index"]);
}

#[test]
fn a_sound_bundle_is_told_of() {
    let desk = Desk::with_bundle();
    assert_eq!(desk.run(&["verify", BUNDLE]).ends(0).out(), "notes/searchlet: sound\n");
    let shown = desk.run(&["inspect", BUNDLE]).ends(0).out();
    assert!(
        shown.lines().any(|line| line.contains("documents") && line.trim_end().ends_with('2')),
        "{shown}"
    );
    let inspection = &desk.run(&["inspect", BUNDLE, "--json"]).ends(0).json()[0];
    assert!(inspection.is_object(), "{inspection}");
}
