//! The rules in force, shared by all sessions. A reload puts a new set in their place; each session asks the new one
//! from its next statement on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use policy::Rules;

/// The rules in force.
#[derive(Debug)]
pub(crate) struct RulesNow {
    version: AtomicU64,
    loaded: RwLock<Arc<Loaded>>,
}

/// A rule set and which load it was.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// Counted from 1 since the gate started.
    pub(crate) version: u64,
    /// Its hash.
    pub(crate) hash: [u8; 32],
    /// The set.
    pub(crate) rules: Arc<Rules>,
}

impl RulesNow {
    /// The first load.
    pub(crate) fn new(rules: Arc<Rules>) -> Arc<Self> {
        let loaded = RwLock::new(Arc::new(Loaded { version: 1, hash: rules.hash(), rules }));
        Arc::new(Self { version: AtomicU64::new(1), loaded })
    }

    /// Puts a new set in force; its version.
    pub(crate) fn load(&self, rules: Arc<Rules>) -> u64 {
        let mut loaded = self.loaded.write().unwrap_or_else(PoisonError::into_inner);
        let version = loaded.version.saturating_add(1);
        *loaded = Arc::new(Loaded { version, hash: rules.hash(), rules });
        self.version.store(version, Ordering::Release);
        version
    }

    /// The set in force.
    pub(crate) fn current(&self) -> Arc<Loaded> {
        Arc::clone(&self.loaded.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Brings a session's copy up to date. Nearly always that is one look at a number.
    pub(crate) fn refresh(&self, mine: &mut Arc<Loaded>) {
        if self.version.load(Ordering::Acquire) != mine.version {
            *mine = self.current();
        }
    }
}
