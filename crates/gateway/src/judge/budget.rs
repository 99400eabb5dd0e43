//! How often somebody has looked up what it does not see: one guess tells little, ten thousand tell the value. It counts;
//! which columns are hidden from whom the rules say.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use model::{Name, Timestamp};

/// Look-ups of one hidden column by one principal in a window: enough to find a person's record by what the person says,
/// too few to try values until one fits.
pub(crate) const LOOKUPS_MAX: u32 = 200;

/// Writes of one principal to one table that a constraint may hold against in a window: an application's slips, too few to try values.
pub(crate) const FAILURES_MAX: u32 = 200;

/// The window, in microseconds: an hour.
const WINDOW_US: u64 = 3_600 * 1_000_000;

/// Principals' columns that are counted at once. Beyond that nothing more is looked up until windows end.
const KNOWN_MAX: usize = 200_000;

/// What is looked up by whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    principal: Name,
    database: u64,
    column: (u32, i16),
}

/// Look-ups since the window began.
#[derive(Clone, Copy, Debug)]
struct Spent {
    since: Timestamp,
    count: u32,
}

/// The look-ups of all sessions of the gate.
#[derive(Debug, Default)]
pub(crate) struct Budget(Mutex<HashMap<Key, Spent>>);

impl Budget {
    /// Counts the values that each column is compared with. `Err`: there were too many of that one, and none is counted.
    pub(crate) fn spend(
        &self,
        principal: &Name,
        database: u64,
        columns: &[((u32, i16), u32)],
        now: Timestamp,
    ) -> Result<(), (u32, i16)> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |spent: &Spent| now.since(spent.since) >= WINDOW_US;
        if known.len() >= KNOWN_MAX {
            known.retain(|_, spent| !is_over(spent));
        }
        let key = |column: &(u32, i16)| Key { principal: principal.clone(), database, column: *column };
        let room = known.len() < KNOWN_MAX;
        for (column, values) in columns {
            let spent = known.get(&key(column));
            if spent.is_none() && !room {
                return Err(*column);
            }
            let before = spent.filter(|spent| !is_over(spent)).map_or(0, |spent| spent.count);
            if before.saturating_add(*values) > LOOKUPS_MAX {
                return Err(*column);
            }
        }
        for (column, values) in columns {
            let spent = known.entry(key(column)).or_insert(Spent { since: now, count: 0 });
            if is_over(spent) {
                *spent = Spent { since: now, count: 0 };
            }
            spent.count = spent.count.saturating_add(*values);
        }
        Ok(())
    }
}

/// No column has this number (`pg_attribute.attnum`): what is counted of a table as a whole.
const WHOLE: i16 = 0;

impl Budget {
    /// Counts a write to each of these tables that a constraint held against.
    pub(crate) fn failed(&self, principal: &Name, database: u64, relations: &[u32], now: Timestamp) {
        for relation in relations {
            // Beyond the limit there is nothing left to count.
            let _ = self.spend(principal, database, &[((*relation, WHOLE), 1)], now);
        }
    }

    /// Whether there were too many of them.
    pub(crate) fn is_failing(&self, principal: &Name, database: u64, relation: u32, now: Timestamp) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = Key { principal: principal.clone(), database, column: (relation, WHOLE) };
        known.get(&key).is_some_and(|spent| now.since(spent.since) < WINDOW_US && spent.count >= FAILURES_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_that_fail_run_out_too() {
        let budget = Budget::default();
        let alice = Name::new("alice").unwrap();
        for _ in 0..FAILURES_MAX {
            assert!(!budget.is_failing(&alice, 1, 20_000, Timestamp(1)));
            budget.failed(&alice, 1, &[20_000], Timestamp(1));
        }
        assert!(budget.is_failing(&alice, 1, 20_000, Timestamp(1)));
        assert!(!budget.is_failing(&alice, 1, 20_001, Timestamp(1)), "another table");
        assert_eq!(
            budget.spend(&alice, 1, &[((20_000, 1), 1)], Timestamp(1)),
            Ok(()),
            "look-ups are counted apart"
        );
        assert!(!budget.is_failing(&alice, 1, 20_000, Timestamp(WINDOW_US + 1)), "an hour later");
    }

    #[test]
    fn guesses_run_out_and_come_back() {
        let budget = Budget::default();
        let alice = Name::new("alice").unwrap();
        let bob = Name::new("bob").unwrap();
        let (ssn, email) = ((20_000, 4), (20_000, 3));
        for at in 0..LOOKUPS_MAX {
            assert_eq!(budget.spend(&alice, 1, &[(ssn, 1)], Timestamp(u64::from(at))), Ok(()));
        }
        assert_eq!(budget.spend(&alice, 1, &[(email, 1), (ssn, 1)], Timestamp(1_000)), Err(ssn));
        assert_eq!(budget.spend(&alice, 1, &[(email, 1)], Timestamp(1_000)), Ok(()), "another column");
        assert_eq!(budget.spend(&alice, 2, &[(ssn, 1)], Timestamp(1_000)), Ok(()), "another database");
        assert_eq!(budget.spend(&bob, 1, &[(ssn, 1)], Timestamp(1_000)), Ok(()), "somebody else");
        assert_eq!(budget.spend(&alice, 1, &[(ssn, 1)], Timestamp(WINDOW_US)), Ok(()), "an hour later");
        // A list of values is as many guesses.
        assert_eq!(budget.spend(&bob, 2, &[(ssn, LOOKUPS_MAX + 1)], Timestamp(1)), Err(ssn));
        assert_eq!(budget.spend(&bob, 2, &[(ssn, LOOKUPS_MAX)], Timestamp(1)), Ok(()), "none was counted");
        assert_eq!(budget.spend(&bob, 2, &[(ssn, 1)], Timestamp(1)), Err(ssn));
    }
}
