//! What the indexer is told of a configuration.

use std::num::NonZeroU32;
use std::path::PathBuf;

use searchlet_index::source::{Pattern, TrailingSlash, UrlStyle};
use searchlet_index::{InputSettings, Mark, Rule, Selector, Settings, Synonym, Synonyms, Weight};

use super::{Configuration, Duplicates, Ending, MarkEntry, Slash, SynonymEntry, Urls, WeightEntry};
use clap::ValueEnum as _;

impl Configuration {
    /// The settings of reading and of building.
    ///
    /// # Errors
    /// When an option makes no sense; names it.
    pub fn settings(&self) -> Result<(InputSettings, Settings), String> {
        if !is_tag(&self.language) {
            return Err(format!(
                "language: {:?} is no BCP 47 tag, expected one such as en or pt-BR",
                self.language
            ));
        }
        if self.freshness_days == Some(0) {
            return Err("freshness_days: 0 is no time, expected 1 to 36500 days".to_owned());
        }
        let input = InputSettings {
            skip: Vec::new(),
            glob: patterns("glob", &self.glob)?,
            exclude: patterns("exclude", &self.exclude)?,
            urls: urls(&self.urls)?,
            weights: self.weights.iter().map(weight).collect::<Result<_, _>>()?,
            rules: self.marks.iter().map(rule).collect::<Result<_, _>>()?,
        };
        let synonyms = self.synonyms.iter().enumerate().map(|(number, entry)| synonym(number, entry));
        let synonyms = Synonyms::new(synonyms.collect::<Result<_, _>>()?)
            .map_err(|error| format!("synonyms: {error}"))?;
        let settings = Settings {
            language: self.language.clone(),
            max_files: self.max_files as usize,
            memory: usize::try_from(u64::from(self.memory) << 20).unwrap_or(usize::MAX),
            half_life_days: self.freshness_days.and_then(NonZeroU32::new),
            synonyms,
            columns: self.filters.iter().chain(&self.sort).cloned().collect(),
            keep_duplicates: self.duplicates == Duplicates::Keep,
            lists_sizes: self.service_worker.is_some(),
            ..Settings::default()
        };
        Ok((input, settings))
    }

    /// Where the bundle goes: where somebody says, else into the one folder that is indexed, else into this one.
    pub fn place(&self) -> PathBuf {
        match (&self.output, &*self.inputs) {
            (Some(output), _) => output.clone(),
            (None, [folder]) if folder.is_dir() => folder.join("searchlet"),
            (None, _) => PathBuf::from("searchlet"),
        }
    }
}

/// Whether a language can be told by it: its first part has 2 to 8 letters, others letters or digits.
fn is_tag(language: &str) -> bool {
    let mut parts = language.split(['-', '_']);
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_first =
        |part: &str| part.len() > 1 && is_part(part) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(is_first) && parts.all(is_part)
}

fn patterns(key: &str, patterns: &[String]) -> Result<Vec<Pattern>, String> {
    patterns.iter().map(|pattern| Pattern::new(pattern).map_err(|error| format!("{key}: {error}"))).collect()
}

fn weight(entry: &WeightEntry) -> Result<(Pattern, Weight), String> {
    let pattern = Pattern::new(&entry.glob).map_err(|error| format!("weights.glob: {error}"))?;
    let weight = Weight::new(entry.weight).ok_or_else(|| {
        format!("weights.weight: {} is out of range, expected a number from 0.1 to 10", entry.weight)
    })?;
    Ok((pattern, weight))
}

fn rule(entry: &MarkEntry) -> Result<Rule, String> {
    let glob = entry.glob.as_deref().map(Pattern::new).transpose();
    // The names are those of the attributes.
    let name = entry.mark.to_possible_value();
    let name = name.as_ref().map_or("", |name| name.get_name());
    Ok(Rule {
        glob: glob.map_err(|error| format!("marks.glob: {error}"))?,
        selector: Selector::new(&entry.selector).map_err(|error| format!("marks.selector: {error}"))?,
        mark: Mark::new(name, &entry.value).map_err(|error| format!("marks.value: {error}"))?,
    })
}

fn synonym(number: usize, entry: &SynonymEntry) -> Result<Synonym, String> {
    match (&entry.words, &entry.from, &entry.to) {
        (Some(words), None, None) => Ok(Synonym::Alike(words.clone())),
        (None, Some(from), Some(to)) => Ok(Synonym::OneWay { from: from.clone(), to: to.clone() }),
        _ => Err(format!("synonyms: synonym {}: expected either `words`, or `from` and `to`", number + 1)),
    }
}

fn urls(urls: &Urls) -> Result<UrlStyle, String> {
    Ok(UrlStyle {
        keep_index_html: urls.index_html == Ending::Keep,
        cut_html: urls.html == Ending::Cut,
        trailing_slash: match urls.trailing_slash {
            Slash::Keep => TrailingSlash::Keep,
            Slash::Add => TrailingSlash::Add,
            Slash::Cut => TrailingSlash::Cut,
        },
        base: base(&urls.base)?,
    })
}

/// The base with one `/` at its end. Hits become links, so it must lead nowhere but to a site.
fn base(base: &str) -> Result<String, String> {
    let is_odd = |character: char| {
        character.is_whitespace() || character.is_control() || "?#\\\"<>^`{|}".contains(character)
    };
    let rest = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
    let path = rest.unwrap_or(base);
    let has_scheme = rest.is_none() && base.split('/').next().is_some_and(|first| first.contains(':'));
    if base.contains(is_odd)
        || has_scheme
        || rest == Some("")
        || base.starts_with("//")
        || path.starts_with("//")
    {
        return Err(format!(
            "urls.base: {base:?} is none, expected a path such as docs/ or an address such as https://example.org/"
        ));
    }
    Ok(match base {
        "" | "./" | "." => String::new(),
        base if base.ends_with('/') => base.to_owned(),
        base => format!("{base}/"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_a_path_or_an_address() {
        for (given, expected) in [
            ("", ""),
            ("./", ""),
            ("docs", "docs/"),
            ("/docs/", "/docs/"),
            ("https://example.org:80/a", "https://example.org:80/a/"),
        ] {
            assert_eq!(base(given).as_deref(), Ok(expected));
        }
        for odd in ["javascript:alert(1)", "//elsewhere.org", "https://", "a b", "a?b", "a#b", "ftp://x/"] {
            assert!(base(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn marks_name_what_is_wrong_with_them() {
        let settings = |text: &str| {
            let marks = vec![text.parse().expect("an entry")];
            Configuration { marks, ..Configuration::default() }.settings()
        };
        let (input, _) = settings(".post > img[alt] { meta: image[src] }").expect("settings");
        assert_eq!(input.rules[0].selector.as_str(), ".post > img[alt]");
        for (text, word) in [
            ("a:hover { body }", "marks.selector"),
            (".post { ignore: some }", "marks.value"),
            (".post { weight: much }", "marks.value"),
            (".post { meta }", "marks.value"),
        ] {
            assert!(settings(text).expect_err("a fault").starts_with(word), "{text}");
        }
        for odd in ["body", ".post { bodies }", "{ body"] {
            assert!(odd.parse::<MarkEntry>().is_err(), "{odd}");
        }
    }

    #[test]
    fn languages_are_tags() {
        assert!(["en", "pt-BR", "zh-Hant-TW", "de_AT", "gsw"].into_iter().all(is_tag));
        assert!(!["", "e", "english language", "12", "en-", "-en"].into_iter().any(is_tag));
    }
}
