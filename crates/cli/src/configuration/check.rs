//! Holds a configuration file against its schema.
//!
//! serde would find the same faults, but name neither the range nor the nearest key.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A key is taken for a known one that is misspelt from this likeness on, of 1. clap uses the same.
const ALIKE: f64 = 0.7;

/// What is wrong with a file, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes.
    pub place: Range<usize>,
    /// What, and what was expected.
    pub what: String,
}

/// Finds the first fault of a table.
///
/// # Errors
/// The fault.
pub fn check(table: &Spanned<DeTable<'_>>, schema: &Value) -> Result<(), Fault> {
    keys(table.get_ref(), table.span(), schema, "", schema)
}

fn keys(
    table: &DeTable<'_>,
    place: Range<usize>,
    schema: &Value,
    above: &str,
    root: &Value,
) -> Result<(), Fault> {
    let known = &schema["properties"];
    // In the order of the file, so that the first fault is the first.
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in entries {
        let path = format!("{above}{}", key.get_ref());
        let option = &known[&**key.get_ref()];
        if option.is_null() {
            return Err(Fault { place: key.span(), what: unknown(&path, above, known, root) });
        }
        one(value, option, &path, root)?;
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut absent = required.filter(|&key| !table.keys().any(|known| known.get_ref() == key));
    match absent.next() {
        Some(key) => {
            Err(Fault { place, what: format!("{} has no {key}; add it", above.trim_end_matches('.')) })
        }
        None => Ok(()),
    }
}

fn one(value: &Spanned<DeValue<'_>>, option: &Value, path: &str, root: &Value) -> Result<(), Fault> {
    let fault = |what: String| Err(Fault { place: value.span(), what: format!("{path} {what}") });
    let expected = expected(option);
    match (value.get_ref(), option["type"].as_str().unwrap_or_default()) {
        (DeValue::Table(table), "object") => keys(table, value.span(), option, &format!("{path}."), root),
        (DeValue::Array(items), "array") => {
            if let Some(most) = option["maxItems"].as_u64().filter(|&most| items.len() as u64 > most) {
                return fault(format!("has {} entries, expected {most} at most", items.len()));
            }
            items.iter().try_for_each(|item| one(item, &option["items"], path, root))
        }
        (DeValue::Boolean(_), "boolean") => Ok(()),
        (DeValue::String(text), "string") => match option["enum"].as_array() {
            Some(choices) if !choices.iter().any(|choice| choice == &**text) => {
                fault(format!("is {text:?}, expected {expected}"))
            }
            _ => Ok(()),
        },
        (DeValue::Integer(number), kind @ ("integer" | "number")) => {
            let digits = number.to_string();
            let read = i64::from_str_radix(number.as_str(), number.radix()).ok();
            let is_in = |number: i64| match kind {
                "integer" => {
                    let least = option["minimum"].as_i64().unwrap_or(i64::MIN);
                    (least..=option["maximum"].as_i64().unwrap_or(i64::MAX)).contains(&number)
                }
                _ => in_range(number as f64, option),
            };
            if read.is_some_and(is_in) { Ok(()) } else { fault(format!("is {digits}, expected {expected}")) }
        }
        (DeValue::Float(number), "number") => {
            let is_in = number.as_str().parse().is_ok_and(|number| in_range(number, option));
            if is_in { Ok(()) } else { fault(format!("is {}, expected {expected}", number.as_str())) }
        }
        (found, _) => fault(format!("is {}, expected {expected}", kind_of(found))),
    }
}

fn in_range(number: f64, option: &Value) -> bool {
    let least = option["minimum"].as_f64().unwrap_or(f64::MIN);
    (least..=option["maximum"].as_f64().unwrap_or(f64::MAX)).contains(&number)
}

/// What an option may be, for people.
fn expected(option: &Value) -> String {
    if let Some(choices) = option["enum"].as_array() {
        let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
        return choices.join(" or ");
    }
    let range = match (option["minimum"].as_f64(), option["maximum"].as_f64()) {
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
        _ => String::new(),
    };
    match option["type"].as_str() {
        Some("integer") => format!("a whole number{range}"),
        Some("number") => format!("a number{range}"),
        Some("boolean") => "true or false".to_owned(),
        Some("string") => "a string".to_owned(),
        Some("array") if option["items"]["type"] == "object" => format!("tables, as {}", "[[…]]"),
        Some("array") => "a list of strings in [ ]".to_owned(),
        _ => "a table".to_owned(),
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Says that a key is unknown, and which one may be meant: of its own table, or of the whole file.
fn unknown(path: &str, above: &str, known: &Value, root: &Value) -> String {
    let names = |table: &Value| -> Vec<String> {
        table.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect()
    };
    // Each with its full key. Of those that are as like as each other the first is meant, so its own table goes first.
    let mut keys: Vec<(String, String)> =
        names(known).into_iter().map(|key| (key.clone(), format!("{above}{key}"))).collect();
    for (key, option) in root["properties"].as_object().into_iter().flatten() {
        keys.push((key.clone(), key.clone()));
        for inner in names(&option["properties"]) {
            keys.push((format!("{key}_{inner}"), format!("{key}.{inner}")));
            keys.push((inner.clone(), format!("{key}.{inner}")));
        }
    }
    let spelt = path[above.len()..].to_lowercase().replace('-', "_");
    let mut best = (ALIKE, None);
    for (key, full) in keys {
        let likeness = strsim::jaro_winkler(&spelt, &key);
        if likeness > best.0 {
            best = (likeness, Some(full));
        }
    }
    match best.1 {
        Some(meant) => format!("unknown key \"{path}\"; did you mean \"{meant}\"?"),
        None => format!("unknown key \"{path}\"; the keys are {}", names(known).join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::schema;

    fn fault(text: &str) -> String {
        let table = DeTable::parse(text).expect("TOML");
        check(&table, &schema()).expect_err("a fault").what
    }

    #[test]
    fn an_unknown_key_names_the_nearest() {
        for (text, meant) in [
            ("thread = 1", "threads"),
            ("max-files = 100", "max_files"),
            ("trailing_slash = 'cut'", "urls.trailing_slash"),
            ("urls_base = 'x'", "urls.base"),
            ("[urls]\ntrailing-slash = 'cut'", "urls.trailing_slash"),
            ("[[weights]]\nglobs = 'a'", "weights.glob"),
            ("excludes = []", "exclude"),
        ] {
            let what = fault(text);
            assert!(what.ends_with(&format!("did you mean \"{meant}\"?")), "{text}: {what}");
        }
        assert!(fault("zzz = 1").contains("the keys are "));
    }

    #[test]
    fn a_value_that_is_wrong_names_what_was_expected() {
        for (text, what) in [
            ("threads = 0", "threads is 0, expected a whole number from 1 to 1024"),
            (
                "threads = 99999999999999999999",
                "threads is 99999999999999999999, expected a whole number from 1 to 1024",
            ),
            ("threads = '4'", "threads is a string, expected a whole number from 1 to 1024"),
            ("quiet = 1", "quiet is a number, expected true or false"),
            ("duplicates = 'drop'", "duplicates is \"drop\", expected \"fold\" or \"keep\""),
            ("glob = 'a'", "glob is a string, expected a list of strings in [ ]"),
            ("glob = [1]", "glob is a number, expected a string"),
            ("urls = 'a'", "urls is a string, expected a table"),
            (
                "[[weights]]\nglob = 'a'\nweight = 11",
                "weights.weight is 11, expected a number from 0.1 to 10",
            ),
            (
                "[[weights]]\nglob = 'a'\nweight = nan",
                "weights.weight is nan, expected a number from 0.1 to 10",
            ),
            ("[[weights]]\nglob = 'a'", "weights has no weight; add it"),
            ("[[marks]]\nmark = 'body'", "marks has no selector; add it"),
        ] {
            assert_eq!(fault(text), what);
        }
    }

    #[test]
    fn the_first_fault_of_the_file_is_told() {
        let text = "threads = 4\nmemori = 1\nacme = 1\n";
        let fault = check(&DeTable::parse(text).expect("TOML"), &schema()).expect_err("a fault");
        assert_eq!(&text[fault.place], "memori");
    }
}
