//! Reads what a query says of metadata: `key:value`, `key:"two words"`, `-key:value`.

use crate::syntax::{OR, items, quoted};

/// A value that the metadata of a document must or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Keys with values, of which one will do.
    pub any: Vec<(String, String)>,
    /// Whether a document must not have it.
    pub is_unwanted: bool,
}

/// Takes the fields out of a query: gives them, and the text with blanks in their place, so that all else stands where it
/// stood. `is_key` tells the keys. Cost: linear in the text.
pub fn read(text: &str, is_key: &dyn Fn(&str) -> bool) -> (Vec<Field>, String) {
    let mut fields: Vec<Field> = Vec::new();
    let mut plain = text.as_bytes().to_vec();
    // Where the last field ended, and where one began that `OR` may join the next one to.
    let (mut at, mut joins, mut is_after) = (0, None, false);
    for item in items(text) {
        if item.start < at {
            continue;
        }
        let field =
            if item.is_quoted || item.in_title { None } else { field(text, (item.start, item.end), is_key) };
        let Some((key, value, is_unwanted, end)) = field else {
            let is_or = text.get(item.start..item.end) == Some(OR);
            joins = if is_after && is_or { Some(item.start) } else { None };
            is_after = false;
            continue;
        };
        let mut start = item.start;
        match (joins.take(), fields.last_mut()) {
            (Some(or), Some(last)) if !is_unwanted && !last.is_unwanted => {
                start = or;
                last.any.push((key, value));
            }
            _ => fields.push(Field { any: vec![(key, value)], is_unwanted }),
        }
        if let Some(place) = plain.get_mut(start..end) {
            place.fill(b' ');
        }
        (at, is_after) = (end, true);
    }
    (fields, String::from_utf8(plain).unwrap_or_default())
}

/// The key and the value of a field, whether it is unwanted, and where it ends. A key may hold a colon itself (`og:type`),
/// so the longest is taken.
fn field(
    text: &str,
    (start, end): (usize, usize),
    is_key: &dyn Fn(&str) -> bool,
) -> Option<(String, String, bool, usize)> {
    let is_unwanted = text.as_bytes().get(start) == Some(&b'-');
    let from = start + usize::from(is_unwanted);
    let mut colons = (from..end).rev().filter(|&at| text.as_bytes().get(at) == Some(&b':'));
    let colon = colons.find(|&colon| colon + 1 < end && text.get(from..colon).is_some_and(is_key))?;
    let (first, last, end) = quoted(text, colon + 1).unwrap_or((colon + 1, end, end));
    Some((text.get(from..colon)?.to_owned(), text.get(first..last)?.to_owned(), is_unwanted, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_key(key: &str) -> bool {
        ["kind", "og:type", "title", "été"].contains(&key)
    }

    #[test]
    fn keys_of_metadata_are_told_from_words() {
        let fields = |text: &str| {
            let (fields, plain) = read(text, &is_key);
            let field = |field: &Field| {
                let any = field.any.iter().map(|(key, value)| format!("{key}={value}"));
                format!("{}{}", ["", "-"][usize::from(field.is_unwanted)], any.collect::<Vec<_>>().join("|"))
            };
            let fields = fields.iter().map(field).collect::<Vec<_>>().join(" ");
            (fields, plain.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        for (text, told, plain) in [
            ("kind:a", "kind=a", ""),
            ("one kind:\"a b\" two", "kind=a b", "one two"),
            ("one -kind:a.b", "-kind=a.b", "one"),
            ("-one kind:a", "kind=a", "-one"),
            ("og:type:x kind:a:b été:é", "og:type=x kind=a:b été=é", ""),
            ("kind:a OR og:type:b one", "kind=a|og:type=b", "one"),
            ("kind:a OR -kind:b", "kind=a -kind=b", "OR"),
            ("one OR kind:a", "kind=a", "one OR"),
            ("kind:a OR one", "kind=a", "OR one"),
        ] {
            assert_eq!(fields(text), (told.to_owned(), plain.to_owned()), "{text}");
        }
        for text in
            ["kind:", "kind: a", "other:a", "kind", "http://kind:a", "\"kind:a b\"", "- kind", "title:a"]
        {
            assert_eq!(read(text, &is_key), (vec![], text.to_owned()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn all_else_stays_where_it_is(text in "\\PC{0,60}|([a-c]{1,2}|[\"“”-]|OR|kind:|été:|[ ]){0,40}") {
            let (_, plain) = read(&text, &is_key);
            prop_assert_eq!(plain.len(), text.len());
            for (at, character) in plain.char_indices().filter(|next| next.1 != ' ') {
                prop_assert!(text[at..].starts_with(character));
            }
        }
    }
}
