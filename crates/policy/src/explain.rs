//! Why a decision is as it is: each request with the rules that determined it, and permits that nearly applied. For
//! people at a command line; deciding does without it.

use model::Verdict;

use crate::ask::{Actor, Asked, Wanted};
use crate::decision::Decision;
use crate::frame::Frame;
use crate::judge::Answer;
use crate::limits::SessionLimits;
use crate::rule::{Outside, Rule, Severity};
use crate::rules::{Rules, State};
use crate::vocabulary;

/// A rule, as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name.
    pub id: String,
    /// Its file.
    pub file: String,
    /// The line where it begins, from 1.
    pub line: usize,
    /// Whether it is of a shipped pack.
    pub pack: bool,
    /// Whether it is a permit; a forbid else.
    pub permits: bool,
    /// Its sentence for people.
    pub message: Option<String>,
    /// The next step.
    pub hint: Option<String>,
    /// How bad what it forbids is.
    pub severity: Severity,
    /// The group that has to review what it holds.
    pub hold: Option<String>,
    /// Only tried out.
    pub shadow: bool,
    /// The rules that it lifts, as it writes them.
    pub lift: Vec<String>,
    /// The limits that it sets on a session.
    pub limits: Option<SessionLimits>,
    /// The environment that its scope names; `None` = any.
    pub environment: Option<String>,
    /// The actions that its scope means.
    pub actions: Vec<&'static str>,
    /// Its text.
    pub text: String,
}

/// A decision taken apart.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The decision itself.
    pub decision: Decision,
    /// Each thing that was asked, for each principal that has to be permitted.
    pub requests: Vec<ExplainedRequest>,
}

/// One thing that was asked.
#[derive(Clone, Debug)]
pub struct ExplainedRequest {
    /// The statement in its text, from 1.
    pub statement: usize,
    /// Cedar's name of the principal: `Agent::"bot"`.
    pub principal: String,
    /// The action.
    pub action: &'static str,
    /// Cedar's name of the resource: `Relation::"shop/public.orders"`.
    pub resource: String,
    /// The resource in words: "table `public.orders`".
    pub about: String,
    /// Whether a permit was needed; columns and functions are asked for forbids only.
    pub needs_permit: bool,
    /// What the rules say of this alone.
    pub verdict: Verdict,
    /// The rules that say it.
    pub reasons: Vec<Said>,
    /// Permits that nearly applied.
    pub near: Vec<Near>,
}

/// What a rule says of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The rule's name.
    pub rule: String,
    /// What it says.
    pub how: How,
    /// Its sentence for people.
    pub message: Option<String>,
    /// The next step.
    pub hint: Option<String>,
}

/// What a rule can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It permits.
    Permits,
    /// It forbids.
    Forbids,
    /// It wants a review by this group.
    Holds(String),
    /// It would forbid or hold, and is only tried out.
    Shadow,
    /// It would forbid, and this permit lifts it.
    LiftedBy(String),
    /// It could not be evaluated.
    Error,
}

/// A permit that did not apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Its name.
    pub rule: String,
    /// The one thing that kept it from applying: `action`, `principal`, `resource` or `condition`.
    pub because: &'static str,
}

impl Rules {
    /// All rules in the order in which they are asked; none of a set that does not check.
    #[must_use]
    pub fn list(&self) -> Vec<RuleInfo> {
        match &self.state {
            State::Checked(checked) => checked.rules.iter().map(|rule| info(rule, &checked.types)).collect(),
            State::Refusing(_) => Vec::new(),
        }
    }

    /// Judges as [`Rules::decide`] does and says why.
    #[must_use]
    pub fn explain(&self, asked: &Asked<'_>) -> Explanation {
        let decision = self.decide(asked);
        let mut requests = Vec::new();
        if let Ok(checked) = self.ready(asked) {
            checked.each(asked, true, |frame, actor, wanted, answer| {
                let near = checked.rules.iter().filter_map(|rule| near(frame, actor, wanted, rule, &answer));
                let statements = asked.statements.iter().chain(asked.named);
                let statement = { statements }.position(|facts| std::ptr::eq(*facts, frame.facts));
                requests.push(ExplainedRequest {
                    statement: statement.map_or(1, |at| at + 1),
                    principal: actor.uid.to_string(),
                    action: wanted.action,
                    resource: wanted.resource.to_string(),
                    about: wanted.about.clone(),
                    needs_permit: wanted.needs_permit,
                    verdict: answer.verdict(wanted.needs_permit),
                    near: near.collect(),
                    reasons: reasons(&answer, wanted.needs_permit),
                });
            });
        }
        Explanation { decision, requests }
    }
}

fn info(rule: &Rule, types: &vocabulary::Types) -> RuleInfo {
    let annotations = &rule.annotations;
    let text = |value: &Option<std::sync::Arc<str>>| value.as_deref().map(str::to_owned);
    RuleInfo {
        id: rule.id().to_string(),
        file: rule.file.to_string(),
        line: rule.line,
        pack: rule.pack,
        permits: rule.permits,
        message: text(&annotations.message),
        hint: text(&annotations.hint),
        severity: annotations.severity,
        hold: text(&annotations.hold),
        shadow: annotations.shadow,
        lift: annotations.lift.iter().map(|pattern| pattern.as_str().to_owned()).collect(),
        limits: annotations.limits,
        environment: rule.scope.environment(types).map(str::to_owned),
        actions: vocabulary::actions()
            .filter(|(bit, _)| rule.scope.actions & bit != 0)
            .map(|(_, word)| word)
            .collect(),
        text: rule.text.to_string(),
    }
}

fn reasons(answer: &Answer<'_>, needs_permit: bool) -> Vec<Said> {
    let mut reasons = Vec::new();
    let mut say = |rule: &Rule, how: How| {
        let annotations = &rule.annotations;
        reasons.push(Said {
            rule: rule.id().to_string(),
            how,
            message: annotations.message.as_deref().map(str::to_owned),
            hint: annotations.hint.as_deref().map(str::to_owned),
        });
    };
    answer.errors.iter().for_each(|rule| say(rule, How::Error));
    answer.forbids.iter().for_each(|rule| say(rule, How::Forbids));
    for rule in &answer.holds {
        say(rule, How::Holds(rule.annotations.hold.as_deref().unwrap_or_default().to_owned()));
    }
    answer.lifted.iter().for_each(|(rule, permit)| say(rule, How::LiftedBy(permit.id().to_string())));
    answer.shadow.iter().for_each(|rule| say(rule, How::Shadow));
    if needs_permit {
        answer.permits.iter().for_each(|rule| say(rule, How::Permits));
    }
    reasons
}

/// A permit that misses by one part of its scope, or by its condition.
fn near(
    frame: &Frame<'_>,
    actor: &Actor,
    wanted: &Wanted<'_>,
    rule: &Rule,
    answer: &Answer<'_>,
) -> Option<Near> {
    if !rule.permits || !wanted.needs_permit || !answer.permits.is_empty() {
        return None;
    }
    let because = if answer.missed.iter().any(|missed| std::ptr::eq(*missed, rule)) {
        "condition"
    } else {
        match rule.scope.outside(&frame.situation(actor, wanted)).as_slice() {
            [Outside::Action] => "action",
            [Outside::Principal] => "principal",
            [Outside::Resource] => "resource",
            _ => return None,
        }
    };
    Some(Near { rule: rule.id().to_string(), because })
}
