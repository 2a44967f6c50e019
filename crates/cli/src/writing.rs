//! Writes a file so that whoever looks finds the old one or the new one, whole.

use std::path::Path;
use std::{fs, io};

/// Writes a file aside, then renames it into its place; makes the folders that lead there.
///
/// # Errors
///
/// When it cannot be written; what was there before is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, path)).inspect_err(|_| {
        // The first error is the one to tell of.
        let _ = fs::remove_file(&aside);
    })
}
