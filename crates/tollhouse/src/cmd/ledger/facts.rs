//! What a decision's entry says of facts and rules, as `search` asks for it: verbs, objects, risks, rule ids. Reads
//! the lines of the ledger's reference; it analyses nothing.

use clap::Args;
use ledger::leaf::Decision;
use model::facts::{RiskKind, Verb};

use crate::cmd::glob;

/// The filters about facts and rules; all of them have to fit.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Facts {
    /// What was refused; with --held: what was refused or held
    #[arg(long)]
    refused: bool,
    /// What was held for review
    #[arg(long)]
    held: bool,
    /// What a rule in shadow would have refused
    #[arg(long)]
    shadowed: bool,
    /// A rule that determined the verdict or would have in shadow; `*` stands for anything: `destructive/*`
    #[arg(long, value_name = "ID", value_parser = rule)]
    rule: Option<String>,
    /// What the statement does: `select`, `update`, `drop` …
    #[arg(long, value_name = "VERB", value_parser = verb)]
    verb: Option<Verb>,
    /// What makes it dangerous: `no_where`, `cascade`, `privilege` …
    #[arg(long, value_name = "KIND", value_parser = risk)]
    risk: Option<RiskKind>,
}

fn rule(pattern: &str) -> Result<String, String> {
    let fits = |letter: char| letter.is_alphanumeric() || "*/_-.:".contains(letter);
    if pattern.is_empty() || !pattern.chars().all(fits) {
        return Err(format!("`{pattern}` is no rule; write its id, such as `destructive/drop`, or with `*`"));
    }
    Ok(pattern.to_owned())
}

fn verb(word: &str) -> Result<Verb, String> {
    Verb::parse(&word.to_ascii_lowercase()).ok_or_else(|| {
        let all = Verb::ALL.map(|verb| format!("`{}`", verb.as_str())).join(", ");
        format!("`{word}` is no verb; write one of {all}")
    })
}

fn risk(word: &str) -> Result<RiskKind, String> {
    RiskKind::parse(&word.to_ascii_lowercase()).ok_or_else(|| {
        let all = RiskKind::ALL.map(|kind| format!("`{}`", kind.as_str())).join(", ");
        format!("`{word}` is no risk; write one of {all}")
    })
}

impl Facts {
    /// Whether a decision is asked for, so that no other entry can fit.
    pub(super) fn about_statements(&self) -> bool {
        self.held || self.shadowed || self.rule.is_some() || self.verb.is_some() || self.risk.is_some()
    }

    /// Whether what was refused is asked for: of sessions only those that were refused fit then.
    pub(super) fn about_refusals(&self) -> bool {
        self.refused
    }

    /// The rule that is asked for.
    pub(super) fn rule(&self) -> &Option<String> {
        &self.rule
    }

    pub(super) fn rule_fits(&self, decision: &Decision) -> bool {
        let mut rules = decision.rules.iter().chain(&decision.shadow).flatten();
        self.rule.as_ref().is_none_or(|wanted| rules.any(|rule| glob(wanted, rule)))
    }

    pub(super) fn fits(&self, decision: &Decision) -> bool {
        let facts = || decision.facts.iter().flatten().map(String::as_str);
        let shadow = decision.shadow.as_deref().unwrap_or_default();
        let verdict = match (self.refused, self.held) {
            (false, false) => true,
            (refused, held) => {
                (refused && decision.verdict == "refuse") || (held && decision.verdict == "hold")
            }
        };
        verdict
            && (!self.shadowed || !shadow.is_empty())
            && self.rule_fits(decision)
            && self.verb.is_none_or(|verb| facts().any(|line| first(line) == verb.as_str()))
            && self.risk.is_none_or(|risk| {
                facts()
                    .any(|line| line.strip_prefix("risk ").is_some_and(|rest| first(rest) == risk.as_str()))
            })
    }
}

fn first(line: &str) -> &str {
    line.split(' ').next().unwrap_or_default()
}

/// The lines' parts that name objects: what is touched or called, without columns and settings.
pub(super) fn objects(decision: &Decision) -> impl Iterator<Item = &str> {
    decision.facts.iter().flatten().filter_map(|line| {
        let (word, rest) = line.split_once(' ')?;
        Verb::parse(word).filter(|verb| *verb != Verb::Opaque)?;
        let end = [" unbounded", " rows(", " read(", " written(", " where("]
            .iter()
            .filter_map(|behind| rest.find(behind))
            .min()
            .unwrap_or(rest.len());
        rest.get(..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(verdict: &str, facts: &[&str]) -> Decision {
        let value = serde_json::json!({
            "v": 2, "at": 1, "action": "query", "number": 1, "principal": "a", "session": "0000000000000001",
            "target": "t", "verdict": verdict, "facts": facts, "rules": ["destructive/drop-table"],
            "shadow": ["own/office-hours"],
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn words_are_read_in_any_case_and_others_are_told() {
        assert_eq!(verb("DELETE"), Ok(Verb::Delete));
        assert_eq!(risk("No_Where"), Ok(RiskKind::NoWhere));
        assert!(rule("destructive/*").is_ok());
        for pattern in ["", "[", "a b"] {
            assert!(rule(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn facts_and_rules_are_found_by_their_words() {
        let lines = ["drop view public.v", "risk cascade public.v", "select public.t rows(3) read(sales)"];
        let refused = decision("refuse", &lines);
        let fits = |facts: Facts| facts.fits(&refused);
        assert!(fits(Facts { refused: true, ..Facts::default() }));
        assert!(!fits(Facts { held: true, ..Facts::default() }));
        assert!(fits(Facts { held: true, refused: true, ..Facts::default() }));
        assert!(fits(Facts { shadowed: true, rule: Some("own/*".into()), ..Facts::default() }));
        assert!(!fits(Facts { rule: Some("drop-table".into()), ..Facts::default() }));
        assert!(fits(Facts { verb: Some(Verb::Drop), risk: Some(RiskKind::Cascade), ..Facts::default() }));
        assert!(!fits(Facts { risk: Some(RiskKind::NoWhere), ..Facts::default() }));
        assert_eq!(objects(&refused).collect::<Vec<_>>(), ["view public.v", "public.t"]);
    }
}
