//! What a page states of itself as linked data (JSON-LD in the terms of schema.org).

use serde_json::Value;

use crate::extract::lines::one_line;

/// How things are called that are the page itself; others, such as its site or its author, are not.
const PAGES: &[&str] =
    &["Article", "Posting", "Page", "Report", "HowTo", "Recipe", "APIReference", "Course", "Book", "Product"];

/// How deep lists and graphs are followed.
const MAX_DEPTH: usize = 4;

/// What was stated; what was stated first counts.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub title: Option<String>,
    pub meta: Vec<(&'static str, String)>,
}

impl Stated {
    /// Takes in the text of a script. What is not JSON states nothing.
    pub fn take(&mut self, text: &str) {
        if let Ok(data) = serde_json::from_str::<Value>(text.trim()) {
            self.thing(&data, MAX_DEPTH);
        }
    }

    /// Takes in what is said elsewhere and counts no more than what is stated.
    pub fn also(&mut self, key: &'static str, value: &str) {
        self.say(key, Some(value));
    }

    fn thing(&mut self, data: &Value, depth: usize) {
        match data {
            _ if depth == 0 => {}
            Value::Array(things) => things.iter().for_each(|thing| self.thing(thing, depth - 1)),
            Value::Object(fields) => {
                if is_page(&data["@type"]) {
                    if self.title.is_none() {
                        let name = text(&data["headline"]).or_else(|| text(&data["name"]));
                        self.title = name.map(one_line).filter(|title| !title.is_empty());
                    }
                    self.say("description", text(&data["description"]));
                    self.say("date", text(&data["datePublished"]).or_else(|| text(&data["dateCreated"])));
                    self.say("image", image(&data["image"]));
                }
                if let Some(graph) = fields.get("@graph") {
                    self.thing(graph, depth - 1);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn say(&mut self, key: &'static str, value: Option<&str>) {
        let value = one_line(value.unwrap_or_default());
        if !value.is_empty() && self.meta.iter().all(|(known, _)| *known != key) {
            self.meta.push((key, value));
        }
    }
}

fn is_page(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => PAGES.iter().any(|page| kind.ends_with(page)),
        Value::Array(kinds) => kinds.iter().any(|kind| kind.is_string() && is_page(kind)),
        _ => false,
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.trim().is_empty())
}

/// The address of an image, which may be an object or the first of a list.
fn image(value: &Value) -> Option<&str> {
    let one = value.get(0).unwrap_or(value);
    text(one).or_else(|| text(&one["url"])).or_else(|| text(&one["contentUrl"]))
}
