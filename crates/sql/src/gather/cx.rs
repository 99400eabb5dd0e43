//! Where an analysis stands: the catalogue and the session's view it reads, the function body that it is in, and how
//! deep it has gone. Cheap to copy.

use std::sync::Arc;

use super::{Catalogue, Gather, Relation, View};

/// The deepest nesting of expressions, queries, views and bodies that is followed.
const DEPTH_MAX: u16 = 1_000;
/// When less than this is left of the stack …
const STACK_LEFT: usize = 128 * 1024;
/// … this much more is taken.
const STACK_MORE: usize = 2 * 1024 * 1024;

/// What every step of an analysis may look at.
#[derive(Clone, Copy)]
pub(crate) struct Cx<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) view: &'a View,
    /// The parameters and variables of the function whose body this is, innermost last; found after columns.
    pub(crate) variables: &'a [Variable],
    /// This is inside of a function's body.
    pub(crate) in_body: bool,
    depth: u16,
}

/// A name of a function's body: a parameter, a PL/pgSQL variable, a trigger's or rule's `new` and `old`.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) name: Arc<str>,
    pub(crate) kind: VariableKind,
}

/// What a variable holds.
#[derive(Clone, Debug)]
pub(crate) enum VariableKind {
    /// A value of this type; 0 = not known. A composite type has fields.
    Type(u32),
    /// A row of this relation: `new`, `old`, `customers%ROWTYPE`.
    Row(Arc<Relation>),
    /// A record with any fields.
    Open,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(catalogue: &'a Catalogue, view: &'a View) -> Self {
        Self { catalogue, view, variables: &[], in_body: false, depth: 0 }
    }

    /// The same place, reading names by another view (a view's query, a function with its own path).
    pub(crate) fn with_view(self, view: &'a View) -> Self {
        Self { view, ..self }
    }

    /// Inside of a body with these variables.
    pub(crate) fn with_variables(self, variables: &'a [Variable]) -> Self {
        Self { variables, ..self }
    }

    /// Inside of a function's body.
    pub(crate) fn within_body(self) -> Self {
        Self { in_body: true, ..self }
    }

    /// One level deeper, on a stack that is large enough; `None`, and opaque, beyond the deepest.
    pub(crate) fn deeper<T>(
        self,
        gather: &mut Gather,
        step: impl FnOnce(Self, &mut Gather) -> T,
    ) -> Option<T> {
        if !gather.work(0) {
            return None;
        }
        if self.depth >= DEPTH_MAX {
            gather.opaque("limit", format!("it is nested deeper than {DEPTH_MAX} levels"));
            return None;
        }
        let cx = Self { depth: self.depth.saturating_add(1), ..self };
        Some(stacker::maybe_grow(STACK_LEFT, STACK_MORE, || step(cx, gather)))
    }
}
