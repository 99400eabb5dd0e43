//! Contracts, and what is read out of them.

use super::*;

fn read(properties: &str) -> Said {
    let indented: String = properties.lines().map(|line| format!("      {line}\n")).collect();
    super::read(
        &format!(
            "apiVersion: v3.0.2\nkind: DataContract\nid: 1a\nname: customers\nversion: 2.1.0\nservers:\n  - {{server: prod, type: postgres, schema: shop}}\nschema:\n  - name: Customer\n    physicalName: customer\n    properties:\n{indented}"
        ),
        &Words::default(),
    )
}

fn classes(said: &Said) -> Vec<(&str, Option<Class>, &str)> {
    said.entries.iter().map(|one| (&*one.column, one.class, one.from.as_deref().unwrap_or("?"))).collect()
}

#[test]
fn words_of_people_become_classes() {
    let said = read(
        "- name: mail\n  physicalName: email\n  tags: [PII, email]\n  classification: restricted\n\
         - {name: ssn, classification: PHI}\n\
         - {name: pay, classification: confidential}\n\
         - {name: club, tags: [gdpr]}\n\
         - {name: note, classification: restricted, tags: [pii]}\n\
         - {name: code, classification: public}\n\
         - {name: seen, classification: internal, criticalDataElement: true}\n\
         - {name: plain, logicalType: string}\n\
         - name: contact\n  logicalTypeOptions: {format: email}\n\
         - name: own\n  classification: tier 9\n  customProperties:\n    - {property: tollhouse.class, value: none}\n\
         - name: flag\n  customProperties:\n    - {property: pii, value: true}\n    - {property: owner, value: email}\n\
         - name: kind\n  customProperties:\n    - {property: piiType, value: phone}",
    );
    assert_eq!(said.problems, []);
    assert_eq!(
        classes(&said),
        [
            ("email", Some(Class::Email), "tag email"),
            ("ssn", Some(Class::Health), "classification PHI"),
            ("pay", Some(Class::Secret), "classification confidential"),
            ("club", Some(Class::SpecialCategory), "tag gdpr"),
            ("note", Some(Class::Secret), "classification restricted"),
            ("code", None, "classification public"),
            ("contact", Some(Class::Email), "format email"),
            ("own", None, "tollhouse_class none"),
            ("flag", Some(Class::SpecialCategory), "pii true"),
            ("kind", Some(Class::Phone), "pii_type phone"),
        ]
    );
    assert!(said.entries.iter().all(|one| one.reason.as_deref() == Some("data contract customers 2.1.0")));
}

#[test]
fn a_tag_never_opens_a_column() {
    let said = read(
        "- {name: a, tags: [public, none]}\n- {name: b, tags: [public], classification: restricted}\n- {name: c, tags: [pii], classification: public}",
    );
    assert_eq!(
        classes(&said),
        [
            ("b", Some(Class::Secret), "classification restricted"),
            ("c", Some(Class::SpecialCategory), "tag pii")
        ]
    );
}

#[test]
fn what_nobody_can_tell_is_a_problem_with_its_place() {
    let said = read(
        "- {name: a, classification: tier 3}\n- {name: b, tags: [email, phone]}\n- {tags: [x]}\n- name: c\n  customProperties:\n    - {property: tollhouse.class, value: emial}",
    );
    assert!(said.entries.is_empty());
    let told: Vec<_> = said.problems.iter().map(|one| (one.at.line, one.at.column, &*one.what)).collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(matches!(told[0], (12, 35, what) if what.contains("`tier 3`")), "{told:?}");
    assert!(matches!(told[1], (13, 9, what) if what.contains("email and phone")), "{told:?}");
    assert!(matches!(told[2], (14, 9, what) if what.contains("neither")), "{told:?}");
    assert!(matches!(told[3], (17, _, what) if what.contains("`emial`")), "{told:?}");
}

#[test]
fn a_table_is_looked_for_by_all_its_names() {
    let said = read("- {name: a, tags: [email]}");
    let named = |schema: Option<&str>, table: &str| (schema.map(str::to_owned), table.to_owned());
    assert_eq!(
        said.entries[0].tables,
        [
            named(Some("shop"), "customer"),
            named(None, "customer"),
            named(Some("shop"), "Customer"),
            named(None, "Customer")
        ]
    );
}

#[test]
fn places_inside_of_a_column_are_told() {
    let said =
        read("- name: profile\n  properties:\n    - name: inner\n      items: {name: mail, tags: [email]}");
    assert!(said.entries.is_empty() && said.problems.is_empty());
    assert!(
        matches!(&*said.notes, [note] if note.what.contains("inside of `profile`") && note.at.line == 15),
        "{said:?}"
    );
}

#[test]
fn another_document_is_no_contract() {
    for (text, told) in [
        ("apiVersion: v2.2.2\n", "version `v2.2.2`"),
        ("a: b\n", "`apiVersion` is missing"),
        ("apiVersion: v3.0.0\n", "no tables"),
        ("apiVersion: v3.0.0\nschema: [{properties: []}]\n", "neither"),
        ("a: &b c\nd: *b\n", "aliases"),
    ] {
        let said = super::read(text, &Words::default());
        assert!(said.problems.iter().any(|one| one.what.contains(told)), "{text}: {:?}", said.problems);
    }
}
