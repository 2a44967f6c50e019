//! `searchlet pack`: a bundle becomes one script.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use anyhow::{Context as _, Result, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateEncoder;
use searchlet_search::ROOT;
use searchlet_search::local::Local;

use crate::arguments::Pack;
use crate::exit::Exit;
use crate::{assets, figures, opening, terminal, writing};

/// What stands in the script in place of the text of the root, and of the files.
const MARKS: [&str; 2] = ["\"@@ROOT@@\"", "\"@@FILES@@\""];

pub fn run(arguments: &Pack) -> Result<Exit> {
    let script = assets::text("classic.js").map_err(|lack| anyhow!(lack))?;
    let mut local = opening::open(&arguments.bundle, None)?;
    if let Some((file, reason)) = local.verify().first() {
        bail!("{file}: {reason}; build the bundle again with `searchlet index`, then pack it");
    }
    let files = files(&mut local)?;
    let root = local.root().write()?;
    let values = [serde_json::to_string(&root)?, serde_json::to_string(&files)?];
    let packed =
        MARKS.iter().zip(values).fold(script, |script, (mark, value)| script.replacen(mark, &value, 1));
    writing::replace(&arguments.output, packed.as_bytes()).with_context(|| {
        format!("could not write {}; choose another place with -o", arguments.output.display())
    })?;
    writeln!(
        anstream::stdout(),
        "wrote {}: {}, {}",
        terminal::plain(&arguments.output.display().to_string()),
        figures::count(local.metadata().map(|head| u64::from(head.documents)).sum(), "document"),
        figures::bytes(packed.len() as u64)
    )?;
    Ok(Exit::Done)
}

/// The files that the script must have, in base64, by name.
fn files(local: &mut Local) -> Result<BTreeMap<String, String>> {
    let root = local.root().clone();
    let engine = root.files.iter().find(|file| file.0 == "engine").map(|file| file.1.clone());
    let Some(engine) = engine else {
        bail!(
            "the bundle has no engine, so no page could search it; index again with a searchlet that has one"
        );
    };
    let mut names = local.part_names();
    names.push(ROOT.to_owned());
    names.extend(root.heads.iter().map(|head| head.file.clone()));
    // Of the words those of the languages that are searched.
    let is_wanted = |name: &String| {
        let language = name.strip_suffix(".json").and_then(|name| name.rsplit_once('/'));
        let is_one_of = |language: &str| root.heads.iter().any(|head| language.starts_with(&head.language));
        language.is_some_and(|(_, language)| is_one_of(language))
    };
    names.extend(local.browser_file_names().into_iter().filter(is_wanted));
    let mut files = BTreeMap::new();
    for name in names {
        let bytes = local.file(&name).map_err(|reason| anyhow!("could not read {name}: {reason}"))?;
        files.insert(name, STANDARD.encode(bytes));
    }
    // The script goes with the engine that was built with it, whichever the bundle has.
    let carried = assets::bytes("engine.wasm").map_err(|lack| anyhow!(lack))?;
    let mut deflated = Vec::new();
    DeflateEncoder::new(carried, Compression::best()).read_to_end(&mut deflated)?;
    files.insert(engine, STANDARD.encode(deflated));
    Ok(files)
}
