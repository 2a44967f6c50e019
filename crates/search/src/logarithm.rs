//! A logarithm that is the same on every machine.
//!
//! The floating-point logarithms of native code and of wasm differ in their last bits, and scores must not.

/// Bits after the point.
pub const FRACTION_BITS: u32 = 8;

/// The binary logarithm of `value`, times 2^[`FRACTION_BITS`], rounded down; 0 for 0.
///
/// Source: repeated squaring, C. S. Turner, "A Fast Binary Logarithm Algorithm" (2010),
/// <https://doi.org/10.1109/MSP.2010.937503>. Cost: one multiplication for each bit.
pub const fn log2(value: u64) -> u32 {
    if value == 0 {
        return 0;
    }
    let whole = value.ilog2();
    // The value as a number from 1 up to 2, with 31 bits after the point.
    let mut mantissa = if whole > 31 { value >> (whole - 31) } else { value << (31 - whole) };
    let mut result = whole;
    let mut bit = 0;
    while bit < FRACTION_BITS {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >= 1 << 32 {
            mantissa >>= 1;
            result |= 1;
        }
        bit += 1;
    }
    result
}

/// What a word tells at least, times 2^[`FRACTION_BITS`]: a sixteenth of a bit. A word that stands in every document of
/// a large site would come to 0, and a document that holds nothing else of the query could not be told from one that
/// holds nothing; as it is, documents are still ordered by how much they are about the word.
const LEAST_IDF: u32 = 1 << (FRACTION_BITS - 4);

/// How much it tells that a document holds a word which `holding` of `documents` hold: the idf of BM25 in its form
/// that is never negative, log2(1 + (N − n + ½) / (n + ½)), times 2^[`FRACTION_BITS`]; never 0.
///
/// Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
/// <https://doi.org/10.1561/1500000019>, with the "1 +" of Lucene's `BM25Similarity`.
pub const fn idf(documents: u64, holding: u64) -> u32 {
    // 1 + (N − n + ½) / (n + ½) = (2N + 2) / (2n + 1).
    let holding = if holding > documents { documents } else { holding };
    let idf = log2(2 * documents + 2) - log2(2 * holding + 1);
    if idf > LEAST_IDF { idf } else { LEAST_IDF }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        #[allow(clippy::disallowed_methods, reason = "the test compares with the logarithm that is not used")]
        fn it_is_the_logarithm(value in 1u64..u64::MAX) {
            let exact = (value as f64).log2() * f64::from(1 << FRACTION_BITS);
            prop_assert!((f64::from(log2(value)) - exact).abs() <= 1.5, "{} and {exact}", log2(value));
        }

        #[test]
        fn rarer_words_tell_more(documents in 1u64..1 << 40, holding in 0u64..1 << 40) {
            prop_assert!(idf(documents, holding) >= idf(documents, holding + 1));
            prop_assert!(idf(documents, holding) > 0, "not even a word that is everywhere tells nothing");
        }
    }

    #[test]
    fn powers_of_two_are_exact() {
        assert_eq!(log2(1), 0);
        assert_eq!(log2(8), 3 << FRACTION_BITS);
        assert_eq!(log2(1 << 63), 63 << FRACTION_BITS);
        assert_eq!(idf(0, 0), 1 << FRACTION_BITS);
    }
}
