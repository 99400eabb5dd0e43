//! The journal as its users hold it: append, wait, look, close.

use crate::failure::{Health, Unavailable};
use crate::seal::Command;
use crate::shared::{Shared, State, Waiting};
use crate::write::WAKE_BYTES;
use ledger::{Draft, Encode, Receipt, Salt, StorageError, Vkey};
use model::Durability;
use rand::RngCore as _;
use std::cell::RefCell;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

/// How much memory a thread's draft keeps between entries.
const DRAFT_KEEP_BYTES: usize = 64 << 10;

thread_local! {
    /// Entries are encoded here, outside of every lock. Holds nothing between two calls.
    static DRAFT: RefCell<Draft> = const { RefCell::new(Draft::new()) };
}

/// An open ledger. Clones share it; the last one to go closes it.
#[derive(Clone)]
pub struct Journal {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    pub(crate) commands: Mutex<Option<SyncSender<Command>>>,
    pub(crate) threads: Mutex<Vec<JoinHandle<()>>>,
    pub(crate) buffer_bytes_max: usize,
    pub(crate) vkey: Vkey,
    pub(crate) parameter_key: [u8; 32],
}

/// An entry that was taken.
#[derive(Debug, PartialEq, Eq)]
pub struct Appended {
    /// Its index in the ledger: what [`Journal::poll_durable`] takes.
    pub index: u64,
    /// The receipt at once, for targets whose durability is relaxed.
    pub receipt: Option<Receipt>,
}

impl Journal {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Appends an entry. Encodes it without a lock, then copies it in; waits for nothing.
    ///
    /// # Errors
    /// When the ledger is full, failing or closed, or the entry too large. While the ledger fails, entries that close
    /// something are still taken, in memory, as long as there is room.
    pub fn append(
        &self,
        entry: &(impl Encode + ?Sized),
        durability: Durability,
    ) -> Result<Appended, Unavailable> {
        DRAFT.with(|draft| {
            // Encoding never appends, so the draft is never borrowed twice; if it were, a new one does.
            let Ok(mut draft) = draft.try_borrow_mut() else {
                let mut draft = Draft::new();
                draft.set(entry).map_err(Unavailable::TooLarge)?;
                return self.append_draft(&draft, durability);
            };
            draft.set(entry).map_err(Unavailable::TooLarge)?;
            let appended = self.append_draft(&draft, durability);
            draft.shrink(DRAFT_KEEP_BYTES);
            appended
        })
    }

    /// Appends an entry that is already encoded.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn append_draft(&self, draft: &Draft, durability: Durability) -> Result<Appended, Unavailable> {
        let shared = &*self.inner.shared;
        let mut state = shared.lock();
        self.admit(&state, draft)?;
        let before = state.pending.bytes();
        let accepted = state.pending.push(draft);
        let strict = durability == Durability::Strict;
        state.urgent |= strict;
        let bytes = state.pending.bytes();
        let much = before < WAKE_BYTES && bytes >= WAKE_BYTES;
        if bytes >= self.inner.buffer_bytes_max / 2 {
            shared.crowded.store(true, Ordering::Relaxed);
        }
        let wake = match state.writer {
            Waiting::Busy => false,
            Waiting::Parked => true,
            Waiting::Timer => strict || much,
        };
        if wake {
            // Once: until the writer looks, more entries need not tell it again.
            state.writer = Waiting::Busy;
        }
        drop(state);
        if wake {
            shared.work.notify_one();
        }
        let index = accepted.index();
        let receipt = (!strict).then(|| accepted.relaxed());
        Ok(Appended { index, receipt })
    }

    fn admit(&self, state: &State, draft: &Draft) -> Result<(), Unavailable> {
        if state.closing {
            return Err(Unavailable::Closed);
        }
        if let Some(trouble) = state.failing().filter(|_| draft.opening()) {
            return Err(Unavailable::Failing(trouble));
        }
        // What closes a statement has as much room again: it must not be lost to what opens others.
        let limit = if draft.opening() { 1 } else { 2 } * self.inner.buffer_bytes_max;
        let bytes = state.pending.bytes() + draft.leaf().len() + draft.body().len();
        if bytes > limit && !state.pending.is_empty() {
            return Err(state.failing().map_or(Unavailable::Full, Unavailable::Failing));
        }
        Ok(())
    }

    /// The receipt of an entry once it is durable. Leaves the waker otherwise; one waker for each index.
    /// Cancel-safe: giving up the wait changes nothing.
    pub fn poll_durable(&self, index: u64, cx: &mut Context<'_>) -> Poll<Result<Receipt, Unavailable>> {
        let mut state = self.inner.shared.lock();
        if let Some(answer) = state.answer(index) {
            return Poll::Ready(answer);
        }
        state.wait(index, cx.waker());
        Poll::Pending
    }

    /// As [`Journal::poll_durable`], for async code: cancel-safe.
    ///
    /// # Errors
    /// When the ledger fails or closes before the entry is durable.
    pub async fn durable(&self, index: u64) -> Result<Receipt, Unavailable> {
        std::future::poll_fn(|cx| self.poll_durable(index, cx)).await
    }

    /// Whether so much waits to be written that who can wait should (see [`Journal::poll_room`]) before the next
    /// entries are refused as [`Unavailable::Full`]. Costs nothing to ask.
    #[inline]
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        self.inner.shared.crowded.load(Ordering::Relaxed)
    }

    /// Ready when the journal is not crowded any more, or the ledger fails or closes.
    pub fn poll_room(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.inner.shared.lock();
        let room = state.pending.bytes() < self.inner.buffer_bytes_max / 2;
        if room || state.closing || state.failing().is_some() {
            return Poll::Ready(());
        }
        state.wait_for_room(cx.waker());
        Poll::Pending
    }

    /// Blocks until an entry is durable. Not for tasks.
    ///
    /// # Errors
    /// When the ledger fails or closes before.
    pub fn wait_durable(&self, index: u64) -> Result<Receipt, Unavailable> {
        let shared = &*self.inner.shared;
        let mut state = shared.lock();
        state.urgent = true;
        shared.work.notify_one();
        loop {
            if let Some(answer) = state.answer(index) {
                return answer;
            }
            state = shared.done.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Blocks until everything appended so far is durable. Not for tasks.
    ///
    /// # Errors
    /// When the ledger fails or closes before.
    pub fn flush(&self) -> Result<(), Unavailable> {
        match self.size() {
            0 => Ok(()),
            size => self.wait_durable(size - 1).map(drop),
        }
    }

    /// Blocks until a checkpoint covers everything appended so far; returns how much it covers. Not for tasks.
    ///
    /// # Errors
    /// When the ledger fails or closes before.
    pub fn checkpoint(&self) -> Result<u64, Unavailable> {
        self.flush()?;
        let size = self.size();
        let (reply, answer) = sync_channel(1);
        let commands = self.inner.commands.lock().unwrap_or_else(PoisonError::into_inner).clone();
        commands
            .and_then(|commands| commands.send(Command::Checkpoint(size, reply)).ok())
            .ok_or(Unavailable::Closed)?;
        let failing = |error: StorageError| Unavailable::Failing(error.trouble);
        answer.recv().map_err(|_| Unavailable::Closed)?.map_err(failing)
    }

    /// How many entries there are, durable or not.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.inner.shared.lock().pending.next()
    }

    /// How many entries are durable.
    #[must_use]
    pub fn durable_size(&self) -> u64 {
        self.inner.shared.lock().durable.size()
    }

    /// How the journal is.
    #[must_use]
    pub fn health(&self) -> Health {
        self.inner.shared.lock().health()
    }

    /// A fresh salt for a part.
    #[must_use]
    pub fn salt(&self) -> Salt {
        let mut salt = [0; 16];
        rand::thread_rng().fill_bytes(&mut salt);
        Salt(salt)
    }

    /// The key for hashes of parameter values. A secret.
    #[must_use]
    pub fn parameter_key(&self) -> &[u8; 32] {
        &self.inner.parameter_key
    }

    /// The public key of the ledger.
    #[must_use]
    pub fn vkey(&self) -> &Vkey {
        &self.inner.vkey
    }

    /// Writes what waits, publishes the last checkpoint and ends the threads. Blocks; later calls do nothing.
    ///
    /// # Errors
    /// When something could not be written; it is lost then if it was never durable.
    pub fn close(&self) -> Result<(), Unavailable> {
        self.inner.close()
    }
}

impl Inner {
    fn close(&self) -> Result<(), Unavailable> {
        self.shared.lock().closing = true;
        self.shared.work.notify_all();
        self.shared.done.notify_all();
        drop(self.commands.lock().unwrap_or_else(PoisonError::into_inner).take());
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A thread that panicked has said so; what follows tells whether anything is missing.
            let _ = thread.join();
        }
        let state = self.shared.lock();
        match state.failing() {
            Some(trouble) => Err(Unavailable::Failing(trouble)),
            None if state.durable.size() < state.pending.next() => Err(Unavailable::Closed),
            None => Ok(()),
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Nobody is left to hear of an error; the next start finds what is there.
        let _ = self.close();
    }
}
