//! The writer's thread: takes what waits, makes it durable, tells who waited, hands the batch to the sealer.

use crate::options::Options;
use crate::seal::{Command, recycle};
use crate::shared::{Shared, Side, State, Waiting};
use ledger::{Batch, Pending, Storage, Writer};
use std::sync::atomic::Ordering;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How much wakes the writer before its timer: enough to be worth a sync, little enough to stay in cache.
pub(crate) const WAKE_BYTES: usize = 256 << 10;

/// How much memory an empty buffer keeps.
const KEEP_BYTES: usize = 1 << 20;

/// Durable batches up to this size wait for company before they are sealed: small ones come by the thousand, nobody
/// waits for a seal, and waking the sealer for each would cost more than the entries.
const SEAL_BYTES: usize = 256 << 10;

/// How long they wait at most.
const SEAL_DELAY: Duration = Duration::from_millis(50);

/// What the writer does next.
enum Next {
    /// Write this.
    Write(Pending),
    /// Nothing came for a while: what is durable can be sealed.
    Seal,
    /// The journal is closed and nothing waits.
    Close,
}

/// Durable batches on their way to the sealer.
struct Held<'a> {
    shared: &'a Shared,
    sealer: &'a SyncSender<Command>,
    batch: Option<Batch>,
    since: Instant,
}

/// Runs until the journal is closed and everything that can be written is.
pub(crate) fn run<S: Storage>(
    shared: &Arc<Shared>,
    mut writer: Writer<S>,
    options: &Options,
    sealer: &SyncSender<Command>,
) {
    let mut held = Held { shared, sealer, batch: None, since: Instant::now() };
    loop {
        let mut batch = match next(shared, options, held.batch.is_some()) {
            Next::Write(batch) => batch,
            Next::Seal => {
                if held.send().is_err() {
                    return;
                }
                continue;
            }
            Next::Close => {
                // A sealer that is gone has said why.
                let _ = held.send();
                return;
            }
        };
        loop {
            match writer.write(&mut batch) {
                Ok(durable) => {
                    let mut state = shared.lock();
                    state.durable = durable;
                    state.trouble[0] = None;
                    let waiters = state.take_durable_waiters();
                    drop(state);
                    for waker in waiters.into_values() {
                        waker.wake();
                    }
                    shared.done.notify_all();
                    break;
                }
                Err(error) => {
                    shared.report(Side::Writer, Some(error));
                    if !pause(shared, options) {
                        return;
                    }
                }
            }
        }
        if held.add(writer.absorb(batch)).is_err() {
            return;
        }
    }
}

impl Held<'_> {
    fn add(&mut self, batch: Batch) -> Result<(), ()> {
        match &mut self.batch {
            Some(held) => match held.join(batch) {
                Ok(spare) => recycle(self.shared, spare),
                Err(next) => {
                    self.send()?;
                    self.hold(next);
                }
            },
            None => self.hold(batch),
        }
        let large = self.batch.as_ref().is_some_and(|held| held.bytes() >= SEAL_BYTES);
        if large || self.since.elapsed() >= SEAL_DELAY { self.send() } else { Ok(()) }
    }

    fn hold(&mut self, batch: Batch) {
        self.batch = Some(batch);
        self.since = Instant::now();
    }

    fn send(&mut self) -> Result<(), ()> {
        match self.batch.take() {
            Some(batch) => self.sealer.send(Command::Batch(batch)).map_err(drop),
            None => Ok(()),
        }
    }
}

/// What to do next. `holds`: batches wait for company, so do not sleep for ever.
fn next(shared: &Shared, options: &Options, holds: bool) -> Next {
    let mut state = shared.lock();
    let mut deadline = None;
    loop {
        let now = Instant::now();
        if state.pending.is_empty() {
            if state.closing {
                return Next::Close;
            }
            if !holds {
                state.writer = Waiting::Parked;
                state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
                state.writer = Waiting::Busy;
                continue;
            }
            // Not for ever: entries that are not urgent need not wake it, and what is held gets sealed.
            state.writer = Waiting::Timer;
            let (next, waited) = shared
                .work
                .wait_timeout(state, options.relaxed_delay)
                .unwrap_or_else(PoisonError::into_inner);
            state = next;
            if waited.timed_out() {
                state.writer = Waiting::Busy;
                if state.pending.is_empty() {
                    return Next::Seal;
                }
                shared.crowded.store(false, Ordering::Relaxed);
                return Next::Write(take(state));
            }
        } else {
            let until = *deadline.get_or_insert(now + options.relaxed_delay);
            if state.urgent || state.closing || state.pending.bytes() >= WAKE_BYTES || now >= until {
                shared.crowded.store(false, Ordering::Relaxed);
                return Next::Write(take(state));
            }
            state.writer = Waiting::Timer;
            let waited = shared.work.wait_timeout(state, until - now);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        state.writer = Waiting::Busy;
    }
}

fn take(mut state: MutexGuard<'_, State>) -> Pending {
    state.urgent = false;
    let next = state.pending.next();
    let State { pending, spare, .. } = &mut *state;
    spare.reset(next, KEEP_BYTES);
    std::mem::swap(pending, spare);
    let batch = std::mem::replace(spare, Pending::new(next));
    let room = state.take_room_waiters();
    drop(state);
    for waker in room {
        waker.wake();
    }
    batch
}

/// Waits before the next attempt; `false` when the journal is closed meanwhile: then it is given up.
fn pause(shared: &Shared, options: &Options) -> bool {
    let until = Instant::now() + options.retry_delay;
    let mut state = shared.lock();
    loop {
        let now = Instant::now();
        if state.closing {
            return false;
        }
        if now >= until {
            return true;
        }
        let waited = shared.work.wait_timeout(state, until - now);
        state = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
}
