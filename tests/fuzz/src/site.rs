//! A small site in several scripts, which the targets search.

use std::collections::BTreeMap;

use searchlet_format::{Envelope, Expected, FileId, Packed, Root};
use searchlet_index::{Bundle, Document, Passage, Settings, build};

/// URL, language, title, lead, then a heading with what stands under it.
const PAGES: [[&str; 6]; 6] = [
    [
        "bees.html",
        "en",
        "Bees",
        "They hum, running from flower to flower.",
        "Hives",
        "A hive's bees: 1.5 kg of them.",
    ],
    [
        "cpp.html",
        "en",
        "C++ and std::vector",
        "Cyber-security, e-mail, foo_bar.",
        "--flag",
        "Don't run it twice!",
    ],
    ["haus.html", "de", "Häuser", "Die Straße mit den Häusern, groß.", "Größe", "Vier Häuser stehen dort."],
    ["cafe.html", "fr", "Le café", "L’été, qu’il fait chaud à l’œuvre.", "Où", "Élèves et élève, naïvement."],
    ["sora.html", "ja", "空の本", "東京都に行きました。カタカナ、ｶﾀｶﾅ。", "本", "空は青い。"],
    [
        "maths.html",
        "en",
        "𝒳 and ﬁ",
        "Ẽ e\u{301} İstanbul ǅ ß ŉ 👩‍👩‍👧 नमस्ते",
        "x\u{200D}y",
        "a\u{301}\u{302} ١٢٣ ²",
    ],
];

/// The files of a bundle without their wrapping.
#[derive(Clone, Default)]
pub struct Inflated {
    /// In the order of the root.
    pub heads: Vec<Vec<u8>>,
    /// By the name of the file.
    pub parts: BTreeMap<String, Vec<u8>>,
}

/// Makes the bundle of the site.
///
/// # Panics
/// When it cannot be built, in which case there is nothing to search.
#[must_use]
pub fn site(settings: &Settings) -> Bundle {
    build(PAGES.map(document).to_vec(), &[], settings).expect("six documents can be indexed").bundle
}

/// The text of each passage as an excerpt would show it whole.
#[must_use]
pub fn texts() -> Vec<String> {
    let passages = PAGES.into_iter().flat_map(|page| document(page).passages);
    passages.map(|passage| passage.text.replace('\n', " ")).collect()
}

/// Takes the wrapping off each file of a bundle.
///
/// # Panics
/// When the bundle is not as it was built.
#[must_use]
pub fn inflated(bundle: &Bundle) -> Inflated {
    let packed = Packed::read(bundle.pack()).expect("it was packed");
    let root = packed.file("index.json").expect("a bundle has a root");
    let root = Root::read(&String::from_utf8_lossy(root)).expect("the root was written");
    let mut files = Inflated::default();
    for entry in root.heads {
        let digest = entry.digest().expect("a head is named by its digest");
        files.heads.push(inflate(packed.file(&entry.file), Expected::Head(digest)));
    }
    for name in packed.names() {
        if let Some(id) = part(name) {
            files.parts.insert(name.to_owned(), inflate(packed.file(name), Expected::Part(id)));
        }
    }
    files
}

/// What part a file is by its name.
fn part(name: &str) -> Option<FileId> {
    let (folder, number) = name.strip_suffix(".part")?.rsplit_once('.')?;
    let group = u64::from_str_radix(folder.rsplit('/').next()?, 16).ok()?;
    Some(FileId { group, number: number.parse().ok()? })
}

fn inflate(file: Option<&[u8]>, expected: Expected) -> Vec<u8> {
    let envelope = Envelope::open(file.expect("it is named"), expected).expect("it was sealed");
    let raw = miniz_oxide::inflate::decompress_to_vec_with_limit(envelope.payload, envelope.raw_len);
    raw.expect("it was deflated")
}

fn document([url, language, title, lead, heading, text]: [&str; 6]) -> Document {
    // Long enough that an excerpt must leave some of it out.
    let lead = format!("{lead} {}\n{lead}", "Words upon words. ".repeat(30));
    let below = Passage {
        heading: heading.to_owned(),
        level: 2,
        id: Some("below".to_owned()),
        text: text.to_owned(),
        ..Passage::default()
    };
    Document {
        url: url.to_owned(),
        title: title.to_owned(),
        language: Some(language.to_owned()),
        passages: vec![Passage { text: lead, ..Passage::default() }, below],
        ..Document::default()
    }
}
