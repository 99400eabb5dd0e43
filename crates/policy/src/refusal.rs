//! The words of a refusal: one sentence, the rule and what it met, the next step. The same for people and programs;
//! never a value from a statement beyond the names of objects and settings.

use std::sync::Arc;

use model::facts::Missing;
use model::{Refusal, Sqlstate};

use crate::label::{Label, Probe};

/// A rule refuses it.
pub const REFUSED: Sqlstate = Sqlstate::new(b"TH001");
/// A review is needed first.
pub const REVIEW: Sqlstate = Sqlstate::new(b"TH002");
/// It is not understood (given by the pack `opaque`).
pub const NOT_UNDERSTOOD: Sqlstate = Sqlstate::new(b"TH003");
/// It names something that the gate does not know yet (given by the pack `opaque`).
pub const NOT_KNOWN: Sqlstate = Sqlstate::new(b"TH004");
/// The same when a name that stands for nothing is all that is wrong: what the server says of it, so that programs which
/// ask for that find it.
fn missing(missing: Missing) -> Sqlstate {
    Sqlstate::new(match missing {
        Missing::Relation => b"42P01",
        Missing::Schema => b"3F000",
        Missing::Column => b"42703",
        Missing::Function => b"42883",
        Missing::Type => b"42704",
    })
}
/// No rule permits it.
pub const NOT_PERMITTED: Sqlstate = Sqlstate::new(b"TH005");
/// What is masked would be told: it is chosen by, or goes where it is not masked.
pub const MASKED: Sqlstate = Sqlstate::new(b"TH008");
/// The rules cannot be used, or one of them could not be evaluated.
pub const RULES_BROKEN: Sqlstate = Sqlstate::new(b"TH006");

/// The gate's own rule: nothing permits it.
pub const NO_PERMIT: &str = "policy/no-permit";
/// The gate's own rule: a rule could not be evaluated.
pub const ERROR: &str = "policy/error";
/// The gate's own rule: the set has problems and refuses everything.
pub const UNCHECKED: &str = "policy/unchecked";
/// The gate's own rule: an agent whose human is not known.
pub const ALONE: &str = "policy/alone";

/// Names of rules in a detail; more are counted.
const OTHERS_MAX: usize = 5;

/// Who was refused: the principal itself, or the human that it acts for.
pub(crate) struct Party<'a> {
    pub(crate) name: &'a str,
    /// The agent, when the human is meant.
    pub(crate) agent: Option<&'a str>,
}

/// What a refusal is made of.
pub(crate) struct Reason<'a> {
    pub(crate) id: &'a str,
    pub(crate) about: &'a str,
    pub(crate) message: Option<&'a str>,
    pub(crate) hint: Option<&'a str>,
    pub(crate) code: Option<Sqlstate>,
    /// What is not there, when that is all that is not understood.
    pub(crate) missing: Option<Missing>,
    pub(crate) action: &'a str,
    /// The label of the column that is meant, when its values are what is asked about.
    pub(crate) label: Option<Label>,
    pub(crate) party: Party<'a>,
}

impl Reason<'_> {
    /// A forbid speaks.
    pub(crate) fn forbidden(&self, all: &[Arc<str>]) -> Refusal {
        let message = self.message.map_or_else(
            || format!("`{}` of {} is forbidden by a rule", self.action, self.about),
            str::to_owned,
        );
        let hint = self.hint.unwrap_or("leave it out, or ask those who keep the gate's rules").to_owned();
        let known = self.missing.filter(|_| self.code == Some(NOT_KNOWN) && all.len() <= 1);
        let code = known.map(missing).or(self.code).unwrap_or(REFUSED);
        Refusal::new(code, message).detail(self.detail(all)).hint(hint)
    }

    /// A hold speaks.
    pub(crate) fn held(&self, groups: &[Arc<str>], all: &[Arc<str>]) -> Refusal {
        let groups: Vec<String> = groups.iter().map(|group| format!("`{group}`")).collect();
        let groups = groups.join(" and ");
        let what = self
            .message
            .map_or_else(|| format!("`{}` of {} is held by a rule", self.action, self.about), str::to_owned);
        let next = format!("the gate takes no reviews yet: have somebody of {groups} permit it by a rule");
        let hint = self.hint.map_or_else(|| next.clone(), |hint| format!("{hint}; {next}"));
        Refusal::new(self.code.unwrap_or(REVIEW), format!("{what}: {groups} must review it first"))
            .detail(self.detail(all))
            .hint(hint)
    }

    /// Nothing permits it.
    pub(crate) fn not_permitted(&self, all: &[Arc<str>]) -> Refusal {
        if let Some(label) = self.label {
            return self.not_probed(label, all);
        }
        let message = format!("no rule permits `{}` of {} to `{}`", self.action, self.about, self.party.name);
        Refusal::new(NOT_PERMITTED, message)
            .detail(self.detail(all))
            .hint("use a target where it is permitted, or ask those who keep the gate's rules for a permit")
    }

    /// Nothing permits to choose by a column that is masked.
    fn not_probed(&self, label: Label, all: &[Arc<str>]) -> Refusal {
        let about = self.about;
        let (message, hint) = match label.probe {
            Some(Probe::Free) if label.lookup => (
                format!(
                    "{about} is masked for you, so it may only be compared with given values by `=` or `IN`"
                ),
                "compare the whole column in WHERE, or leave it out of conditions, joins, groups, order, and whatever fails for \
                 some values only",
            ),
            _ => (
                format!("{about} is masked for you, so rows may not be chosen by it"),
                "choose rows by another column, or ask those who keep the gate's rules for a permit to `reveal` it",
            ),
        };
        Refusal::new(MASKED, message).detail(self.detail(all)).hint(hint)
    }

    /// A rule could not be evaluated.
    pub(crate) fn broken(&self, rule: &str, all: &[Arc<str>]) -> Refusal {
        Refusal::new(
            RULES_BROKEN,
            format!("the rule `{rule}` could not be evaluated, so nothing is permitted"),
        )
        .detail(self.detail(all))
        .hint("tell those who keep the gate's rules; arithmetic in a condition may have overflowed")
    }

    /// `rule `id`: object`, for whom it was judged when that is somebody else, and which other rules say so too.
    fn detail(&self, all: &[Arc<str>]) -> String {
        let mut detail = format!("rule `{}`: {}", self.id, self.about);
        if let Some(agent) = self.party.agent {
            detail.push_str(&format!("; judged for `{}`, for whom `{agent}` acts", self.party.name));
        }
        let others: Vec<&Arc<str>> = all.iter().filter(|id| &***id != self.id).collect();
        if !others.is_empty() {
            let shown: Vec<String> = others.iter().take(OTHERS_MAX).map(|id| format!("`{id}`")).collect();
            detail.push_str(&format!("; also {}", shown.join(", ")));
            let more = others.len().saturating_sub(OTHERS_MAX);
            if more > 0 {
                detail.push_str(&format!(" and {more} more"));
            }
        }
        detail
    }
}

/// An agent without its human.
pub(crate) fn alone(agent: &str) -> Refusal {
    Refusal::new(NOT_PERMITTED, format!("`{agent}` acts for a human whom the gate does not know"))
        .detail(format!("rule `{ALONE}`: agent `{agent}`"))
        .hint("an agent has at most the rights of its human: have that human added to the gate's principals")
}

/// A set that does not check.
pub(crate) fn unchecked(first: Option<&crate::Problem>) -> Refusal {
    let detail = match first {
        Some(problem) => {
            format!("rule `{UNCHECKED}`: {}:{}: {}", problem.file, problem.line, problem.message)
        }
        None => format!("rule `{UNCHECKED}`"),
    };
    Refusal::new(RULES_BROKEN, "the gate's rules have problems, so nothing is permitted")
        .detail(detail)
        .hint("whoever runs the gate finds all of them with `tollhouse policy check`")
}
