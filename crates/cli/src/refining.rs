//! Filters, facets and order as they are typed, or stand in a batch.

use searchlet_search::{Filter, Options, Order, Value};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::arguments::Search;
use crate::exit::Misuse;

/// A line of a batch; what it does not say is as the flags say, and other keys are the caller's own.
#[derive(Deserialize)]
pub struct Line {
    /// The query.
    pub q: String,
    filters: Option<serde_json::Map<String, Json>>,
    facets: Option<Vec<String>>,
    sort: Option<Sort>,
}

/// `"kind,date:desc"`, or a list of such.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected sort as \"date:desc\" or a list of such")]
enum Sort {
    One(String),
    Several(Vec<String>),
}

impl Line {
    /// The options of a line.
    ///
    /// # Errors
    /// When a filter makes no sense; says which.
    pub fn options(&self, below: &Options) -> Result<Options, String> {
        let mut options = below.clone();
        if let Some(filters) = &self.filters {
            options.filters = filters
                .iter()
                .map(|(key, json)| Ok((key.clone(), filter(key, json)?)))
                .collect::<Result<_, String>>()?;
        }
        if let Some(facets) = &self.facets {
            options.facets.clone_from(facets);
        }
        match &self.sort {
            Some(Sort::One(keys)) => options.sort = orders(std::slice::from_ref(keys)),
            Some(Sort::Several(keys)) => options.sort = orders(keys),
            None => {}
        }
        Ok(options)
    }
}

/// The options that the flags of a search make.
///
/// # Errors
/// When a filter makes no sense; says which.
pub fn options(arguments: &Search) -> Result<Options, Misuse> {
    let mut filters: Vec<(String, Filter)> = Vec::new();
    for text in &arguments.filter {
        let misread = |what: String| Misuse(format!("--filter {text:?}: {what}"));
        if text.starts_with('{') {
            let json: serde_json::Map<String, Json> = serde_json::from_str(text)
                .map_err(|error| misread(format!("this is no JSON: {error}; expected {{\"key\": …}}")))?;
            for (key, json) in &json {
                filters.push((key.clone(), filter(key, json).map_err(misread)?));
            }
            continue;
        }
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| misread("expected KEY=VALUE, such as kind=article".to_owned()))?;
        let is = Filter::Is(value.into());
        // Several values of one key are a choice.
        match filters.iter_mut().find(|filter| filter.0 == key) {
            Some((_, Filter::Any(values))) => values.push(is),
            _ => filters.push((key.to_owned(), Filter::Any(vec![is]))),
        }
    }
    Ok(Options {
        limit: usize::from(arguments.limit),
        offset: arguments.offset as usize,
        explain: arguments.explain,
        filters,
        facets: arguments.facet.clone(),
        facet_values: arguments.facet_values as usize,
        sort: orders(&arguments.sort),
    })
}

fn orders(keys: &[String]) -> Vec<Order> {
    keys.iter()
        .flat_map(|keys| keys.split(','))
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .map(Order::from)
        .collect()
}

/// A value, a list of which one will do, or an object of `any`, `all`, `not`, `min`, `max`, all of which must hold.
fn filter(key: &str, json: &Json) -> Result<Filter, String> {
    let list = |json: &Json| match json {
        Json::Array(values) => values.iter().map(|json| filter(key, json)).collect::<Result<Vec<_>, _>>(),
        other => Err(format!("{key}: {other} is no list")),
    };
    match json {
        Json::Array(_) => Ok(Filter::Any(list(json)?)),
        Json::Object(conditions) => {
            let mut all = Vec::new();
            for (name, json) in conditions {
                match name.as_str() {
                    "any" => all.push(Filter::Any(list(json)?)),
                    "all" => all.push(Filter::All(list(json)?)),
                    "not" => all.push(Filter::Not(Box::new(filter(key, json)?))),
                    "min" | "max" => {}
                    _ => return Err(format!("{key}: {name:?} is none of any, all, not, min, max")),
                }
            }
            let bound = |name| conditions.get(name).map(|json| value(key, json)).transpose();
            let (min, max) = (bound("min")?, bound("max")?);
            if min.is_some() || max.is_some() || conditions.is_empty() {
                all.push(Filter::Range(min, max));
            }
            // A choice stays one, so that facets can tell.
            Ok(if all.len() == 1 { all.remove(0) } else { Filter::All(all) })
        }
        scalar => value(key, scalar).map(Filter::Is),
    }
}

fn value(key: &str, json: &Json) -> Result<Value, String> {
    match json {
        Json::String(text) => Ok(text.as_str().into()),
        Json::Bool(flag) => Ok(flag.to_string().as_str().into()),
        Json::Number(number) => {
            let decimal = number.as_f64();
            let whole = decimal.filter(|decimal| decimal.fract() == 0.0 && decimal.abs() < 1e15);
            let text = whole.map_or_else(|| number.to_string(), |whole| (whole as i64).to_string());
            Ok(Value { text, number: decimal })
        }
        other => Err(format!("{key}: {other} is no value, expected a text, a number, true or false")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is(text: &str) -> Filter {
        Filter::Is(text.into())
    }

    #[test]
    fn filters_are_read_from_json() {
        let read = |json: Json| filter("key", &json).expect("a filter");
        assert_eq!(read(json!("a")), is("a"));
        assert_eq!(read(json!([1, true])), Filter::Any(vec![is("1"), is("true")]));
        assert_eq!(read(json!({ "any": ["a"] })), Filter::Any(vec![is("a")]));
        assert_eq!(
            read(json!({ "not": { "all": ["a", "b"] } })),
            Filter::Not(Box::new(Filter::All(vec![is("a"), is("b")])))
        );
        assert_eq!(read(json!({ "min": 1 })), Filter::Range(Some("1".into()), None));
        assert_eq!(read(json!({})), Filter::Range(None, None));
        assert_eq!(
            read(json!({ "max": "b", "not": "a" })),
            Filter::All(vec![Filter::Not(Box::new(is("a"))), Filter::Range(None, Some("b".into()))])
        );
    }

    #[test]
    fn what_is_no_filter_is_told() {
        for json in [
            json!(null),
            json!({ "anny": [] }),
            json!({ "any": "a" }),
            json!({ "min": [] }),
            json!([[{ "not": null }]]),
        ] {
            let error = filter("colour", &json).expect_err("no filter");
            assert!(error.starts_with("colour: "), "{error}");
        }
    }
}
