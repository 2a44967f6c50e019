//! The browser's door: the search engine as JavaScript sees it.
//!
//! The engine knows no I/O. This crate says which files it needs, checks and inflates what came; `www/src/files.js`
//! decides when each is asked for, because waiting costs nothing in JavaScript and eight kilobytes in Rust.

mod engine;
mod failure;
mod inflate;
mod options;
mod sealed;

pub use engine::Engine;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
