//! Short names by which the engine and its glue call each other.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

/// Ids of the sections of a module that hold names others go by.
/// Source: <https://webassembly.github.io/spec/core/binary/modules.html#sections>
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Magic number and version.
const HEADER_BYTES: usize = 8;

/// The kind of an import that is a function.
const FUNCTION: u8 = 0;

/// The one export that the glue does not call, and whose name says enough.
const MEMORY: &str = "memory";

/// Renames what `engine_bg.wasm` imports from and exports to `engine.js`, in both. The generator's names are long, some end in
/// a hash that does not deflate, and each stands in both files.
///
/// # Errors
/// When the files cannot be read or written, or the module has imports that are no functions.
pub fn shorten(folder: &Path) -> Result<()> {
    let (script, module) = (folder.join("engine.js"), folder.join("engine_bg.wasm"));
    let text = fs::read_to_string(&script).with_context(|| format!("{} cannot be read", script.display()))?;
    let bytes = fs::read(&module).with_context(|| format!("{} cannot be read", module.display()))?;
    let long = rewritten(&bytes, &mut |name| name.to_owned())?.1;
    // In the order in which the script has them, so that the same engine gets the same names.
    let mut short: BTreeMap<&str, String> = BTreeMap::new();
    for word in words(&text).filter(|word| long.iter().any(|name| name == word)) {
        let number = short.len();
        short.entry(word).or_insert_with(|| letters(number));
    }
    let renamed = |name: &str| short.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let made = rewritten(&bytes, &mut |name| renamed(name))?.0;
    let text: String = words(&text).map(renamed).collect();
    fs::write(&script, text).with_context(|| format!("{} cannot be written", script.display()))?;
    fs::write(&module, made).with_context(|| format!("{} cannot be written", module.display()))
}

/// `a` to `z`, `aa` and so on.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + (number % 26) as u8);
    if number < 26 { last.to_string() } else { format!("{}{last}", letters(number / 26 - 1)) }
}

/// A script cut into identifiers and what is between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let part_of_word =
        |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '$';
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|character| part_of_word(character) != part_of_word(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

/// The module with other names, and the names that it had.
fn rewritten(module: &[u8], rename: &mut dyn FnMut(&str) -> String) -> Result<(Vec<u8>, Vec<String>)> {
    ensure!(module.starts_with(b"\0asm"), "the engine is not a module of WebAssembly");
    let mut made = module.get(..HEADER_BYTES).context("the module ends early")?.to_vec();
    let mut names = Vec::new();
    let mut rest = Bytes(&module[HEADER_BYTES..]);
    while let Ok(id) = rest.byte() {
        let length = rest.number()?;
        let mut section = Bytes(rest.take(length)?);
        let mut body = Vec::new();
        if id == IMPORTS || id == EXPORTS {
            let count = section.number()?;
            push_number(&mut body, count);
            for _ in 0..count {
                if id == IMPORTS {
                    push_text(&mut body, section.text()?);
                }
                let name = section.text()?;
                let new = if name == MEMORY { name.to_owned() } else { rename(name) };
                push_text(&mut body, &new);
                let kind = section.byte()?;
                if id == IMPORTS && kind != FUNCTION {
                    bail!(
                        "{name}, which the engine imports, is no function: crates/xtask/src/names.rs must learn of it"
                    );
                }
                body.push(kind);
                push_number(&mut body, section.number()?);
                if name != MEMORY {
                    names.push(name.to_owned());
                }
            }
        }
        body.extend_from_slice(section.0);
        made.push(id);
        push_number(&mut made, body.len());
        made.extend_from_slice(&body);
    }
    Ok((made, names))
}

/// Bytes of a module that are still to be read.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn take(&mut self, length: usize) -> Result<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("the module ends early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("the module has a number of more than 32 bits")
    }

    fn text(&mut self) -> Result<&'b str> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).context("the module has a name that is not UTF-8")
    }
}

fn push_number(to: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

fn push_text(to: &mut Vec<u8>, text: &str) {
    push_number(to, text.len());
    to.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one import, a memory, an export, and a section that is of no interest.
    fn module(import: &str, export: &str) -> Vec<u8> {
        let mut imports = vec![1];
        push_text(&mut imports, "./engine_bg.js");
        push_text(&mut imports, import);
        imports.extend([FUNCTION, 0]);
        let mut exports = vec![2];
        push_text(&mut exports, MEMORY);
        exports.extend([2, 0]);
        push_text(&mut exports, export);
        exports.extend([FUNCTION, 0x85, 0x01]);
        let mut made = b"\0asm\x01\0\0\0".to_vec();
        for (id, body) in [(IMPORTS, imports), (EXPORTS, exports), (10, vec![7; 200])] {
            made.push(id);
            push_number(&mut made, body.len());
            made.extend(body);
        }
        made
    }

    #[test]
    fn script_and_module_get_the_same_short_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let (script, bytes) = (folder.path().join("engine.js"), folder.path().join("engine_bg.wasm"));
        let text =
            "wasm.engine_open(wasm.memory); engine_opened; __wbg_new_37eb45aaf5eeb820: wasm.engine_open";
        fs::write(&script, text).expect("a script");
        fs::write(&bytes, module("__wbg_new_37eb45aaf5eeb820", "engine_open")).expect("a module");
        shorten(folder.path()).expect("shortened");
        let made = fs::read_to_string(&script).expect("the script");
        assert_eq!(made, "wasm.a(wasm.memory); engine_opened; b: wasm.a");
        assert_eq!(fs::read(&bytes).expect("the module"), module("b", "a"));
    }

    #[test]
    fn a_module_that_is_none_is_refused() {
        assert!(rewritten(b"<html>", &mut str::to_owned).is_err());
        let cut = &module("a", "b")[..20];
        assert!(rewritten(cut, &mut str::to_owned).is_err());
    }

    #[test]
    fn no_two_numbers_have_the_same_letters() {
        assert_eq!([0, 25, 26, 27, 701, 702].map(letters), ["a", "z", "aa", "ab", "zz", "aaa"]);
    }
}
