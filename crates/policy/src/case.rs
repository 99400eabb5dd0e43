//! Tests of rules, as people write them: who, where, which statement, and what has to come of it. This room reads the
//! file and compares; analysing the statement is for those who know SQL.
//!
//! ```toml
//! [default]
//! tables = "public.orders(id int4 pk, note text)"
//! environment = "production"
//! principal = { name = "bot", kind = "agent", on_behalf_of = "alice" }
//!
//! [[case]]
//! name = "an agent drops nothing"
//! statement = "DROP TABLE orders"
//! verdict = "refuse"
//! rules = ["destructive/agents"]
//!
//! [[case]]
//! name = "an agent sees no mail"
//! statement = "SELECT id, note FROM orders"
//! labels = { "public.orders.note" = "email" }
//! verdict = "allow"
//! shows = { id = "clear", note = "partial" }
//! ```

use std::collections::BTreeMap;

use model::{Class, Environment, Name, Principal, PrincipalKind, Timestamp, Verdict};
use serde::Deserialize;

use crate::ask::Asked;
use crate::decision::Decision;
use crate::problem::{Problem, position};

/// One test.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What it shows.
    pub name: String,
    /// The line of its file where it begins, from 1.
    pub line: usize,
    /// Who acts.
    pub principal: Principal,
    /// For an agent, its human.
    pub human: Option<Principal>,
    /// Where; `shop` unless it is given.
    pub target: Name,
    /// What kind of place that is.
    pub environment: Environment,
    /// The database; `shop` unless it is given.
    pub database: String,
    /// The tables that there are, in the words of `sql::Catalogue::with_tables`.
    pub tables: String,
    /// What columns hold, by `schema.table.column`; `None`: the case does not speak of labels.
    pub labels: Option<BTreeMap<String, Class>>,
    /// The text that is sent.
    pub statement: String,
    /// The stated purpose.
    pub purpose: Option<String>,
    /// When.
    pub at: Timestamp,
    expected: Expected,
}

/// What has to come of it. What is not given is not compared, except for the verdict.
#[derive(Clone, Debug, PartialEq)]
struct Expected {
    verdict: Verdict,
    rules: Option<Vec<String>>,
    shadow: Option<Vec<String>>,
    code: Option<String>,
    hold: Option<String>,
    shows: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    default: Draft,
    #[serde(default)]
    case: Vec<toml::Spanned<Draft>>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    name: Option<String>,
    principal: Option<PrincipalDraft>,
    human: Option<HumanDraft>,
    target: Option<String>,
    environment: Option<String>,
    database: Option<String>,
    tables: Option<String>,
    labels: Option<BTreeMap<String, String>>,
    statement: Option<String>,
    purpose: Option<String>,
    at: Option<toml::value::Datetime>,
    verdict: Option<String>,
    rules: Option<Vec<String>>,
    shadow: Option<Vec<String>>,
    code: Option<String>,
    hold: Option<String>,
    shows: Option<BTreeMap<String, String>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipalDraft {
    name: String,
    kind: String,
    #[serde(default)]
    groups: Vec<String>,
    on_behalf_of: Option<String>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HumanDraft {
    #[serde(default)]
    groups: Vec<String>,
}

/// Reads a file of cases. `file` is its name, for problems.
///
/// # Errors
/// All that is wrong with it.
pub fn read(file: &str, text: &str) -> Result<Vec<Case>, Vec<Problem>> {
    let at = |at: usize, message: String| {
        let (line, column) = position(text, at);
        Problem { file: file.to_owned(), line, column, policy: None, message, hint: None }
    };
    let parsed: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        vec![at(start, error.message().to_owned())]
    })?;
    if parsed.case.is_empty() {
        return Err(vec![at(0, "there is no `[[case]]` in this file".to_owned())]);
    }
    let mut problems = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    for draft in parsed.case {
        let start = draft.span().start;
        match draft.into_inner().over(&parsed.default).check(position(text, start).0) {
            Ok(case) if cases.iter().any(|other| other.name == case.name) => {
                problems.push(at(start, format!("another case is called `{}`", case.name)));
            }
            Ok(case) => cases.push(case),
            Err(message) => problems.push(at(start, message)),
        }
    }
    if problems.is_empty() { Ok(cases) } else { Err(problems) }
}

impl Draft {
    /// What is given here, and from `default` what is not.
    fn over(self, default: &Self) -> Self {
        let default = default.clone();
        Self {
            name: self.name,
            principal: self.principal.or(default.principal),
            human: self.human.or(default.human),
            target: self.target.or(default.target),
            environment: self.environment.or(default.environment),
            database: self.database.or(default.database),
            tables: self.tables.or(default.tables),
            labels: self.labels.or(default.labels),
            statement: self.statement.or(default.statement),
            purpose: self.purpose.or(default.purpose),
            at: self.at.or(default.at),
            verdict: self.verdict.or(default.verdict),
            rules: self.rules.or(default.rules),
            shadow: self.shadow.or(default.shadow),
            code: self.code.or(default.code),
            hold: self.hold.or(default.hold),
            shows: self.shows.or(default.shows),
        }
    }

    fn check(self, line: usize) -> Result<Case, String> {
        let name = self.name.filter(|name| !name.trim().is_empty()).ok_or("a case has no `name`")?;
        let within = |message: String| format!("case `{name}`: {message}");
        let principal = self.principal.ok_or_else(|| within("`principal` is missing".to_owned()))?;
        let (principal, human) = principal.check(self.human.unwrap_or_default()).map_err(within)?;
        let environment = self.environment.unwrap_or_else(|| "production".to_owned());
        let verdict = self.verdict.ok_or_else(|| within("`verdict` is missing".to_owned()))?;
        let at = self.at.map_or(Ok(DEFAULT_AT), |at| timestamp(&at)).map_err(within)?;
        let labels = self.labels.map(classes).transpose().map_err(within)?;
        if self.shows.is_some() && labels.is_none() {
            return Err(within("`shows` needs `labels`: what columns hold".to_owned()));
        }
        Ok(Case {
            line,
            principal,
            human,
            target: named(&self.target.unwrap_or_else(|| "shop".to_owned())).map_err(within)?,
            environment: Environment::parse(&environment).ok_or_else(|| {
                within(format!("`{environment}` is not dev, staging, production or sandbox"))
            })?,
            database: self.database.unwrap_or_else(|| "shop".to_owned()),
            tables: self.tables.unwrap_or_default(),
            labels,
            statement: self.statement.ok_or_else(|| within("`statement` is missing".to_owned()))?,
            purpose: self.purpose,
            at,
            expected: Expected {
                verdict: [Verdict::Allow, Verdict::Refuse, Verdict::Hold]
                    .into_iter()
                    .find(|known| known.as_str() == verdict)
                    .ok_or_else(|| within(format!("`{verdict}` is not allow, refuse or hold")))?,
                rules: self.rules,
                shadow: self.shadow,
                code: self.code,
                hold: self.hold,
                shows: self.shows,
            },
            name: name.clone(),
        })
    }
}

/// 2026-03-02T10:00:00Z: a Monday morning, when most rules about time let people work.
const DEFAULT_AT: Timestamp = Timestamp(1_772_445_600_000_000);

impl PrincipalDraft {
    fn check(self, human: HumanDraft) -> Result<(Principal, Option<Principal>), String> {
        let kind = PrincipalKind::parse(&self.kind)
            .ok_or_else(|| format!("`{}` is not human, agent or service", self.kind))?;
        let on_behalf_of = self.on_behalf_of.as_deref().map(named).transpose()?;
        if (kind == PrincipalKind::Agent) != on_behalf_of.is_some() {
            return Err("an agent, and nobody else, has `on_behalf_of`".to_owned());
        }
        let human = match &on_behalf_of {
            None => None,
            Some(name) => Some(Principal {
                name: name.clone(),
                kind: PrincipalKind::Human,
                groups: names(&human.groups)?,
                on_behalf_of: None,
            }),
        };
        let principal =
            Principal { name: named(&self.name)?, kind, groups: names(&self.groups)?, on_behalf_of };
        Ok((principal, human))
    }
}

fn named(text: &str) -> Result<Name, String> {
    Name::new(text).map_err(|error| format!("`{}`: {error}", text.escape_debug()))
}

fn classes(labels: BTreeMap<String, String>) -> Result<BTreeMap<String, Class>, String> {
    let class = |(column, word): (String, String)| {
        let class = Class::parse(&word).ok_or_else(|| format!("`labels`: there is no class `{word}`"))?;
        Ok((column, class))
    };
    labels.into_iter().map(class).collect()
}

fn names(texts: &[String]) -> Result<Vec<Name>, String> {
    texts.iter().map(|text| named(text)).collect()
}

fn timestamp(at: &toml::value::Datetime) -> Result<Timestamp, String> {
    let wrong = || "`at` is a time with date and zone after 1970: 2026-03-02T10:00:00Z".to_owned();
    let (date, time) = (at.date.ok_or_else(wrong)?, at.time.ok_or_else(wrong)?);
    let minutes = match at.offset.ok_or_else(wrong)? {
        toml::value::Offset::Z => 0,
        toml::value::Offset::Custom { minutes } => i64::from(minutes),
    };
    let days = crate::clock::days(u64::from(date.year), u64::from(date.month), u64::from(date.day));
    let second = u64::from(time.second.unwrap_or(0));
    let seconds = days.ok_or_else(wrong)? * 86_400
        + u64::from(time.hour) * 3_600
        + u64::from(time.minute) * 60
        + second;
    let seconds = i64::try_from(seconds).map_err(|_| wrong())? - minutes * 60;
    let micros = u64::try_from(seconds).map_err(|_| wrong())?.saturating_mul(1_000_000);
    Ok(Timestamp(micros + u64::from(time.nanosecond.unwrap_or(0) / 1_000)))
}

impl Case {
    /// The question, for the facts of its statement.
    #[must_use]
    pub fn asked<'a>(&'a self, statements: &'a [&'a model::facts::Facts]) -> Asked<'a> {
        Asked {
            principal: &self.principal,
            human: self.human.as_ref(),
            target: &self.target,
            environment: self.environment,
            database: &self.database,
            statements,
            named: &[],
            purpose: self.purpose.as_deref(),
            now: self.at,
        }
    }

    /// Where the decision, or what is `shown` of the result's columns by name, is not what was expected, one sentence each;
    /// none = as expected.
    #[must_use]
    pub fn differences(&self, decision: &Decision, shown: &[(&str, String)]) -> Vec<String> {
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: Option<String>, given: String| {
            if let Some(expected) = expected.filter(|expected| *expected != given) {
                differences.push(format!("{what}: expected {expected}, given {given}"));
            }
        };
        let expected = &self.expected;
        let list = |ids: &mut Vec<&str>| {
            ids.sort_unstable();
            format!("[{}]", ids.join(", "))
        };
        let given = |ids: &[std::sync::Arc<str>]| list(&mut ids.iter().map(|id| &**id).collect());
        let wanted = |ids: &Option<Vec<String>>| {
            ids.as_ref().map(|ids| list(&mut ids.iter().map(String::as_str).collect()))
        };
        compare(
            "verdict",
            Some(expected.verdict.as_str().to_owned()),
            decision.verdict().as_str().to_owned(),
        );
        compare("rules", wanted(&expected.rules), given(decision.rules()));
        compare("shadow", wanted(&expected.shadow), given(decision.shadow()));
        let code = decision.refusal().map_or_else(|| "none".to_owned(), |refusal| refusal.code.to_string());
        compare("code", expected.code.clone(), code);
        compare("hold", expected.hold.clone(), decision.hold_group().unwrap_or("none").to_owned());
        for (column, word) in expected.shows.iter().flatten() {
            let mut all = shown.iter().filter(|(name, _)| name == column).map(|(_, word)| word.as_str());
            let given = all.clone().find(|given| given != word).or_else(|| all.next());
            compare(
                &format!("shows `{column}`"),
                Some(word.clone()),
                given.unwrap_or("no such column").to_owned(),
            );
        }
        differences
    }
}

#[cfg(test)]
mod tests;
