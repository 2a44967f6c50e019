//! The loader: the script whose name never changes, and which carries the root.
//!
//! ```text
//! loader as built      := … "@@ROOT@@" …
//! loader in a bundle   := … "<text of index.json, as it stands between quotes>" …
//! ```
//!
//! So a browser can ask for engine and heads without waiting for `index.json`. The root in turn names the digest that
//! the loader has as built, since it could not hold one of a text that holds it.

/// The name of the loader's file.
pub const LOADER: &str = "searchlet.js";

/// What the loader holds in place of the root.
const MARK: &str = "@@ROOT@@";

/// The loader as a bundle has it, made of the one that was built; `root` is the text of `index.json`.
#[must_use]
pub fn with_root(built: &[u8], root: &str) -> Vec<u8> {
    String::from_utf8_lossy(built).replacen(MARK, &quoted(root), 1).into_bytes()
}

/// The loader as it was built, made of the one that a bundle has.
#[must_use]
pub fn without_root(carrying: &[u8], root: &str) -> Vec<u8> {
    String::from_utf8_lossy(carrying).replacen(&quoted(root), MARK, 1).into_bytes()
}

/// The root as it stands in a string of JavaScript. It holds no backslash and no line end.
fn quoted(root: &str) -> String {
    root.replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Root;

    #[test]
    fn the_root_is_put_in_and_taken_out_again() {
        let root = Root::default().write().expect("there are no names");
        let built = b"const root = \"@@ROOT@@\";";
        let carrying = with_root(built, &root);
        assert!(String::from_utf8_lossy(&carrying).contains("\"{\\\"checksum\\\":"));
        assert_eq!(without_root(&carrying, &root), built);
    }
}
