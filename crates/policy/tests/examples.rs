//! The rules in `examples/policies` check beside the packs, do what they say, and the guide shows rules that check.

#![expect(clippy::panic, reason = "a test fails by panicking, in its helpers as well")]

mod asking;

use std::fs;
use std::path::{Path, PathBuf};

use asking::{Question, told};
use policy::{Rules, Source};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn examples() -> Rules {
    let mut sources = Rules::packs();
    for name in ["analysts", "freeze", "migrations", "sensitive"] {
        let text = text(&format!("examples/policies/{name}.cedar"));
        sources.push(Source { name: format!("{name}.cedar"), text, pack: false });
    }
    Rules::check(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn examples_do_what_they_say() {
    let rules = examples();
    for (question, expected) in [
        ("human carol of analysts in production\nselect public.orders", "allow by baseline/humans"),
        ("human carol of analysts in production\nupdate public.orders", "refuse by analysts/read-only"),
        ("human carol of analysts in staging\nupdate public.orders", "allow by baseline/humans"),
        ("human carol of analysts in production\ncreate pg_temp.l", "allow by baseline/humans"),
        (
            "service migrations in production purpose migration\nalter public.a\nrisk destructive public.a",
            "allow by baseline/services, migrations/pipeline",
        ),
        (
            "service migrations in production\nalter public.a\nrisk destructive public.a",
            "hold data-owners by destructive/replace",
        ),
        (
            "service migrations in production purpose migration\ndrop public.a\nrisk destructive public.a\nrisk cascade public.a",
            "refuse by destructive/cascade",
        ),
        ("human carol in dev\nselect public.employees read(salary)", "refuse by sensitive/salary"),
        ("human carol in dev\nselect public.employees where(salary)", "refuse by sensitive/salary"),
        ("human carol of payroll in dev\nselect public.employees read(salary)", "allow by baseline/humans"),
    ] {
        let given = told(&Question::read(question).decide(&rules));
        assert_eq!(given.lines().next(), Some(expected), "{question}");
    }
    let large = "agent bot for alice in dev\nselect public.log rows(2000000)";
    let given = told(&Question::read(large).decide(&rules));
    assert_eq!(given, "allow by baseline/agents-in-dev, baseline/humans\nshadow sensitive/large-reads\n");
    let mut sunday = Question::read("human carol in production\ncreate public.t");
    sunday.now.0 -= 86_400_000_000;
    assert_eq!(sunday.decide(&rules).rules()[0].as_ref(), "freeze/weekend");
}

/// The cases beside the examples are read; `tollhouse policy test` runs them.
#[test]
fn cases_can_be_read() {
    for path in ["examples/policies/tests.toml", "policies/tests/packs.toml"] {
        let cases = policy::case::read(path, &text(path)).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert!(cases.len() > 5, "{path}");
    }
}

/// Every rule that the guide shows is a rule.
#[test]
fn the_guide_shows_rules_that_check() {
    let guide = text("docs/policy.md");
    let blocks: Vec<&str> =
        guide.split("```cedar\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect();
    assert!(blocks.len() > 3);
    let mut sources = Rules::packs();
    sources.push(Source { name: "guide.cedar".to_owned(), text: blocks.concat(), pack: false });
    Rules::check(&sources).unwrap_or_else(|problems| panic!("{problems:#?}"));
}

/// The guide's tables name each attribute, action, pack and code that there is.
#[test]
fn the_guide_is_complete() {
    let guide = text("docs/policy.md");
    let packs = Rules::packs();
    let packs = packs.iter().map(|pack| pack.name.trim_end_matches(".cedar").to_owned());
    let context = policy::SCHEMA.split("type Object = {").nth(1).unwrap_or_default();
    let attributes = context
        .lines()
        .take_while(|line| !line.starts_with("// ----"))
        .filter_map(|line| line.split("//").next()?.split_once(':'))
        .map(|(name, _)| name.trim().trim_end_matches('?').to_owned());
    let codes = [
        policy::REFUSED,
        policy::REVIEW,
        policy::NOT_UNDERSTOOD,
        policy::NOT_KNOWN,
        policy::NOT_PERMITTED,
        policy::RULES_BROKEN,
    ];
    let codes = codes.map(|code| code.to_string());
    let own = [policy::NO_PERMIT, policy::ERROR, policy::UNCHECKED, policy::ALONE].map(str::to_owned);
    let actions = model::facts::Verb::ALL.map(|verb| verb.as_str().to_owned());
    let missing: Vec<String> = packs
        .chain(attributes)
        .chain(codes)
        .chain(own)
        .chain(actions)
        .filter(|word| !guide.contains(&format!("`{word}`")))
        .collect();
    assert!(missing.is_empty(), "not in docs/policy.md: {missing:?}");
}
