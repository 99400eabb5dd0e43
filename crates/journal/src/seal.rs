//! The sealer's thread: tiles, bodies, checkpoints, and the next segment ahead of time.

use crate::options::Options;
use crate::shared::{Shared, Side};
use ledger::{Batch, Sealer, Signer, Storage, StorageError};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

/// What the sealer is asked to do.
pub(crate) enum Command {
    /// Seal these entries.
    Batch(Batch),
    /// Publish a checkpoint as soon as it covers at least so many entries, and say so.
    Checkpoint(u64, SyncSender<Result<u64, StorageError>>),
}

/// How long the thread sleeps when there is nothing to do; it is woken by commands.
const IDLE: Duration = Duration::from_secs(3600);

/// Runs until the writer has gone, then publishes the last checkpoint.
pub(crate) fn run<S: Storage>(
    shared: &Arc<Shared>,
    storage: &S,
    mut sealer: Sealer<S>,
    signer: &Signer,
    options: &Options,
    commands: &Receiver<Command>,
) {
    let mut due: Option<Instant> = None;
    let mut asked: Vec<(u64, SyncSender<Result<u64, StorageError>>)> = Vec::new();
    let mut segment = None;
    loop {
        let wait = due.map_or(IDLE, |due| due.saturating_duration_since(Instant::now()));
        match commands.recv_timeout(wait) {
            Ok(Command::Batch(batch)) => {
                sealer.take(&batch);
                due.get_or_insert_with(|| Instant::now() + options.checkpoint_delay);
                recycle(shared, batch);
            }
            Ok(Command::Checkpoint(size, reply)) => asked.push((size, reply)),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if !keep_trying(shared, options, || sealer.flush()) {
            break;
        }
        let wanted = asked.iter().any(|(size, _)| *size <= sealer.size());
        if wanted || due.is_some_and(|due| due <= Instant::now()) {
            due = None;
            if !keep_trying(shared, options, || sealer.checkpoint(signer)) {
                break;
            }
            let size = sealer.size();
            asked.retain(|(wanted, reply)| {
                let ready = *wanted <= size;
                if ready {
                    // Who asked may have gone.
                    let _ = reply.send(Ok(size));
                }
                !ready
            });
        }
        if segment != sealer.segment() {
            segment = sealer.segment();
            // Only makes the next change of segments quick: without room for it the writer says so in time.
            let _ = storage.prepare(options.segment_bytes);
        }
    }
    let last = sealer.flush().and_then(|()| sealer.checkpoint(signer));
    for (_, reply) in asked {
        let _ = reply.send(last.clone().map(|()| sealer.size()));
    }
    if let Err(error) = last {
        shared.report(Side::Sealer, Some(error));
    }
}

/// Repeats until it works; `false` when the journal is closed meanwhile and it still does not.
fn keep_trying(
    shared: &Shared,
    options: &Options,
    mut attempt: impl FnMut() -> Result<(), StorageError>,
) -> bool {
    let mut failed = false;
    loop {
        match attempt() {
            Ok(()) => {
                if failed {
                    shared.report(Side::Sealer, None);
                }
                return true;
            }
            Err(error) => {
                failed = true;
                shared.report(Side::Sealer, Some(error));
                let state = shared.lock();
                if state.closing {
                    return false;
                }
                // `done` is told when the journal closes, so a close does not wait for the delay.
                drop(shared.done.wait_timeout(state, options.retry_delay));
            }
        }
    }
}

/// Gives a batch's memory back to those who append.
pub(crate) fn recycle(shared: &Shared, batch: Batch) {
    let buffer = batch.into_buffer();
    let mut state = shared.lock();
    if state.spare.bytes() == 0 {
        state.spare = buffer;
    }
}
