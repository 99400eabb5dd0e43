//! The answer: a verdict with its reasons. Only this room makes one, so having one proves that the rules were asked.

use std::sync::Arc;

use model::{Refusal, Timestamp, Verdict};

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
