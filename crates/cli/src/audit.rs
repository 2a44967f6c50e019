//! What the owner of a site should mend, and may want to know, of what readers find.
//!
//! A bundle tells of titles, texts, languages and sizes, and the pages beside it whether its links lead somewhere. What
//! was passed over or folded only the inputs tell: these are read as `searchlet index` would, and nothing is written.

mod report;
mod site;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use searchlet_index::extract::{self, Seen};
use searchlet_index::source::{self, Kind, Source};
use searchlet_index::{Built, Gathered, Problem, Severity};
use searchlet_search::local::{Local, Survey, SurveyedDocument, SurveyedTerm};
use serde::Serialize;

use crate::building::{Made, Plan};
use crate::inspect::{self, Files};
use crate::progress::Progress;
use site::{BrokenLink, BrokenPassage, Site};

pub use report::print;

/// So many of the heaviest documents and terms are told: a person goes through no more of them.
const HEAVIEST: usize = 50;

/// What was found. What could not be told is absent.
#[derive(Serialize)]
pub struct Audit {
    /// How many findings there are, of all that should be mended.
    pub to_mend: usize,
    documents: usize,
    /// Documents that are named after their URL, having no title.
    untitled: Vec<String>,
    /// Documents without text.
    without_text: Vec<String>,
    /// Titles that several documents of one language have.
    same_title: Vec<SameTitle>,
    /// Pages that do not say their language.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_language: Option<Vec<String>>,
    /// URLs of documents that lead to no file of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    leading_nowhere: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_passages: Option<Vec<BrokenPassage>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_links: Option<Vec<BrokenLink>>,
    /// What went wrong while reading.
    problems: Vec<Trouble>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirects: Option<Vec<Redirect>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<Vec<Withheld>>,
    /// Pages that have no marked body, where others have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_body: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    folded: Option<Vec<Folded>>,
    languages: Vec<Language>,
    heaviest_documents: Vec<HeavyDocument>,
    heaviest_terms: Vec<HeavyTerm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Files>,
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct SameTitle {
    title: String,
    language: String,
    urls: Vec<String>,
}

/// What a person should know of a file.
#[derive(Serialize)]
struct Trouble {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    left_out: bool,
}

#[derive(Serialize)]
struct Redirect {
    path: String,
    to: String,
}

#[derive(Serialize)]
struct Withheld {
    path: String,
    why: &'static str,
}

#[derive(Serialize)]
struct Folded {
    url: String,
    into: String,
}

#[derive(Serialize)]
struct Language {
    language: String,
    documents: usize,
}

#[derive(Serialize)]
struct HeavyDocument {
    url: String,
    /// Of its text.
    bytes: u64,
    passages: usize,
}

#[derive(Serialize)]
struct HeavyTerm {
    forms: Vec<String>,
    language: String,
    documents: u32,
    /// Before they are compressed.
    bytes: u64,
}

/// What parts are made of; bytes before they are compressed.
#[derive(Serialize)]
struct Section {
    kind: &'static str,
    parts: usize,
    bytes: u64,
}

/// Audits a bundle, by what it holds and by the pages of the site that it lies in.
///
/// # Errors
///
/// When its files cannot be seen.
pub fn of_bundle(local: &mut Local, path: &Path) -> Result<Audit> {
    let files = if path.is_dir() { Some(inspect::files(local, path)?) } else { None };
    let survey = local.survey(HEAVIEST);
    // A bundle lies in its site, unless the page says otherwise.
    let folder = path.canonicalize().ok().filter(|path| path.is_dir());
    let site = folder.as_deref().and_then(Path::parent).map(|folder| Site::new(folder, ""));
    let untitled =
        survey.documents.iter().filter(|document| is_named_after_its_file(document)).map(url).collect();
    Ok(audit(survey, site, untitled, files))
}

/// Audits the inputs of a plan, and the bundle that would be made of them.
///
/// # Errors
///
/// As [`Plan::make`].
pub fn of_inputs(plan: &Plan, progress: &Progress) -> Result<Audit> {
    let Made { gathered, built, .. } = plan.make(progress)?;
    progress.stage("looking");
    let files = Files::of(built.bundle.files().map(|(name, bytes)| (name, bytes.len() as u64)));
    let mut local = Local::packed(built.bundle.pack(), None).context("the bundle could not be opened")?;
    let site =
        plan.output.parent().map(|folder| Site::new(folder, &plan.reading.urls.base)).filter(Site::is_there);
    let (sources, _) = source::find(&plan.inputs, &plan.reading);
    let mut seen: Vec<(Source, Seen)> = sources
        .into_par_iter()
        .filter_map(|source| {
            // What cannot be read is among the problems.
            let bytes = source::read(&source).ok()?;
            let seen = extract::look(&source, &bytes, &plan.reading.rules);
            Some((source, seen))
        })
        .collect();
    let survey = local.survey(HEAVIEST);
    // What was left out or folded need not be mended.
    let kept: std::collections::BTreeSet<&str> =
        survey.documents.iter().map(|document| &*document.url).collect();
    for (_, seen) in &mut seen {
        seen.untitled.retain(|url| kept.contains(&**url));
    }
    let untitled = seen.iter().flat_map(|(_, seen)| seen.untitled.iter().cloned()).collect();
    let mut audit = audit(survey, site, untitled, Some(files));
    audit.tell_of_inputs(&seen, &gathered, built);
    Ok(audit)
}

fn audit(survey: Survey, site: Option<Site>, mut untitled: Vec<String>, files: Option<Files>) -> Audit {
    untitled.sort();
    let Survey { mut documents, terms, sections, faults } = survey;
    let checked = site.and_then(|site| site.check(&documents));
    let (nowhere, passages, links) = match checked {
        Some(checked) => (Some(checked.nowhere), Some(checked.passages), Some(checked.links)),
        None => (None, None, None),
    };
    let mut audit = Audit {
        to_mend: 0,
        documents: documents.len(),
        untitled,
        without_text: documents.iter().filter(|document| document.bytes == 0).map(url).collect(),
        same_title: same_titles(&documents),
        without_language: None,
        leading_nowhere: nowhere,
        broken_passages: passages,
        broken_links: links,
        problems: faults.into_iter().map(unread).collect(),
        redirects: None,
        withheld: None,
        without_body: None,
        folded: None,
        languages: languages(&documents),
        heaviest_documents: Vec::new(),
        heaviest_terms: terms.into_iter().map(heavy_term).collect(),
        files,
        sections: sections
            .into_iter()
            .map(|section| Section { kind: section.kind, parts: section.parts, bytes: section.bytes })
            .collect(),
    };
    documents.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.url.cmp(&b.url)));
    documents.truncate(HEAVIEST);
    audit.heaviest_documents = documents.into_iter().map(heavy_document).collect();
    audit.count();
    audit
}

impl Audit {
    fn tell_of_inputs(&mut self, seen: &[(Source, Seen)], gathered: &Gathered, built: Built) {
        let path = |source: &Source| source.path.display().to_string();
        let (mut redirects, mut withheld, mut without_body, mut mute) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let marks_body = seen.iter().any(|(_, seen)| seen.marks_body);
        for (source, seen) in seen {
            let path = path(source);
            match &seen.withheld {
                Some(extract::Withheld::Redirect(to)) => redirects.push(Redirect { path, to: to.clone() }),
                Some(extract::Withheld::NoIndex) => withheld.push(Withheld { path, why: "noindex" }),
                Some(extract::Withheld::OwnIndex) => withheld.push(Withheld { path, why: "own index" }),
                Some(extract::Withheld::Ignored) => withheld.push(Withheld { path, why: "ignored" }),
                Some(extract::Withheld::NotFound) => withheld.push(Withheld { path, why: "not found" }),
                None if seen.is_bodiless || marks_body && seen.is_page && !seen.marks_body => {
                    without_body.push(path);
                }
                None if seen.lacks_language => mute.push(path),
                None => {}
            }
        }
        self.redirects = Some(redirects);
        self.withheld = Some(withheld);
        self.without_body = Some(without_body);
        self.without_language = Some(mute);
        self.folded = Some(built.folded.into_iter().map(|(url, into)| Folded { url, into }).collect());
        self.problems.extend(gathered.problems.iter().chain(&built.problems).map(trouble));
        self.count();
    }

    fn count(&mut self) {
        let told = |list: &Option<Vec<_>>| list.as_ref().map_or(0, Vec::len);
        self.to_mend = self.untitled.len()
            + self.without_text.len()
            + self.same_title.len()
            + told(&self.without_language)
            + told(&self.leading_nowhere)
            + self.broken_passages.as_ref().map_or(0, Vec::len)
            + self.broken_links.as_ref().map_or(0, Vec::len)
            + self.problems.len();
    }
}

fn url(document: &SurveyedDocument) -> String {
    document.url.clone()
}

/// Whether a title is the name of a file, which nobody gives a page: so it has none of its own.
fn is_named_after_its_file(document: &SurveyedDocument) -> bool {
    let file = document.url.rsplit('/').next().unwrap_or_default();
    let title = percent_encoding::percent_decode_str(file).decode_utf8_lossy();
    title == document.title && Kind::of(Path::new(file)).is_some()
}

fn same_titles(documents: &[SurveyedDocument]) -> Vec<SameTitle> {
    let mut by_title: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for document in documents {
        by_title.entry((&document.title, &document.language)).or_default().push(document.url.clone());
    }
    let several = by_title.into_iter().filter(|(_, urls)| urls.len() > 1);
    let mut same: Vec<SameTitle> = several
        .map(|((title, language), mut urls)| {
            urls.sort();
            SameTitle { title: title.to_owned(), language: language.to_owned(), urls }
        })
        .collect();
    same.sort_by(|a, b| b.urls.len().cmp(&a.urls.len()).then_with(|| a.title.cmp(&b.title)));
    same
}

fn languages(documents: &[SurveyedDocument]) -> Vec<Language> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        *counts.entry(&document.language).or_default() += 1;
    }
    let language = |(tag, documents): (&str, usize)| Language { language: tag.to_owned(), documents };
    counts.into_iter().map(language).collect()
}

fn heavy_document(document: SurveyedDocument) -> HeavyDocument {
    HeavyDocument { bytes: document.bytes, passages: document.passages.len(), url: document.url }
}

fn heavy_term(term: SurveyedTerm) -> HeavyTerm {
    let SurveyedTerm { bytes, forms, language, documents } = term;
    HeavyTerm { forms, language, documents, bytes }
}

fn unread((path, what): (String, String)) -> Trouble {
    Trouble { path, line: None, what, next: None, left_out: false }
}

fn trouble(problem: &Problem) -> Trouble {
    Trouble {
        path: problem.path.display().to_string(),
        line: problem.line,
        what: problem.what.clone(),
        next: Some(problem.next.clone()),
        left_out: problem.severity == Severity::LeftOut,
    }
}
