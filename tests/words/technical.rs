//! Technical text is found whole, by part, and by the ways in which people type it.

use super::{Case, check};

const CASES: &[Case] = &[
    // Names with signs.
    ("written in C++ here", "c++", true),
    ("written in C++ here", "c ", true),
    ("written in C here", "c++", true),
    ("a C# program", "C#", true),
    ("an F# program", "f#", true),
    ("the .NET runtime", ".net", true),
    ("the .NET runtime", "net", true),
    ("AT&T and R&D", "r&d", true),
    // Paths of names.
    ("a std::vector<T> of it", "std::vector<T>", true),
    ("a std::vector<T> of it", "std::vector", true),
    ("a std::vector<T> of it", "std vector", true),
    ("a std::vector<T> of it", "vector", true),
    ("see Array.prototype.map for it", "Array.prototype.map", true),
    ("see Array.prototype.map for it", "array.prototype", true),
    ("see Array.prototype.map for it", "array prototype map", true),
    ("see Array.prototype.map for it", "prototype ", true),
    ("call map() on it", "map()", true),
    ("call map() on it", "map ", true),
    // Style sheets.
    ("the :nth-child selector", ":nth-child", true),
    ("the :nth-child selector", "nth-child", true),
    ("the :nth-child selector", "nth child", true),
    ("the :nth-child selector", "nthchild", true),
    ("an @font-face rule", "@font-face", true),
    ("an @font-face rule", "font face", true),
    ("an @font-face rule", "font-face", true),
    ("a ::before element", "::before", true),
    ("a ::before element", "before", true),
    // Operators and flags.
    ("a ??= b", "??=", true),
    ("a ??= b", "??", false),
    ("pass --flag to it", "--flag", true),
    ("pass --flag to it", "flag", true),
    ("pass --dry-run to it", "dry run", true),
    // Words that signs join.
    ("the content-security-policy header", "content-security-policy", true),
    ("the content-security-policy header", "content security policy", true),
    ("the Content-Security-Policy header", "contentsecuritypolicy", true),
    ("the content-security-policy header", "security ", true),
    ("call foo_bar here", "foo_bar", true),
    ("call foo_bar here", "foo bar", true),
    ("call foo_bar here", "foobar", true),
    ("call foo_bar here", "bar ", true),
    ("look into /etc/hosts now", "/etc/hosts", true),
    ("look into /etc/hosts now", "etc hosts", true),
    ("look into /etc/hosts now", "hosts", true),
    ("write to user@host today", "user@host", true),
    ("write to user@host today", "host ", true),
    // Identifiers.
    ("call fooBar here", "fooBar", true),
    ("call fooBar here", "foobar", true),
    ("call fooBar here", "foo bar", true),
    ("call fooBar here", "foo ", true),
    ("call fooBar here", "bar", true),
    ("call fooBar here", "bar ", true),
    ("the HTTPServer class", "HTTPServer", true),
    ("the HTTPServer class", "httpserver", true),
    ("the HTTPServer class", "http server", true),
    ("the HTTPServer class", "server ", true),
    ("use getElementById for it", "get element by id", true),
    ("use getElementById for it", "getElementById()", true),
    ("use getElementById for it", "element ", true),
    ("set my_innerHTML now", "html ", true),
    // Names are words, acronyms have plurals, data is no text.
    ("JavaScript is a language", "script ", false),
    ("JavaScript is a language", "java ", false),
    ("two URLs and three APIs", "url ", true),
    ("two URLs and three APIs", "ur ", false),
    ("base aGVsbG8gd29ybGQaGVsb end", "vsb ", false),
    // Numbers, versions, dates.
    ("since 1.5.2 of it", "1.5.2", true),
    ("since 1.5.2 of it", "1.5", true),
    ("since 1.5.2 of it", "15", false),
    ("since v1.5.2 of it", "1.5.2", true),
    ("since v1.5.2 of it", "v1.5.2", true),
    ("since 1.5.2 of it", "v1.5.2", true),
    ("on 2024-05-01 it was", "2024-05-01", true),
    ("on 2024-05-01 it was", "2024-05", true),
    ("on 2024-05-01 it was", "20240501", true),
    ("on 2024-05-01 it was", "2024 ", true),
    ("some 3,000 of them", "3,000", true),
    ("COVID-19 and x²", "covid19", true),
    ("COVID-19 and x²", "covid 19", true),
    ("COVID-19 and x²", "x2", true),
    ("an e-mail came", "email", true),
];

#[test]
fn technical_text_is_found_as_people_type_it() {
    check("en", CASES);
}
