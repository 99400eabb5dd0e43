//! A session at work: one task, one loop, both sockets. It carries bytes between client and server, translates
//! them into the kernel's events, and does what the kernel's steps say. It decides nothing.
//!
//! Everything is done inside of [`Relay::poll`]; nothing is awaited half-way, so dropping the future drops whole
//! messages or none. An idle session holds no buffer: bytes are read into a scratch buffer of the worker thread
//! and only what cannot go on at once is kept.

mod bind;
mod cover;
mod door;
mod ending;
mod flight;
mod from_client;
mod from_server;
mod long;
mod outgoing;
mod scrub;
mod streamed;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use engine::{Carry, Covered, Session};
use model::Timestamp;
use tokio::time::Sleep;
use wire::postgres::copy::CopyRows;

use crate::clock;
use crate::judge::Judge;
use crate::metrics::{Counts, Metrics};
use crate::record::Recorder;
use crate::registry::{End, Member};
use crate::stream::Stream;

use bind::BindStream;
use door::{Downstream, Upstream};
use ending::Ending;
use flight::Flight;
use long::LongRow;

/// Bytes read at once. It bounds, with what the doors keep, a session's memory in each direction.
const SCRATCH: usize = 64 * 1024;

/// Turns of the loop before other tasks get theirs.
const TURNS_MAX: u32 = 16;

thread_local! {
    static BUFFER: RefCell<Box<[u8]>> = RefCell::new(vec![0; SCRATCH].into_boxed_slice());
}

/// What a relay begins with.
pub(crate) struct Start {
    pub(crate) client: Stream,
    pub(crate) server: Stream,
    /// Bytes of the client's that came with its log-in.
    pub(crate) client_rest: Vec<u8>,
    /// Bytes of the server's that came with its log-in.
    pub(crate) server_rest: Vec<u8>,
    pub(crate) member: Member,
    pub(crate) recorder: Recorder,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) limits: engine::Limits,
    pub(crate) masks: Arc<engine::Masks>,
    /// How the session reads names at its beginning.
    pub(crate) view: sql::View,
    pub(crate) judge: Judge,
    pub(crate) statement_bytes_max: usize,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Terminated,
    ClientGone,
    ServerGone,
    ClientBroke,
    ServerBroke,
    Ended(End),
}

/// What a session came to.
#[derive(Debug)]
pub(crate) struct Closed {
    pub(crate) reason: Reason,
    pub(crate) statements: u64,
    pub(crate) bytes_in: u64,
    pub(crate) bytes_out: u64,
    /// Whether a statement was still running: the server should be told to stop it.
    pub(crate) running: bool,
}

/// A session at work.
pub(crate) struct Relay {
    client: Downstream,
    server: Upstream,
    member: Member,
    recorder: Recorder,
    metrics: Arc<Metrics>,
    engine: Session,
    judge: Judge,
    /// A cancel request under way. Nothing is sent to the server meanwhile: it might be what is cancelled.
    cancelling: Option<Cancelling>,
    statement_bytes_max: usize,
    /// The beginning of a client message whose end did not come yet, or messages that wait.
    from_client: Vec<u8>,
    client_mode: ClientMode,
    /// The kernel asked to be asked again after the server's next answer.
    waiting: bool,
    /// The server was already asked to answer what it has.
    answer_asked: bool,
    /// Client messages whose decisions are on their way to the disk.
    flight: Option<Flight>,
    from_server: Vec<u8>,
    /// Bytes of the server's message under way that are passed on as they come.
    server_left: usize,
    /// The cover of that message.
    rest_covered: Option<Covered>,
    /// The server's row under way that is too long to be held.
    long: Option<LongRow>,
    /// The rows of the COPY under way, when they have to be covered.
    copy: Option<CopyRows>,
    ending: Option<Ending>,
    deadline: Option<std::pin::Pin<Box<Sleep>>>,
    counts: Counts,
    bytes_out: u64,
    turns: u32,
}

/// A cancel request on its way to the server.
type Cancelling = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// What the next client bytes are.
enum ClientMode {
    /// The beginning of a message.
    Message,
    /// The rest of a message that is passed on as it comes.
    Pass { left: usize, carry: Carry },
    /// The rest of a message that goes nowhere.
    Drop { left: usize },
    /// The rest of a Bind too long to be held.
    Bind(Box<BindStream>),
}

impl Relay {
    pub(crate) fn new(start: Start) -> Self {
        Self {
            client: Downstream::new(start.client),
            server: Upstream::new(start.server),
            member: start.member,
            recorder: start.recorder,
            metrics: start.metrics,
            engine: Session::new(start.limits, start.view, start.masks),
            judge: start.judge,
            cancelling: None,
            statement_bytes_max: start.statement_bytes_max,
            counts: Counts::seen(start.client_rest.len() as u64),
            // Both are looked at in the first turn, like bytes that wait for the kernel.
            waiting: !start.client_rest.is_empty(),
            from_client: start.client_rest,
            client_mode: ClientMode::Message,
            answer_asked: false,
            flight: None,
            from_server: start.server_rest,
            server_left: 0,
            rest_covered: None,
            long: None,
            copy: None,
            ending: None,
            deadline: None,
            bytes_out: 0,
            turns: 0,
        }
    }

    /// Carries the session to its end.
    pub(crate) async fn run(mut self) -> (Closed, Recorder, Member) {
        let mut first = true;
        let reason = std::future::poll_fn(|cx| {
            if std::mem::take(&mut first) {
                self.member.handle.set_waker(cx.waker());
                let rest = std::mem::take(&mut self.from_server);
                self.server_held(cx, rest);
            }
            self.poll(cx)
        })
        .await;
        let now = clock::now();
        let running = !self.engine.is_idle();
        self.engine.lost(now);
        self.record_outcomes(now);
        let unfinished = self.from_client.len() as u64;
        self.counts.accounted = self.counts.accounted.saturating_add(unfinished);
        let closed = Closed {
            reason,
            statements: self.engine.statements(),
            bytes_in: self.counts.seen_total.saturating_add(self.counts.seen),
            bytes_out: self.bytes_out,
            running,
        };
        self.metrics.add(&mut self.counts);
        (closed, self.recorder, self.member)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Reason> {
        self.turns = 0;
        loop {
            match self.turn(cx) {
                Ok(true) => {}
                Ok(false) => return Poll::Pending,
                Err(reason) => return Poll::Ready(reason),
            }
            self.turns = self.turns.saturating_add(1);
            if self.turns >= TURNS_MAX {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
    }

    /// One turn; whether anything moved. An error is the end.
    fn turn(&mut self, cx: &mut Context<'_>) -> Result<bool, Reason> {
        if let Some(ending) = self.ending {
            return self.turn_to_the_end(cx, ending);
        }
        let signal = self.member.handle.signal();
        if signal != End::No {
            self.obey(signal);
            if self.ending.is_some() {
                return Ok(true);
            }
        }
        let mut moved = self.land(cx)?;
        moved |= self.server.drain(cx);
        moved |= self.poll_cancel(cx);
        let room = self.flight.is_none()
            && self.cancelling.is_none()
            && self.server.has_room()
            && !self.recorder.must_wait(cx);
        if self.waiting && room {
            self.waiting = false;
            let held = std::mem::take(&mut self.from_client);
            moved |= self.client_held(cx, held)?;
        }
        if room && self.ending.is_none() && !self.waiting && self.flight.is_none() && self.server.has_room() {
            moved |= self.read_client(cx)?;
        }
        if self.ending.is_some() {
            // Behind a last word nothing may follow.
            return Ok(true);
        }
        moved |= self.drain_client(cx);
        if self.client.has_room() {
            moved |= self.read_server(cx)?;
        }
        Ok(moved)
    }

    fn read_client(&mut self, cx: &mut Context<'_>) -> Result<bool, Reason> {
        BUFFER.with_borrow_mut(|buffer| match self.client.poll_read(cx, buffer) {
            Poll::Pending => Ok(false),
            // It may only have shut its own side, and still wait for answers to what it asked.
            Poll::Ready(Ok(0)) => {
                self.end(Reason::ClientGone, true);
                Ok(true)
            }
            Poll::Ready(Err(_)) => {
                self.client_is_gone();
                Ok(true)
            }
            Poll::Ready(Ok(read)) => {
                self.counts.seen = self.counts.seen.saturating_add(read as u64);
                let new = buffer.get(..read).unwrap_or_default();
                if self.from_client.is_empty() {
                    self.client_bytes(cx, new)?;
                } else {
                    let mut held = std::mem::take(&mut self.from_client);
                    held.extend_from_slice(new);
                    self.client_held(cx, held)?;
                }
                Ok(true)
            }
        })
    }

    fn read_server(&mut self, cx: &mut Context<'_>) -> Result<bool, Reason> {
        BUFFER.with_borrow_mut(|buffer| match self.server.poll_read(cx, buffer) {
            Poll::Pending => Ok(false),
            Poll::Ready(Ok(0) | Err(_)) => {
                self.end(Reason::ServerGone, false);
                Ok(true)
            }
            Poll::Ready(Ok(read)) => {
                let new = buffer.get(..read).unwrap_or_default();
                if self.from_server.is_empty() {
                    self.server_bytes(cx, new);
                } else {
                    let mut held = std::mem::take(&mut self.from_server);
                    held.extend_from_slice(new);
                    self.server_held(cx, held);
                }
                Ok(true)
            }
        })
    }

    fn drain_client(&mut self, cx: &mut Context<'_>) -> bool {
        if self.client.is_drained() {
            return false;
        }
        match self.client.poll_drain(cx) {
            Poll::Pending => false,
            Poll::Ready(Ok(moved)) => moved,
            Poll::Ready(Err(_)) => {
                self.client_is_gone();
                true
            }
        }
    }

    fn record_outcomes(&mut self, now: Timestamp) {
        if self.counts.is_due() {
            self.metrics.add(&mut self.counts);
        }
        let mut ended = false;
        for outcome in self.engine.take_outcomes() {
            self.counts.outcome(outcome.result);
            if outcome.is_constrained() {
                self.judge.constrained(&outcome.written, now);
            }
            self.recorder.outcome(now, &outcome);
            ended = true;
        }
        if ended {
            // A session idles from its statement's end on, not from its beginning.
            self.seen_alive(now);
        }
    }

    /// Makes the server stop what it runs: its result is over a cap.
    fn begin_cancel(&mut self) {
        let handle = Arc::clone(&self.member.handle);
        self.cancelling = Some(Box::pin(async move {
            if let Err(error) = handle.canceller.cancel().await {
                tracing::warn!(session = %handle.id, %error, "a statement over a cap could not be stopped");
            }
        }));
    }

    fn poll_cancel(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(cancelling) = &mut self.cancelling else { return false };
        let done = cancelling.as_mut().poll(cx).is_ready();
        if done {
            self.cancelling = None;
        }
        done
    }

    fn seen_alive(&self, now: Timestamp) {
        self.member.handle.active.store(now.0, Ordering::Relaxed);
    }
}

impl Reason {
    /// The words of the ledger.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Terminated => "terminate",
            Self::ClientGone => "client gone",
            Self::ServerGone => "server gone",
            Self::ClientBroke => "client broke the protocol",
            Self::ServerBroke => "server broke the protocol",
            Self::Ended(End::Idle) => "idle",
            Self::Ended(End::Revoked) => "revoked",
            Self::Ended(End::Expired) => "expired",
            Self::Ended(_) => "gate stopping",
        }
    }
}
