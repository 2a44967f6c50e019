//! Embeds the browser's files: its words, and as much of the rest as `www/dist/` holds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Asked for when the script runs, not when it is compiled: a checkout may be moved, or share its target folder.
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    let manifest =
        env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("cargo sets CARGO_MANIFEST_DIR"))?;
    let www = Path::new(&manifest).join("../../www");
    let dist = www.join("dist");
    // Cargo runs this script every time when it is to watch a path that does not exist, so it is given the
    // nearest one that does.
    let watched = [&dist, &www].into_iter().find(|path| path.is_dir());
    match watched {
        Some(folder) => println!("cargo::rerun-if-changed={}", folder.display()),
        None => println!("cargo::rerun-if-changed=build.rs"),
    }

    let mut names = Vec::new();
    if dist.is_dir() {
        let dist = dist.canonicalize()?;
        list(&dist, &dist, &mut names)?;
    }
    names.sort();

    let mut code = String::from("&[\n");
    for (name, path) in names {
        println!("cargo::rerun-if-changed={}", path.display());
        let path = path.to_str().ok_or_else(|| io::Error::other("the path of www/dist is not UTF-8"))?;
        writeln!(code, "    ({name:?}, include_bytes!({path:?})),").map_err(io::Error::other)?;
    }
    // Words are written by people and made by nobody, so they come from where they stand.
    let words = www.join("words");
    println!("cargo::rerun-if-changed={}", if words.is_dir() { &words } else { &www }.display());
    let mut languages = Vec::new();
    if words.is_dir() {
        list(&words, &words, &mut languages)?;
    }
    languages.sort();
    for (name, path) in languages.iter().filter(|(name, _)| name.ends_with(".json")) {
        let text = fs::read_to_string(path)
            .map_err(|error| io::Error::other(format!("{} cannot be read: {error}", path.display())))?;
        writeln!(code, "    (\"words/{name}\", {:?}.as_bytes()),", minified(&text))
            .map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?);
    fs::write(out.join("assets.rs"), code)
}

/// JSON without the blanks between its strings.
fn minified(json: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let kept = |letter: &char| {
        quoted ^= *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        quoted || !letter.is_ascii_whitespace()
    };
    json.chars().filter(kept).collect()
}

/// Collects the regular files below `folder`, named relative to `root` with forward slashes.
///
/// `glue/` is what the bundler was fed, hidden files belong to tools, and maps would double the size.
fn list(root: &Path, folder: &Path, names: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let relative = path.strip_prefix(root).map_err(io::Error::other)?;
        let name = relative.to_string_lossy().replace('\\', "/");
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || name == "glue" || name.ends_with(".map") {
            continue;
        }
        if path.is_dir() {
            list(root, &path, names)?;
        } else if path.is_file() {
            names.push((name, path));
        }
    }
    Ok(())
}
