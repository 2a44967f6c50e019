//! Text in, tokens out: the analyser that the indexer and the searcher share.
//!
//! The crate holds no Unicode data. What it must know of a character stands in [`Tables`], which the indexer makes
//! for the characters of its documents and the index carries to the searcher: one analyser, two callers, and
//! nothing that could drift between them.
//!
//! ```
//! use searchlet_text::{Analyser, Tables};
//!
//! let analyser = Analyser::new(Tables::default());
//! let mut terms = Vec::new();
//! analyser.each("Cyber-security, first.", &mut |token| terms.push(token.term.to_owned()));
//! assert_eq!(terms, ["cyber", "security", "cybersecurity", "first"]);
//! ```

mod analyser;
mod endings;
mod fold;
mod tables;

pub use analyser::{Analyser, Kind, Token, VERSION};
pub use endings::Endings;
pub use fold::{MAX_TERM_BYTES, is_accented, unaccented};
pub use tables::{Class, Tables, accent};
