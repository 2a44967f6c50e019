//! What a caller may ask of a search beside the query.

use searchlet_format::{number_value, text_value};

/// No search gives more hits at once.
pub const MAX_LIMIT: usize = 1000;

/// A facet has so many values unless the caller says otherwise: more than a list beside the hits shows.
const USUAL_FACET_VALUES: usize = 50;

/// Whole numbers below this, 2^53, are doubles.
const EXACT: u64 = 1 << 53;

/// Powers of ten up to this one are doubles.
const EXACT_PLACES: u32 = 22;

/// Options of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// At most this many hits; [`MAX_LIMIT`] at most. Default 10.
    pub limit: usize,
    /// Pass over this many hits first. Default 0.
    pub offset: usize,
    /// Whether each hit says how its score comes about. Default false.
    pub explain: bool,
    /// What the metadata of a hit must be, by key; all of it. Without words in the query, all documents that pass are found.
    pub filters: Vec<(String, Filter)>,
    /// Keys of which the answer says how many of its documents have each value.
    pub facets: Vec<String>,
    /// At most this many values of each, those that the most documents have. Default 50.
    pub facet_values: usize,
    /// What hits are sorted by, in place of how well they match. Only documents that count in `total` are given then.
    pub sort: Vec<Order>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limit: 10,
            offset: 0,
            explain: false,
            filters: Vec::new(),
            facets: Vec::new(),
            facet_values: USUAL_FACET_VALUES,
            sort: Vec::new(),
        }
    }
}

/// What the values of a document under some key must be. A document has none, one or several.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// One of them is this one.
    Is(Value),
    /// One of these holds.
    Any(Vec<Self>),
    /// All of these hold.
    All(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// One of them is not before the first and not after the second. A text is not after one that it begins with, so that
    /// all dates of 2024 are in the range up to `2024`.
    Range(Option<Value>, Option<Value>),
}

/// A value to compare those of documents with.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What it is among texts.
    pub text: String,
    /// What it is among numbers, if it is one.
    pub number: Option<f64>,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), number: number(text) }
    }
}

impl Value {
    /// The value as a column of numbers, or of texts, has it.
    pub(crate) fn in_column(&self, is_number: bool) -> Option<String> {
        if is_number { self.number.map(number_value) } else { Some(text_value(&self.text).to_owned()) }
    }
}

/// A key to sort by. Documents without it come last, whichever the direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The key of the metadata.
    pub key: String,
    /// Whether the largest comes first; of several values of a document the one counts that comes first.
    pub is_descending: bool,
}

impl From<&str> for Order {
    /// Reads `date:desc`, `date:asc` or `date`.
    fn from(text: &str) -> Self {
        let descending = text.strip_suffix(":desc");
        let key = descending.or_else(|| text.strip_suffix(":asc")).unwrap_or(text);
        Self { key: key.to_owned(), is_descending: descending.is_some() }
    }
}

/// Reads a decimal number, as people write it. By hand, because the parser of the standard library is four kilobytes.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let (mut number, mut places) = (0u64, None);
    for (at, &digit) in digits.iter().enumerate() {
        match digit {
            b'0'..=b'9' if number < EXACT => {
                number = number * 10 + u64::from(digit - b'0');
                places = places.map(|places| places + 1);
            }
            b'.' if at > 0 && places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    let places = places.unwrap_or(0);
    if digits.is_empty() || number > EXACT || places > EXACT_PLACES {
        return None;
    }
    // Both are doubles, so that the quotient is the double nearest to what was written.
    let number = number as f64 / (0..places).fold(1.0, |power, _| power * 10.0);
    Some(if digits.len() < text.len() { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_the_standard_library_reads_them(text in "-?[0-9]{1,15}(\\.[0-9]{0,6})?|[-0-9.e]{0,5}") {
            if let Some(number) = number(&text) {
                prop_assert_eq!(text.parse::<f64>(), Ok(number));
            }
        }

        #[test]
        fn usual_numbers_are_read(whole in -1_000_000_000i64..1_000_000_000, thousandths in 0u32..1000) {
            prop_assert_eq!(number(&whole.to_string()), Some(whole as f64));
            let decimal = format!("{whole}.{thousandths:03}");
            prop_assert!(number(&decimal).is_some());
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".5", "1.2.3", "1e3", "+1", "2024-01-01", "12345678901234567890", "é"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn an_order_is_a_key_and_a_direction() {
        let order = |key: &str, is_descending| Order { key: key.to_owned(), is_descending };
        assert_eq!(Order::from("date:desc"), order("date", true));
        assert_eq!(Order::from("date:asc"), order("date", false));
        assert_eq!(Order::from("date"), order("date", false));
        assert_eq!(Order::from("og:type"), order("og:type", false));
    }
}
