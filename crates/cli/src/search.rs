//! `searchlet search`: the engine of the browser, in the terminal.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use searchlet_search::local::Local;
use searchlet_search::{Found, MetaValue, Options, Plain};
use serde::{Serialize, Serializer};

use crate::arguments::Search;
use crate::exit::Exit;
use crate::refining::{self, Line};
use crate::{hits, opening, terminal};

pub fn run(arguments: &Search) -> Result<Exit> {
    let mut local = opening::open(&arguments.bundle, arguments.language.as_deref())?;
    let options = refining::options(arguments)?;
    let (complete, understood) = match (&arguments.batch, &arguments.query) {
        (Some(batch), _) => answer_all(&mut local, batch, &options)?,
        (None, query) => {
            let answer = answer(&mut local, query.as_deref().unwrap_or_default(), options);
            if arguments.json {
                print_json(&mut io::stdout().lock(), &answer)?;
            } else {
                hits::print(&mut anstream::stdout().lock(), &answer.found, arguments.offset, answer.took_ms)?;
            }
            (answer.found.complete, true)
        }
    };
    if !complete {
        terminal::warning(&format!(
            "parts of {} could not be read, so hits may be lacking; run `searchlet verify {0}`",
            arguments.bundle.display()
        ));
    }
    Ok(if complete && understood { Exit::Done } else { Exit::LeftOut })
}

/// What was found, together with what only a door knows.
pub struct Answer {
    /// Time from query to answer in milliseconds, files read included.
    took_ms: f64,
    found: Found,
}

impl Serialize for Answer {
    /// With `took_ms` where a browser has it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut plain = Plain::from(&self.found);
        plain.insert_after("complete", "took_ms", MetaValue::Decimal(self.took_ms));
        plain.serialize(serializer)
    }
}

/// Searches, and looks at the clock.
pub fn answer(local: &mut Local, query: &str, options: Options) -> Answer {
    let started = Instant::now();
    let found = local.search(query, options);
    Answer { took_ms: started.elapsed().as_micros() as f64 / 1000.0, found }
}

/// What stderr gets for a line that could not be read.
#[derive(Serialize)]
struct BrokenLine {
    line: usize,
    error: String,
}

/// Answers every line of `batch`; tells whether all answers are complete, and whether all lines were understood.
fn answer_all(local: &mut Local, batch: &Path, options: &Options) -> Result<(bool, bool)> {
    let lines: Box<dyn BufRead> = if batch == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(batch).with_context(|| {
            format!("could not open {}; give a file with one {{\"q\": …}} per line", batch.display())
        })?;
        Box::new(BufReader::new(file))
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let (mut complete, mut understood) = (true, true);
    // Bytes rather than strings: a line that is not UTF-8 is one broken line and must not end the batch.
    for (at, line) in lines.split(b'\n').enumerate() {
        let line = line.with_context(|| format!("could not read {}", batch.display()))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let read = serde_json::from_slice::<Line>(&line)
            .map_err(|error| format!("expected {{\"q\": \"…\"}}: {}", cause(&error)));
        match read.and_then(|line| line.options(options).map(|options| (line, options))) {
            Ok((line, options)) => {
                let answer = answer(local, &line.q, options);
                complete &= answer.found.complete;
                print_json(&mut out, &answer)?;
            }
            Err(error) => {
                understood = false;
                let broken = serde_json::to_string(&BrokenLine { line: at + 1, error })?;
                // Answers so far go first, so that both streams tell one story.
                out.flush()?;
                terminal::note(&terminal::plain_json(&broken));
            }
        }
    }
    out.flush()?;
    Ok((complete, understood))
}

/// The message without serde_json's "at line 1", which counts within the line.
fn cause(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    format!("{} at column {}", &message[..end], error.column())
}

fn print_json(out: &mut impl Write, answer: &Answer) -> Result<()> {
    let json = serde_json::to_string(answer)?;
    writeln!(out, "{}", terminal::plain_json(&json))?;
    Ok(())
}
