//! The sizes of what a bundle has in folders, for those who keep all of it.
//!
//! ```text
//! {"parts":{"<group>":[<bytes of number 0>,…],…},"files":{"<name>":<bytes>,…}}
//! ```
//!
//! on one line, without blanks, ascending; `files` are those that are no parts. What the root names is not repeated: the
//! root, this list and the root's own files are the bundle. Only browsers read it, which have a parser for JSON.

use std::collections::BTreeMap;
use std::fmt::Write;

/// What the root calls the file.
pub const SIZES: &str = "sizes";

/// The text of the list, of files by name in any order.
#[must_use]
pub fn sizes<'f>(files: impl Iterator<Item = (&'f str, usize)>) -> String {
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut others = String::new();
    let mut numbered: Vec<_> = files.map(|(name, bytes)| (place(name), name, bytes)).collect();
    numbered.sort_unstable();
    for (place, name, bytes) in numbered {
        if let Some((group, number)) = place {
            let group = parts.entry(group).or_default();
            // A number that no file has takes no bytes.
            group.resize(number, 0);
            group.push(bytes);
        } else {
            let comma = if others.is_empty() { "" } else { "," };
            let _ = write!(others, "{comma}\"{name}\":{bytes}");
        }
    }
    let mut text = String::from("{\"parts\":{");
    for (index, (group, bytes)) in parts.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let bytes: Vec<String> = bytes.iter().map(ToString::to_string).collect();
        let _ = write!(text, "{comma}\"{group}\":[{}]", bytes.join(","));
    }
    let _ = write!(text, "}},\"files\":{{{others}}}}}");
    text
}

/// Group and number of a part.
fn place(name: &str) -> Option<(&str, usize)> {
    let (folder, file) = name.rsplit_once('/')?;
    let (group, number) = file.strip_suffix(".part")?.split_once('.')?;
    // Longer groups than a head can name would only be a way to ask for memory.
    let number = number.parse().ok().filter(|&number| number < 1 << 20)?;
    folder.starts_with("parts/").then_some((group, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_listed_by_group_and_number() {
        let files = [
            ("words.0123456789abcdef/de.json", 9),
            ("parts/ff/ff00000000000000.0.part", 5),
            ("parts/ab/ab00000000000000.10.part", 3),
            ("parts/ab/ab00000000000000.9.part", 2),
        ];
        let expected = "{\"parts\":{\"ab00000000000000\":[0,0,0,0,0,0,0,0,0,2,3],\"ff00000000000000\":[5]},\
                        \"files\":{\"words.0123456789abcdef/de.json\":9}}";
        assert_eq!(sizes(files.into_iter()), expected);
        assert_eq!(sizes(std::iter::empty()), "{\"parts\":{},\"files\":{}}");
    }
}
