//! Documents in, bytes out: the build-time crate of Searchlet.
//!
//! Data flows one way, and each stage is a function from value to value:
//!
//! ```text
//! files → source → extract → analyse → invert → encode → bundle → publish
//! ```
//!
//! Only [`source`] and [`publish`] touch the disk.

#![warn(missing_docs)]

mod document;
mod problem;
mod settings;

pub mod extract;
pub mod pages;
pub mod source;

pub use document::{Document, Passage};
pub use problem::{Problem, Severity};
pub use settings::Settings;
