//! Takes the name of the site off the titles of its pages.
//!
//! A page whose text has no first-level heading is called what its `<title>` says, and most sites have theirs at the end
//! of each. One page does not tell where its own title ends, many do.

/// What parts the title of a page from the name of its site.
const SEPARATORS: [&str; 9] = [" - ", " | ", " – ", " — ", " · ", " • ", " :: ", " : ", " « "];

/// Fewer pages than this say nothing of what they have in common.
const MIN_PAGES: usize = 3;

/// The longest end that more than half of the titles have in common and that begins with a separator, if there is one.
/// `titles` are those of all pages that have a `<title>`.
pub fn common_end<'a>(titles: &[&'a str]) -> Option<&'a str> {
    let mut ends: Vec<&str> = titles.iter().flat_map(|title| ends(title)).collect();
    ends.sort_unstable();
    let is_common = |same: &&[&str]| same.len() >= MIN_PAGES && same.len() * 2 > titles.len();
    let common = ends.chunk_by(|a, b| a == b).filter(is_common);
    common.filter_map(|same| same.first().copied()).max_by_key(|end| end.len())
}

/// The ends of a title that begin with a separator, its beginning left out.
fn ends(title: &str) -> impl Iterator<Item = &str> {
    SEPARATORS.iter().flat_map(move |separator| {
        title.match_indices(separator).filter(|(at, _)| *at > 0).map(move |(at, _)| &title[at..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_what_most_titles_end_with() {
        for (titles, end) in [
            (&["Bees - Farm", "Cows - Farm", "Pigs - Farm", "Farm"][..], Some(" - Farm")),
            (
                &["Bees | Animals | Farm", "Cows | Animals | Farm", "Pigs | Animals | Farm"],
                Some(" | Animals | Farm"),
            ),
            (
                &[
                    "Bees | Animals | Farm",
                    "Cows | Animals | Farm",
                    "Rye | Plants | Farm",
                    "Oat | Plants | Farm",
                ],
                Some(" | Farm"),
            ),
            (&["Bees - Farm", "Cows - Farm"], None),
            (&["Bees - Farm", "Cows - Barn", "Pigs - Sty"], None),
            (&["Bees-Farm", "Cows-Farm", "Pigs-Farm"], None),
            (&[], None),
        ] {
            assert_eq!(common_end(titles), end, "{titles:?}");
        }
    }
}
