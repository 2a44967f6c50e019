//! A score is said to be made of what adds up to it.

use super::corpus::{documents, opened, tries, word};
use proptest::prelude::*;
use searchlet_search::{Explanation, Options};

fn adds_up(tree: &Explanation) -> bool {
    let parts = &tree.parts;
    (parts.is_empty() || parts.iter().map(|part| part.score).sum::<i64>() == tree.score)
        && parts.iter().all(adds_up)
}

proptest! {
    #![proptest_config(tries(60))]

    #[test]
    fn every_score_is_the_sum_of_its_parts(
        documents in documents(12), asked in prop::collection::vec(word(), 1..7), offset in 0usize..12,
    ) {
        let mut index = opened(&documents, Some(64));
        let found = index.search(&asked.join(" "), Options { offset, explain: true, ..Options::default() });
        for hit in found.hits {
            let tree = hit.explanation.expect("an explanation");
            prop_assert_eq!(tree.score, i64::from(hit.score), "{:?}", tree);
            prop_assert!(adds_up(&tree), "{:?}", tree);
            prop_assert!(tree.parts.iter().all(|part| part.score > 0 || part.what == "words that it lacks"), "{:?}", tree);
        }
    }
}
