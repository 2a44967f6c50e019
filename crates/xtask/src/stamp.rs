//! A stamp remembers what a step read, with what it wrote, so that a step is skipped when both are unchanged.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use xxhash_rust::xxh64::Xxh64;

/// A digest over everything that a step depends on.
#[derive(Default)]
pub struct Digest(Xxh64);

impl Digest {
    /// Adds words, such as flags or a version.
    pub fn text(mut self, text: &str) -> Self {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    /// Adds a file or everything below a folder, names included; what is absent counts as absent.
    pub fn path(mut self, path: &Path) -> Result<Self> {
        for file in files(path)? {
            let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let bytes = fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            self = self.text(&name);
            self.0.update(&(bytes.len() as u64).to_le_bytes());
            self.0.update(&bytes);
        }
        Ok(self.text("end"))
    }

    fn hex(&self) -> String {
        format!("{:016x}", self.0.digest())
    }
}

/// What a step left behind the last time that it succeeded.
pub struct Stamp {
    file: PathBuf,
    inputs: String,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// A stamp in `file` for a step that turns `inputs` into `outputs`.
    pub fn new(file: PathBuf, inputs: &Digest, outputs: Vec<PathBuf>) -> Self {
        Self { file, inputs: inputs.hex(), outputs }
    }

    /// Whether the outputs stand as this very step left them.
    pub fn holds(&self) -> Result<bool> {
        let Ok(before) = fs::read_to_string(&self.file) else { return Ok(false) };
        Ok(self.outputs.iter().all(|path| path.exists()) && before == self.line()?)
    }

    /// Remembers that the step is done.
    pub fn press(&self) -> Result<()> {
        let line = self.line()?;
        let folder = self.file.parent().context("a stamp needs a folder")?;
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&self.file, line))
            .with_context(|| format!("{} cannot be written", self.file.display()))
    }

    fn line(&self) -> Result<String> {
        let outputs = self.outputs.iter().try_fold(Digest::default(), |digest, path| digest.path(path))?;
        Ok(format!("{} {}\n", self.inputs, outputs.hex()))
    }
}

/// Every file at or below `path`, sorted; other people's packages and our own products are left out.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))? {
            let entry = entry?;
            if !["node_modules", "dist", "target"].iter().any(|name| entry.file_name() == *name) {
                found.extend(files(&entry.path())?);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(folder: &Path) -> Stamp {
        let inputs = Digest::default().text("flags").path(&folder.join("in")).unwrap();
        Stamp::new(folder.join("stamps/step"), &inputs, vec![folder.join("out")])
    }

    #[test]
    fn a_stamp_holds_until_an_input_or_an_output_changes() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::create_dir(folder.join("in")).unwrap();
        fs::write(folder.join("in/a"), "one").unwrap();
        assert!(!stamp(folder).holds().unwrap(), "nothing was done yet");

        fs::write(folder.join("out"), "made of one").unwrap();
        stamp(folder).press().unwrap();
        assert!(stamp(folder).holds().unwrap());

        fs::write(folder.join("out"), "altered").unwrap();
        assert!(!stamp(folder).holds().unwrap(), "an altered output is made again");
        stamp(folder).press().unwrap();

        fs::rename(folder.join("in/a"), folder.join("in/b")).unwrap();
        assert!(!stamp(folder).holds().unwrap(), "a renamed input is another input");
        stamp(folder).press().unwrap();

        fs::remove_file(folder.join("out")).unwrap();
        assert!(!stamp(folder).holds().unwrap(), "a lost output is made again");
    }

    #[test]
    fn the_border_between_two_inputs_counts() {
        let apart = Digest::default().text("ab").text("c");
        let other = Digest::default().text("a").text("bc");
        assert_ne!(apart.hex(), other.hex());
    }
}
