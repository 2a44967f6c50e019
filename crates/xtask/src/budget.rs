//! What a reader downloads, held in a file, so that growth shows in a diff.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{
    place::{Place, say, skip},
    setup,
};

/// Where the sizes are held.
const GOLDEN: &str = "tests/golden/budget.txt";

/// What a page fetches for a search, and what keeps it for offline use.
const FILES: [&str; 5] = ["engine.wasm", "searchlet.js", "worker.js", "view.js", "service-worker.js"];

/// Sizes are rounded up to this, so that a changed comment or compiler does not touch the golden file.
const STEP_BYTES: usize = 256;

/// No blessing lets the engine grow beyond this: filters, what a query can say, mending and explanations are half of it.
const ENGINE_BYTES: usize = 84 * 1024;

/// How large one file is.
pub struct Size {
    name: String,
    raw_bytes: usize,
    gzipped_bytes: usize,
}

/// Measures the files of `www/dist`.
pub fn sizes(dist: &Path) -> Result<Vec<Size>> {
    let measured = FILES.iter().map(|name| {
        let path = dist.join(name);
        let bytes = fs::read(&path)
            .with_context(|| format!("{} cannot be read: run `cargo xtask build`", path.display()))?;
        Ok(Size { name: (*name).to_owned(), raw_bytes: bytes.len(), gzipped_bytes: gzipped(&bytes)? })
    });
    measured.collect()
}

/// Shows the sizes to the person who builds.
pub fn print(sizes: &[Size]) {
    println!("\n{:<14} {:>9} {:>9}", "bytes", "raw", "gzipped");
    for size in sizes {
        println!("{:<14} {:>9} {:>9}", size.name, size.raw_bytes, size.gzipped_bytes);
    }
    println!();
}

/// Compares what was built with what is held.
///
/// # Errors
///
/// Names every file that has outgrown its line.
pub fn check(place: &Place) -> Result<()> {
    say(&format!("holding the sizes against {GOLDEN}"));
    let mut sizes = sizes(&place.at("www/dist"))?;
    print(&sizes);
    if !setup::std_sources(place)? {
        skip("the engine is not held: it was compiled with the standard library that comes with Rust");
        sizes.retain(|size| size.name != FILES[0]);
    }
    let golden = fs::read_to_string(place.at(GOLDEN)).unwrap_or_default();
    let problems = outgrown(&sizes, &golden);
    if !problems.is_empty() {
        bail!("{}", problems.join("\n       "));
    }
    Ok(())
}

/// Writes what was built as what is held.
pub fn bless(place: &Place) -> Result<()> {
    say(&format!("rewriting {GOLDEN}"));
    let text = written(&sizes(&place.at("www/dist"))?);
    let path = place.at(GOLDEN);
    fs::create_dir_all(path.parent().unwrap_or(&place.root))
        .and_then(|()| fs::write(&path, text))
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn outgrown(sizes: &[Size], golden: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for Size { name, gzipped_bytes, .. } in sizes {
        let line =
            golden.lines().find_map(|line| line.strip_prefix(name.as_str())?.trim().parse::<usize>().ok());
        match line {
            None => problems.push(format!("{name} has no line in {GOLDEN}: `cargo xtask bless` writes it")),
            Some(held) if *gzipped_bytes > held => problems.push(format!(
                "{name} has {gzipped_bytes} bytes gzipped, {held} are held: if it must grow, `cargo xtask bless`"
            )),
            Some(_) => {}
        }
        if name == FILES[0] && *gzipped_bytes > ENGINE_BYTES {
            problems.push(format!(
                "{name} has {gzipped_bytes} bytes gzipped, {ENGINE_BYTES} are the limit: find what grew with `twiggy top`"
            ));
        }
    }
    problems
}

fn written(sizes: &[Size]) -> String {
    let mut text = String::from(
        "# Gzipped bytes at most, rounded up to the next 256. `cargo xtask bless` rewrites this.\n",
    );
    for Size { name, gzipped_bytes, .. } in sizes {
        text.push_str(&format!("{name:<14} {:>7}\n", gzipped_bytes.next_multiple_of(STEP_BYTES)));
    }
    text
}

fn gzipped(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, gzipped_bytes: usize) -> Size {
        Size { name: name.into(), raw_bytes: 3 * gzipped_bytes, gzipped_bytes }
    }

    #[test]
    fn what_was_blessed_passes_until_it_grows() {
        let golden = written(&[size("engine.wasm", 40_000), size("view.js", 3_000)]);
        assert!(golden.ends_with("engine.wasm      40192\nview.js           3072\n"), "{golden}");
        assert!(outgrown(&[size("engine.wasm", 40_192), size("view.js", 3_072)], &golden).is_empty());

        let problems = outgrown(&[size("engine.wasm", 40_193), size("view.js", 10)], &golden);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].starts_with("engine.wasm has 40193 bytes"), "{problems:?}");
    }

    #[test]
    fn a_file_that_is_not_held_is_named() {
        let problems = outgrown(&[size("worker.js", 10)], "engine.wasm 40192\n");
        assert!(problems[0].starts_with("worker.js has no line"), "{problems:?}");
    }

    #[test]
    fn no_blessing_lets_the_engine_pass_its_limit() {
        let sizes = [size("engine.wasm", ENGINE_BYTES + 1)];
        let problems = outgrown(&sizes, &written(&sizes));
        assert!(problems[0].contains("are the limit"), "{problems:?}");
    }

    #[test]
    fn repetition_gzips() {
        assert!(gzipped(&[b'a'; 10_000]).unwrap() < 100);
    }
}
