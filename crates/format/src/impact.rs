//! The scale on which impacts are kept.
//!
//! An *impact* says how much a document or passage is about a word: the saturated frequency of BM25, from 0 to 1. What
//! is stored is its *level*, of 32 that lie a sixth of an octave apart (12 %): few different bytes deflate well, and
//! equal steps of the ratio lose least where impacts are compared by their ratio. Four bits on an even scale lose 0.7 %
//! of nDCG and eight lose nothing; five on this one lie between.

/// The value of each level, of 255: 255 × 2^((level − 31) / 6), rounded.
const VALUES: [u8; 32] = [
    7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 23, 25, 28, 32, 36, 40, 45, 51, 57, 64, 72, 80, 90, 101, 114, 128,
    143, 161, 180, 202, 227, 255,
];

/// The highest level.
pub const MAX_LEVEL: u8 = 31;

/// The lowest level: the word stands only inside of others, such as `element` in `getElementById`.
pub const INNER_LEVEL: u8 = 0;

/// The level nearest to an impact of `value` / 255.
#[must_use]
pub fn level(value: u8) -> u8 {
    let above = VALUES.partition_point(|&known| known < value);
    let is_nearer_below = above > 0 && value - VALUES[above - 1] < VALUES[above] - value;
    above as u8 - u8::from(is_nearer_below)
}

/// The impact of a level, of 255; of a level that there is not, the highest.
#[must_use]
pub fn impact(level: u8) -> u8 {
    VALUES.get(usize::from(level)).copied().unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_its_own_and_values_go_to_the_nearest() {
        for known in 0..=MAX_LEVEL {
            assert_eq!(level(impact(known)), known);
        }
        assert_eq!((level(0), level(255), level(230), level(250)), (0, 31, 30, 31));
        for value in 0..=255u8 {
            let nearest = VALUES.iter().map(|&known| known.abs_diff(value)).min().expect("there are levels");
            assert_eq!(impact(level(value)).abs_diff(value), nearest);
        }
    }

    /// The table is the formula, so that nobody has to trust it.
    #[test]
    fn the_levels_lie_a_sixth_of_an_octave_apart() {
        for (number, &value) in VALUES.iter().enumerate() {
            // (value / 255)⁶ is 2^(level − 31), to within the rounding of the value.
            let exact = |value: f64| (value / 255.0).powi(6) * 2f64.powi(31 - number as i32);
            assert!(exact(f64::from(value) - 0.5) <= 1.0 && exact(f64::from(value) + 0.5) >= 1.0, "{number}");
        }
    }
}
