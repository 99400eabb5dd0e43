//! The writer's thread: takes what waits, makes it durable, tells who waited, hands the batch to the sealer.

use crate::options::Options;
use crate::seal::Command;
use crate::shared::{Shared, Side, State, Waiting};
use ledger::{Pending, Storage, Writer};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Instant;

/// How much wakes the writer before its timer: enough to be worth a sync, little enough to stay in cache.
pub(crate) const WAKE_BYTES: usize = 256 << 10;

/// How much memory an empty buffer keeps.
const KEEP_BYTES: usize = 1 << 20;

/// Runs until the journal is closed and everything that can be written is.
pub(crate) fn run<S: Storage>(
    shared: &Arc<Shared>,
    mut writer: Writer<S>,
    options: &Options,
    sealer: &SyncSender<Command>,
) {
    while let Some(mut batch) = next(shared, options) {
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
        if sealer.send(Command::Batch(writer.absorb(batch))).is_err() {
            return;
        }
    }
}

/// The next batch; `None` when the journal is closed and nothing waits.
fn next(shared: &Shared, options: &Options) -> Option<Pending> {
    let mut state = shared.lock();
    let mut deadline = None;
    loop {
        if state.pending.is_empty() {
            if state.closing {
                return None;
            }
            state.writer = Waiting::Parked;
            state = shared.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        } else {
            let now = Instant::now();
            let until = *deadline.get_or_insert(now + options.relaxed_delay);
            if state.urgent || state.closing || state.pending.bytes() >= WAKE_BYTES || now >= until {
                return Some(take(state));
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
