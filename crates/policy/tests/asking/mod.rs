//! Questions for tests, written as a few lines: who, where, and facts as the ledger shows them.

#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in what it is made of as well"
)]
#![allow(dead_code, reason = "not every test asks in every way")]

use model::facts::{Access, Columns, Facts, Object, ObjectKind, Opaque, Risk, RiskKind, Verb};
use model::{Environment, Name, Principal, PrincipalKind, Timestamp, Verdict};
use policy::{Asked, Decision, Rules, Source};

/// A Monday, ten in the morning.
pub(crate) const MONDAY: Timestamp = Timestamp(1_772_445_600_000_000);

/// A question that owns what it is made of.
pub(crate) struct Question {
    pub(crate) principal: Principal,
    pub(crate) human: Option<Principal>,
    pub(crate) target: Name,
    pub(crate) environment: Environment,
    pub(crate) purpose: Option<String>,
    pub(crate) now: Timestamp,
    pub(crate) statements: Vec<Facts>,
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Question {
    /// Reads one: `agent bot for alice in production`, then a line for each thing that a statement does; `and` begins
    /// the next statement.
    pub(crate) fn read(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_else(|| panic!("no question"));
        let mut words = first.split(' ');
        let mut question = Self {
            principal: principal("human", "nobody", &[]),
            human: None,
            target: name("shop"),
            environment: Environment::Production,
            purpose: None,
            now: MONDAY,
            statements: vec![Facts::default()],
        };
        while let (Some(word), Some(value)) = (words.next(), words.next()) {
            match word {
                "human" | "agent" | "service" => question.principal = principal(word, value, &[]),
                "for" => {
                    question.principal.on_behalf_of = Some(name(value));
                    question.human = Some(principal("human", value, &[]));
                }
                "of" => {
                    let who = question.human.as_mut().unwrap_or(&mut question.principal);
                    who.groups = value.split(',').map(name).collect();
                }
                "in" => question.environment = Environment::parse(value).unwrap_or_else(|| panic!("{value}")),
                "at" => question.target = name(value),
                "purpose" => question.purpose = Some(value.to_owned()),
                // MONDAY is at ten.
                "hour" => {
                    question.now.0 =
                        MONDAY.0 - 36_000_000_000 + value.parse::<u64>().unwrap_or_default() * 3_600_000_000
                }
                _ => panic!("{word}: {first}"),
            }
        }
        for line in lines {
            if line == "and" {
                question.statements.push(Facts::default());
            } else if let Some(facts) = question.statements.last_mut() {
                add(line, facts);
            }
        }
        for facts in &mut question.statements {
            facts.verbs.sort();
            facts.verbs.dedup();
            facts.accesses.sort();
            facts.risks.sort();
        }
        question
    }

    pub(crate) fn decide(&self, rules: &Rules) -> Decision {
        let statements: Vec<&Facts> = self.statements.iter().collect();
        rules.decide(&self.asked(&statements))
    }

    pub(crate) fn asked<'a>(&'a self, statements: &'a [&'a Facts]) -> Asked<'a> {
        Asked {
            principal: &self.principal,
            human: self.human.as_ref(),
            target: &self.target,
            environment: self.environment,
            database: "shop",
            statements,
            named: &[],
            purpose: self.purpose.as_deref(),
            now: self.now,
        }
    }
}

pub(crate) fn principal(kind: &str, of: &str, groups: &[&str]) -> Principal {
    let kind = PrincipalKind::parse(kind).unwrap_or_else(|| panic!("{kind}"));
    Principal {
        name: name(of),
        kind,
        groups: groups.iter().map(|group| name(group)).collect(),
        on_behalf_of: None,
    }
}

/// `update public.orders unbounded rows(7) written(a, b)`, `risk no_where public.orders`, `call public.f()`,
/// `opaque syntax: why`, `command DO`, `limit 5`.
fn add(line: &str, facts: &mut Facts) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "risk" => {
            let (kind, about) = rest.split_once(' ').unwrap_or((rest, ""));
            let kind = RiskKind::parse(kind).unwrap_or_else(|| panic!("{line}"));
            facts.risks.push(Risk { kind, about: about.to_owned() });
        }
        "command" => facts.command = if rest == "DO" { "DO" } else { panic!("{line}") },
        "limit" => facts.limit = rest.parse().ok(),
        "opaque" => {
            let (kind, reason) = rest.split_once(": ").unwrap_or_else(|| panic!("{line}"));
            let kinds = ["syntax", "limit", "unknown object", "state"];
            let kind = kinds.into_iter().find(|known| *known == kind).unwrap_or_else(|| panic!("{line}"));
            facts.opaque.push(Opaque { kind, reason: reason.to_owned(), missing: None });
            facts.verbs.push(Verb::Opaque);
        }
        "call" if rest.contains('(') => {
            facts.calls.push(object(ObjectKind::Function, rest));
            facts.verbs.push(Verb::Call);
        }
        "uses" => facts.calls.push(object(ObjectKind::Function, rest)),
        _ => {
            let verb = Verb::parse(word).unwrap_or_else(|| panic!("{line}"));
            facts.verbs.push(verb);
            if !rest.is_empty() {
                facts.accesses.push(access(verb, rest));
            }
        }
    }
}

fn access(verb: Verb, text: &str) -> Access {
    use ObjectKind::*;
    let kinds = [View, MaterializedView, ForeignTable, Sequence, Index, Type, Function, Schema, Other];
    let kind = kinds.into_iter().find(|kind| text.starts_with(&format!("{} ", kind.as_str())));
    let text = kind.map_or(text, |kind| text[kind.as_str().len()..].trim_start());
    let (of, rest) = text.split_once(' ').unwrap_or((text, ""));
    let list = |word: &str| -> Vec<std::sync::Arc<str>> {
        let inside = rest.split(&format!("{word}(")).nth(1).and_then(|rest| rest.split(')').next());
        inside.unwrap_or_default().split(", ").filter(|name| !name.is_empty()).map(Into::into).collect()
    };
    Access {
        verb,
        object: object(kind.unwrap_or(Table), of),
        columns: Columns {
            read: list("read"),
            written: list("written"),
            predicate: list("where"),
            ..Columns::default()
        },
        unbounded: rest.contains("unbounded"),
        rows: list("rows").first().and_then(|rows| rows.parse().ok()),
    }
}

fn object(kind: ObjectKind, text: &str) -> Object {
    let (schema, name) = text.split_once('.').unwrap_or(("", text));
    Object { kind, schema: schema.into(), name: name.into(), oid: 16_384 }
}

/// A decision as lines.
pub(crate) fn told(decision: &Decision) -> String {
    let mut text = decision.verdict().as_str().to_owned();
    if decision.verdict() == Verdict::Hold {
        text.push_str(&format!(" {}", decision.hold_group().unwrap_or_default()));
    }
    text.push_str(&format!(" by {}\n", decision.rules().join(", ")));
    if !decision.shadow().is_empty() {
        text.push_str(&format!("shadow {}\n", decision.shadow().join(", ")));
    }
    if let Some(refusal) = decision.refusal() {
        text.push_str(&format!("{} {}\n", refusal.code, refusal.message));
        text.push_str(&format!("DETAIL {}\n", refusal.detail.as_deref().unwrap_or_default()));
        text.push_str(&format!("HINT {}\n", refusal.hint.as_deref().unwrap_or_default()));
    }
    text
}

/// The packs and rules of one's own.
pub(crate) fn with_packs(text: &str) -> Rules {
    let mut sources = Rules::packs();
    sources.push(Source { name: "own.cedar".to_owned(), text: text.to_owned(), pack: false });
    checked(&sources)
}

/// Rules of one's own, without packs.
pub(crate) fn alone(text: &str) -> Rules {
    checked(&[Source { name: "own.cedar".to_owned(), text: text.to_owned(), pack: false }])
}

fn checked(sources: &[Source]) -> Rules {
    Rules::check(sources).unwrap_or_else(|problems| panic!("{problems:#?}"))
}
