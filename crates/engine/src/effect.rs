//! What a completed command does to its session, as far as names and texts are read by it.

use std::sync::Arc;

use model::facts::{ObjectKind, Verb};
use sql::{Analyzed, Effect, Lost, Made, MadeState};

use crate::follow::moves;
use crate::names::Found;
use crate::reading::Reading;
use crate::session::Session;
use crate::text::Hold;

/// Whether the effects of a statement say all of what it defines: a table or sequence that stands alone, or that
/// something is gone.
fn tells_all(run: &Analyzed) -> bool {
    let made = run.effects.iter().find_map(|effect| match effect {
        Effect::Object(made) => Some(made),
        _ => None,
    });
    let quiet = run.facts.calls.is_empty();
    match made.map(|made| (&made.state, made.kind)) {
        // Tables that it inherits from or refers to are noted as changed.
        Some((MadeState::Present(_), ObjectKind::Table | ObjectKind::Sequence)) => quiet,
        Some((MadeState::Gone, _)) => quiet && run.facts.accesses.len() <= 1,
        _ => false,
    }
}

/// Prepared statements that execute each other are followed so deep.
const NESTED_MAX: usize = 8;

impl Session {
    /// A command is complete: what it does to the session has happened. `at`: its place in a text.
    pub(crate) fn follow_effects(
        &mut self,
        reading: &Reading,
        statement: Option<usize>,
        at: usize,
        tag: &[u8],
    ) {
        let run = match statement {
            Some(number) => reading.statement(number),
            None => reading.analysis.statements.get(at),
        };
        let Some(run) = run else { return };
        let rolled_back = tag == b"ROLLBACK";
        let whole = run.facts.command == "EXECUTE";
        self.note_others(run);
        self.follow.tell(tells_all(run));
        for effect in &run.effects {
            match effect {
                // What its rows will do happens when they are fetched.
                Effect::Path { .. } if tag == b"DECLARE CURSOR" => {
                    self.follow.confirm(&Effect::Lost(Lost::Path), false);
                }
                Effect::Execute(name) => self.executed(name, whole, rolled_back, 0),
                Effect::Fetch(name) => self.fetched(name),
                effect => {
                    match effect {
                        Effect::Commit { .. } => {
                            self.settle_held(!rolled_back);
                            self.settle();
                        }
                        Effect::Rollback { .. } | Effect::Detach => {
                            self.settle_held(false);
                            self.settle();
                        }
                        Effect::RollbackTo(_) => self.settle_held(false),
                        _ => {}
                    }
                    self.follow.confirm(effect, rolled_back);
                }
            }
        }
        if tag == b"DISCARD ALL" {
            self.portals.forget_confirmed();
            // The server commits it at once, also in a pipeline that fails afterwards.
            self.follow.ready(true, false);
        }
    }

    /// Cursors that were to outlive their transaction do, or are gone with it. A part of a transaction that was taken back
    /// counts as the whole: which of them it made is not known.
    pub(crate) fn settle_held(&mut self, committed: bool) {
        self.portals.retain_named(|portal| match portal.hold {
            Hold::Asked if committed => {
                portal.hold = Hold::Kept;
                true
            }
            Hold::Asked => false,
            Hold::No | Hold::Kept => true,
        });
    }

    /// A new table changes what writing to those that it inherits from or refers to leads to.
    fn note_others(&mut self, run: &Analyzed) {
        if run.facts.command != "CREATE TABLE" {
            return;
        }
        let others = run.facts.accesses.iter().filter(|access| access.verb != Verb::Create);
        for object in others.map(|access| &access.object).filter(|object| !object.is_temporary()) {
            let made = Made {
                schema: Arc::clone(&object.schema),
                name: Arc::clone(&object.name),
                kind: object.kind,
                state: MadeState::Changed,
                until_commit: false,
            };
            self.follow.confirm(&Effect::Object(made), false);
        }
    }

    /// A prepared statement was executed by its name. `whole`: by an EXECUTE and nothing else around it, which may
    /// have run all of it or, as EXPLAIN does, nothing.
    fn executed(&mut self, name: &str, whole: bool, rolled_back: bool, depth: usize) {
        let Found::Certain(Some(prepared)) = self.statements.find(self.segment, name.as_bytes()) else {
            return self.follow.confirm(&Effect::Lost(Lost::Hidden), false);
        };
        // Names that it makes or forgets are made by no text that the client sent now.
        if !prepared.text.changes.is_empty() || depth >= NESTED_MAX {
            return self.follow.confirm(&Effect::Lost(Lost::Hidden), false);
        }
        for effect in prepared.effects() {
            match effect {
                Effect::Execute(name) => self.executed(name, whole, rolled_back, depth.saturating_add(1)),
                Effect::Fetch(name) => self.fetched(name),
                effect if whole => self.follow.confirm(effect, rolled_back),
                effect if moves(effect, true) => self.follow.confirm(&Effect::Lost(Lost::Path), false),
                _ => {}
            }
        }
    }

    /// Rows were fetched: what making them does to the session has happened, or some of it.
    fn fetched(&mut self, name: &str) {
        let Found::Certain(Some(portal)) = self.portals.find(self.segment, name.as_bytes()) else { return };
        let moved = portal.prepared.is_some_and(|run| run.effects().iter().any(|effect| moves(effect, true)));
        if moved {
            self.follow.confirm(&Effect::Lost(Lost::Path), false);
        }
    }
}
