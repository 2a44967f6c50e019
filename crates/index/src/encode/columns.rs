//! Lists the documents of each value, for filters, facets and order.

use super::bodies::Bodies;
use crate::Document;
use crate::columns::{Columns, values};
use rayon::prelude::*;
use searchlet_format::{column_body, column_place};

/// The entries of all columns, for documents in the order of their numbers.
pub fn entries(documents: &[Document], numbers: &[u32], columns: &Columns) -> Bodies {
    let mut places: Vec<(String, u32)> = documents
        .par_iter()
        .zip(numbers)
        .flat_map_iter(|(document, &number)| {
            let of_column = move |(index, column)| {
                values(document, column).into_iter().map(move |value| (column_place(index, &value), number))
            };
            (1..).zip(columns).flat_map(of_column)
        })
        .collect();
    places.par_sort_unstable();
    places.dedup();
    let mut bodies = Bodies::default();
    bodies.push(&column_place(0, ""), &column_body(numbers));
    for alike in places.chunk_by(|a, b| a.0 == b.0) {
        let documents: Vec<u32> = alike.iter().map(|place| place.1).collect();
        bodies.push(&alike[0].0, &column_body(&documents));
    }
    bodies
}
