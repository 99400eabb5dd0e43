//! What rules know about a request: the context, made of facts, principal, place and time. Only what some rule reads is
//! made; it builds Cedar's values and never judges.

use std::collections::HashMap;
use std::sync::Arc;

use cedar_policy::{Context, RestrictedExpression};
use model::facts::{Access, Facts, Object, RiskKind, Verb};

use crate::ask::{Actor, Asked, Wanted};
use crate::label::Probe;
use crate::rule::{Situation, risk_bit, verb_bit};
use crate::vocabulary::{self, Attribute, Attributes};

/// What all requests of a statement share.
pub(crate) struct Frame<'a> {
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) facts: &'a Facts,
    pub(crate) risks: u32,
    pub(crate) verbs: u32,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(asked: &'a Asked<'a>, facts: &'a Facts) -> Self {
        let opaque = if facts.opaque.is_empty() { 0 } else { verb_bit(Verb::Opaque) };
        Self {
            asked,
            facts,
            risks: facts.risks.iter().fold(0, |bits, risk| bits | risk_bit(risk.kind)),
            verbs: facts.verbs.iter().fold(opaque, |bits, verb| bits | verb_bit(*verb)),
        }
    }

    /// One request of the statement as scopes see it.
    pub(crate) fn situation<'s>(&'s self, actor: &'s Actor, wanted: &'s Wanted<'_>) -> Situation<'s> {
        Situation {
            principal: &actor.uid,
            groups: &actor.groups,
            action: vocabulary::bit(wanted.action),
            resource: &wanted.resource,
            above: &wanted.above,
            purpose: self.asked.purpose.unwrap_or_default(),
            access: wanted.access,
            risks: self.risks,
            verbs: self.verbs,
        }
    }

    /// The context of one request with the attributes that are read there.
    ///
    /// # Errors
    /// When Cedar takes a value for none: never with the values made here.
    pub(crate) fn context(
        &self,
        actor: &Actor,
        wanted: &Wanted<'_>,
        reads: Attributes,
    ) -> Result<Context, ()> {
        if reads.is_empty() {
            return Ok(Context::empty());
        }
        let mut pairs = Vec::with_capacity(Attribute::ALL.len());
        for (attribute, name) in Attribute::ALL {
            if reads.has(attribute) {
                let columns = reads.has(Attribute::ObjectColumns);
                if let Some(value) = self.value(attribute, actor, wanted, columns)? {
                    pairs.push((name.to_owned(), value));
                }
            }
        }
        Context::from_pairs(pairs).map_err(drop)
    }

    fn value(
        &self,
        attribute: Attribute,
        actor: &Actor,
        wanted: &Wanted<'_>,
        columns: bool,
    ) -> Result<Option<RestrictedExpression>, ()> {
        let (facts, asked) = (self.facts, self.asked);
        let value = match attribute {
            Attribute::Command => text(facts.command),
            Attribute::Verbs => {
                let verbs = Verb::ALL.into_iter().filter(|verb| self.verbs & verb_bit(*verb) != 0);
                set(verbs.map(Verb::as_str))
            }
            Attribute::Risks => set(facts.risks.iter().map(|risk| risk.kind.as_str())),
            Attribute::About => {
                let about = facts.risks.iter().map(|risk| format!("{} {}", risk.kind.as_str(), risk.about));
                RestrictedExpression::new_set(about.map(RestrictedExpression::new_string))
            }
            Attribute::Guarded => {
                let guarded = facts.risks.iter().filter(|risk| risk.kind == RiskKind::GuardedSetting);
                set(guarded.map(|risk| risk.about.as_str()))
            }
            Attribute::Functions => {
                let names = facts.calls.iter().map(Object::full_name);
                RestrictedExpression::new_set(names.map(RestrictedExpression::new_string))
            }
            Attribute::Opaque => set(facts.opaque.iter().map(|opaque| opaque.kind)),
            Attribute::Statements => number(asked.statements.len() as u64),
            Attribute::Limit => return Ok(facts.limit.map(number)),
            Attribute::Parameters => number(u64::from(facts.parameters)),
            Attribute::Object => object(wanted, columns)?,
            Attribute::ObjectColumns => return Ok(None),
            Attribute::Purpose => text(asked.purpose.unwrap_or_default()),
            Attribute::Environment => text(asked.environment.as_str()),
            Attribute::Target => text(asked.target.as_str()),
            Attribute::Time => RestrictedExpression::new_datetime(crate::clock::rfc3339(asked.now)),
            Attribute::Hour => number(crate::clock::hour(asked.now)),
            Attribute::Weekday => number(crate::clock::weekday(asked.now)),
            Attribute::OnBehalfOf | Attribute::Agent => {
                let other = actor.other.as_ref().filter(|(which, _)| *which == attribute);
                return Ok(other.map(|(_, uid)| RestrictedExpression::new_entity_uid(uid.clone())));
            }
            Attribute::Class => text(wanted.label.map_or("", |label| label.class.as_str())),
            Attribute::SecretGrade => flag(wanted.label.is_some_and(|label| label.class.is_secret_grade())),
            Attribute::Probe => text(wanted.label.and_then(|label| label.probe).map_or("", Probe::as_str)),
            Attribute::Revealed => flag(wanted.label.is_some_and(|label| label.revealed)),
            Attribute::Session => record([("database", text(asked.database))])?,
        };
        Ok(Some(value))
    }
}

fn object(wanted: &Wanted<'_>, columns: bool) -> Result<RestrictedExpression, ()> {
    let object = wanted.object.as_deref();
    let named = |of: fn(&Object) -> &str| text(object.map_or("", of));
    let is = |of: fn(&Object) -> bool| flag(object.is_some_and(of));
    let mut fields = vec![
        ("kind", text(object.map_or("", |object| object.kind.as_str()))),
        ("schema", named(|object| &object.schema)),
        ("name", named(|object| &object.name)),
        ("exists", is(|object| object.oid != 0)),
        ("system", is(Object::is_system)),
        ("temporary", is(Object::is_temporary)),
        ("unbounded", flag(wanted.access.is_some_and(|access| access.unbounded))),
    ];
    if let Some(rows) = wanted.access.and_then(|access| access.rows) {
        fields.push(("rows", number(rows)));
    }
    if columns {
        let of = |pick: fn(&Access) -> &[Arc<str>]| {
            set(wanted.access.map(pick).unwrap_or_default().iter().map(|name| &**name))
        };
        fields.push(("read", of(|access| &access.columns.read)));
        fields.push(("written", of(|access| &access.columns.written)));
        fields.push(("predicate", of(|access| &access.columns.predicate)));
    }
    record(fields)
}

fn record(
    fields: impl IntoIterator<Item = (&'static str, RestrictedExpression)>,
) -> Result<RestrictedExpression, ()> {
    let fields: HashMap<String, _> =
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    RestrictedExpression::new_record(fields).map_err(drop)
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn flag(value: bool) -> RestrictedExpression {
    RestrictedExpression::new_bool(value)
}

fn set<'s>(words: impl Iterator<Item = &'s str>) -> RestrictedExpression {
    RestrictedExpression::new_set(words.map(text))
}

fn number(value: u64) -> RestrictedExpression {
    // Cedar counts to 2^63 - 1; more rows there are not.
    RestrictedExpression::new_long(i64::try_from(value).unwrap_or(i64::MAX))
}
