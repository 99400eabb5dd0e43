//! What the journal's handle and its two threads share: one short mutex, two condition variables, and wakers.

use crate::failure::{Health, Unavailable};
use ledger::{Durable, Pending, Receipt, StorageError, Trouble};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

/// The shared state and who waits for it.
pub(crate) struct Shared {
    state: Mutex<State>,
    /// The writer waits here for entries.
    pub(crate) work: Condvar,
    /// Threads wait here for durability, checkpoints and ends.
    pub(crate) done: Condvar,
    /// Half of what may wait does: who can wait with what it has should. Outside of the mutex, to be asked often.
    pub(crate) crowded: AtomicBool,
}

pub(crate) struct State {
    /// Entries that wait for the writer.
    pub(crate) pending: Pending,
    /// An empty buffer, to swap with.
    pub(crate) spare: Pending,
    pub(crate) durable: Durable,
    /// How the writer waits, so that an entry wakes it only when it must.
    pub(crate) writer: Waiting,
    /// Somebody waits for durability: do not wait for company.
    pub(crate) urgent: bool,
    pub(crate) closing: bool,
    /// Threads that still run.
    pub(crate) threads: u8,
    /// Trouble of the writer, and of the sealer.
    pub(crate) trouble: [Option<(StorageError, Instant)>; 2],
    waiters: BTreeMap<u64, Waker>,
    room: Vec<Waker>,
}

/// How the writer waits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// It does not: it will look by itself.
    Busy,
    /// For anything at all.
    Parked,
    /// For company, until its timer; only what is urgent or much wakes it.
    Timer,
}

/// Whose trouble.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Writer = 0,
    Sealer = 1,
}

impl Shared {
    pub(crate) fn new(durable: Durable) -> Self {
        let size = durable.size();
        Self {
            state: Mutex::new(State {
                pending: Pending::new(size),
                spare: Pending::new(size),
                durable,
                writer: Waiting::Busy,
                urgent: false,
                closing: false,
                threads: 2,
                trouble: [None, None],
                waiters: BTreeMap::new(),
                room: Vec::new(),
            }),
            work: Condvar::new(),
            done: Condvar::new(),
            crowded: AtomicBool::new(false),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can panic between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes trouble, or its end, of one side. Whoever waits gets an answer: an error at once, never a hang.
    pub(crate) fn report(&self, side: Side, trouble: Option<StorageError>) {
        let mut state = self.lock();
        let slot = match side {
            Side::Writer => &mut state.trouble[0],
            Side::Sealer => &mut state.trouble[1],
        };
        match (slot.as_mut(), trouble) {
            (Some((error, _)), Some(trouble)) => *error = trouble,
            (None, Some(trouble)) => *slot = Some((trouble, Instant::now())),
            (_, None) => *slot = None,
        }
        if state.failing().is_some() {
            state.wake_all();
        }
        drop(state);
        self.done.notify_all();
    }

    /// A thread came to its end, well or not.
    pub(crate) fn ended(&self) {
        let mut state = self.lock();
        state.threads = state.threads.saturating_sub(1);
        state.closing = true;
        state.wake_all();
        drop(state);
        self.work.notify_all();
        self.done.notify_all();
    }
}

impl State {
    pub(crate) fn failing(&self) -> Option<Trouble> {
        self.trouble.iter().flatten().next().map(|(error, _)| error.trouble)
    }

    pub(crate) fn health(&self) -> Health {
        if self.threads < 2 {
            return Health::Closed;
        }
        self.trouble.iter().flatten().next().map_or(Health::Ok, |(error, since)| Health::Failing {
            what: error.trouble,
            message: error.message.clone(),
            since: *since,
        })
    }

    /// The answer for who waits for entry `index`; `None` while there is none.
    pub(crate) fn answer(&self, index: u64) -> Option<Result<Receipt, Unavailable>> {
        if let Some(receipt) = self.durable.receipt(index) {
            return Some(Ok(receipt));
        }
        if let Some(trouble) = self.failing() {
            return Some(Err(Unavailable::Failing(trouble)));
        }
        (self.threads < 2).then_some(Err(Unavailable::Closed))
    }

    pub(crate) fn wait(&mut self, index: u64, waker: &Waker) {
        match self.waiters.get_mut(&index) {
            Some(known) => known.clone_from(waker),
            None => drop(self.waiters.insert(index, waker.clone())),
        }
    }

    pub(crate) fn wait_for_room(&mut self, waker: &Waker) {
        if !self.room.iter().any(|known| known.will_wake(waker)) {
            self.room.push(waker.clone());
        }
    }

    /// Who waited for what is durable now.
    pub(crate) fn take_durable_waiters(&mut self) -> BTreeMap<u64, Waker> {
        let later = self.waiters.split_off(&self.durable.size());
        std::mem::replace(&mut self.waiters, later)
    }

    pub(crate) fn take_room_waiters(&mut self) -> Vec<Waker> {
        std::mem::take(&mut self.room)
    }

    fn wake_all(&mut self) {
        for (_, waker) in std::mem::take(&mut self.waiters) {
            waker.wake();
        }
        for waker in std::mem::take(&mut self.room) {
            waker.wake();
        }
    }
}
