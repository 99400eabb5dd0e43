//! The gate as a whole: what all sessions share, how it begins, changes and stops.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use journal::{Health, Journal};
use ledger::entry::{ConfigChanged, PolicyLoaded, PolicyRefused, PrincipalChanged, TokenChanged};
use mask::cover::{Key, Kit};
use mask::scan::Scanner;
use model::{Durability, Timestamp};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::catalogue::Catalogues;
use crate::change::{Change, changes};
use crate::clock;
use crate::descriptors;
use crate::judge::{Budget, RulesNow};
use crate::label::Memory;
use crate::listen::{self, Bound};
use crate::login::digest_of;
use crate::metrics::Metrics;
use crate::refused::{Refusals, RefusedOne};
use crate::registry::{End, Handle, Registry};
use crate::session::hex;
use crate::settings::{Limits, Settings};
use crate::throttle::Throttle;
use crate::upstream::KeyCache;
use crate::worker::Workers;

/// How often sessions are looked over for what is expired, idle, or no longer allowed. A withdrawn credential
/// ends its sessions at once by the reload itself; this bounds the rest.
const SWEEP: Duration = Duration::from_millis(250);

/// A running gate. Shared by all its tasks.
pub struct Gate {
    settings: RwLock<Arc<Settings>>,
    pub(crate) journal: Journal,
    pub(crate) registry: Arc<Registry>,
    pub(crate) throttle: Throttle,
    pub(crate) keys: KeyCache,
    pub(crate) catalogues: Arc<Catalogues>,
    /// What everything is judged by.
    pub(crate) rules: Arc<RulesNow>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) mock_secret: [u8; 32],
    /// What covers are made with.
    pub(crate) kit: Arc<Kit>,
    /// Look-ups of what is masked.
    pub(crate) budget: Arc<Budget>,
    refusals: Refusals,
    stopping: AtomicBool,
    open: AtomicBool,
    /// Sessions that the process' descriptors suffice for.
    descriptors: usize,
}

/// Where new settings come from, for the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The gate's start.
    Start,
    /// SIGHUP.
    Sighup,
    /// The file changed.
    File,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("sessions", &self.registry.len()).finish_non_exhaustive()
    }
}

impl By {
    fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Sighup => "sighup",
            Self::File => "file",
        }
    }
}

/// 32 bytes each, from which nothing can be told about the other.
pub struct Secrets {
    /// With these, unknown principals look like known ones.
    pub mock: [u8; 32],
    /// With these, tokens are made that stand for masked values.
    pub mask: [u8; 32],
}

impl Gate {
    /// A gate with these settings, recording into `journal`. The configuration it starts with is recorded.
    ///
    /// `secrets` stay the same as long as possible; `memory` keeps what is found out about columns.
    ///
    /// # Errors
    /// When the ledger does not take the first entry.
    pub fn new(
        settings: Settings,
        journal: Journal,
        secrets: Secrets,
        memory: Memory,
    ) -> Result<Arc<Self>, journal::Unavailable> {
        let Secrets { mock: mock_secret, mask } = secrets;
        let rules = RulesNow::new(Arc::clone(&settings.rules));
        let gate = Arc::new(Self {
            catalogues: Arc::new(Catalogues::new(Arc::new(memory))),
            rules,
            settings: RwLock::new(Arc::new(settings)),
            journal,
            registry: Arc::default(),
            throttle: Throttle::default(),
            keys: KeyCache::default(),
            metrics: Arc::new(Metrics::new()),
            mock_secret,
            kit: Arc::new(Kit::new(Key::new(mask), Scanner::new())),
            budget: Arc::default(),
            refusals: Refusals::default(),
            stopping: AtomicBool::new(false),
            open: AtomicBool::new(false),
            descriptors: descriptors::sessions_max(),
        });
        let settings = gate.settings();
        if gate.descriptors < settings.limits.sessions_max {
            tracing::warn!(
                sessions_max = settings.limits.sessions_max,
                possible = gate.descriptors,
                "the limit of open files allows fewer sessions than `sessions_max`; raise it (`ulimit -n`, `LimitNOFILE`)"
            );
        }
        let hash = hex(&settings.hash);
        gate.journal.append(
            &ConfigChanged {
                at: clock::now(),
                hash: &hash,
                before: None,
                by: By::Start.as_str(),
                changes: &[],
            },
            Durability::Relaxed,
        )?;
        gate.record_rules(&settings, 1, By::Start)?;
        Ok(gate)
    }

    /// Records that a rule set came into force, or that one did not check and refuses everything.
    fn record_rules(&self, settings: &Settings, version: u64, by: By) -> Result<(), journal::Unavailable> {
        let files: Vec<String> = settings.policy_sources.iter().map(|source| source.name.clone()).collect();
        let problems: Vec<String> = settings.rules.problems().iter().map(ToString::to_string).collect();
        let (at, policy, by) = (clock::now(), settings.rules.hash(), by.as_str());
        let appended = if problems.is_empty() {
            let loaded = PolicyLoaded { at, policy, policy_version: version, by, files: &files };
            self.journal.append(&loaded, Durability::Relaxed)?
        } else {
            let refused =
                PolicyRefused { at, policy, policy_version: version, by, files: &files, problems: &problems };
            self.journal.append(&refused, Durability::Relaxed)?
        };
        tracing::info!(entry = appended.index, version, ok = problems.is_empty(), "rules in force");
        Ok(())
    }

    /// The metrics.
    #[must_use]
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    /// The settings in force.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How many sessions there may be.
    pub(crate) fn sessions_max(&self, limits: &Limits) -> usize {
        limits.sessions_max.min(self.descriptors)
    }

    /// Whether the gate takes new sessions, or why not.
    ///
    /// # Errors
    /// One plain sentence.
    pub fn ready(&self) -> Result<(), String> {
        if self.stopping.load(Ordering::Acquire) {
            return Err("the gate is stopping".to_owned());
        }
        if !self.open.load(Ordering::Acquire) {
            return Err("the listeners are not open yet".to_owned());
        }
        match self.journal.health() {
            Health::Ok => Ok(()),
            Health::Failing { message, .. } => Err(format!("the ledger cannot be written: {message}")),
            Health::Closed => Err("the ledger is closed".to_owned()),
        }
    }

    /// Puts new settings in force. Listeners and the admin address stay as they are until a restart; whatever
    /// else changed counts from now on, and sessions that may no longer be are ended.
    ///
    /// Returns what changed, one line each; empty when nothing did.
    pub fn reload(&self, new: Settings, by: By) -> Vec<String> {
        let new = Arc::new(new);
        let old = {
            let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *settings, Arc::clone(&new))
        };
        if old.rules.hash() != new.rules.hash() {
            // From here on every session asks the new set; what it said before is not remembered.
            let version = self.rules.load(Arc::clone(&new.rules));
            if let Err(error) = self.record_rules(&new, version, by) {
                tracing::error!(%error, "new rules could not be recorded");
            }
        }
        if old.hash == new.hash {
            return Vec::new();
        }
        let changed = changes(&old, &new);
        self.record_changes(&old, &new, &changed, by);
        for handle in self.registry.all() {
            self.check_one(&handle);
        }
        for (name, target) in &new.targets {
            let before = old.targets.get(name).map(|target| &target.corrections);
            if before.is_some_and(|before| *before != target.corrections) {
                self.catalogues.renew(target);
            }
        }
        self.metrics.reloads.inc();
        changed.iter().map(ToString::to_string).collect()
    }

    /// Counts a configuration that was not put in force.
    pub fn reload_failed(&self) {
        self.metrics.reload_failures.inc();
    }

    fn record_changes(&self, old: &Settings, new: &Settings, changed: &[Change], by: By) {
        let now = clock::now();
        let (before, hash) = (hex(&old.hash), hex(&new.hash));
        let lines: Vec<String> = changed.iter().map(ToString::to_string).collect();
        let config =
            ConfigChanged { at: now, hash: &hash, before: Some(&before), by: by.as_str(), changes: &lines };
        let mut failed = self.journal.append(&config, Durability::Relaxed).err();
        for change in changed {
            let appended = match change {
                Change::Principal { name, what } => {
                    let entry = PrincipalChanged { at: now, name, change: what, by: by.as_str() };
                    self.journal.append(&entry, Durability::Relaxed)
                }
                Change::Token { id, principal, what } => {
                    let entry = TokenChanged { at: now, name: id, principal, change: what, by: by.as_str() };
                    self.journal.append(&entry, Durability::Relaxed)
                }
                Change::Other(_) => continue,
            };
            failed = failed.or(appended.err());
        }
        if let Some(error) = failed {
            tracing::error!(%error, "a change of configuration could not be recorded");
        }
    }

    /// Ends a session that the settings in force no longer allow.
    pub(crate) fn check_one(&self, handle: &Handle) {
        let settings = self.settings();
        let allowed = settings.accounts.get(&handle.principal.name).is_some_and(|account| {
            let credential = match &handle.token {
                Some(id) => {
                    let token = account.tokens.iter().find(|t| t.id == *id && t.hash == handle.credential);
                    // Its end may be another than when the session began; the sweep holds it to that.
                    token.map(|token| handle.set_expires(token.expires)).is_some()
                }
                None => account.scram.as_ref().is_some_and(|scram| digest_of(scram) == handle.credential),
            };
            credential
                && account.targets.contains(&handle.target)
                && *account.principal == *handle.principal
                && settings.targets.contains_key(&handle.target)
        });
        if !allowed {
            handle.end(End::Revoked);
        }
    }

    pub(crate) fn refused(&self, one: RefusedOne) {
        self.metrics.session_refused(one.reason);
        tracing::info!(address = %one.address, reason = one.reason, code = %one.code, "a connection was refused");
        self.refusals.note(&self.journal, one, clock::now());
    }

    /// Serves until `stop` says so, then drains: no new connections, sessions end at their next boundary, or at
    /// the deadline.
    ///
    /// # Errors
    /// When the system gives no threads for sessions.
    pub async fn serve(
        self: Arc<Self>,
        bound: Vec<Bound>,
        mut stop: watch::Receiver<bool>,
    ) -> std::io::Result<()> {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (workers, ends) = Workers::start(cores)?;
        let workers = Arc::new(workers);
        let mut tasks = JoinSet::new();
        // Sessions that drain still need catalogues.
        let (drained, until_drained) = watch::channel(false);
        let mut catalogues = JoinSet::new();
        catalogues.spawn(Arc::clone(&self.catalogues).serve(until_drained));
        for bound in bound {
            tasks.spawn(listen::serve(Arc::clone(&self), bound, Arc::clone(&workers), stop.clone()));
        }
        // From here on only the listeners hold the workers: when they stop listening, each ends with its sessions.
        drop(workers);
        for ended in ends {
            tasks.spawn(async move {
                let _ = ended.await;
            });
        }
        self.open.store(true, Ordering::Release);
        let mut tick = tokio::time::interval(SWEEP);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while !*stop.borrow() {
            tokio::select! {
                _ = tick.tick() => self.sweep(clock::now()),
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        self.stopping.store(true, Ordering::Release);
        self.drain(&mut tasks, &mut tick).await;
        let _ = drained.send(true);
        while catalogues.join_next().await.is_some() {}
        self.refusals.sweep(&self.journal, clock::now(), true);
        Ok(())
    }

    async fn drain(&self, tasks: &mut JoinSet<()>, tick: &mut tokio::time::Interval) {
        let timeout = self.settings().limits.drain_timeout;
        tracing::info!(
            sessions = self.registry.len(),
            ?timeout,
            "stopping: sessions end at their next boundary"
        );
        let deadline = tokio::time::sleep(timeout);
        tokio::pin!(deadline);
        let mut end = End::Drain;
        self.registry.end_all(end);
        loop {
            tokio::select! {
                ended = tasks.join_next() => if ended.is_none() { return },
                _ = tick.tick() => self.registry.end_all(end),
                () = &mut deadline, if end == End::Drain => {
                    end = End::Stop;
                    tracing::warn!(sessions = self.registry.len(), "the deadline is over: ending all sessions");
                    self.registry.end_all(end);
                }
            }
        }
    }

    fn sweep(&self, now: Timestamp) {
        let idle = self
            .settings()
            .limits
            .idle_timeout
            .map(|limit| u64::try_from(limit.as_micros()).unwrap_or(u64::MAX));
        for handle in self.registry.all() {
            if handle.is_expired(now) {
                handle.end(End::Expired);
            } else if idle.is_some_and(|limit| now.since(handle.last_active()) > limit) {
                handle.end(End::Idle);
            }
        }
        self.refusals.sweep(&self.journal, now, false);
        let ok = matches!(self.journal.health(), Health::Ok);
        self.metrics.ledger(self.journal.size(), self.journal.durable_size(), ok);
    }
}
