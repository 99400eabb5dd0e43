//! What the gate has to know of results before they come: their shape, and how a COPY is written. It asks for nothing that
//! the client has asked for already.

use std::sync::Arc;

use sql::CopyOut;

use crate::event::Kind;
use crate::expect::Expect;
use crate::members::Members;
use crate::names::{Found, stored};
use crate::session::Session;
use crate::shape::Slot;
use crate::step::Step;

impl Session {
    /// Whether values for this statement may be what a mask showed, so that they have to be looked at.
    #[must_use]
    pub fn writes_hidden(&self, statement: &[u8]) -> bool {
        match self.statements.find(self.segment, stored(statement).unwrap_or_default()) {
            Found::Certain(Some(prepared)) => prepared.writes,
            Found::Certain(None) | Found::Wait => false,
        }
    }

    /// The parameters of this statement whose members are to be counted, by number, from 1.
    #[must_use]
    pub fn lists(&self, statement: &[u8]) -> Box<[u16]> {
        match self.statements.find(self.segment, stored(statement).unwrap_or_default()) {
            Found::Certain(Some(prepared)) => prepared.lists.clone(),
            Found::Certain(None) | Found::Wait => Box::default(),
        }
    }

    /// What was counted of the values that a portal was bound with.
    #[must_use]
    pub fn members(&self, portal: &[u8]) -> Members {
        match self.portals.find(self.segment, stored(portal).unwrap_or_default()) {
            Found::Certain(Some(portal)) => portal.parameters.members,
            Found::Certain(None) | Found::Wait => Members::default(),
        }
    }

    /// Whether the RowDescription that may come next is needed with its fields.
    #[must_use]
    pub fn wants_shape(&self) -> bool {
        match self.expected.front() {
            Some(Expect::Describe { shape, .. }) => shape.is_some(),
            Some(Expect::Query(running)) => !running.shows.is_clear(),
            _ => false,
        }
    }

    /// How the data of the COPY that the server is about to send are written, when they have to be covered.
    #[must_use]
    pub fn copy_out(&self) -> Option<&CopyOut> {
        match self.expected.front()? {
            Expect::Query(running) | Expect::Execute(running) if !running.shows.is_clear() => {
                running.copy_out()
            }
            _ => None,
        }
    }

    /// The client asks for a statement's or portal's shape: noted where somebody may need it.
    pub(crate) fn describe(&mut self, kind: Kind, name: &[u8]) -> Step {
        let shape = stored(name).and_then(|name| match kind {
            Kind::Statement => match self.statements.find(self.segment, name) {
                Found::Certain(Some(prepared)) if prepared.hides => Some(Arc::clone(&prepared.shape)),
                _ => None,
            },
            Kind::Portal => match self.portals.find(self.segment, name) {
                Found::Certain(Some(portal)) if portal.hides() => Some(portal.shape),
                _ => None,
            },
        });
        self.carry(Expect::Describe { kind, shape, own: false })
    }

    /// Whether the last message asked for this very shape.
    pub(crate) fn asked_for(&self, shape: &Slot) -> bool {
        let asked = |expect: &Expect| matches!(expect, Expect::Describe { shape: Some(asked), .. } if Arc::ptr_eq(asked, shape));
        self.expected.back().is_some_and(asked)
    }
}
