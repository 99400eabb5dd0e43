//! The answer: a verdict with its reasons. Only this room makes one, so having one proves that the rules were asked.

use std::sync::Arc;

use model::{Refusal, Timestamp, Verdict};

use crate::sight::{Seen, Sight};

/// What the rules say of a text or of a session. There is no way to make one but to ask rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    verdict: Verdict,
    rules: Vec<Arc<str>>,
    shadow: Vec<Arc<str>>,
    holds: Vec<Arc<str>>,
    refusal: Option<Refusal>,
    valid_until: Option<Timestamp>,
}

impl Decision {
    pub(crate) fn new(
        verdict: Verdict,
        rules: Vec<Arc<str>>,
        shadow: Vec<Arc<str>>,
        holds: Vec<Arc<str>>,
        refusal: Option<Refusal>,
        valid_until: Option<Timestamp>,
    ) -> Self {
        Self { verdict, rules, shadow, holds, refusal, valid_until }
    }

    /// This decision and another on the same statement: the stricter of both, with the rules of both where they agree.
    pub(crate) fn with(&self, other: &Self) -> Self {
        let rank = |verdict| match verdict {
            Verdict::Allow => 0,
            Verdict::Hold => 1,
            Verdict::Refuse => 2,
        };
        let until = match (self.valid_until, other.valid_until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        let mut both = if rank(other.verdict) > rank(self.verdict) { other.clone() } else { self.clone() };
        both.valid_until = until;
        if self.verdict == other.verdict {
            other.rules.iter().for_each(|id| crate::judge::once(&mut both.rules, id));
        }
        for shadow in self.shadow.iter().chain(&other.shadow) {
            crate::judge::once(&mut both.shadow, shadow);
        }
        both
    }

    /// This decision, with what is seen of labelled columns: the rules that show them are among its reasons, and it holds
    /// no longer than they do.
    #[must_use]
    pub fn seeing(&self, seen: &[Seen]) -> Self {
        let mut decision = self.clone();
        for seen in seen {
            decision.valid_until = match (decision.valid_until, seen.valid_until) {
                (Some(one), Some(two)) => Some(one.min(two)),
                (one, two) => one.or(two),
            };
            if seen.sight != Sight::Masked {
                seen.rules.iter().for_each(|id| crate::judge::once(&mut decision.rules, id));
            }
            seen.shadow.iter().for_each(|id| crate::judge::once(&mut decision.shadow, id));
        }
        decision
    }

    /// This decision, which holds no longer than until then.
    #[must_use]
    pub fn until(&self, until: Option<Timestamp>) -> Self {
        let valid_until = match (self.valid_until, until) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        Self { valid_until, ..self.clone() }
    }

    /// Whether it may run.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The rules that determined it, in the order in which they were met: permits of an allow, forbids of a refusal
    /// or hold, and the gate's own `policy/…` where no rule of a file did.
    #[must_use]
    pub fn rules(&self) -> &[Arc<str>] {
        &self.rules
    }

    /// Rules that are only tried out and would have refused or held it.
    #[must_use]
    pub fn shadow(&self) -> &[Arc<str>] {
        &self.shadow
    }

    /// What to tell the client; `Some` whenever the verdict is not allow.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// Until when the same question has the same answer by these rules. `None`: for as long as the rules are. The
    /// time of asking itself means that the answer must not be kept.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.valid_until
    }

    /// The group that has to review it, when it is held.
    #[must_use]
    pub fn hold_group(&self) -> Option<&str> {
        self.holds.first().map(|group| &**group)
    }

    /// All groups that have to review it, when it is held by several rules.
    #[must_use]
    pub fn hold_groups(&self) -> &[Arc<str>] {
        &self.holds
    }
}
