//! The end of a session, for the ledger.

use std::sync::Arc;

use ledger::entry::SessionClosed;
use model::{Durability, SessionId, Timestamp};

use crate::clock;
use crate::gate::Gate;

/// Writes the session's last entry, also when its task ends by a panic.
pub(crate) struct Closing {
    pub(crate) gate: Arc<Gate>,
    pub(crate) session: SessionId,
    pub(crate) principal: Arc<model::Principal>,
    pub(crate) target: model::Name,
    pub(crate) began: Timestamp,
    pub(crate) reason: &'static str,
    pub(crate) statements: u64,
    pub(crate) bytes_in: u64,
    pub(crate) bytes_out: u64,
}

impl Closing {
    pub(crate) fn new(
        gate: &Arc<Gate>,
        session: SessionId,
        principal: Arc<model::Principal>,
        target: model::Name,
        began: Timestamp,
    ) -> Self {
        gate.metrics.sessions.inc();
        Self {
            gate: Arc::clone(gate),
            session,
            principal,
            target,
            began,
            // What stands here unless the session's end is reached.
            reason: "failure of the gate",
            statements: 0,
            bytes_in: 0,
            bytes_out: 0,
        }
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        let now = clock::now();
        self.gate.metrics.sessions.dec();
        self.gate.metrics.session_closed(self.reason);
        let closed = SessionClosed {
            at: now,
            session: self.session,
            principal: self.principal.name.as_str(),
            target: self.target.as_str(),
            reason: self.reason,
            statements: self.statements,
            bytes_in: self.bytes_in,
            bytes_out: self.bytes_out,
            duration_us: now.since(self.began),
        };
        if let Err(error) = self.gate.journal.append(&closed, Durability::Relaxed) {
            tracing::error!(session = %self.session, %error, "the end of a session could not be recorded");
        }
        tracing::debug!(session = %self.session, reason = self.reason, "session closed");
    }
}
