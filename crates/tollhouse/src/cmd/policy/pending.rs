//! Refusals of then that the rules alone would not make: each waits for its outcome, which tells by its code whether rules
//! made it at all. It judges nothing.

use std::collections::HashMap;

use model::{StatementId, Verdict};

use super::difference::Difference;

/// Why such a refusal is no difference: labels, masks and budgets are not asked about here.
const MASKED: &str =
    "what is masked decided, and labels are not asked about here; try them with `policy try`";

/// Those that wait.
#[derive(Default)]
pub(super) struct Pending(HashMap<StatementId, Difference>);

/// What becomes of a difference.
pub(super) enum Told {
    /// Nothing yet, or there was none.
    Nothing,
    /// It is one.
    Differs(Box<Difference>),
    /// It is none, and this is why.
    NotJudged(&'static str),
}

impl Pending {
    /// Takes a difference of a statement.
    pub(super) fn take(&mut self, id: StatementId, difference: Difference) -> Told {
        if difference.before == "allow" || difference.decision.verdict() != Verdict::Allow {
            return Told::Differs(Box::new(difference));
        }
        if difference.rules.iter().any(|rule| rule.starts_with("mask/")) {
            return Told::NotJudged(MASKED);
        }
        self.0.insert(id, difference);
        Told::Nothing
    }

    /// The statement's outcome is there, with this code.
    pub(super) fn ended(&mut self, id: StatementId, code: Option<&str>) -> Told {
        match self.0.remove(&id) {
            None => Told::Nothing,
            Some(_) if code == Some(policy::MASKED.as_str()) => Told::NotJudged(MASKED),
            Some(difference) => Told::Differs(Box::new(difference)),
        }
    }

    /// Those whose outcome never came.
    pub(super) fn rest(&mut self) -> Vec<Difference> {
        let mut rest: Vec<Difference> = self.0.drain().map(|(_, difference)| difference).collect();
        rest.sort_by_key(|difference| difference.index);
        rest
    }
}
