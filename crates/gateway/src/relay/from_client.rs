//! The client's side: bytes to messages, messages to the kernel, what it permits to the server.

use std::sync::Arc;
use std::task::Context;

use engine::{Action, Client, Decided, Judged, Kind, Members, Step, Text};
use journal::Unavailable;
use model::{Refusal, Sqlstate, Timestamp};
use wire::postgres::frontend::{self, Message};

use super::bind::members;
use super::outgoing::Outgoing;
use super::{ClientMode, Reason, Relay};
use crate::clock;
use crate::judge::NotYet;
use crate::record::{Appended, Stored, refusal_for};

/// A Bind up to this size is looked at whole; a longer one streams.
const BIND_HELD_MAX: usize = 64 * 1024;

/// What became of one message.
pub(super) enum Taken {
    /// It leaves.
    Sent,
    /// It leaves; its decision is in the ledger, on disk or not yet. The number, and where its bytes begin.
    Decided(u64, usize),
    /// Something else leaves in its place, or nothing.
    Replaced,
    /// It waits, and all behind it.
    Waits,
}

impl Relay {
    /// Takes client bytes that are already held; whether any were used. What is left is kept without a copy.
    pub(super) fn client_held(&mut self, cx: &mut Context<'_>, mut held: Vec<u8>) -> Result<bool, Reason> {
        let used = self.client_messages(cx, &held)?;
        if used > 0 {
            held.drain(..used);
        }
        if !held.is_empty() {
            self.from_client = held;
        }
        Ok(used > 0)
    }

    /// Takes client bytes.
    pub(super) fn client_bytes(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Result<(), Reason> {
        let used = self.client_messages(cx, bytes)?;
        let rest = bytes.get(used..).unwrap_or_default();
        if !rest.is_empty() {
            self.from_client = rest.to_vec();
        }
        Ok(())
    }

    /// Takes whole messages, and what may stream of the last; returns how many bytes it used.
    fn client_messages(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> Result<usize, Reason> {
        let now = clock::now();
        self.seen_alive(now);
        let mut out = Outgoing::default();
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.ending.is_some() {
                // Whatever stands behind a last word is dropped, and counted as such.
                self.counts.accounted = self.counts.accounted.saturating_add(rest.len() as u64);
                at = bytes.len();
                break;
            }
            let used = if matches!(self.client_mode, ClientMode::Message) {
                let Some(used) = self.message(cx, &mut out, rest, now)? else { break };
                used
            } else {
                self.streamed(&mut out, rest)
            };
            self.counts.accounted = self.counts.accounted.saturating_add(used as u64);
            at = at.saturating_add(used);
        }
        // What leaves now was not there when the server was last asked.
        self.answer_asked = out.asks_for_answer || self.answer_asked && out.len() == 0;
        self.dispatch(cx, out);
        self.record_outcomes(now);
        Ok(at)
    }

    /// One message, or the beginning of one that streams (which uses no bytes yet). `None`: it must wait.
    fn message<'a>(
        &mut self,
        cx: &mut Context<'_>,
        out: &mut Outgoing<'a>,
        rest: &'a [u8],
        now: Timestamp,
    ) -> Result<Option<usize>, Reason> {
        let header = match frontend::peek(rest) {
            Ok(Some(header)) => header,
            Ok(None) => return Ok(None),
            Err(error) => {
                self.client_broke(&error.refusal());
                return Ok(None);
            }
        };
        let total = header.total();
        let whole = rest.get(..total);
        let limit = self.statement_bytes_max;
        let taken = match (header.tag, whole) {
            (b'F', _) => {
                let step = self.engine.client(Client::Call, total as u64, now);
                return self.dropped(out, rest, total, step, now);
            }
            (b'Q' | b'P', _) if header.length as usize > limit => {
                let action = if header.tag == b'Q' { Action::Query } else { Action::Prepare };
                let step = self.engine.refuse(action, text_too_long(limit), total as u64, now);
                return self.dropped(out, rest, total, step, now);
            }
            (b'd', None) => return self.begin_copy_data(out, total, now),
            (b'B', None) if total > BIND_HELD_MAX => return self.begin_bind(out, rest, header, now),
            (_, None) => return Ok(None),
            (tag, Some(whole)) => {
                let body = whole.get(header.total() - header.length as usize..).unwrap_or_default();
                self.whole_message(cx, out, tag, body, total as u64, now)?
            }
        };
        let whole = rest.get(..total).unwrap_or_default();
        match taken {
            Taken::Sent => out.push(whole),
            Taken::Decided(number, from) => {
                out.push(whole);
                // Only what waits for the disk can still be refused, and then must be found.
                if out.receipt.is_none() {
                    out.decided.push((number, from, out.len()));
                }
            }
            Taken::Replaced => {}
            Taken::Waits => return Ok(None),
        }
        Ok(Some(total))
    }

    fn whole_message(
        &mut self,
        cx: &mut Context<'_>,
        out: &mut Outgoing<'_>,
        tag: u8,
        body: &[u8],
        bytes: u64,
        now: Timestamp,
    ) -> Result<Taken, Reason> {
        if self.engine.is_skipping() && !matches!(tag, b'S' | b'X') {
            return Ok(Taken::Replaced);
        }
        let message = match frontend::decode(tag, body) {
            Ok(message) => message,
            // The server answers such a message with an error and lives on; a frame was whole, so we can too.
            Err(error) => {
                // What the server answers with ReadyForQuery must fail in that way too.
                let action = if matches!(tag, b'Q' | b'S') { Action::Query } else { Action::Prepare };
                let step = self.engine.refuse(action, error.refusal(), bytes, now);
                return self.step(out, step, None, now);
            }
        };
        let event = match message {
            Message::Query { text } => {
                let (text, stored, judged) = match self.judge_text(cx, text, &[], now) {
                    Ok(judged) => judged,
                    Err(not_yet) => return Ok(self.not_yet(out, not_yet)),
                };
                let judged = self.judge.spend(judged, &Members::default(), now);
                let step = self.engine.client(Client::Query { text, judged }, bytes, now);
                return self.step(out, step, Some(&stored), now);
            }
            Message::Parse { name, text, types } => {
                let types: Arc<[u32]> = types.collect();
                let (text, stored, judged) = match self.judge_text(cx, text, &types, now) {
                    Ok(judged) => judged,
                    Err(not_yet) => return Ok(self.not_yet(out, not_yet)),
                };
                let step = self.engine.client(Client::Prepare { name, text, types, judged }, bytes, now);
                return self.step(out, step, Some(&stored), now);
            }
            Message::Bind(bind) => {
                let types = self.engine.types(bind.statement);
                if self.engine.writes_hidden(bind.statement)
                    && bind.parameters.flatten().any(mask::cover::shows_mask)
                {
                    let refusal = self.judge.written_back();
                    let step = self.engine.refuse(Action::Prepare, refusal, bytes, now);
                    return self.step(out, step, None, now);
                }
                let mut parameters = self.recorder.parameters(&bind, &types);
                parameters.members = members(&bind, &self.engine.lists(bind.statement));
                let formats = Some(bind.result_formats.collect());
                Client::Bind { portal: bind.portal, statement: bind.statement, parameters, formats }
            }
            Message::Describe { kind, name } => Client::Describe { kind: self::kind(kind), name },
            Message::Execute { portal, .. } => match self.judge.portal(cx, &mut self.engine, portal, now) {
                Ok((reading, judged)) => {
                    let judged = self.judge.spend(judged, &self.engine.members(portal), now);
                    Client::Execute { portal, reading, judged }
                }
                Err(not_yet) => return Ok(self.not_yet(out, not_yet)),
            },
            Message::Close { kind, name } => Client::Close { kind: self::kind(kind), name },
            Message::Flush => Client::Flush,
            Message::Sync => Client::Sync,
            Message::CopyData(_) => Client::CopyData,
            Message::CopyDone => Client::CopyDone,
            Message::CopyFail(_) => Client::CopyFail,
            Message::FunctionCall(_) => Client::Call,
            Message::Terminate => {
                self.end(Reason::Terminated, true);
                Client::Terminate
            }
            Message::Password(_) => {
                let refusal = Refusal::new(Sqlstate::new(b"08P01"), "a password message after log-in");
                self.client_broke(&refusal);
                return Ok(Taken::Waits);
            }
        };
        let step = self.engine.client(event, bytes, now);
        self.step(out, step, None, now)
    }

    /// Understands and judges a text.
    fn judge_text<'a>(
        &mut self,
        cx: &mut Context<'_>,
        text: &'a [u8],
        types: &[u32],
        now: Timestamp,
    ) -> Result<(Text, Stored<'a>, Judged), NotYet> {
        let reading = self.judge.understand(cx, &mut self.engine, text)?;
        let (mut text, stored) = self.recorder.text(text, &reading);
        let (reading, judged) = self.judge.text(cx, &self.engine, reading, &text.changes, types, now)?;
        text.reading = reading;
        Ok((text, stored, judged))
    }

    /// A message that cannot be judged yet waits, and all behind it.
    fn not_yet(&mut self, out: &mut Outgoing<'_>, why: NotYet) -> Taken {
        self.waiting = true;
        if why == NotYet::AfterAnswer {
            out.asks_for_answer = !self.answer_asked || out.len() > 0;
        }
        Taken::Waits
    }

    /// Does what the kernel says about a message that is whole.
    pub(super) fn step(
        &mut self,
        out: &mut Outgoing<'_>,
        step: Step,
        stored: Option<&Stored<'_>>,
        now: Timestamp,
    ) -> Result<Taken, Reason> {
        Ok(match step {
            Step::Carry(carry) => {
                out.carry = Some(carry);
                Taken::Sent
            }
            Step::Decide(decided) => self.decide(out, *decided, stored, now),
            Step::Refuse(refused) => {
                self.counts.refused = self.counts.refused.saturating_add(1);
                self.recorder.refused(now, &refused, self.judge.loaded(), stored);
                out.substitute(&refused);
                out.carry = Some(refused.carry);
                Taken::Replaced
            }
            Step::PassOver => Taken::Replaced,
            Step::Wait => self.not_yet(out, NotYet::AfterAnswer),
            Step::Violation(what) => {
                let refusal = Refusal::new(Sqlstate::new(b"08P01"), what);
                self.client_broke(&refusal);
                Taken::Waits
            }
        })
    }

    /// Records a decision; without its record the statement does not go.
    fn decide(
        &mut self,
        out: &mut Outgoing<'_>,
        decided: Decided,
        stored: Option<&Stored<'_>>,
        now: Timestamp,
    ) -> Taken {
        match self.recorder.decided(now, &decided, self.judge.loaded(), stored) {
            Ok(Appended { ticket, receipt }) => {
                self.counts.allowed = self.counts.allowed.saturating_add(1);
                out.ticket = Some(ticket);
                out.receipt = receipt;
                out.permit = Some(match out.permit.take() {
                    Some(permit) => permit.join(decided.permit),
                    None => decided.permit,
                });
                let from = out.len();
                if let Some(portal) = &decided.describe {
                    out.describe(portal);
                }
                Taken::Decided(decided.number, from)
            }
            Err(why) => {
                self.refuse_unrecorded(out, decided.number, &why, stored, now);
                Taken::Replaced
            }
        }
    }

    /// The refusal itself is recorded in memory and written when the ledger can be again.
    fn refuse_unrecorded(
        &mut self,
        out: &mut Outgoing<'_>,
        number: u64,
        why: &Unavailable,
        stored: Option<&Stored<'_>>,
        now: Timestamp,
    ) {
        if let Some(refused) = self.engine.unrecorded(number, refusal_for(why)) {
            self.counts.refused = self.counts.refused.saturating_add(1);
            self.recorder.refused(now, &refused, self.judge.loaded(), stored);
            out.substitute(&refused);
            out.carry = Some(refused.carry);
        }
    }

    /// A message that goes nowhere whatever its size: refused, or passed over.
    pub(super) fn dropped(
        &mut self,
        out: &mut Outgoing<'_>,
        rest: &[u8],
        total: usize,
        step: Step,
        now: Timestamp,
    ) -> Result<Option<usize>, Reason> {
        match self.step(out, step, None, now)? {
            Taken::Waits => Ok(None),
            Taken::Sent | Taken::Decided(..) | Taken::Replaced => {
                let used = total.min(rest.len());
                if used < total {
                    self.client_mode = ClientMode::Drop { left: total.saturating_sub(used) };
                }
                Ok(Some(used))
            }
        }
    }

    /// Ends the session: where the client's next message begins can no longer be known.
    fn client_broke(&mut self, refusal: &Refusal) {
        self.end_with(Reason::ClientBroke, refusal);
    }
}

fn kind(kind: wire::postgres::Kind) -> Kind {
    match kind {
        wire::postgres::Kind::Statement => Kind::Statement,
        wire::postgres::Kind::Portal => Kind::Portal,
    }
}

fn text_too_long(limit: usize) -> Refusal {
    Refusal::new(Sqlstate::new(b"54000"), "the statement's text is too long for this gate")
        .detail(format!(
            "limit `statement_bytes_max`: {limit} bytes; a text is judged and recorded whole or not run"
        ))
        .hint("send large values as parameters or by COPY, or raise the limit in the gate's configuration")
}
