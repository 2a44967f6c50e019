//! Reads the documents of all input files.

use crate::cache::{Cache, Key, Memo, read_documents, write_documents};
use crate::extract::{Extracted, extract, extract_by, json};
use crate::source::{Kind, Source};
use crate::varint;
use crate::{BuildError, Document, InputSettings, Problem, site_name, source};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many blocks of lines are read before their records are: enough for a machine of many cores to be busy, few
/// enough to take up little memory.
const BLOCKS_AT_A_TIME: usize = 16;

/// What the input files came to.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The documents, in the order of their files.
    pub documents: Vec<Document>,
    /// What went wrong, in the order of the files.
    pub problems: Vec<Problem>,
    /// How many files were found.
    pub files: usize,
    /// How many pages asked not to be indexed, or only send their readers to another page.
    pub n_withheld: usize,
    /// How many pages were left out because they have no body where others mark theirs, or where the rules say what it
    /// is.
    pub n_bodiless: usize,
    /// How many files beside pages were passed over because they hold no records, though their name says JSON.
    pub n_assets: usize,
}

/// Reads all documents in files and folders. `progress` is told from time to time how many
/// of how many files are done. Runs on all threads of the current pool, and gives the same for any number of them.
///
/// # Errors
/// `NothingToIndex` when no input was named. An input that cannot be read is a problem among the others.
pub fn gather(
    inputs: &[PathBuf],
    settings: &InputSettings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, BuildError> {
    gather_with(&Cache::default(), inputs, settings, progress)
}

/// Does what [`gather`] does, and takes from a cache what is made of files that have not changed. They are read all the
/// same: what they hold is what tells.
///
/// # Errors
/// As [`gather`]. A cache that cannot be written is a problem among the others.
pub fn gather_with(
    cache: &Cache,
    inputs: &[PathBuf],
    settings: &InputSettings,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, BuildError> {
    if inputs.is_empty() {
        return Err(BuildError::NothingToIndex { inputs: Vec::new() });
    }
    let (sources, problems) = source::find(inputs, settings);
    let done = AtomicUsize::new(0);
    let memo = cache.memo("documents");
    let rules = Key::of(format!("{:?}", settings.rules).as_bytes());
    let extracted: Vec<Extracted> = sources
        .par_iter()
        .map(|source| {
            let extracted = match source.kind {
                Kind::JsonLines => lines(source, &memo),
                _ => source::read(source).map(|bytes| {
                    let work = || (extract_by(source, &bytes, &settings.rules), 0);
                    known(&memo, source, &bytes, rules, work).0
                }),
            };
            let mut extracted = extracted
                .unwrap_or_else(|problem| Extracted { problems: vec![problem], ..Extracted::default() });
            for document in &mut extracted.documents {
                document.weight = settings.weight(&source.name, &document.url).unwrap_or(document.weight);
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, sources.len());
            extracted
        })
        .collect();
    let unkept = cache.keep(memo);
    let mut gathered = Gathered { problems, files: sources.len(), ..Gathered::default() };
    let titles: Vec<&str> =
        extracted.iter().map(|extracted| &*extracted.head_title).filter(|title| !title.is_empty()).collect();
    let site_name = site_name::common_end(&titles).map(str::to_owned);
    let marks_body = extracted.iter().any(|extracted| extracted.marks_body);
    let has_pages = sources.iter().any(|source| source.kind == Kind::Html);
    for (source, mut extracted) in sources.iter().zip(extracted) {
        let is_named = || inputs.contains(&source.path);
        if has_pages && source.kind == Kind::Json && extracted.documents.is_empty() && !is_named() {
            // What a site's scripts read: a manifest, the index of another search.
            gathered.n_assets += 1;
            continue;
        }
        if marks_body && !extracted.marks_body {
            // Whoever marks bodies has chosen which pages are to be found.
            let before = extracted.documents.len();
            extracted.documents.retain(|document| !document.is_page);
            gathered.n_bodiless += before - extracted.documents.len();
        }
        gathered.n_bodiless += extracted.n_bodiless;
        if let Some(site_name) = &site_name {
            // A title that is all of <title> is one that nothing in the page tells from the site's name.
            let is_whole =
                |document: &&mut Document| document.is_page && document.title == extracted.head_title;
            for document in extracted.documents.iter_mut().filter(is_whole) {
                if let Some(own) = document.title.strip_suffix(&**site_name) {
                    document.title = own.trim_end().to_owned();
                }
            }
        }
        gathered.documents.append(&mut extracted.documents);
        gathered.problems.append(&mut extracted.problems);
        gathered.n_withheld += extracted.n_withheld;
    }
    gathered.problems.extend(unkept);
    Ok(gathered)
}

/// What some bytes of a file come to, and of how many lines they are, which is worked out unless it is known.
fn known(
    memo: &Memo,
    source: &Source,
    bytes: &[u8],
    rules: Key,
    work: impl FnOnce() -> (Extracted, usize),
) -> (Extracted, usize) {
    if !memo.is_on() {
        return work();
    }
    // All of a source that shows in what is made of it, but for its path, which stands with problems and is added.
    let Source { url, name, path, kind } = source;
    let mut given = Key::of(bytes).bytes().to_vec();
    given.extend(rules.bytes());
    given.push(*kind as u8);
    for text in [url.as_bytes(), name.as_bytes(), path.file_name().unwrap_or_default().as_encoded_bytes()] {
        varint::write_slice(&mut given, text);
    }
    let key = Key::of(&given);
    let read = |mut bytes: &[u8]| {
        let n_lines = varint::read(&mut bytes)? as usize;
        Some((read_documents(bytes, path)?, n_lines))
    };
    memo.get(key).and_then(read).unwrap_or_else(|| {
        let (extracted, n_lines) = work();
        let mut bytes = Vec::new();
        varint::write(&mut bytes, n_lines as u32);
        bytes.extend(write_documents(&extracted));
        memo.put(key, bytes);
        (extracted, n_lines)
    })
}

/// Reads a file of records, some blocks of it at a time, since such a file may be larger than all else. Gives what
/// [`extract`] gives for the whole of it.
fn lines(source: &Source, memo: &Memo) -> Result<Extracted, Problem> {
    let mut blocks = source::blocks(source)?;
    let unreadable = |error| source::unreadable(source.path.clone(), &error);
    if !json::is_by_lines(blocks.beginning().map_err(unreadable)?) {
        return Ok(extract(source, &blocks.rest().map_err(unreadable)?));
    }
    let mut all = Extracted::default();
    let mut n_lines = 0;
    loop {
        let some: Vec<Vec<u8>> =
            blocks.by_ref().take(BLOCKS_AT_A_TIME).collect::<Result<_, _>>().map_err(unreadable)?;
        if some.is_empty() {
            break;
        }
        let block =
            |bytes: Vec<u8>| known(memo, source, &bytes, Key::of(b""), || json::block(source, &bytes));
        let some: Vec<(Extracted, usize)> = some.into_par_iter().map(block).collect();
        for (mut extracted, lines_of_it) in some {
            extracted
                .problems
                .iter_mut()
                .for_each(|problem| problem.line = problem.line.map(|line| line + n_lines));
            n_lines += lines_of_it;
            all.documents.append(&mut extracted.documents);
            all.problems.append(&mut extracted.problems);
        }
    }
    // What holds no record at all is told as it is of every other file.
    if all.documents.is_empty() && all.problems.is_empty() { Ok(extract(source, b"")) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_both_ways(bytes: &[u8]) -> [String; 2] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data.jsonl");
        std::fs::write(&path, bytes).expect("written");
        let source = Source { path, ..Source::of("data.jsonl", Kind::JsonLines) };
        [lines(&source, &Memo::default()).expect("read"), extract(&source, bytes)]
            .map(|extracted| format!("{extracted:?}"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn records_are_those_of_the_whole_file(
            lines in prop::collection::vec(r#"\{"id": [1-9]{1,3}, "text": "[a-z ]{0,30}"\}|broken| {0,3}"#, 0..30),
            end in "\r?\n",
        ) {
            let [by_blocks, whole] = read_both_ways(lines.join(&end).as_bytes());
            prop_assert_eq!(by_blocks, whole);
        }
    }

    #[test]
    fn lines_are_counted_on_from_block_to_block() {
        let record = format!("{{\"id\": 1, \"text\": \"{}\"}}\n\nbroken\n", "word ".repeat(60_000));
        let [by_blocks, whole] = read_both_ways(record.repeat(40).as_bytes());
        assert_eq!(by_blocks, whole);
    }

    #[test]
    fn a_file_that_says_what_else_it_is_is_decoded() {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend("{\"id\": \"é\"}\n{\"id\": 2}".encode_utf16().flat_map(u16::to_le_bytes));
        let [by_blocks, whole] = read_both_ways(&bytes);
        assert_eq!(by_blocks, whole);
        assert!(whole.contains("%C3%A9"), "{whole}");
    }
}
