//! A bundle: the files that a site serves, by name.

use searchlet_format::{
    DIGESTS, HeadEntry, LOADER, ROOT, Root, SIZES, WORDS, Words, digest, sizes, with_root, words_folder,
};
use std::collections::BTreeMap;

/// A file that the browser needs beside the index: the loader, the engine, the worker, the view, words in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its name before it is named by its content, such as `engine.wasm` or `words/pt-br.json`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Asset {
    /// The language whose words these are.
    fn language(&self) -> Option<&str> {
        self.name.strip_prefix(WORDS)?.strip_prefix('/')?.strip_suffix(".json")
    }
}

/// How many files of a bundle hold words.
pub fn words_files(assets: &[Asset]) -> usize {
    let languages = assets.iter().filter(|asset| asset.language().is_some()).count();
    // With them comes their list.
    if languages > 0 { languages + 1 } else { 0 }
}

/// The files of a bundle, ready to be written or packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// Puts a bundle together from the files of its heads, the browser's files, and a root that names the heads; if that
    /// is wanted with a list of sizes.
    pub(crate) fn assemble(
        files: Vec<(String, Vec<u8>)>,
        assets: &[Asset],
        mut root: Root,
        lists_sizes: bool,
    ) -> Result<Self, searchlet_format::FormatError> {
        let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let words: BTreeMap<&str, &[u8]> =
            assets.iter().filter_map(|asset| Some((asset.language()?, &*asset.bytes))).collect();
        if !words.is_empty() {
            let list = Words::of(words.iter().map(|(&language, &bytes)| (language, bytes)));
            let text = list.write()?.into_bytes();
            let folder = words_folder(&text);
            let named = list.files(&folder).zip(words.values());
            files.extend(named.map(|((name, _), bytes)| (name, bytes.to_vec())));
            files.insert(format!("{folder}{DIGESTS}"), text);
            root.files.push((WORDS.to_owned(), folder));
        }
        for asset in assets.iter().filter(|asset| asset.language().is_none()) {
            let (stem, extension) = asset.name.rsplit_once('.').unwrap_or((&asset.name, "bin"));
            let name = format!("{stem}.{:016x}.{extension}", digest(&asset.bytes));
            root.files.push((stem.to_owned(), name.clone()));
            // The loader has a name that never changes; what stands in the root is the digest that it has before it
            // carries the root, so that it can be checked, too.
            if asset.name != LOADER {
                files.insert(name, asset.bytes.clone());
            }
        }
        if lists_sizes {
            let in_folders = files.iter().filter(|file| is_kept(file.0, &root));
            let text = sizes(in_folders.map(|(name, bytes)| (name.as_str(), bytes.len()))).into_bytes();
            let name = format!("{SIZES}.{:016x}.json", digest(&text));
            files.insert(name.clone(), text);
            root.files.push((SIZES.to_owned(), name));
        }
        root.files.sort();
        let named: String =
            root.files.iter().map(|file| &*file.1).chain(root.heads.iter().map(|head| &*head.file)).collect();
        root.build = digest(named.as_bytes());
        let text = root.write()?;
        if let Some(loader) = assets.iter().find(|asset| asset.name == LOADER) {
            files.insert(LOADER.to_owned(), with_root(&loader.bytes, &text));
        }
        files.insert(ROOT.to_owned(), text.into_bytes());
        Ok(Self { files })
    }

    /// The files, ascending by name; names are relative paths with `/`.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// All files in one: what a program embeds. See [`searchlet_format::Packed`].
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        searchlet_format::pack(self.files())
    }
}

/// Whether a reader who keeps the whole bundle needs a file that the root does not name: all parts, and the words of the
/// languages that are searched.
fn is_kept(name: &str, root: &Root) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else { return false };
    let is_searched = |head: &HeadEntry| file.starts_with(&head.language) && file != DIGESTS;
    folder.starts_with("parts/") || root.heads.iter().any(is_searched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_named_by_content_and_the_loader_knows_the_names() {
        let asset = |name: &str, text: &str| Asset { name: name.into(), bytes: text.into() };
        let assets = [asset("searchlet.js", "const names = \"@@ROOT@@\";"), asset("engine.wasm", "wasm")];
        let bundle = Bundle::assemble(Vec::new(), &assets, Root::default(), false).expect("clean names");
        let names: Vec<&str> = bundle.files().map(|file| file.0).collect();
        let engine = format!("engine.{:016x}.wasm", digest(b"wasm"));
        assert_eq!(names, [engine.as_str(), "index.json", "searchlet.js"]);
        let loader = String::from_utf8_lossy(&bundle.files[LOADER]).into_owned();
        assert!(loader.contains(&format!("\\\"engine\\\":\\\"{engine}\\\"")), "{loader}");
        assert!(!loader.contains("@@ROOT@@"));
    }

    #[test]
    fn words_lie_in_one_folder_that_their_content_names() {
        let asset = |name: &str, text: &str| Asset { name: name.into(), bytes: text.into() };
        let bundle = |assets: &[Asset]| {
            let bundle = Bundle::assemble(Vec::new(), assets, Root::default(), false).expect("clean names");
            assert_eq!(bundle.files().count(), 1 + words_files(assets));
            let root = std::str::from_utf8(&bundle.files[ROOT]).expect("a text");
            (Root::read(root).expect("a root").files, bundle)
        };
        let one = [asset("words/pt-br.json", "{\"a\":1}"), asset("words/de.json", "{}")];
        let (named, whole) = bundle(&one);
        let [(what, folder)] = &named[..] else { panic!("{named:?}") };
        assert_eq!(what, WORDS);
        assert_eq!(whole.files[&format!("{folder}de.json")], b"{}");
        let words = Words::read(folder, &whole.files[&format!("{folder}{DIGESTS}")]).expect("the list");
        assert!(words.files(folder).all(|(name, expected)| digest(&whole.files[&name]) == expected));

        assert_eq!(bundle(&[one[1].clone(), one[0].clone()]).1, whole, "in whatever order they come");
        let altered = bundle(&[one[0].clone(), asset("words/de.json", "{ }")]);
        assert_ne!(altered.0, named);
        assert!(bundle(&[]).0.is_empty());
    }
}
