//! What a completed command does to its session, as far as names and texts are read by it.

use sql::{Effect, Lost};

use crate::names::Found;
use crate::reading::Reading;
use crate::session::Session;

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
        for effect in &run.effects {
            match effect {
                // What its rows will do happens when they are fetched.
                Effect::Path { .. } if tag == b"DECLARE CURSOR" => {
                    self.follow.confirm(&Effect::Lost(Lost::Path), false);
                }
                Effect::Execute(name) => {
                    let Found::Certain(Some(prepared)) = self.statements.find(self.segment, name.as_bytes())
                    else {
                        continue;
                    };
                    for effect in prepared.effects() {
                        self.follow.confirm(effect, rolled_back);
                    }
                }
                effect => self.follow.confirm(effect, rolled_back),
            }
        }
    }
}
