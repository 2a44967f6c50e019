//! Turns an inverted index into the files of a head and its parts.

mod bodies;
mod columns;
mod files;
mod meta;
mod prefixes;
mod spellings;
mod texts;

use crate::analyse::Analysed;
use crate::cache::{Key, Memo, Memos};
use crate::columns::{Columns, named};
use crate::invert::Inverted;
use crate::runs::Pieces;
use crate::{BuildError, Document, Settings, varint};
use bodies::Bodies;
use files::{Block, Files};
use prefixes::{PrefixGatherer, Rows};
use rayon::prelude::*;
use searchlet_format::{
    Directory, EntriesWriter, Head, HeadEntry, Metadata, PartWriter, Section, StoredTables, digest,
    group_body, stray_body,
};
use searchlet_text::is_accented;
use std::ops::Range;

/// Terms are cut into blocks of about this many bytes, before deflating: smaller ones cost names in the head, larger
/// ones bytes that a search does not need.
const TERMS_BYTES: Range<usize> = 5000..11_000;

/// Text is cut into blocks of about this many bytes, before deflating: ten hits cost ten of them, and each is a file.
const TEXT_BYTES: Range<usize> = 3000..7200;

/// Up to so many blocks of terms, or of text, are as small as can be: files are few, and a search costs fewer bytes.
const FEW_BLOCKS: [usize; 2] = [128, 1024];

/// An index with at most this much text is one part: a single request for some 60 kB then answers every later search.
const WHOLE_BYTES: usize = 128 << 10;

/// Columns are cut into blocks of about this many bytes, before deflating: facets and order need all of one, so that
/// fewer files are better; a filter needs one.
const COLUMNS_BYTES: usize = 32_000;

/// So many blocks of terms are named as one group. More would make the head smaller, and an edited page would rename
/// more of them: most pages hold a word of a tenth of the blocks.
const TERMS_PER_GROUP: usize = 3;

/// So many blocks of prefixes: most pages hold a word of nearly all of them.
const PREFIXES_PER_GROUP: usize = 32;

/// Of the files, this many are not parts.
const OTHER_FILES: usize = 16;

/// So many groups are encoded at a time: enough for many threads to be busy, few beside all that an index has.
const GROUPS_AT_A_TIME: usize = 4096;

/// A group keeps the passages that it stands in unless it stands in more than one in so many documents.
const COMMON: usize = 8;

/// A group of so few documents always keeps them.
const FEW_DOCUMENTS: usize = 64;

/// The files of one language.
pub struct Encoded {
    /// The head's entry in the root.
    pub entry: HeadEntry,
    /// The head and the parts: name and bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Encodes documents that were analysed and inverted, in the order of their numbers; `keys` are their
/// fingerprints where there is a cache.
///
/// # Errors
/// `TooLarge` when there is more of something than the format holds; what inverting failed with.
pub fn encode(
    documents: Vec<Document>,
    (numbers, keys): (&[u32], &[Key]),
    analysed: &Analysed,
    inverted: Inverted,
    (language, columns): (&str, &Columns),
    settings: &Settings,
    memos: &Memos,
) -> Result<Encoded, BuildError> {
    let metadata = metadata(&documents, numbers, analysed, &inverted, language);
    let n_documents = metadata.documents;
    let values = columns::entries(&documents, numbers, columns);
    let chapters = texts::chapters(documents, numbers, keys);
    let (terms, prefixes, documents_of) = bodies(analysed, inverted, &metadata, settings, memos)?;
    let mut files = Files::new(settings.level_entries, &memos.parts);
    let mut directory = if settings.part_bytes.is_none() && texts::size(&chapters) <= WHOLE_BYTES {
        let mut part = PartWriter::default();
        part.add(Section::Terms, terms_section(&terms, 0..terms.count(), &[]));
        part.add(Section::Prefixes, entries_section(&prefixes, 0..prefixes.count()));
        part.add(Section::Documents, texts::whole(&chapters));
        part.add(Section::Columns, entries_section(&values, 0..values.count()));
        files.whole(part)?
    } else {
        let spellings = spellings::spellings(analysed, &documents_of);
        let budget = settings.max_files.saturating_sub(OTHER_FILES).max(8);
        let target = |size: usize, few: usize, bytes: &Range<usize>| {
            settings.part_bytes.unwrap_or_else(|| (size / few).clamp(bytes.start, bytes.end))
        };
        let terms_target = target(terms.n_bytes(), FEW_BLOCKS[0], &TERMS_BYTES);
        let text_target = target(texts::size(&chapters), FEW_BLOCKS[1], &TEXT_BYTES);
        // Where there are too many files for the budget, blocks grow. Those of text grow twice as fast: large ones deflate
        // better, and several hits of a search share one.
        let grown = (1..).map(|step| (terms_target * (step + 15) / 16, text_target * (step + 7) / 8));
        let fits = |&(terms_target, text_target): &(usize, usize)| {
            settings.part_bytes.is_some()
                || terms.cut(terms_target).len()
                    + prefixes.cut(terms_target).len()
                    + spellings.cut(terms_target).len()
                    + values.cut(terms_target.max(COLUMNS_BYTES)).len()
                    + texts::count(&chapters, text_target)
                    <= budget
        };
        let (terms_target, text_target) = grown.take(4096).find(fits).unwrap_or((usize::MAX, usize::MAX));
        let cut = terms.cut(terms_target);
        let strays = strays(analysed, &cut);
        let block = |((first, range), strays): (Cut, Vec<Stray>)| Block {
            first,
            bytes: terms_section(&terms, range, &strays),
        };
        let of_terms = grouped(cut.into_iter().zip(strays), TERMS_PER_GROUP, block);
        let block = |(first, range): Cut| Block { first, bytes: entries_section(&spellings, range) };
        let of_spellings = grouped(spellings.cut(terms_target).into_iter(), PREFIXES_PER_GROUP, block);
        let columns_target = settings.part_bytes.unwrap_or(COLUMNS_BYTES).max(terms_target);
        let block = |(first, range): Cut| Block { first, bytes: entries_section(&values, range) };
        let of_columns = grouped(values.cut(columns_target).into_iter(), PREFIXES_PER_GROUP, block);
        let block = |(first, range): Cut| Block { first, bytes: entries_section(&prefixes, range) };
        let of_prefixes = grouped(prefixes.cut(terms_target).into_iter(), PREFIXES_PER_GROUP, block);
        Directory {
            terms: files.add(of_terms, Section::Terms)?,
            prefixes: files.add(of_prefixes, Section::Prefixes)?,
            spellings: files.add(of_spellings, Section::Spellings)?,
            documents: files
                .add_deflated(texts::groups(chapters, text_target, &memos.texts), Section::Documents)?,
            columns: files.add(of_columns, Section::Columns)?,
            keys: Vec::new(),
        }
    };
    directory.keys = named(columns);
    let head = Head { metadata, tables: stored(analysed), directory };
    let head = files::head(&head, &memos.parts)?;
    let file = format!("{language}.{:016x}.head", digest(&head));
    let mut files = files.finish();
    files.push((file.clone(), head));
    Ok(Encoded { entry: HeadEntry { language: language.to_owned(), documents: n_documents, file }, files })
}

/// The terms, the prefixes that are prepared, and of each group how many documents hold it.
fn bodies(
    analysed: &Analysed,
    inverted: Inverted,
    metadata: &Metadata,
    settings: &Settings,
    memos: &Memos,
) -> Result<(Bodies, Bodies, Vec<u32>), BuildError> {
    let memo = &memos.terms;
    let mut terms = Bodies::default();
    let (mut documents, mut keys) = (Vec::new(), Vec::new());
    let mut prefixes = {
        let (documents, numbers) = (metadata.documents as usize, metadata.numbers as usize);
        PrefixGatherer::new(documents, numbers, settings.prefix_postings)
    };
    let common = (metadata.documents as usize / COMMON).max(FEW_DOCUMENTS);
    let (partners, synonyms) = (analysed.partners(), analysed.synonyms());
    let form = |group: u32, bit: usize| {
        let form = analysed.groups[group as usize].forms[bit];
        &*analysed.forms[form as usize].folded
    };
    let mut merge = inverted.merge();
    let mut first = 0;
    loop {
        // Some at a time, so that encoding is done side by side and takes up little memory.
        let pieces: Vec<Pieces> = merge.by_ref().take(GROUPS_AT_A_TIME).collect::<Result<_, _>>()?;
        if pieces.is_empty() {
            break;
        }
        let encoded: Vec<Encoding> = pieces
            .par_iter()
            .zip(first..first + pieces.len())
            .map(|(pieces, group)| {
                let group_key = &*analysed.groups[group].key;
                let forms = 0..analysed.groups[group].forms.len();
                let endings: Vec<&str> =
                    forms.map(|bit| &form(group as u32, bit)[group_key.len()..]).collect();
                let (partners, synonyms) = (&*partners[group], &*synonyms[group]);
                let encode = || {
                    let mut postings = merge.postings(pieces)?;
                    let rows = Rows::of(&postings);
                    if postings.documents.len() > common {
                        postings.forget_passages();
                    }
                    Ok((group_body(&endings, partners, synonyms, &postings), rows))
                };
                let (body, rows) = if memo.is_on() {
                    let key = key(group_key, &endings, partners, synonyms, common, pieces);
                    known(memo, key, encode)?
                } else {
                    encode()?
                };
                let key = memo.is_on().then(|| rows.key(group_key, &endings));
                Ok(Encoding { endings, body, rows, key })
            })
            .collect::<Result<_, BuildError>>()?;
        for (group, Encoding { endings, body, rows, key }) in analysed.groups[first..].iter().zip(encoded) {
            terms.push(&group.key, &body);
            documents.push(rows.count);
            prefixes.add(&group.key, &endings, rows);
            keys.extend(key);
        }
        first += pieces.len();
    }
    let prefixes = prefixes.finish(&form, &keys, &memos.prefixes);
    Ok((terms, prefixes, documents))
}

/// A group, encoded.
struct Encoding<'a> {
    endings: Vec<&'a str>,
    body: Vec<u8>,
    rows: Rows,
    /// What tells it from others as far as prefixes go, where there is a cache.
    key: Option<Key>,
}

/// What the body of a group follows from.
fn key(
    key: &str,
    endings: &[&str],
    partners: &[u8],
    synonyms: &[(String, String)],
    common: usize,
    pieces: &Pieces,
) -> Key {
    let mut given = Vec::new();
    varint::write_slice(&mut given, key.as_bytes());
    varint::write(&mut given, endings.len() as u32);
    endings.iter().for_each(|ending| varint::write_slice(&mut given, ending.as_bytes()));
    varint::write_slice(&mut given, partners);
    varint::write(&mut given, synonyms.len() as u32);
    let phrases = synonyms.iter().flat_map(|(typed, meant)| [typed, meant]);
    phrases.for_each(|phrase| varint::write_slice(&mut given, phrase.as_bytes()));
    given.extend((common as u64).to_le_bytes());
    given.extend_from_slice(pieces.bytes());
    Key::of(&given)
}

/// The body of a group and its rows, which are worked out unless they are known.
fn known(
    memo: &Memo,
    key: Key,
    work: impl FnOnce() -> Result<(Vec<u8>, Rows), BuildError>,
) -> Result<(Vec<u8>, Rows), BuildError> {
    let read = |mut bytes: &[u8]| {
        let rows = Rows::read(&mut bytes)?;
        Some((bytes.to_vec(), rows))
    };
    if let Some(known) = memo.get(key).and_then(read) {
        return Ok(known);
    }
    let (body, rows) = work()?;
    let mut bytes = Vec::new();
    rows.write(&mut bytes);
    bytes.extend_from_slice(&body);
    memo.put(key, bytes);
    Ok((body, rows))
}

/// What a block begins with, and which keys it has.
type Cut = (Box<str>, Range<usize>);

/// A form that stands in another block than its group, and the key of that.
type Stray = (String, String);

/// Of each block of terms, the forms that would stand in it and whose groups do not; ascending.
fn strays(analysed: &Analysed, blocks: &[Cut]) -> Vec<Vec<Stray>> {
    let mut strays = vec![Vec::new(); blocks.len()];
    for (home, block) in blocks.iter().enumerate() {
        let Some((next, _)) = blocks.get(home + 1) else { break };
        for group in &analysed.groups[block.1.clone()] {
            let forms = group.forms.iter().map(|&form| &analysed.forms[form as usize].folded);
            for form in forms.filter(|form| ***form >= **next) {
                let place = blocks.partition_point(|block| *block.0 <= **form) - 1;
                strays[place].push((form.clone(), group.key.clone()));
            }
        }
    }
    strays.iter_mut().for_each(|strays| strays.sort());
    strays
}

/// Groups of so many blocks. A block is made when its group is taken, so that few are in memory at a time.
fn grouped<C: Send, K: Send>(
    cuts: impl Iterator<Item = C>,
    per_group: usize,
    block: impl Fn(C) -> Block<K> + Sync + Send,
) -> impl IndexedParallelIterator<Item = Vec<Block<K>>> {
    let mut groups: Vec<Vec<C>> = Vec::new();
    for cut in cuts {
        match groups.last_mut() {
            Some(group) if group.len() < per_group => group.push(cut),
            _ => groups.push(vec![cut]),
        }
    }
    groups.into_par_iter().map(move |group| group.into_iter().map(&block).collect())
}

fn terms_section(bodies: &Bodies, range: Range<usize>, strays: &[Stray]) -> Vec<u8> {
    let mut writer = EntriesWriter::default();
    let mut strays = strays.iter().peekable();
    for (key, body) in bodies.range(range) {
        while let Some((form, home)) = strays.next_if(|stray| *stray.0 <= *key) {
            writer.add(form, &stray_body(home));
        }
        writer.add(key, body);
    }
    strays.for_each(|(form, home)| writer.add(form, &stray_body(home)));
    writer.finish()
}

fn entries_section(bodies: &Bodies, range: Range<usize>) -> Vec<u8> {
    let mut writer = EntriesWriter::default();
    bodies.range(range).for_each(|(key, body)| writer.add(key, body));
    writer.finish()
}

fn metadata(
    documents: &[Document],
    numbers: &[u32],
    analysed: &Analysed,
    inverted: &Inverted,
    language: &str,
) -> Metadata {
    // A word with its accents is there once more, and no other.
    let words = analysed.forms.iter().filter(|form| !is_accented(&form.folded)).count();
    let n_accented = analysed.forms.len() - words;
    Metadata {
        analyser: searchlet_text::VERSION,
        language: language.to_owned(),
        documents: documents.len() as u32,
        numbers: numbers.last().map_or(0, |last| last + 1),
        passages: documents.iter().map(|document| document.passages.len() as u64).sum(),
        words: inverted.words,
        groups: (analysed.groups.len() - n_accented) as u64,
        forms: words as u64,
    }
}

fn stored(analysed: &Analysed) -> StoredTables {
    let tables = &analysed.tables;
    StoredTables {
        classes: tables.classes().iter().map(|&(character, class)| (character, class as u8)).collect(),
        folds: tables.folds().to_vec(),
        endings: tables.endings().iter().map(Into::into).collect(),
    }
}
