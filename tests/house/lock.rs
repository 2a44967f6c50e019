//! What the lock file must hold, with what it must not.

use super::{none, table};

/// Unmaintained or unsound, each with a better way at hand.
const BANNED: [&str; 4] = ["rust-stemmers", "serde_yml", "tiny_http", "wee_alloc"];

#[test]
fn the_lock_file_keeps_its_promises() {
    none(&broken_promises(&table("Cargo.lock")));
}

#[test]
fn broken_promises_are_found() {
    let package = |name, version| format!("[[package]]\nname = '{name}'\nversion = '{version}'\n");
    let good = package("bincode", "2.0.1") + &package("wasm-bindgen", "0.2.130");
    let glue = package("wasm-bindgen-cli-support", "0.2.130");
    let problems = |lock: String| broken_promises(&lock.parse().unwrap());

    assert!(problems(good.clone() + &glue).is_empty());
    assert_eq!(problems(good.clone() + &glue + &package("wee_alloc", "0.4.5")), ["wee_alloc is banned"]);
    assert_eq!(
        problems(good.clone() + &glue + &package("bincode", "3.0.0")),
        ["bincode must be 2.0.1 alone, found 2.0.1, 3.0.0"]
    );
    assert_eq!(
        problems(good + &package("wasm-bindgen-cli-support", "0.2.131")),
        ["wasm-bindgen 0.2.130 cannot use the glue of wasm-bindgen-cli-support 0.2.131"]
    );
}

fn broken_promises(lock: &toml::Table) -> Vec<String> {
    let versions = |wanted: &str| -> String {
        let packages = lock["package"].as_array().expect("packages are a list").iter();
        let found = packages.filter(|package| package["name"].as_str() == Some(wanted));
        found.filter_map(|package| package["version"].as_str()).collect::<Vec<_>>().join(", ")
    };
    let mut problems: Vec<String> = BANNED
        .iter()
        .filter(|name| !versions(name).is_empty())
        .map(|name| format!("{name} is banned"))
        .collect();
    let bincode = versions("bincode");
    if bincode != "2.0.1" {
        problems.push(format!("bincode must be 2.0.1 alone, found {bincode}"));
    }
    let (engine, glue) = (versions("wasm-bindgen"), versions("wasm-bindgen-cli-support"));
    if engine != glue {
        problems
            .push(format!("wasm-bindgen {engine} cannot use the glue of wasm-bindgen-cli-support {glue}"));
    }
    problems
}
