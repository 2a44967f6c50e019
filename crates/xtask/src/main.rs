//! The chores of Searchlet: one command each, from a bare checkout to a served demo.
#![allow(clippy::print_stdout, reason = "the chores talk to the person at the terminal")]

mod bench;
mod bless;
mod browsers;
mod budget;
mod build;
mod cargo_deny;
mod ci;
mod demo;
mod eval;
mod fuzz;
mod install;
mod modules;
mod names;
mod node;
mod peers;
mod place;
mod setup;
mod stamp;
mod steps;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use place::Place;

/// The chores of Searchlet. Each one does what it needs first, skips what is done and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Get what the other chores need: the wasm target, the npm packages, the browsers
    Setup,
    /// Build the engine, the browser's modules and the CLI that carries them
    Build,
    /// Put the `searchlet` command on PATH
    Install,
    /// Index seeds/, write a page for each of them, serve the site
    Demo(demo::Options),
    /// Run every test: Rust, JavaScript, browsers, sizes, lints
    Test,
    /// Check formatting, lints, documentation, licences and sources of dependencies
    Ci,
    /// Run the benchmarks, or compare with other searches
    Bench(bench::Options),
    /// Measure how often the right document comes first, write docs/relevance.md
    Eval(eval::Options),
    /// Rewrite the golden files from what the tests find now; the diff is the review
    Bless,
    /// Look for inputs that break the decoder
    Fuzz(fuzz::Options),
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    let done = Place::find().and_then(|place| match chore {
        Chore::Setup => setup::run(&place),
        Chore::Build => build::run(&place).map(drop),
        Chore::Install => install::run(&place),
        Chore::Demo(options) => demo::run(&place, &options),
        Chore::Test => test::run(&place),
        Chore::Ci => ci::run(&place),
        Chore::Bench(options) => bench::run(&place, &options),
        Chore::Eval(options) => eval::run(&place, &options),
        Chore::Bless => bless::run(&place),
        Chore::Fuzz(options) => fuzz::run(&place, &options),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
