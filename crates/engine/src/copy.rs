//! COPY from the client: data that come before the server asked for them, Syncs amid them, and their end. It never
//! looks into the data.

use crate::answer::{Answer, RELAY};
use crate::event::Client;
use crate::expect::Expect;
use crate::permit::Carry;
use crate::session::Session;
use crate::step::Step;

impl Session {
    /// COPY data before the server asked for any: legal, and the server drops it when no COPY begins.
    pub(crate) fn early_copy(&mut self, bytes: u64) -> Step {
        let last = self.expected.iter_mut().rev().find_map(Expect::running);
        if let Some(running) = last {
            running.bytes_in = running.bytes_in.saturating_add(bytes);
            self.early_data = true;
        }
        Step::Carry(Carry::new())
    }

    pub(crate) fn client_in_copy(&mut self, event: &Client<'_>, bytes: u64) -> Step {
        match event {
            Client::CopyData | Client::CopyDone | Client::CopyFail => {
                self.held_sync = false;
                if let Some(running) = self.expected.front_mut().and_then(Expect::running) {
                    running.bytes_in = running.bytes_in.saturating_add(bytes);
                }
                if !matches!(event, Client::CopyData) {
                    self.copy_in = false;
                }
                Step::Carry(Carry::new())
            }
            // The server reads and drops these while it waits for COPY data (CopyGetData in copyfromparse.c). A Sync
            // that it reads after the COPY has failed counts, so none is sent into a COPY that may have.
            Client::Sync => {
                self.held_sync = true;
                Step::PassOver
            }
            Client::Flush => Step::PassOver,
            _ => Step::Violation("a message other than COPY data during COPY"),
        }
    }

    /// The end of such data.
    pub(crate) fn early_copy_end(&mut self, bytes: u64) -> Step {
        let step = self.early_copy(bytes);
        self.early_data = false;
        if let Some(Expect::Execute(_) | Expect::Query(_) | Expect::Sync | Expect::CopyEnd) =
            self.expected.back()
        {
            self.expected.push_back(Expect::CopyEnd);
        }
        step
    }

    /// Whether a message behind data sent ahead must wait. Whether the server acts on it, or drops it as part of a
    /// COPY, is known only when it has answered.
    pub(crate) fn must_wait_for_copy(&mut self, event: &Client<'_>) -> bool {
        if matches!(event, Client::CopyData | Client::CopyDone | Client::CopyFail) {
            return false;
        }
        self.early_data = self.expected.iter().any(|e| matches!(e, Expect::Execute(_) | Expect::Query(_)));
        self.early_data
    }

    /// A Sync of the client's that was held back during a COPY and counts, since the COPY has failed: send it now.
    pub fn held_sync(&mut self) -> Option<Carry> {
        if self.copy_in || !std::mem::take(&mut self.held_sync) {
            return None;
        }
        self.skipping = false;
        self.segment = self.segment.saturating_add(1);
        self.expected.push_back(Expect::Sync);
        Some(Carry::new())
    }

    /// Syncs that the client sent ahead of its COPY data are read and dropped by the server.
    pub(crate) fn copy_begins(&mut self) -> Answer {
        let Some(Expect::Query(running) | Expect::Execute(running)) = self.expected.front_mut() else {
            return Answer::Violation("CopyInResponse that nobody asked for");
        };
        running.described = false;
        let ended = self.expected.iter().position(|e| matches!(e, Expect::CopyEnd));
        let until = ended.unwrap_or(self.expected.len());
        let owed = self.expected.len();
        let mut at = 0_usize;
        self.expected.retain(|expect| {
            let before_end = at < until;
            let is_end = Some(at) == ended;
            at = at.saturating_add(1);
            !(is_end || (before_end && matches!(expect, Expect::Sync)))
        });
        self.copy_in = ended.is_none();
        self.copy_syncs = owed.saturating_sub(self.expected.len()).saturating_sub(usize::from(!self.copy_in));
        RELAY
    }

    /// COPY data whose statement is over without having asked for any: the server drops them.
    pub(crate) fn drop_copy_ends(&mut self) {
        while matches!(self.expected.front(), Some(Expect::CopyEnd)) {
            self.expected.pop_front();
        }
    }
}
