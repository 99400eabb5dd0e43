//! Back-off after failed log-ins, by principal and by address.
//!
//! A failure is answered late, and the later the more failures came before it: a guesser is slowed down, and as
//! log-ins under way are limited per address, cannot make up for it by guessing in parallel. Only failures wait,
//! so nobody can lock a principal out by failing in its name. Unknown principals are counted like known ones.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use model::Timestamp;

/// Failures that cost nothing: people mistype.
const FREE: u32 = 3;
/// The first wait; each further failure doubles it.
const WAIT_FIRST: Duration = Duration::from_millis(100);
/// The longest wait. It is below the log-in time-out, so that the answer still comes.
const WAIT_MAX: Duration = Duration::from_secs(5);
/// Failures are forgotten after this long without another.
const MEMORY_US: u64 = 10 * 60 * 1_000_000;
/// Principals and addresses remembered at once; beyond it the oldest go. About 10 MiB.
const REMEMBERED_MAX: usize = 50_000;

/// Characters of a principal's name that are remembered: one more than a name can have.
const PRINCIPAL_CHARS_MAX: usize = 64;

/// Remembers failures.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    memory: Mutex<HashMap<Key, Failures>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Principal(Box<str>),
    Address(Option<IpAddr>),
}

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u32,
    last: Timestamp,
}

impl Throttle {
    /// Notes a failure and tells how long its answer must wait.
    pub(crate) fn failed(&self, principal: &str, address: Option<IpAddr>, now: Timestamp) -> Duration {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.len() >= REMEMBERED_MAX {
            memory.retain(|_, failures| now.since(failures.last) < MEMORY_US / 10);
            if memory.len() >= REMEMBERED_MAX {
                memory.clear();
            }
        }
        let mut most = 0;
        for key in [Key::principal(principal), Key::Address(address)] {
            let failures = memory.entry(key).or_insert(Failures { count: 0, last: now });
            if now.since(failures.last) >= MEMORY_US {
                failures.count = 0;
            }
            failures.count = failures.count.saturating_add(1);
            failures.last = now;
            most = most.max(failures.count);
        }
        wait(most)
    }

    /// Forgets the failures of a principal that has just proved who it is, and those of its address.
    pub(crate) fn succeeded(&self, principal: &str, address: Option<IpAddr>) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if !memory.is_empty() {
            memory.remove(&Key::principal(principal));
            memory.remove(&Key::Address(address));
        }
    }
}

impl Key {
    /// No principal's name is longer than this: what is cut is nobody's, and cannot become somebody's.
    fn principal(name: &str) -> Self {
        Self::Principal(name.chars().take(PRINCIPAL_CHARS_MAX).collect())
    }
}

fn wait(failures: u32) -> Duration {
    match failures.checked_sub(FREE) {
        None | Some(0) => Duration::ZERO,
        Some(doublings) => WAIT_FIRST.saturating_mul(1 << (doublings - 1).min(16)).min(WAIT_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        assert_eq!(wait(0), Duration::ZERO);
        assert_eq!(wait(FREE), Duration::ZERO);
        assert_eq!(wait(FREE + 1), WAIT_FIRST);
        assert_eq!(wait(FREE + 2), WAIT_FIRST * 2);
        assert_eq!(wait(u32::MAX), WAIT_MAX);
    }

    #[test]
    fn unknown_and_known_wait_alike_and_success_forgets() {
        let throttle = Throttle::default();
        let now = Timestamp(1);
        let waits: Vec<_> = (0..8).map(|_| throttle.failed("nobody", None, now)).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(waits[7] > Duration::ZERO);
        throttle.succeeded("nobody", None);
        assert_eq!(throttle.failed("nobody", None, now), Duration::ZERO);
    }

    #[test]
    fn long_names_cost_no_more_and_are_nobodys() {
        assert_eq!(Key::principal(&"a".repeat(9_000)), Key::Principal("a".repeat(64).into()));
        assert_ne!(Key::principal(&"a".repeat(64)), Key::principal(&"a".repeat(63)));
    }

    #[test]
    fn failures_age() {
        let throttle = Throttle::default();
        for _ in 0..8 {
            throttle.failed("alice", None, Timestamp(0));
        }
        assert_eq!(throttle.failed("alice", None, Timestamp(MEMORY_US)), Duration::ZERO);
    }
}
