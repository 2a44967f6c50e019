//! Hits as people read them.

use std::io::{self, Write};

use searchlet_search::{Explanation, FacetValue, Found, Hit, MetaValue, Segment};

use crate::figures;
use crate::terminal::{FAINT, HIT, TITLE, plain};

/// Prints `found`, whose first hit is number `offset` + 1, in the order of its hits.
///
/// # Errors
///
/// When `out` does not take it.
pub fn print(out: &mut impl Write, found: &Found, offset: u32, took_ms: f64) -> io::Result<()> {
    for hit in &found.hits {
        print_hit(out, hit)?;
        writeln!(out)?;
    }
    for (key, values) in &found.facets {
        writeln!(out, "{TITLE}{}{TITLE:#}", plain(key))?;
        for FacetValue { value, count } in values {
            let value = match value {
                MetaValue::Text(text) => plain(text).to_string(),
                MetaValue::Integer(number) => number.to_string(),
                MetaValue::Decimal(number) => number.to_string(),
                _ => String::new(),
            };
            writeln!(out, "  {FAINT}{count:>8}{FAINT:#}  {value}")?;
        }
        writeln!(out)?;
    }
    let total = figures::count(found.total as u64, "document");
    let first = u64::from(offset) + 1;
    let last = u64::from(offset) + found.hits.len() as u64;
    if found.hits.is_empty() {
        writeln!(out, "{FAINT}{total}; no hits to show; {took_ms:.1} ms{FAINT:#}")
    } else {
        writeln!(out, "{FAINT}hits {first} to {last}; {total} match best; {took_ms:.1} ms{FAINT:#}")
    }
}

fn print_hit(out: &mut impl Write, hit: &Hit) -> io::Result<()> {
    writeln!(out, "{TITLE}{}{TITLE:#}", plain(&hit.title))?;
    writeln!(out, "  {FAINT}{}{FAINT:#}", plain(&hit.url))?;
    if !hit.excerpt.is_empty() {
        write!(out, "  ")?;
        print_segments(out, &hit.excerpt)?;
        writeln!(out)?;
    }
    if !hit.missing.is_empty() {
        writeln!(out, "  {FAINT}without: {}{FAINT:#}", plain(&hit.missing.join(", ")))?;
    }
    hit.explanation.iter().try_for_each(|tree| print_explanation(out, tree, 1))?;
    Ok(())
}

fn print_explanation(out: &mut impl Write, tree: &Explanation, depth: usize) -> io::Result<()> {
    let Explanation { what, score, parts } = tree;
    writeln!(out, "{}{FAINT}{score:>8}  {}{FAINT:#}", "  ".repeat(depth), plain(what))?;
    parts.iter().try_for_each(|part| print_explanation(out, part, depth + 1))
}

fn print_segments(out: &mut impl Write, segments: &[Segment]) -> io::Result<()> {
    for segment in segments {
        if segment.hit {
            write!(out, "{HIT}{}{HIT:#}", plain(&segment.text))?;
        } else {
            write!(out, "{}", plain(&segment.text))?;
        }
    }
    Ok(())
}
