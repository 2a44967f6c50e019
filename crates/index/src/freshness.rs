//! Lets documents count less as they grow old.
//!
//! Age is counted from the newest document of the build and never from a clock, so that the same documents give the
//! same bytes on any day. It is counted in eighths of the half-life, between points that are fixed in time: a new page
//! then moves the weights of all others only when a new eighth begins with it, and most files of an index stay as they
//! were. An eighth of an octave is less than the sixth that levels of impacts lie apart.

use crate::Document;
use crate::dates::{day_of_text, days};
use rayon::prelude::*;
use serde_json::Value;
use std::num::NonZeroU32;

/// 2^(−n/8), in thousandths. A table, because the functions of the standard library differ between machines.
const EIGHTHS: [u32; 8] = [1000, 917, 841, 771, 707, 648, 595, 545];

/// Multiplies the weight of each document that has a date by a half for each `half_life`, in days, that it is older
/// than the newest one. A document without a date keeps its weight. Gives the documents whose `date` is no date, by
/// place.
pub fn weigh(documents: &mut [Document], half_life: NonZeroU32) -> Vec<usize> {
    let half_life = i64::from(half_life.get());
    let eighths: Vec<Option<i64>> = documents
        .par_iter()
        .map(|document| document.meta.get("date").and_then(day).map(|day| (day * 8).div_euclid(half_life)))
        .collect();
    let newest = eighths.iter().copied().flatten().max().unwrap_or_default();
    let mut unread = Vec::new();
    for (place, (document, eighth)) in documents.iter_mut().zip(eighths).enumerate() {
        match eighth {
            Some(eighth) => document.weight = document.weight.scaled(factor(newest - eighth)),
            None if document.meta.contains_key("date") => unread.push(place),
            None => {}
        }
    }
    unread
}

/// What is left of a weight after so many eighths of the half-life, in thousandths.
fn factor(eighths: i64) -> u32 {
    let octaves = u32::try_from(eighths / 8).unwrap_or(u32::MAX);
    EIGHTHS[(eighths % 8) as usize].checked_shr(octaves).unwrap_or(0)
}

/// The day of a date since the beginning of 1970: of text that begins as in ISO 8601 with year, month and day, or with
/// fewer of them, whose first day it then is; of a number that is a year.
fn day(date: &Value) -> Option<i64> {
    match date {
        Value::String(text) => day_of_text(text.trim()),
        Value::Number(number) => {
            number.as_i64().filter(|year| (1..=9999).contains(year)).map(|year| days(year, 1, 1))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Weight;

    fn dated(date: &str) -> Document {
        let meta = [("date".to_owned(), date.into())].into();
        Document { meta, ..Document::default() }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1970-01-01", Some(0)),
            ("1969-12-31", Some(-1)),
            ("2000-03-01", Some(11_017)),
            ("2024-02-29T23:59:59+02:00", Some(19_782)),
            ("2024-02-29 10:00", Some(19_782)),
            ("2024/2/29", Some(19_782)),
            ("2024-02", Some(19_754)),
            ("2024", Some(19_723)),
            ("2023-02-29", None),
            ("2024-13-01", None),
            ("2024-01-01-01", None),
            ("24-01-01", None),
            ("+123-01-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(day(&text.into()), expected, "{text}");
        }
        assert_eq!(day(&2024.into()), Some(19_723));
        assert_eq!(day(&20_240_229.into()), None);
    }

    #[test]
    fn days_follow_each_other() {
        let mut last = days(1899, 12, 31);
        for year in 1900..2101 {
            for month in 1..=12 {
                for day in (1..=31).filter_map(|day| day_of_text(&format!("{year}-{month}-{day}"))) {
                    assert_eq!(day, last + 1);
                    last = day;
                }
            }
        }
    }

    #[test]
    fn a_document_of_half_life_counts_half_and_of_none_in_full() {
        let mut documents =
            ["2024-01-01", "2023-01-01", "2021-01-01", "1024-01-01", "soon"].map(dated).to_vec();
        documents.push(Document::default());
        let half_life = NonZeroU32::new(365).expect("a number");
        assert_eq!(weigh(&mut documents, half_life), [4]);
        let weights: Vec<Weight> = documents.iter().map(|document| document.weight).collect();
        let expected = [1000, 500, 125, 0, 1000, 1000].map(|thousandths| Weight::ONE.scaled(thousandths));
        assert_eq!(weights, expected);
    }
}
