//! `searchlet inspect`: says what a bundle holds.

use std::io::Write as _;

use anyhow::Result;
use serde_json::Value;

use crate::arguments::Inspect;
use crate::exit::Exit;
use crate::{figures, opening, terminal};

pub fn run(arguments: &Inspect) -> Result<Exit> {
    let inspection = opening::open(&arguments.bundle)?.inspect();
    let mut out = anstream::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", terminal::plain_json(&serde_json::to_string(&inspection)?))?;
    } else {
        for (depth, name, figure) in lines(&serde_json::to_value(&inspection)?) {
            let label = format!("{:1$}{name}", "", 2 * depth);
            writeln!(out, "{}", terminal::plain(format!("{label:20} {figure}").trim_end()))?;
        }
    }
    Ok(Exit::Done)
}

/// `value` as lines of depth, name and figure, so that whatever the engine tells is shown.
///
/// Names are the keys of `--json` with spaces; an entry of a list is named by its first text (a language, say).
fn lines(value: &Value) -> Vec<(usize, String, String)> {
    let mut lines = Vec::new();
    walk(value, 0, &mut lines);
    lines
}

fn walk(value: &Value, depth: usize, lines: &mut Vec<(usize, String, String)>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let name = key.replace('_', " ");
        match value {
            Value::Object(_) => {
                lines.push((depth, name, String::new()));
                walk(value, depth + 1, lines);
            }
            Value::Array(entries) if entries.iter().any(Value::is_object) => {
                for entry in entries {
                    let title = entry.as_object().and_then(|fields| fields.values().find_map(Value::as_str));
                    lines.push((depth, name.clone(), title.unwrap_or_default().to_owned()));
                    walk(entry, depth + 1, lines);
                }
            }
            _ => lines.push((depth, name, figure(key, value))),
        }
    }
}

fn figure(key: &str, value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_u64() {
            Some(number) if key.contains("bytes") => figures::bytes(number),
            Some(number) => figures::grouped(number),
            None => number.to_string(),
        },
        Value::String(text) => text.clone(),
        Value::Array(entries) => entries.iter().map(|entry| figure(key, entry)).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_shown() {
        let value = serde_json::json!({
            "build": "00ff", "documents": 12345, "bytes": {"parts": 2500},
            "heads": [{"language": "en", "passages": 7}],
        });
        let shown: Vec<String> = lines(&value)
            .into_iter()
            .map(|(depth, name, figure)| format!("{depth} {name} {figure}"))
            .collect();
        for expected in ["0 build 00ff", "0 documents 12,345", "0 heads en", "1 passages 7"] {
            assert!(shown.iter().any(|line| line == expected), "{expected} in {shown:?}");
        }
    }
}
