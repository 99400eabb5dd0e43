//! The connection that the loads of one database share while they follow each other, as in a migration: logging in anew
//! for each would cost more than the questions. It asks nothing about the catalogue, and never holds a connection in a
//! database that no session is in: one would keep `DROP DATABASE` waiting.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use super::load::{Unavailable, connect};
use crate::settings::Target;
use crate::upstream::{self, AskError, Connected, KeyCache};

/// A connection is held for this long after a load, and only for a load that came as soon after the one before it. Tests
/// on a busy machine need more.
pub(super) const IDLE_MAX: Duration = Duration::from_secs(if cfg!(test) { 60 } else { 2 });

/// A connection is not held longer than this: which of a target's servers answers best may have changed.
const AGE_MAX: Duration = Duration::from_secs(60);

/// What a session gets by log-in alone: another `search_path` of the role is not seen by one that is logged in.
const DEFAULTS: &str = "COPY (SELECT setdatabase, setrole, setconfig FROM pg_catalog.pg_db_role_setting \
    ORDER BY setdatabase, setrole) TO STDOUT";

/// The most bytes of defaults that are compared; with more of them each load logs in.
const DEFAULTS_BYTES_MAX: usize = 256 * 1024;

/// The place of the connection, with or without one.
#[derive(Debug, Default)]
pub(super) struct Line {
    held: Mutex<Option<Held>>,
    users: AtomicUsize,
    left: Notify,
}

/// A connection between two loads, or with one.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) connected: Connected,
    target: Arc<Target>,
    defaults: Vec<u8>,
    opened: Instant,
    used: Instant,
}

impl Held {
    /// Logs in.
    pub(super) async fn open(
        target: &Arc<Target>,
        database: &str,
        keys: &KeyCache,
    ) -> Result<Self, Unavailable> {
        let mut connected = connect(target, database, keys).await?;
        let defaults = defaults(&mut connected).await?;
        let now = Instant::now();
        Ok(Self { connected, target: Arc::clone(target), defaults, opened: now, used: now })
    }

    /// Whether a log-in now would give a session like this one.
    async fn is_current(&mut self, target: &Arc<Target>) -> bool {
        Arc::ptr_eq(&self.target, target)
            && self.opened.elapsed() < AGE_MAX
            && defaults(&mut self.connected).await.is_ok_and(|defaults| defaults == self.defaults)
    }
}

async fn defaults(connected: &mut Connected) -> Result<Vec<u8>, AskError> {
    upstream::copy_out(connected, DEFAULTS, DEFAULTS_BYTES_MAX).await
}

impl Line {
    /// The connection that is held, when it is as good as a new one.
    pub(super) async fn take(&self, target: &Arc<Target>) -> Option<Held> {
        let mut held = self.lock().take()?;
        if held.is_current(target).await {
            return Some(held);
        }
        upstream::farewell(held.connected).await;
        None
    }

    /// Holds a connection for the next load, until there is none for a while or the last session is gone.
    pub(super) async fn hold(&self, mut held: Held) {
        let used = Instant::now();
        held.used = used;
        // Two loads of one database never overlap, but the end of holding may.
        let before = self.lock().replace(held);
        if let Some(before) = before {
            upstream::farewell(before.connected).await;
        }
        loop {
            let left = self.left.notified();
            tokio::pin!(left);
            // From here on whoever leaves is heard.
            left.as_mut().enable();
            if self.users.load(Ordering::SeqCst) > 0 {
                tokio::select! {
                    () = tokio::time::sleep_until((used + IDLE_MAX).into()) => {}
                    () = left => {}
                }
            }
            let is_done = self.users.load(Ordering::SeqCst) == 0 || used.elapsed() >= IDLE_MAX;
            let mine = {
                let mut place = self.lock();
                if place.as_ref().is_none_or(|held| held.used != used) {
                    // A later load has it, and will see to its end.
                    return;
                }
                if is_done { place.take() } else { None }
            };
            if let Some(held) = mine {
                return upstream::farewell(held.connected).await;
            }
        }
    }

    /// Ends the connection that is held.
    pub(super) async fn close(&self) {
        let held = self.lock().take();
        if let Some(held) = held {
            upstream::farewell(held.connected).await;
        }
    }

    /// A session begins in this database.
    pub(super) fn enter(&self) {
        self.users.fetch_add(1, Ordering::SeqCst);
    }

    /// It is over.
    pub(super) fn leave(&self) {
        // Whoever leaves has entered.
        if self.users.fetch_sub(1, Ordering::SeqCst) <= 1 {
            self.left.notify_waiters();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
