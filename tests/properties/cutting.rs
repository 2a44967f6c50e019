//! How an index is cut, what was asked before, what is kept: none of it shows in an answer.

use super::corpus::{documents, found, opened, tries, word};
use proptest::prelude::*;

proptest! {
    #![proptest_config(tries(120))]

    #[test]
    fn a_whole_index_and_a_cut_one_answer_alike(
        documents in documents(40),
        queries in prop::collection::vec(prop::collection::vec((word(), prop::sample::select(&[" ", "-", ""][..])), 1..5), 1..6),
        order in prop::collection::vec(any::<prop::sample::Index>(), 8),
        part_bytes in prop::sample::select(&[1usize, 64, 512][..]),
        kept in prop::sample::select(&[0usize, 300, 1 << 20][..]),
    ) {
        let queries: Vec<String> =
            queries.into_iter().map(|words| words.into_iter().map(|(word, between)| word + between).collect()).collect();
        let mut whole = opened(&documents, None);
        let expected: Vec<_> = queries.iter().map(|query| (found(&mut whole, query), whole.suggest(query, 5))).collect();
        let mut cut = opened(&documents, Some(part_bytes));
        cut.keep(kept);
        for at in order {
            let at = at.index(queries.len());
            prop_assert_eq!(&found(&mut cut, &queries[at]), &expected[at].0);
            prop_assert_eq!(&cut.suggest(&queries[at], 5), &expected[at].1);
        }
    }
}
