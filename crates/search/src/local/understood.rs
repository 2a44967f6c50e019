//! How a query is read, for those who wonder why it finds what it finds.

use super::Local;
use crate::fields::{self, Field};
use crate::index::Shard;
use crate::query::{self, Demand, Word};
use serde::Serialize;

/// A query as the documents of one language are asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// The language.
    pub language: String,
    /// The words, each once, in the order in which they were typed.
    pub words: Vec<UnderstoodWord>,
    /// What several of these words may be when they are taken as one, as it is looked up.
    pub joined: Vec<String>,
    /// What a document must or must not have.
    pub demands: Vec<UnderstoodDemand>,
}

/// A word of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnderstoodWord {
    /// As it was typed.
    pub text: String,
    /// As it is looked up.
    pub term: String,
    /// Whether it may be the beginning of a longer word.
    pub is_prefix: bool,
}

/// What signs or keys of a query demand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnderstoodDemand {
    /// As it was typed.
    pub text: String,
    /// Whether a document must not have it.
    pub is_unwanted: bool,
}

impl Local {
    /// How a query is read, for each language that is open.
    #[must_use]
    pub fn understand(&self, query: &str) -> Vec<Understood> {
        let (fields, plain) = fields::read(query, &|key| self.index.has_column(key));
        let read = |shard: &Shard| {
            let read = query::parse(&shard.analyser, &plain);
            Understood {
                language: shard.metadata.language.clone(),
                words: read.words.iter().map(word).collect(),
                joined: read.joins.into_iter().map(|join| join.term).collect(),
                demands: read.demands.iter().map(demand).chain(fields.iter().map(field)).collect(),
            }
        };
        self.index.shards.iter().map(read).collect()
    }
}

fn word(word: &Word) -> UnderstoodWord {
    UnderstoodWord { text: word.text.clone(), term: word.term.clone(), is_prefix: word.prefix }
}

fn demand(demand: &Demand) -> UnderstoodDemand {
    UnderstoodDemand { text: demand.text.clone(), is_unwanted: demand.is_unwanted }
}

fn field(field: &Field) -> UnderstoodDemand {
    let any: Vec<String> = field.any.iter().map(|(key, value)| format!("{key}:{value}")).collect();
    UnderstoodDemand { text: any.join(" OR "), is_unwanted: field.is_unwanted }
}
