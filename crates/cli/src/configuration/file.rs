//! Reads `searchlet.toml`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use toml::de::DeTable;

use super::{Configuration, check, schema};
use crate::exit::Misuse;

/// The file that is read when it is there and none is named.
pub const USUAL: &str = "searchlet.toml";

/// Reads the file that was named, else the usual one of the current folder if there is one. Its paths are then relative
/// to the current folder.
///
/// # Errors
/// When the file cannot be read, is no TOML, or says what makes no sense: names the file and the line.
pub fn read(named: Option<&Path>) -> Result<Configuration> {
    let path = named.unwrap_or(Path::new(USUAL));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return Ok(Configuration::default());
        }
        Err(error) => {
            let what = format!("{}: cannot be read ({error}); check the path after -c", path.display());
            return Err(Misuse(what).into());
        }
    };
    let mut configuration =
        parse(&text).map_err(|(line, what)| Misuse(format!("{}{line}: {what}", path.display())))?;
    // The parent of a bare name is the empty path, which changes nothing.
    let folder = path.parent().unwrap_or(Path::new(""));
    let here = |path: &mut PathBuf| *path = folder.join(&*path);
    configuration.inputs.iter_mut().for_each(here);
    let Configuration { output, pages, pages_template, cache, service_worker, .. } = &mut configuration;
    [output, pages, pages_template, cache, service_worker].into_iter().flatten().for_each(here);
    Ok(configuration)
}

/// Reads the text of a file; else says on which line (`:3`, or nothing) what is wrong.
fn parse(text: &str) -> Result<Configuration, (String, String)> {
    // Some editors begin a file with a mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = |at: usize| {
        format!(
            ":{}",
            1 + text.as_bytes()[..at.min(text.len())].iter().filter(|&&byte| byte == b'\n').count()
        )
    };
    let told = |error: &toml::de::Error| {
        let what = error.message().replace('\n', ", ");
        (error.span().map(|span| line(span.start)).unwrap_or_default(), format!("{what}; correct it as TOML"))
    };
    let table = DeTable::parse(text).map_err(|error| told(&error))?;
    check::check(&table, &schema()).map_err(|fault| (line(fault.place.start), fault.what))?;
    let configuration: Configuration = toml::from_str(text).map_err(|error| told(&error))?;
    // What no schema says, such as whether a pattern is one.
    configuration.settings().map_err(|what| (String::new(), what))?;
    Ok(configuration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_on_their_line() {
        for (text, line, word) in [
            ("\n\nthread = 1\n", ":3", "threads"),
            ("quiet = \n", ":1", "TOML"),
            ("quiet = true\nquiet = true\n", ":2", "duplicate"),
            ("# yes\nthreads = 0", ":2", "1 to 1024"),
            ("glob = ['a[']", "", "glob: \"a[\""),
            ("[[synonyms]]\nwords = ['car']", "", "synonym 1: `words`"),
        ] {
            let (at, what) = parse(text).expect_err("a fault");
            assert_eq!(at, line, "{text}: {what}");
            assert!(what.contains(word), "{text}: {what}");
        }
    }

    #[test]
    fn an_empty_file_is_the_default() {
        assert_eq!(parse("").expect("read"), Configuration::default());
        assert_eq!(parse("\u{feff}[urls]").expect("read"), Configuration::default());
    }
}
