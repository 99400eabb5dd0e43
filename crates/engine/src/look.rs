//! Looking up what names stand for, before a statement that uses them is judged.

use std::sync::Arc;

use sql::View;

use crate::expect::Expect;
use crate::follow::Change;
use crate::names::{Found, stored};
use crate::session::Session;
use crate::text::{Hold, Prepared, Text};

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Look {
    /// That depends on answers of the server that are still to come: ask again after the next.
    Wait,
    /// Nothing that the gate saw being made.
    Unknown,
    /// A statement of a text.
    Known {
        /// The text.
        text: Text,
        /// Which of its statements, from 0.
        statement: usize,
        /// Its parameters' types, as far as they were told.
        types: Arc<[u32]>,
        /// How its names were read when its plan was made; `None`: they are read when it runs.
        view: Option<Arc<View>>,
        /// It outlived its transaction: its rows are what the text meant then, and nothing keeps its tables as they were.
        held: bool,
    },
}

impl Session {
    /// How names and texts are read from here on. `None`: that depends on answers that are still to come.
    #[must_use]
    pub fn view(&self) -> Option<&Arc<View>> {
        if self.moving > 0 {
            return None;
        }
        // Past a Sync an error of the segment before may take back what its transaction has changed.
        let cycle_ends = |expect: &Expect| {
            matches!(expect, Expect::Sync | Expect::Query(_) | Expect::Refused { cycle: true, .. })
        };
        if self.follow.is_dirty() && self.expected.iter().any(cycle_ends) {
            return None;
        }
        Some(self.follow.view())
    }

    /// Whether this session has committed objects that the catalogue may not show yet, and no transaction is open
    /// that could still take something back.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        self.follow.is_ahead() && self.at_boundary()
    }

    /// The catalogue was read again after what this session committed last.
    pub fn caught_up(&mut self) {
        self.follow.caught_up();
    }

    /// Whether definitions were changed and committed since the last call: `Some(true)` when only a catalogue that is
    /// read from now on can tell how, `Some(false)` when the session's view says it meanwhile.
    pub fn take_changed(&mut self) -> Option<bool> {
        self.follow.take_changed().map(|change| change == Change::Unseen)
    }

    /// What a portal or cursor runs.
    #[must_use]
    pub fn portal(&self, name: &[u8]) -> Look {
        let Some(name) = self.certain(name) else { return Look::Wait };
        match self.portals.find(self.segment, name) {
            Found::Wait => Look::Wait,
            Found::Certain(None) => Look::Unknown,
            Found::Certain(Some(portal)) => {
                known(portal.prepared, Some(portal.view), portal.hold == Hold::Kept)
            }
        }
    }

    /// What a prepared statement is.
    #[must_use]
    pub fn prepared(&self, name: &[u8]) -> Look {
        let Some(name) = self.certain(name) else { return Look::Wait };
        match self.statements.find(self.segment, name) {
            Found::Wait => Look::Wait,
            Found::Certain(prepared) => known(prepared, None, false),
        }
    }

    /// The name as the server keeps it, when nothing in flight may change what it stands for. A name that cannot be
    /// told stands for nothing; whoever uses it is refused for that.
    fn certain<'a>(&self, name: &'a [u8]) -> Option<&'a [u8]> {
        (self.changing == 0).then(|| stored(name).unwrap_or(b"\0"))
    }
}

fn known(prepared: Option<Arc<Prepared>>, view: Option<Arc<View>>, held: bool) -> Look {
    match prepared {
        None => Look::Unknown,
        Some(prepared) => Look::Known {
            text: prepared.text.clone(),
            statement: prepared.statement,
            types: Arc::clone(&prepared.types),
            view,
            held,
        },
    }
}
