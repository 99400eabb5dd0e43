//! Every recogniser keeps what its examples promise.

use model::Class;
use regex_automata::PatternSet;

use super::{ALL, patterns};
use crate::label::{ColumnEvidence, TableEvidence, judge};

#[test]
fn recognisers_stand_in_the_order_of_classes() {
    assert_eq!(ALL.map(|one| one.class), Class::ALL);
}

#[test]
fn values_have_a_shape_and_false_friends_have_none() {
    let patterns = patterns();
    let mut set = PatternSet::new(patterns.count());
    let mut findings = Vec::new();
    for one in ALL {
        for value in one.examples.values {
            let mut found = false;
            patterns.whole(value.as_bytes(), &mut set, |_, class, _| found |= class == one.class);
            if !found {
                findings.push(format!("{}: `{value}` has no shape", one.class.as_str()));
            }
        }
        for friend in one.examples.friends {
            let text = format!("see {friend} for more");
            for found in patterns.findings(text.as_bytes()).filter(|found| found.class == one.class) {
                findings.push(format!("{}: `{friend}` is found by `{}`", one.class.as_str(), found.name));
            }
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn names_say_their_class_and_look_alikes_do_not() {
    let mut findings = Vec::new();
    for one in ALL {
        // A type that the class can be in, so that names alone decide.
        let types =
            ["text", "integer", "numeric", "date", "inet", "macaddr", "point", "bytea", "jsonb", "uuid"];
        let says = |name: &str| {
            types.iter().any(|type_name| {
                let column = ColumnEvidence {
                    name: name.into(),
                    type_name: (*type_name).into(),
                    ..ColumnEvidence::default()
                };
                let table = TableEvidence {
                    schema: "public".into(),
                    name: "person".into(),
                    comment: None,
                    columns: vec![column],
                };
                let by_name = |finding: &crate::label::Finding| {
                    !finding.is_precaution() && finding.label().is_some_and(|label| label.class == one.class)
                };
                judge(&table).iter().any(by_name)
                    && !(one.class == Class::IpAddress && *type_name == "inet")
                    && !(one.class == Class::MacAddress && *type_name == "macaddr")
                    // A person's point is where he is, whatever it is called.
                    && (one.class != Class::GeoPoint || *type_name != "point" || one.examples.named.contains(&name))
            })
        };
        for name in one.examples.named.iter().filter(|name| !says(name)) {
            findings.push(format!("{}: `{name}` does not say it", one.class.as_str()));
        }
        for name in one.examples.unnamed.iter().filter(|name| says(name)) {
            findings.push(format!("{}: `{name}` says it", one.class.as_str()));
        }
    }
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}
