//! Recorded sessions, replayed so far that names resolve as they did: search paths and temporary objects, through
//! transactions and savepoints. The gate follows live sessions by what the server confirms; here the recorded
//! outcomes say what was confirmed, so an effect counts when its statement ended well.

use std::sync::Arc;

use sql::{Effect, View};

/// A session's view, and those to go back to.
#[derive(Clone, Debug, Default)]
pub(super) struct Follow {
    now: Frame,
    /// As it was when the transaction began, if one is open.
    base: Option<Frame>,
    savepoints: Vec<(Arc<str>, Frame)>,
}

#[derive(Clone, Debug, Default)]
struct Frame {
    view: View,
    /// The search path that stays when the transaction commits: `SET LOCAL` does not touch it.
    path: Option<Arc<[Arc<str>]>>,
}

impl Follow {
    /// The view before the next statement.
    pub(super) fn view(&self) -> &View {
        &self.now.view
    }

    /// A statement with these effects ended well.
    pub(super) fn apply<'a>(&mut self, effects: impl Iterator<Item = &'a Effect>) {
        for effect in effects {
            match effect {
                Effect::Begin => self.base = self.base.take().or_else(|| Some(self.now.clone())),
                Effect::Commit { chain } => {
                    self.now.view.path.clone_from(&self.now.path);
                    self.end(*chain);
                }
                Effect::Rollback { chain } => {
                    if let Some(base) = &self.base {
                        self.now = base.clone();
                    }
                    self.end(*chain);
                }
                Effect::Savepoint(name) => self.savepoints.push((Arc::clone(name), self.now.clone())),
                Effect::Release(name) => {
                    if let Some(at) = self.savepoint(name) {
                        self.savepoints.truncate(at);
                    }
                }
                Effect::RollbackTo(name) => {
                    if let Some(at) = self.savepoint(name) {
                        self.savepoints.truncate(at.saturating_add(1));
                        if let Some((_, frame)) = self.savepoints.get(at) {
                            self.now = frame.clone();
                        }
                    }
                }
                Effect::Path { local, .. } => {
                    self.now.view.apply(effect);
                    // Outside of a transaction SET LOCAL changes nothing.
                    if *local && self.base.is_none() {
                        self.now.view.path.clone_from(&self.now.path);
                    } else if !local {
                        self.now.path.clone_from(&self.now.view.path);
                    }
                }
                other => self.now.view.apply(other),
            }
        }
    }

    fn savepoint(&self, name: &str) -> Option<usize> {
        self.savepoints.iter().rposition(|(other, _)| &**other == name)
    }

    fn end(&mut self, chain: bool) {
        self.savepoints.clear();
        self.base = chain.then(|| self.now.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(schema: &str) -> Effect {
        Effect::Path { path: Some([Arc::from(schema)].into()), local: false }
    }

    fn followed(effects: &[Effect]) -> Option<String> {
        let mut follow = Follow::default();
        follow.apply(effects.iter());
        follow.view().path.as_ref().map(|path| path.join(","))
    }

    #[test]
    fn what_is_rolled_back_did_not_happen() {
        let back = || Effect::Rollback { chain: false };
        assert_eq!(followed(&[path("a"), Effect::Begin, path("b"), back()]), Some("a".into()));
        assert_eq!(
            followed(&[Effect::Begin, path("b"), Effect::Commit { chain: false }, back()]),
            Some("b".into())
        );
        let save = |name: &str| Effect::Savepoint(name.into());
        let to = |name: &str| Effect::RollbackTo(name.into());
        assert_eq!(
            followed(&[Effect::Begin, path("a"), save("s"), path("b"), save("s"), path("c"), to("s")]),
            Some("b".into())
        );
        let chained = [Effect::Begin, path("a"), Effect::Commit { chain: true }, path("b"), back()];
        assert_eq!(followed(&chained), Some("a".into()));
        let local = || Effect::Path { path: Some([Arc::from("l")].into()), local: true };
        let commit = || Effect::Commit { chain: false };
        assert_eq!(followed(&[path("a"), local()]), Some("a".into()), "no transaction is open");
        assert_eq!(followed(&[path("a"), Effect::Begin, local()]), Some("l".into()));
        assert_eq!(followed(&[path("a"), Effect::Begin, local(), commit()]), Some("a".into()));
    }
}
