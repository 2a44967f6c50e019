//! Lists every form forwards and backwards, for words that are typed wrong.

use super::bodies::Bodies;
use crate::analyse::Analysed;
use rayon::prelude::*;
use searchlet_format::{is_spelt, magnitude, reversed};

/// The spellings; `documents` says of each group how many hold it.
pub fn spellings(analysed: &Analysed, documents: &[u32]) -> Bodies {
    let mut all: Vec<(String, u8)> = Vec::new();
    // What only stands for other words is not what anyone is led to.
    let held = analysed.groups.iter().zip(documents).filter(|(_, documents)| **documents > 0);
    for (group, &documents) in held {
        let magnitude = magnitude(documents);
        for &form in &group.forms {
            let form = &analysed.forms[form as usize].folded;
            if is_spelt(form) {
                all.push((reversed(form), magnitude));
                all.push((form.clone(), magnitude));
            }
        }
    }
    all.par_sort_unstable();
    let mut bodies = Bodies::default();
    all.iter().for_each(|(spelling, magnitude)| bodies.push(spelling, &[*magnitude]));
    bodies
}
