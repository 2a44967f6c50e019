//! An index that is open: its heads, and the parts that are at hand.

use crate::parts::{Located, PartId, Parts};
use searchlet_format::{Directory, DocumentPlace, Expected, FileId, FormatError, Head, Metadata, Section};
use searchlet_text::{Analyser, Class, Endings, Tables};

/// Parts are kept up to this many bytes, inflated. Thirty queries on a large site bring a megabyte.
const DEFAULT_MEMORY: usize = 8 << 20;

/// So many parts with levels of the directory are fetched beside the first terms, so that the hits need not wait.
const AHEAD: usize = 2;

/// An index that is open for searching.
#[derive(Debug)]
pub struct Index {
    pub(crate) shards: Vec<Shard>,
    memory: usize,
}

/// One head with its parts. The heads of several languages are searched as one index.
#[derive(Debug)]
pub struct Shard {
    /// Which of the bundles that are searched as one it is from.
    pub bundle: u32,
    pub metadata: Metadata,
    pub analyser: Analyser,
    pub directory: Directory,
    pub parts: Parts,
}

impl Index {
    /// Opens an index of its inflated heads, in the order in which ties between them are to break.
    ///
    /// # Errors
    /// When a head does not follow its grammar or was made by another analyser.
    pub fn open<'h>(heads: impl IntoIterator<Item = &'h [u8]>) -> Result<Self, FormatError> {
        Self::open_all(heads.into_iter().map(|head| (0, head)))
    }

    /// Opens several bundles as one index: their heads, each with the number of its bundle. What a word weighs is reckoned
    /// over all of them, so that scores compare; ties break in the order given.
    ///
    /// # Errors
    /// As [`Index::open`].
    pub fn open_all<'h>(heads: impl IntoIterator<Item = (u32, &'h [u8])>) -> Result<Self, FormatError> {
        let open = |(bundle, head)| Shard::open(bundle, head);
        let shards = heads.into_iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self { shards, memory: DEFAULT_MEMORY })
    }

    /// How many documents there are.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.shards.iter().map(|shard| u64::from(shard.metadata.documents)).sum()
    }

    /// The metadata of each head.
    pub fn metadata(&self) -> impl Iterator<Item = &Metadata> {
        self.shards.iter().map(|shard| &shard.metadata)
    }

    /// Whether documents can be filtered and sorted by a key of their metadata.
    pub(crate) fn has_column(&self, key: &str) -> bool {
        self.shards.iter().any(|shard| shard.column(key).is_some())
    }

    /// Sets how many bytes of parts are kept between searches.
    pub const fn keep(&mut self, bytes: usize) {
        self.memory = bytes;
    }

    /// All parts of the index, as far as the levels of the directory that name them are at hand.
    #[must_use]
    pub fn parts(&self) -> Vec<PartId> {
        let mut ids = Vec::new();
        for (shard, head) in (0..).zip(&self.shards) {
            ids.extend(head.located().all().map(|file| PartId { shard, file }));
        }
        ids
    }

    /// Of the parts that hold levels of the directory, those that were not asked for yet.
    pub fn levels(&self) -> Vec<PartId> {
        let mut ids = Vec::new();
        for (shard, head) in (0..).zip(&self.shards) {
            let absent = head.located().absent.into_iter().filter(|&file| !head.parts.is_settled(file));
            ids.extend(absent.map(|file| PartId { shard, file }));
        }
        ids
    }

    /// The name of a part's file in the bundle, and what the file must be.
    #[must_use]
    pub fn file(&self, id: PartId) -> (String, Expected) {
        (id.file.name(), Expected::Part(id.file))
    }

    /// The number of the bundle that a part is from.
    #[must_use]
    pub fn bundle(&self, id: PartId) -> u32 {
        self.shards.get(id.shard as usize).map_or(0, |shard| shard.bundle)
    }

    /// Takes in the inflated bytes of a part.
    ///
    /// # Errors
    /// When they do not follow their grammar; the part then counts as one that could not be had.
    pub fn supply(&mut self, id: PartId, raw: Vec<u8>) -> Result<(), FormatError> {
        let Some(shard) = self.shards.get_mut(id.shard as usize) else { return Ok(()) };
        shard.parts.supply(id.file, raw).inspect_err(|_| shard.parts.fail(id.file))
    }

    /// Notes that a part cannot be had. The search goes on without it, and says so.
    pub fn fail(&mut self, id: PartId) {
        if let Some(shard) = self.shards.get_mut(id.shard as usize) {
            shard.parts.fail(id.file);
        }
    }

    /// Readies the index for a new search.
    pub(crate) fn settle(&mut self) {
        for shard in &mut self.shards {
            shard.parts.settle(self.memory);
        }
    }
}

impl Shard {
    fn open(bundle: u32, raw: &[u8]) -> Result<Self, FormatError> {
        let head = Head::read(raw)?;
        let (expected, found) = (searchlet_text::VERSION, head.metadata.analyser);
        if found != expected {
            return Err(FormatError::Analyser { expected, found });
        }
        let mut classes = Vec::with_capacity(head.tables.classes.len());
        for (character, number) in head.tables.classes {
            let class = Class::from_u8(number)
                .ok_or(FormatError::Invalid { section: "analyser's tables", value: "class" })?;
            classes.push((character, class));
        }
        let tables = Tables::new(classes, head.tables.folds, Endings::new(head.tables.endings));
        Ok(Self {
            bundle,
            metadata: head.metadata,
            analyser: Analyser::new(tables),
            directory: head.directory,
            parts: Parts::default(),
        })
    }

    /// The files that hold the groups with a key and, for a prefix, those whose key begins with it.
    pub fn terms_files(&self, key: &str, is_prefix: bool, to: &mut Located) {
        to.add(&self.directory.terms, &|file| self.parts.keys(file), &|first| **first <= *key, &|first| {
            **first <= *key || is_prefix && first.starts_with(key)
        });
    }

    /// The file that holds a prefix, if it is prepared.
    pub fn prefix_files(&self, prefix: &str, to: &mut Located) {
        to.add(
            &self.directory.prefixes,
            &|file| self.parts.keys(file),
            &|first| **first <= *prefix,
            &|first| **first <= *prefix,
        );
    }

    /// The files that hold the spellings which begin with a string.
    pub fn spellings_files(&self, beginning: &str, to: &mut Located) {
        to.add(
            &self.directory.spellings,
            &|file| self.parts.keys(file),
            &|first| **first <= *beginning,
            &|first| **first <= *beginning || first.starts_with(beginning),
        );
    }

    /// Whether spellings are listed; where they are not, the terms are all in one part.
    pub fn has_spellings(&self) -> bool {
        !self.directory.spellings.files.is_empty() || self.directory.terms.files.len() > 1
    }

    /// The number of the column of a key, and whether its values are numbers.
    pub fn column(&self, key: &str) -> Option<(usize, bool)> {
        let at = self.directory.keys.iter().position(|column| column.key == key)?;
        Some((at + 1, self.directory.keys[at].is_number))
    }

    /// The files that hold the entries of columns from one place on, as long as they are before the end.
    pub fn columns_files(&self, start: &str, is_before_end: &dyn Fn(&str) -> bool, to: &mut Located) {
        to.add(
            &self.directory.columns,
            &|file| self.parts.keys(file),
            &|first| **first <= *start,
            &|first| is_before_end(first),
        );
    }

    /// The files that hold the passages of a document from `first` to `last`.
    pub fn document_files(&self, document: u32, first: u32, last: u32, to: &mut Located) {
        let place = |passage| DocumentPlace { document, passage };
        let (first, last) = (place(first), place(last));
        let below = |file| self.parts.places(file);
        to.add(&self.directory.documents, &below, &|place| *place <= first, &|place| *place <= last);
    }

    /// The levels that lead to the documents, if they are so few that they may be fetched before they are needed.
    pub fn levels_of_documents(&self) -> &[FileId] {
        let top = &self.directory.documents;
        if top.depth == 1 && top.files.len() <= AHEAD { &top.files } else { &[] }
    }

    /// All files that are named by levels at hand. Those that hold the levels themselves are named while they are away.
    fn located(&self) -> Located {
        let mut all = Located::default();
        all.add(&self.directory.terms, &|file| self.parts.keys(file), &|_| false, &|_| true);
        all.add(&self.directory.prefixes, &|file| self.parts.keys(file), &|_| false, &|_| true);
        all.add(&self.directory.spellings, &|file| self.parts.keys(file), &|_| false, &|_| true);
        all.add(&self.directory.columns, &|file| self.parts.keys(file), &|_| false, &|_| true);
        all.add(&self.directory.documents, &|file| self.parts.places(file), &|_| false, &|_| true);
        all
    }

    /// The terms section of a part, if it is at hand.
    pub fn terms(&self, file: FileId) -> Option<&[u8]> {
        self.parts.section(file, Section::Terms)
    }

    /// The prefixes section of a part, if it is at hand.
    pub fn prefixes(&self, file: FileId) -> Option<&[u8]> {
        self.parts.section(file, Section::Prefixes)
    }

    /// The spellings section of a part, if it is at hand.
    pub fn spellings(&self, file: FileId) -> Option<&[u8]> {
        self.parts.section(file, Section::Spellings)
    }

    /// The documents section of a part, if it is at hand.
    pub fn documents(&self, file: FileId) -> Option<&[u8]> {
        self.parts.section(file, Section::Documents)
    }
}
