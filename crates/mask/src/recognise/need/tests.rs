//! Whatever has a shape is let through, and plain texts are not.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::string::bytes_regex;
use proptest::test_runner::TestRunner;

use super::super::ALL;
use super::super::pattern::Where;
use super::*;

fn shapes() -> impl Iterator<Item = &'static Pattern> {
    ALL.iter().flat_map(|one| one.patterns).filter(|pattern| pattern.place == Where::Text)
}

#[test]
fn whatever_has_a_shape_is_let_through() {
    let needs = Needs::new(shapes());
    for shape in shapes() {
        // Edges of words need no byte, and values that lack one are let through all the same.
        let values = bytes_regex(&format!("(?-u){}", shape.regex.replace(r"\b", ""))).unwrap();
        let mine = Needs::new([shape]);
        let mut runner = TestRunner::deterministic();
        for _ in 0..40 {
            let value = values.new_tree(&mut runner).unwrap().current();
            if (shape.check)(&value) {
                for text in [value.clone(), [b"a ".as_slice(), &value, b"."].concat()] {
                    let shown = String::from_utf8_lossy(&text).into_owned();
                    assert!(mine.may_be_met(&text) && needs.may_be_met(&text), "{}: {shown}", shape.name);
                }
            }
        }
    }
    for value in ALL.iter().flat_map(|one| one.examples.values) {
        let is_text = super::super::patterns().findings(value.as_bytes()).next().is_some();
        assert!(!is_text || needs.may_be_met(value.as_bytes()), "{value}");
    }
}

#[test]
fn checks_ask_for_what_is_counted() {
    let shape = |name| shapes().find(|shape| shape.name == name).unwrap();
    for (name, ..) in CHECKED {
        let _ = shape(name);
    }
    // Of each length there is a number that passes the check of remainders, so the length is all that is left to tell.
    let passes = |country: &str, length: usize| {
        (2..99)
            .any(|sum| (shape("iban").check)(format!("{country}{sum:02}{:0>1$}", 7, length - 4).as_bytes()))
    };
    let letters = || 'A'..='Z';
    let countries: Vec<String> =
        letters().flat_map(|one| letters().map(move |other| format!("{one}{other}"))).collect();
    assert!([8, 12, 14].into_iter().all(|length| !countries.iter().any(|country| passes(country, length))));
    assert!(passes("NO", 15));
    for (prefix, least) in [("+", 8), ("00", 10)] {
        let number =
            |digits: usize| format!("{prefix}{}", "4".repeat(digits - if prefix == "+" { 0 } else { 2 }));
        assert!((shape("phone_international").check)(number(least).as_bytes()));
        assert!((5..least).all(|digits| !(shape("phone_international").check)(number(digits).as_bytes())));
    }
}

#[test]
fn plain_texts_are_ruled_out_and_what_cannot_be_counted_is_not() {
    let needs = Needs::new(shapes());
    for text in [
        "",
        "red",
        "a parcel of two boxes",
        "In Progress",
        "sku-12345",
        "v1.2.3-beta",
        "2024-05-17",
        "12.50 eur",
    ] {
        assert!(!needs.may_be_met(text.as_bytes()), "{text}");
    }
    for text in ["Straße", "a@b.example", "+49 30 1234567", "10.1.2.3", "SW1A 1AA"] {
        assert!(needs.may_be_met(text.as_bytes()), "{text}");
    }
    assert!(!needs.may_be_met(&[b'a'; 14]) && needs.may_be_met(&[b','; TEXT_MAX + 1]));
}

#[test]
fn a_long_word_is_a_lane_wherever_it_stands() {
    let shape = |regex| Pattern { regex, ..*shapes().next().unwrap() };
    let word = Needs::new([&shape("[a-z]{15}")]);
    for before in 0..20 {
        let text = [vec![b' '; before], vec![b'a'; LONG]].concat();
        assert!(word.may_be_met(&text), "{before}");
    }
    assert!(!word.may_be_met(b"aaaaaaa bbbbbbb ccccccc"));
    // No long word is needed where something else may stand in it.
    for regex in ["[a-z]{7}-?[a-z]{8}", "(?:[a-z]{8}|-){3}", "(?:a{5}|-{5}){3,9}", "(?:[a-z]{5} ?){3}"] {
        assert!(of_shape(&shape(regex)).iter().any(|way| way.0[LONG_WORD] == 0), "{regex}");
    }
    for regex in ["x(?:[a-z]{8}|[0-9]{9}){2}y", "-[a-z]{15}-", "[a-z]{8}(?:a|b)*[a-z]{7}"] {
        assert!(of_shape(&shape(regex)).iter().all(|way| way.0[LONG_WORD] == 1), "{regex}");
    }
}

#[test]
fn more_ways_than_a_number_has_bits_need_what_all_of_the_rest_need() {
    let regexes: Vec<String> = (0..100).map(|many| format!("@{{{}}}:{{{}}}", 1 + many, 100 - many)).collect();
    let shape = |regex: &String| Pattern { regex: regex.clone().leak(), ..*shapes().next().unwrap() };
    let all: Vec<Pattern> = regexes.iter().map(shape).collect();
    let needs = Needs::new(&all);
    for many in 0..100 {
        let text = format!("{}{}", "@".repeat(1 + many), ":".repeat(100 - many));
        assert!(needs.may_be_met(text.as_bytes()), "{many}");
    }
    assert!(!needs.may_be_met(b"aaaa:@"));
}
