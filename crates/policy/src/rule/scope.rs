//! To whom, for what and on what a rule can apply at all, decided without Cedar: its scope, and the risks and verbs
//! that its condition begins with. Nobody decides the scope again; a test holds that Cedar would say the same.

use cedar_policy::{ActionConstraint, EntityUid, Policy, PrincipalConstraint, ResourceConstraint};

use model::facts::Access;

use crate::vocabulary::{self, Types};

/// What a request is about, as scopes see it.
pub(crate) struct Situation<'a> {
    pub(crate) principal: &'a EntityUid,
    /// The principal's groups.
    pub(crate) groups: &'a [EntityUid],
    /// The action's bit.
    pub(crate) action: u32,
    pub(crate) resource: &'a EntityUid,
    /// What the resource lies in, at any height.
    pub(crate) above: &'a [EntityUid],
    /// The stated purpose; empty when there is none.
    pub(crate) purpose: &'a str,
    /// What the statement does to the object that is asked about.
    pub(crate) access: Option<&'a Access>,
    /// The bits of the statement's risks.
    pub(crate) risks: u32,
    /// The bits of the statement's verbs.
    pub(crate) verbs: u32,
}

/// The part of a rule before its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope {
    principal: PrincipalConstraint,
    resource: ResourceConstraint,
    /// The bits of its actions.
    pub(crate) actions: u32,
}

/// Which part of a scope a situation is outside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outside {
    Action,
    Principal,
    Resource,
}

impl Scope {
    pub(crate) fn of(policy: &Policy) -> Self {
        Self {
            principal: policy.principal_constraint(),
            resource: policy.resource_constraint(),
            actions: actions(&policy.action_constraint()),
        }
    }

    /// Whether the situation lies in the scope.
    pub(crate) fn meets(&self, situation: &Situation<'_>) -> bool {
        self.actions & situation.action != 0 && self.principal(situation) && self.resource(situation)
    }

    /// What the situation is outside of.
    pub(crate) fn outside(&self, situation: &Situation<'_>) -> Vec<Outside> {
        let mut outside = Vec::new();
        if self.actions & situation.action == 0 {
            outside.push(Outside::Action);
        }
        if !self.principal(situation) {
            outside.push(Outside::Principal);
        }
        if !self.resource(situation) {
            outside.push(Outside::Resource);
        }
        outside
    }

    /// The resource that it names.
    pub(crate) fn named(&self) -> Option<&EntityUid> {
        match &self.resource {
            ResourceConstraint::Any | ResourceConstraint::Is(_) => None,
            ResourceConstraint::In(uid) | ResourceConstraint::Eq(uid) | ResourceConstraint::IsIn(_, uid) => {
                Some(uid)
            }
        }
    }

    /// Whether its resource is of this type.
    pub(crate) fn is_on(&self, kind: &cedar_policy::EntityTypeName) -> bool {
        match &self.resource {
            ResourceConstraint::Any => false,
            ResourceConstraint::In(uid) | ResourceConstraint::Eq(uid) => uid.type_name() == kind,
            ResourceConstraint::Is(of) | ResourceConstraint::IsIn(of, _) => of == kind,
        }
    }

    /// The environment that it is for, when its resource says so.
    pub(crate) fn environment(&self, types: &Types) -> Option<&str> {
        match &self.resource {
            ResourceConstraint::In(uid) | ResourceConstraint::IsIn(_, uid)
                if uid.type_name() == &types.environment =>
            {
                Some(uid.id().unescaped())
            }
            _ => None,
        }
    }

    fn principal(&self, situation: &Situation<'_>) -> bool {
        let is_in = |uid: &EntityUid| uid == situation.principal || situation.groups.contains(uid);
        match &self.principal {
            PrincipalConstraint::Any => true,
            PrincipalConstraint::In(uid) => is_in(uid),
            PrincipalConstraint::Eq(uid) => uid == situation.principal,
            PrincipalConstraint::Is(of) => of == situation.principal.type_name(),
            PrincipalConstraint::IsIn(of, uid) => of == situation.principal.type_name() && is_in(uid),
        }
    }

    fn resource(&self, situation: &Situation<'_>) -> bool {
        let is_in = |uid: &EntityUid| uid == situation.resource || situation.above.contains(uid);
        match &self.resource {
            ResourceConstraint::Any => true,
            ResourceConstraint::In(uid) => is_in(uid),
            ResourceConstraint::Eq(uid) => uid == situation.resource,
            ResourceConstraint::Is(of) => of == situation.resource.type_name(),
            ResourceConstraint::IsIn(of, uid) => of == situation.resource.type_name() && is_in(uid),
        }
    }
}

/// The bits of the actions that a constraint means.
fn actions(constraint: &ActionConstraint) -> u32 {
    let means = |uid: &EntityUid, below: bool| {
        let word = uid.id().unescaped();
        vocabulary::actions()
            .filter(|(_, action)| *action == word || (below && vocabulary::groups(action).contains(&word)))
            .fold(0, |bits, (bit, _)| bits | bit)
    };
    match constraint {
        ActionConstraint::Any => u32::MAX,
        ActionConstraint::In(all) => all.iter().fold(0, |bits, uid| bits | means(uid, true)),
        ActionConstraint::Eq(uid) => means(uid, false),
    }
}
