//! `tollhouse policy`: what a person or a script sees of rules before they count.

use std::fs;

use serde_json::Value;

use crate::{Answer, CONFIGURATION, Place};

const RULES: &str = r#"
@id("own/no-freight")
@message("the table `freight` is being moved")
@hint("ask in #freight")
forbid (principal, action in Action::"statement", resource == Relation::"shop/public.freight");
"#;

const CASES: &str = r#"
[default]
principal = { name = "alice", kind = "human" }
environment = "dev"
tables = "public.orders(id int4 pk, note text)"

[[case]]
name = "alice reads orders"
statement = "SELECT note FROM orders WHERE id = 1"
verdict = "allow"
rules = ["baseline/humans"]

[[case]]
name = "nobody reads what nobody knows"
statement = "SELECT * FROM ordrs"
verdict = "refuse"
rules = ["opaque/not-known"]
"#;

fn place() -> Place {
    let place = Place::new();
    let configured =
        CONFIGURATION.replacen("[[listener]]", "[policy]\ndirectory = \"rules\"\n\n[[listener]]", 1);
    fs::write(place.file(), configured).unwrap();
    fs::create_dir(place.0.path().join("rules")).unwrap();
    place.write("rules/own.cedar", RULES);
    let catalogue = sql::catalogue::builtin(18)
        .with_tables("public.orders(id int4 pk, note text)\npublic.freight(id int4)")
        .unwrap();
    place.write("shop.catalogue", &catalogue.to_text());
    place
}

fn json(answer: &Answer) -> Vec<Value> {
    answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn check_says_whether_rules_can_be_used() {
    let place = place();
    let good = place.run(&["policy", "check"], "");
    assert_eq!((good.code, good.err.as_str()), (0, ""));
    assert!(good.out.contains(" packs and 1 file of your own; policy "), "{}", good.out);
    assert_eq!(place.run(&["check"], "").code, 0);

    place.write("rules/own.cedar", &RULES.replace("forbid (", "forbd ("));
    let bad = place.run(&["policy", "check"], "");
    assert_eq!((bad.code, bad.out.as_str()), (1, ""));
    assert!(bad.err.contains("rules/own.cedar:5:1: "), "{}", bad.err);
    let whole = place.run(&["check"], "");
    assert_eq!((whole.code, whole.out.as_str()), (1, ""));
    assert!(whole.err.contains("rules/own.cedar:5:1: "), "{}", whole.err);
    assert!(whole.err.contains("a gate with them refuses everything"), "{}", whole.err);
    let answer = &json(&place.run(&["policy", "check", "--json"], ""))[0];
    assert_eq!((&answer["ok"], &answer["problems"][0]["line"]), (&false.into(), &5.into()));
    let answer = &json(&place.run(&["check", "--json"], ""))[0];
    assert_eq!((&answer["ok"], &answer["rules"]["problems"][0]["line"]), (&false.into(), &5.into()));

    // Files on the command line are checked beside the packs, whatever the configuration says.
    place.write("new.cedar", RULES);
    assert_eq!(place.run(&["policy", "check", "new.cedar"], "").code, 0);
    assert_eq!(place.run(&["policy", "check", "nowhere.cedar"], "").code, 1);
    assert_eq!(place.run(&["policy", "check", "--config", "nowhere.toml"], "").code, 2);
    let unknown = place.run(&["policy", "check", "--packs", "baseline,destuctive"], "");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("there is no pack `destuctive`; write `all`"), "{}", unknown.err);
}

#[test]
fn a_folder_that_is_not_there_is_a_problem_of_the_rules() {
    let place = place();
    fs::remove_dir_all(place.0.path().join("rules")).unwrap();
    let answer = place.run(&["check"], "");
    assert_eq!(answer.code, 1);
    assert!(
        answer.err.contains("rules:1:1: cannot be read: there is no such file; make the folder"),
        "{}",
        answer.err
    );
}

#[test]
fn test_runs_cases_and_says_what_differs() {
    let place = place();
    fs::create_dir(place.0.path().join("cases")).unwrap();
    place.write("cases/orders.toml", CASES);
    let good = place.run(&["policy", "test", "cases"], "");
    assert_eq!((good.code, good.out.as_str()), (0, "ok: 2 cases in 1 file\n"), "{}", good.err);

    place.write("cases/orders.toml", &CASES.replace("verdict = \"allow\"", "verdict = \"refuse\""));
    let bad = place.run(&["policy", "test", "cases"], "");
    assert_eq!(bad.code, 1);
    assert!(bad.out.starts_with("cases/orders.toml:7: case `alice reads orders` failed\n"), "{}", bad.out);
    assert!(bad.out.contains("  verdict: expected refuse, given allow\n"), "{}", bad.out);
    assert!(bad.out.contains("select public.orders read(note) where(id)"), "{}", bad.out);
    assert!(bad.out.ends_with("1 of 2 cases in 1 file failed\n"), "{}", bad.out);
    let answers = json(&place.run(&["policy", "test", "cases", "--json"], ""));
    assert_eq!((&answers[0]["ok"], &answers[1]["ok"]), (&false.into(), &true.into()));
    assert_eq!(answers[1]["decision"]["rules"][0], "opaque/not-known");

    place.write("cases/orders.toml", &CASES.replace("verdict", "vrdict"));
    assert_eq!(place.run(&["policy", "test", "cases"], "").code, 2);
    fs::remove_file(place.0.path().join("cases/orders.toml")).unwrap();
    assert_eq!(place.run(&["policy", "test", "cases"], "").code, 1, "no case is no proof");
}

#[test]
fn explain_lists_rules_and_shows_one() {
    let place = place();
    let all = place.run(&["policy", "explain"], "");
    assert_eq!(all.code, 0);
    assert!(all.out.starts_with("baseline.cedar\n  permit  baseline/connect "), "{}", all.out);
    assert!(all.out.contains("\nrules/own.cedar\n  forbid  own/no-freight "), "{}", all.out);
    let one = place.run(&["policy", "explain", "own/no-freight"], "").out;
    for line in
        ["file         rules/own.cedar:2", "hint         ask in #freight", "  forbid (principal, action in"]
    {
        assert!(one.contains(line), "{line}: {one}");
    }
    let some = json(&place.run(&["policy", "explain", "own/*", "--json"], ""));
    assert_eq!((some.len(), &some[0]["effect"]), (1, &"forbid".into()));
    let none = place.run(&["policy", "explain", "own/nothing"], "");
    assert_eq!((none.code, none.out.as_str()), (1, ""));
}

#[test]
fn try_judges_without_running() {
    let place = place();
    let attempt = |principal: &str, text: &str, more: &[&str]| {
        let mut all =
            vec!["policy", "try", "--as", principal, "--target", "shop", "--catalogue", "shop.catalogue"];
        all.extend(more);
        all.push(text);
        place.run(&all, "SELECT 1")
    };
    let allowed = attempt("alice", "SELECT note FROM orders", &[]);
    assert_eq!(allowed.code, 0, "{}{}", allowed.out, allowed.err);
    for line in
        ["session: allow", "facts:\n  select public.orders", "verdict: allow", "permitted by baseline/humans"]
    {
        assert!(allowed.out.contains(line), "{line}: {}", allowed.out);
    }
    assert_eq!(attempt("alice", "-", &[]).code, 0, "from standard input");
    let refused = attempt("alice", "SELECT * FROM freight", &[]);
    assert_eq!(refused.code, 1);
    for line in ["verdict: refuse (TH001)", "the table `freight` is being moved", "hint: ask in #freight"] {
        assert!(refused.out.contains(line), "{line}: {}", refused.out);
    }
    let answer = &json(&attempt("support-bot", "DELETE FROM orders", &["--json"]))[0];
    assert_eq!(
        (&answer["session"]["verdict"], &answer["decision"]["verdict"]),
        (&"allow".into(), &"refuse".into())
    );
    assert!(
        answer["facts"][0].as_array().unwrap().contains(&"risk no_where public.orders".into()),
        "{answer}"
    );
    assert!(answer["why"].as_array().unwrap().len() > 1, "agent and human: {answer}");

    let unknown = attempt("carol", "SELECT 1", &[]);
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("no principal `carol`; the configuration has `alice`, `support-bot`"),
        "{}",
        unknown.err
    );
    // Nobody answers at the target: the next step is named.
    let dead = CONFIGURATION.replace("hosts = [\"127.0.0.1\"]", "hosts = [\"127.0.0.1:1\"]");
    fs::write(place.file(), dead).unwrap();
    let dead = place.run(&["policy", "try", "--as", "alice", "--target", "shop", "SELECT 1"], "");
    assert_eq!(dead.code, 2);
    assert!(dead.err.contains("or give a catalogue's file with `--catalogue`"), "{}", dead.err);
}

/// The blocks of one language that the guide shows.
fn guide(language: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/policy.md");
    let guide = fs::read_to_string(path).unwrap();
    let fence = format!("```{language}\n");
    let blocks = guide.split(&*fence).skip(1);
    blocks.map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn cases_with_labels_are_judged_as_a_session_would_be() {
    let place = place();
    let cases = guide("toml");
    assert!(cases.contains("shows = "), "the guide shows such cases");
    place.write("guide.cedar", &guide("cedar"));
    place.write("guide.toml", &cases);
    let test = ["policy", "test", "--policies", "guide.cedar", "--packs", "all", "guide.toml"];
    let good = place.run(&test, "");
    assert_eq!((good.code, good.out.as_str()), (0, "ok: 4 cases in 1 file\n"), "{}{}", good.out, good.err);

    let examples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies");
    let (folder, file) = (examples.to_str().unwrap(), examples.join("tests.toml"));
    let beside = place.run(&["policy", "test", "--policies", folder, file.to_str().unwrap()], "");
    assert_eq!(beside.code, 0, "{}{}", beside.out, beside.err);

    place.write("guide.toml", &cases.replace("loud = \"full\"", "loud = \"clear\", more = \"clear\""));
    let bad = place.run(&test, "");
    assert_eq!(bad.code, 1);
    for line in [
        "  shows `loud`: expected clear, given full\n",
        "  shows `more`: expected clear, given no such column\n",
        "  shows card: last4\n",
    ] {
        assert!(bad.out.contains(line), "{}", bad.out);
    }
    let answers = json(&place.run(&[&test[..], &["--json"]].concat(), ""));
    assert_eq!(answers[0]["shows"][3], serde_json::json!(["notes", "scan"]));
    assert_eq!(answers[2]["shows"], serde_json::json!([]), "what is refused shows nothing");

    place.write("guide.toml", &cases.replace("customers.card\"", "customers.crad\""));
    let unknown = place.run(&test, "");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("there is no column `public.customers.crad`"), "{}", unknown.err);
}
