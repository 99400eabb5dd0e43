//! The shipped packs: they check, each forbid refuses what it is for and lets its twin pass, and people's tools work.

#![expect(clippy::panic, reason = "a test fails by panicking, in its helpers as well")]

mod asking;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use asking::{Question, told};
use policy::Rules;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");

fn packs() -> Rules {
    Rules::check(&Rules::packs()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn cases_are_decided_as_written() {
    let rules = packs();
    cases::run(CASES, "case", |input| told(&Question::read(input).decide(&rules)));
}

/// `==== name of a rule: what` refuses or holds by that rule, `==== twin of name: what` passes.
#[test]
fn every_forbid_has_a_case_and_a_twin() {
    let mut refused = BTreeSet::new();
    let mut passed = BTreeSet::new();
    for entry in fs::read_dir(Path::new(CASES)).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for case in cases::parse(&text, false).unwrap() {
            let (about, _) = case.title.split_once(": ").unwrap_or((&case.title, ""));
            let first = case.expected.lines().next().unwrap_or_default().to_owned();
            match about.strip_prefix("twin of ") {
                Some(id) if first.starts_with("allow") => passed.insert(id.to_owned()),
                Some(id) => panic!("the twin of `{id}` does not pass: {first}"),
                None => {
                    let (_, rules) = first.split_once(" by ").unwrap_or_default();
                    assert!(rules.split(", ").any(|rule| rule == about), "`{}`: {first}", case.title);
                    refused.insert(about.to_owned())
                }
            };
        }
    }
    let forbids: BTreeSet<String> =
        packs().list().into_iter().filter(|rule| !rule.permits).map(|rule| rule.id).collect();
    let without_case: Vec<_> = forbids.difference(&refused).collect();
    let without_twin: Vec<_> = forbids.difference(&passed).collect();
    assert!(without_case.is_empty(), "forbids without a case: {without_case:?}");
    assert!(without_twin.is_empty(), "forbids without a twin: {without_twin:?}");
}

#[test]
fn every_forbid_says_what_it_is_about_and_is_named_after_its_file() {
    for rule in packs().list() {
        let file = rule.file.trim_end_matches(".cedar");
        assert!(rule.id.starts_with(&format!("{file}/")), "{} in {}", rule.id, rule.file);
        assert!(rule.permits || rule.message.is_some(), "{}", rule.id);
        assert!(rule.permits || rule.hint.is_some() || rule.hold.is_some(), "{}", rule.id);
        for text in [rule.message, rule.hint].into_iter().flatten() {
            let first = text.chars().next().unwrap();
            assert!(
                !first.is_uppercase() || text.starts_with("SQL") || text.starts_with("CASCADE"),
                "{text}"
            );
            assert!(!text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn every_file_of_the_folder_is_a_pack() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|name| name.ends_with(".cedar")).collect();
    assert_eq!(files, Rules::packs().into_iter().map(|pack| pack.name).collect());
}
