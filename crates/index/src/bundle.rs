//! A bundle: the files that a site serves, by name.

use searchlet_format::{LOADER, ROOT, Root, digest, with_root};
use std::collections::BTreeMap;

/// A file that the browser needs beside the index: the loader, the engine, the worker, the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its name before it is named by its content, such as `engine.wasm`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files of a bundle, ready to be written or packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// Puts a bundle together from the files of its heads, the browser's files, and a root that names the heads.
    pub(crate) fn assemble(
        files: Vec<(String, Vec<u8>)>,
        assets: &[Asset],
        mut root: Root,
    ) -> Result<Self, searchlet_format::FormatError> {
        let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        for asset in assets {
            let (stem, extension) = asset.name.rsplit_once('.').unwrap_or((&asset.name, "bin"));
            let name = format!("{stem}.{:016x}.{extension}", digest(&asset.bytes));
            root.files.push((stem.to_owned(), name.clone()));
            // The loader has a name that never changes; what stands in the root is the digest that it has before it
            // carries the root, so that it can be checked, too.
            if asset.name != LOADER {
                files.insert(name, asset.bytes.clone());
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_named_by_content_and_the_loader_knows_the_names() {
        let asset = |name: &str, text: &str| Asset { name: name.into(), bytes: text.into() };
        let assets = [asset("searchlet.js", "const names = \"@@ROOT@@\";"), asset("engine.wasm", "wasm")];
        let bundle = Bundle::assemble(Vec::new(), &assets, Root::default()).expect("clean names");
        let names: Vec<&str> = bundle.files().map(|file| file.0).collect();
        let engine = format!("engine.{:016x}.wasm", digest(b"wasm"));
        assert_eq!(names, [engine.as_str(), "index.json", "searchlet.js"]);
        let loader = String::from_utf8_lossy(&bundle.files[LOADER]).into_owned();
        assert!(loader.contains(&format!("\\\"engine\\\":\\\"{engine}\\\"")), "{loader}");
        assert!(!loader.contains("@@ROOT@@"));
    }
}
