//! Reads the options of a search as JavaScript gives them.

use searchlet_search::{MAX_LIMIT, Options};

/// The options of a search; what is not a number is as usual.
pub fn options(limit: f64, offset: f64) -> Options {
    let usual = Options::default();
    Options { limit: count(limit, usual.limit).min(MAX_LIMIT), offset: count(offset, usual.offset) }
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
        assert_eq!(options(f64::NAN, f64::NAN), Options::default());
        assert_eq!(options(3.9, 2.0), Options { limit: 3, offset: 2 });
        assert_eq!(options(f64::INFINITY, -1.0), Options { limit: MAX_LIMIT, offset: 0 });
    }
}
