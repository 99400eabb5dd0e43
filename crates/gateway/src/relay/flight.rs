//! Client messages on their way to the server, held until the ledger has their decisions on disk.

use std::task::{Context, Poll};

use engine::Permit;
use journal::Unavailable;
use ledger::Receipt;

use super::door::Cleared;
use super::{Reason, Relay};
use crate::record::{refusal_for, substitute};

/// Messages that wait for their decisions to be durable.
pub(super) struct Flight {
    /// The messages, in order.
    pub(super) bytes: Vec<u8>,
    /// The proof that each was decided.
    pub(super) permit: Permit,
    /// The last decision's place in the ledger: when that is on disk, all are.
    pub(super) ticket: u64,
    /// Which of the bytes are decided statements, in order: number, from, to.
    pub(super) decided: Vec<(u64, usize, usize)>,
}

impl Relay {
    /// Lets the flight go when its decisions are on disk; whether anything moved.
    pub(super) fn land(&mut self, cx: &mut Context<'_>) -> Result<bool, Reason> {
        let Some(flight) = &self.flight else { return Ok(false) };
        let answer = match self.recorder.poll_durable(flight.ticket, cx) {
            Poll::Pending => return Ok(false),
            Poll::Ready(answer) => answer,
        };
        let Some(flight) = self.flight.take() else { return Ok(false) };
        match answer {
            Ok(receipt) => self.release(cx, flight, receipt),
            Err(why) => self.ground(cx, flight, &why)?,
        }
        Ok(true)
    }

    fn release(&mut self, cx: &mut Context<'_>, flight: Flight, receipt: Receipt) {
        let Flight { bytes, permit, .. } = flight;
        self.server.send(cx, Cleared::Recorded(permit, receipt), &bytes);
    }

    /// The ledger failed: the decided statements do not go; what must fail in their place does.
    fn ground(&mut self, cx: &mut Context<'_>, flight: Flight, why: &Unavailable) -> Result<(), Reason> {
        let mut out = Vec::with_capacity(flight.bytes.len());
        let mut at = 0;
        let mut carry = None;
        for (number, from, to) in flight.decided {
            out.extend_from_slice(flight.bytes.get(at..from).unwrap_or_default());
            if let Some(refused) = self.engine.unrecorded(number, refusal_for(why)) {
                self.counts.refused = self.counts.refused.saturating_add(1);
                substitute(&mut out, &refused);
                carry = Some(refused.carry);
            }
            at = to;
        }
        out.extend_from_slice(flight.bytes.get(at..).unwrap_or_default());
        match carry {
            Some(carry) => {
                self.server.send(cx, Cleared::Carried(carry), &out);
                Ok(())
            }
            // All were skipped by the server meanwhile. Without a proof nothing goes, so nothing can go on.
            None => {
                self.end_with(Reason::ServerGone, &refusal_for(why));
                Ok(())
            }
        }
    }
}
