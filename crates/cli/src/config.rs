//! `searchlet config`: what a configuration file may say.

use std::io::Write as _;

use anyhow::Result;

use crate::configuration;
use crate::exit::Exit;

pub fn schema() -> Result<Exit> {
    writeln!(anstream::stdout().lock(), "{}", serde_json::to_string_pretty(&configuration::schema())?)?;
    Ok(Exit::Done)
}
