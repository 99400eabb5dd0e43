//! One session's state, and what becomes of each client message. The server's side is in `answer`.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Refusal, Timestamp};

use crate::event::{Client, Kind, Ready};
use crate::expect::{Expect, Running};
use crate::names::{Found, Names, stored};
use crate::outcome::Outcome;
use crate::permit::{Carry, Permit};
use crate::refuse::{call_refusal, name_refusal, names_refusal};
use crate::text::{KEPT_MAX, Kept, Parameters, Portal, Prepared, Text};

/// Limits of one session.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Named statements and portals, each.
    pub names_max: usize,
    /// Messages without an answer. A client that pipelines more waits; nothing is refused.
    pub pipeline_max: usize,
}

/// What to do with a client message.
#[derive(Debug)]
#[must_use]
pub enum Step {
    /// Send it: it belongs to a statement already decided, or has no effect of its own.
    Carry(Carry),
    /// Send it once the decision is recorded.
    Decide(Box<Decided>),
    /// Do not send it; send something in its place that fails, and answer with the refusal when it does.
    Refuse(Refused),
    /// Drop it, as the server would: an error came, and the client has not sent Sync yet.
    PassOver,
    /// Ask again after the next answer of the server. Make it answer what it has (Flush).
    Wait,
    /// The client broke the protocol beyond repair: end the session.
    Violation(&'static str),
}

/// A decision: one statement may run, once this is recorded.
#[derive(Debug)]
pub struct Decided {
    /// The statement's number in the session.
    pub number: u64,
    /// What is done with it.
    pub action: Action,
    /// Its text; `None` when it was prepared where the gate could not see it (inside of a function).
    pub text: Option<Text>,
    /// The number of the statement that prepared it, for an execution.
    pub prepared: Option<u64>,
    /// Its parameters' record, for an execution.
    pub parameters: Parameters,
    /// The proof that this was decided.
    pub permit: Permit,
}

/// What is done with a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A text is run.
    Query,
    /// A text is prepared.
    Prepare,
    /// A prepared statement is run.
    Execute,
    /// A function is called by OID.
    Call,
}

/// A refused message.
#[derive(Debug)]
pub struct Refused {
    /// The statement's number in the session.
    pub number: u64,
    /// What was refused.
    pub action: Action,
    /// The refusal.
    pub refusal: Refusal,
    /// Whether the substitute must end its own cycle (a Query), or let the pipeline skip to Sync (a Parse).
    pub cycle: bool,
    /// Allows the substitute to be sent.
    pub carry: Carry,
}

/// The kernel's state of one session.
#[derive(Debug)]
pub struct Session {
    limits: Limits,
    pub(crate) expected: VecDeque<Expect>,
    pub(crate) statements: Names<Arc<Prepared>>,
    pub(crate) portals: Names<Portal>,
    /// Bytes of types and values that names keep.
    kept: Arc<AtomicU64>,
    /// Counts the client's Syncs.
    pub(crate) segment: u64,
    /// Statements decided so far.
    decided: u64,
    /// Messages in flight that change names by SQL.
    pub(crate) changing: u32,
    /// The server waits for COPY data and the client has not ended it.
    pub(crate) copy_in: bool,
    /// The client sent COPY data before the server asked for any, and has not ended them.
    pub(crate) early_data: bool,
    /// The client's last message of the COPY is a Sync, which was not sent.
    pub(crate) held_sync: bool,
    /// Syncs that the server read as part of the COPY that began last, unless that failed before it came to them.
    pub(crate) copy_syncs: usize,
    /// An error came and the client has not sent Sync yet.
    pub(crate) skipping: bool,
    pub(crate) ready: Ready,
    pub(crate) outcomes: Vec<Outcome>,
    /// Outcomes that wait for the Sync which commits.
    pub(crate) settling: Vec<Outcome>,
}

impl Action {
    /// The word that the ledger uses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Prepare => "prepare",
            Self::Execute => "execute",
            Self::Call => "call",
        }
    }
}

impl Session {
    /// A session that has just logged in: idle, nothing prepared.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            expected: VecDeque::new(),
            statements: Names::default(),
            portals: Names::default(),
            kept: Arc::default(),
            segment: 0,
            decided: 0,
            changing: 0,
            copy_in: false,
            early_data: false,
            held_sync: false,
            copy_syncs: 0,
            skipping: false,
            ready: Ready::Idle,
            outcomes: Vec::new(),
            settling: Vec::new(),
        }
    }

    /// How many statements were decided.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.decided
    }

    /// Whether the server owes nothing and no transaction is open: the session can be ended without harm.
    #[must_use]
    pub fn at_boundary(&self) -> bool {
        self.is_idle() && self.ready == Ready::Idle
    }

    /// Whether the server owes nothing.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.expected.is_empty() && !self.copy_in && !self.skipping
    }

    /// Whether the client may send COPY data and nothing else.
    #[must_use]
    pub fn in_copy(&self) -> bool {
        self.copy_in
    }

    /// Whether client messages are being passed over until Sync, so that looking into them is needless.
    #[must_use]
    pub fn is_skipping(&self) -> bool {
        self.skipping
    }

    /// The parameters' types of a statement, as far as its Parse gave them.
    #[must_use]
    pub fn types(&self, statement: &[u8]) -> Arc<[u32]> {
        match self.statements.find(self.segment, stored(statement).unwrap_or_default()) {
            Found::Certain(Some(prepared)) => Arc::clone(&prepared.types),
            Found::Certain(None) | Found::Wait => Arc::default(),
        }
    }

    /// Outcomes since the last call, oldest first.
    pub fn take_outcomes(&mut self) -> std::vec::Drain<'_, Outcome> {
        self.outcomes.drain(..)
    }

    /// What becomes of a client message of `bytes` bytes.
    pub fn client(&mut self, event: Client<'_>, bytes: u64, now: Timestamp) -> Step {
        if matches!(event, Client::Terminate) {
            return Step::Carry(Carry::new());
        }
        if self.skipping {
            if !matches!(event, Client::Sync) {
                return Step::PassOver;
            }
            self.skipping = false;
        }
        if self.copy_in {
            return self.client_in_copy(&event, bytes);
        }
        if self.expected.len() >= self.limits.pipeline_max {
            return Step::Wait;
        }
        if self.early_data && self.must_wait_for_copy(&event) {
            return Step::Wait;
        }
        match event {
            Client::Query { text } => self.query(text, bytes, now),
            Client::Prepare { name, text, types } => self.prepare(name, text, types, bytes, now),
            Client::Bind { portal, statement, parameters } => {
                self.bind(portal, statement, parameters, bytes, now)
            }
            Client::Execute { portal } => self.execute(portal, bytes, now),
            Client::Describe(kind) => self.carry(Expect::Describe(kind)),
            Client::Close { kind, name } => {
                let Some(name) = stored(name) else {
                    return self.refuse(Action::Prepare, name_refusal(), bytes, now);
                };
                match kind {
                    Kind::Statement => self.statements.announce(self.segment, name, None),
                    Kind::Portal => self.portals.announce(self.segment, name, None),
                }
                self.carry(Expect::Close { kind, name: name.into() })
            }
            Client::Flush | Client::Terminate => Step::Carry(Carry::new()),
            Client::Sync => {
                self.segment = self.segment.saturating_add(1);
                self.carry(Expect::Sync)
            }
            Client::CopyData => self.early_copy(bytes),
            Client::CopyDone | Client::CopyFail => self.early_copy_end(bytes),
            Client::Call => self.refuse(Action::Call, call_refusal(), bytes, now),
        }
    }

    /// Gives the Bind just announced the record of its values, which came in pieces and is known only now.
    pub fn bound(&mut self, values: Parameters) {
        if let Some(Expect::Bind { portal, value }) = self.expected.back_mut() {
            value.kept = Kept::new(values.record.len(), &self.kept);
            value.parameters = values;
            self.portals.amend(portal, value.clone());
        }
    }

    fn query(&mut self, text: Text, bytes: u64, now: Timestamp) -> Step {
        let number = self.next_number();
        let running = Running::new(number, now, bytes, Arc::clone(&text.changes));
        self.count_changes(&running);
        self.expected.push_back(Expect::Query(running));
        decide(number, Action::Query, Some(text), None, Parameters::default())
    }

    fn prepare(&mut self, name: &[u8], text: Text, types: Arc<[u32]>, bytes: u64, now: Timestamp) -> Step {
        let Some(name) = stored(name) else {
            return self.refuse(Action::Prepare, name_refusal(), bytes, now);
        };
        if self.is_full(self.statements.len()) && !name.is_empty() {
            return self.refuse(Action::Prepare, names_refusal(self.limits.names_max), bytes, now);
        }
        let number = self.next_number();
        let running = Running::new(number, now, bytes, Arc::default());
        let kept = Kept::new(size_of_val(&*types), &self.kept);
        let prepared = Arc::new(Prepared { number, text: text.clone(), types, _kept: kept });
        self.statements.announce(self.segment, name, Some(Arc::clone(&prepared)));
        self.expected.push_back(Expect::Prepare { name: name.into(), prepared, running });
        decide(number, Action::Prepare, Some(text), None, Parameters::default())
    }

    fn bind(
        &mut self,
        portal: &[u8],
        statement: &[u8],
        values: Parameters,
        bytes: u64,
        now: Timestamp,
    ) -> Step {
        if self.changing > 0 {
            return Step::Wait;
        }
        let (Some(portal), Some(statement)) = (stored(portal), stored(statement)) else {
            return self.refuse(Action::Prepare, name_refusal(), bytes, now);
        };
        let Found::Certain(prepared) = self.statements.find(self.segment, statement) else {
            return Step::Wait;
        };
        if self.is_full(self.portals.len()) && !portal.is_empty() {
            return self.refuse(Action::Prepare, names_refusal(self.limits.names_max), bytes, now);
        }
        let kept = Kept::new(values.record.len(), &self.kept);
        let value = Portal { prepared, parameters: values, kept };
        self.portals.announce(self.segment, portal, Some(value.clone()));
        self.carry(Expect::Bind { portal: portal.into(), value })
    }

    fn execute(&mut self, portal: &[u8], bytes: u64, now: Timestamp) -> Step {
        if self.changing > 0 {
            return Step::Wait;
        }
        let Some(portal) = stored(portal) else {
            return self.refuse(Action::Execute, name_refusal(), bytes, now);
        };
        let Found::Certain(found) = self.portals.find(self.segment, portal) else { return Step::Wait };
        let (prepared, parameters) = match found {
            Some(Portal { prepared, parameters, .. }) => (prepared, parameters),
            None => (None, Parameters::default()),
        };
        let number = self.next_number();
        let changes = prepared.as_ref().map(|p| Arc::clone(&p.text.changes)).unwrap_or_default();
        let running = Running::new(number, now, bytes, changes);
        self.count_changes(&running);
        self.expected.push_back(Expect::Execute(running));
        let of = prepared.as_ref().map(|p| p.number);
        decide(number, Action::Execute, prepared.map(|p| p.text.clone()), of, parameters)
    }

    /// Whether no more names can be made where there are `names`.
    fn is_full(&self, names: usize) -> bool {
        names >= self.limits.names_max || self.kept.load(Ordering::Relaxed) >= KEPT_MAX
    }

    fn carry(&mut self, expect: Expect) -> Step {
        self.expected.push_back(expect);
        Step::Carry(Carry::new())
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.decided = self.decided.saturating_add(1);
        self.decided
    }

    fn count_changes(&mut self, running: &Running) {
        if !running.changes.is_empty() {
            self.changing = self.changing.saturating_add(1);
        }
    }

    pub(crate) fn uncount_changes(&mut self, running: &Running) {
        if !running.changes.is_empty() {
            self.changing = self.changing.saturating_sub(1);
        }
    }
}

fn decide(
    number: u64,
    action: Action,
    text: Option<Text>,
    prepared: Option<u64>,
    parameters: Parameters,
) -> Step {
    Step::Decide(Box::new(Decided { number, action, text, prepared, parameters, permit: Permit::new() }))
}
