//! An index that is open: its heads, and the parts that are at hand.

use crate::parts::{PartId, Parts};
use searchlet_format::{Directory, FormatError, Head, Metadata, Section};
use searchlet_text::{Analyser, Class, Endings, Tables};

/// Parts are kept up to this many bytes, inflated. A session of a hundred queries on a large site uses less.
const DEFAULT_MEMORY: usize = 24 << 20;

/// An index that is open for searching.
#[derive(Debug)]
pub struct Index {
    pub(crate) shards: Vec<Shard>,
    memory: usize,
}

/// One head with its parts. The heads of several languages are searched as one index.
#[derive(Debug)]
pub struct Shard {
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
        let shards = heads.into_iter().map(Shard::open).collect::<Result<_, _>>()?;
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

    /// Sets how many bytes of parts are kept between searches.
    pub const fn keep(&mut self, bytes: usize) {
        self.memory = bytes;
    }

    /// All parts of the index.
    pub fn parts(&self) -> impl Iterator<Item = PartId> {
        (0u32..).zip(&self.shards).flat_map(|(shard, head)| {
            (0..head.directory.parts.len() as u32).map(move |part| PartId { shard, part })
        })
    }

    /// The name of a part's file in the bundle, and the digest that it must have.
    #[must_use]
    pub fn file(&self, id: PartId) -> (String, u64) {
        let parts = self.shards.get(id.shard as usize).map(|shard| &shard.directory.parts);
        let digest = parts.and_then(|parts| parts.get(id.part as usize)).copied().unwrap_or_default();
        (Directory::name_of(digest), digest)
    }

    /// Takes in the inflated bytes of a part.
    ///
    /// # Errors
    /// When they do not follow their grammar; the part then counts as one that could not be had.
    pub fn supply(&mut self, id: PartId, raw: Vec<u8>) -> Result<(), FormatError> {
        let Some(shard) = self.shards.get_mut(id.shard as usize) else { return Ok(()) };
        shard.parts.supply(id.part, raw).inspect_err(|_| shard.parts.fail(id.part))
    }

    /// Notes that a part cannot be had. The search goes on without it, and says so.
    pub fn fail(&mut self, id: PartId) {
        if let Some(shard) = self.shards.get_mut(id.shard as usize) {
            shard.parts.fail(id.part);
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
    fn open(raw: &[u8]) -> Result<Self, FormatError> {
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
        let parts = Parts::new(head.directory.parts.len());
        Ok(Self {
            metadata: head.metadata,
            analyser: Analyser::new(tables),
            directory: head.directory,
            parts,
        })
    }

    /// The terms section of a part, if it is at hand.
    pub fn terms(&self, part: u32) -> Option<&[u8]> {
        self.parts.section(part, Section::Terms)
    }

    /// The documents section of a part, if it is at hand.
    pub fn documents(&self, part: u32) -> Option<&[u8]> {
        self.parts.section(part, Section::Documents)
    }
}
