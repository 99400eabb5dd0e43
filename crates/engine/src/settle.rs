//! What has run and is not committed: the Sync that follows settles it, and so does an error before that, which takes it
//! back. It decides nothing and runs nothing.

use model::{Sqlstate, Timestamp};
use sql::Effect;

use crate::event::Ready;
use crate::expect::Running;
use crate::outcome::{Outcome, Result};
use crate::session::Session;

/// Executions of one pipeline's segment whose outcomes wait for its Sync. A longer segment is recorded as it goes: memory
/// is bounded, and of so many the last say what became of all.
const SETTLING_MAX: usize = 1_000;

/// `transaction_rollback`
const TAKEN_BACK: Sqlstate = Sqlstate::new(b"40000");

/// What the server commits at once, wherever it stands.
const COMMITTED: [&str; 9] = [
    "VACUUM",
    "ALTER SYSTEM",
    "CREATE DATABASE",
    "DROP DATABASE",
    "CREATE TABLESPACE",
    "DROP TABLESPACE",
    "DISCARD ALL",
    "COMMIT PREPARED",
    "ROLLBACK PREPARED",
];

/// What may commit while it runs; its tag does not tell.
const MAY_COMMIT: [&str; 8] = [
    "CALL",
    "DO",
    "REINDEX",
    "CLUSTER",
    "ALTER DATABASE",
    "CREATE SUBSCRIPTION",
    "ALTER SUBSCRIPTION",
    "DROP SUBSCRIPTION",
];

/// The same, if it says CONCURRENTLY.
const MAY_BE_CONCURRENT: [&str; 3] = ["CREATE INDEX", "DROP INDEX", "ALTER TABLE"];

/// An outcome that waits.
#[derive(Debug)]
pub(crate) struct Settling {
    outcome: Outcome,
    /// What it becomes when its transaction is taken back.
    then: Result,
}

impl Session {
    /// An execution outside of a transaction block is committed by the Sync that follows: its outcome waits for that.
    pub(crate) fn settle_later(&mut self, running: Running, now: Timestamp) {
        self.uncount_changes(&running);
        if self.settling.len() >= SETTLING_MAX {
            self.settle();
        }
        let then = running.taken_back();
        self.settling.push(Settling { outcome: running.answered(now), then });
    }

    /// What waits became what it was.
    pub(crate) fn settle(&mut self) {
        self.outcomes.extend(self.settling.drain(..).map(|waits| waits.outcome));
    }

    /// The same at the end of a cycle. Where that had an error and no transaction block is open, the transaction that began
    /// with it, or behind its last COMMIT, was taken back.
    pub(crate) fn settle_cycle(&mut self, ready: Ready) {
        if !self.failed || ready != Ready::Idle {
            return self.settle();
        }
        let taken_back = |Settling { outcome, then }| match (outcome.result, then) {
            (Result::Ok, Result::Ok) => outcome,
            (Result::Ok, Result::Error) => outcome.failed(Some(TAKEN_BACK)),
            (Result::Ok, then) => Outcome { result: then, ..outcome },
            _ => outcome,
        };
        self.outcomes.extend(self.settling.drain(..).map(taken_back));
    }

    /// The same when the commit itself failed.
    pub(crate) fn settle_failed(&mut self, sqlstate: Option<Sqlstate>) {
        self.outcomes.extend(self.settling.drain(..).map(|waits| waits.outcome.failed(sqlstate)));
    }

    /// The same when nobody can tell whether it was committed.
    pub(crate) fn settle_lost(&mut self) {
        let lost = |Settling { mut outcome, .. }| {
            if outcome.result == Result::Ok {
                outcome.result = Result::Unknown;
            }
            outcome
        };
        self.outcomes.extend(self.settling.drain(..).map(lost));
    }
}

impl Running {
    /// What becomes of it when what stands behind it takes its transaction back.
    fn taken_back(&self) -> Result {
        let run = self.statement.and_then(|at| self.reading.statement(at));
        let ends = |effect: &Effect| {
            matches!(effect, Effect::Commit { .. } | Effect::Rollback { .. } | Effect::Detach)
        };
        // Who has read something has read it.
        let only_reads = run.is_some_and(|run| {
            run.facts.is_read_only() && run.facts.calls.is_empty() && run.facts.opaque.is_empty()
        });
        let ended = run.is_some_and(|run| run.effects.iter().any(ends));
        let tag = self.tags.iter().next().unwrap_or_default();
        let concurrent = || {
            let source = self.reading.source.to_ascii_lowercase();
            source.windows(CONCURRENTLY.len()).any(|word| word == CONCURRENTLY)
        };
        if only_reads || ended || COMMITTED.contains(&tag) {
            Result::Ok
        } else if MAY_COMMIT.contains(&tag) || MAY_BE_CONCURRENT.contains(&tag) && concurrent() {
            Result::Unknown
        } else {
            Result::Error
        }
    }
}

const CONCURRENTLY: &[u8] = b"concurrently";
