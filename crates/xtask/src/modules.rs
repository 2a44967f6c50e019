//! The browser's modules: bundled by esbuild where Node is, joined by a simple rule where it is not.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use xshell::cmd;

use crate::{
    node::Node,
    place::{Place, say, skip},
    stamp::{Digest, Stamp, files},
};

/// Made only by esbuild: a classic script cannot be had by joining modules.
const CLASSIC: &str = "classic.js";

/// Writes every product of `www/products.json` to `dist`.
pub fn run(place: &Place, node: Option<&Node>, dist: &Path) -> Result<()> {
    let www = place.at("www");
    let list = www.join("products.json");
    let text = fs::read_to_string(&list).with_context(|| format!("{} cannot be read", list.display()))?;
    let products: BTreeMap<String, Vec<String>> = serde_json::from_str(&text)
        .with_context(|| format!("{} should list the files of each product", list.display()))?;

    let mut inputs = Digest::default().text(node.map_or("", |node| &node.version));
    // `files` leaves out node_modules and dist, so the glue is named by itself.
    inputs = inputs.path(&dist.join("glue/engine.js"))?;
    let is_apart =
        |file: &Path| ["demo", "playground"].iter().any(|folder| file.starts_with(www.join(folder)));
    for file in files(&www)?.iter().filter(|file| !is_apart(file)) {
        inputs = inputs.text(&place.short(file).to_string()).path(file)?;
    }
    let outputs = products.keys().map(|name| dist.join(name));
    let outputs = outputs.chain(node.map(|_| dist.join(CLASSIC))).collect();
    let stamp = Stamp::new(place.stamp("modules"), &inputs, outputs);
    if stamp.holds()? {
        skip("the modules are up to date");
        return Ok(());
    }
    // The CLI takes in all that it finds there, so what no product makes any more must go.
    for file in files(dist)?.iter().filter(|file| file.extension().is_some_and(|ending| ending == "js")) {
        if file.parent() == Some(dist) {
            fs::remove_file(file).with_context(|| format!("{} cannot be removed", file.display()))?;
        }
    }
    if let Some(node) = node {
        say("bundling the browser's modules");
        let program = &node.program;
        cmd!(place.shell, "{program} www/build.mjs")
            .run()
            .context("the modules could not be bundled: the lines above say why")?;
    } else {
        say("joining the browser's modules");
        for (name, parts) in &products {
            write_joined(&www, parts, &dist.join(name))?;
        }
    }
    stamp.press()
}

fn write_joined(www: &Path, parts: &[String], to: &Path) -> Result<()> {
    let texts = parts.iter().map(|part| {
        let path = www.join(part);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    });
    fs::write(to, joined(&texts.collect::<Result<Vec<_>>>()?))
        .with_context(|| format!("{} cannot be written", to.display()))
}

/// Several modules as one, by the rule that stands on top of `www/build.mjs`: what one of them exports to another is
/// simply there, and only the last one exports to the world.
fn joined(modules: &[String]) -> String {
    let last = modules.len().saturating_sub(1);
    let parts = modules.iter().enumerate().map(|(number, text)| {
        let kept = text.split('\n').filter(|line| !line.starts_with("import "));
        if number == last {
            return kept.collect::<Vec<_>>().join("\n");
        }
        let kept = kept.filter(|line| !line.starts_with("export {")).map(|line| {
            line.strip_prefix("export default ").or_else(|| line.strip_prefix("export ")).unwrap_or(line)
        });
        kept.collect::<Vec<_>>().join("\n")
    });
    parts.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn joined_modules_export_only_what_the_last_one_does() {
        let first =
            "export const a = 1;\nexport default function b() {}\nexport { a as c };\nconst d = 'import ';\n";
        let last = "import { a } from './first.js';\nexport const e = a;\nexport { e as f };\n";
        assert_eq!(
            joined(&[first.into(), last.into()]),
            "const a = 1;\nfunction b() {}\nconst d = 'import ';\n\nexport const e = a;\nexport { e as f };\n"
        );
    }
}
