//! What is asked: a principal, a target and facts become one request for each thing that a statement does to each
//! object. It makes questions and never judges.

use std::borrow::Cow;
use std::sync::Arc;

use cedar_policy::EntityUid;
use model::facts::{Access, Facts, Object, ObjectKind, Verb};
use model::{Environment, Name, Principal, PrincipalKind, Timestamp};

use crate::label::Label;
use crate::vocabulary::{Attribute, Types, uid};

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
    pub(crate) other: Option<(Attribute, EntityUid)>,
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
    /// The column's label, when its values are what is asked about.
    pub(crate) label: Option<Label>,
    pub(crate) access: Option<&'a Access>,
    pub(crate) object: Option<Cow<'a, Object>>,
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
fn part(name: &str) -> Cow<'_, str> {
    if name.contains(['.', '"', '/']) {
        format!("\"{}\"", name.replace('"', "\"\"")).into()
    } else {
        name.into()
    }
}

/// The things that a statement does, each once.
pub(crate) struct Wants<'a> {
    pub(crate) types: &'a Types,
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
            label: None,
            access: None,
            object: None,
        }
    }

    fn object(&self, action: &'static str, object: &'a Object, access: Option<&'a Access>) -> Wanted<'a> {
        self.thing(action, Cow::Borrowed(object), access)
    }

    /// What is asked of an object, which the request may own.
    pub(crate) fn thing(
        &self,
        action: &'static str,
        object: Cow<'a, Object>,
        access: Option<&'a Access>,
    ) -> Wanted<'a> {
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
        let object = Some(object);
        Wanted { action, resource, above, about, needs_permit: true, label: None, access, object }
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
            wants.push(Wanted { action, needs_permit: false, ..self.column(&relation, name) });
        }
    }

    /// A column of the relation that was asked about.
    pub(crate) fn column(&self, relation: &Wanted<'a>, name: &str) -> Wanted<'a> {
        let of = relation.object.as_ref().map(|object| object.full_name()).unwrap_or_default();
        let id = format!("{}.{}", relation.resource.id().unescaped(), part(name));
        let mut wanted = relation.clone();
        wanted.above.insert(0, std::mem::replace(&mut wanted.resource, uid(&self.types.column, &id)));
        wanted.about = format!("column `{of}.{name}`");
        wanted
    }
}
