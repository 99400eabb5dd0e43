//! Writes that a table's constraints held against: each tells something of rows whose columns are masked, so they are counted like
//! look-ups.

use std::sync::Arc;

use engine::Judged;
use model::{Name, Timestamp, Verdict};
use policy::Misuse;

use super::Judge;
use super::budget::FAILURES_MAX;

impl Judge {
    /// Notes that a constraint held against a write to these relations.
    pub(crate) fn constrained(&self, relations: &[u32], now: Timestamp) {
        self.budget.failed(self.guesser(), self.catalogue.id(), relations, now);
    }

    /// The refusal of another write to a table of which too many failed.
    pub(super) fn tried(&self, judged: Judged, now: Timestamp) -> Judged {
        if judged.shows.written.is_empty() || judged.decision.verdict() != Verdict::Allow {
            return judged;
        }
        let (who, database) = (self.guesser(), self.catalogue.id());
        let failing =
            |(relation, _): &&(u32, Arc<str>)| self.budget.is_failing(who, database, *relation, now);
        let Some((_, table)) = judged.shows.written.iter().find(failing) else { return judged };
        let refused = self.loaded.rules.misused(&Misuse::Failures { table, most: FAILURES_MAX });
        Judged { decision: Arc::new(refused), shows: Arc::default() }
    }

    /// Who guesses: an agent does it for its human.
    fn guesser(&self) -> &Name {
        &self.human.as_ref().unwrap_or(&self.principal).name
    }
}
