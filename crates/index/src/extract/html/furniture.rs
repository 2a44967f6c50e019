//! What in a page is about the site, or a way through it, and no text of the page.
//!
//! Generators mark most of it by elements and roles. What they mark by classes alone is known by these: the names are
//! those that generators and their common themes write, without regard to case, hyphens and underscores.

use super::measure::Measures;
use super::tree::{NodeId, Tree};

/// Classes of what is no text, wherever it stands.
const CLASSES: &[&str] = &[
    // Ways through the site.
    "breadcrumb",
    "breadcrumbs",
    "rustdocbreadcrumbs",
    "docsprevnext",
    "prevnext",
    "nextprev",
    "linksnextprev",
    "pagenav",
    "pagenavigation",
    "pagernav",
    "pager",
    "pagination",
    "paginationnav",
    "postnav",
    "postnavigation",
    "postpagination",
    "toctreewrapper",
    // Ways through the page.
    "toc",
    "pagetoc",
    "posttoc",
    "localtoc",
    "markdowntoc",
    "onthispage",
    "tableofcontents",
    "backtotop",
    "skiplink",
    "skipnav",
    "skiptocontent",
    // What only ears or scripts have.
    "sronly",
    "srronly",
    "visuallyhidden",
    "screenreaderonly",
    "screenreadertext",
    // Line numbers and buttons beside code.
    "linenos",
    "linenodiv",
    "lineno",
    "linenumber",
    "linenumberswrapper",
    "linenumbersrows",
    "lnt",
    "lnlinks",
    "rougegutter",
    "hljslnnumbers",
    "copybtn",
    "copybutton",
    "copycode",
    "codecopy",
    "clipboardbutton",
    "testarrow",
    "viewcodelink",
    // What is said of the file, not in it.
    "editlink",
    "editpage",
    "editthispage",
    "themeeditthispage",
    "editongithub",
    "viewthispage",
    "mdsourcefile",
    "lastupdated",
    "rightside",
    "hideme",
    "sharebuttons",
    "sharelinks",
    "socialshare",
    // What asks for leave.
    "cookiebanner",
    "cookiebar",
    "cookieconsent",
    "cookienotice",
    "cookiepopup",
    "cookiemodal",
];

/// How a link begins that leads to the file behind the page, or to other pages in their order.
const LINKS: &[&str] = &[
    "edit this page",
    "edit this section",
    "edit page",
    "edit on git",
    "edit source",
    "improve this page",
    "improve this doc",
    "suggest an edit",
    "suggest changes",
    "suggest edits",
    "report an issue with this page",
    "report a problem with this page",
    "view page source",
    "view this page on git",
    "view source on git",
    "back to top",
    "skip to content",
    "skip to main content",
];

/// The longest link that is compared with [`LINKS`], in bytes.
const MAX_LINK_BYTES: usize = 80;

/// A list of so many links into its own page and nothing else is a table of contents.
const MIN_CONTENTS: u32 = 2;

/// So many links are a menu, where little else stands beside them.
const MIN_MENU: u32 = 4;

/// Bytes beside each link of a list that are its number, such as `1.2 `.
const NUMBER_BYTES: u32 = 4;

/// Whether an element, of HTML and no heading, is furniture. Where the page says by no element what its text is
/// (`own_body` is false), menus are, too, if `menus_out`.
pub(super) fn is_furniture(
    tree: &Tree,
    measures: &Measures,
    id: NodeId,
    own_body: bool,
    menus_out: bool,
) -> bool {
    let Some(name) = tree.element(id) else { return false };
    match &**name {
        "html" | "body" | "main" | "article" | "section" | "pre" | "code" => return false,
        // Some servers wrap the whole page in a form.
        "form" => {
            let all = measures.at(Tree::ROOT).text();
            return u64::from(measures.at(id).text()) * 2 <= u64::from(all);
        }
        "dialog" => return tree.attribute(id, "open").is_none(),
        "ul" | "ol" if is_contents(measures, id) => return true,
        "a" if is_about_the_file(tree, measures, id) => return true,
        _ => {}
    }
    has_class(tree, id, name)
        || is_by_role(tree, id, own_body)
        || is_attribute(tree, id, "aria-hidden", "true")
        || tree.attribute(id, "data-nosnippet").is_some()
        || !own_body && menus_out && is_menu(measures, id, name)
}

fn is_attribute(tree: &Tree, id: NodeId, name: &str, value: &str) -> bool {
    tree.attribute(id, name).is_some_and(|found| found.eq_ignore_ascii_case(value))
}

fn has_class(tree: &Tree, id: NodeId, name: &str) -> bool {
    let is_known = |class: &str| {
        let letters =
            || class.bytes().filter(|byte| !matches!(byte, b'-' | b'_')).map(|b| b.to_ascii_lowercase());
        CLASSES.iter().any(|known| letters().eq(known.bytes()))
            || class == "ln" && name == "span"
            || class == "gutter" && name == "td"
            // The link of rustdoc to the source of an item, and what it says beside that.
            || class == "src" && name == "a"
            || class == "sub-heading" && name == "span"
            || class == "lang" && stands_over_code(tree, id)
    };
    tree.classes(id).any(is_known)
}

/// Whether it says the language of the code that it stands over.
fn stands_over_code(tree: &Tree, id: NodeId) -> bool {
    tree.parent(id).is_some_and(|parent| tree.classes(parent).any(|class| class.starts_with("language-")))
}

/// Whether its ARIA role says that the element is about the site, or a way through it.
fn is_by_role(tree: &Tree, id: NodeId, own_body: bool) -> bool {
    match tree.attribute(id, "role") {
        Some(
            "navigation" | "search" | "banner" | "contentinfo" | "dialog" | "alertdialog" | "doc-toc"
            | "menu" | "menubar" | "toolbar",
        ) => true,
        Some("complementary") => !own_body,
        _ => false,
    }
}

/// Whether a list holds links into its own page and nothing else.
fn is_contents(measures: &Measures, list: NodeId) -> bool {
    let measure = measures.at(list);
    measure.n_links >= MIN_CONTENTS
        && measure.within == measure.linked
        && measure.linked > 0
        && measure.plain <= measure.n_links * NUMBER_BYTES
}

fn is_menu(measures: &Measures, id: NodeId, name: &str) -> bool {
    let measure = measures.at(id);
    matches!(name, "ul" | "ol" | "div" | "table" | "td" | "p" | "dl" | "menu" | "center")
        && measure.n_links >= MIN_MENU
        && measure.n_headings == 0
        // Three quarters: commas and bars stand between links, and seldom more.
        && u64::from(measure.linked) * 4 >= u64::from(measure.text()) * 3
}

/// Whether a link leads to the file behind the page, or to other pages in their order.
fn is_about_the_file(tree: &Tree, measures: &Measures, link: NodeId) -> bool {
    let is_order = |kind: &str| kind.eq_ignore_ascii_case("prev") || kind.eq_ignore_ascii_case("next");
    let kinds = tree.attribute(link, "rel").unwrap_or_default().split_ascii_whitespace();
    if kinds.chain(tree.classes(link)).any(is_order) {
        return true;
    }
    if measures.at(link).text() as usize > MAX_LINK_BYTES {
        return false;
    }
    let mut says = String::new();
    for text in tree.inside(link).filter_map(|inside| tree.text(inside)) {
        says.extend(text.split_whitespace().flat_map(|word| [word, " "]));
    }
    let says = says.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    LINKS.iter().any(|known| says.starts_with(known))
}
