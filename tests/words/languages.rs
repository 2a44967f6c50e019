//! Words of many languages are found in the forms, with the marks and in the letters that people type.

use super::{Case, check};

const CASES: &[(&str, &[Case])] = &[
    (
        "ru",
        &[
            ("Книги, много книг", "КНИГ ", true),
            ("Ещё раз ёлка", "еще елка", true),
            ("слово\u{301}", "слово", true),
        ],
    ),
    ("uk", &[("сім’я і мова", "сім'я", true), ("сім’я і мова", "сімя", true)]),
    (
        "el",
        &[
            ("Ο άνθρωπος μιλάει", "ανθρωπος", true),
            ("Ο άνθρωπος μιλάει", "ΑΝΘΡΩΠΟΣ", true),
            ("Η ΟΔΟΣ ΑΥΤΗ ΕΙΝΑΙ ΜΕΓΑΛΗ ΠΟΛΥ", "οδός ", true),
        ],
    ),
    (
        "hi",
        &[
            ("वह किताब और किताबें पढ़ता है", "किताबें ", true),
            ("मुझे ज़रूर बताना", "जरूर", true),
            ("हम २०२४ में मिले थे, फिर गए", "2024", true),
            ("यह बात है। अब चलो, सुनो", "बात?", true),
        ],
    ),
    ("bn", &[("বাংলা ভাষা শেখার ১২৩ উপায়", "123", true), ("বাংলা ভাষা", "বাংলা ", true)]),
    ("ta", &[("தமிழ் மொழிகள்", "மொழிகள்", true)]),
    (
        "th",
        &[
            ("ภาษาไทยง่ายนิดเดียว", "ไทย", true),
            ("ภาษาไทยง่ายนิดเดียว พ.ศ. ๒๕๖๗", "2567", true),
            ("ภาษาไทยง่ายนิดเดียว 2567", "๒๕๖๗", true),
        ],
    ),
    ("lo", &[("ພາສາລາວ", "ລາວ", true)]),
    ("km", &[("ភាសាខ្មែរ", "ខ្មែរ", true)]),
    ("my", &[("မြန်မာဘာသာ", "ဘာသာ", true)]),
    (
        "tr",
        &[
            ("İSTANBUL ve ISPARTA", "istanbul", true),
            ("İSTANBUL ve ISPARTA", "ısparta", true),
            ("Işık kitap kitapları", "isik", true),
            ("Işık kitap kitapları", "kitaplarım ", false),
            ("Işık kitap kitapları", "kitaplar ", false),
        ],
    ),
    ("vi", &[("Việt Nam, đường phố", "viet nam", true), ("Việt Nam, đường phố", "Đường", true)]),
    (
        "ro",
        &[
            ("oraşul şi ţara", "orașul", true),
            ("orașul și țara", "oraşul ţara", true),
            ("orașul și țara", "orasul tara", true),
        ],
    ),
    (
        "es",
        &[
            ("El niño canta una canción, dos canciones", "nino canciones ", true),
            ("¿Qué pingüino?", "que pinguino", true),
        ],
    ),
    (
        "fr",
        &[
            ("l’eau et l'École, le cheval, les chevaux", "eau", true),
            ("l’eau et l'École", "l'eau", true),
            ("l’eau et l'École", "ecole", true),
            ("cœur aujourd’hui", "coeur aujourd'hui", true),
            ("un coeur", "cœur", true),
        ],
    ),
    ("it", &[("dell'acqua perché un’altra", "acqua altra perche", true)]),
    (
        "ca",
        &[
            ("el col·legi", "collegi", true),
            ("el coŀlegi", "col·legi", true),
            ("el col·legi", "coŀlegi", true),
        ],
    ),
    ("ko", &[("학교에서 한국어 공부", "학교", true), ("학교에서 한국어 공부", "한국", true)]),
    (
        "he",
        &[
            ("שָׁלוֹם לכולם", "שלום", true),
            ("צה״ל בבית־ספר", "צהל", true),
            ("צה״ל בבית־ספר", "ספר", true),
            ("צה\"ל של ישראל, כך אמרו פה", "צה״ל", true),
            ("ג'ירפה גדולה מאוד, הלכה שם בדרך", "ג׳ירפה", true),
        ],
    ),
    (
        "fa",
        &[
            ("كتاب ايران", "کتاب ایران", true),
            ("کتاب خوب ایران و دشت سبز مهر", "كتاب ايران", true),
            ("می‌روم با کتاب‌ها", "میروم", true),
            ("می‌روم با کتاب‌ها", "می روم", true),
            ("می‌روم با کتاب‌ها", "کتاب ", true),
            ("کتابها را آوردند ۱۲۳", "کتاب‌ها", true),
            ("کتابها را آوردند ۱۲۳", "123", true),
        ],
    ),
    (
        "ar",
        &[
            ("والكتاب في المدرسة", "كتاب مدرسه", true),
            ("أحمد على إسلام", "احمد علي اسلام", true),
            ("مُحَمَّد ومحمـــد", "محمد", true),
            ("كان عام ١٤٤٥ جميلا بهم", "1445", true),
            ("هل هذا كتاب جديد لك", "كتاب؟", true),
        ],
    ),
    ("ur", &[("پاکستان میں ہم رہتے ہیں اور کام", "پاكستان", true)]),
    (
        "de",
        &[
            ("Straße und Häuser, ein Haus", "strasse hauser", true),
            ("STRASSE", "Straße", true),
            ("Krankenversicherung", "krankenver", true),
            ("Kranken-Versicherung", "krankenversicherung", true),
            ("Krankenversicherung", "kranken-versicherung", true),
        ],
    ),
    ("pl", &[("Łódź, książka i książki", "lodz ksiazki ", true)]),
    ("fi", &[("talo ja talossa yöllä", "talossa yolla", true)]),
    ("is", &[("Þórður", "thordur", true)]),
    ("da", &[("smørrebrød og æble", "smorrebrod aeble", true)]),
    (
        "ja",
        &[
            ("全文検索エンジン", "検索", true),
            ("サーバー", "サーバ", true),
            ("JavaScriptの関数", "関数", true),
            ("ＡＢＣ", "abc", true),
            ("これはABCとサーバーのことです", "ＡＢＣ", true),
            ("これはサーバーとメモリのことです", "ﾒﾓﾘ", true),
            ("人々が", "人々", true),
        ],
    ),
    (
        "zh",
        &[("全文搜索引擎", "搜索", true), ("２０２４年中国", "2024年", true), ("你好，世界", "好世", false)],
    ),
    ("ka", &[("საქართველო", "საქართველო", true)]),
    ("am", &[("አማርኛ ቋንቋ፡ነው", "ቋንቋ", true)]),
];

#[test]
fn words_are_found_as_their_writers_type_them() {
    for (language, cases) in CASES {
        check(language, cases);
    }
}

#[test]
fn a_form_that_no_document_has_is_led_to_its_kin() {
    // A form that the documents lack is led to its kin by an ending that other words of theirs have.
    for (language, case) in [
        ("ru", ("книга с книгами, карта", "картами ", true)),
        ("en", ("jump jumping walk", "walking ", true)),
        ("de", ("Haus Hauses Baum", "Baumes ", true)),
        ("es", ("casa casas mesa", "mesas ", true)),
        ("fi", ("talo talossa kala", "kalassa ", true)),
        ("tr", ("kitap kitaplar çocuk", "çocuklar ", true)),
        ("tlh", ("jump jumping walk", "walking ", false)),
    ] {
        check(language, &[case]);
    }
}

#[test]
fn the_end_of_a_compound_finds_it_where_no_document_has_the_word() {
    for (text, query) in [("Krankenversicherung", "Versicherung"), ("Donaudampfschifffahrt", "Schifffahrt")] {
        let found = super::found("de", text, query);
        assert!(found.hits.iter().any(|hit| hit.missing.is_empty()), "{query}: {found:?}");
    }
}
