//! What tables, views and functions each database has, kept fresh: read when the first session comes, when definitions
//! change, when a name is not found, and now and then. It loads; what names mean is `sql`'s, and what follows is policy's.
//!
//! A session holds its database's [`Watch`] and reads the newest snapshot there, without a task in between. Loads run in
//! [`Catalogues::serve`], at most one per database at a time, over connections of the gate's own.

mod line;
mod load;
#[cfg(test)]
mod tests;
mod watch;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::Name;
use tokio::sync::{Semaphore, mpsc, watch as channel};
use tokio::task::JoinSet;

use crate::label::Memory;
use crate::settings::Target;
use crate::upstream::KeyCache;
pub(crate) use load::Unavailable;
use load::{Kept, Systems, With};
use watch::Begun;
pub(crate) use watch::Watch;

/// Databases in use are read again after this long, for what was changed behind the gate's back.
const REFRESH: Duration = Duration::from_secs(60);
/// How often databases are looked over.
const TICK: Duration = Duration::from_secs(5);
/// A database that no session uses is forgotten after this long.
const FORGET: Duration = Duration::from_secs(600);
/// Databases of one target read at the same time: each takes a connection of its server and memory here. Targets do not
/// share it, so that servers that do not answer keep nobody else's sessions waiting.
const LOADS_MAX: usize = 4;

/// The catalogues of all databases that sessions use.
pub(crate) struct Catalogues {
    known: Mutex<Known>,
    wanted: mpsc::UnboundedSender<u64>,
    queue: Mutex<Option<mpsc::UnboundedReceiver<u64>>>,
    keys: KeyCache,
    systems: Systems,
    memory: Arc<Memory>,
    versions: AtomicU64,
}

#[derive(Default)]
struct Known {
    by_name: HashMap<(Name, String), Arc<Watch>>,
    by_id: HashMap<u64, Arc<Watch>>,
    /// Room for the loads of each target.
    rooms: HashMap<Name, Arc<Semaphore>>,
    last_id: u64,
}

impl Default for Catalogues {
    fn default() -> Self {
        Self::new(Arc::default())
    }
}

impl Catalogues {
    /// None is known yet; of their columns, what `memory` has.
    pub(crate) fn new(memory: Arc<Memory>) -> Self {
        let (wanted, queue) = mpsc::unbounded_channel();
        Self {
            known: Mutex::default(),
            wanted,
            queue: Mutex::new(Some(queue)),
            keys: KeyCache::default(),
            systems: Systems::default(),
            memory,
            versions: AtomicU64::new(0),
        }
    }

    /// A database's catalogue. Whoever asks first makes it known; it is read when somebody asks for that.
    pub(crate) fn of(&self, target: &Arc<Target>, database: &str) -> Arc<Watch> {
        let key = (target.name.clone(), database.to_owned());
        let mut known = self.lock();
        if let Some(watch) = known.by_name.get(&key) {
            watch.retarget(target);
            return Arc::clone(watch);
        }
        known.last_id = known.last_id.saturating_add(1);
        let id = known.last_id;
        let watch = Watch::new(id, Arc::clone(target), database.to_owned(), self.wanted.clone());
        let watch = Arc::new(watch);
        known.by_name.insert(key, Arc::clone(&watch));
        known.by_id.insert(id, Arc::clone(&watch));
        watch
    }

    /// The settings have another word on this target: what its databases hold is found out again at once, not only when the
    /// next session comes. Running sessions go by it then.
    pub(crate) fn renew(&self, target: &Arc<Target>) {
        let known = self.lock();
        for watch in
            known.by_name.iter().filter(|((name, _), _)| *name == target.name).map(|(_, watch)| watch)
        {
            watch.retarget(target);
        }
    }

    /// Loads what is asked for until `stop` says so; whoever still waits then hears that there is nothing to come.
    /// May run once.
    pub(crate) async fn serve(self: Arc<Self>, mut stop: channel::Receiver<bool>) {
        let Some(mut queue) = self.queue.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return;
        };
        let mut loads = JoinSet::new();
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while !*stop.borrow() {
            tokio::select! {
                Some(id) = queue.recv() => {
                    let watch = self.lock().by_id.get(&id).cloned();
                    if let Some(watch) = watch {
                        loads.spawn(Arc::clone(&self).load(watch));
                    }
                }
                Some(_) = loads.join_next() => {}
                _ = tick.tick() => self.look_over(),
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        let all: Vec<Arc<Watch>> = self.lock().by_id.values().cloned().collect();
        all.iter().for_each(|watch| watch.close());
        loads.shutdown().await;
        for watch in all {
            watch.line.close().await;
        }
    }

    /// Serves one call of a database for a load.
    async fn load(self: Arc<Self>, watch: Arc<Watch>) {
        let begun = loop {
            match watch.begin() {
                Err(until) => tokio::time::sleep_until(until.into()).await,
                Ok(None) => return,
                Ok(Some(begun)) => break begun,
            }
        };
        let room = self.room(&begun.target.name);
        let mut loading = Loading { watch: Arc::clone(&watch), begun, result: None };
        let Ok(permit) = room.acquire().await else { return };
        let next = || self.versions.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let Begun { target, before, follows, .. } = &loading.begun;
        let with = With { keys: &self.keys, systems: &self.systems, memory: &self.memory };
        let before = before.as_deref();
        let result = if *follows {
            load::load_again(target, (&watch.line, &watch.database), with, before, next).await
        } else {
            load::load(target, &watch.database, with, before, next).await.map(|kept| (kept, None))
        };
        if let Err(error) = &result {
            let database = &watch.database;
            tracing::warn!(target = %target.name, database, %error, "a catalogue could not be read");
        }
        let (result, held) = match result {
            Ok((kept, held)) => (Ok(kept), held),
            Err(error) => (Err(error), None),
        };
        loading.result = Some(result);
        drop(loading);
        drop(permit);
        if let Some(held) = held {
            watch.line.hold(held).await;
        }
    }

    fn room(&self, target: &Name) -> Arc<Semaphore> {
        let mut known = self.lock();
        let room = known.rooms.entry(target.clone());
        Arc::clone(room.or_insert_with(|| Arc::new(Semaphore::new(LOADS_MAX))))
    }

    /// Reads again what is in use, and forgets what is not.
    fn look_over(&self) {
        let mut known = self.lock();
        // The two maps hold one each.
        let is_used = |watch: &Arc<Watch>| Arc::strong_count(watch) > 2;
        let is_older = |watch: &Watch, than| watch.last().is_some_and(|last| last.elapsed() > than);
        for watch in known.by_id.values().filter(|watch| is_used(watch) && is_older(watch, REFRESH)) {
            watch.ask();
        }
        known.by_name.retain(|_, watch| is_used(watch) || !is_older(watch, FORGET));
        let Known { by_name, by_id, rooms, .. } = &mut *known;
        rooms.retain(|_, room| Arc::strong_count(room) > 1);
        by_id.retain(|id, _| by_name.values().any(|watch| watch.id() == *id));
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A load that tells its database how it ended, however it ends: a panic must not leave sessions waiting.
struct Loading {
    watch: Arc<Watch>,
    begun: Begun,
    result: Option<Result<Kept, Unavailable>>,
}

impl Drop for Loading {
    fn drop(&mut self) {
        let result = self.result.take().unwrap_or(Err(Unavailable::Closed));
        self.watch.end(&self.begun, result);
    }
}

impl std::fmt::Debug for Catalogues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogues").field("databases", &self.lock().by_id.len()).finish_non_exhaustive()
    }
}
