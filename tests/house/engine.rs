//! What the engine in the browser must not carry.

use std::process::Command;

use super::{none, root};

/// Tables and parsers that belong to build time: the index carries what the engine needs of them. Each would cost a
/// reader between 8 and 80 KB, gzipped.
const STRANGERS: [&str; 7] = [
    "frostem",
    "html5ever",
    "regex",
    "serde_json",
    "unicode-normalization",
    "unicode-properties",
    "unicode-segmentation",
];

#[test]
fn the_engine_links_no_tables_or_parsers() {
    let tree = tree();
    assert!(tree.starts_with("searchlet-wasm "), "this is not the engine's tree:\n{tree}");
    assert!(tree.contains("searchlet-search "), "the engine should link the searcher:\n{tree}");
    none(&strangers(&tree));
}

#[test]
fn a_stranger_is_found_by_its_whole_name() {
    let tree = "searchlet-wasm v0.1.0 (crates/wasm)\nserde v1.0.229\nregex-lite v0.1.0\nregex v1.12.0\nfrostem v2.1.0 (*)\n";
    assert_eq!(strangers(tree), ["the engine must not link regex", "the engine must not link frostem"]);
}

/// What cargo would link, features considered, one package in a line.
fn tree() -> String {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "searchlet-wasm", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo can be started, as it started this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

fn strangers(tree: &str) -> Vec<String> {
    let packages = tree.lines().filter_map(|line| line.split(' ').next());
    packages
        .filter(|package| STRANGERS.contains(package))
        .map(|package| format!("the engine must not link {package}"))
        .collect()
}
