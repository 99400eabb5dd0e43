//! Connections that became no session, for the ledger: the first of a kind at once, its repeats as one entry a
//! window, so that an attack can neither hide nor fill the disk.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use journal::Journal;
use ledger::entry::SessionRefused;
use model::{Durability, Sqlstate, Timestamp};

/// Repeats within this time are one entry.
pub(crate) const WINDOW_US: u64 = 10_000_000;

/// Kinds told apart at once; more are counted together, under no name.
const KINDS_MAX: usize = 10_000;

/// Characters of a claimed name that are remembered and recorded. Names have 63 at most; with a database before an
/// `@` twice that.
const CLAIM_CHARS_MAX: usize = 128;

/// Counts refusals.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    kinds: Mutex<HashMap<Kind, Count>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Kind {
    address: String,
    principal: Option<String>,
    target: Option<String>,
    code: Sqlstate,
    reason: &'static str,
}

#[derive(Clone, Copy, Debug)]
struct Count {
    since: Timestamp,
    count: u64,
}

/// One refusal.
#[derive(Debug)]
pub(crate) struct RefusedOne {
    /// The address without its port: ports differ from try to try.
    pub(crate) address: String,
    pub(crate) principal: Option<String>,
    pub(crate) target: Option<String>,
    pub(crate) code: Sqlstate,
    pub(crate) reason: &'static str,
}

impl Refusals {
    /// Notes a refusal.
    pub(crate) fn note(&self, journal: &Journal, one: RefusedOne, now: Timestamp) {
        let RefusedOne { address, principal, target, code, reason } = one;
        let cut = |claim: String| claim.chars().take(CLAIM_CHARS_MAX).collect();
        let mut kind = Kind { address, principal: principal.map(cut), target: target.map(cut), code, reason };
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if kinds.len() >= KINDS_MAX && !kinds.contains_key(&kind) {
            kind = Kind { address: "many".to_owned(), principal: None, target: None, code, reason };
        }
        match kinds.get_mut(&kind) {
            Some(known) => known.count = known.count.saturating_add(1),
            None => {
                append(journal, &kind, 1, 0, now);
                kinds.insert(kind, Count { since: now, count: 0 });
            }
        }
    }

    /// Writes the windows that are over; all of them when the gate stops.
    pub(crate) fn sweep(&self, journal: &Journal, now: Timestamp, all: bool) {
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.retain(|kind, count| {
            let window = now.since(count.since);
            if window < WINDOW_US && !all {
                return true;
            }
            if count.count == 0 {
                return false;
            }
            append(journal, kind, count.count, window, now);
            *count = Count { since: now, count: 0 };
            !all
        });
    }
}

fn append(journal: &Journal, kind: &Kind, count: u64, window_us: u64, now: Timestamp) {
    let entry = SessionRefused {
        at: now,
        address: &kind.address,
        principal: kind.principal.as_deref(),
        target: kind.target.as_deref(),
        code: kind.code,
        reason: kind.reason,
        count,
        window_us,
    };
    if let Err(error) = journal.append(&entry, Durability::Relaxed) {
        tracing::error!(%error, count, reason = kind.reason, "refused connections could not be recorded");
    }
}
