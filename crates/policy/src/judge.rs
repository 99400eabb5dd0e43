//! Asking the rules about one request, by Cedar, and putting many answers together: all must be permitted, one forbid
//! refuses, one error refuses. It keeps every reason on the way.

use std::collections::HashSet;
use std::sync::Arc;

use cedar_policy::{Authorizer, Entities, Entity, EntityUid, Request};
use model::facts::{RiskKind, Verb};
use model::{PrincipalKind, Refusal, Timestamp, Verdict};

use crate::ask::{Actor, Asked, Wanted};
use crate::batch::{Batch, Says};
use crate::decision::Decision;
use crate::frame::Frame;
use crate::label::Label;
use crate::refusal::{self, Party, Reason};
use crate::rule::{Rule, risk_bit};
use crate::vocabulary::{self, Attribute, Attributes, Types, uid};

/// What the rules say of one request.
#[derive(Default)]
pub(crate) struct Answer<'r> {
    pub(crate) permits: Vec<&'r Rule>,
    pub(crate) forbids: Vec<&'r Rule>,
    pub(crate) holds: Vec<&'r Rule>,
    pub(crate) shadow: Vec<&'r Rule>,
    /// Forbids of packs, and the permits that lift them.
    pub(crate) lifted: Vec<(&'r Rule, &'r Rule)>,
    pub(crate) errors: Vec<&'r Rule>,
    /// Rules whose scope fits and whose condition does not.
    pub(crate) missed: Vec<&'r Rule>,
    pub(crate) reads: Attributes,
}

impl Answer<'_> {
    /// Whether the request passes.
    pub(crate) fn verdict(&self, needs_permit: bool) -> Verdict {
        if !self.errors.is_empty() || !self.forbids.is_empty() || (needs_permit && self.permits.is_empty()) {
            Verdict::Refuse
        } else if self.holds.is_empty() {
            Verdict::Allow
        } else {
            Verdict::Hold
        }
    }
}

/// What is needed to ask.
pub(crate) struct Court<'r> {
    pub(crate) rules: &'r [Rule],
    pub(crate) batches: &'r [Batch],
    pub(crate) types: &'r Types,
    pub(crate) authorizer: &'r Authorizer,
}

impl<'r> Court<'r> {
    /// Asks about one request. With `thorough`, rules that cannot apply are noted where they nearly do.
    pub(crate) fn ask(
        &self,
        frame: &Frame<'_>,
        actor: &Actor,
        wanted: &Wanted<'_>,
        entities: &Entities,
        thorough: bool,
    ) -> Answer<'r> {
        let situation = frame.situation(actor, wanted);
        let mut answer = Answer::default();
        let mut able: Vec<&Batch> = Vec::new();
        let mut reads = Attributes::default();
        for batch in self.batches {
            // What decides whether one of them can apply is the same for all, but for words.
            let can_apply = self.of(batch).next().is_some_and(|rule| rule.can_apply(&situation));
            if can_apply {
                self.of(batch).for_each(|rule| answer.reads.join(rule.condition.reads));
                if self.of(batch).any(|rule| rule.has_words(&situation)) {
                    self.of(batch).for_each(|rule| reads.join(rule.condition.reads));
                    able.push(batch);
                } else {
                    answer.missed.extend(self.of(batch));
                }
            } else if thorough {
                answer.missed.extend(self.of(batch).filter(|rule| rule.scope.meets(&situation)));
            }
        }
        let Some(request) = self.request(frame, actor, wanted, reads) else {
            answer.errors = able.iter().flat_map(|batch| self.of(batch)).collect();
            return answer;
        };
        let mut said: Vec<(usize, Says)> =
            able.iter().flat_map(|batch| batch.ask(self.authorizer, &request, entities)).collect();
        // In the order of the rules, whose first speaks.
        said.sort_unstable_by_key(|(place, _)| *place);
        let mut forbids = Vec::new();
        for (place, says) in said {
            let Some(rule) = self.rules.get(place) else { continue };
            match says {
                Says::Applies if rule.permits => answer.permits.push(rule),
                Says::Applies => forbids.push(rule),
                Says::Misses => answer.missed.push(rule),
                // A rule on trial refuses nothing, not even by failing; that it would is worth recording.
                Says::Fails if rule.annotations.shadow => answer.shadow.push(rule),
                Says::Fails => answer.errors.push(rule),
            }
        }
        for rule in forbids {
            let lifting = answer.permits.iter().find(|permit| rule.pack && permit.lifts(rule.id()));
            match lifting {
                Some(permit) => answer.lifted.push((rule, permit)),
                None if rule.annotations.shadow => answer.shadow.push(rule),
                None if rule.annotations.hold.is_some() => answer.holds.push(rule),
                None => answer.forbids.push(rule),
            }
        }
        answer
    }

    fn of(&self, batch: &Batch) -> impl Iterator<Item = &'r Rule> {
        batch.places().iter().filter_map(|place| self.rules.get(*place))
    }

    fn request(
        &self,
        frame: &Frame<'_>,
        actor: &Actor,
        wanted: &Wanted<'_>,
        reads: Attributes,
    ) -> Option<Request> {
        let context = frame.context(actor, wanted, reads).ok()?;
        let action = uid(&self.types.action, wanted.action);
        Request::new(actor.uid.clone(), action, wanted.resource.clone(), context, None).ok()
    }

    /// The entities of all requests: each with everything that it is in.
    pub(crate) fn entities(&self, actors: &[Actor], wants: &[&Wanted<'_>]) -> Option<Entities> {
        let mut seen: HashSet<EntityUid> = HashSet::new();
        let mut entities = Vec::new();
        let mut add = |uid: EntityUid, above: &mut dyn Iterator<Item = EntityUid>| {
            if seen.insert(uid.clone()) {
                entities.push(Entity::new_no_attrs(uid, above.collect()));
            }
        };
        for actor in actors {
            add(actor.uid.clone(), &mut actor.groups.iter().cloned());
        }
        for wanted in wants {
            let groups = vocabulary::groups(wanted.action).iter();
            let mut groups = groups.map(|group| uid(&self.types.action, group));
            add(uid(&self.types.action, wanted.action), &mut groups);
            add(wanted.resource.clone(), &mut wanted.above.iter().cloned());
        }
        Entities::from_entities(entities, None).ok()
    }
}

/// Answers put together.
#[derive(Default)]
pub(crate) struct Tally {
    permits: Vec<Arc<str>>,
    forbids: Vec<Arc<str>>,
    holds: Vec<Arc<str>>,
    shadow: Vec<Arc<str>>,
    groups: Vec<Arc<str>>,
    reads: Attributes,
    /// The reason that speaks so far, and how much it weighs.
    speaks: Option<(Weight, Words)>,
}

/// Reasons for not understanding that a refusal tells; a person mends one after the other.
const REASONS_MAX: usize = 3;

/// Which reason speaks: the greater one, and of equals the first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Held(crate::Severity),
    NotPermitted,
    Forbidden(crate::Severity),
    Broken,
}

/// A reason, kept until all is known.
struct Words {
    id: Arc<str>,
    about: String,
    message: Option<Arc<str>>,
    hint: Option<Arc<str>>,
    code: Option<model::Sqlstate>,
    missing: Option<model::facts::Missing>,
    action: &'static str,
    name: String,
    agent: Option<String>,
    label: Option<Label>,
}

pub(crate) fn once(list: &mut Vec<Arc<str>>, id: &Arc<str>) {
    if !list.contains(id) {
        list.push(Arc::clone(id));
    }
}

impl Tally {
    /// Adds what the rules say of one request.
    pub(crate) fn add(&mut self, frame: &Frame<'_>, actor: &Actor, wanted: &Wanted<'_>, answer: &Answer<'_>) {
        self.reads.join(answer.reads);
        for rule in &answer.shadow {
            once(&mut self.shadow, rule.id());
        }
        for rule in &answer.errors {
            once(&mut self.forbids, &refusal::ERROR.into());
            once(&mut self.forbids, rule.id());
            self.speak(Weight::Broken, || Words::of(frame, actor, wanted, rule));
        }
        for rule in &answer.forbids {
            once(&mut self.forbids, rule.id());
            let weight = Weight::Forbidden(rule.annotations.severity);
            self.speak(weight, || Words::of(frame, actor, wanted, rule));
        }
        for rule in &answer.holds {
            once(&mut self.holds, rule.id());
            if let Some(group) = &rule.annotations.hold {
                once(&mut self.groups, group);
            }
            self.speak(Weight::Held(rule.annotations.severity), || Words::of(frame, actor, wanted, rule));
        }
        if answer.permits.is_empty() && wanted.needs_permit {
            once(&mut self.forbids, &refusal::NO_PERMIT.into());
            self.speak(Weight::NotPermitted, || Words::bare(frame, actor, wanted, refusal::NO_PERMIT.into()));
        }
        if wanted.needs_permit {
            for rule in &answer.permits {
                once(&mut self.permits, rule.id());
            }
        }
    }

    fn speak(&mut self, weight: Weight, words: impl FnOnce() -> Words) {
        if self.speaks.as_ref().is_none_or(|(other, _)| *other < weight) {
            self.speaks = Some((weight, words()));
        }
    }

    /// The decision.
    pub(crate) fn decide(self, now: Timestamp) -> Decision {
        let until = valid_until(self.reads, now);
        let Some((weight, words)) = self.speaks else {
            return Decision::new(Verdict::Allow, self.permits, self.shadow, Vec::new(), None, until);
        };
        if let Weight::Held(_) = weight {
            let refusal = words.reason().held(&self.groups, &self.holds);
            return Decision::new(Verdict::Hold, self.holds, self.shadow, self.groups, Some(refusal), until);
        }
        let mut rules = self.forbids;
        for id in &self.holds {
            once(&mut rules, id);
        }
        let reason = words.reason();
        let refusal = match weight {
            Weight::Broken => reason.broken(&words.id, &rules),
            Weight::NotPermitted => reason.not_permitted(&rules),
            Weight::Forbidden(_) | Weight::Held(_) => reason.forbidden(&rules),
        };
        Decision::new(Verdict::Refuse, rules, self.shadow, Vec::new(), Some(refusal), until)
    }
}

/// Until when an answer holds that read these attributes.
pub(crate) fn valid_until(reads: Attributes, now: Timestamp) -> Option<Timestamp> {
    if reads.has(Attribute::Time) {
        Some(now)
    } else if reads.reads_time() {
        Some(crate::clock::next_hour(now))
    } else {
        None
    }
}

/// A refusal that no request was needed for.
pub(crate) fn refuse(id: &str, refusal: Refusal) -> Decision {
    Decision::new(Verdict::Refuse, vec![id.into()], Vec::new(), Vec::new(), Some(refusal), None)
}

/// Whether an agent comes without its human, or with somebody who is none.
pub(crate) fn is_alone(asked: &Asked<'_>) -> bool {
    let agent = asked.principal;
    agent.kind == PrincipalKind::Agent
        && !asked.human.is_some_and(|human| {
            human.kind == PrincipalKind::Human && agent.on_behalf_of.as_ref() == Some(&human.name)
        })
}

impl Words {
    fn of(frame: &Frame<'_>, actor: &Actor, wanted: &Wanted<'_>, rule: &Rule) -> Self {
        let mut words = Self::bare(frame, actor, wanted, Arc::clone(rule.id()));
        words.message.clone_from(&rule.annotations.message);
        words.hint.clone_from(&rule.annotations.hint);
        words.code = rule.annotations.code;
        if let Some(risk) = about_risk(frame, rule) {
            words.about = risk;
        }
        words
    }

    fn bare(frame: &Frame<'_>, actor: &Actor, wanted: &Wanted<'_>, id: Arc<str>) -> Self {
        let asked = frame.asked;
        let behind = asked.human.filter(|human| {
            asked.principal.kind == PrincipalKind::Agent
                && human.name.as_str() == actor.uid.id().unescaped()
                && actor.uid.type_name().basename() == "Human"
        });
        let opaque = wanted.action == Verb::Opaque.as_str() && !frame.facts.opaque.is_empty();
        Self {
            id,
            about: if opaque { not_understood(frame) } else { wanted.about.clone() },
            message: None,
            hint: None,
            code: None,
            missing: if opaque { missing(frame) } else { None },
            action: wanted.action,
            name: actor.uid.id().unescaped().to_owned(),
            agent: behind.map(|_| asked.principal.name.to_string()),
            label: wanted.label,
        }
    }

    fn reason(&self) -> Reason<'_> {
        Reason {
            id: &self.id,
            about: &self.about,
            message: self.message.as_deref(),
            hint: self.hint.as_deref(),
            code: self.code,
            missing: self.missing,
            action: self.action,
            label: self.label,
            party: Party { name: &self.name, agent: self.agent.as_deref() },
        }
    }
}

/// Why a statement is not understood, in words.
fn not_understood(frame: &Frame<'_>) -> String {
    let reasons = frame.facts.opaque.iter().take(REASONS_MAX).map(|opaque| opaque.reason.as_str());
    reasons.collect::<Vec<_>>().join("; ")
}

/// What is not there, when that is all that is not understood: the server would look for tables first.
fn missing(frame: &Frame<'_>) -> Option<model::facts::Missing> {
    let all: Option<Vec<_>> = frame.facts.opaque.iter().map(|opaque| opaque.missing).collect();
    all?.into_iter().min()
}

/// What the first risk that the rule asks for is about: `setting `role`` says more than the target's name.
fn about_risk(frame: &Frame<'_>, rule: &Rule) -> Option<String> {
    let asked = rule.condition.risks_asked();
    let risk = frame.facts.risks.iter().find(|risk| asked & risk_bit(risk.kind) != 0)?;
    let kind = match risk.kind {
        RiskKind::GuardedSetting | RiskKind::Setting => "setting ",
        _ => "",
    };
    (!risk.about.is_empty()).then(|| format!("{kind}`{}`", risk.about))
}
