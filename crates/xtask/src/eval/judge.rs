//! How good the first ten hits of a query are.

use std::collections::BTreeMap;

/// How many hits are judged.
pub const JUDGED: usize = 10;

/// What many queries come to.
#[derive(Clone, Default)]
pub struct Sum {
    pub queries: u32,
    gain: f64,
    reciprocal: f64,
    first: f64,
    among: f64,
    none: f64,
}

impl Sum {
    /// Counts one query whose hits are `pages`.
    pub fn add(&mut self, pages: &[String], grades: &BTreeMap<String, f64>) {
        let grade = |page: &String| grades.get(page).copied().unwrap_or_default();
        #[allow(clippy::disallowed_methods, reason = "what is measured is not searched with")]
        let gain = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
            grades.take(JUDGED).zip(2u32..).map(|(grade, rank)| grade / f64::from(rank).log2()).sum()
        };
        let mut best: Vec<f64> = grades.values().copied().collect();
        best.sort_by(|one, other| other.total_cmp(one));
        let rank = pages.iter().take(JUDGED).position(|page| grade(page) > 0.0);
        self.queries += 1;
        self.gain += gain(&mut pages.iter().map(grade)) / gain(&mut best.into_iter());
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        self.first += f64::from(u8::from(rank == Some(0)));
        self.among += f64::from(u8::from(rank.is_some()));
        self.none += f64::from(u8::from(pages.is_empty()));
    }

    /// nDCG@10, MRR@10, success@1, success@10, the share of queries without a hit.
    pub fn shares(&self) -> [f64; 5] {
        let queries = f64::from(self.queries.max(1));
        [self.gain, self.reciprocal, self.first, self.among, self.none].map(|sum| sum / queries)
    }
}

/// Where a hit leads, as targets are written: as people read it, without what a site's server adds or takes away, so that
/// the same page is the same for every engine.
pub fn page(url: &str) -> String {
    let path = decoded(url.split('#').next().unwrap_or_default());
    let path = path.strip_suffix("index.html").unwrap_or(&path);
    path.strip_suffix(".html").unwrap_or(path).trim_matches('/').to_owned()
}

/// Without percent signs, where what they spell is text.
fn decoded(url: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = url.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let spelt = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let value = spelt.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| byte == b'%');
        bytes.push(value.unwrap_or(byte));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(hits: &[&str], grades: &[(&str, f64)]) -> Sum {
        let mut sum = Sum::default();
        let hits: Vec<String> = hits.iter().map(|&hit| hit.to_owned()).collect();
        sum.add(&hits, &grades.iter().map(|&(document, grade)| (document.to_owned(), grade)).collect());
        sum
    }

    #[test]
    fn the_best_order_gains_all() {
        let grades = [("a", 3.0), ("b", 1.0)];
        let [gain, rest @ ..] = sum(&["a", "b", "c"], &grades).shares();
        assert!((gain - 1.0).abs() < 1e-9);
        assert_eq!(rest, [1.0, 1.0, 1.0, 0.0]);
        let [gain, rest @ ..] = sum(&["c", "b", "a"], &grades).shares();
        assert!(gain < 1.0 && gain > 0.0);
        assert_eq!(rest, [0.5, 0.0, 1.0, 0.0]);
        assert_eq!(sum(&[], &grades).shares(), [0.0, 0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn targets_are_compared_as_pages() {
        for url in ["web/css/%40media/index.html", "/web/css/@media/", "web/css/@media#syntax"] {
            assert_eq!(page(url), "web/css/@media");
        }
        assert_eq!(page("ch01-00.html"), "ch01-00");
        assert_eq!(page("100%/%C3%A9t%C3%A9"), "100%/été");
    }
}
