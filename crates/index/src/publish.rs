//! Writes a bundle to a folder, so that a reader at any moment finds the old one or the new one, whole.

use crate::{BuildError, Bundle};
use flate2::read::DeflateDecoder;
use rayon::prelude::*;
use searchlet_format::{
    DIGESTS, Envelope, Expected, First, Head, LOADER, Level, Part, ROOT, Root, SIZES, WORDS, Words,
};
use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What the browser's files have been called, in this version and in older ones.
const ASSETS: [&str; 5] = ["classic", "engine", SIZES, "view", "worker"];

/// What was done to a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files of the bundle.
    pub files: usize,
    /// Their bytes in all.
    pub bytes: u64,
    /// Files that had to be written; the others were there already.
    pub written: usize,
    /// Files of older bundles that were removed.
    pub removed: usize,
}

/// Writes a bundle. Each file is written aside and renamed, the root last; then the files of bundles older than the
/// previous one are removed, since a reader may still be searching with the previous head. Other files are left alone.
///
/// # Errors
/// `Write` names what could not be written. The bundle that was there before still works.
pub fn publish(bundle: &Bundle, folder: &Path) -> Result<Published, BuildError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| BuildError::Write { path, source }
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let mut kept = previous(folder);
    let mut done = Published::default();
    // The loader carries a copy of the root, so both come when all that they name is there.
    let (last, others): (Vec<_>, Vec<_>) =
        bundle.files().partition(|file| file.0 == ROOT || file.0 == LOADER);
    let (roots, loaders): (Vec<_>, Vec<_>) = last.into_iter().partition(|file| file.0 == ROOT);
    let parents: BTreeSet<&str> = others.iter().filter_map(|file| Some(file.0.rsplit_once('/')?.0)).collect();
    for parent in parents {
        let parent = folder.join(parent);
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
    }
    let place = |&(name, bytes): &(&str, &[u8])| {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            return Ok(0);
        }
        replace(&path, bytes).map_err(failed(&path)).map(|()| 1)
    };
    done.written = others.par_iter().map(place).sum::<Result<usize, BuildError>>()?;
    for file in loaders.iter().chain(&roots) {
        done.written += place(file)?;
    }
    for (name, bytes) in others.into_iter().chain(loaders).chain(roots) {
        kept.insert(name.to_owned());
        done.files += 1;
        done.bytes += bytes.len() as u64;
    }
    done.removed = sweep(folder, &kept);
    Ok(done)
}

/// Writes a file aside and renames it into its place.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".writing");
    let aside = PathBuf::from(aside);
    fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, path)).inspect_err(|_| {
        // What is left of a failed attempt is no use to anybody; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&aside);
    })
}

/// The names of all files of the bundle that stands in a folder; what cannot be read names nothing.
fn previous(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let Some(root) = fs::read_to_string(folder.join(ROOT)).ok().and_then(|text| Root::read(&text).ok())
    else {
        return names;
    };
    for (asset, name) in root.files {
        if asset == WORDS {
            let list = format!("{name}{DIGESTS}");
            let words = fs::read(folder.join(&list)).ok().and_then(|list| Words::read(&name, &list).ok());
            names.extend(words.unwrap_or_default().files(&name).map(|file| file.0));
            names.insert(list);
        } else {
            names.insert(name);
        }
    }
    for entry in root.heads {
        let head = read(&folder.join(&entry.file), Expected::Head(entry.digest().unwrap_or_default()));
        if let Some(head) = head.and_then(|raw| Head::read(&raw).ok()) {
            add_names(folder, &head.directory.terms, &mut names);
            add_names(folder, &head.directory.prefixes, &mut names);
            add_names(folder, &head.directory.spellings, &mut names);
            add_names(folder, &head.directory.columns, &mut names);
            add_names(folder, &head.directory.documents, &mut names);
        }
        names.insert(entry.file);
    }
    names
}

/// Adds the names of the files that a level and those below it name.
fn add_names<K: First>(folder: &Path, level: &Level<K>, names: &mut BTreeSet<String>) {
    for &file in &level.files {
        if level.depth > 0 {
            let part =
                read(&folder.join(file.name()), Expected::Part(file)).and_then(|raw| Part::read(raw).ok());
            let below = part.and_then(|part| Level::<K>::read(part.section(K::SECTION)?).ok());
            if let Some(below) = below.filter(|below| below.depth < level.depth) {
                add_names(folder, &below, names);
            }
        }
        names.insert(file.name());
    }
}

/// The inflated content of a file of the bundle.
fn read(path: &Path, expected: Expected) -> Option<Vec<u8>> {
    let file = fs::read(path).ok()?;
    let envelope = Envelope::open(&file, expected).ok()?;
    let mut raw = Vec::new();
    DeflateDecoder::new(envelope.payload).take(envelope.raw_len as u64).read_to_end(&mut raw).ok()?;
    Some(raw)
}

/// Removes files that only a bundle can have named and that are not kept; says how many.
fn sweep(folder: &Path, kept: &BTreeSet<String>) -> usize {
    let mut removed = 0;
    let mut folders = vec![String::new()];
    while let Some(inner) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&inner)) else { continue };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let name = format!("{inner}{name}");
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && (name == "parts" || is_our_folder(&name)) {
                folders.push(format!("{name}/"));
            } else if !is_folder && is_ours(&name) && !kept.contains(&name) {
                removed += usize::from(fs::remove_file(entry.path()).is_ok());
            }
        }
        if is_our_folder(inner.trim_end_matches('/')) {
            // Succeeds only for a folder that is empty, which is the one to be removed.
            let _ = fs::remove_dir(folder.join(&inner));
        }
    }
    removed
}

fn is_part_folder(name: &str) -> bool {
    name.strip_prefix("parts/").is_some_and(|hex| hex.len() == 2 && is_hex(hex))
}

fn is_words_folder(name: &str) -> bool {
    name.strip_prefix(WORDS).and_then(|rest| rest.strip_prefix('.')).is_some_and(is_digest)
}

fn is_our_folder(name: &str) -> bool {
    is_part_folder(name) || is_words_folder(name)
}

/// Whether a name is one that only a bundle gives: it holds the digest of the content.
fn is_ours(name: &str) -> bool {
    let name = name.strip_suffix(".writing").unwrap_or(name);
    match name.rsplit_once('/') {
        Some((folder, file)) if is_words_folder(folder) => file.ends_with(".json"),
        Some((folder, file)) => {
            let name = file.strip_suffix(".part").and_then(|name| name.split_once('.'));
            let is_name = |(group, number): (&str, &str)| {
                is_digest(group) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            };
            is_part_folder(folder) && name.is_some_and(is_name)
        }
        None => {
            let mut pieces = name.rsplit('.');
            let (extension, hex, stem) = (pieces.next(), pieces.next(), pieces.next());
            let is_known = extension == Some("head") || stem.is_some_and(|stem| ASSETS.contains(&stem));
            is_known && hex.is_some_and(is_digest) && pieces.next().is_none()
        }
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 16 && is_hex(text)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_digest_are_ours() {
        for ours in [
            "parts/ab/ab00000000000001.0.part",
            "en.0123456789abcdef.head",
            "engine.0123456789abcdef.wasm",
            "words.0123456789abcdef/pt-br.json",
            "sizes.0123456789abcdef.json",
        ] {
            assert!(is_ours(ours) && is_ours(&format!("{ours}.writing")), "{ours}");
        }
        for other in [
            "index.html",
            "parts/readme.part",
            "parts/ab/ab00000000000001.part",
            "notes/0123456789abcdef.0.part",
            "a.b.c",
            "0123456789abcdef.js",
            "logo.0123456789abcdef.svg",
            "words.0123456789abcdef/readme.txt",
            "words/de.json",
            "words.de/de.json",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
