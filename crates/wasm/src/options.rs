//! Reads the options of a search as JavaScript gives them.

use searchlet_search::{MAX_LIMIT, Options};

/// The options of a search; what is not a number is as usual.
pub fn options(limit: f64, offset: f64, explain: bool) -> Options {
    let usual = Options::default();
    let limit = count(limit, usual.limit).min(MAX_LIMIT);
    Options { limit, offset: count(offset, usual.offset), explain }
}

/// A count, or the usual one in place of what is not a number.
pub fn count(value: f64, usual: usize) -> usize {
    // The cast rounds towards zero, and takes what is negative for zero.
    if value.is_nan() { usual } else { value as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_is_a_count() {
        assert_eq!(options(f64::NAN, f64::NAN, false), Options::default());
        assert_eq!(options(3.9, 2.0, true), Options { limit: 3, offset: 2, explain: true });
        assert_eq!(options(f64::INFINITY, -1.0, false).limit, MAX_LIMIT);
    }
}
