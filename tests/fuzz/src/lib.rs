//! What must hold of any input, for the targets that share it.

mod extracted;
mod site;

pub use extracted::check_extracted;
pub use site::{Inflated, inflated, site, texts};
