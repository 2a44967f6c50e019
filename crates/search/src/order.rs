//! Sorts packed keys.
//!
//! A sorting routine is two kilobytes of the engine, and one for every type would be a tenth of it. So whatever is to
//! be sorted is packed into keys of 128 bits.

/// Sorts keys, smallest first: a heapsort, since the standard one is two kilobytes. Cost: n log n, whatever the keys.
#[inline(never)]
pub fn sort(keys: &mut [u128]) {
    // First every half becomes a heap with its largest key on top, then the top goes behind what is left.
    let mut heap = keys.len();
    let mut from = heap / 2;
    while heap > 1 {
        if from > 0 {
            from -= 1;
        } else {
            heap -= 1;
            keys.swap(0, heap);
        }
        let mut at = from;
        while let Some(&left) = keys[..heap].get(2 * at + 1) {
            let right = keys[..heap].get(2 * at + 2).copied().unwrap_or(0);
            let child = 2 * at + 1 + usize::from(right > left);
            if keys[at] >= keys[child] {
                break;
            }
            keys.swap(at, child);
            at = child;
        }
    }
}

/// The `wanted` smallest keys, smallest first. Cost: linear in the keys, and sorts few more than are wanted.
pub fn smallest(keys: impl Iterator<Item = u128>, wanted: usize) -> Vec<u128> {
    let mut kept = Vec::new();
    let mut bound = u128::MAX;
    for key in keys.filter(|_| wanted > 0) {
        if key < bound || kept.len() < wanted {
            kept.push(key);
        }
        if kept.len() >= wanted.saturating_mul(2) {
            sort(&mut kept);
            kept.truncate(wanted);
            bound = kept.last().copied().unwrap_or(bound);
        }
    }
    sort(&mut kept);
    kept.truncate(wanted);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_smallest_are_those_of_a_full_sort(keys in prop::collection::vec(0u128..50, 0..60), wanted in 0usize..20) {
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            sorted.truncate(wanted);
            prop_assert_eq!(smallest(keys.into_iter(), wanted), sorted);
        }
    }
}
