//! A session's view, kept true: effects count when the server has confirmed them, and are undone with the
//! transaction or savepoint that held them. It never guesses: what may have happened unseen is `Lost` in the view.

use std::sync::Arc;

use sql::catalogue::split_path;
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

    /// The server is ready. `idle`: whatever transaction there was is over, rolled back if it `failed`.
    pub(crate) fn ready(&mut self, idle: bool, failed: bool) {
        match (idle, failed) {
            (true, true) => self.roll_back(),
            (true, false) => self.commit(),
            (false, _) => {}
        }
        // PostgreSQL 18 reports the path. Should it be another than was followed, a way to set it was missed.
        if let Some(reported) = self.reported.take()
            && self.now.view.path.as_ref().is_some_and(|path| **path != *reported)
        {
            self.lose(Lost::Path);
        }
    }

    /// The server reported a setting. What it reports is the truth, whoever set it and however.
    pub(crate) fn report(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"standard_conforming_strings" if value != b"on" => self.lose(Lost::Reading),
            b"client_encoding" if value != b"UTF8" && value != b"SQL_ASCII" => self.lose(Lost::Reading),
            b"search_path" => self.reported = std::str::from_utf8(value).ok().and_then(split_path),
            _ => {}
        }
    }

    /// The session cannot be followed from here on, whatever is rolled back.
    fn lose(&mut self, lost: Lost) {
        self.change(&Effect::Lost(lost));
        let mut view = View::clone(&self.base.view);
        view.apply(&Effect::Lost(lost));
        self.base.view = Arc::new(view);
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
mod tests {
    use super::*;
    use model::facts::ObjectKind;
    use sql::{Made, MadeState};

    fn path(name: &str, local: bool) -> Effect {
        Effect::Path { path: Some([Arc::from(name)].into()), local }
    }

    fn temp(name: &str, until_commit: bool) -> Effect {
        Effect::Object(Made {
            schema: "pg_temp".into(),
            name: name.into(),
            kind: ObjectKind::Table,
            state: MadeState::Present(None),
            until_commit,
        })
    }

    fn first(follow: &Follow) -> Option<&str> {
        follow.view().path.as_ref().map(|path| &*path[0])
    }

    #[test]
    fn a_local_path_ends_with_its_transaction() {
        let mut follow = Follow::default();
        follow.confirm(&path("a", false), false);
        follow.ready(true, false);
        follow.confirm(&Effect::Begin, false);
        follow.confirm(&path("b", true), false);
        assert_eq!(first(&follow), Some("b"));
        follow.confirm(&Effect::Commit { chain: false }, false);
        assert_eq!(first(&follow), Some("a"));
        follow.confirm(&path("c", true), false);
        follow.ready(true, false);
        assert_eq!(first(&follow), Some("a"), "outside of a block it lasts for the statement");
    }

    #[test]
    fn what_is_rolled_back_never_was() {
        let mut follow = Follow::default();
        follow.confirm(&Effect::Begin, false);
        follow.confirm(&temp("customers", false), false);
        follow.confirm(&path("b", false), false);
        assert!(follow.view().find("pg_temp", "customers").is_some());
        follow.confirm(&Effect::Commit { chain: false }, true);
        assert_eq!(**follow.view(), View::default());
    }

    #[test]
    fn a_savepoint_brings_back_what_was_there() {
        let mut follow = Follow::default();
        follow.confirm(&temp("a", false), false);
        follow.confirm(&Effect::Savepoint("s".into()), false);
        follow.confirm(&temp("b", false), false);
        follow.confirm(&Effect::Savepoint("t".into()), false);
        follow.confirm(&Effect::RollbackTo("s".into()), false);
        assert!(follow.view().find("pg_temp", "a").is_some());
        assert!(follow.view().find("pg_temp", "b").is_none());
        follow.confirm(&temp("c", false), false);
        follow.confirm(&Effect::Release("s".into()), false);
        follow.confirm(&Effect::RollbackTo("s".into()), false);
        assert_eq!(follow.view().lost, Some(sql::Lost::Hidden), "there is no such savepoint any more");
    }

    #[test]
    fn a_table_that_lasts_until_commit_is_gone_after_it() {
        let mut follow = Follow::default();
        follow.confirm(&Effect::Begin, false);
        follow.confirm(&temp("customers", true), false);
        follow.confirm(&Effect::Commit { chain: false }, false);
        assert!(follow.view().find("pg_temp", "customers").is_none());
    }

    #[test]
    fn what_the_server_reports_is_the_truth() {
        let view = View { path: Some([Arc::from("$user"), Arc::from("public")].into()), ..View::default() };
        let mut follow = Follow::new(view.clone());
        follow.report(b"search_path", b"\"$user\", public");
        follow.ready(true, false);
        assert_eq!(**follow.view(), view);
        follow.confirm(&path("a", false), false);
        follow.report(b"search_path", b"a");
        follow.ready(true, false);
        assert_eq!(follow.view().lost, None);
        follow.report(b"search_path", b"b");
        follow.ready(false, false);
        assert_eq!(follow.view().lost, Some(Lost::Path));
        let mut follow = Follow::new(view);
        follow.report(b"standard_conforming_strings", b"off");
        follow.ready(true, true);
        assert_eq!(follow.view().lost, Some(Lost::Reading), "a rollback does not bring it back");
    }

    #[test]
    fn definitions_are_told_once_they_are_committed() {
        let mut follow = Follow::default();
        follow.confirm(&Effect::Definition, false);
        assert_eq!(follow.take_changed(), None);
        follow.ready(true, false);
        assert_eq!(follow.take_changed(), Some(Change::Unseen));
        assert_eq!(follow.take_changed(), None);
        follow.tell(true);
        follow.confirm(&Effect::Definition, false);
        follow.ready(true, false);
        assert_eq!(follow.take_changed(), Some(Change::Told));
        follow.confirm(&Effect::Definition, false);
        follow.ready(true, true);
        assert_eq!(follow.take_changed(), None);
    }
}
