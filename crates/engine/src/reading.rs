//! A text as it was understood, and the decisions on it that are still good.

use std::sync::{Arc, Mutex, PoisonError};

use model::{Principal, Timestamp};
use policy::Decision;
use sql::{Analysis, Analyzed, View};

use crate::show::Shows;

/// A text as it was understood in one state of catalogue and session. What runs later than it was prepared is read
/// again when either has changed, so the text itself is kept with it.
#[derive(Debug, Default)]
pub struct Reading {
    /// The exact text.
    pub source: Arc<[u8]>,
    /// What was found out.
    pub analysis: Analysis,
    /// What the ledger says of that, one line each.
    pub lines: Arc<[Box<str>]>,
    /// The version of the catalogue that it was read with.
    pub catalogue: u64,
    /// The session's view that it was read in.
    pub view: Arc<View>,
    /// Decisions on it, shared with every reading of the same facts.
    pub decisions: Arc<Decisions>,
}

/// What was decided about a text or portal, and what of its results is shown.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The rules' answer.
    pub decision: Arc<Decision>,
    /// What becomes of what it returns.
    pub shows: Arc<Shows>,
}

/// Decisions on one reading, so that running it again costs a look-up.
#[derive(Debug, Default)]
pub struct Decisions(Mutex<Vec<(Asked, Judged)>>);

/// Who asked which rules, about what.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who; the same value, not an equal one.
    pub principal: Arc<Principal>,
    /// The rule set, counted by loads.
    pub rules: u64,
    /// The labels of the database, by version.
    pub labels: u64,
    /// The purpose that was stated.
    pub purpose: Option<Arc<str>>,
    /// The one statement of the reading, or all.
    pub statement: Option<usize>,
}

/// Decisions kept with one reading: as many principals as share a text at once. The oldest goes first.
const DECISIONS_MAX: usize = 16;

impl Reading {
    /// What runs when the statement of this number is executed: for a PREPARE, what it prepares.
    #[must_use]
    pub fn statement(&self, number: usize) -> Option<&Analyzed> {
        let statement = self.analysis.statements.get(number)?;
        Some(statement.prepares.as_deref().unwrap_or(statement))
    }

    /// The statement of this number: as it stands in the text, or, when `run`, what its execution runs.
    #[must_use]
    pub fn statement_or_preparation(&self, number: usize, run: bool) -> Option<&Analyzed> {
        if run { self.statement(number) } else { self.analysis.statements.get(number) }
    }

    /// Whether it is as a reading of now would be.
    #[must_use]
    pub fn is_current(&self, catalogue: u64, view: &Arc<View>) -> bool {
        self.catalogue == catalogue && (Arc::ptr_eq(&self.view, view) || self.view == *view)
    }
}

impl Decisions {
    /// A decision that is still good.
    #[must_use]
    pub fn find(&self, asked: &Asked, now: Timestamp) -> Option<Judged> {
        let decisions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = decisions.iter().find(|(key, _)| key.is(asked)).map(|(_, judged)| judged)?;
        let good = found.decision.valid_until().is_none_or(|until| now < until);
        good.then(|| found.clone())
    }

    /// Keeps a decision.
    pub fn keep(&self, asked: Asked, judged: Judged) {
        let mut decisions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        decisions.retain(|(key, _)| key.rules == asked.rules && !key.is(&asked));
        if decisions.len() >= DECISIONS_MAX {
            decisions.remove(0);
        }
        decisions.push((asked, judged));
    }
}

impl Asked {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.principal, &other.principal)
            && self.rules == other.rules
            && self.labels == other.labels
            && self.statement == other.statement
            && self.purpose == other.purpose
    }
}
