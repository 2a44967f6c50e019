//! An audit as people read it.

use std::io::{self, Write};

use super::{Audit, Folded, Redirect, SameTitle, Trouble, Withheld};
use crate::figures::{bytes, count, grouped};
use crate::terminal::{FAINT, TITLE, plain};

/// Of a longer list so many are shown, and the rest is counted.
const SHOWN: usize = 10;

/// What is only interesting is shown shorter.
const SHOWN_HEAVY: usize = 5;

/// Lines are cut here, which is the width of terminals.
const COLUMNS: usize = 80;

/// Prints an audit.
///
/// # Errors
///
/// When `out` does not take it.
pub fn print(out: &mut impl Write, audit: &Audit) -> io::Result<()> {
    if audit.to_mend == 0 {
        writeln!(out, "{TITLE}nothing to mend{TITLE:#} in {}", count(audit.documents as u64, "document"))?;
    } else {
        writeln!(
            out,
            "{TITLE}{} to mend{TITLE:#} in {}",
            count(audit.to_mend as u64, "finding"),
            count(audit.documents as u64, "document")
        )?;
    }
    print_mend(out, audit)?;
    print_known(out, audit)?;
    print_figures(out, audit)?;
    let cannot_tell = [
        (audit.leading_nowhere.is_none(), "whether links lead somewhere: no page of the site lies beside it"),
        (audit.folded.is_none(), "what was passed over or folded: name the folder that was indexed"),
    ];
    for (_, what) in cannot_tell.iter().filter(|line| line.0) {
        writeln!(out, "{FAINT}not told: {what}{FAINT:#}")?;
    }
    Ok(())
}

fn print_mend(out: &mut impl Write, audit: &Audit) -> io::Result<()> {
    list(out, &audit.untitled, ["has no title", "have no title"], Clone::clone)?;
    list(out, &audit.without_text, ["has no text", "have no text"], Clone::clone)?;
    if !audit.same_title.is_empty() {
        let n = count(audit.same_title.len() as u64, "title");
        writeln!(out, "\n{TITLE}{n} of several documents{TITLE:#}")?;
        items(out, &audit.same_title, SHOWN, |SameTitle { title, urls, .. }| {
            format!("{} × {title}: {}", urls.len(), urls.join(" "))
        })?;
    }
    let none = Vec::new();
    let mute = audit.without_language.as_ref().unwrap_or(&none);
    list(out, mute, ["does not say its language", "do not say their language"], Clone::clone)?;
    let nowhere = audit.leading_nowhere.as_ref().unwrap_or(&none);
    list(out, nowhere, ["has a URL without a file", "have a URL without a file"], Clone::clone)?;
    if let Some(broken) = audit.broken_passages.as_ref().filter(|broken| !broken.is_empty()) {
        let n = count(broken.len() as u64, "passage");
        writeln!(out, "\n{TITLE}{n} whose fragment no element has{TITLE:#}")?;
        items(out, broken, SHOWN, |broken| format!("{}  {}", broken.url, broken.heading))?;
    }
    if let Some(broken) = audit.broken_links.as_ref().filter(|broken| !broken.is_empty()) {
        let n = count(broken.len() as u64, "link");
        writeln!(out, "\n{TITLE}{n} to a place that no page has{TITLE:#}")?;
        items(out, broken, SHOWN, |broken| format!("{} in {}", broken.link, broken.page))?;
    }
    if !audit.problems.is_empty() {
        let n = count(audit.problems.len() as u64, "problem");
        writeln!(out, "\n{TITLE}{n} while reading{TITLE:#}")?;
        items(out, &audit.problems, SHOWN, |Trouble { path, line, what, .. }| match line {
            Some(line) => format!("{path}:{line}: {what}"),
            None => format!("{path}: {what}"),
        })?;
    }
    Ok(())
}

fn print_known(out: &mut impl Write, audit: &Audit) -> io::Result<()> {
    if let Some(redirects) = audit.redirects.as_ref() {
        list(out, redirects, ["leads elsewhere", "lead elsewhere"], |Redirect { path, to }| {
            format!("{path} → {to}")
        })?;
    }
    if let Some(withheld) = audit.withheld.as_ref() {
        list(out, withheld, ["is withheld", "are withheld"], |Withheld { path, why }| {
            format!("{path}  {why}")
        })?;
    }
    if let Some(without) = audit.without_body.as_ref() {
        list(out, without, ["has no marked body", "have no marked body"], Clone::clone)?;
    }
    if let Some(folded) = audit.folded.as_ref() {
        list(out, folded, ["is another again", "are others again"], |Folded { url, into }| {
            format!("{url} = {into}")
        })?;
    }
    Ok(())
}

fn print_figures(out: &mut impl Write, audit: &Audit) -> io::Result<()> {
    writeln!(out, "\n{TITLE}languages{TITLE:#}")?;
    for language in &audit.languages {
        writeln!(out, "  {:>12}  {}", grouped(language.documents as u64), plain(&language.language))?;
    }
    writeln!(out, "\n{TITLE}heaviest documents{TITLE:#}, by their text")?;
    items(out, &audit.heaviest_documents, SHOWN_HEAVY, |document| {
        format!("{:>12}  {}", bytes(document.bytes), document.url)
    })?;
    writeln!(out, "\n{TITLE}heaviest terms{TITLE:#}, by their postings")?;
    items(out, &audit.heaviest_terms, SHOWN_HEAVY, |term| {
        let documents = count(u64::from(term.documents), "document");
        format!("{:>12}  in {documents}: {}", bytes(term.bytes), term.forms.join(" "))
    })?;
    if let Some(files) = &audit.files {
        writeln!(out, "\n{TITLE}files{TITLE:#}")?;
        for (kind, size) in files.kinds() {
            writeln!(out, "  {:>12}  {} of {kind}", bytes(size.bytes), count(size.files, "file"))?;
        }
    }
    writeln!(out, "\n{TITLE}sections{TITLE:#}, before they are compressed")?;
    for section in &audit.sections {
        let parts = count(section.parts as u64, "part");
        writeln!(out, "  {:>12}  {} in {parts}", bytes(section.bytes), section.kind)?;
    }
    Ok(())
}

/// Documents under a headline, which is said of one or of several.
fn list<T>(
    out: &mut impl Write,
    list: &[T],
    [one, several]: [&str; 2],
    line: impl Fn(&T) -> String,
) -> io::Result<()> {
    if list.is_empty() {
        return Ok(());
    }
    let said = if list.len() == 1 { one } else { several };
    writeln!(out, "\n{TITLE}{} {said}{TITLE:#}", count(list.len() as u64, "document"))?;
    items(out, list, SHOWN, line)
}

fn items<T>(out: &mut impl Write, list: &[T], shown: usize, line: impl Fn(&T) -> String) -> io::Result<()> {
    for item in list.iter().take(shown) {
        writeln!(out, "  {}", cut(&plain(&line(item)), COLUMNS - 2))?;
    }
    if list.len() > shown {
        writeln!(out, "  {FAINT}and {} more{FAINT:#}", grouped((list.len() - shown) as u64))?;
    }
    Ok(())
}

/// A text of at most `columns` characters.
fn cut(text: &str, columns: usize) -> String {
    if text.chars().count() <= columns {
        return text.to_owned();
    }
    text.chars().take(columns - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_and_long_lists_counted() {
        let mut out = Vec::new();
        list(&mut out, &vec!["é".repeat(100); 12], ["is", "are"], Clone::clone).expect("written");
        let text = String::from_utf8(out).expect("text");
        assert!(text.contains("12 documents are"), "{text}");
        assert!(text.contains("and 2 more"), "{text}");
        assert!(
            text.lines().filter(|line| line.contains('é')).all(|line| line.chars().count() == 80),
            "{text}"
        );
    }
}
