//! A file of lines, read a block at a time.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Result, Take};
use std::path::Path;

/// A block ends with the line that fills it up to this many bytes: enough records to be worth a task, few enough that
/// what is read ahead is little beside the documents.
const BLOCK_BYTES: usize = 512 << 10;

/// Reads a file by blocks of whole lines; a line that is longer than a block is a block.
pub struct Blocks<R> {
    file: BufReader<R>,
    target: usize,
}

/// Opens a file.
///
/// # Errors
/// When the system cannot.
pub fn open(path: &Path) -> Result<Blocks<File>> {
    Ok(Blocks { file: BufReader::new(File::open(path)?), target: BLOCK_BYTES })
}

impl<R: Read> Blocks<R> {
    /// What the file begins with, up to a few thousand bytes, without reading on.
    ///
    /// # Errors
    /// When the system cannot read it.
    pub fn beginning(&mut self) -> Result<&[u8]> {
        self.file.fill_buf()
    }

    /// All that follows.
    ///
    /// # Errors
    /// When the system cannot read it.
    pub fn rest(mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The next block, or `None` at the end of the file.
    fn block(&mut self) -> Result<Option<Vec<u8>>> {
        let mut block = Vec::with_capacity(self.target + self.target / 8);
        let mut ahead: Take<&mut BufReader<R>> = self.file.by_ref().take(self.target as u64);
        ahead.read_to_end(&mut block)?;
        if block.last().is_some_and(|&last| last != b'\n') {
            self.file.read_until(b'\n', &mut block)?;
        }
        Ok((!block.is_empty()).then_some(block))
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.block().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_are_whole_lines_and_together_the_file(text in "[a-c\n]{0,60}", target in 1usize..20, buffer in 1usize..9) {
            let blocks = Blocks { file: BufReader::with_capacity(buffer, text.as_bytes()), target };
            let blocks: Vec<Vec<u8>> = blocks.map(|block| block.expect("memory can be read")).collect();
            prop_assert_eq!(blocks.concat(), text.as_bytes());
            for (at, block) in blocks.iter().enumerate() {
                prop_assert!(at + 1 == blocks.len() || (block.ends_with(b"\n") && block.len() >= target));
            }
        }
    }
}
