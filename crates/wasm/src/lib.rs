//! The browser's door: the search engine as JavaScript sees it.
//!
//! The engine knows no I/O, so this crate fetches and inflates what it asks for. It runs in a worker or, where there
//! can be none, on the page's own thread.

mod engine;
mod failure;
mod fetch;
mod inflate;
mod options;
mod sealed;

pub use engine::Engine;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
