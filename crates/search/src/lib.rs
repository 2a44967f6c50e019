//! Bytes and a query in, hits out: the search engine of Searchlet.
//!
//! It does no I/O and knows no clock and no thread. A [`Search`] says which parts of the index it needs, and is called
//! again when they were supplied or could not be had: so one engine serves the browser, the terminal and the tests.
//!
//! ```text
//! open → parse → expand → rank → excerpt → found
//! ```
//!
//! A native program that has the files at hand uses [`local`], which does the asking.

mod clause;
mod demand;
mod error;
mod excerpt;
mod expand;
mod fields;
mod found;
mod heading;
mod index;
mod logarithm;
mod mend;
mod options;
mod order;
mod parts;
mod query;
mod rank;
mod reading;
mod refine;
mod search;
mod show;
mod suggest;
mod syntax;
mod weigh;

#[cfg(feature = "local")]
pub mod local;

pub use error::OpenError;
pub use found::{Explanation, FacetValue, Found, FoundPassage, Hit, Meta, Plain, Segment, Suggestion};
pub use index::Index;
pub use options::{Filter, MAX_LIMIT, Options, Order, Value};
pub use parts::PartId;
pub use search::{Search, Step};
pub use searchlet_format::{Envelope, Expected, FormatError, HeadEntry, MetaValue, ROOT, Root};
pub use suggest::{Suggest, SuggestStep};
