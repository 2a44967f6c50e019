//! Documents in, bytes out: the build-time crate of Searchlet.
//!
//! Data flows one way, and each stage is a function from value to value:
//!
//! ```text
//! files → source → extract → analyse → invert → encode → bundle → publish
//! ```
//!
//! Only [`source`] and [`publish`] touch the disk, inversion where memory does not suffice (`spill`), and what is kept
//! for the next build ([`Cache`]).

mod analyse;
mod averages;
mod build;
mod bundle;
mod cache;
mod characters;
mod columns;
mod compounds;
mod dates;
mod document;
mod duplicates;
mod encode;
mod error;
mod freshness;
mod gather;
mod groups;
mod invert;
mod mark;
mod number;
mod passages;
mod problem;
mod publish;
mod runs;
mod settings;
mod site_name;
mod spill;
mod stream;
mod synonyms;
mod varint;
mod vocabulary;
mod weight;

pub mod extract;
pub mod pages;
pub mod source;

pub use build::{Built, build, build_with};
pub use bundle::{Asset, Bundle};
pub use cache::Cache;
pub use document::{Document, Passage};
pub use error::BuildError;
pub use extract::{Selector, SelectorError};
pub use gather::{Gathered, gather, gather_with};
pub use mark::{Item, MARKS, Mark, Rule, Said};
pub use problem::{Problem, Severity};
pub use publish::{Published, publish};
pub use settings::{InputSettings, Settings};
pub use synonyms::{MAX_PHRASE_WORDS, MAX_SYNONYMS, Synonym, SynonymFault, Synonyms, SynonymsError};
pub use weight::Weight;
