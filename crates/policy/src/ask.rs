//! What is asked: a principal, a target and facts become one request for each thing that a statement does to each
//! object. It builds Cedar's values and never judges.

use std::collections::HashMap;
use std::sync::Arc;

use cedar_policy::{Context, EntityUid, RestrictedExpression};
use model::facts::{Access, Facts, Object, ObjectKind, RiskKind, Verb};
use model::{Environment, Name, Principal, PrincipalKind, Timestamp};

use crate::rule::{Situation, risk_bit, verb_bit};
use crate::vocabulary::{self, Attribute, Attributes, Types, uid};

/// A text with who sent it, to be judged.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who acts.
    pub principal: &'a Principal,
    /// For an agent the human that it acts for, with the groups of that human. Without it an agent is refused.
    pub human: Option<&'a Principal>,
    /// Where.
    pub target: &'a Name,
    /// What kind of place that is.
    pub environment: Environment,
    /// The database at the target.
    pub database: &'a str,
    /// The statements of the text, in order.
    pub statements: &'a [&'a Facts],
    /// What the text runs by name (EXECUTE, FETCH): judged with it, and no statements of its own.
    pub named: &'a [&'a Facts],
    /// The stated purpose.
    pub purpose: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// A session that is about to be opened.
#[derive(Clone, Copy, Debug)]
pub struct AskedConnect<'a> {
    /// Who acts.
    pub principal: &'a Principal,
    /// For an agent the human that it acts for.
    pub human: Option<&'a Principal>,
    /// Where.
    pub target: &'a Name,
    /// What kind of place that is.
    pub environment: Environment,
    /// The database at the target.
    pub database: &'a str,
    /// The stated purpose.
    pub purpose: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// A principal as Cedar sees it.
pub(crate) struct Actor {
    pub(crate) uid: EntityUid,
    pub(crate) groups: Vec<EntityUid>,
    /// What the context says besides: for an agent its human, for that human the agent.
    other: Option<(Attribute, EntityUid)>,
}

/// One thing that a statement does to one object.
#[derive(Clone)]
pub(crate) struct Wanted<'a> {
    pub(crate) action: &'static str,
    pub(crate) resource: EntityUid,
    pub(crate) above: Vec<EntityUid>,
    /// What a rule's refusal says that it is about.
    pub(crate) about: String,
    /// Whether some rule has to permit it. Columns and functions are asked for forbids only.
    pub(crate) needs_permit: bool,
    access: Option<&'a Access>,
    object: Option<&'a Object>,
}

/// What all requests of a statement share.
pub(crate) struct Frame<'a> {
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) facts: &'a Facts,
    pub(crate) risks: u32,
    pub(crate) verbs: u32,
}

impl Actor {
    /// Those who have to be permitted: the principal, and for an agent its human as well.
    pub(crate) fn all(asked: &Asked<'_>, types: &Types) -> Vec<Self> {
        let mut principal = Self::of(asked.principal, types);
        let Some(human) = asked.human.filter(|_| asked.principal.kind == PrincipalKind::Agent) else {
            return vec![principal];
        };
        let mut behind = Self::of(human, types);
        principal.other = Some((Attribute::OnBehalfOf, behind.uid.clone()));
        behind.other = Some((Attribute::Agent, principal.uid.clone()));
        vec![principal, behind]
    }

    fn of(principal: &Principal, types: &Types) -> Self {
        let kind = match principal.kind {
            PrincipalKind::Human => &types.human,
            PrincipalKind::Agent => &types.agent,
            PrincipalKind::Service => &types.service,
        };
        Self {
            uid: uid(kind, principal.name.as_str()),
            groups: principal.groups.iter().map(|group| uid(&types.group, group.as_str())).collect(),
            other: None,
        }
    }
}

/// A part of a name in an entity's id. What would make two objects look like one is quoted as in SQL.
fn part(name: &str) -> std::borrow::Cow<'_, str> {
    if name.contains(['.', '"', '/']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}

/// The things that a statement does, each once.
pub(crate) struct Wants<'a> {
    types: &'a Types,
    target: &'a Name,
    environment: EntityUid,
    target_uid: EntityUid,
    columns: bool,
    functions: bool,
}

impl<'a> Wants<'a> {
    /// `columns`, `functions`: whether some rule is about these.
    pub(crate) fn new(asked: &Asked<'a>, types: &'a Types, columns: bool, functions: bool) -> Self {
        Self {
            types,
            target: asked.target,
            environment: uid(&types.environment, asked.environment.as_str()),
            target_uid: uid(&types.target, asked.target.as_str()),
            columns,
            functions,
        }
    }

    /// All that `facts` want.
    pub(crate) fn of(&self, facts: &'a Facts) -> Vec<Wanted<'a>> {
        let mut wants = Vec::new();
        for &verb in &facts.verbs {
            let before = wants.len();
            let of_verb = facts.accesses.iter().filter(|access| access.verb == verb);
            wants.extend(of_verb.map(|access| self.object(verb.as_str(), &access.object, Some(access))));
            if verb == Verb::Call && wants.len() == before {
                wants.extend(facts.calls.iter().map(|object| self.object(verb.as_str(), object, None)));
            }
            if wants.len() == before {
                wants.push(self.on_target(verb.as_str()));
            }
        }
        // Nothing that is not understood stays unasked because a word is missing.
        if !facts.opaque.is_empty() && !facts.verbs.contains(&Verb::Opaque) {
            wants.push(self.on_target(Verb::Opaque.as_str()));
        }
        // An access whose verb was left out of `verbs` is asked all the same.
        let forgotten = facts.accesses.iter().filter(|access| !facts.verbs.contains(&access.verb));
        wants.extend(forgotten.map(|access| self.object(access.verb.as_str(), &access.object, Some(access))));
        if wants.is_empty() {
            wants.push(self.on_target(Verb::Other.as_str()));
        }
        if self.columns {
            for access in &facts.accesses {
                self.columns(access, &mut wants);
            }
        }
        if self.functions {
            for object in &facts.calls {
                let asked = Wanted { needs_permit: false, ..self.object(Verb::Call.as_str(), object, None) };
                wants.push(asked);
            }
        }
        wants
    }

    pub(crate) fn on_target(&self, action: &'static str) -> Wanted<'a> {
        Wanted {
            action,
            resource: self.target_uid.clone(),
            above: vec![self.environment.clone()],
            about: format!("target `{}`", self.target),
            needs_permit: true,
            access: None,
            object: None,
        }
    }

    fn object(&self, action: &'static str, object: &'a Object, access: Option<&'a Access>) -> Wanted<'a> {
        let about = format!("{} `{}`", object.kind.as_str(), object.full_name());
        if object.kind == ObjectKind::Other && object.schema.is_empty() {
            let about = format!("`{}`", object.name);
            return Wanted { about, access, object: Some(object), ..self.on_target(action) };
        }
        let mut above = vec![self.target_uid.clone(), self.environment.clone()];
        let resource = if object.kind == ObjectKind::Schema {
            uid(&self.types.schema, &format!("{}/{}", self.target, part(&object.name)))
        } else {
            let id = if object.schema.is_empty() {
                format!("{}/{}", self.target, part(&object.name))
            } else {
                let schema = format!("{}/{}", self.target, part(&object.schema));
                let id = format!("{schema}.{}", part(&object.name));
                above.insert(0, uid(&self.types.schema, &schema));
                id
            };
            let function = object.kind == ObjectKind::Function;
            uid(if function { &self.types.function } else { &self.types.relation }, &id)
        };
        Wanted { action, resource, above, about, needs_permit: true, access, object: Some(object) }
    }

    /// Columns that are read or used to choose are asked for `select`, whatever reads them; assigned ones for what
    /// assigns them.
    fn columns(&self, access: &'a Access, wants: &mut Vec<Wanted<'a>>) {
        let relation = self.object(access.verb.as_str(), &access.object, Some(access));
        if relation.resource.type_name() != &self.types.relation {
            return;
        }
        let columns = &access.columns;
        let mut read: Vec<&Arc<str>> = columns.read.iter().chain(&columns.predicate).collect();
        read.sort();
        read.dedup();
        let read = read.into_iter().map(|name| (Verb::Select.as_str(), name));
        let written = columns.written.iter().map(|name| (access.verb.as_str(), name));
        for (action, name) in read.chain(written) {
            let mut wanted = relation.clone();
            wanted.above.insert(0, wanted.resource.clone());
            let id = format!("{}.{}", wanted.resource.id().unescaped(), part(name));
            wanted.resource = uid(&self.types.column, &id);
            wanted.about = format!("column `{}.{name}`", access.object.full_name());
            wanted.needs_permit = false;
            wanted.action = action;
            wants.push(wanted);
        }
    }
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
    pub(crate) fn situation<'s>(&self, actor: &'s Actor, wanted: &'s Wanted<'_>) -> Situation<'s> {
        Situation {
            principal: &actor.uid,
            groups: &actor.groups,
            action: vocabulary::bit(wanted.action),
            resource: &wanted.resource,
            above: &wanted.above,
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
            Attribute::Session => record([("database", text(asked.database))])?,
        };
        Ok(Some(value))
    }
}

fn object(wanted: &Wanted<'_>, columns: bool) -> Result<RestrictedExpression, ()> {
    let object = wanted.object;
    let named = |of: fn(&Object) -> &str| text(object.map_or("", of));
    let is = |of: fn(&Object) -> bool| RestrictedExpression::new_bool(object.is_some_and(of));
    let mut fields = vec![
        ("kind", text(object.map_or("", |object| object.kind.as_str()))),
        ("schema", named(|object| &object.schema)),
        ("name", named(|object| &object.name)),
        ("exists", is(|object| object.oid != 0)),
        ("system", is(Object::is_system)),
        ("temporary", is(Object::is_temporary)),
        ("unbounded", RestrictedExpression::new_bool(wanted.access.is_some_and(|access| access.unbounded))),
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

fn set<'s>(words: impl Iterator<Item = &'s str>) -> RestrictedExpression {
    RestrictedExpression::new_set(words.map(text))
}

fn number(value: u64) -> RestrictedExpression {
    // Cedar counts to 2^63 - 1; more rows there are not.
    RestrictedExpression::new_long(i64::try_from(value).unwrap_or(i64::MAX))
}
