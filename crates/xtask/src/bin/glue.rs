//! The glue generator: a wasm module in, an optimisable module with its JavaScript out.
//!
//! `cargo xtask build` starts it as `glue INPUT.wasm FOLDER NAME`. It takes the place of the `wasm-bindgen` program, so
//! that nobody has to install one of the right version.

use std::{env, process::ExitCode};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a program's error belongs on the terminal")]
            {
                eprintln!("error: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        bail!("expected three arguments, `glue INPUT.wasm FOLDER NAME`, found {}", arguments.len());
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .web(true)
        .context("the target `web` was refused")?
        .input_path(input)
        .out_name(name)
        .typescript(true)
        // The module is fetched by the caller, who knows its name; a default path would only pull a URL into the worker.
        .omit_default_module_path(true)
        // Names and producers are of no use to a reader who downloads the engine.
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(folder).with_context(|| format!("no glue could be made for {input}"))
}
