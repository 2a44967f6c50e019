//! What plain texts of many kinds are read as.

use super::document;
use proptest::prelude::*;

/// Title, then headings.
fn outline(text: &str) -> (String, Vec<String>) {
    let document = document(text, None);
    (document.title, document.passages.into_iter().skip(1).map(|passage| passage.heading).collect())
}

const PROSE: &str =
    "The committee met in the small hall, as it does each spring, to hear what had been done.";

#[test]
fn a_marked_heading_is_the_title() {
    let (title, headings) =
        outline("# Bees\n\nSome words.\n\n## Hives\n\nMore words.\n\nNot a heading\n\nMore.");
    assert_eq!(title, "Bees");
    assert_eq!(headings, ["Hives"]);
}

#[test]
fn underlines_are_marks() {
    let (title, headings) = outline("Bees\r\n====\r\nText here.\r\n\r\nHives\r\n-----\r\nText.\r\n");
    assert_eq!(title, "Bees");
    assert_eq!(headings, ["Hives"]);
}

#[test]
fn a_block_of_comments_is_no_list_of_headings() {
    let (_, headings) =
        outline("# set the port\n# and the host\nport = 1\nhost = a\n\n# this is a comment\n# too\nx = 2\n");
    assert_eq!(headings, Vec::<String>::new());
}

#[test]
fn a_subtitle_may_stand_between_title_and_prose() {
    let text = format!("Spring meeting\n\nHALL, 3 MAY 2021\n\n{PROSE}\n\nFinances\n\n{PROSE}\n");
    let document = document(&text, None);
    assert_eq!(document.title, "Spring meeting");
    assert_eq!(document.passages[0].text, format!("HALL, 3 MAY 2021\n{PROSE}"));
    assert_eq!(document.passages[1].heading, "Finances");
    assert_eq!(document.passages[1].id.as_deref(), Some("finances"));
}

#[test]
fn one_notice_may_stand_before_the_title() {
    let text = format!("We never ask for your password. Report those who do.\n\nSpring meeting\n\n{PROSE}");
    let document = document(&text, None);
    assert_eq!(document.title, "Spring meeting");
    assert!(document.passages[0].text.starts_with("We never ask"));
}

#[test]
fn furniture_heads_nothing_and_stays_in_the_text() {
    let text =
        format!("Skip to content\n\nLogin\n\nAdvert\n\nSpring meeting\n\n{PROSE}\n\nAdvert\n\n{PROSE}");
    let (title, headings) = outline(&text);
    assert_eq!(title, "Spring meeting");
    assert_eq!(headings, Vec::<String>::new());
    assert_eq!(document(&text, None).passages[0].text.matches("Advert").count(), 2);
}

#[test]
fn chapter_and_section_are_both_headings_but_a_list_is_not() {
    let text = format!(
        "Title\n\n{PROSE}\n\nChapter\n\nSection\n\n{PROSE}\n\nOne\n\nTwo\n\nThree\n\n{PROSE}\n\nTail"
    );
    assert_eq!(outline(&text).1, ["Chapter", "Section", "Three"]);
}

#[test]
fn a_poem_has_its_first_line_for_a_title() {
    let poem = "The Kettle\n\nIt hums of rain\nand sings of tin,\n\nO hum again\n\nit lets us in\nand out again,\n\nO hum again\n";
    let (title, headings) = outline(poem);
    assert_eq!(title, "The Kettle");
    assert_eq!(headings, Vec::<String>::new());
    assert_eq!(document(poem, None).passages[0].text.lines().count(), 6);
}

#[test]
fn minutes_without_blank_lines_take_their_first_line() {
    let text = "Minutes of the garden club\nPresent: Ann, Bo.\nThe shed leaks.\n";
    let document = document(text, None);
    assert_eq!(document.title, "Minutes of the garden club");
    assert_eq!(document.passages[0].text, "Present: Ann, Bo.\nThe shed leaks.");
}

#[test]
fn a_log_has_no_title() {
    let log = "2021-05-03 12:00:01 INFO starting\n2021-05-03 12:00:02 WARN disk is slow\n";
    let document = document(log, None);
    assert_eq!(document.title, "");
    assert_eq!(document.passages[0].text.lines().count(), 2);
}

#[test]
fn a_single_paragraph_has_no_title() {
    assert_eq!(outline(PROSE), (String::new(), vec![]));
}

#[test]
fn capitals_are_headings_like_any_other() {
    let text = format!("NEWS OF THE WEEK\n\n{PROSE}\n\nWEATHER\n\n{PROSE}");
    assert_eq!(outline(&text), ("NEWS OF THE WEEK".to_owned(), vec!["WEATHER".to_owned()]));
}

#[test]
fn scripts_without_blanks_have_titles_too() {
    let text = "春の会合\n\n委員会は例年どおり小さなホールに集まり、これまでの活動についての報告を聞いた。\n\n財政\n\n会計係は昨年の収支を説明し、屋根の修理に費用がかかることを皆に伝えた。\n";
    assert_eq!(outline(text), ("春の会合".to_owned(), vec!["財政".to_owned()]));
}

#[test]
fn wrapped_lines_are_one_paragraph_again() {
    let text = "A title\n\nThis is a sentence that somebody wrapped at a column\nof their choice, as people did.\nShort line\nof verse\n";
    let document = document(text, None);
    assert_eq!(
        document.passages[0].text,
        "This is a sentence that somebody wrapped at a column of their choice, as people did.\nShort line\nof verse"
    );
}

#[test]
fn remnants_of_markup_go() {
    let text = "# T\n\n{:start=\"3\"}\n\nThe **bold claim** of 2**3 and 4**5, ** alone, **two** **more**.\n\n```\n# not a heading\n```\n";
    let document = document(text, None);
    assert_eq!(
        document.passages[0].text,
        "The bold claim of 2**3 and 4**5, ** alone, two more.\n# not a heading"
    );
    assert_eq!(document.passages.len(), 1);
}

#[test]
fn a_known_title_is_not_repeated() {
    let document = document(&format!("Spring meeting\n\n{PROSE}"), Some("Spring meeting".to_owned()));
    assert_eq!(document.passages[0].text, PROSE);
}

#[test]
fn the_seeds_have_the_titles_that_people_would_give_them() {
    for (seed, title) in [
        ("000_7c4ee614e3720f3f", "Strengthen Singapore’s collaboration with the international community"),
        (
            "001_54c65e376eacef12",
            "Singapore concludes fruitful chairmanship of the ASEAN Digital Ministers Meeting",
        ),
        (
            "002_0dad7d50271e7878",
            "S’pore, France to step up collaboration on cyber-security, digital technologies",
        ),
        ("003_88708dbad2e4c2d5", "Singapore and US collaborate on cyber security"),
        ("004_482bc1e1b9f55c44", "ASEAN Member States Agree to Strengthen Cyber Coordination"),
    ] {
        let path = format!("{}/../../seeds/{seed}.txt", env!("CARGO_MANIFEST_DIR"));
        let (found, headings) = outline(&std::fs::read_to_string(path).unwrap());
        assert!(found.starts_with(title), "{seed}: {found}");
        if seed.starts_with("001") {
            assert_eq!(
                headings[..4].join("|"),
                "Milestones Achieved under Singapore’s Chairmanship|AI Governance|Cybersecurity|ASEAN Regional CERT"
            );
        }
    }
}

#[test]
fn nothing_is_read_from_nothing() {
    for text in ["", "\n\n", " \r\n\t", "\0\0"] {
        assert_eq!(outline(text), (String::new(), vec![]));
    }
}

proptest! {
    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{1,8}|[A-Z][a-z]{1,8}\\.|\n|\n\n|# ", 0..60)) {
        let text = words.join(" ");
        let document = document(&text, None);
        let mut all = document.title.clone();
        for passage in &document.passages {
            all.push_str(&format!("\n{}\n{}", passage.heading, passage.text));
        }
        for word in text.split_whitespace().filter(|word| *word != "#") {
            prop_assert!(all.contains(word), "{word} of {text:?}");
        }
    }
}
