//! Searches a bundle whose files are at hand: on a disk, in memory, in the program itself.
//!
//! ```no_run
//! use searchlet_search::{Options, local::Local};
//!
//! let folder = std::path::Path::new("site/searchlet");
//! let mut index = Local::open(|name| std::fs::read(folder.join(name)).map_err(|error| error.to_string()), None)?;
//! for hit in index.search("first steps", Options::default()).hits {
//!     println!("{} {}", hit.url, hit.title);
//! }
//! # Ok::<(), searchlet_search::OpenError>(())
//! ```

mod survey;
mod understood;

pub use survey::{Survey, SurveyedDocument, SurveyedPassage, SurveyedSection, SurveyedTerm};
pub use understood::{Understood, UnderstoodDemand, UnderstoodWord};

use crate::{
    Envelope, Expected, Found, Index, OpenError, Options, PartId, Root, Search, Step, Suggest, SuggestStep,
    Suggestion,
};
use searchlet_format::{
    DIGESTS, FormatError, LOADER, Metadata, Packed, ROOT, WORDS, Words, digest, without_root,
};
use std::collections::BTreeSet;

/// Gives the bytes of a file of the bundle, or says why it cannot.
type Read = Box<dyn FnMut(&str) -> Result<Vec<u8>, String>>;

/// The name of a file, and why it is at fault.
type Fault = (String, String);

/// A bundle that is open, and the means to read its files.
pub struct Local {
    index: Index,
    root: Root,
    read: Read,
}

impl Local {
    /// Opens a bundle of which `read` gives the files by name. With a language, only its documents are searched.
    ///
    /// # Errors
    /// When the root or a head cannot be read, or is not what it should be; when no document is in the language.
    pub fn open(
        read: impl FnMut(&str) -> Result<Vec<u8>, String> + 'static,
        language: Option<&str>,
    ) -> Result<Self, OpenError> {
        let mut read: Read = Box::new(read);
        let text = read(ROOT).map_err(|reason| OpenError::Missing { file: ROOT.to_owned(), reason })?;
        let text = String::from_utf8_lossy(&text);
        let root = Root::read(&text).map_err(|error| OpenError::Format { file: ROOT.to_owned(), error })?;
        let mut heads = Vec::new();
        for entry in &root.heads {
            if language.is_some_and(|wanted| !is_same_language(wanted, &entry.language)) {
                continue;
            }
            let refused = |error| OpenError::Format { file: entry.file.clone(), error };
            let file = read(&entry.file)
                .map_err(|reason| OpenError::Missing { file: entry.file.clone(), reason })?;
            let digest = entry.digest().map_err(refused)?;
            let raw = Envelope::open(&file, Expected::Head(digest)).and_then(|envelope| inflate(&envelope));
            heads.push(raw.map_err(refused)?);
        }
        if heads.is_empty() && !root.heads.is_empty() {
            let wanted = language.unwrap_or_default().to_owned();
            return Err(OpenError::Language {
                wanted,
                known: root.heads.into_iter().map(|head| head.language).collect(),
            });
        }
        let index = Index::open(heads.iter().map(Vec::as_slice))
            .map_err(|error| OpenError::Format { file: "head".to_owned(), error })?;
        Ok(Self { index, root, read })
    }

    /// Opens a packed bundle, such as a program embeds.
    ///
    /// # Errors
    /// As [`Local::open`].
    pub fn packed(bytes: impl AsRef<[u8]> + 'static, language: Option<&str>) -> Result<Self, OpenError> {
        let packed = Packed::read(bytes)
            .map_err(|error| OpenError::Format { file: "packed bundle".to_owned(), error })?;
        let read = move |name: &str| {
            packed.file(name).map(<[u8]>::to_vec).ok_or_else(|| "not in the pack".to_owned())
        };
        Self::open(read, language)
    }

    /// Searches. Parts that cannot be read make the answer say that it is not complete.
    pub fn search(&mut self, query: &str, options: Options) -> Found {
        let mut search = Search::new(query, options);
        loop {
            match search.step(&mut self.index) {
                Step::Done(found) => return found,
                Step::Need(parts) => self.fetch(parts),
            }
        }
    }

    /// Completes the last word of a query.
    pub fn suggest(&mut self, text: &str, limit: usize) -> Vec<Suggestion> {
        let mut suggest = Suggest::new(text, limit);
        loop {
            match suggest.step(&mut self.index) {
                SuggestStep::Done(found) => return found,
                SuggestStep::Need(parts) => self.fetch(parts),
            }
        }
    }

    /// What the root says.
    #[must_use]
    pub const fn root(&self) -> &Root {
        &self.root
    }

    /// The metadata of each head that is open.
    pub fn metadata(&self) -> impl Iterator<Item = &Metadata> {
        self.index.metadata()
    }

    /// Sets how many bytes of parts are kept in memory between searches.
    pub const fn keep(&mut self, bytes: usize) {
        self.index.keep(bytes);
    }

    /// Reads a file of the bundle, which is not checked.
    ///
    /// # Errors
    /// Why it cannot be had.
    pub fn file(&mut self, name: &str) -> Result<Vec<u8>, String> {
        (self.read)(name)
    }

    /// The name of each part's file. Reads the parts that hold levels of the directory.
    pub fn part_names(&mut self) -> Vec<String> {
        self.all_parts().0.into_iter().map(|id| self.index.file(id).0).collect()
    }

    /// The keys of metadata that documents can be filtered, counted and sorted by, ascending.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let keys = self.index.shards.iter().flat_map(|shard| &shard.directory.keys);
        keys.map(|column| column.key.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Reads every file once, checks it and decodes the parts; gives the name of each file that is at fault, and why.
    /// Root and heads were checked when they were opened.
    pub fn verify(&mut self) -> Vec<(String, String)> {
        let (parts, mut faults) = self.all_parts();
        let named: Vec<String> = faults.iter().map(|fault: &Fault| fault.0.clone()).collect();
        for id in parts {
            let name = self.index.file(id).0;
            if let Err(reason) = self.load(id)
                && !named.contains(&name)
            {
                faults.push((name, reason));
            }
        }
        let (files, unnamed) = self.all_browser_files();
        for (file, expected) in files {
            if let Err(reason) = self.check_browser_file(&file, expected) {
                faults.push((file, reason));
            }
        }
        faults.extend(unnamed);
        faults
    }

    /// The name of each file that the browser runs or reads beside the index.
    pub fn browser_file_names(&mut self) -> Vec<String> {
        self.all_browser_files().0.into_iter().map(|file| file.0).collect()
    }

    /// All parts, and the faults of those with levels of the directory, which are read to know the others.
    fn all_parts(&mut self) -> (Vec<PartId>, Vec<Fault>) {
        let (mut parts, mut faults) = (BTreeSet::new(), Vec::new());
        let mut levels = self.index.levels();
        while !levels.is_empty() {
            for &id in &levels {
                if let Err(reason) = self.load(id) {
                    faults.push((self.index.file(id).0, reason));
                    self.index.fail(id);
                }
            }
            parts.extend(levels);
            levels = self.index.levels();
        }
        parts.extend(self.index.parts());
        (parts.into_iter().collect(), faults)
    }

    /// All files of the browser's with the digest that each must have, and the faults of those that promise none.
    fn all_browser_files(&mut self) -> (Vec<(String, u64)>, Vec<Fault>) {
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        for (asset, name) in self.root.files.clone() {
            if asset == WORDS {
                match self.words_files(&name) {
                    Ok(words) => files.extend(words),
                    Err(reason) => faults.push((format!("{name}{DIGESTS}"), reason)),
                }
                continue;
            }
            match name.rsplit('.').nth(1).and_then(|hex| u64::from_str_radix(hex, 16).ok()) {
                // The loader has a name that never changes, and the digest that it had before it carried the root.
                Some(digest) if asset == "searchlet" => files.push((LOADER.to_owned(), digest)),
                Some(digest) => files.push((name, digest)),
                None => {
                    faults.push((name, FormatError::Invalid { section: ROOT, value: "name" }.to_string()));
                }
            }
        }
        (files, faults)
    }

    /// The files in the folder of the words, with the digest of each.
    fn words_files(&mut self, folder: &str) -> Result<Vec<(String, u64)>, String> {
        let name = format!("{folder}{DIGESTS}");
        let list = (self.read)(&name)?;
        let words = Words::read(folder, &list).map_err(|error| error.to_string())?;
        let mut files: Vec<(String, u64)> = words.files(folder).collect();
        files.push((name, digest(&list)));
        Ok(files)
    }

    /// Compares a file of the browser's with its digest.
    fn check_browser_file(&mut self, file: &str, expected: u64) -> Result<(), String> {
        let mut bytes = (self.read)(file)?;
        if file == LOADER {
            let root = self.root.write().map_err(|error| error.to_string())?;
            bytes = without_root(&bytes, &root);
        }
        let found = digest(&bytes);
        if found == expected { Ok(()) } else { Err(FormatError::Digest { expected, found }.to_string()) }
    }

    fn fetch(&mut self, parts: Vec<PartId>) {
        for id in parts {
            if self.load(id).is_err() {
                self.index.fail(id);
            }
        }
    }

    fn load(&mut self, id: PartId) -> Result<(), String> {
        let (name, expected) = self.index.file(id);
        let file = (self.read)(&name)?;
        let raw = Envelope::open(&file, expected).and_then(|envelope| inflate(&envelope));
        raw.and_then(|raw| self.index.supply(id, raw)).map_err(|error| error.to_string())
    }
}

/// Whether two language tags have the same primary subtag.
fn is_same_language(wanted: &str, known: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(wanted) == primary(known)
}

/// Inflates a payload to exactly its declared length.
fn inflate(envelope: &Envelope<'_>) -> Result<Vec<u8>, FormatError> {
    let invalid = FormatError::Invalid { section: "payload", value: "length" };
    let raw = miniz_oxide::inflate::decompress_to_vec_with_limit(envelope.payload, envelope.raw_len);
    raw.ok().filter(|raw| raw.len() == envelope.raw_len).ok_or(invalid)
}
