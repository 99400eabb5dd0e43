//! A session's view, kept true: effects count when the server has confirmed them, and are undone with the
//! transaction or savepoint that held them. It never guesses: what may have happened unseen is `Lost` in the view.

use std::sync::Arc;

use sql::catalogue::split_path;
use sql::startup::is_read;
use sql::{Effect, Lost, View};

/// What a transaction may still take back.
#[derive(Clone, Debug, Default)]
struct Frame {
    view: Arc<View>,
    /// The search path that stays when the transaction commits: `SET LOCAL` does not touch it.
    path: Option<Arc<[Arc<str>]>>,
}

/// The view of a session through its transactions.
#[derive(Debug, Default)]
pub(crate) struct Follow {
    now: Frame,
    /// As it was when the transaction began.
    base: Frame,
    savepoints: Vec<(Arc<str>, Frame)>,
    /// A definition of the catalogue changed in the transaction that is open.
    changing: Option<Change>,
    /// A definition changed and was committed; nobody has been told yet.
    changed: Option<Change>,
    /// The object before says all of the definition that follows.
    told: bool,
    /// What the server reported of `search_path` in the cycle under way.
    reported: Option<Vec<Arc<str>>>,
}

/// How a definition changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// A table or sequence was made, or something dropped: the view says all that there is to know of it.
    Told,
    /// In any other way: only the catalogue can tell.
    Unseen,
}

/// Savepoints followed. A deeper nest keeps the oldest; going back to one that is not kept loses the session.
const SAVEPOINTS_MAX: usize = 1_000;

impl Follow {
    /// A session's view at its beginning.
    pub(crate) fn new(view: View) -> Self {
        let frame = Frame { path: view.path.clone(), view: Arc::new(view) };
        Self { now: frame.clone(), base: frame, ..Self::default() }
    }

    /// The view as far as the server has confirmed it.
    pub(crate) fn view(&self) -> &Arc<View> {
        &self.now.view
    }

    /// The server confirmed a statement with this effect. `rolled_back`: its tag says ROLLBACK, as that of a COMMIT
    /// does which came too late.
    pub(crate) fn confirm(&mut self, effect: &Effect, rolled_back: bool) {
        match effect {
            Effect::Begin | Effect::Execute(_) | Effect::Fetch(_) => {}
            Effect::Commit { .. } if rolled_back => self.roll_back(),
            Effect::Commit { .. } => self.commit(),
            Effect::Rollback { .. } | Effect::Detach => self.roll_back(),
            Effect::Savepoint(name) => {
                if self.savepoints.len() < SAVEPOINTS_MAX {
                    self.savepoints.push((Arc::clone(name), self.now.clone()));
                } else {
                    // From here on a name may stand for one that is not kept.
                    self.change(&Effect::Lost(Lost::Hidden));
                }
            }
            Effect::Release(name) => {
                if let Some(at) = self.find(name) {
                    self.savepoints.truncate(at);
                }
            }
            Effect::RollbackTo(name) => match self.find(name) {
                Some(at) => {
                    self.savepoints.truncate(at.saturating_add(1));
                    if let Some((_, frame)) = self.savepoints.get(at) {
                        self.now = frame.clone();
                    }
                }
                None => self.change(&Effect::Lost(Lost::Hidden)),
            },
            Effect::Definition => {
                let change = if std::mem::take(&mut self.told) { Change::Told } else { Change::Unseen };
                self.changing = self.changing.max(Some(change));
            }
            Effect::Path { path, local } => {
                self.change(effect);
                if !local {
                    self.now.path = path.clone().or_else(|| self.now.view.start.clone());
                }
            }
            Effect::Object(_) | Effect::DiscardTemp | Effect::Lost(_) => self.change(effect),
        }
    }

    /// An error ended the open block. The server has taken back what came after its innermost savepoint, or all of it,
    /// and says so now, not when the client rolls it back.
    pub(crate) fn abort(&mut self) {
        let lost = self.now.view.lost;
        self.now = self.savepoints.last().map_or(&self.base, |(_, frame)| frame).clone();
        // Which savepoint is the innermost may itself be what is not known.
        if let Some(lost) = lost {
            self.change(&Effect::Lost(lost));
        }
    }

    /// The server is ready. `idle`: whatever transaction there was is over, rolled back if it `failed`.
    pub(crate) fn ready(&mut self, idle: bool, failed: bool) {
        match (idle, failed) {
            (true, true) => self.roll_back(),
            (true, false) => self.commit(),
            (false, _) => {}
        }
        // PostgreSQL 18 reports the path. Should it be another than was followed, a way to set it was missed.
        if let Some(reported) = self.reported.take()
            && self.now.view.path.as_ref().is_some_and(|path| !is_same(path, &reported))
        {
            self.lose(Lost::Path);
        }
    }

    /// The server reported a setting. What it reports is the truth, whoever set it and however.
    pub(crate) fn report(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"standard_conforming_strings" if value != b"on" => self.lose(Lost::Reading),
            b"client_encoding" if !is_read(value) => self.lose(Lost::Reading),
            b"search_path" => self.reported = std::str::from_utf8(value).ok().and_then(split_path),
            _ => {}
        }
    }

    /// The session cannot be followed from here on, whatever is rolled back.
    fn lose(&mut self, lost: Lost) {
        let saved = self.savepoints.iter_mut().map(|(_, frame)| frame);
        for frame in saved.chain([&mut self.base, &mut self.now]) {
            let mut view = View::clone(&frame.view);
            view.apply(&Effect::Lost(lost));
            frame.view = Arc::new(view);
        }
    }

    /// The next object's effect says all of what its statement defines.
    pub(crate) fn tell(&mut self, all: bool) {
        self.told = all;
    }

    /// How a definition was changed and committed since the last call: the catalogue has to be read again.
    pub(crate) fn take_changed(&mut self) -> Option<Change> {
        self.changed.take()
    }

    /// The catalogue has what this session committed: only temporary objects stay the session's own.
    pub(crate) fn caught_up(&mut self) {
        let own = |made: &&sql::Made| &*made.schema == "pg_temp";
        if self.base.view.made.iter().all(|made| own(&made)) {
            return;
        }
        let mut view = View::clone(&self.now.view);
        view.made = view.made.iter().filter(own).cloned().collect();
        self.now.view = Arc::new(view);
        self.base = self.now.clone();
    }

    /// Whether the session has committed objects that the catalogue may not show yet.
    pub(crate) fn is_ahead(&self) -> bool {
        self.now.view.made.iter().any(|made| &*made.schema != "pg_temp")
    }

    /// Whether the open transaction holds something that its end may take back.
    pub(crate) fn is_dirty(&self) -> bool {
        !Arc::ptr_eq(&self.base.view, &self.now.view)
            || self.now.view.made.iter().any(|made| made.until_commit)
    }

    fn commit(&mut self) {
        self.changed = self.changed.max(self.changing.take());
        if self.now.view.path != self.now.path || self.now.view.made.iter().any(|made| made.until_commit) {
            let mut view = View::clone(&self.now.view);
            view.path.clone_from(&self.now.path);
            if view.made.iter().any(|made| made.until_commit) {
                view.made = view.made.iter().filter(|made| !made.until_commit).cloned().collect();
            }
            self.now.view = Arc::new(view);
        }
        self.savepoints.clear();
        if !Arc::ptr_eq(&self.base.view, &self.now.view) {
            self.base = self.now.clone();
        }
    }

    fn roll_back(&mut self) {
        self.changing = None;
        self.savepoints.clear();
        if !Arc::ptr_eq(&self.base.view, &self.now.view) {
            self.now = self.base.clone();
        }
    }

    fn change(&mut self, effect: &Effect) {
        let mut view = View::clone(&self.now.view);
        view.apply(effect);
        self.now.view = Arc::new(view);
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.savepoints.iter().rposition(|(saved, _)| &**saved == name)
    }
}

/// Whether two paths are one. A name without a letter finds nothing, and is not always kept.
fn is_same(one: &[Arc<str>], other: &[Arc<str>]) -> bool {
    let named = |name: &&Arc<str>| !name.is_empty();
    one.iter().filter(named).eq(other.iter().filter(named))
}

/// Whether an effect may change how names and texts are read; `dirty`: a transaction's end may, too.
pub(crate) fn moves(effect: &Effect, dirty: bool) -> bool {
    match effect {
        Effect::Path { .. }
        | Effect::Object(_)
        | Effect::DiscardTemp
        | Effect::Lost(_)
        | Effect::Definition
        | Effect::Execute(_)
        | Effect::Fetch(_)
        | Effect::RollbackTo(_) => true,
        Effect::Commit { .. } | Effect::Rollback { .. } | Effect::Detach => dirty,
        Effect::Begin | Effect::Savepoint(_) | Effect::Release(_) => false,
    }
}

#[cfg(test)]
mod tests;
