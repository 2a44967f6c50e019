//! Turns what a document says of itself into the values of the format.

use crate::Document;
use searchlet_format::MetaValue;
use serde_json::Value;

/// Values within values deeper than this become text. The format holds eight.
const MAX_META_DEPTH: usize = 6;

/// The metadata of a document, ascending by key; what is null is absent.
pub fn meta(document: &Document) -> Vec<(String, MetaValue)> {
    document
        .meta
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), meta_value(value, MAX_META_DEPTH)?)))
        .collect()
}

/// A JSON value as the format holds it; null is absent.
fn meta_value(value: &Value, depth: usize) -> Option<MetaValue> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(flag) => MetaValue::Flag(*flag),
        Value::String(text) => MetaValue::Text(text.clone()),
        // A whole number that a double cannot hold would change on its way through a browser.
        Value::Number(number) => match number.as_f64() {
            Some(decimal) if decimal.fract() == 0.0 && decimal.abs() < 9_007_199_254_740_992.0 => {
                MetaValue::Integer(decimal as i64)
            }
            Some(decimal) if decimal.fract() != 0.0 => MetaValue::Decimal(decimal),
            _ => MetaValue::Text(number.to_string()),
        },
        _ if depth == 0 => MetaValue::Text(value.to_string()),
        Value::Array(values) => {
            MetaValue::List(values.iter().filter_map(|value| meta_value(value, depth - 1)).collect())
        }
        Value::Object(pairs) => MetaValue::Map(
            pairs
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), meta_value(value, depth - 1)?)))
                .collect(),
        ),
    })
}
