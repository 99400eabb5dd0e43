//! A session as name resolution sees it: the search path and the objects that only this session can see so far.
//! Analysis reads a [`View`]; the kernel keeps it true by applying the [`Effect`]s of statements that the server
//! has confirmed, and by going back to an earlier view when a transaction or savepoint is rolled back.

use std::sync::Arc;

use model::facts::ObjectKind;

/// What name resolution needs to know of a session. Equal views resolve equally, so a view is part of the key
/// under which an analysis is remembered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// The schemas of `search_path`, in order, unquoted, `$user` still in place; without the implicit ones.
    /// `None`: the default of the gate's role, which the catalogue knows.
    pub path: Option<Arc<[Arc<str>]>>,
    /// The path that the session began with, and that RESET goes back to; `None` as above.
    pub start: Option<Arc<[Arc<str>]>>,
    /// The objects that this session made and the catalogue cannot show yet, or never can (temporary ones).
    /// A later one hides an earlier one of the same schema and name.
    pub made: Arc<[Made]>,
    /// Why texts or names can no longer be understood; every analysis is `opaque` then.
    pub lost: Option<Lost>,
}

/// An object that a session made, changed or dropped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Made {
    /// `pg_temp` or the schema's name.
    pub schema: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub kind: ObjectKind,
    /// What became of it.
    pub state: MadeState,
    /// `ON COMMIT DROP`: it is gone with its transaction.
    pub until_commit: bool,
}

impl Made {
    /// What no name leads to was made or changed, and no catalogue says yet what it runs: [`CASTS`], [`EVENTS`], or the
    /// policies of a relation by its full name.
    pub(crate) fn unseen(name: &str) -> Self {
        let state = MadeState::Changed;
        Self { schema: "".into(), name: name.into(), kind: ObjectKind::Other, state, until_commit: false }
    }

    /// Whether it is one of those, and which.
    pub(crate) fn is_unseen(&self) -> Option<&str> {
        (self.schema.is_empty() && self.kind == ObjectKind::Other).then_some(&*self.name)
    }
}

/// Casts and operator classes: any value may go through them.
pub(crate) const CASTS: &str = "cast";
/// Event triggers.
pub(crate) const EVENTS: &str = "event trigger";

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MadeState {
    /// Made, with these columns where they are known; `None` = it may have any column.
    Present(Option<Arc<[Arc<str>]>>),
    /// Changed so that the catalogue's columns are not to be relied on: it may have any column.
    Changed,
    /// Dropped or renamed away.
    Gone,
}

/// Why a session cannot be followed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lost {
    /// `standard_conforming_strings` or `client_encoding` was changed: gate and server read texts differently.
    Reading,
    /// The role was changed, so that names and rights are another's.
    Identity,
    /// A search path was set from something that only the server knows.
    Path,
    /// A DO block or a body that could not be looked into ran: it may have made or hidden temporary objects.
    Hidden,
}

/// What a statement does to its session, once the server has confirmed it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// `SET [LOCAL] search_path`, `set_config('search_path', …)`; `None` = back to the default.
    Path {
        /// The new path.
        path: Option<Arc<[Arc<str>]>>,
        /// Until the end of the transaction only.
        local: bool,
    },
    /// An object was made, changed or dropped.
    Object(Made),
    /// All temporary objects are gone (DISCARD TEMP, DISCARD ALL).
    DiscardTemp,
    /// The session cannot be followed from here on.
    Lost(Lost),
    /// BEGIN, START TRANSACTION.
    Begin,
    /// COMMIT, END; `chain`: a new transaction begins at once.
    Commit {
        /// AND CHAIN.
        chain: bool,
    },
    /// ROLLBACK, ABORT.
    Rollback {
        /// AND CHAIN.
        chain: bool,
    },
    /// SAVEPOINT name.
    Savepoint(Arc<str>),
    /// RELEASE name.
    Release(Arc<str>),
    /// ROLLBACK TO name.
    RollbackTo(Arc<str>),
    /// PREPARE TRANSACTION: the transaction leaves the session.
    Detach,
    /// The definition of something that the catalogue holds changed: it has to be read again once this is
    /// committed.
    Definition,
    /// `EXECUTE name`: what it does are the facts of the prepared statement.
    Execute(Arc<str>),
    /// `FETCH`/`MOVE` from a cursor.
    Fetch(Arc<str>),
}

impl View {
    /// In which names mean what they say: as the server prints definitions under an empty path.
    #[must_use]
    pub fn printed() -> Self {
        Self { path: Some(Arc::default()), ..Self::default() }
    }

    /// The view after a confirmed effect. Transactions are the kernel's: it keeps earlier views.
    pub fn apply(&mut self, effect: &Effect) {
        match effect {
            Effect::Path { path, .. } => self.path = path.clone().or_else(|| self.start.clone()),
            Effect::Object(made) => {
                let mut all: Vec<Made> = self.made.to_vec();
                all.retain(|old| old.schema != made.schema || old.name != made.name || is_routine(old.kind));
                // A temporary object that is gone leaves nothing behind: nobody else can see or make it.
                if !(made.state == MadeState::Gone && &*made.schema == "pg_temp") {
                    all.push(made.clone());
                }
                self.made = all.into();
            }
            Effect::DiscardTemp => {
                if self.made.iter().any(|made| &*made.schema == "pg_temp") {
                    self.made = self.made.iter().filter(|made| &*made.schema != "pg_temp").cloned().collect();
                }
            }
            Effect::Lost(lost) => self.lost = self.lost.or(Some(*lost)),
            Effect::Begin
            | Effect::Commit { .. }
            | Effect::Rollback { .. }
            | Effect::Savepoint(_)
            | Effect::Release(_)
            | Effect::RollbackTo(_)
            | Effect::Detach
            | Effect::Definition
            | Effect::Execute(_)
            | Effect::Fetch(_) => {}
        }
    }

    /// What the session did to an object of this name, if anything.
    #[must_use]
    pub fn find(&self, schema: &str, name: &str) -> Option<&Made> {
        self.made.iter().rev().find(|made| &*made.schema == schema && &*made.name == name)
    }
}

/// Functions are told apart by their arguments as well, so one of the same name does not replace another.
fn is_routine(kind: ObjectKind) -> bool {
    kind == ObjectKind::Function
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reset_goes_back_to_what_the_session_began_with() {
        let start: Option<Arc<[Arc<str>]>> = Some([Arc::from("a")].into());
        let mut view = View { path: start.clone(), start: start.clone(), ..View::default() };
        view.apply(&Effect::Path { path: Some([Arc::from("b")].into()), local: false });
        assert_ne!(view.path, start);
        view.apply(&Effect::Path { path: None, local: false });
        assert_eq!(view.path, start);
    }

    fn temp(name: &str, state: MadeState) -> Effect {
        Effect::Object(Made {
            schema: "pg_temp".into(),
            name: name.into(),
            kind: ObjectKind::Table,
            state,
            until_commit: false,
        })
    }

    #[test]
    fn a_temporary_table_is_there_until_it_is_dropped() {
        let mut view = View::default();
        view.apply(&temp("l", MadeState::Present(None)));
        assert!(view.find("pg_temp", "l").is_some());
        view.apply(&temp("l", MadeState::Gone));
        assert_eq!(view, View::default());
    }

    #[test]
    fn what_was_lost_first_is_the_reason() {
        let mut view = View::default();
        view.apply(&Effect::Lost(Lost::Reading));
        view.apply(&Effect::Lost(Lost::Hidden));
        assert_eq!(view.lost, Some(Lost::Reading));
    }
}
