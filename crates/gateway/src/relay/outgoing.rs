//! What leaves for the server after one look at the client's bytes, with the proofs that let it leave.

use std::task::Context;

use engine::{Carry, Permit, Refused};
use ledger::Receipt;
use wire::postgres::{Kind, encode};

use super::Relay;
use super::door::Cleared;
use super::flight::Flight;
use crate::record::substitute;

/// What leaves for the server after one look at the client's bytes.
#[derive(Default)]
pub(super) struct Outgoing<'a> {
    /// The bytes, while they are one piece of what came.
    pub(super) piece: &'a [u8],
    /// The bytes, once something was left out or put in.
    pub(super) pieces: Vec<u8>,
    pub(super) permit: Option<Permit>,
    pub(super) carry: Option<Carry>,
    pub(super) receipt: Option<Receipt>,
    pub(super) ticket: Option<u64>,
    pub(super) decided: Vec<(u64, usize, usize)>,
    /// The kernel waits for an answer of the server's: make it give one.
    pub(super) asks_for_answer: bool,
}

impl Relay {
    /// Sends it, or holds it until its decisions are on disk.
    pub(super) fn dispatch(&mut self, cx: &mut Context<'_>, out: Outgoing<'_>) {
        let asks = out.asks_for_answer;
        if out.len() > 0 {
            let bytes = if out.pieces.is_empty() { out.piece } else { &out.pieces };
            match (out.permit, out.receipt, out.ticket, out.carry) {
                (Some(permit), Some(receipt), _, _) => {
                    self.server.send(cx, Cleared::Recorded(permit, receipt), bytes);
                }
                (Some(permit), None, Some(ticket), _) => {
                    let mut bytes = bytes.to_vec();
                    if asks {
                        encode::flush(&mut bytes);
                    }
                    self.flight = Some(Flight { bytes, permit, ticket, decided: out.decided });
                    return;
                }
                (None, _, _, Some(carry)) => self.server.send(cx, Cleared::Carried(carry), bytes),
                // No proof, no passage. Nothing above leaves bytes without one.
                _ => {}
            }
        }
        if asks {
            self.server.flush_request();
            self.server.drain(cx);
        }
    }
}

impl<'a> Outgoing<'a> {
    pub(super) fn len(&self) -> usize {
        self.piece.len().saturating_add(self.pieces.len())
    }

    pub(super) fn push(&mut self, bytes: &'a [u8]) {
        if self.pieces.is_empty() && self.piece.is_empty() {
            self.piece = bytes;
        } else {
            self.own();
            self.pieces.extend_from_slice(bytes);
        }
    }

    pub(super) fn substitute(&mut self, refused: &Refused) {
        self.own();
        substitute(&mut self.pieces, refused);
    }

    /// Asks for a portal's shape.
    pub(super) fn describe(&mut self, portal: &[u8]) {
        self.own();
        // The name came in a message without a NUL, so encoding cannot fail.
        let _ = encode::describe(&mut self.pieces, Kind::Portal, portal);
    }

    pub(super) fn own(&mut self) {
        if !self.piece.is_empty() {
            self.pieces.extend_from_slice(self.piece);
            self.piece = &[];
        }
    }
}
