//! The terminal's door to Searchlet.

mod arguments;
mod assets;
mod audit;
mod building;
mod caching;
mod config;
mod configuration;
mod exit;
mod figures;
mod hits;
mod index;
mod inspect;
mod offline;
mod opening;
mod pack;
mod pages;
mod progress;
mod refining;
mod search;
mod serve;
mod terminal;
mod verify;
mod writing;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use exit::Exit;

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Index(arguments) => index::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Pack(arguments) => pack::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        // clap lets it pass with --schema only, all that it has to say today.
        Command::Config(_) => config::schema(),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    result.unwrap_or_else(|error| Exit::of(&error)).into()
}
