//! What a configuration file may say, as a JSON Schema.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::Configuration;

/// The schema of `searchlet.toml`: a description, range and default for each option, nothing to look up elsewhere.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Configuration>().to_value();
    tidy(&mut schema);
    schema
}

/// Takes out what is of Rust or JSON and not of TOML: `null`, names of number types, line ends of the source.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.remove("format");
            if let Some(types) = fields.get_mut("type").and_then(Value::as_array_mut) {
                types.retain(|name| name != "null");
                if let [only] = &**types {
                    let only = only.clone();
                    fields.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::String(description)) = fields.get_mut("description") {
                let paragraphs = description.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
                *description = paragraphs.collect::<Vec<_>>().join("\n\n");
            }
            fields.values_mut().for_each(tidy);
        }
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `look` for each option with its full key.
    fn each(schema: &Value, above: &str, look: &mut dyn FnMut(&str, &Value)) {
        for (key, option) in schema["properties"].as_object().into_iter().flatten() {
            let key = format!("{above}{key}");
            look(&key, option);
            each(option, &format!("{key}."), look);
            each(&option["items"], &format!("{key}."), look);
        }
    }

    #[test]
    fn each_option_is_described_typed_and_in_its_range() {
        let mut count = 0;
        each(&schema(), "", &mut |key, option| {
            count += 1;
            assert!(option["description"].as_str().is_some_and(|text| text.ends_with('.')), "{key}");
            let is_typed = option["type"].is_string() || option["enum"].is_array();
            assert!(is_typed, "{key}: {option}");
            if matches!(option["type"].as_str(), Some("integer" | "number")) {
                assert!(option["minimum"].is_number() && option["maximum"].is_number(), "{key}");
                let default = option["default"].as_f64().unwrap_or(1.0);
                let (least, most) = (option["minimum"].as_f64(), option["maximum"].as_f64());
                assert!(least <= Some(default) && Some(default) <= most, "{key}");
            }
        });
        assert!(count > 20);
    }

    #[test]
    fn what_has_a_default_says_it() {
        let defaults = serde_json::to_value(Configuration::default()).expect("JSON");
        for (key, default) in defaults.as_object().expect("options") {
            assert_eq!(schema()["properties"][key]["default"], *default, "{key}");
        }
    }
}
