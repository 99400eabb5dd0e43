//! How files of cases are read, and what is compared.

use super::*;

const GOOD: &str = r#"
[default]
principal = { name = "bot", kind = "agent", groups = ["bots"], on_behalf_of = "alice" }
human = { groups = ["engineering"] }
environment = "staging"

[[case]]
name = "one"
statement = "SELECT 1"
at = 2026-03-01T10:30:00+01:00
verdict = "allow"

[[case]]
name = "two"
principal = { name = "carol", kind = "human" }
statement = "SELECT 1"
verdict = "refuse"
"#;

#[test]
fn cases_take_what_they_do_not_say_from_the_default() {
    let cases = read("a.toml", GOOD).unwrap();
    let [one, two] = cases.as_slice() else { panic!("two cases") };
    assert_eq!(
        (one.line, one.principal.kind, one.environment),
        (7, PrincipalKind::Agent, Environment::Staging)
    );
    assert_eq!(one.human.as_ref().map(|human| human.groups.len()), Some(1));
    assert_eq!(one.at, Timestamp(1_772_357_400_000_000));
    assert_eq!((two.principal.name.as_str(), two.human.is_none(), two.at), ("carol", true, DEFAULT_AT));
    assert_eq!(crate::clock::rfc3339(DEFAULT_AT), "2026-03-02T10:00:00.000Z");
}

#[test]
fn what_is_wrong_has_a_place() {
    for (text, message) in [
        ("", "1:1: there is no `[[case]]` in this file"),
        ("[[case]]\nnme = \"x\"", "2:1: unknown field `nme`"),
        ("[[case]]\nverdict = \"allow\"", "1:1: a case has no `name`"),
        ("[[case]]\nname = \"x\"", "1:1: case `x`: `principal` is missing"),
        (&GOOD.replace("two", "one"), "13:1: another case is called `one`"),
        (&GOOD.replace("\"refuse\"", "\"deny\""), "13:1: case `two`: `deny` is not allow, refuse or hold"),
        (&GOOD.replace("+01:00", ""), "7:1: case `one`: `at` is a time with date and zone"),
        (&GOOD.replace("\"human\"", "\"agent\""), "13:1: case `two`: an agent, and nobody else, has"),
    ] {
        let problems = read("a.toml", text).unwrap_err();
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        assert!(first.starts_with(&format!("a.toml:{message}")), "{first}");
    }
}

#[test]
fn what_is_shown_is_compared_by_the_names_of_columns() {
    let labels =
        "labels = { \"public.t.mail\" = \"email\" }\nshows = { id = \"clear\", mail = \"partial\" }\nverdict";
    let cases = read("a.toml", &GOOD.replacen("verdict", labels, 1)).unwrap();
    assert_eq!(cases[0].labels.as_ref().map(|labels| labels["public.t.mail"]), Some(Class::Email));
    assert_eq!(cases[1].labels, None);
    let decision = crate::Rules::check(&[]).unwrap().decide(&cases[0].asked(&[]));
    let shown = |columns: &[(&'static str, &str)]| {
        let columns: Vec<_> = columns.iter().map(|(name, word)| (*name, (*word).to_owned())).collect();
        let mut differences = cases[0].differences(&decision, &columns);
        differences.retain(|line| line.starts_with("shows"));
        differences
    };
    assert!(shown(&[("id", "clear"), ("mail", "partial"), ("note", "scan")]).is_empty());
    assert_eq!(shown(&[("id", "clear")]), ["shows `mail`: expected partial, given no such column"]);
    let twice = shown(&[("id", "clear"), ("mail", "partial"), ("mail", "clear")]);
    assert_eq!(twice, ["shows `mail`: expected partial, given clear"], "each of that name");
    for (labels, message) in [
        ("labels = { a = \"mail\" }\nverdict", "case `one`: `labels`: there is no class `mail`"),
        ("shows = { a = \"clear\" }\nverdict", "case `one`: `shows` needs `labels`"),
    ] {
        let problems = read("a.toml", &GOOD.replacen("verdict", labels, 1)).unwrap_err();
        assert!(problems[0].to_string().contains(message), "{problems:?}");
    }
}
