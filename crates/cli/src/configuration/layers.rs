//! Puts flags and environment variables over the file.

use std::fmt::Display;
use std::str::FromStr;

use anyhow::Result;

use super::{Configuration, file};
use crate::arguments::Index;
use crate::exit::Misuse;

/// Parts the values of a list in an environment variable. A comma may stand in a pattern, a colon in a path of Windows.
const SEPARATOR: char = ';';

impl Configuration {
    /// The options of a run: flags over environment variables (both as clap gives them, but for lists) over the file
    /// over the defaults. A list that is given replaces the one below it.
    ///
    /// # Errors
    /// When one of them makes no sense; says which.
    pub fn of(arguments: &Index) -> Result<Self> {
        let mut all = file::read(arguments.config.as_deref())?;
        list(&mut all.inputs, &arguments.inputs, "SEARCHLET_INPUTS")?;
        list(&mut all.glob, &arguments.glob, "SEARCHLET_GLOB")?;
        list(&mut all.exclude, &arguments.exclude, "SEARCHLET_EXCLUDE")?;
        list(&mut all.weights, &arguments.weights, "SEARCHLET_WEIGHTS")?;
        list(&mut all.marks, &arguments.marks, "SEARCHLET_MARKS")?;
        list(&mut all.synonyms, &arguments.synonyms, "SEARCHLET_SYNONYMS")?;
        list(&mut all.filters, &arguments.filters, "SEARCHLET_FILTERS")?;
        list(&mut all.sort, &arguments.sort, "SEARCHLET_SORT")?;
        over(&mut all.output, arguments.output.clone().map(Some));
        over(&mut all.language, arguments.language.clone());
        over(&mut all.pages, arguments.pages.clone().map(Some));
        over(&mut all.pages_template, arguments.pages_template.clone().map(Some));
        over(&mut all.service_worker, arguments.service_worker.clone().map(Some));
        over(&mut all.duplicates, arguments.duplicates);
        over(&mut all.freshness_days, arguments.freshness_days.map(Some));
        over(&mut all.urls.base, arguments.urls_base.clone());
        over(&mut all.urls.index_html, arguments.urls_index_html);
        over(&mut all.urls.html, arguments.urls_html);
        over(&mut all.urls.trailing_slash, arguments.urls_trailing_slash);
        over(&mut all.threads, arguments.threads.map(Some));
        over(&mut all.max_files, arguments.max_files);
        over(&mut all.memory, arguments.memory);
        over(&mut all.cache, arguments.cache.clone().map(Some));
        over(&mut all.no_cache, arguments.no_cache);
        over(&mut all.quiet, arguments.quiet);
        Ok(all)
    }
}

fn over<T>(below: &mut T, given: Option<T>) {
    if let Some(given) = given {
        *below = given;
    }
}

fn list<T: Clone + FromStr<Err: Display>>(below: &mut Vec<T>, flags: &[T], variable: &str) -> Result<()> {
    if !flags.is_empty() {
        *below = flags.to_vec();
        return Ok(());
    }
    let Some(values) = std::env::var_os(variable) else { return Ok(()) };
    let values = values.to_str().ok_or_else(|| Misuse(format!("{variable} is not UTF-8; correct it")))?;
    let values = values.split(SEPARATOR).map(str::trim).filter(|value| !value.is_empty());
    let read =
        values.map(|value| value.parse().map_err(|error| Misuse(format!("{variable}: {value:?}: {error}"))));
    *below = read.collect::<Result<_, _>>()?;
    Ok(())
}
