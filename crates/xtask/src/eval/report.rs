//! The figures of many sets as a page.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Context, Result};

use super::{
    ask::Engine,
    judge::{Sum, page as page_of},
    sets::{Judged, Set},
};

/// The columns of figures.
const FIGURES: &str = "nDCG@10 | MRR@10 | first | among ten | nothing |";

/// What was found of one set.
pub struct Measured<'s> {
    set: &'s Set,
    /// By kind, over all queries, natively.
    all: BTreeMap<&'s str, Sum>,
    /// By kind and engine, over the sample.
    beside: BTreeMap<&'s str, Vec<Sum>>,
    /// What the engines are called, ours first.
    titles: Vec<String>,
    /// Peers that gave no answers, and why.
    failed: Vec<String>,
    /// Queries that the browser answers otherwise.
    differing: Vec<&'s Judged>,
    browser: String,
}

impl<'s> Measured<'s> {
    /// Judges the answers of all engines alike.
    pub fn new(set: &'s Set, sample: &[usize], native: &[Vec<String>], engines: Vec<Engine>) -> Result<Self> {
        let mut engines = engines.into_iter();
        let ours = engines.next();
        let browser = ours.as_ref().map(|engine| engine.browser.clone()).unwrap_or_default();
        let in_browser = ours.and_then(|engine| engine.answers.ok());
        let differing = match &in_browser {
            Some(answers) => differing(&set.judged, native, answers)?,
            None => Vec::new(),
        };

        let mut all: BTreeMap<&str, Sum> = BTreeMap::new();
        for (judged, hits) in set.judged.iter().zip(native) {
            judge(all.entry(&judged.kind).or_default(), judged, hits);
        }

        let mut titles = vec!["Searchlet".to_owned()];
        let mut lists = vec![sample.iter().map(|&at| native[at].clone()).collect()];
        let mut failed = Vec::new();
        for engine in engines {
            match engine.answers {
                Ok(answers) => {
                    titles.push(engine.title);
                    lists.push(answers);
                }
                Err(why) => failed.push(format!("{} failed: {why}", engine.title)),
            }
        }
        let mut beside: BTreeMap<&str, Vec<Sum>> = BTreeMap::new();
        for (at, answers) in lists.iter().enumerate() {
            for (place, hits) in sample.iter().zip(answers) {
                let judged = &set.judged[*place];
                let sums = beside.entry(&judged.kind).or_insert_with(|| vec![Sum::default(); lists.len()]);
                judge(&mut sums[at], judged, hits);
            }
        }
        Ok(Self { set, all, beside, titles, failed, differing, browser })
    }

    /// Queries that the browser answers otherwise than the native search.
    pub fn differing(&self) -> impl Iterator<Item = &'s str> {
        self.differing.iter().map(|judged| judged.query.as_str())
    }
}

fn differing<'s>(
    judged: &'s [Judged],
    native: &[Vec<String>],
    browser: &[Vec<String>],
) -> Result<Vec<&'s Judged>> {
    (judged.len() == native.len() && native.len() == browser.len())
        .then_some(())
        .context("the browser gave another number of answers than the native search")?;
    let pairs = judged.iter().zip(native.iter().zip(browser));
    Ok(pairs.filter(|(_, (native, browser))| native != browser).map(|(judged, _)| judged).collect())
}

fn judge(sum: &mut Sum, judged: &Judged, hits: &[String]) {
    let pages: Vec<String> = hits.iter().map(|url| page_of(url)).collect();
    sum.add(&pages, &judged.grades);
}

/// Searchlet over all queries of all sets.
pub fn table(measured: &[Measured<'_>], in_browser: bool) -> Result<String> {
    let last = |title: &'static str| if in_browser { title } else { "" };
    let mut table = format!("| set | language | kind | queries | {FIGURES}{}\n", last(" browser differs |"));
    writeln!(table, "|---|---|---|--:|--:|--:|--:|--:|--:|{}", last("--:|"))?;
    for Measured { set, all, differing, .. } in measured {
        for (kind, sum) in all {
            write!(table, "| {} | {} | {kind} | {} |", set.name, set.language, sum.queries)?;
            for share in sum.shares() {
                write!(table, " {share:.3} |")?;
            }
            if in_browser {
                write!(table, " {} |", differing.iter().filter(|judged| judged.kind == *kind).count())?;
            }
            table.push('\n');
        }
    }
    Ok(table)
}

/// All of docs/relevance.md.
pub fn page(measured: &[Measured<'_>], sample: usize) -> Result<String> {
    let mut page = format!("{HEADER}\n{}\n{}", table(measured, true)?, agreement(measured));
    if measured.iter().any(|measured| measured.titles.len() + measured.failed.len() > 1) {
        write!(page, "\n{BESIDE}\n")?;
        writeln!(page, "Of each kind at most {sample} queries are asked, evenly chosen: peers are slow.")?;
        for measured in measured {
            write!(page, "\n{}", beside(measured)?)?;
        }
    }
    write!(page, "\n{FOOTER}")?;
    Ok(page)
}

/// Whether the browser finds what the native search does.
fn agreement(measured: &[Measured<'_>]) -> String {
    let queries: usize = measured.iter().map(|measured| measured.set.judged.len()).sum();
    let differing: usize = measured.iter().map(|measured| measured.differing.len()).sum();
    let browser = measured.first().map(|measured| measured.browser.as_str()).unwrap_or_default();
    match differing {
        0 => format!(
            "All {queries} queries were asked natively and in {browser}. Both gave the same pages in the same order for \
             every one, so the figures are those of either.\n"
        ),
        _ => format!(
            "**{differing} of {queries} queries are answered otherwise in {browser} than natively.** This should not be.\n"
        ),
    }
}

fn beside(measured: &Measured<'_>) -> Result<String> {
    let Measured { set, beside, titles, failed, .. } = measured;
    let mut text = format!("### {} ({})\n\n| kind | queries | engine | {FIGURES}\n", set.name, set.language);
    text.push_str("|---|--:|---|--:|--:|--:|--:|--:|\n");
    for (kind, sums) in beside {
        for (title, sum) in titles.iter().zip(sums) {
            write!(text, "| {kind} | {} | {title} |", sum.queries)?;
            for (at, share) in sum.shares().into_iter().enumerate() {
                // The last figure, of queries without a hit, is no merit by itself.
                let others = || sums.iter().map(|sum| sum.shares()[at]);
                let best = at < 4 && others().all(|other| shown(other) <= shown(share));
                let mark = if best { "**" } else { "" };
                write!(text, " {mark}{share:.3}{mark} |")?;
            }
            text.push('\n');
        }
    }
    for failure in failed {
        write!(text, "\n{failure}.\n")?;
    }
    Ok(text)
}

/// As many digits as the table has.
fn shown(share: f64) -> u32 {
    (share * 1000.0).round() as u32
}

const HEADER: &str = "# Relevance

How often the right document comes first. This page is written by `cargo xtask eval`; do not edit it by hand.

- **nDCG@10** has linear gain, over all documents that are known to answer a query. **MRR@10** is one divided by the rank of the first such document.
- **First** and **among ten** are the shares of queries with such a document there; **nothing** is the share without any hit.
- Queries without a known answer are left out. Every set is indexed and asked with the same settings, those that a site has by default.
- `title`, `heading`, `phrase` and `code` are taken from one page, which is to be found; a `heading` has its words in another order, a `typo` is a title with one letter wrong, a `prefix` the beginning of a title.
";

const BESIDE: &str = "## Beside other searches

The same documents, queries and judgement, all in Chromium. MiniSearch has what its documentation shows for search as people type: prefixes, one edit in five letters, titles and headings above text. Pagefind has its defaults, and is given HTML; of the words that it knows it wants all on a page, so it has nothing for most questions. The best figure of each kind is bold.
";

const FOOTER: &str = "## Constants

[constants.md](constants.md) lists every constant that the order of hits depends on, with its source or the reason that was measured.

## While a title is typed

[keystrokes.md](keystrokes.md) shows how many letters it takes until the page stands first.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn set() -> Set {
        let judged = |kind: &str, query: &str| Judged {
            kind: kind.into(),
            query: query.into(),
            grades: [("a".into(), 1.0)].into(),
        };
        let judged = vec![judged("code", "one"), judged("title", "two")];
        Set { name: "small".into(), language: "en".into(), input: ".".into(), judged }
    }

    fn answers(first: &str, second: &str) -> Vec<Vec<String>> {
        vec![vec![first.into(), "c".into()], vec![second.into()]]
    }

    fn engine(title: &str, answers: Result<Vec<Vec<String>>, String>) -> Engine {
        Engine { title: title.into(), browser: "Chromium 1".into(), answers }
    }

    #[test]
    fn a_browser_that_answers_otherwise_is_told() {
        let set = set();
        let engines = vec![engine("Searchlet", Ok(answers("a", "b")))];
        let measured = [Measured::new(&set, &[], &answers("a", "a"), engines).unwrap()];
        assert_eq!(measured[0].differing().collect::<Vec<_>>(), ["two"]);
        let page = page(&measured, 3).unwrap();
        assert!(page.contains("| small | en | title | 1 | 1.000 | 1.000 | 1.000 | 1.000 | 0.000 | 1 |"));
        assert!(page.contains("1 of 2 queries are answered otherwise in Chromium 1"), "{page}");
    }

    #[test]
    fn peers_stand_beside_us_on_the_same_queries() {
        let set = set();
        let engines = vec![
            engine("Searchlet", Ok(answers("a", "a"))),
            engine("Peer 1", Ok(vec![vec!["/a/".into()]])),
            engine("Other", Err("it broke".into())),
        ];
        let measured = [Measured::new(&set, &[1], &answers("a", "a"), engines).unwrap()];
        let page = page(&measured, 1).unwrap();
        assert!(page.contains("for every one"), "{page}");
        for engine in ["Searchlet", "Peer 1"] {
            let row =
                format!("| title | 1 | {engine} | **1.000** | **1.000** | **1.000** | **1.000** | 0.000 |");
            assert!(page.contains(&row), "{page}");
        }
        assert!(page.contains("Other failed: it broke."));
    }
}
