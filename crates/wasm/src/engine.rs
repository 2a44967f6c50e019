//! The engine as an object of JavaScript.

use crate::failure::refused;
use crate::options::{count, options};
use crate::sealed::{Place, Sealed};
use js_sys::Array;
use searchlet_search::{Expected, FormatError, Index, Plain, ROOT, Root, Search, Step, Suggest, SuggestStep};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::ReadableStream;

/// How many completions are given when the caller does not say.
const USUAL_SUGGESTIONS: usize = 5;

/// An index, as far as its files have come.
#[wasm_bindgen]
pub struct Engine {
    /// The primary subtag of the language to search.
    language: String,
    /// The builds of the bundles, in the order in which they were added.
    builds: Vec<u64>,
    /// The inflated heads, each with the number of its bundle, until the index is open.
    heads: Vec<(u32, Vec<u8>)>,
    index: Option<Index>,
    tasks: Vec<(u32, Task)>,
    coming: Vec<Sealed>,
    /// How many files were asked for, by which they are numbered.
    asked: u32,
}

/// Something that the engine was asked for.
enum Task {
    Search(Box<Search>),
    Suggest(Suggest),
}

#[wasm_bindgen]
impl Engine {
    /// An engine for the documents of `language`, where a bundle has any, else for all of them.
    #[wasm_bindgen(constructor)]
    pub fn new(language: &str) -> Self {
        let wanted = language.to_ascii_lowercase();
        Self {
            language: wanted.split(['-', '_']).next().unwrap_or_default().to_owned(),
            builds: Vec::new(),
            heads: Vec::new(),
            index: None,
            tasks: Vec::new(),
            coming: Vec::new(),
            asked: 0,
        }
    }

    /// Begins to open a bundle of which `root` is the text of `index.json`. Several are searched as one.
    ///
    /// # Errors
    /// An `Error` with a `code`: damaged, format.
    pub fn add(&mut self, root: &str) -> Result<(), JsValue> {
        let root = Root::read(root).map_err(|error| refused(ROOT, error))?;
        let has_language = root.heads.iter().any(|head| head.language == self.language);
        let bundle = self.builds.len() as u32;
        for entry in root.heads {
            if !has_language || entry.language == self.language {
                let digest = entry.digest().map_err(|error| refused(ROOT, error))?;
                let place = Place::Head(self.heads.len());
                self.coming.push(Sealed::new(
                    (self.asked, bundle),
                    place,
                    (entry.file, Expected::Head(digest)),
                ));
                self.heads.push((bundle, Vec::new()));
                self.asked += 1;
            }
        }
        self.builds.push(root.build);
        Ok(())
    }

    /// Whether this text of `index.json` names another build of a bundle. A text that cannot be read says nothing.
    pub fn differs(&self, bundle: usize, root: &str) -> bool {
        Root::read(root).is_ok_and(|root| self.builds.get(bundle) != Some(&root.build))
    }

    /// Begins a search, known as `id` until it is ended. `steps` say how it is refined.
    pub fn search(&mut self, id: u32, text: &str, limit: f64, offset: f64, explain: bool, steps: &Array) {
        let options = options(limit, offset, explain, &steps.to_vec());
        self.tasks.push((id, Task::Search(Box::new(Search::new(text, options)))));
    }

    /// Begins to complete the last word of a text, known as `id` until it is ended.
    pub fn suggest(&mut self, id: u32, text: &str, limit: f64) {
        self.tasks.push((id, Task::Suggest(Suggest::new(text, count(limit, USUAL_SUGGESTIONS)))));
    }

    /// Lets go of what `id` began.
    pub fn end(&mut self, id: u32) {
        self.tasks.retain(|task| task.0 != id);
    }

    /// Goes on as far as the files at hand allow: gives the answer, or an array of the numbers of the files that it
    /// needs. What `id` did not begin answers how many documents can be found.
    ///
    /// # Errors
    /// An `Error` with a `code` when the heads cannot be read: damaged, analyser.
    pub fn step(&mut self, id: u32) -> Result<JsValue, JsValue> {
        if self.index.is_none() {
            if !self.coming.is_empty() {
                return Ok(numbers(self.coming.iter().map(|file| file.number)));
            }
            let heads = std::mem::take(&mut self.heads);
            let index = Index::open_all(heads.iter().map(|(bundle, head)| (*bundle, head.as_slice())));
            self.index = Some(index.map_err(|error| refused("head", error))?);
        }
        let Some(index) = &mut self.index else { return Ok(JsValue::UNDEFINED) };
        let parts = match self.tasks.iter_mut().find(|task| task.0 == id) {
            None => return Ok((index.documents() as f64).into()),
            Some((_, Task::Search(search))) => match search.step(index) {
                Step::Done(found) => return plain(&(&found).into()),
                Step::Need(parts) => parts,
            },
            Some((_, Task::Suggest(suggest))) => match suggest.step(index) {
                SuggestStep::Done(suggestions) => return plain(&suggestions.as_slice().into()),
                SuggestStep::Need(parts) => parts,
            },
        };
        let needed = parts.into_iter().map(|id| {
            if let Some(file) = self.coming.iter().find(|file| file.place == Place::Part(id)) {
                return file.number;
            }
            let number = self.asked;
            self.asked += 1;
            self.coming.push(Sealed::new((number, index.bundle(id)), Place::Part(id), index.file(id)));
            number
        });
        Ok(numbers(needed))
    }

    /// The number of the bundle that a file is in.
    pub fn bundle(&self, number: u32) -> u32 {
        self.coming.iter().find(|file| file.number == number).map_or(0, |file| file.bundle)
    }

    /// The name of a file in its bundle.
    pub fn name(&self, number: u32) -> String {
        let file = self.coming.iter().find(|file| file.number == number);
        file.map(|file| file.name.clone()).unwrap_or_default()
    }

    /// Checks a file that came, and gives its inflated bytes as a stream.
    ///
    /// # Errors
    /// An `Error` with a `code`: damaged, format.
    pub fn unseal(&mut self, number: u32, bytes: &[u8]) -> Result<ReadableStream, JsValue> {
        self.file(number)?.unseal(bytes)
    }

    /// Takes the next inflated bytes of a file; says whether they fit.
    pub fn inflated(&mut self, number: u32, chunk: &[u8]) -> bool {
        self.file(number).is_ok_and(|file| file.inflated(chunk))
    }

    /// Takes in a file whose bytes have all come.
    ///
    /// # Errors
    /// An `Error` with the code damaged.
    pub fn supply(&mut self, number: u32) -> Result<(), JsValue> {
        let file = self.file(number)?;
        let Some(raw) = file.finish() else {
            return Err(file.refused(FormatError::Invalid { section: "payload", value: "length" }));
        };
        match file.place {
            Place::Head(head) => self.heads[head].1 = raw,
            Place::Part(id) => {
                let supplied = self.index.as_mut().map_or(Ok(()), |index| index.supply(id, raw));
                if let Err(error) = supplied {
                    return Err(self.file(number)?.refused(error));
                }
            }
        }
        self.coming.retain(|file| file.number != number);
        Ok(())
    }

    /// Notes that a part cannot be had: what needs it is answered without it, and says so.
    pub fn fail(&mut self, number: u32) {
        let failed = self.coming.iter().find(|file| file.number == number).map(|file| file.place);
        if let (Some(Place::Part(id)), Some(index)) = (failed, &mut self.index) {
            index.fail(id);
            self.coming.retain(|file| file.number != number);
        }
    }
}

impl Engine {
    /// A file that is coming.
    fn file(&mut self, number: u32) -> Result<&mut Sealed, JsValue> {
        self.coming.iter_mut().find(|file| file.number == number).ok_or(JsValue::NULL)
    }
}

fn numbers(files: impl Iterator<Item = u32>) -> JsValue {
    files.map(JsValue::from).collect::<Array>().into()
}

/// A plain object of JavaScript, as `JSON.parse` would make it.
fn plain(value: &Plain) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
