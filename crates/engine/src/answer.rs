//! What becomes of each server message: which statement it answers, and what the client sees of it.

use std::sync::Arc;

use model::{Refusal, Sqlstate, Timestamp};

use crate::event::{Kind, Ready, Server};
use crate::expect::{Expect, Running};
use crate::outcome::Result;
use crate::permit::Covered;
use crate::session::Session;
use crate::shape::{Field, Slot};
use crate::show::Scrub;
use crate::text::{Hold, NameChange, Parameters, Portal, Prepared};

/// What to do with a server message.
#[derive(Debug)]
#[must_use]
pub enum Answer {
    /// Pass it on.
    Relay(Covered),
    /// Pass this on in its place.
    Refusal(Covered, Box<Refusal>),
    /// Pass this message on without what may hold values.
    Scrub(Covered, Scrub),
    /// Pass nothing on.
    Drop,
    /// The server said what it cannot say here: end the session, pass nothing on.
    Violation(&'static str),
}

pub(crate) const RELAY: Answer = Answer::Relay(Covered::PASS);

impl Session {
    /// What becomes of a server message.
    pub fn server(&mut self, event: Server<'_>, now: Timestamp) -> Answer {
        let muted = self.muted;
        match self.answer(event, now) {
            // Behind a cap's refusal the client hears nothing until it is ready again.
            Answer::Relay(_) | Answer::Scrub(..) | Answer::Refusal(..)
                if muted
                    && !matches!(
                        event,
                        Server::Ready(_) | Server::Notice | Server::Notification | Server::Report { .. }
                    ) =>
            {
                Answer::Drop
            }
            answer => answer,
        }
    }

    fn answer(&mut self, event: Server<'_>, now: Timestamp) -> Answer {
        match event {
            Server::Notice if self.near == Scrub::Words => Answer::Drop,
            Server::Notice => RELAY,
            Server::Notification if self.near == Scrub::Words => Answer::Scrub(Covered::PASS, Scrub::Words),
            Server::Notification => RELAY,
            Server::Report { name, value } => {
                self.follow.report(name, value);
                RELAY
            }
            Server::ParseComplete => match self.expected.pop_front() {
                Some(Expect::Prepare { name, prepared, .. }) => {
                    self.statements.confirm(&name, Some(prepared));
                    RELAY
                }
                _ => Answer::Violation("ParseComplete without a Parse"),
            },
            Server::BindComplete => match self.expected.pop_front() {
                Some(Expect::Bind { portal, value }) => {
                    self.portals.confirm(&portal, Some(value));
                    RELAY
                }
                _ => Answer::Violation("BindComplete without a Bind"),
            },
            Server::CloseComplete => match self.expected.pop_front() {
                Some(Expect::Close { kind: Kind::Statement, name }) => {
                    self.statements.confirm(&name, None);
                    RELAY
                }
                Some(Expect::Close { kind: Kind::Portal, name }) => {
                    self.portals.confirm(&name, None);
                    RELAY
                }
                _ => Answer::Violation("CloseComplete without a Close"),
            },
            Server::ParameterDescription => match self.expected.front() {
                Some(Expect::Describe { kind: Kind::Statement, .. }) => RELAY,
                _ => Answer::Violation("ParameterDescription without a Describe"),
            },
            Server::RowDescription(fields) => match self.expected.front_mut() {
                Some(Expect::Describe { .. }) => self.done_describing(fields),
                Some(Expect::Query(running)) => {
                    running.described = true;
                    running.cover(fields, &self.masks);
                    RELAY
                }
                _ => Answer::Violation("RowDescription that nobody asked for"),
            },
            Server::NoData => match self.expected.front() {
                Some(Expect::Describe { .. }) => self.done_describing(&[]),
                _ => Answer::Violation("NoData without a Describe"),
            },
            Server::CommandComplete { tag, rows } => self.command(tag, rows, now),
            Server::EmptyQuery => self.execution_over(now),
            Server::PortalSuspended => {
                // What its rows so far have done to the session, they have done.
                if let Some(Expect::Execute(running)) = self.expected.front() {
                    let (reading, statement) = (Arc::clone(&running.reading), running.statement);
                    self.follow_effects(&reading, statement, 0, b"SELECT");
                }
                self.execution_over(now)
            }
            Server::CopyIn => self.copy_begins(),
            Server::CopyOut { binary, columns } => match self.expected.front_mut() {
                Some(Expect::Query(running) | Expect::Execute(running)) => {
                    running.described = true;
                    running.cover_copy(binary, columns, &self.masks);
                    RELAY
                }
                _ => Answer::Violation("CopyOutResponse that nobody asked for"),
            },
            Server::CopyDone => match self.expected.front_mut().and_then(Expect::running) {
                Some(running) if running.described => RELAY,
                _ => Answer::Violation("CopyDone outside of COPY"),
            },
            Server::Error { sqlstate, fatal } => self.error(sqlstate, fatal, now),
            Server::Ready(ready) => self.cycle_over(ready, now),
        }
    }

    fn done_describing(&mut self, fields: &[Field]) -> Answer {
        let Some(Expect::Describe { shape, own, .. }) = self.expected.pop_front() else { return RELAY };
        if let Some(shape) = shape
            && !fields.is_empty()
        {
            // The first answer stands: the server refuses to run what would have another shape by now.
            let _ = shape.set(fields.into());
        }
        if own { Answer::Drop } else { RELAY }
    }

    fn command(&mut self, tag: &[u8], rows: Option<u64>, now: Timestamp) -> Answer {
        let (change, number, reading, statement, at) = match self.expected.front_mut() {
            Some(Expect::Query(running) | Expect::Execute(running)) => {
                let at = usize::try_from(running.commands).unwrap_or(usize::MAX);
                running.command(tag, rows);
                (running.change(tag), running.number, Arc::clone(&running.reading), running.statement, at)
            }
            _ => return Answer::Violation("CommandComplete without a statement"),
        };
        self.follow_effects(&reading, statement, at, tag);
        self.copy_in = false;
        self.copy_syncs = 0;
        if let Some(change) = change {
            self.apply(change, number);
        }
        let cut = match self.expected.front_mut() {
            Some(Expect::Query(running) | Expect::Execute(running)) => running.cut.take(),
            _ => None,
        };
        if let Some(refusal) = cut {
            return self.cut_off(refusal, now);
        }
        if matches!(self.expected.front(), Some(Expect::Execute(_))) {
            return self.execution_over(now);
        }
        RELAY
    }

    pub(crate) fn execution_over(&mut self, now: Timestamp) -> Answer {
        match self.expected.front_mut() {
            Some(Expect::Query(running)) => {
                running.empty = true;
                RELAY
            }
            Some(Expect::Execute(_)) => {
                if let Some(running) = self.expected.pop_front().and_then(Expect::into_running) {
                    self.settle_later(running, now);
                }
                self.drop_copy_ends();
                RELAY
            }
            _ => Answer::Violation("the end of an execution that nobody asked for"),
        }
    }

    fn error(&mut self, sqlstate: Option<Sqlstate>, fatal: bool, now: Timestamp) -> Answer {
        self.copy_in = false;
        self.failed |= !self.expected.is_empty();
        let mut replaced = None;
        match self.expected.front_mut() {
            // Idle: the server ends the session, or reports something that belongs to no statement.
            None => return self.error_said(),
            Some(Expect::Query(running)) => {
                let cut = if fatal { None } else { running.cut.take() };
                running.sqlstate =
                    cut.as_ref().map(|r| r.code).or(sqlstate).or(Some(Sqlstate::new(b"XX000")));
                return cut
                    .map_or_else(|| self.error_said(), |refusal| Answer::Refusal(Covered::PASS, refusal));
            }
            Some(Expect::Execute(running)) if running.cut.is_some() && !fatal => {
                replaced = running.cut.take();
            }
            Some(Expect::Refused { refusal, running, cycle, .. }) => {
                replaced = if fatal { None } else { refusal.take() };
                running.sqlstate = replaced.as_ref().map(|r| r.code).or(sqlstate);
                if *cycle {
                    return replaced.map_or_else(
                        || self.error_said(),
                        |refusal| Answer::Refusal(Covered::PASS, refusal),
                    );
                }
            }
            // Only ReadyForQuery can answer a Sync; a server that is going away says so by an error all the same.
            // That may be the commit that the Sync stands for: what ran since the one before did not last.
            Some(Expect::Sync) => {
                let sqlstate = sqlstate.or(Some(Sqlstate::new(b"XX000")));
                self.settle_failed(sqlstate);
                return self.error_said();
            }
            Some(_) => {}
        }
        if fatal {
            if let Some(running) = self.expected.front_mut().and_then(Expect::running) {
                running.sqlstate = sqlstate;
            }
            return self.error_said();
        }
        self.skip_to_sync(replaced.as_ref().map(|r| r.code).or(sqlstate), now);
        replaced.map_or_else(|| self.error_said(), |refusal| Answer::Refusal(Covered::PASS, refusal))
    }

    /// An error of the server's own: where something that is not seen is near, its words may hold it.
    fn error_said(&self) -> Answer {
        if self.near == Scrub::No { RELAY } else { Answer::Scrub(Covered::PASS, self.near) }
    }

    /// The server passes over everything up to the next Sync; the first message is the one that failed.
    fn skip_to_sync(&mut self, sqlstate: Option<Sqlstate>, now: Timestamp) {
        let mut failed = true;
        // The server plans at Bind, and computes what does not change: an error there is the execution's that stands behind.
        let mut unbound: Option<Box<[u8]>> = None;
        while let Some(expect) = self.expected.pop_front() {
            match &expect {
                Expect::Sync => {
                    self.expected.push_front(expect);
                    return;
                }
                Expect::Prepare { name, .. } => self.unprepared(name, failed),
                Expect::Refused { unnamed: true, .. } => self.unprepared(b"", failed),
                Expect::Bind { portal, .. } => {
                    self.portals.withdraw(portal);
                    if failed {
                        unbound = Some(portal.clone());
                    } else if unbound.as_deref() == Some(&**portal) {
                        unbound = None;
                    }
                }
                Expect::Close { kind: Kind::Statement, name } => self.statements.withdraw(name),
                Expect::Close { kind: Kind::Portal, name } => self.portals.withdraw(name),
                _ => {}
            }
            let refused = matches!(expect, Expect::Refused { .. });
            let is_executed = matches!(expect, Expect::Execute(_));
            // What fails at the gate's own Describe is the execution that stands behind it.
            let own = matches!(expect, Expect::Describe { own: true, .. });
            if let Some(mut running) = expect.into_running() {
                self.uncount_changes(&running);
                if refused {
                    self.outcomes.push(running.outcome(Result::Refused, now));
                } else if failed || is_executed && unbound.as_deref() == Some(&*running.portal) {
                    unbound = None;
                    running.sqlstate = sqlstate.or(Some(Sqlstate::new(b"XX000")));
                    self.outcomes.push(running.answered(now));
                } else {
                    self.outcomes.push(running.outcome(Result::Skipped, now));
                }
            }
            failed &= own;
        }
        self.skipping = true;
    }

    fn cycle_over(&mut self, ready: Ready, now: Timestamp) -> Answer {
        let asked = match self.expected.front() {
            Some(Expect::Sync | Expect::Refused { cycle: true, .. }) => true,
            // Something is said of each text, be it that it is empty.
            Some(Expect::Query(running)) => {
                running.commands > 0 || running.sqlstate.is_some() || running.empty
            }
            _ => false,
        };
        if !asked && self.copy_syncs > 0 {
            // The COPY failed before the server came to a Sync that was sent ahead: that one ended the skipping.
            self.copy_syncs = self.copy_syncs.saturating_sub(1);
            self.skipping = false;
            self.settle_cycle(ready);
            self.be_ready(ready);
            return RELAY;
        }
        self.settle_cycle(ready);
        if !asked {
            return Answer::Violation("ReadyForQuery that nobody waits for");
        }
        match self.expected.pop_front() {
            Some(Expect::Sync) => {}
            Some(Expect::Query(running)) => {
                self.statements.forget_unnamed();
                self.portals.forget_unnamed();
                self.finish(running, now);
            }
            Some(Expect::Refused { running, cycle: true, .. }) => {
                self.statements.forget_unnamed();
                self.outcomes.push(running.outcome(Result::Refused, now));
            }
            _ => return Answer::Violation("ReadyForQuery that nobody waits for"),
        }
        self.drop_copy_ends();
        if ready == Ready::Idle {
            // Those of a transaction that began and ended with this cycle.
            self.settle_held(!self.failed);
            self.portals.forget_unnamed();
            self.portals.retain_named(|portal| portal.hold == Hold::Kept);
        }
        self.be_ready(ready);
        RELAY
    }

    fn be_ready(&mut self, ready: Ready) {
        self.ready = ready;
        self.muted = false;
        if ready == Ready::Idle && self.expected.is_empty() {
            self.near = Scrub::No;
        }
        let failed = std::mem::take(&mut self.failed);
        if ready == Ready::Failed {
            self.follow.abort();
        }
        self.follow.ready(ready == Ready::Idle, failed);
    }

    /// A Parse `failed`, or was passed over. One that failed has dropped the unnamed statement all the same.
    fn unprepared(&mut self, name: &[u8], failed: bool) {
        self.statements.withdraw(name);
        if failed && name.is_empty() {
            self.statements.forget_unnamed();
        }
    }

    fn finish(&mut self, running: Running, now: Timestamp) {
        self.uncount_changes(&running);
        self.outcomes.push(running.answered(now));
    }

    /// SQL's own PREPARE and DEALLOCATE, DECLARE and CLOSE share the protocol's name spaces.
    fn apply(&mut self, change: NameChange, number: u64) {
        match change {
            NameChange::Prepare(name, text, statement) => {
                self.statements.set(&name, Some(Arc::new(Prepared::by_sql(number, &text, statement))));
            }
            NameChange::Deallocate(name) => self.statements.set(&name, None),
            NameChange::DeallocateAll => self.statements.forget_confirmed(),
            NameChange::Declare(name, text, statement, hold) => {
                let prepared = Some(Arc::new(Prepared::by_sql(number, &text, statement)));
                let view = Arc::clone(self.follow.view());
                let portal = Portal {
                    prepared,
                    parameters: Parameters::default(),
                    view,
                    shape: Slot::default(),
                    formats: None,
                    kept: None,
                    hold: if hold { Hold::Asked } else { Hold::No },
                };
                self.portals.set(&name, Some(portal));
            }
            NameChange::Close(name) => self.portals.set(&name, None),
            NameChange::CloseAll => self.portals.forget_confirmed(),
        }
    }
}
