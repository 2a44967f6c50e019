//! Who may know whom, in any kind of dependency.

use std::collections::BTreeSet;

use super::{files, none, table};

/// Each package of the workspace with those it may know.
const ARROWS: [(&str, &[&str]); 8] = [
    ("searchlet-text", &[]),
    ("searchlet-format", &[]),
    ("searchlet-index", &["searchlet-text", "searchlet-format"]),
    ("searchlet-search", &["searchlet-text", "searchlet-format"]),
    ("searchlet-wasm", &["searchlet-search"]),
    ("searchlet", &["searchlet-index", "searchlet-search"]),
    ("xtask", &[]),
    ("searchlet-acceptance", &["searchlet-index", "searchlet-search"]),
];

/// The seeds are indexed by the build script, which has no business with the searcher.
const BUILD_SCRIPT: (&str, &[&str]) = ("searchlet-acceptance", &["searchlet-index"]);

#[test]
fn every_arrow_is_as_drawn() {
    let shared = &table("Cargo.toml")["workspace"]["dependencies"];
    let shared = shared.as_table().expect("shared dependencies are a table");
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for path in manifests() {
        let manifest = table(&path);
        seen.insert(name(&manifest).to_owned());
        problems.extend(wrong_arrows(&manifest, shared));
    }
    none(&problems);
    let drawn: BTreeSet<String> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, drawn, "a package came or went: draw its arrows here");
}

#[test]
fn a_wrong_arrow_is_found_in_every_kind_of_dependency() {
    let shared = "searchlet-text = { path = 'crates/text' }".parse().unwrap();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"]
    {
        let manifest =
            format!("[package]\nname = 'searchlet-index'\n[{kind}]\nsearchlet-search = '1'\nserde = '1'");
        let problems = wrong_arrows(&manifest.parse().unwrap(), &shared);
        assert_eq!(problems, ["searchlet-index must not know searchlet-search"], "{kind}");
    }
}

#[test]
fn a_wrong_arrow_is_found_under_another_name() {
    let shared = "engine = { package = 'searchlet-search', path = 'crates/search' }".parse().unwrap();
    for dependency in
        ["engine.workspace = true", "text = { path = '../search', package = 'searchlet-search' }"]
    {
        let manifest = format!("[package]\nname = 'searchlet-text'\n[dependencies]\n{dependency}");
        let problems = wrong_arrows(&manifest.parse().unwrap(), &shared);
        assert_eq!(problems, ["searchlet-text must not know searchlet-search"], "{dependency}");
    }
}

#[test]
fn a_build_script_knows_less_than_a_test() {
    let manifest = "[package]\nname = 'searchlet-acceptance'\n[dev-dependencies]\nsearchlet-search = '1'\n\
                    [build-dependencies]\nsearchlet-search = '1'";
    let problems = wrong_arrows(&manifest.parse().unwrap(), &toml::Table::new());
    assert_eq!(problems, ["searchlet-acceptance must not know searchlet-search in its build script"]);
}

fn manifests() -> Vec<String> {
    let members = files("crates").into_iter().filter(|file| file.ends_with("/Cargo.toml"));
    std::iter::once("Cargo.toml".to_owned()).chain(members).collect()
}

fn wrong_arrows(manifest: &toml::Table, shared: &toml::Table) -> Vec<String> {
    let from = name(manifest);
    let allowed = ARROWS.iter().find(|(name, _)| *name == from).map_or(&[][..], |(_, allowed)| *allowed);
    let mut problems = Vec::new();
    for (kind, alias, dependency) in dependencies(manifest) {
        let to = package(alias, dependency, shared);
        if !ARROWS.iter().any(|(name, _)| *name == to) {
            continue;
        }
        if !allowed.contains(&to) {
            problems.push(format!("{from} must not know {to}"));
        } else if from == BUILD_SCRIPT.0 && kind == "build-dependencies" && !BUILD_SCRIPT.1.contains(&to) {
            problems.push(format!("{from} must not know {to} in its build script"));
        }
    }
    problems
}

fn name(manifest: &toml::Table) -> &str {
    manifest["package"]["name"].as_str().expect("a package has a name")
}

/// Every dependency of a manifest, with its kind, whatever the platform.
fn dependencies(manifest: &toml::Table) -> Vec<(&str, &str, &toml::Value)> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = platforms.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
    let mut found = Vec::new();
    for table in std::iter::once(manifest).chain(platforms) {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let listed = table.get(kind).and_then(toml::Value::as_table).into_iter().flatten();
            found.extend(listed.map(|(alias, dependency)| (kind, alias.as_str(), dependency)));
        }
    }
    found
}

/// What a dependency really is: it may be renamed here, or in the workspace's shared dependencies.
fn package<'m>(alias: &'m str, dependency: &'m toml::Value, shared: &'m toml::Table) -> &'m str {
    let named = |value: &'m toml::Value| value.get("package").and_then(toml::Value::as_str);
    named(dependency).or_else(|| shared.get(alias).and_then(named)).unwrap_or(alias)
}
