//! JSON records: a file of one or an array of them, or a line for each.

mod record;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::Extracted;
use crate::source::Source;
use crate::{Document, Problem, Severity};

/// Reads a `.json` file: one record, or an array of records. A record that is wrong is left out alone; a file
/// that is not JSON is left out whole.
pub(super) fn file(source: &Source, bytes: &[u8]) -> Extracted {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Extracted::problem(Problem {
                severity: Severity::LeftOut,
                path: source.path.clone(),
                line: Some(1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count()),
                what: format!("byte {} is not UTF-8, which JSON must be", error.valid_up_to()),
                next: "save the file as UTF-8".to_owned(),
            });
        }
    };
    let whole = text.trim_start();
    let records = if whole.starts_with('[') {
        serde_json::from_str::<Vec<&RawValue>>(text)
    } else {
        serde_json::from_str::<&RawValue>(text).map(|record| vec![record])
    };
    match records {
        Ok(records) => all(source, &with_lines(text, records.into_iter().map(RawValue::get))),
        Err(error) => Extracted::problem(Problem {
            severity: Severity::LeftOut,
            path: source.path.clone(),
            line: Some(error.line()),
            what: format!("the file is not JSON: {}", record::reason(&error)),
            next: "correct it, or name the file .jsonl if it has a record on each line".to_owned(),
        }),
    }
}

/// Reads a file of a record on each line; blank lines are passed over, and a broken line costs that line only. Documents
/// without a title have none yet.
pub(super) fn lines(source: &Source, bytes: &[u8]) -> Extracted {
    read(source, bytes).0
}

/// Whether the records of a file with this beginning can be read line by line: it says by no mark that it is not UTF-8.
pub(crate) fn is_by_lines(beginning: &[u8]) -> bool {
    encoding_rs::Encoding::for_bom(beginning).is_none()
}

/// Reads some lines of a file, as if there were no others; says also how many there are.
pub(crate) fn block(source: &Source, bytes: &[u8]) -> (Extracted, usize) {
    let (extracted, n_lines) = read(source, bytes);
    (super::named(source, extracted), n_lines)
}

fn read(source: &Source, bytes: &[u8]) -> (Extracted, usize) {
    let mut extracted = Extracted::default();
    let mut n_lines = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        n_lines += 1;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        match record(source, n_lines, line) {
            Ok(document) => extracted.documents.push(document),
            Err(problem) => extracted.problems.push(problem),
        }
    }
    (extracted, n_lines)
}

/// Reads one record. `line` says where it stands, from 1; the bytes are what one line of a `.jsonl` file holds.
///
/// # Errors
/// When the record is no JSON, has neither `url` nor `id`, or has a field of the wrong type: the problem names
/// file and line.
pub fn record(source: &Source, line: usize, bytes: &[u8]) -> Result<Document, Problem> {
    record::document(bytes).map_err(|fault| Problem {
        severity: Severity::LeftOut,
        path: source.path.clone(),
        line: Some(line),
        what: fault.what,
        next: fault.next.to_owned(),
    })
}

/// Records are read side by side and given in their order.
fn all(source: &Source, records: &[(usize, &[u8])]) -> Extracted {
    let read: Vec<_> = records.par_iter().map(|&(line, bytes)| record(source, line, bytes)).collect();
    let mut extracted = Extracted::default();
    extracted.documents.reserve(read.len());
    for outcome in read {
        match outcome {
            Ok(document) => extracted.documents.push(document),
            Err(problem) => extracted.problems.push(problem),
        }
    }
    extracted
}

/// Pairs pieces of `text`, given in order, with the lines that they begin on.
fn with_lines<'a>(text: &'a str, pieces: impl Iterator<Item = &'a str>) -> Vec<(usize, &'a [u8])> {
    let (mut at, mut line) = (0, 1);
    pieces
        .map(|piece| {
            let start =
                (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).clamp(at, text.len());
            line += text.as_bytes()[at..start].iter().filter(|&&byte| byte == b'\n').count();
            at = start;
            (line, piece.as_bytes())
        })
        .collect()
}

#[cfg(test)]
mod tests;
