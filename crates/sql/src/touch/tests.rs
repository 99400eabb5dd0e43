//! Limits of what is read. What each statement touches, the case files show.

use super::*;

fn touches(text: &str) -> Vec<Touch> {
    crate::scan(text.as_bytes()).touches.into_iter().map(|found| found.touch).collect()
}

#[test]
fn long_values_are_not_copied() {
    let set = |length: usize| touches(&format!("set a = '{}'", "x".repeat(length)));
    let value = |length: usize| Some("x".repeat(length));
    assert_eq!(set(10), [Touch::Set { name: "a".to_owned(), value: value(10) }]);
    assert_eq!(set(VALUE_BYTES_MAX), [Touch::Set { name: "a".to_owned(), value: None }]);
}

#[test]
fn statements_that_are_cut_off_touch_nothing() {
    let cut = [
        "prepare",
        "prepare;",
        "execute 'a'",
        "deallocate",
        "declare",
        "close 1",
        "fetch",
        "listen;",
        "set",
        "set a.",
    ];
    for text in cut {
        assert_eq!(touches(text), [], "{text}");
    }
}

#[test]
fn only_the_first_of_the_leads_bytes_are_packed() {
    for (lead, packed) in LEADS.iter().zip(PACKED) {
        assert_eq!(packed, pack(lead.as_bytes()));
    }
    assert_eq!(touches("deallocatx a"), [], "the rest of a long word counts too");
}
