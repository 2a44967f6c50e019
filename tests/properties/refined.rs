//! Filters, facets, ranges and order are what a scan of the documents says.

use super::corpus::{ALL, documents, fresh, opened_with, packed, tries, word};
use proptest::prelude::*;
use searchlet_index::{Document, Passage, Settings};
use searchlet_search::{Filter, Found, MetaValue, Options, Order, Value, local::Local};
use serde_json::json;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const KEYS: [&str; 4] = ["kind", "tags", "price", "date"];

/// Metadata of few values: text, list of texts, numbers, dates; any of them may be absent.
fn meta() -> impl Strategy<Value = BTreeMap<String, serde_json::Value>> {
    let number = prop_oneof![
        (-3i32..4).prop_map(|whole| json!(whole)),
        (-3i32..4).prop_map(|quarters| json!(f64::from(quarters) / 4.0)),
    ];
    let values = (
        prop::option::of(prop::sample::select(&["a", "b", "ab", "é", "two words"][..])),
        prop::option::of(prop::collection::vec(prop::sample::select(&["x", "y", "xy"][..]), 0..4)),
        prop::option::of(prop::collection::vec(number, 1..3)),
        prop::option::of(prop::sample::select(
            &["2024", "2024-02", "2024-02-29", "2023-12-31", "2025-01-01"][..],
        )),
    );
    values.prop_map(|(kind, tags, price, date)| {
        let kind = kind.map(|kind| ("kind".to_owned(), json!(kind)));
        let tags = tags.map(|tags| ("tags".to_owned(), json!(tags)));
        let price = price.map(|price| ("price".to_owned(), json!(price)));
        let date = date.map(|date| ("date".to_owned(), json!(date)));
        kind.into_iter().chain(tags).chain(price).chain(date).collect()
    })
}

fn marked() -> impl Strategy<Value = Vec<Document>> {
    (documents(12), prop::collection::vec(meta(), 9)).prop_map(|(mut documents, metas)| {
        documents.iter_mut().zip(metas).for_each(|(document, meta)| document.meta = meta);
        documents
    })
}

fn value() -> impl Strategy<Value = Value> {
    let texts =
        &["a", "ab", "two words", "x", "xy", "1", "0.25", "-2", "2024", "2024-02", "2025", "none", ""][..];
    prop::sample::select(texts).prop_map(Value::from)
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        2 => value().prop_map(Filter::Is),
        1 => (prop::option::of(value()), prop::option::of(value())).prop_map(|(min, max)| Filter::Range(min, max)),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Any),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::All),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

fn key() -> impl Strategy<Value = &'static str> {
    prop_oneof![9 => prop::sample::select(&KEYS[..]), 1 => Just("unknown")]
}

fn filters() -> impl Strategy<Value = Vec<(String, Filter)>> {
    prop::collection::vec((key().prop_map(str::to_owned), filter()), 0..3)
}

/// A value as a scan compares it.
#[derive(Clone, Debug, PartialEq)]
enum Scanned {
    Text(String),
    Number(f64),
}

impl Scanned {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one.cmp(other),
            (Self::Number(one), Self::Number(other)) => one.partial_cmp(other).expect("numbers"),
            _ => panic!("a key has values of one kind"),
        }
    }
}

/// The values of a document under a key: those of `price` are numbers unless no document has any.
fn scanned(document: &Document, key: &str) -> Vec<Scanned> {
    let one = |value: &serde_json::Value| match value {
        serde_json::Value::Number(number) => Scanned::Number(number.as_f64().expect("a double")),
        other => Scanned::Text(other.as_str().expect("a text").to_owned()),
    };
    match document.meta.get(key) {
        Some(serde_json::Value::Array(values)) => values.iter().map(one).collect(),
        Some(value) => vec![one(value)],
        None => Vec::new(),
    }
}

fn passes(document: &Document, key: &str, filter: &Filter) -> bool {
    let has = |is_one: &dyn Fn(&Scanned) -> bool| scanned(document, key).iter().any(is_one);
    match filter {
        Filter::Is(value) => has(&|scanned| match scanned {
            Scanned::Text(text) => *text == value.text,
            Scanned::Number(number) => Some(*number) == value.number,
        }),
        Filter::Any(filters) => filters.iter().any(|filter| passes(document, key, filter)),
        Filter::All(filters) => filters.iter().all(|filter| passes(document, key, filter)),
        Filter::Not(filter) => !passes(document, key, filter),
        Filter::Range(min, max) => has(&|scanned| match scanned {
            Scanned::Text(text) => {
                min.as_ref().is_none_or(|min| *text >= min.text)
                    && max.as_ref().is_none_or(|max| *text <= max.text || text.starts_with(&max.text))
            }
            Scanned::Number(number) => {
                let bound = |bound: &Value, is_in: fn(&f64, &f64) -> bool| {
                    bound.number.is_some_and(|bound| is_in(number, &bound))
                };
                min.as_ref().is_none_or(|min| bound(min, f64::ge))
                    && max.as_ref().is_none_or(|max| bound(max, f64::le))
            }
        }),
    }
}

fn passes_all(document: &Document, filters: &[(String, Filter)]) -> bool {
    filters.iter().all(|(key, filter)| passes(document, key, filter))
}

/// The document of each hit.
fn hits<'d>(found: &Found, documents: &'d [Document]) -> Vec<&'d Document> {
    let of_url = |url: &String| documents.iter().find(|document| document.url == *url).expect("a document");
    found.hits.iter().map(|hit| of_url(&hit.url)).collect()
}

fn urls(documents: &[&Document]) -> Vec<String> {
    let mut urls: Vec<String> = documents.iter().map(|document| document.url.clone()).collect();
    urls.sort();
    urls
}

/// How many documents have each value, in the order of facets.
fn counted(documents: &[&Document], key: &str) -> Vec<(MetaValue, usize)> {
    let mut counts: Vec<(Scanned, usize)> = Vec::new();
    for document in documents {
        let mut own: Vec<Scanned> = Vec::new();
        for value in scanned(document, key) {
            if !own.contains(&value) {
                own.push(value);
            }
        }
        for value in own {
            match counts.iter_mut().find(|count| count.0 == value) {
                Some(count) => count.1 += 1,
                None => counts.push((value, 1)),
            }
        }
    }
    counts.sort_by(|(value, count), (other, others)| others.cmp(count).then_with(|| value.compare(other)));
    let shown = |value| match value {
        Scanned::Text(text) => MetaValue::Text(text),
        Scanned::Number(number) if number.fract() == 0.0 => MetaValue::Integer(number as i64),
        Scanned::Number(number) => MetaValue::Decimal(number),
    };
    counts.into_iter().map(|(value, count)| (shown(value), count)).collect()
}

fn facet(found: &Found, key: &str) -> Vec<(MetaValue, usize)> {
    let facet = found.facets.iter().find(|facet| facet.0 == key).expect("the facet was asked for");
    facet.1.iter().map(|value| (value.value.clone(), value.count)).collect()
}

/// Settings under which every key is a column, whatever its values.
fn settings(part_bytes: Option<usize>, level_entries: Option<usize>) -> Settings {
    Settings { part_bytes, level_entries, columns: KEYS.map(str::to_owned).to_vec(), ..Settings::default() }
}

fn cut() -> impl Strategy<Value = Settings> {
    let part_bytes = prop::sample::select(&[None, Some(1usize), Some(64)][..]);
    let level_entries = prop::sample::select(&[None, Some(2usize)][..]);
    (part_bytes, level_entries).prop_map(|(part_bytes, level_entries)| settings(part_bytes, level_entries))
}

/// What is found, which on an undamaged bundle is always complete.
fn ask(index: &mut Local, query: &str, options: &Options) -> Found {
    let found = index.search(query, options.clone());
    assert!(found.complete && found.touched.is_empty(), "{query:?} on an undamaged bundle: {found:?}");
    found
}

proptest! {
    #![proptest_config(tries(200))]

    #[test]
    fn without_words_all_documents_are_listed_that_pass(
        documents in marked(), filters in filters(), cut in cut(), keys in prop::collection::vec(key(), 0..3),
    ) {
        let mut index = opened_with(&documents, &cut);
        let facets: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let options = Options { filters: filters.clone(), facets, ..ALL };
        let found = ask(&mut index, "", &options);
        let passing = |filters: &[(String, Filter)]| {
            documents.iter().filter(|document| !filters.is_empty() && passes_all(document, filters)).collect::<Vec<_>>()
        };
        let expected = passing(&filters);
        prop_assert_eq!(found.total, expected.len());
        prop_assert_eq!(urls(&hits(&found, &documents)), urls(&expected));
        for key in keys {
            // A choice among the values of the facet does not count for it; without words it still lists.
            let is_choice = |filter: &Filter| matches!(filter, Filter::Is(_) | Filter::Any(_));
            let others: Vec<_> = filters.iter().filter(|(other, filter)| other != key || !is_choice(filter)).cloned().collect();
            let is_all = others.is_empty() && !filters.is_empty();
            let counted_in = if is_all { documents.iter().collect() } else { passing(&others) };
            prop_assert_eq!(facet(&found, key), counted(&counted_in, key), "{}", key);
        }
    }

    #[test]
    fn filters_leave_of_an_answer_what_passes(
        documents in marked(), asked in word(), filters in filters(), cut in cut(),
    ) {
        let mut index = opened_with(&documents, &cut);
        // One word: what lacks it is not found at all, so that nothing is relaxed.
        let query = format!("{asked} ");
        let all = ask(&mut index, &query, &ALL);
        let options = Options { filters: filters.clone(), facets: vec!["tags".to_owned()], ..ALL };
        let found = ask(&mut index, &query, &options);
        let left: Vec<&String> =
            all.hits.iter().zip(hits(&all, &documents)).filter(|(_, document)| passes_all(document, &filters)).map(|(hit, _)| &hit.url).collect();
        let order: Vec<&String> = found.hits.iter().map(|hit| &hit.url).collect();
        if left.len() <= 1 || found.hits.iter().all(|hit| hit.score == found.hits[0].score) || filters.is_empty() {
            prop_assert_eq!(&order, &left);
        }
        prop_assert_eq!(urls(&hits(&found, &documents)), { let mut left: Vec<String> = left.into_iter().cloned().collect(); left.sort(); left });
        prop_assert_eq!(found.total, found.hits.len());
    }

    #[test]
    fn hits_are_sorted_and_those_without_the_key_come_last(
        documents in marked(), asked in word(), cut in cut(),
        keys in prop::collection::vec((key(), any::<bool>()), 1..4), is_listed: bool, offset in 0usize..4,
    ) {
        let mut index = opened_with(&documents, &cut);
        let query = if is_listed { String::new() } else { format!("{asked} ") };
        let order = |&(key, is_descending): &(&str, bool)| Order { key: key.to_owned(), is_descending };
        let options = Options { sort: keys.iter().map(order).collect(), ..ALL };
        let found = ask(&mut index, &query, &options);
        prop_assert_eq!(found.total, found.hits.len());
        if is_listed {
            prop_assert_eq!(found.total, documents.len());
        } else {
            prop_assert_eq!(found.total, ask(&mut index, &query, &ALL).total);
        }
        let first = |document: &Document, key: &str, is_descending: bool| {
            let mut values = scanned(document, key);
            values.sort_by(|a, b| if is_descending { b.compare(a) } else { a.compare(b) });
            values.into_iter().next()
        };
        let compare = |a: &Document, b: &Document| {
            keys.iter().fold(Ordering::Equal, |so_far, &(key, is_descending)| {
                so_far.then_with(|| match (first(a, key, is_descending), first(b, key, is_descending)) {
                    (Some(a), Some(b)) if is_descending => b.compare(&a),
                    (Some(a), Some(b)) => a.compare(&b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                })
            })
        };
        let sorted = hits(&found, &documents);
        prop_assert!(sorted.is_sorted_by(|a, b| compare(a, b) != Ordering::Greater), "{:?}", found);
        // A page of it is a stretch of the whole.
        let page = ask(&mut index, &query, &Options { offset, limit: 2, ..options });
        let stretch: Vec<&String> = found.hits.iter().skip(offset).take(2).map(|hit| &hit.url).collect();
        prop_assert_eq!(page.hits.iter().map(|hit| &hit.url).collect::<Vec<_>>(), stretch);
    }

    #[test]
    fn however_an_index_is_cut_it_is_refined_alike(
        documents in marked(), words in prop::collection::vec(word(), 0..4), filters in filters(),
        facets in prop::collection::vec(key(), 0..3), sort in prop::option::of((key(), any::<bool>())), cut in cut(),
        kept in prop::sample::select(&[0usize, 300, 1 << 20][..]),
    ) {
        let sort = sort.map(|(key, is_descending)| Order { key: key.to_owned(), is_descending });
        let facets = facets.into_iter().map(str::to_owned).collect();
        let options = Options { filters, facets, sort: sort.into_iter().collect(), explain: true, ..ALL };
        let query = words.join(" ");
        let mut index = opened_with(&documents, &cut);
        index.keep(kept);
        let whole = packed(&documents, &settings(None, None));
        let expected = ask(&mut fresh(whole), &query, &options);
        prop_assert_eq!(&ask(&mut index, &query, &options), &expected);
        prop_assert_eq!(&ask(&mut index, &query, &options), &expected);
    }

    #[test]
    fn a_choice_among_the_values_of_a_facet_does_not_count_for_it(
        documents in marked(), words in prop::collection::vec(word(), 1..5), chosen in filter(), cut in cut(),
        key in prop::sample::select(&KEYS[..]), other in filters(),
    ) {
        let mut index = opened_with(&documents, &cut);
        let query = format!("{} ", words.join(" "));
        let other: Vec<_> = other.into_iter().filter(|filter| filter.0 != key).collect();
        let options = Options { filters: other.clone(), facets: vec![key.to_owned()], ..ALL };
        let without = ask(&mut index, &query, &options);
        let choice = (key.to_owned(), Filter::Any(vec![chosen]));
        let with = ask(&mut index, &query, &Options { filters: [vec![choice], other].concat(), ..options });
        prop_assert_eq!(with.facets, without.facets);
    }

    #[test]
    fn counts_are_the_totals_of_narrower_searches(
        documents in marked(), asked in word(), key in prop::sample::select(&["kind", "tags", "date"][..]), cut in cut(),
    ) {
        let mut index = opened_with(&documents, &cut);
        let query = format!("{asked} ");
        let found = ask(&mut index, &query, &Options { facets: vec![key.to_owned()], ..ALL });
        for (value, count) in facet(&found, key) {
            let MetaValue::Text(text) = value else { panic!("a text") };
            let filters = vec![(key.to_owned(), Filter::Is(text.as_str().into()))];
            prop_assert_eq!(ask(&mut index, &query, &Options { filters, ..ALL }).total, count);
            let in_query = ask(&mut index, &format!("{query}{key}:\"{text}\" "), &ALL);
            prop_assert_eq!(in_query.total, count);
            let left_out = ask(&mut index, &format!("{query}-{key}:\"{text}\" "), &ALL);
            prop_assert_eq!(left_out.total, found.total - count);
        }
    }
}

fn page(url: &str, text: &str, meta: &serde_json::Value) -> Document {
    let passage = Passage { text: text.into(), ..Passage::default() };
    let meta = meta.as_object().expect("an object").clone().into_iter().collect();
    Document { url: url.into(), title: url.into(), passages: vec![passage], meta, ..Document::default() }
}

fn shop() -> Local {
    opened_with(
        &[
            page(
                "a",
                "Red apples",
                &json!({ "kind": "fruit", "price": 2, "date": "2024-02-29", "fresh": true }),
            ),
            page(
                "b",
                "Green pears",
                &json!({ "kind": "fruit", "price": 1.5, "date": "2023-05-01T10:00:00+02:00" }),
            ),
            page("c", "Red beets", &json!({ "kind": "root crop", "price": 10, "date": "2024-03-01" })),
            page("d", "Red paint", &json!({ "price": 20 })),
            page("e", "Über Äpfel", &json!({ "kind": "fruit", "price": 3 })),
        ],
        &Settings::default(),
    )
}

fn asked(index: &mut Local, query: &str, options: &Options) -> String {
    ask(index, query, options).hits.iter().map(|hit| &*hit.url).collect::<Vec<_>>().join(" ")
}

fn number(number: f64) -> Value {
    Value { text: number.to_string(), number: Some(number) }
}

#[test]
fn filters_ranges_and_order_work_together() {
    let mut index = shop();
    let by = |order: &str| Options { sort: vec![order.into()], ..ALL };
    let range = |key: &str, min: Option<Value>, max: Option<Value>| Options {
        filters: vec![(key.to_owned(), Filter::Range(min, max))],
        ..by("price")
    };
    assert_eq!(asked(&mut index, "", &by("price:desc")), "d c e a b");
    assert_eq!(asked(&mut index, "red ", &by("date:desc")), "c a d");
    assert_eq!(asked(&mut index, "", &range("price", Some(number(2.0)), Some(number(10.0)))), "a e c");
    assert_eq!(asked(&mut index, "", &range("date", Some("2024".into()), Some("2024".into()))), "a c");
    assert_eq!(asked(&mut index, "", &range("date", None, Some("2023-05-01T08:00:00Z".into()))), "b");
    assert_eq!(asked(&mut index, "", &range("date", None, None)), "b a c", "all that have a date");
    assert_eq!(asked(&mut index, "", &range("price", Some("cheap".into()), None)), "");
    assert_eq!(asked(&mut index, "", &range("unknown", None, None)), "");
}

#[test]
fn a_key_in_the_query_is_a_filter() {
    let mut index = shop();
    assert_eq!(asked(&mut index, "red kind:fruit", &ALL), "a");
    assert_eq!(asked(&mut index, "red kind:\"root crop\"", &ALL), "c");
    assert_eq!(asked(&mut index, "red -kind:fruit price:20", &ALL), "d");
    assert_eq!(
        asked(&mut index, "kind:fruit OR price:20", &Options { sort: vec!["price".into()], ..ALL }),
        "b a e d"
    );
    assert_eq!(asked(&mut index, "fresh:true", &ALL), "a");
    assert_eq!(asked(&mut index, "red kind:none", &ALL), "");
    assert_eq!(ask(&mut index, "unknown:red", &ALL).total, 3, "what is no key is text");
    assert_eq!(index.suggest("app kind:fr", 5), [], "a value is no word to complete");
}

#[test]
fn filters_are_never_relaxed_and_mend_nothing() {
    let mut index = shop();
    let fruit = Options { filters: vec![("kind".to_owned(), Filter::Is("fruit".into()))], ..ALL };
    let found = ask(&mut index, "red paint ", &fruit);
    assert_eq!((found.total, found.hits.len(), &*found.hits[0].url), (1, 1, "a"));
    assert_eq!(found.hits[0].missing, ["paint"]);
    assert_eq!(found.suggestion, None);
}

#[test]
fn a_facet_has_as_many_values_as_are_asked_for() {
    let mut index = shop();
    let options = Options { facets: vec!["kind".into(), "price".into()], facet_values: 1, ..ALL };
    let found = ask(&mut index, "red ", &options);
    assert_eq!(facet(&found, "kind"), [(MetaValue::Text("fruit".into()), 1)]);
    assert_eq!(facet(&found, "price"), [(MetaValue::Integer(2), 1)]);
    assert_eq!(ask(&mut index, "", &options).facets[0].1, [], "nothing was asked for");
}

#[test]
fn without_a_column_the_answer_says_so() {
    let documents: Vec<Document> = (0..40)
        .map(|number| page(&format!("{number}"), "words", &json!({ "n": number, "kind": "a" })))
        .collect();
    let built = searchlet_index::build(documents, &[], &settings(Some(64), None)).expect("built").bundle;
    let files: BTreeMap<String, Vec<u8>> =
        built.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let options = [
        Options { filters: vec![("kind".to_owned(), Filter::Not(Box::new(Filter::Is("b".into()))))], ..ALL },
        Options { facets: vec!["kind".to_owned()], ..ALL },
        Options { sort: vec!["kind".into()], ..ALL },
    ];
    let open = |lost: Option<String>| {
        let files = files.clone();
        let read = move |name: &str| match files.get(name) {
            Some(bytes) if lost.as_deref() != Some(name) => Ok(bytes.clone()),
            _ => Err("no such file".to_owned()),
        };
        Local::open(read, None).expect("the head is there")
    };
    let mut n_told = 0;
    for name in open(None).part_names() {
        for options in &options {
            let expected = open(None).search("words ", options.clone());
            let found = open(Some(name.clone())).search("words ", options.clone());
            assert!(found == expected || !found.complete, "{name}: wrong in silence: {found:?}");
            n_told += usize::from(found.touched == ["kind"]);
        }
    }
    assert!(n_told >= options.len(), "some part holds the column");
}
