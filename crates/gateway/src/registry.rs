//! The sessions that live: who they are, how to wake and end them, how to cancel what they run.
//!
//! Ending is a signal that the session's own task obeys, at a boundary or at once; nobody else touches its sockets.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use model::{Name, Principal, SessionId, Timestamp};
use subtle::ConstantTimeEq;

use crate::upstream::Canceller;

/// Why a session is asked to end. The order is that of urgency: a stronger signal replaces a weaker one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum End {
    /// Go on.
    No = 0,
    /// Nothing was asked of it for too long.
    Idle = 1,
    /// The gate is stopping: end at the next transaction boundary.
    Drain = 2,
    /// The gate is stopping and waits no longer.
    Stop = 3,
    /// The principal, its credential or its right to reach the target is gone.
    Revoked = 4,
    /// The credential is past its time.
    Expired = 5,
}

/// One live session, as others see it.
#[derive(Debug)]
pub(crate) struct Handle {
    /// The session.
    pub(crate) id: SessionId,
    /// The process id that the client knows it by: the server's.
    pub(crate) process_id: u32,
    /// The cancel secret: 4 bytes for protocol 3.0, 32 for 3.2.
    secret: Vec<u8>,
    /// Who.
    pub(crate) principal: Arc<Principal>,
    /// The token's id, or `None` for the password.
    pub(crate) token: Option<Name>,
    /// What the credential was when the session began: a changed one ends the session.
    pub(crate) credential: [u8; 32],
    /// The target.
    pub(crate) target: Name,
    /// When the credential ends; `u64::MAX`: never. A reload may change it.
    expires: AtomicU64,
    /// How to cancel what it runs.
    pub(crate) canceller: Canceller,
    /// When the client last said something.
    pub(crate) active: AtomicU64,
    signal: AtomicU8,
    waker: Mutex<Option<Waker>>,
}

/// What a new session is made of.
#[derive(Debug)]
pub(crate) struct NewSession {
    pub(crate) id: SessionId,
    pub(crate) secret_bytes: usize,
    pub(crate) principal: Arc<Principal>,
    pub(crate) token: Option<Name>,
    pub(crate) credential: [u8; 32],
    pub(crate) target: Name,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) canceller: Canceller,
    pub(crate) now: Timestamp,
}

/// All live sessions.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    live: Mutex<Live>,
    /// Places taken, log-ins under way included.
    places: AtomicUsize,
}

#[derive(Debug, Default)]
struct Live {
    /// By the process id that the client knows: the server's own, so two servers may give the same.
    by_process: HashMap<u32, Vec<Arc<Handle>>>,
    count: usize,
    by_principal: HashMap<Name, usize>,
}

/// A place among the sessions; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place(Arc<Registry>);

/// A session's membership; it leaves when dropped.
#[derive(Debug)]
pub(crate) struct Member {
    registry: Arc<Registry>,
    /// What others see.
    pub(crate) handle: Arc<Handle>,
}

/// Why a session was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Full {
    /// The principal has as many sessions as one may have.
    Principal,
}

impl Registry {
    /// Takes a place, if there is one among `most`.
    pub(crate) fn place(self: &Arc<Self>, most: usize) -> Option<Place> {
        self.places
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |taken| {
                (taken < most).then_some(taken.saturating_add(1))
            })
            .ok()
            .map(|_| Place(Arc::clone(self)))
    }

    /// Lets a session in.
    pub(crate) fn enter(self: &Arc<Self>, new: NewSession, most: usize) -> Result<Member, Full> {
        let mut live = self.lock();
        let count = live.by_principal.entry(new.principal.name.clone()).or_default();
        if *count >= most {
            return Err(Full::Principal);
        }
        *count = count.saturating_add(1);
        // The client sees the server's process id, as it would directly: LISTEN tells it which notifications are its
        // own. The secret is ours, and without it the id is worth nothing.
        let process_id = new.canceller.process_id().unwrap_or_else(|| rand::random::<u32>() >> 1);
        let secret = (0..new.secret_bytes).map(|_| rand::random::<u8>()).collect();
        let handle = Arc::new(Handle {
            id: new.id,
            process_id,
            secret,
            principal: new.principal,
            token: new.token,
            credential: new.credential,
            target: new.target,
            expires: AtomicU64::new(micros(new.expires)),
            canceller: new.canceller,
            active: AtomicU64::new(new.now.0),
            signal: AtomicU8::new(End::No as u8),
            waker: Mutex::new(None),
        });
        live.by_process.entry(process_id).or_default().push(Arc::clone(&handle));
        live.count = live.count.saturating_add(1);
        Ok(Member { registry: Arc::clone(self), handle })
    }

    /// The session that a cancel request names, if its secret is right. The comparison takes the same time
    /// wherever the first difference is.
    pub(crate) fn cancel(&self, process_id: u32, secret: &[u8]) -> Option<Arc<Handle>> {
        let live = self.lock();
        let right = |handle: &&Arc<Handle>| bool::from(handle.secret.ct_eq(secret));
        live.by_process.get(&process_id)?.iter().find(right).map(Arc::clone)
    }

    /// All sessions.
    pub(crate) fn all(&self) -> Vec<Arc<Handle>> {
        self.lock().by_process.values().flatten().cloned().collect()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.lock().count
    }

    /// Asks every session to end.
    pub(crate) fn end_all(&self, end: End) {
        for handle in self.all() {
            handle.end(end);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Live> {
        // A panic elsewhere cannot leave the two maps half changed in a way that matters.
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handle {
    /// The secret that the client is given.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// Asks the session to end, and wakes it.
    pub(crate) fn end(&self, end: End) {
        self.signal.fetch_max(end as u8, Ordering::AcqRel);
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Whether the session is asked to end, and why.
    #[inline]
    pub(crate) fn signal(&self) -> End {
        match self.signal.load(Ordering::Acquire) {
            0 => End::No,
            1 => End::Idle,
            2 => End::Drain,
            3 => End::Stop,
            4 => End::Revoked,
            _ => End::Expired,
        }
    }

    /// Whether the credential is past its time.
    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.load(Ordering::Relaxed) <= now.0
    }

    /// The credential ends at another time than it did.
    pub(crate) fn set_expires(&self, expires: Option<Timestamp>) {
        self.expires.store(micros(expires), Ordering::Relaxed);
    }

    /// When the client last said something.
    pub(crate) fn last_active(&self) -> Timestamp {
        Timestamp(self.active.load(Ordering::Relaxed))
    }

    /// Takes back an [`End::Idle`] that came too late: the session is busy again.
    pub(crate) fn not_idle(&self) {
        let _ =
            self.signal.compare_exchange(End::Idle as u8, End::No as u8, Ordering::AcqRel, Ordering::Acquire);
    }

    /// Whom to wake. A task's waker stays valid for all its life, so once is enough.
    pub(crate) fn set_waker(&self, waker: &Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }
}

fn micros(expires: Option<Timestamp>) -> u64 {
    expires.map_or(u64::MAX, |at| at.0)
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.places.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let mut live = self.registry.lock();
        live.count = live.count.saturating_sub(1);
        if let Some(same) = live.by_process.get_mut(&self.handle.process_id) {
            same.retain(|handle| !Arc::ptr_eq(handle, &self.handle));
            if same.is_empty() {
                live.by_process.remove(&self.handle.process_id);
            }
        }
        if let Some(count) = live.by_principal.get_mut(&self.handle.principal.name) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                live.by_principal.remove(&self.handle.principal.name);
            }
        }
    }
}
