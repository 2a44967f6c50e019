//! One record of JSON as a document.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::extract::flow::{Anchor, Flow};
use crate::extract::lines::{Lines, one_line};
use crate::extract::{as_text, html, language_tag, markdown, text};
use crate::{Document, Passage};

/// Why a record was left out.
#[derive(Debug)]
pub(super) struct Fault {
    pub what: String,
    pub next: &'static str,
}

/// The level of a heading that says none.
const HEADING_LEVEL: u8 = 2;

pub(super) fn document(record: &[u8]) -> Result<Document, Fault> {
    let fields = match serde_json::from_slice(record) {
        Ok(Value::Object(fields)) => fields,
        Ok(other) => {
            return Err(Fault {
                what: format!("a record must be an object, this is {}", type_of(&other)),
                next: "write it as {\"url\": …, \"title\": …, \"text\": …}",
            });
        }
        Err(error) => {
            return Err(Fault {
                what: format!("the record is not JSON: {}", reason(&error)),
                next: "correct the record",
            });
        }
    };
    from_fields(fields)
}

fn from_fields(mut fields: Map<String, Value>) -> Result<Document, Fault> {
    let url = url(&mut fields)?;
    let title = string(&mut fields, "title")?.map(|title| one_line(&title)).filter(|title| !title.is_empty());
    let language = string(&mut fields, "lang")?;
    let headings = headings(&mut fields)?;
    let mut document = match body(&mut fields)? {
        Body::Text(text) if headings.is_empty() => text::document(&text, title),
        Body::Text(text) => cut_at(&text, &headings, title),
        Body::Markdown(text) => with_headings(markdown::passages(&text, title), &headings),
        Body::Html(markup) => match html::page(&markup, &[]) {
            html::Page::Document { document, .. } => with_headings(
                Document {
                    title: title.unwrap_or(document.title),
                    meta: Default::default(),
                    canonical: None,
                    ..*document
                },
                &headings,
            ),
            html::Page::Withheld(_) | html::Page::Bodiless | html::Page::TooLong => {
                return Err(Fault {
                    what: "its html asks not to be indexed, or is longer than 2 GiB".to_owned(),
                    next: "leave the record out, or give its text as text",
                });
            }
        },
    };
    document.url = url;
    document.language = language.as_deref().and_then(language_tag).or(document.language);
    document.meta = fields.into_iter().filter(|(_, value)| !value.is_null()).collect();
    Ok(document)
}

enum Body {
    Text(String),
    Html(String),
    Markdown(String),
}

/// Takes the first of `text`, `html`, `markdown` that the record has; of the others nothing is kept, since they
/// say the same in another form.
fn body(fields: &mut Map<String, Value>) -> Result<Body, Fault> {
    let text = string(fields, "text")?;
    let html = string(fields, "html")?;
    let markdown = string(fields, "markdown")?;
    Ok(match (text, html, markdown) {
        (Some(text), _, _) => Body::Text(text),
        (None, Some(html), _) => Body::Html(html),
        (None, None, markdown) => Body::Markdown(markdown.unwrap_or_default()),
    })
}

/// A heading as the record gives it.
struct Heading {
    heading: String,
    level: u8,
    id: Option<String>,
    text: Option<String>,
}

fn headings(fields: &mut Map<String, Value>) -> Result<Vec<Heading>, Fault> {
    let items = match fields.remove("headings") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(other) => return Err(wrong_type("headings", "an array", &other)),
    };
    let mut headings = Vec::with_capacity(items.len());
    for item in items {
        let heading = match item {
            Value::String(heading) => Heading { heading, level: HEADING_LEVEL, id: None, text: None },
            Value::Object(mut item) => Heading {
                heading: match string(&mut item, "title")? {
                    Some(title) => title,
                    None => string(&mut item, "heading")?.unwrap_or_default(),
                },
                level: item
                    .get("level")
                    .and_then(Value::as_u64)
                    .map_or(HEADING_LEVEL, |level| level.clamp(1, 6) as u8),
                id: string(&mut item, "id")?,
                text: string(&mut item, "text")?,
            },
            other => return Err(wrong_type("headings", "an array of strings or objects", &other)),
        };
        let text = one_line(&heading.heading);
        if !text.is_empty() {
            headings.push(Heading { heading: text, ..heading });
        }
    }
    Ok(headings)
}

/// Cuts the text where a line of it is the next heading; headings that the text does not hold follow it.
fn cut_at(text: &str, headings: &[Heading], title: Option<String>) -> Document {
    let mut lines = Lines::default();
    lines.lines(text);
    let text = lines.take();
    let mut flow = Flow::new(Some(title.unwrap_or_default()));
    let mut absent = Vec::new();
    let mut rest: &str = &text;
    for heading in headings {
        let place = if heading.text.is_some() { None } else { line_that_is(rest, &heading.heading) };
        let Some(start) = place else {
            absent.push(heading);
            continue;
        };
        flow.body.lines(&rest[..start]);
        open(&mut flow, heading);
        rest = &rest[start + heading.heading.len()..];
    }
    flow.body.lines(rest);
    for heading in absent {
        open(&mut flow, heading);
        flow.body.lines(heading.text.as_deref().unwrap_or_default());
    }
    flow.finish()
}

/// Where in `text` a line stands that is just `wanted`.
fn line_that_is(text: &str, wanted: &str) -> Option<usize> {
    text.match_indices(wanted).map(|(start, _)| start).find(|&start| {
        let end = start + wanted.len();
        (start == 0 || text.as_bytes()[start - 1] == b'\n')
            && (end == text.len() || text.as_bytes()[end] == b'\n')
    })
}

fn open(flow: &mut Flow, heading: &Heading) {
    flow.body.end_line();
    flow.heading(
        heading.level.max(HEADING_LEVEL),
        heading.heading.clone(),
        Anchor::Made(heading.id.as_deref()),
    );
}

/// Adds to a document of markup the headings that it has not.
fn with_headings(mut document: Document, headings: &[Heading]) -> Document {
    let mut flow = Flow::new(Some(std::mem::take(&mut document.title)));
    for heading in headings {
        if heading.text.is_some()
            || document.passages.iter().all(|passage| passage.heading != heading.heading)
        {
            open(&mut flow, heading);
            flow.body.lines(heading.text.as_deref().unwrap_or_default());
        }
    }
    let more = flow.finish();
    let taken = |id: &str, passages: &[Passage]| passages.iter().any(|p| p.id.as_deref() == Some(id));
    for mut passage in more.passages.into_iter().skip(1) {
        passage.id = passage.id.filter(|id| !taken(id, &document.passages));
        document.passages.push(passage);
    }
    Document { title: more.title, ..document }
}

/// What a URL may hold stays; blanks, quotes, controls and what is not ASCII are encoded.
const NOT_IN_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An `id` becomes a path, so what parts a URL must not be in it.
const NOT_IN_ID: &AsciiSet = &NOT_IN_URL.add(b'%').add(b'?').add(b'#').add(b':');

fn url(fields: &mut Map<String, Value>) -> Result<String, Fault> {
    let url = match string(fields, "url")? {
        Some(url) if !url.trim().is_empty() => utf8_percent_encode(url.trim(), NOT_IN_URL).to_string(),
        _ => {
            let id = match fields.get("id") {
                Some(Value::String(id)) => id.trim().to_owned(),
                Some(Value::Number(id)) => id.to_string(),
                None | Some(Value::Null) => String::new(),
                Some(other) => return Err(wrong_type("id", "a string or a number", other)),
            };
            utf8_percent_encode(&id, NOT_IN_ID).to_string()
        }
    };
    fields.remove("id");
    if url.is_empty() {
        return Err(Fault {
            what: "the record has neither url nor id".to_owned(),
            next: "give it a url, which hits will lead to, or an id",
        });
    }
    match scheme(&url) {
        Some(scheme) if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") => {
            Err(Fault {
                what: format!("the url has the scheme {scheme:?}, expected http, https or a relative URL"),
                next: "correct the url",
            })
        }
        _ => Ok(url),
    }
}

fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// Takes a field that must be text if it is there; a number is text, too.
fn string(fields: &mut Map<String, Value>, key: &'static str) -> Result<Option<String>, Fault> {
    match fields.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => as_text(&value).map(Some).ok_or_else(|| wrong_type(key, "a string", &value)),
    }
}

fn wrong_type(key: &str, expected: &str, found: &Value) -> Fault {
    Fault {
        what: format!("the field {key:?} must be {expected}, this is {}", type_of(found)),
        next: "correct the record",
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What the parser says, without the place: that it counts from the record's start, which would mislead.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => format!("{} at column {}", &message[..end], error.column()),
        None => message,
    }
}
