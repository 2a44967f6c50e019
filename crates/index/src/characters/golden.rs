//! What the analyser makes of texts of many kinds, held in a file, so that any change of it shows in a diff.

use super::tables;
use searchlet_text::{Analyser, Endings, Kind, VERSION};
use std::path::Path;
use std::{env, fs};

/// Where the tokens are held, from the top of the checkout.
const GOLDEN: &str = "tests/golden/analysis.txt";

/// Texts, each with its language.
const TEXTS: &[(&str, &str)] = &[
    ("en", "The quick, “brown” fox’s don't jump—over."),
    ("en", "state-of-the-art foo_bar a.b rock'n'roll O’Reilly e-mail COVID-19"),
    ("en", "C++ C# F# .NET std::vector<T> Array.prototype.map map() <body class> AT&T"),
    ("en", ":nth-child ::after @font-face --flag $path #tag user@host /etc/hosts"),
    ("en", "a ??= b (===) x==y -- ======= &&"),
    (
        "en",
        "fooBar HTTPServer getElementById JavaScript URLs XMLHttpRequest iPhone isNaN utf8Decode my_innerHTML",
    ),
    ("en", "1.5.2 v1.5.2 v8 2024-05-01 3,000 1.5 10km x² ½ Ⅻ 127.0.0.1"),
    ("en", "naïve cafe\u{301} so\u{AD}ft ﬁle Ｗｉｄｅ 😀 smile"),
    ("de", "Straße Häuser Krankenversicherung Kranken-Versicherung ẞ"),
    ("fr", "l’eau l'École qu’il aujourd’hui cœur d'été"),
    ("es", "¿Qué pingüino canción? año público publicó"),
    ("ca", "col·legi coŀlegi"),
    ("ro", "oraşul orașul ţara t\u{326}ara în"),
    ("cs", "žluťoučký kůň"),
    ("pt", "avó avô coração"),
    ("sv", "får för"),
    ("hu", "őrült"),
    ("pl", "Łódź książka"),
    ("vi", "Việt Vie\u{302}\u{323}t Nam đường hoá hóa"),
    ("tr", "İSTANBUL ISPARTA ışık"),
    ("fi", "yöllä"),
    ("is", "Þórður"),
    ("da", "smørrebrød æble"),
    ("ru", "Ещё ёлка и\u{306}од книги"),
    ("el", "Ο άνθρωπος ΟΔΟΣ Μαΐου"),
    ("hy", "Հայաստան"),
    ("ka", "საქართველო"),
    ("he", "שָׁלוֹם צה״ל בית־ספר ג׳ירפה"),
    ("ar", "والكتاب مُحَمَّد محمـــد أحمد مدرسة على ١٢٣ كتاب؟"),
    ("fa", "كتاب ايران می‌روم کتاب‌ها خانهٔ ۱۲۳"),
    ("hi", "हिन्दी ज़रूर २०२४ बात।"),
    ("bn", "বাংলা ১২৩"),
    ("ta", "தமிழ் மொழிகள்"),
    ("am", "አማርኛ፡ነው"),
    ("th", "ภาษาไทย น้ำ ๒๕๖๗"),
    ("lo", "ພາສາລາວ"),
    ("km", "ភាសាខ្មែរ"),
    ("my", "မြန်မာ"),
    ("ko", "한국어 문서"),
    ("ja", "全文検索エンジン サーバー ﾒﾓﾘ ＡＢＣ v2版 人々 ユーザー・名"),
    ("zh", "你好，世界 ２０２４年 字"),
];

/// The tokens of all texts, one in a line: position, span, kind, term, and what was written where it is something else.
fn written() -> String {
    let mut lines = vec![
        "# Tokens: position, span, kind, term, text where it differs. `cargo xtask bless` rewrites this."
            .to_owned(),
        format!("version {VERSION}"),
    ];
    for (language, text) in TEXTS {
        lines.push(format!("\n{language}: {text}"));
        let analyser = Analyser::new(tables(&text.chars().collect(), language, Endings::default()));
        analyser.each(text, &mut |token| {
            let kind = match token.kind {
                Kind::Word => "word",
                Kind::Operator => "operator",
                Kind::Again => "again",
                Kind::Signed => "signed",
                Kind::Accented => "accented",
                Kind::Inner => "inner",
            };
            let written = &text[token.start..token.end];
            let written = if written == token.term { "" } else { written };
            // What is not seen is shown as a plus.
            let term = token.term.replace('\u{1}', "+");
            let line = format!("{:>3} {} {kind:<8} {term} {written}", token.position, token.span);
            lines.push(line.trim_end().to_owned());
        });
    }
    lines.join("\n") + "\n"
}

/// The text between the headings of two texts, by heading.
fn blocks(golden: &str) -> impl Iterator<Item = (&str, &str)> {
    golden.split("\n\n").skip(1).filter_map(|block| block.split_once('\n'))
}

#[test]
fn the_analysis_is_as_it_is_held_and_its_version_changes_with_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(GOLDEN);
    let (held, found) = (fs::read_to_string(&path).unwrap_or_default(), written());
    let is_same_version = held.contains(&format!("\nversion {VERSION}\n"));
    let changed = blocks(&held).find_map(|(heading, tokens)| {
        let now = blocks(&found).find(|block| block.0 == heading)?.1;
        (now.trim_end() != tokens.trim_end()).then(|| format!("{heading}\nheld:\n{tokens}\nfound:\n{now}"))
    });
    if let Some(changed) = changed.filter(|_| is_same_version) {
        panic!(
            "the analysis of this text has changed, so an index that was made before would not find it: raise \
             `VERSION` in crates/text/src/analyser.rs, then `cargo xtask bless`. (If no index of version {VERSION} was \
             ever given away, delete {GOLDEN} instead.)\n{changed}"
        );
    }
    if env::var_os("BLESS").is_some() {
        fs::write(&path, &found).expect("the golden file can be written");
    } else {
        assert!(
            held == found,
            "{GOLDEN} lacks texts, or is of another version: `cargo xtask bless` rewrites it"
        );
    }
}
