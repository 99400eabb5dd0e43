//! One database's catalogue as sessions see it: the newest snapshot, and loads that they ask for and wait for. It asks no
//! server itself; the task behind [`super::Catalogues`] does.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use sql::catalogue::Catalogue;
use tokio::sync::mpsc;

use super::line::{IDLE_MAX, Line};
use super::load::{Kept, Unavailable};
use crate::label::Learned;
use crate::settings::Target;

/// A text whose names were looked for in vain is looked for again after this long at the earliest.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Texts that were looked for in vain and are remembered; then all are forgotten, which costs loads and nothing else.
const LOOKS_MAX: usize = 1_000;

/// Loads of one database may take half of the time at most, however many sessions ask: whoever changes definitions waits
/// for them.
const REST_TIMES: u32 = 1;
/// The shortest rest between two loads: what is asked for meanwhile is one load.
const REST_MIN: Duration = Duration::from_millis(5);
/// The rest after a load that failed doubles from the first to the second.
const FAILED_REST: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// A database's catalogue.
pub(crate) struct Watch {
    id: u64,
    pub(super) database: String,
    /// What loads that follow each other share.
    pub(super) line: Line,
    current: RwLock<Arc<Catalogue>>,
    version: AtomicU64,
    labels: RwLock<Arc<engine::Labels>>,
    labels_version: AtomicU64,
    state: Mutex<State>,
    /// Tells the task that a load is wanted.
    wanted: mpsc::UnboundedSender<u64>,
    hasher: RandomState,
}

/// Loads have numbers, from 1. One that was asked for begins after it was asked for.
struct State {
    target: Arc<Target>,
    /// The last number that was given out.
    asked: u64,
    /// Loads up to this number are done, well or not.
    done: u64,
    /// Why the last load failed.
    failure: Option<Unavailable>,
    failures: u32,
    /// The number that the load under way answers.
    running: Option<u64>,
    queued: bool,
    rest_until: Option<Instant>,
    waiters: Vec<Waker>,
    /// Texts (their hashes) with names that were not found, and the load that is to find them.
    looks: HashMap<u64, (u64, Option<Instant>)>,
    kept: Option<Arc<Kept>>,
    last: Option<Instant>,
    closed: bool,
}

impl Watch {
    pub(super) fn new(
        id: u64,
        target: Arc<Target>,
        database: String,
        wanted: mpsc::UnboundedSender<u64>,
    ) -> Self {
        let state = State {
            target,
            asked: 0,
            done: 0,
            failure: None,
            failures: 0,
            running: None,
            queued: false,
            rest_until: None,
            waiters: Vec::new(),
            looks: HashMap::new(),
            kept: None,
            last: None,
            closed: false,
        };
        Self {
            id,
            database,
            line: Line::default(),
            current: RwLock::default(),
            version: AtomicU64::new(0),
            labels: RwLock::default(),
            labels_version: AtomicU64::new(0),
            state: Mutex::new(state),
            wanted,
            hasher: RandomState::new(),
        }
    }

    /// One that somebody described: there is nothing to load.
    pub(crate) fn sketched(
        target: &Arc<Target>,
        database: &str,
        catalogue: Arc<Catalogue>,
        labels: Arc<engine::Labels>,
    ) -> Self {
        let (nobody, _) = mpsc::unbounded_channel();
        let watch = Self::new(0, Arc::clone(target), database.to_owned(), nobody);
        let versions = (catalogue.version, labels.version);
        Self {
            current: RwLock::new(catalogue),
            version: AtomicU64::new(versions.0),
            labels: RwLock::new(labels),
            labels_version: AtomicU64::new(versions.1),
            ..watch
        }
    }

    /// A number of its own among all databases of the process.
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    /// The newest snapshot. Empty until the first load, which a session's log-in waits for ([`Watch::ready`]).
    pub(crate) fn current(&self) -> Arc<Catalogue> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What the columns hold: never older than [`Watch::current`].
    pub(crate) fn labels(&self) -> Arc<engine::Labels> {
        Arc::clone(&self.labels.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What was found out at the last load, with its reasons.
    pub(crate) fn learned(&self) -> Option<Arc<Learned>> {
        self.lock().kept.as_ref().map(|kept| Arc::clone(&kept.learned))
    }

    /// The version of [`Watch::labels`].
    pub(crate) fn labels_version(&self) -> u64 {
        self.labels_version.load(Ordering::Acquire)
    }

    /// The version of [`Watch::current`].
    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// Waits until there is a snapshot. Cancel-safe.
    ///
    /// # Errors
    /// When the load that it waited for failed.
    pub(crate) async fn ready(&self) -> Result<Arc<Catalogue>, Unavailable> {
        if self.version() == 0 {
            let load = self.ask();
            std::future::poll_fn(|cx| self.poll_loaded(load, cx)).await?;
        }
        Ok(self.current())
    }

    /// Asks for a load that begins from now on and returns its number. Many who ask share one load.
    pub(crate) fn ask(&self) -> u64 {
        let mut state = self.lock();
        state.ask(self)
    }

    /// Whether load `number` is done; the task is woken when it is.
    ///
    /// # Errors
    /// When it failed: [`Watch::current`] is the one before then.
    pub(crate) fn poll_loaded(&self, number: u64, cx: &mut Context<'_>) -> Poll<Result<(), Unavailable>> {
        let mut state = self.lock();
        state.poll(number, cx)
    }

    /// For a text with names that the snapshot of `version` does not have: ready when a newer one is there, or when a
    /// load that began after the text was first asked about has not found them either.
    ///
    /// # Errors
    /// When that load failed.
    pub(crate) fn poll_second_look(
        &self,
        version: u64,
        text: &[u8],
        cx: &mut Context<'_>,
    ) -> Poll<Result<(), Unavailable>> {
        let hash = self.hasher.hash_one(text);
        let mut state = self.lock();
        let now = Instant::now();
        let known = state.looks.get(&hash).copied();
        let is_old =
            |since: Option<Instant>| since.is_some_and(|since| now.duration_since(since) > LOOK_AGAIN);
        let number = match known {
            Some((number, since)) if !is_old(since) => number,
            _ if self.version() > version => return Poll::Ready(Ok(())),
            _ => {
                if state.looks.len() >= LOOKS_MAX {
                    state.looks.clear();
                }
                let number = state.ask(self);
                state.looks.insert(hash, (number, None));
                number
            }
        };
        let answer = state.poll(number, cx);
        if answer.is_ready()
            && let Some((_, since)) = state.looks.get_mut(&hash)
        {
            since.get_or_insert(now);
        }
        answer
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock can panic between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settings' newest word on how to reach the server. Another one is asked at once.
    pub(super) fn retarget(&self, target: &Arc<Target>) {
        let mut state = self.lock();
        if !Arc::ptr_eq(&state.target, target) {
            state.target = Arc::clone(target);
            state.ask(self);
        }
    }

    /// Begins the load that was asked for: what it needs. `Err`: not before then. `Ok(None)`: there is nothing to do.
    pub(super) fn begin(&self) -> Result<Option<Begun>, Instant> {
        let mut state = self.lock();
        state.queued = false;
        if state.running.is_some() || state.asked <= state.done || state.closed {
            return Ok(None);
        }
        if let Some(until) = state.rest_until.filter(|until| *until > Instant::now()) {
            state.queued = true;
            return Err(until);
        }
        let number = state.asked;
        state.running = Some(number);
        let at = Instant::now();
        let follows = state.last.is_some_and(|last| at.duration_since(last) < IDLE_MAX);
        Ok(Some(Begun { target: Arc::clone(&state.target), before: state.kept.clone(), follows, at }))
    }

    /// Notes how a load ended and wakes who waits.
    pub(super) fn end(&self, begun: &Begun, result: Result<Kept, Unavailable>) {
        let mut state = self.lock();
        let now = Instant::now();
        let rest = match result {
            Ok(kept) => {
                let catalogue = Arc::clone(&kept.catalogue);
                let (version, is_new) = (catalogue.version, catalogue.version != self.version());
                // Labels first: nobody shall read a newer catalogue by older labels.
                let labels = Arc::clone(&kept.learned.labels);
                if labels.version != self.labels_version() {
                    let number = labels.version;
                    *self.labels.write().unwrap_or_else(PoisonError::into_inner) = labels;
                    self.labels_version.store(number, Ordering::Release);
                }
                if is_new {
                    *self.current.write().unwrap_or_else(PoisonError::into_inner) = catalogue;
                    self.version.store(version, Ordering::Release);
                }
                state.kept = Some(Arc::new(kept));
                state.failure = None;
                state.failures = 0;
                now.duration_since(begun.at).saturating_mul(REST_TIMES).max(REST_MIN)
            }
            Err(failure) => {
                state.failure = Some(failure);
                let doubled = FAILED_REST.0.saturating_mul(1 << state.failures.min(8));
                state.failures = state.failures.saturating_add(1);
                doubled.min(FAILED_REST.1)
            }
        };
        state.rest_until = Some(now + rest);
        state.last = Some(now);
        state.done = state.running.take().unwrap_or(state.done);
        if state.asked > state.done {
            state.queue(self);
        }
        let waiters = std::mem::take(&mut state.waiters);
        drop(state);
        waiters.into_iter().for_each(Waker::wake);
    }

    /// A session begins in this database; it says when it [leaves](Watch::leave).
    pub(crate) fn enter(&self) {
        self.line.enter();
    }

    /// A session of this database is over.
    pub(crate) fn leave(&self) {
        self.line.leave();
    }

    /// When the last load ended.
    pub(super) fn last(&self) -> Option<Instant> {
        self.lock().last
    }

    /// Nothing is loaded any more; who waits hears so.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let waiters = std::mem::take(&mut state.waiters);
        drop(state);
        waiters.into_iter().for_each(Waker::wake);
    }
}

/// A load under way.
pub(super) struct Begun {
    pub(super) target: Arc<Target>,
    pub(super) before: Option<Arc<Kept>>,
    /// The one before it ended a moment ago.
    pub(super) follows: bool,
    at: Instant,
}

impl State {
    fn ask(&mut self, watch: &Watch) -> u64 {
        // One that was asked for and has not begun will do.
        if self.asked > self.running.unwrap_or(self.done) {
            return self.asked;
        }
        self.asked = self.asked.saturating_add(1);
        if self.running.is_none() {
            self.queue(watch);
        }
        self.asked
    }

    fn queue(&mut self, watch: &Watch) {
        if !self.queued {
            self.queued = true;
            if watch.wanted.send(watch.id).is_err() {
                self.closed = true;
            }
        }
    }

    fn poll(&mut self, number: u64, cx: &mut Context<'_>) -> Poll<Result<(), Unavailable>> {
        if self.done >= number {
            return Poll::Ready(self.failure.clone().map_or(Ok(()), Err));
        }
        if self.closed {
            return Poll::Ready(Err(Unavailable::Closed));
        }
        if !self.waiters.iter().any(|known| known.will_wake(cx.waker())) {
            self.waiters.push(cx.waker().clone());
        }
        Poll::Pending
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch")
            .field("database", &self.database)
            .field("version", &self.version())
            .finish_non_exhaustive()
    }
}
