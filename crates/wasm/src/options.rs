//! Reads the options of a search as the worker writes them.

use searchlet_search::{Filter, MAX_LIMIT, Options, Order, Value};
use wasm_bindgen::JsValue;

// What a step does, as `www/src/refining.js` numbers it; whatever else is a key to sort by.
const IS: u8 = 0;
const ANY: u8 = 1;
const ALL: u8 = 2;
const NOT: u8 = 3;
const RANGE: u8 = 4;
const FILTER: u8 = 5;
const FACET: u8 = 6;
const VALUES: u8 = 7;

/// The options of a search; what is not a number is as usual. `steps` is what `www/src/refining.js` makes of filters, facets
/// and order: three values for each step, of which the first says what the others are. Reading plain steps takes a tenth of
/// the code that reading objects would.
pub fn options(limit: f64, offset: f64, explain: bool, steps: &[JsValue]) -> Options {
    let usual = Options::default();
    let limit = count(limit, usual.limit).min(MAX_LIMIT);
    let mut options = Options { limit, offset: count(offset, usual.offset), explain, ..usual };
    let mut made: Vec<Filter> = Vec::new();
    for step in steps.chunks_exact(3) {
        let text = step[1].as_string().unwrap_or_default();
        let number = step[2].as_f64();
        read(step[0].as_f64().unwrap_or_default() as u8, text, number, &mut made, &mut options);
    }
    options
}

/// Takes one step: the filters that were `made` wait to become part of another, or the filter of a key.
fn read(what: u8, text: String, number: Option<f64>, made: &mut Vec<Filter>, options: &mut Options) {
    let some = number.unwrap_or_default() as usize;
    let mut last = |count: usize| made.split_off(made.len().saturating_sub(count));
    let filter = match what {
        IS => Filter::Is(match number {
            Some(number) if !number.is_nan() => Value { text, number: Some(number) },
            _ => Value::from(&*text),
        }),
        ANY => Filter::Any(last(some)),
        ALL => Filter::All(last(some)),
        NOT => match last(1).pop() {
            Some(filter) => Filter::Not(Box::new(filter)),
            None => return,
        },
        // Of two bits each says whether there is a bound.
        RANGE => {
            let mut bound = |bit| if some & bit == 0 { None } else { last(1).pop() };
            let (max, min) = (bound(2), bound(1));
            let value = |filter| if let Some(Filter::Is(value)) = filter { Some(value) } else { None };
            Filter::Range(value(min), value(max))
        }
        FILTER => return options.filters.extend(last(1).pop().map(|filter| (text, filter))),
        FACET => return options.facets.push(text),
        VALUES => {
            options.facet_values = some;
            return;
        }
        _ => return options.sort.push(Order::from(&*text)),
    };
    made.push(filter);
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
        assert_eq!(options(f64::NAN, f64::NAN, false, &[]), Options::default());
        let expected = Options { limit: 3, offset: 2, explain: true, ..Options::default() };
        assert_eq!(options(3.9, 2.0, true, &[]), expected);
        assert_eq!(options(f64::INFINITY, -1.0, false, &[]).limit, MAX_LIMIT);
    }

    fn read_all(steps: &[(u8, &str, f64)]) -> Options {
        let (mut made, mut options) = (Vec::new(), Options::default());
        for (what, text, number) in steps {
            read(*what, (*text).to_owned(), Some(*number), &mut made, &mut options);
        }
        options
    }

    #[test]
    fn steps_make_filters_facets_and_order() {
        let is = |text: &str, number: f64| Value { text: text.to_owned(), number: Some(number) };
        let options = read_all(&[
            (IS, "a", f64::NAN),
            (IS, "2", 2.0),
            (ANY, "", 2.0),
            (NOT, "", 0.0),
            (FILTER, "kind", 0.0),
            (IS, "1", 1.0),
            (RANGE, "", 1.0),
            (FILTER, "price", 0.0),
            (FACET, "kind", 0.0),
            (VALUES, "", 7.0),
            (8, "date:desc", 0.0),
        ]);
        let any = Filter::Any(vec![Filter::Is("a".into()), Filter::Is(is("2", 2.0))]);
        let expected = Options {
            filters: vec![
                ("kind".to_owned(), Filter::Not(Box::new(any))),
                ("price".to_owned(), Filter::Range(Some(is("1", 1.0)), None)),
            ],
            facets: vec!["kind".to_owned()],
            facet_values: 7,
            sort: vec!["date:desc".into()],
            ..Options::default()
        };
        assert_eq!(options, expected);
    }

    #[test]
    fn steps_that_make_no_sense_do_no_harm() {
        let options = read_all(&[
            (NOT, "", 0.0),
            (ANY, "", 9.0),
            (RANGE, "", 3.0),
            (FILTER, "k", 0.0),
            (FILTER, "k", 0.0),
        ]);
        assert_eq!(options.filters, [("k".to_owned(), Filter::Range(None, None))]);
    }
}
