//! The engine as an object of JavaScript.

use crate::failure::refused;
use crate::options::{count, options};
use crate::sealed::{Place, Sealed};
use js_sys::Array;
use searchlet_search::{Index, PartId, ROOT, Root, Search, Step, Suggest, SuggestStep};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::ReadableStream;

/// How many completions are given when the caller does not say.
const USUAL_SUGGESTIONS: usize = 5;

/// An index, as far as its files have come.
#[wasm_bindgen]
pub struct Engine {
    build: u64,
    /// The inflated heads, until the index is open.
    heads: Vec<Vec<u8>>,
    index: Option<Index>,
    tasks: Vec<(u32, Task)>,
    coming: Vec<Sealed>,
}

/// Something that the engine was asked for.
enum Task {
    Search(Search),
    Suggest(Suggest),
}

#[wasm_bindgen]
impl Engine {
    /// Begins to open the bundle of which `root` is the text of `index.json`. The documents of `language` are searched
    /// if there are any, else all.
    ///
    /// # Errors
    /// An `Error` with a `code`: damaged, format.
    #[wasm_bindgen(constructor)]
    pub fn new(root: &str, language: &str) -> Result<Self, JsValue> {
        let root = Root::read(root).map_err(|error| refused(ROOT, error))?;
        let wanted = language.to_ascii_lowercase();
        let primary = wanted.split(['-', '_']).next().unwrap_or_default();
        let has_language = root.heads.iter().any(|head| head.language == primary);
        let mut coming = Vec::new();
        for entry in root.heads {
            if !has_language || entry.language == primary {
                let digest = entry.digest().map_err(|error| refused(ROOT, error))?;
                coming.push(Sealed::head(entry.file, coming.len(), digest));
            }
        }
        let heads = vec![Vec::new(); coming.len()];
        Ok(Self { build: root.build, heads, index: None, tasks: Vec::new(), coming })
    }

    /// Whether this text of `index.json` names another bundle. A text that cannot be read says nothing.
    pub fn differs(&self, root: &str) -> bool {
        Root::read(root).is_ok_and(|root| root.build != self.build)
    }

    /// Begins a search, known as `id` until it is ended.
    pub fn search(&mut self, id: u32, text: &str, limit: f64, offset: f64) {
        self.tasks.push((id, Task::Search(Search::new(text, options(limit, offset)))));
    }

    /// Begins to complete the last word of a text, known as `id` until it is ended.
    pub fn suggest(&mut self, id: u32, text: &str, limit: f64) {
        self.tasks.push((id, Task::Suggest(Suggest::new(text, count(limit, USUAL_SUGGESTIONS)))));
    }

    /// Lets go of what `id` began.
    pub fn end(&mut self, id: u32) {
        self.tasks.retain(|task| task.0 != id);
    }

    /// Goes on as far as the files at hand allow: gives the answer, or an array of the names of the files that it
    /// needs. What `id` did not begin answers how many documents can be found.
    ///
    /// # Errors
    /// An `Error` with a `code` when the heads cannot be read: damaged, analyser.
    pub fn step(&mut self, id: u32) -> Result<JsValue, JsValue> {
        if self.index.is_none() {
            if !self.coming.is_empty() {
                return Ok(names(&self.coming));
            }
            let heads = std::mem::take(&mut self.heads);
            let index = Index::open(heads.iter().map(Vec::as_slice));
            self.index = Some(index.map_err(|error| refused("head", error))?);
        }
        let Some(index) = &mut self.index else { return Ok(JsValue::UNDEFINED) };
        let parts = match self.tasks.iter_mut().find(|task| task.0 == id) {
            None => return Ok((index.documents() as f64).into()),
            Some((_, Task::Search(search))) => match search.step(index) {
                Step::Done(found) => return plain(&found),
                Step::Need(parts) => parts,
            },
            Some((_, Task::Suggest(suggest))) => match suggest.step(index) {
                SuggestStep::Done(suggestions) => return plain(&suggestions),
                SuggestStep::Need(parts) => parts,
            },
        };
        Ok(self.needed(&parts))
    }

    /// Checks a file that came, and gives its inflated bytes as a stream.
    ///
    /// # Errors
    /// An `Error` with a `code`: damaged, format.
    pub fn unseal(&mut self, name: &str, bytes: &[u8]) -> Result<ReadableStream, JsValue> {
        self.coming.iter_mut().find(|file| file.name == name).ok_or(JsValue::UNDEFINED)?.unseal(bytes)
    }

    /// Takes the next inflated bytes of a file; says whether they fit.
    pub fn inflated(&mut self, name: &str, chunk: &[u8]) -> bool {
        self.coming.iter_mut().find(|file| file.name == name).is_some_and(|file| file.inflated(chunk))
    }

    /// Takes in a file whose bytes have all come.
    ///
    /// # Errors
    /// An `Error` with the code damaged.
    pub fn supply(&mut self, name: &str) -> Result<(), JsValue> {
        let Some(file) = self.coming.iter_mut().find(|file| file.name == name) else { return Ok(()) };
        let raw = file.finish().map_err(|error| refused(name, error))?;
        match (file.place, &mut self.index) {
            (Place::Head(number), _) => self.heads[number] = raw,
            (Place::Part(id), Some(index)) => index.supply(id, raw).map_err(|error| refused(name, error))?,
            (Place::Part(_), None) => {}
        }
        self.coming.retain(|file| file.name != name);
        Ok(())
    }

    /// Notes that a part cannot be had: what needs it is answered without it, and says so.
    pub fn fail(&mut self, name: &str) {
        if let (Some(index), Some(at)) =
            (&mut self.index, self.coming.iter().position(|file| file.name == name))
            && let Place::Part(id) = self.coming.swap_remove(at).place
        {
            index.fail(id);
        }
    }
}

impl Engine {
    /// The names of parts, which are noted as coming.
    fn needed(&mut self, parts: &[PartId]) -> JsValue {
        let Some(index) = &self.index else { return JsValue::UNDEFINED };
        let needed = Array::new();
        for &id in parts {
            let at = self.coming.iter().position(|file| file.place == Place::Part(id));
            let at = at.unwrap_or_else(|| {
                self.coming.push(Sealed::part(index, id));
                self.coming.len() - 1
            });
            needed.push(&JsValue::from_str(&self.coming[at].name));
        }
        needed.into()
    }
}

fn names(files: &[Sealed]) -> JsValue {
    files.iter().map(|file| JsValue::from_str(&file.name)).collect::<Array>().into()
}

/// A plain object of JavaScript, as `JSON.parse` would make it.
fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
