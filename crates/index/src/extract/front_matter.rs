//! Front matter: what a Markdown file says of itself before its text.

use std::collections::BTreeMap;

use serde_json::Value;

/// Front matter as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matter<'a> {
    /// Between lines of `---`.
    Yaml(&'a str),
    /// Between lines of `+++`.
    Toml(&'a str),
}

/// Parts the front matter from the text. A first line of `---` that no other closes is a rule in the text.
pub(super) fn split(text: &str) -> (Option<Matter<'_>>, &str) {
    let Some((first, rest)) = text.split_once('\n') else { return (None, text) };
    let fence = match first.trim_end() {
        fence @ ("---" | "+++") => fence,
        _ => return (None, text),
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let closes = line.trim_end();
        if closes == fence || (fence == "---" && closes == "...") {
            let (inside, text) = (&rest[..at], &rest[at + line.len()..]);
            let matter = if fence == "---" { Matter::Yaml(inside) } else { Matter::Toml(inside) };
            return (Some(matter), text);
        }
        at += line.len();
    }
    (None, text)
}

/// Reads the fields that an index can hold: text, numbers, truth values, and lists of them.
///
/// # Errors
/// What the parser found wrong, in its words, on one line.
pub(super) fn read(matter: Matter<'_>) -> Result<BTreeMap<String, Value>, String> {
    let fields = match matter {
        Matter::Yaml(text) if text.trim().is_empty() => return Ok(BTreeMap::new()),
        Matter::Yaml(text) => {
            serde_saphyr::from_str::<BTreeMap<String, Value>>(text).map_err(|e| first_line(&e))?
        }
        Matter::Toml(text) => {
            let table: toml::Table = text.parse().map_err(|e: toml::de::Error| first_line(&e.message()))?;
            table.into_iter().map(|(key, value)| (key, from_toml(value))).collect()
        }
    };
    Ok(fields.into_iter().filter(|(_, value)| is_plain(value)).collect())
}

/// Parsers draw the place below their message; a person is told the file, which is enough.
fn first_line(error: &impl ToString) -> String {
    error.to_string().lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(_) => Value::Null,
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(_) | Value::Number(_) | Value::Bool(_) => true,
        Value::Array(items) => items.iter().all(|item| !item.is_array() && is_plain(item)),
        Value::Null | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_are_read() {
        let (matter, text) =
            split("+++\ntitle = \"A\"\ndate = 2021-05-03\nweight = 3\n[extra]\nx = 1\n+++\ntext");
        assert_eq!(text, "text");
        let fields = read(matter.unwrap()).unwrap();
        assert_eq!(
            serde_json::to_string(&fields).unwrap(),
            r#"{"date":"2021-05-03","title":"A","weight":3}"#
        );
        let (matter, text) = split("---\r\na: 1\r\nb:\r\n  c: 2\r\n---\r\ntext");
        assert_eq!(text, "text");
        assert_eq!(serde_json::to_string(&read(matter.unwrap()).unwrap()).unwrap(), r#"{"a":1}"#);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in ["---\n\nText after a rule", "text\n---\nmore\n---\n", "---", ""] {
            let (matter, rest) = split(text);
            assert!(matter.is_none());
            assert_eq!(rest, text);
        }
    }

    #[test]
    fn what_is_not_a_map_is_an_error() {
        for text in ["---\n- a\n---\n", "---\na: [\n---\n", "+++\na = \n+++\n"] {
            assert!(!read(split(text).0.unwrap()).unwrap_err().is_empty());
        }
    }
}
