//! The server's side: bytes to messages, messages to the kernel, what it covers to the client.

use std::task::Context;

use engine::{Answer, Covered, Field, Ready, Row, Server};
use model::{Refusal, Sqlstate, Timestamp};
use wire::postgres::backend::{self, Message};
use wire::postgres::encode::Severity;
use wire::postgres::frame::HEADER_BYTES;
use wire::postgres::{CopyFormat, Status};

use super::long::{LongRow, ROW_MAX};
use super::{Reason, Relay};
use crate::clock;

/// A message that must be understood whole is held up to this size. The largest honest one, a RowDescription of
/// 1,664 columns with names of 63 bytes, has 140 KiB; errors and notices may be longer and then stream.
const HELD_MAX: usize = 256 * 1024;

/// Of a long error this much is looked at: severity and code stand at its front.
const ERROR_FRONT: usize = 1024;

/// What leaves for the client after one look at the server's bytes: runs of what came, with refusals between.
struct Run<'a> {
    bytes: &'a [u8],
    from: usize,
    covered: Option<Covered>,
}

impl Relay {
    /// Takes server bytes that are already held. What is left is kept without a copy.
    pub(super) fn server_held(&mut self, cx: &mut Context<'_>, mut held: Vec<u8>) {
        let used = self.server_messages(cx, &held);
        if used > 0 {
            held.drain(..used);
        }
        if !held.is_empty() {
            self.from_server = held;
        }
    }

    /// Takes server bytes.
    pub(super) fn server_bytes(&mut self, cx: &mut Context<'_>, bytes: &[u8]) {
        let used = self.server_messages(cx, bytes);
        let rest = bytes.get(used..).unwrap_or_default();
        if !rest.is_empty() {
            self.from_server = rest.to_vec();
        }
    }

    /// Takes whole messages, and what may stream of the last; returns how many bytes it used.
    fn server_messages(&mut self, cx: &mut Context<'_>, bytes: &[u8]) -> usize {
        if bytes.is_empty() {
            return 0;
        }
        let now = clock::now();
        // What is left of a message that was covered when it began needs no new cover.
        let mut run = Run { bytes, from: 0, covered: self.rest_covered.take() };
        let mut at = 0;
        let mut broken = None;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.server_left > 0 {
                let used = rest.len().min(self.server_left);
                self.server_left = self.server_left.saturating_sub(used);
                at = at.saturating_add(used);
                if self.long.is_some()
                    && let Err(what) = self.long_row(cx, rest.get(..used).unwrap_or_default(), at, &mut run)
                {
                    broken = Some(what);
                    break;
                }
                continue;
            }
            match self.answer(cx, rest, at, &mut run, now) {
                Ok(0) => break,
                Ok(used) => at = at.saturating_add(used),
                Err(what) => {
                    broken = Some(what);
                    break;
                }
            }
        }
        self.pass_on(cx, &mut run, at);
        self.judge.notice(&mut self.engine);
        self.record_outcomes(now);
        if let Some(carry) = self.engine.held_sync() {
            self.server.sync(cx, carry);
        }
        if let Some(what) = broken {
            tracing::warn!(session = %self.member.handle.id, what, "the server broke the protocol");
            self.end_with(Reason::ServerBroke, &server_broke());
            return bytes.len();
        }
        at
    }

    /// One message of which at least the first byte is there; how many bytes of it may go on, 0 if more are needed.
    fn answer(
        &mut self,
        cx: &mut Context<'_>,
        rest: &[u8],
        at: usize,
        run: &mut Run<'_>,
        now: Timestamp,
    ) -> Result<usize, &'static str> {
        let header = match backend::peek(rest) {
            Ok(Some(header)) => header,
            Ok(None) => return Ok(0),
            Err(_) => return Err("a message of impossible type or length"),
        };
        let total = header.total();
        let whole = rest.get(HEADER_BYTES..total);
        if matches!(header.tag, b'D' | b'd') {
            if whole.is_none() && self.engine.hides_rows() {
                if total <= ROW_MAX {
                    return Ok(0);
                }
                if header.tag == b'D' {
                    return self.begin_long(cx, rest, (at, total), run);
                }
                let row = self.engine.too_long(ROW_MAX);
                return self.row(cx, row, (at, total, rest.len()), None, run);
            }
            let row = match header.tag {
                b'D' => self.engine.row(total as u64)?,
                _ => self.engine.copy_data(total as u64)?,
            };
            let body = whole.map(|body| (header.tag, body));
            return self.row(cx, row, (at, total, rest.len()), body, run);
        }
        let answer = match (header.tag, whole) {
            (_, Some(body)) => {
                let message =
                    backend::decode(header.tag, body).map_err(|_| "a message that cannot be decoded")?;
                if matches!(message, Message::CopyOutResponse(_)) {
                    self.begin_copy_out();
                }
                let fields = match &message {
                    Message::RowDescription(fields) if self.engine.wants_shape() => self.shape(*fields),
                    _ => Vec::new(),
                };
                self.engine.server(event(&message, &fields)?, now)
            }
            (b'N', None) if total > HELD_MAX => self.engine.server(Server::Notice, now),
            (b'A', None) if total > HELD_MAX => self.engine.server(Server::Notification, now),
            (b'E', None) if total > HELD_MAX => {
                let Some(front) = rest.get(HEADER_BYTES..HEADER_BYTES + ERROR_FRONT) else { return Ok(0) };
                self.engine.server(long_error(front), now)
            }
            (_, None) if total > HELD_MAX => return Err("a message that is too long for its type"),
            (_, None) => return Ok(0),
        };
        match answer {
            Answer::Relay(covered) => run.covered = Some(covered),
            Answer::Refusal(covered, refusal) => {
                self.pass_on(cx, run, at);
                drop(covered);
                self.client.refuse(&refusal, Severity::Error);
                let used = total.min(rest.len());
                run.from = at.saturating_add(used);
                return Ok(used);
            }
            Answer::Scrub(covered, how) => {
                self.pass_on(cx, run, at);
                self.scrub(covered, how, header.tag, whole);
                return Ok(self.drop_one(cx, (at, total, rest.len()), run));
            }
            Answer::Drop => return Ok(self.drop_one(cx, (at, total, rest.len()), run)),
            Answer::Violation(what) => return Err(what),
        }
        Ok(self.begin(total, rest.len()))
    }

    /// A row or a piece of COPY data: passed on, or over a cap.
    #[inline]
    fn row(
        &mut self,
        cx: &mut Context<'_>,
        row: Row,
        place: (usize, usize, usize),
        body: Option<(u8, &[u8])>,
        run: &mut Run<'_>,
    ) -> Result<usize, &'static str> {
        match row {
            Row::Pass(covered) => {
                run.covered = Some(covered);
                Ok(self.begin(place.1, place.2))
            }
            Row::Cover => {
                let (tag, body) = body.ok_or("a row that is not there whole")?;
                if let Some(covered) = self.leaves(tag, body)? {
                    run.covered = Some(covered);
                    return Ok(self.begin(place.1, place.2));
                }
                self.pass_on(cx, run, place.0);
                self.client.make_room(place.2);
                self.cover(tag, body)?;
                Ok(self.drop_one(cx, place, run))
            }
            Row::Cut => {
                self.begin_cancel();
                Ok(self.drop_one(cx, place, run))
            }
            Row::Drop => Ok(self.drop_one(cx, place, run)),
        }
    }

    /// A row begins that may have to be covered and is too long to be held.
    fn begin_long(
        &mut self,
        cx: &mut Context<'_>,
        rest: &[u8],
        (at, total): (usize, usize),
        run: &mut Run<'_>,
    ) -> Result<usize, &'static str> {
        let place = (at, total, rest.len());
        let row = match self.engine.row(total as u64)? {
            Row::Cover => {
                let covers = self.engine.covers().ok_or("a row to cover without a cover")?;
                self.long = Some(LongRow::new(covers.whole()));
                let used = self.drop_one(cx, place, run);
                self.long_row(
                    cx,
                    rest.get(HEADER_BYTES..).unwrap_or_default(),
                    at.saturating_add(used),
                    run,
                )?;
                return Ok(used);
            }
            row => row,
        };
        self.row(cx, row, place, None, run)
    }

    /// The next bytes of such a row, which end at `to`.
    fn long_row(
        &mut self,
        cx: &mut Context<'_>,
        bytes: &[u8],
        to: usize,
        run: &mut Run<'_>,
    ) -> Result<(), &'static str> {
        let Some(mut long) = self.long.take() else { return Ok(()) };
        if !long.feed(bytes) {
            if matches!(self.engine.too_long(ROW_MAX), Row::Cut) {
                self.begin_cancel();
            }
        } else if self.server_left > 0 {
            self.long = Some(long);
        } else {
            self.pass_on(cx, run, to);
            self.cover(b'D', &long.finish())?;
        }
        Ok(())
    }

    /// Passes on what stands before a message and drops the message: `at`, its length, and how much of it is here.
    fn drop_one(
        &mut self,
        cx: &mut Context<'_>,
        (at, total, here): (usize, usize, usize),
        run: &mut Run<'_>,
    ) -> usize {
        self.pass_on(cx, run, at);
        // Without a cover nothing of it leaves, however it comes.
        run.covered = None;
        let used = self.begin(total, here);
        run.from = at.saturating_add(used);
        used
    }

    /// A message of `total` bytes, of which `here` are there, goes on.
    fn begin(&mut self, total: usize, here: usize) -> usize {
        let used = total.min(here);
        self.server_left = total.saturating_sub(used);
        used
    }

    /// Sends the run up to `to` and begins the next one there.
    fn pass_on(&mut self, cx: &mut Context<'_>, run: &mut Run<'_>, to: usize) {
        let bytes = run.bytes.get(run.from..to).unwrap_or_default();
        run.from = to;
        if bytes.is_empty() {
            return;
        }
        self.bytes_out = self.bytes_out.saturating_add(bytes.len() as u64);
        self.counts.bytes_out = self.counts.bytes_out.saturating_add(bytes.len() as u64);
        let gone = self.ending.is_some_and(|ending| ending.deaf);
        let Some(covered) = run.covered.take() else { return };
        if self.server_left > 0 {
            self.rest_covered = Some(covered.next_piece());
        }
        if !gone && self.client.send(cx, covered, bytes).is_err() {
            self.client_is_gone();
        }
    }
}

fn event<'a>(message: &Message<'a>, fields: &'a [Field]) -> Result<Server<'a>, &'static str> {
    Ok(match message {
        Message::ParseComplete => Server::ParseComplete,
        Message::BindComplete => Server::BindComplete,
        Message::CloseComplete => Server::CloseComplete,
        Message::ParameterDescription(_) => Server::ParameterDescription,
        Message::RowDescription(_) => Server::RowDescription(fields),
        Message::NoData => Server::NoData,
        Message::CommandComplete { tag } => {
            Server::CommandComplete { tag, rows: backend::command_tag(tag).and_then(|tag| tag.rows) }
        }
        Message::EmptyQueryResponse => Server::EmptyQuery,
        Message::PortalSuspended => Server::PortalSuspended,
        Message::CopyInResponse(_) => Server::CopyIn,
        Message::CopyOutResponse(copy) => {
            Server::CopyOut { binary: copy.format == CopyFormat::Binary, columns: copy.columns.len() }
        }
        Message::CopyDone => Server::CopyDone,
        Message::ErrorResponse(fields) => Server::Error {
            sqlstate: fields.field(b'C').and_then(Sqlstate::parse),
            fatal: fields.field(b'V').is_some_and(|v| matches!(v, b"FATAL" | b"PANIC")),
        },
        Message::NoticeResponse(_) => Server::Notice,
        Message::NotificationResponse { .. } => Server::Notification,
        Message::ParameterStatus { name, value } => Server::Report { name, value },
        Message::ReadyForQuery { status } => Server::Ready(match status {
            Status::Idle => Ready::Idle,
            Status::InTransaction => Ready::InTransaction,
            Status::Failed => Ready::Failed,
        }),
        Message::DataRow(_) | Message::CopyData(_) => return Err("a row out of its place"),
        Message::CopyBothResponse(_) => return Err("CopyBothResponse outside of replication"),
        Message::FunctionCallResponse(_) => return Err("FunctionCallResponse without a FunctionCall"),
        Message::Authentication(_)
        | Message::BackendKeyData { .. }
        | Message::NegotiateProtocolVersion { .. } => {
            return Err("a log-in message after log-in");
        }
    })
}

/// An error of which only the front is there.
fn long_error(front: &[u8]) -> Server<'static> {
    let field = |letter: u8| {
        front
            .split(|byte| *byte == 0)
            .find_map(|field| field.split_first().filter(|(first, _)| **first == letter))
    };
    Server::Error {
        sqlstate: field(b'C').and_then(|(_, code)| Sqlstate::parse(code)),
        fatal: field(b'V').is_some_and(|(_, word)| matches!(word, b"FATAL" | b"PANIC")),
    }
}

fn server_broke() -> Refusal {
    Refusal::new(
        Sqlstate::new(b"08P01"),
        "the database server sent something that the protocol does not allow",
    )
    .hint("tell whoever runs the gate; the gate's log has more")
}
