//! Precompiles `seeds/` into one packed bundle: how a Rust program embeds a search index.
//!
//! The program then opens it with `Local::packed(include_bytes!(concat!(env!("OUT_DIR"), "/seeds.pack")))`.

use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=seeds");
    let whole = searchlet_index::InputSettings::default();
    let gathered = searchlet_index::gather(&[PathBuf::from("seeds")], &whole, &|_, _| {})?;
    for problem in &gathered.problems {
        println!("cargo::warning={problem}");
    }
    let settings = searchlet_index::Settings::default();
    let built = searchlet_index::build(gathered.documents, &[], &settings)?;
    let out = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    std::fs::write(Path::new(&out).join("seeds.pack"), built.bundle.pack())?;
    Ok(())
}
