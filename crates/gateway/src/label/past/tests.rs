//! That what was found comes back as it was, or not at all.

use super::*;

fn label(class: Class) -> Label {
    Label { class, confidence: 83, why: vec![Reason::Before] }
}

fn past() -> Past {
    let path = |steps: &[Step]| (JsonPath(steps.to_vec()), label(Class::Phone));
    let key = |key: &str| Step::Key(key.into());
    let places = vec![
        path(&[key("kontakt"), key("a b.%\"ä\n"), Step::Any]),
        path(&[Step::Element, key("")]),
        path(&[]),
    ];
    let columns = [
        (1, Finding::Labelled(label(Class::Email))),
        (2, Finding::Unsure(label(Class::Secret))),
        (30_000, Finding::Paths { whole: label(Class::Phone), paths: places }),
    ];
    let one = BTreeMap::from([(7, Finding::Labelled(label(Class::Iban)))]);
    Past(BTreeMap::from([(16_400, columns.into()), (4_000_000_000, one)]))
}

#[test]
fn a_text_is_read_back_as_it_was() {
    for past in [past(), Past::default()] {
        let text = past.to_text("71-16384");
        assert_eq!(Past::from_text(&text, "71-16384"), Some(past), "{text}");
        assert_eq!(Past::from_text(&text, "71-16385"), None, "another database's");
    }
}

#[test]
fn a_damaged_text_says_nothing() {
    let text = past().to_text("71-16384");
    for at in 0..text.len() {
        if text.is_char_boundary(at) {
            assert_eq!(Past::from_text(&text[..at], "71-16384"), None, "cut at {at}");
        }
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        if let Ok(changed) = String::from_utf8(bytes) {
            assert_eq!(Past::from_text(&changed, "71-16384"), None, "changed at {at}");
        }
    }
    // Whole, and not what this version writes.
    let body = "tollhouse labels 2\nof 71-16384\n";
    let other = format!("{body}sha256 {}\n", digest(body));
    assert_eq!(Past::from_text(&other, "71-16384"), None);
    for line in
        ["1 labelled email 83", "table 1\n1 labelled mail 83", "table 1\nplace email 83 .a", "table x"]
    {
        let body = format!("{FORM}\nof 71-16384\n{line}\n");
        let text = format!("{body}sha256 {}\n", digest(&body));
        assert_eq!(Past::from_text(&text, "71-16384"), None, "{line}");
    }
}

#[test]
fn what_another_has_is_added_while_its_columns_are_there() {
    let older = past();
    let mut newer = Past(BTreeMap::from([(
        16_400,
        BTreeMap::from([
            (1, Finding::Labelled(label(Class::Username))),
            (2, Finding::Labelled(label(Class::Phone))),
        ]),
    )]));
    newer.join(&older, |relation, number| relation == 16_400 && number < 100);
    let class =
        |relation, number| newer.column(relation, number).and_then(Finding::label).map(|label| label.class);
    assert_eq!(class(16_400, 1), Some(Class::Username), "the newer class");
    assert_eq!(class(16_400, 2), Some(Class::Secret), "what opens a door");
    assert_eq!((class(16_400, 30_000), class(4_000_000_000, 7)), (None, None), "no longer there");
}

#[test]
fn without_places_a_document_is_hidden_as_a_whole() {
    let short = past().without_places();
    assert_eq!(short.column(16_400, 30_000), Some(&Finding::Labelled(label(Class::Phone))));
    assert!(short.to_text("71-16384").len() < past().to_text("71-16384").len());
}
