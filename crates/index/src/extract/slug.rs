//! Fragments that lead to the passages of a page, made from their headings.

use std::collections::{BTreeMap, BTreeSet};

/// Gives out the ids of one page: each is given once.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    taken: BTreeSet<String>,
    /// How often a slug was asked for, so that a page of one heading repeated takes no quadratic time.
    repeats: BTreeMap<String, usize>,
}

impl Slugs {
    /// Takes an id that the document itself gives; `None` where an earlier passage has it already, since a
    /// browser goes to the first element of an id.
    pub fn given(&mut self, id: &str) -> Option<String> {
        let usable = !id.trim().is_empty() && self.taken.insert(id.to_owned());
        usable.then(|| id.to_owned())
    }

    /// Makes an id from a heading as GitHub does: lower case, blanks to hyphens, punctuation gone; a repeated
    /// heading gets `-1`, `-2` and so on.
    pub fn made(&mut self, heading: &str) -> String {
        let slug = slug(heading);
        let repeats = self.repeats.entry(slug.clone()).or_default();
        loop {
            let id = if *repeats == 0 { slug.clone() } else { format!("{slug}-{repeats}") };
            *repeats += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

fn slug(heading: &str) -> String {
    let slug: String = heading
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            _ => c.is_alphanumeric().then_some(c),
        })
        .collect();
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_like_those_of_github() {
        let mut slugs = Slugs::default();
        for (heading, id) in [
            ("What's New?", "whats-new"),
            ("Über C++ & co", "über-c--co"),
            ("日本語 の 見出し", "日本語-の-見出し"),
            ("???", "section"),
            ("snake_case", "snake_case"),
        ] {
            assert_eq!(slugs.made(heading), id);
        }
    }

    #[test]
    fn a_repeated_heading_gets_a_number_that_nobody_has() {
        let mut slugs = Slugs::default();
        assert_eq!(slugs.given("setup-1").as_deref(), Some("setup-1"));
        assert_eq!(slugs.made("Setup"), "setup");
        assert_eq!(slugs.made("Setup"), "setup-2");
        assert_eq!(slugs.given("setup"), None);
        assert_eq!(slugs.given(" "), None);
    }
}
