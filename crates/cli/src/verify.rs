//! `searchlet verify`: checks every byte of a bundle.

use std::io::Write as _;

use anyhow::Result;

use crate::arguments::Verify;
use crate::exit::Exit;
use crate::{figures, opening, terminal};

pub fn run(arguments: &Verify) -> Result<Exit> {
    let faults = opening::open(&arguments.bundle, None)?.verify();
    if faults.is_empty() {
        writeln!(anstream::stdout(), "{}: sound", terminal::plain(&arguments.bundle.display().to_string()))?;
        return Ok(Exit::Done);
    }
    for (file, reason) in &faults {
        terminal::error(&format!("{file}: {reason}"));
    }
    terminal::note(&format!(
        "{} in {}; build the bundle again with `searchlet index`, or copy it again from where it was sound",
        figures::count(faults.len() as u64, "fault"),
        arguments.bundle.display()
    ));
    Ok(Exit::LeftOut)
}
