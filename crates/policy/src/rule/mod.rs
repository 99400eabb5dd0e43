//! One rule: a Cedar policy with what was found out about it when it was loaded.

mod annotation;
mod condition;
mod reach;
mod scope;
mod word;

pub(crate) use annotation::Annotations;
pub use annotation::Severity;
pub(crate) use condition::{Condition, risk_bit, verb_bit};
pub(crate) use reach::unreachable;
pub(crate) use scope::{Outside, Scope, Situation};

use std::sync::Arc;

use cedar_policy::{Effect, Policy};

use crate::vocabulary;

/// A checked rule.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    policy: Policy,
    pub(crate) permits: bool,
    pub(crate) pack: bool,
    pub(crate) annotations: Annotations,
    pub(crate) scope: Scope,
    pub(crate) condition: Condition,
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
    /// Its text as it stands in its file.
    pub(crate) text: Arc<str>,
    /// Forbids whose scope is a column or a function: asked in addition to what a statement does to its objects.
    pub(crate) on_columns: bool,
    pub(crate) on_functions: bool,
}

/// A rule in its file, before anything else is known of it.
pub(crate) struct Place {
    pub(crate) file: Arc<str>,
    pub(crate) line: usize,
    pub(crate) pack: bool,
    pub(crate) text: Arc<str>,
}

impl Rule {
    /// A rule of a policy that checked.
    pub(crate) fn new(
        policy: Policy,
        annotations: Annotations,
        condition: Condition,
        place: Place,
        types: &crate::vocabulary::Types,
    ) -> Self {
        let scope = Scope::of(&policy);
        Self {
            // About labels alone: those are asked where labels are.
            on_columns: policy.effect() == Effect::Forbid
                && scope.actions & !labels() != 0
                && scope.is_on(&types.column),
            on_functions: scope.is_on(&types.function),
            permits: policy.effect() == Effect::Permit,
            pack: place.pack,
            file: place.file,
            line: place.line,
            text: place.text,
            policy,
            annotations,
            scope,
            condition,
        }
    }

    /// Whether it can apply to seeing labelled columns or to choosing by them.
    pub(crate) fn is_about_labels(&self) -> bool {
        self.scope.actions & labels() != 0
    }

    pub(crate) fn id(&self) -> &Arc<str> {
        &self.annotations.id
    }

    /// The rule as Cedar's policy.
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Whether it can apply: cheap, and never wrong when it says no.
    pub(crate) fn can_apply(&self, situation: &Situation<'_>) -> bool {
        self.scope.meets(situation) && self.condition.can_hold(situation.risks, situation.verbs)
    }

    /// Whether the words are there that its condition cannot hold without: as cheap, and never wrong when it says no.
    pub(crate) fn has_words(&self, situation: &Situation<'_>) -> bool {
        self.condition.words.iter().all(|word| word.is_in(situation))
    }

    /// With its scope all that [`Rule::can_apply`] looks at, and its effect.
    pub(crate) fn kin(&self) -> (bool, &[u32], &[u32]) {
        (self.permits, &self.condition.risks, &self.condition.verbs)
    }

    /// Whether it lifts the forbid of this name.
    pub(crate) fn lifts(&self, id: &str) -> bool {
        self.annotations.lift.iter().any(|pattern| pattern.meets(id))
    }
}

/// The bits of the actions about labelled columns.
pub(crate) fn labels() -> u32 {
    vocabulary::bit(vocabulary::REVEAL) | vocabulary::bit(vocabulary::PROBE)
}
