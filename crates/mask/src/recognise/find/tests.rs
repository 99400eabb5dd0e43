//! Looking at places finds what reading the whole text finds, and nothing else.

use proptest::prelude::*;

use super::super::{ALL, patterns};
use super::*;

/// What the automaton finds that reads all of the text.
fn by_reading(text: &[u8]) -> Vec<Found> {
    let mut from = 0;
    let next = || {
        let found = patterns().find_at(text, from)?;
        from = found.range.end;
        Some(found)
    };
    std::iter::from_fn(next).collect()
}

/// Values of every class and their false friends, whole, cut, changed and run together.
fn text() -> impl Strategy<Value = String> {
    let values: Vec<&str> =
        ALL.iter().flat_map(|one| [one.examples.values, one.examples.friends].concat()).collect();
    let value =
        (prop::sample::select(values), 0..100_usize, "[0-9A-Za-z@.:$_<&+-]").prop_map(|(value, at, with)| {
            let at = value.char_indices().map(|(at, _)| at).nth(at);
            at.map_or(value.to_owned(), |at| format!("{}{with}{}", &value[..at], &value[at..]))
        });
    let between =
        prop::sample::select(vec![" ", " ", ", ", "\n", "\"", "", "_", "-", "(", "x", "0", "/", "."]);
    let noise = "[0-9A-Za-z@.:$_<&+ -]{0,30}|[a-z ]{0,200}|\\PC{0,12}|[A-Z<]{12,50}|[0-9 -]{5,30}";
    let part = prop_oneof![6 => value, 6 => between.prop_map(str::to_owned), 2 => noise];
    prop::collection::vec(part, 0..20).prop_map(|parts| parts.concat())
}

#[test]
fn places_find_what_reading_finds() {
    let many = std::cell::Cell::new(0_usize);
    proptest!(ProptestConfig::with_cases(1_500), |(text in text())| {
        let found: Vec<Found> = patterns().findings(text.as_bytes()).collect();
        prop_assert_eq!(&found, &by_reading(text.as_bytes()), "{:?}", text);
        many.set(many.get() + found.len());
    });
    assert!(many.get() > 800, "only {} findings were compared", many.get());
}

#[test]
fn secrets_are_found_over_the_ends_of_blocks() {
    let value = "alice.smith.of.the.long.local.part@example.com";
    for shift in 0..value.len() + 2 {
        let text = [".".repeat(BLOCK - shift).as_str(), " ", value, " "].concat();
        assert_eq!(patterns().findings(text.as_bytes()).count(), 1, "{shift}");
    }
    let key = format!("-----BEGIN PRIVATE KEY-----\n{}", "Ab0+".repeat(2_000));
    let text = format!("{} {key} and {}", "no ".repeat(3_000), "no ".repeat(3_000));
    let found: Vec<Found> = patterns().findings(text.as_bytes()).collect();
    assert_eq!(found, by_reading(text.as_bytes()));
    assert!(found[0].range.len() > 8_000);
}

#[test]
fn blanks_at_the_end_change_nothing() {
    for blanks in 0..50 {
        for text in ["", "bob@example.com", "-----BEGIN PRIVATE KEY-----\nAb0+"] {
            let text = format!("{text}{}", " ".repeat(blanks));
            let found: Vec<Found> = patterns().findings(text.as_bytes()).collect();
            assert_eq!(found, by_reading(text.as_bytes()));
        }
    }
}

#[test]
fn where_nearly_everything_may_begin_the_text_is_read() {
    // Beginnings of a token without its end, thousands of times, and an address behind them.
    let text = format!("{} bob@example.com {}", "eyJhbGciOiJI-".repeat(3_000), "17;".repeat(20_000));
    let mut findings = patterns().findings(text.as_bytes());
    let found: Vec<Found> = findings.by_ref().collect();
    assert!(findings.is_dense);
    assert_eq!(found, by_reading(text.as_bytes()));
    assert_eq!(found.iter().map(|found| &text[found.range.clone()]).collect::<Vec<_>>(), ["bob@example.com"]);
}
