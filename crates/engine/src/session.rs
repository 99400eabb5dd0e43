//! One session's state, and what becomes of each client message. The server's side is in `answer`.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::Timestamp;
use sql::View;

use crate::cover::Masks;
use crate::event::{Client, Kind, Ready};
use crate::expect::{Expect, Running};
use crate::follow::Follow;
use crate::names::{Found, Names, stored};
use crate::outcome::Outcome;
use crate::permit::{Carry, Permit};
use crate::reading::{Judged, Reading};
use crate::refuse::{Turned, call_refusal, name_refusal, names_refusal};
use crate::settle::Settling;
use crate::shape::Slot;
use crate::show::Scrub;
use crate::step::{Action, Decided, Limits, Step, decide};
use crate::text::{Hold, KEPT_MAX, Kept, Parameters, Portal, Prepared, Text};

/// The kernel's state of one session.
#[derive(Debug)]
pub struct Session {
    pub(crate) limits: Limits,
    pub(crate) expected: VecDeque<Expect>,
    pub(crate) statements: Names<Arc<Prepared>>,
    pub(crate) portals: Names<Portal>,
    pub(crate) follow: Follow,
    /// Messages in flight that may change how names and texts are read.
    pub(crate) moving: u32,
    /// An error came in the cycle under way.
    pub(crate) failed: bool,
    /// A cap's refusal was said: the client hears nothing more until it is ready.
    pub(crate) muted: bool,
    /// Since the session was idle last, something ran that touches what its principal may not see: what the server says
    /// may hold it, also at the commit.
    pub(crate) near: Scrub,
    /// How what is not seen is hidden.
    pub(crate) masks: Arc<Masks>,
    /// Bytes of types and values that names keep.
    kept: Arc<AtomicU64>,
    /// Counts the client's Syncs.
    pub(crate) segment: u64,
    /// In this one a message was refused: the server passes over what follows in it.
    pub(crate) turned: Option<u64>,
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
    pub(crate) settling: Vec<Settling>,
}

impl Session {
    /// A session that has just logged in: idle, nothing prepared, reading names as `view` says, hiding by `masks`.
    #[must_use]
    pub fn new(limits: Limits, view: View, masks: Arc<Masks>) -> Self {
        Self {
            limits,
            follow: Follow::new(view),
            moving: 0,
            failed: false,
            muted: false,
            near: Scrub::No,
            masks,
            expected: VecDeque::new(),
            statements: Names::default(),
            portals: Names::default(),
            kept: Arc::default(),
            segment: 0,
            turned: None,
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
            Client::Query { text, judged } => self.query(text, judged, bytes, now),
            Client::Prepare { name, text, types, judged } => {
                self.prepare(name, text, types, &judged, bytes, now)
            }
            Client::Bind { portal, statement, parameters, formats } => {
                self.bind(portal, statement, (parameters, formats), bytes, now)
            }
            Client::Execute { portal, reading, judged } => self.execute(portal, reading, judged, bytes, now),
            Client::Describe { kind, name } => self.describe(kind, name),
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

    fn query(&mut self, text: Text, judged: Judged, bytes: u64, now: Timestamp) -> Step {
        let Judged { decision, shows } = judged;
        if let Some(refusal) = decision.refusal().cloned() {
            let (decision, text) = (Some(decision), Some(text));
            return self.turn(
                Turned { action: Action::Query, unnamed: false, refusal, decision, text },
                bytes,
                now,
            );
        }
        let number = self.next_number();
        let reading = Arc::clone(&text.reading);
        let mut running =
            Running::new(number, now, bytes, Arc::clone(&text.changes)).reading(reading, None).shows(shows);
        self.near = self.near.max(running.shows.scrub);
        self.count_changes(&mut running);
        self.expected.push_back(Expect::Query(running));
        decide(number, Action::Query, Some(text), decision)
    }

    fn prepare(
        &mut self,
        name: &[u8],
        text: Text,
        types: Arc<[u32]>,
        judged: &Judged,
        bytes: u64,
        now: Timestamp,
    ) -> Step {
        let decision = Arc::clone(&judged.decision);
        if let Some(refusal) = decision.refusal().cloned() {
            let (decision, text) = (Some(decision), Some(text));
            let unnamed = name.is_empty();
            return self.turn(
                Turned { action: Action::Prepare, unnamed, refusal, decision, text },
                bytes,
                now,
            );
        }
        let Some(name) = stored(name) else {
            return self.refuse(Action::Prepare, name_refusal(), bytes, now);
        };
        if self.is_full(self.statements.len()) && !name.is_empty() {
            return self.refuse(Action::Prepare, names_refusal(self.limits.names_max), bytes, now);
        }
        let number = self.next_number();
        let running = Running::new(number, now, bytes, Arc::default());
        let kept = Kept::new(size_of_val(&*types).saturating_add(text.reading.source.len()), &self.kept);
        let lists = text.reading.statement(0).map(|run| run.facts.lists()).unwrap_or_default();
        let prepared = Arc::new(Prepared {
            number,
            text: text.clone(),
            statement: 0,
            lists: lists.into(),
            types,
            shape: Slot::default(),
            hides: !judged.shows.is_clear(),
            writes: judged.shows.writes,
            _kept: kept,
        });
        self.statements.announce(self.segment, name, Some(Arc::clone(&prepared)));
        self.expected.push_back(Expect::Prepare { name: name.into(), prepared, running });
        decide(number, Action::Prepare, Some(text), decision)
    }

    fn bind(
        &mut self,
        portal: &[u8],
        statement: &[u8],
        (values, formats): (Parameters, Option<Arc<[i16]>>),
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
        let Some(view) = self.view().map(Arc::clone) else { return Step::Wait };
        if self.is_full(self.portals.len()) && !portal.is_empty() {
            return self.refuse(Action::Prepare, names_refusal(self.limits.names_max), bytes, now);
        }
        let kept = Kept::new(values.record.len(), &self.kept);
        let (shape, hold) = (Slot::default(), Hold::No);
        let value = Portal { prepared, parameters: values, view, shape, formats, kept, hold };
        self.portals.announce(self.segment, portal, Some(value.clone()));
        self.carry(Expect::Bind { portal: portal.into(), value })
    }

    fn execute(
        &mut self,
        portal: &[u8],
        reading: Option<Arc<Reading>>,
        judged: Judged,
        bytes: u64,
        now: Timestamp,
    ) -> Step {
        let Judged { decision, shows } = judged;
        if self.changing > 0 {
            return Step::Wait;
        }
        let Some(portal) = stored(portal) else {
            return self.refuse(Action::Execute, name_refusal(), bytes, now);
        };
        let Found::Certain(found) = self.portals.find(self.segment, portal) else { return Step::Wait };
        let shape = found.as_ref().map(Portal::shape);
        let (prepared, parameters) = match found {
            Some(Portal { prepared, parameters, .. }) => (prepared, parameters),
            None => (None, Parameters::default()),
        };
        // What was to be prepared or bound for it was refused, and the server will not get to it.
        if prepared.is_none() && self.turned == Some(self.segment) {
            return Step::PassOver;
        }
        let text = prepared.as_ref().map(|p| p.text.clone());
        if let Some(refusal) = decision.refusal().cloned() {
            let (action, decision) = (Action::Execute, Some(decision));
            return self.turn(Turned { action, unnamed: false, refusal, decision, text }, bytes, now);
        }
        let number = self.next_number();
        let changes = prepared.as_ref().map(|p| Arc::clone(&p.text.changes)).unwrap_or_default();
        let statement = prepared.as_ref().map_or(0, |p| p.statement);
        let mut running = Running::new(number, now, bytes, changes)
            .reading(reading.clone().unwrap_or_default(), Some(statement))
            .shows(shows);
        self.near = self.near.max(running.shows.scrub);
        running.shape = shape;
        running.portal = portal.into();
        let describe = running.needs_shape().filter(|shape| !self.asked_for(shape));
        if let Some(shape) = describe.clone() {
            self.expected.push_back(Expect::Describe { kind: Kind::Portal, shape: Some(shape), own: true });
        }
        self.count_changes(&mut running);
        self.expected.push_back(Expect::Execute(running));
        let prepared = prepared.map(|p| p.number);
        let permit = Permit::new();
        let action = Action::Execute;
        Step::Decide(Box::new(Decided {
            number,
            action,
            text,
            prepared,
            parameters,
            decision,
            reading,
            describe: describe.map(|_| portal.into()),
            permit,
        }))
    }

    /// Whether no more names can be made where there are `names`.
    fn is_full(&self, names: usize) -> bool {
        names >= self.limits.names_max || self.kept.load(Ordering::Relaxed) >= KEPT_MAX
    }

    pub(crate) fn carry(&mut self, expect: Expect) -> Step {
        self.expected.push_back(expect);
        Step::Carry(Carry::new())
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.decided = self.decided.saturating_add(1);
        self.decided
    }

    fn count_changes(&mut self, running: &mut Running) {
        if !running.changes.is_empty() {
            self.changing = self.changing.saturating_add(1);
        }
        if running.moves(self.follow.is_dirty()) {
            running.moving = true;
            self.moving = self.moving.saturating_add(1);
        }
    }

    pub(crate) fn uncount_changes(&mut self, running: &Running) {
        if !running.changes.is_empty() {
            self.changing = self.changing.saturating_sub(1);
        }
        if running.moving {
            self.moving = self.moving.saturating_sub(1);
        }
    }
}
