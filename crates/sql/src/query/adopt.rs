//! Literals and parameters of no type yet, beside a value of somebody's type: the server reads them into that type, or
//! into what it is made of, where both must be of one. It decides nothing about values that have a type.

use super::walk::Walk;
use crate::catalogue::Function;
use crate::function::{FIRST_OWN, input};
use crate::gather::Flow;

/// The server's types that stand for whatever is given: `anyarray`, `anyelement`, `anynonarray`, `anyenum`, `anyrange`,
/// `anymultirange`, and `anycompatible` with its kin.
const ANY: [u32; 11] = [2277, 2283, 2776, 3500, 3831, 4537, 4538, 5077, 5078, 5079, 5080];

/// The types of values that become one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside {
    /// The first that somebody made.
    made: u32,
    /// One has no type that is known.
    untyped: bool,
}

impl Beside {
    pub(super) fn see(&mut self, oid: u32) {
        self.untyped |= oid == 0;
        if self.made == 0 && oid >= FIRST_OWN {
            self.made = oid;
        }
    }

    pub(super) fn of(oids: impl IntoIterator<Item = u32>) -> Self {
        let mut beside = Self::default();
        oids.into_iter().for_each(|oid| beside.see(oid));
        beside
    }
}

impl Walk<'_, '_> {
    /// Values that are compared, or of which one is chosen: a domain stands for what it is over, but not one that an array,
    /// row or range is made of.
    pub(super) fn adopt(&mut self, flow: &mut Flow, beside: Beside) {
        if beside.untyped && beside.made != 0 && self.is_of_parts(beside.made) {
            flow.add(&input(beside.made, self.cx, self.gather));
        }
    }

    /// Arguments of a call.
    pub(super) fn adopt_arguments(
        &mut self,
        flow: &mut Flow,
        beside: Beside,
        candidates: &[impl AsRef<Function>],
    ) {
        let takes_any =
            |one: &&_| AsRef::<Function>::as_ref(*one).arguments.iter().any(|oid| ANY.contains(oid));
        if beside.untyped && beside.made != 0 && candidates.iter().any(|one| takes_any(&one)) {
            flow.add(&input(beside.made, self.cx, self.gather));
        }
    }

    fn is_of_parts(&self, oid: u32) -> bool {
        let kind = self.cx.catalogue.type_by_oid(self.base(oid));
        kind.is_none_or(|kind| kind.element != 0 || kind.relation != 0 || matches!(kind.kind, b'r' | b'm'))
    }
}
