//! Which elements of a page a selector names.
//!
//! It is the part of CSS that tells elements apart by what stands in the file: types, ids, classes and attributes, below
//! (` `) or right below (`>`) others, and lists of these. A selector engine of all of CSS would be a larger dependency
//! than all that reads HTML here.

use std::fmt;

use super::tree::{NodeId, Tree};

/// Parts of one selector. More are hardly meant, and looking for each takes a way up the page.
const MAX_PARTS: usize = 8;

const PSEUDO: &str = "it has a pseudo-class; only types, #ids, .classes and [attributes] are read";

/// A selector of elements, such as `main .post > time[datetime]`.
///
/// ```
/// use searchlet_index::Selector;
///
/// assert!(Selector::new("main .post > time[datetime], #date").is_ok());
/// assert!(Selector::new("a:hover").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    text: String,
    any: Vec<Vec<Part>>,
}

/// Why a text is no selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError {
    selector: String,
    what: String,
}

impl fmt::Display for SelectorError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?} is no selector that is understood: {}", self.selector, self.what)
    }
}

impl std::error::Error for SelectorError {}

/// An element by itself, and how it stands to the part before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    is_child: bool,
    tests: Vec<Test>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Any,
    Type(String),
    Id(String),
    Class(String),
    Attribute { name: String, how: How, value: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Is,
    There,
    Word,
    Starts,
    Ends,
    Holds,
    Dashed,
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// When it is empty, or holds what is not understood; says what.
    pub fn new(selector: &str) -> Result<Self, SelectorError> {
        let error = |what: String| SelectorError { selector: selector.to_owned(), what };
        let any: Vec<Vec<Part>> = Reader { rest: selector.trim() }.list().map_err(error)?;
        Ok(Self { text: selector.to_owned(), any })
    }

    /// The selector as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn matches(&self, tree: &Tree, id: NodeId) -> bool {
        self.any.iter().any(|parts| fits(tree, id, parts))
    }
}

/// Whether an element fits the last part, and elements around it those before.
fn fits(tree: &Tree, id: NodeId, parts: &[Part]) -> bool {
    let Some((last, before)) = parts.split_last() else { return true };
    if !last.tests.iter().all(|test| test.fits(tree, id)) {
        return false;
    }
    if before.is_empty() {
        return true;
    }
    let mut above = std::iter::successors(tree.parent(id), |&at| tree.parent(at));
    if last.is_child {
        above.next().is_some_and(|parent| fits(tree, parent, before))
    } else {
        above.any(|ancestor| fits(tree, ancestor, before))
    }
}

impl Test {
    fn fits(&self, tree: &Tree, id: NodeId) -> bool {
        match self {
            Self::Any => tree.element(id).is_some(),
            Self::Type(name) => tree.element(id).is_some_and(|found| **found == **name),
            Self::Id(wanted) => tree.attribute(id, "id") == Some(wanted),
            Self::Class(wanted) => tree.classes(id).any(|class| class == wanted),
            Self::Attribute { name, how, value } => tree.attribute(id, name).is_some_and(|found| match how {
                How::There => true,
                How::Is => found == value,
                How::Word => found.split_ascii_whitespace().any(|word| word == value),
                How::Starts => !value.is_empty() && found.starts_with(value.as_str()),
                How::Ends => !value.is_empty() && found.ends_with(value.as_str()),
                How::Holds => !value.is_empty() && found.contains(value.as_str()),
                How::Dashed => found
                    .strip_prefix(value.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('-')),
            }),
        }
    }
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn list(&mut self) -> Result<Vec<Vec<Part>>, String> {
        let mut any = Vec::new();
        loop {
            any.push(self.parts()?);
            if !self.takes(',') {
                break;
            }
        }
        match self.rest.chars().next() {
            None => Ok(any),
            Some(':') => Err(PSEUDO.to_owned()),
            Some(odd) => Err(format!("{odd:?} makes no sense there")),
        }
    }

    fn parts(&mut self) -> Result<Vec<Part>, String> {
        let mut parts: Vec<Part> = Vec::new();
        self.blanks();
        loop {
            let is_child = !parts.is_empty() && self.takes('>');
            self.blanks();
            let tests = self.tests()?;
            if tests.is_empty() {
                return match self.rest.chars().next() {
                    None | Some(',') if !parts.is_empty() && !is_child => Ok(parts),
                    None | Some(',') => Err("an element is missing".to_owned()),
                    Some(':') => Err(PSEUDO.to_owned()),
                    Some(odd) => Err(format!("{odd:?} makes no sense there")),
                };
            }
            parts.push(Part { is_child, tests });
            if parts.len() > MAX_PARTS {
                return Err(format!("it has more than {MAX_PARTS} parts"));
            }
            if self.rest.starts_with(':') {
                return Ok(parts);
            }
            self.blanks();
        }
    }

    /// The tests of one element, which stand together.
    fn tests(&mut self) -> Result<Vec<Test>, String> {
        let mut tests = Vec::new();
        loop {
            let Some(first) = self.rest.chars().next() else { return Ok(tests) };
            let test = match first {
                '*' if tests.is_empty() => {
                    self.rest = &self.rest[1..];
                    Test::Any
                }
                '#' | '.' | '[' => {
                    self.rest = &self.rest[1..];
                    match first {
                        '#' => Test::Id(self.name()?),
                        '.' => Test::Class(self.name()?),
                        _ => self.attribute()?,
                    }
                }
                _ if is_of_name(first) && tests.is_empty() => Test::Type(self.name()?.to_ascii_lowercase()),
                _ => return Ok(tests),
            };
            tests.push(test);
        }
    }

    fn attribute(&mut self) -> Result<Test, String> {
        self.blanks();
        let name = self.name()?.to_ascii_lowercase();
        self.blanks();
        if self.takes(']') {
            return Ok(Test::Attribute { name, how: How::There, value: String::new() });
        }
        let hows = [
            ("~=", How::Word),
            ("^=", How::Starts),
            ("$=", How::Ends),
            ("*=", How::Holds),
            ("|=", How::Dashed),
            ("=", How::Is),
        ];
        let found = hows.into_iter().find_map(|(sign, how)| Some((how, self.rest.strip_prefix(sign)?)));
        let (how, rest) = found.ok_or("an attribute is not closed by ]")?;
        self.rest = rest.trim_start();
        let value = match self.rest.chars().next().filter(|first| matches!(first, '"' | '\'')) {
            Some(quote) => {
                let (value, rest) = self.rest[1..].split_once(quote).ok_or("a quote is not closed")?;
                self.rest = rest;
                value.to_owned()
            }
            None => self.name()?,
        };
        self.blanks();
        if self.takes(']') {
            Ok(Test::Attribute { name, how, value })
        } else {
            Err("an attribute is not closed by ]".to_owned())
        }
    }

    fn name(&mut self) -> Result<String, String> {
        let end = self.rest.find(|c| !is_of_name(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.is_empty() { Err("a name is missing".to_owned()) } else { Ok(name.to_owned()) }
    }

    fn takes(&mut self, sign: char) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest;
        true
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_') || !character.is_ascii()
}
