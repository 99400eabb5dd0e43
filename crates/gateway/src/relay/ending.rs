//! How a session comes to its end: asked to, or because a side is gone. What was asked before is answered where it
//! can be, and outcomes are learned as long as that takes no longer than [`LINGER`].

use std::future::Future;
use std::task::{Context, Poll};
use std::time::Duration;

use model::{Refusal, Sqlstate};
use wire::postgres::encode::Severity;

use super::{BUFFER, ClientMode, Reason, Relay};
use crate::registry::End;

/// After the client is gone the gate goes on listening to the server for this long, to learn what came of the
/// statements under way, then gives up on it.
const LINGER: Duration = Duration::from_secs(10);

/// A last message may take this long to leave, then the socket is closed under it.
const FAREWELL: Duration = Duration::from_secs(2);

/// A session that is coming to its end.
#[derive(Clone, Copy)]
pub(super) struct Ending {
    pub(super) reason: Reason,
    /// The server is still listened to.
    pub(super) lingers: bool,
    /// Our side towards the server was shut.
    pub(super) shut: bool,
    /// The client takes nothing more: a write to it failed.
    pub(super) deaf: bool,
}

impl Relay {
    /// The client vanished: stop listening to it, and to the server once it has answered.
    pub(super) fn client_is_gone(&mut self) {
        self.end(Reason::ClientGone, true);
        if let Some(ending) = &mut self.ending {
            ending.deaf = true;
        }
    }

    pub(super) fn end(&mut self, reason: Reason, lingers: bool) {
        if self.ending.is_none() {
            let wait = if lingers { LINGER } else { FAREWELL };
            self.deadline = Some(Box::pin(tokio::time::sleep(wait)));
            self.ending = Some(Ending { reason, lingers, shut: false, deaf: false });
        }
    }

    /// Ends the session with a last word to the client, unless that would fall into the middle of a message.
    pub(super) fn end_with(&mut self, reason: Reason, refusal: &Refusal) {
        if self.server_left == 0 {
            self.client.refuse(refusal, Severity::Fatal);
        }
        self.end(reason, false);
    }

    pub(super) fn turn_to_the_end(&mut self, cx: &mut Context<'_>, ending: Ending) -> Result<bool, Reason> {
        let over = self.deadline.as_mut().is_none_or(|deadline| deadline.as_mut().poll(cx).is_ready());
        if over {
            return Err(ending.reason);
        }
        if !ending.lingers {
            // Only what the client still has to get.
            return match self.client.poll_drain(cx) {
                Poll::Ready(Ok(_)) => match self.client.poll_shutdown(cx) {
                    Poll::Ready(_) => Err(ending.reason),
                    Poll::Pending => Ok(false),
                },
                Poll::Ready(Err(_)) => Err(ending.reason),
                Poll::Pending => Ok(false),
            };
        }
        // What the client asked before its last word still goes, once its decisions are recorded.
        let mut moved = self.land(cx)?;
        moved |= self.server.drain(cx);
        let sent = self.flight.is_none() && self.server.is_drained();
        if sent && !ending.shut && self.server.poll_shutdown(cx).is_ready() {
            self.ending = Some(Ending { shut: true, ..ending });
        }
        if !ending.deaf {
            moved |= self.drain_client(cx);
            if !self.client.has_room() {
                return Ok(moved);
            }
        }
        let read = BUFFER.with_borrow_mut(|buffer| match self.server.poll_read(cx, buffer) {
            Poll::Pending => Ok(false),
            Poll::Ready(Ok(0) | Err(_)) => {
                self.ending = self.ending.map(|ending| Ending { lingers: false, ..ending });
                Ok(true)
            }
            Poll::Ready(Ok(read)) => {
                let mut held = std::mem::take(&mut self.from_server);
                held.extend_from_slice(buffer.get(..read).unwrap_or_default());
                self.server_held(cx, held);
                Ok(true)
            }
        })?;
        Ok(moved | read)
    }

    /// Does what the signal asks, now or when the session allows it.
    pub(super) fn obey(&mut self, signal: End) {
        let quiet = self.from_client.is_empty()
            && matches!(self.client_mode, ClientMode::Message)
            && self.flight.is_none()
            && self.server_left == 0;
        let refusal = match signal {
            End::No => return,
            End::Idle if quiet && self.engine.is_idle() => {
                Refusal::new(Sqlstate::new(b"57P05"), "terminating connection due to idle-session timeout")
                    .detail("limit `idle_timeout`")
                    .hint("connect again")
            }
            End::Idle => {
                self.member.handle.not_idle();
                return;
            }
            End::Drain if !(quiet && self.engine.at_boundary()) => return,
            End::Drain | End::Stop => {
                Refusal::new(Sqlstate::new(b"57P01"), "terminating connection because the gate is stopping")
                    .hint("connect again: another gate, or this one after its restart, will serve you")
            }
            End::Revoked => Refusal::new(
                Sqlstate::new(b"28000"),
                "terminating connection because your access was withdrawn",
            )
            .detail("the configuration no longer has this principal, credential or right to the target")
            .hint("ask whoever runs the gate for access, then connect again"),
            End::Expired => {
                Refusal::new(Sqlstate::new(b"28000"), "terminating connection because your token has expired")
                    .hint("ask whoever runs the gate for a new token, then connect again")
            }
        };
        self.end_with(Reason::Ended(signal), &refusal);
    }
}
