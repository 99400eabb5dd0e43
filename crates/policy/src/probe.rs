//! Whether a principal may choose rows by labelled columns. Who cannot see values could ask for them one comparison
//! at a time; so comparing has rules of its own. It never knows which values are compared.

use std::sync::Arc;

use model::{Refusal, Timestamp, Verdict};

use crate::ask::Asked;
use crate::decision::Decision;
use crate::judge::{self, Tally};
use crate::label::{Labelled, Probe, Question};
use crate::refusal;
use crate::rules::Rules;

/// What the rules say of choosing rows by labelled columns. It is no [`Decision`] on a text: nothing runs by it alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probed(Decision);

impl Rules {
    /// Judges the columns that choose, order or group rows, each with how. All of it must be permitted; no columns
    /// are.
    #[must_use]
    pub fn probes(&self, asked: &Asked<'_>, columns: &[(Labelled<'_>, Probe)]) -> Probed {
        let checked = match self.ready(asked) {
            Ok(checked) => checked,
            Err(refused) => return Probed(*refused),
        };
        let questions: Vec<Question<'_>> =
            columns.iter().map(|(column, probe)| (*column, Some(*probe))).collect();
        let mut tally = Tally::default();
        let heard = checked.each_label(asked, &questions, false, |heard| {
            tally.add(heard.frame, heard.actor, heard.wanted, &heard.answer);
        });
        Probed(match heard {
            Some(()) => tally.decide(asked.now),
            None => judge::refuse(refusal::ERROR, refusal::unchecked(None)),
        })
    }
}

impl Probed {
    /// Whether the columns may be used so.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.0.verdict()
    }

    /// The rules that determined it, as those of a decision.
    #[must_use]
    pub fn rules(&self) -> &[Arc<str>] {
        self.0.rules()
    }

    /// Rules that are only tried out and would have refused it.
    #[must_use]
    pub fn shadow(&self) -> &[Arc<str>] {
        self.0.shadow()
    }

    /// What to tell the client; `Some` whenever the verdict is not allow.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        self.0.refusal()
    }

    /// As of a decision: until when it holds.
    #[must_use]
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.0.valid_until()
    }
}

impl Decision {
    /// This decision on a text, and what was said of the columns that it chooses rows by: the stricter of both, with
    /// the rules of both where they agree.
    #[must_use]
    pub fn and(&self, probed: &Probed) -> Self {
        self.with(&probed.0)
    }
}
