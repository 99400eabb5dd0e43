//! What becomes of messages that do not go to the server, and of those that nobody will answer any more.

use std::sync::Arc;

use model::{Refusal, Sqlstate, Timestamp};
use policy::Decision;

use crate::expect::{Expect, Running};
use crate::outcome::Result;
use crate::permit::Carry;
use crate::session::Session;
use crate::step::{Action, Refused, Step};
use crate::text::Text;

/// What is refused, and by whom: a decision, or a limit.
pub(crate) struct Turned {
    pub(crate) action: Action,
    /// It is a Parse of the unnamed statement.
    pub(crate) unnamed: bool,
    pub(crate) refusal: Refusal,
    pub(crate) decision: Option<Arc<Decision>>,
    pub(crate) text: Option<Text>,
}

impl Session {
    /// Refuses a message that could not even become an event: a text over the limit, or one that is not text.
    pub fn refuse(&mut self, action: Action, refusal: Refusal, bytes: u64, now: Timestamp) -> Step {
        self.turn(Turned { action, unnamed: false, refusal, decision: None, text: None }, bytes, now)
    }

    pub(crate) fn turn(&mut self, turned: Turned, bytes: u64, now: Timestamp) -> Step {
        if self.skipping {
            return Step::PassOver;
        }
        if self.copy_in {
            return Step::Violation("a message other than COPY data during COPY");
        }
        let Turned { action, unnamed, refusal, decision, text } = turned;
        let number = self.next_number();
        let cycle = matches!(action, Action::Query | Action::Call);
        let running = Running::new(number, now, bytes, Arc::default());
        if !cycle {
            self.turned = Some(self.segment);
        }
        if unnamed {
            self.statements.announce(self.segment, b"", None);
        }
        let waits = Some(Box::new(refusal.clone()));
        self.expected.push_back(Expect::Refused { refusal: waits, running, cycle, unnamed });
        Step::Refuse(Refused { number, action, refusal, decision, text, cycle, unnamed, carry: Carry::new() })
    }

    /// Takes back the decision on statement `number`, whose message was not sent since it could not be recorded.
    /// `None`: no such statement waits.
    pub fn unrecorded(&mut self, number: u64, refusal: Refusal) -> Option<Refused> {
        let mut at =
            self.expected.iter_mut().rposition(|e| e.running().is_some_and(|r| r.number == number))?;
        // The gate's own question in front of it was not sent either.
        let before = at.checked_sub(1).and_then(|before| self.expected.get(before));
        if matches!(before, Some(Expect::Describe { own: true, .. })) {
            at = at.saturating_sub(1);
            self.expected.remove(at);
        }
        let slot = self.expected.get_mut(at)?;
        let (action, cycle) = match slot {
            Expect::Query(_) => (Action::Query, true),
            Expect::Execute(_) => (Action::Execute, false),
            _ => (Action::Prepare, false),
        };
        let name = match slot {
            Expect::Prepare { name, .. } => Some(std::mem::take(name)),
            _ => None,
        };
        let running = std::mem::replace(slot, Expect::Sync).into_running()?;
        let unnamed = name.as_ref().is_some_and(|name| name.is_empty());
        // That the unnamed one is gone stays announced.
        if let Some(name) = name.filter(|_| !unnamed) {
            self.statements.withdraw(&name);
        }
        self.uncount_changes(&running);
        let refused = Expect::Refused { refusal: Some(Box::new(refusal.clone())), running, cycle, unnamed };
        if let Some(slot) = self.expected.get_mut(at) {
            *slot = refused;
        }
        let carry = Carry::new();
        Some(Refused { number, action, refusal, decision: None, text: None, cycle, unnamed, carry })
    }

    /// The server or the client is gone: what is under way ends in `unknown`.
    pub fn lost(&mut self, now: Timestamp) {
        // Their commit was never confirmed.
        self.settle_lost();
        for expect in std::mem::take(&mut self.expected) {
            let refused = matches!(expect, Expect::Refused { .. });
            if let Some(running) = expect.into_running() {
                let result = match running.sqlstate {
                    _ if refused => Result::Refused,
                    Some(_) => Result::Error,
                    None => Result::Unknown,
                };
                self.outcomes.push(running.outcome(result, now));
            }
        }
        self.copy_in = false;
        self.skipping = false;
    }
}

pub(crate) fn call_refusal() -> Refusal {
    Refusal::new(Sqlstate::new(b"0A000"), "calling a function by its number is not allowed here")
        .detail("rule `wire/function-call`: a FunctionCall message has no text that could be judged")
        .hint("call the function in a statement: `SELECT function(…)`; for large objects use `lo_get`, `lo_put` and `lo_from_bytea`")
}

pub(crate) fn name_refusal() -> Refusal {
    Refusal::new(Sqlstate::new(b"42622"), "the name of a prepared statement or portal is too long")
        .detail("limit: 63 bytes of a name count, and beyond them the gate can follow only names in ASCII")
        .hint("use a shorter name")
}

pub(crate) fn names_refusal(most: usize) -> Refusal {
    Refusal::new(Sqlstate::new(b"53400"), "this session keeps too many prepared statements or portals")
        .detail(format!(
            "limit `prepared_max`: {most}; their types and values may have {} bytes together",
            crate::text::KEPT_MAX
        ))
        .hint("close some with `DEALLOCATE`, or raise the limit in the gate's configuration")
}
