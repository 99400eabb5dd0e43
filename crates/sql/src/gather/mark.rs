//! How each access uses its columns: one set of names for each way, so that the order of the walk never shows. It
//! knows nothing of how the uses were found.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::facts::{Access, Columns, Object, Verb};

use super::{At, Flow, Gather};

/// The columns of one access by how they are used.
#[derive(Debug, Default)]
pub(super) struct Marks {
    read: BTreeSet<Arc<str>>,
    written: BTreeSet<Arc<str>>,
    /// All that choose rows …
    predicate: BTreeSet<Arc<str>>,
    /// … those of them that are more than looked up …
    free: BTreeSet<Arc<str>>,
    /// … those that are looked up, with how many values …
    looked: BTreeMap<Arc<str>, u32>,
    /// … and those that only stand beside a key.
    beside: BTreeSet<Arc<str>>,
    partial: BTreeSet<Arc<str>>,
    counted: BTreeSet<Arc<str>>,
}

/// One access under construction.
#[derive(Debug)]
pub(super) struct Touched {
    pub(super) verb: Verb,
    pub(super) object: Object,
    pub(super) rows: Option<u64>,
    pub(super) unbounded: bool,
    marks: Marks,
}

impl Marks {
    fn guess(&mut self, name: &Arc<str>, values: u32) {
        let guesses = self.looked.entry(Arc::clone(name)).or_default();
        *guesses = guesses.saturating_add(values);
    }
}

impl Touched {
    pub(super) fn new(verb: Verb, object: Object, rows: Option<u64>) -> Self {
        Self { verb, object, rows, unbounded: false, marks: Marks::default() }
    }

    pub(super) fn into_access(self) -> Access {
        let Marks { read, written, predicate, free, looked, beside, partial, counted } = self.marks;
        let beside: BTreeSet<Arc<str>> =
            beside.into_iter().filter(|name| !free.contains(name) && !looked.contains_key(name)).collect();
        let lookup = &(&predicate - &free) - &beside;
        let guesses = lookup.iter().map(|name| looked.get(name).copied().unwrap_or(1));
        Access {
            verb: self.verb,
            object: self.object,
            columns: Columns {
                read: read.into_iter().collect(),
                written: written.into_iter().collect(),
                predicate: predicate.into_iter().collect(),
                guesses: guesses.collect(),
                lookup: lookup.into_iter().collect(),
                beside: beside.into_iter().collect(),
                partial: partial.into_iter().collect(),
                counted: counted.into_iter().collect(),
            },
            unbounded: self.unbounded,
            rows: self.rows,
        }
    }

    /// Adds an access of another statement. `fixed`: how it chooses rows is not for whoever asks to say.
    pub(super) fn absorb(&mut self, access: &Access, fixed: bool) {
        self.unbounded |= access.unbounded;
        let (marks, columns) = (&mut self.marks, &access.columns);
        marks.read.extend(columns.read.iter().cloned());
        marks.written.extend(columns.written.iter().cloned());
        marks.predicate.extend(columns.predicate.iter().cloned());
        if !fixed {
            marks.free.extend(columns.probed().cloned());
            for (name, guesses) in columns.lookup.iter().zip(&columns.guesses) {
                marks.guess(name, *guesses);
            }
            marks.beside.extend(columns.beside.iter().cloned());
            marks.partial.extend(columns.partial.iter().cloned());
            marks.counted.extend(columns.counted.iter().cloned());
        }
    }
}

impl Gather {
    /// The values of these columns flow on: into the result, another table, a function.
    pub(crate) fn read(&mut self, flow: &Flow) {
        self.mark(flow, |marks, name| insert(&mut marks.read, name));
    }

    /// These columns choose, join, group or sort rows, in whatever way.
    pub(crate) fn predicate(&mut self, flow: &Flow) {
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| {
            insert(&mut marks.predicate, name);
            insert(&mut marks.free, name);
        });
    }

    /// These columns choose rows, and are only compared as a whole, with so many constants.
    pub(crate) fn lookup(&mut self, flow: &Flow, constants: u32) {
        self.mark(flow, |marks, name| {
            insert(&mut marks.predicate, name);
            marks.guess(name, constants);
        });
    }

    /// Rows are grouped by these columns beside a key of their table, which makes the same groups alone.
    pub(crate) fn beside(&mut self, flow: &Flow) {
        self.mark(flow, |marks, name| {
            insert(&mut marks.predicate, name);
            insert(&mut marks.beside, name);
        });
    }

    /// Whether the statement fails may depend on the values of these columns.
    pub(crate) fn partial(&mut self, flow: &Flow) {
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| insert(&mut marks.partial, name));
    }

    /// How many rows there are depends on the values of these columns.
    pub(crate) fn counted(&mut self, flow: &Flow) {
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| insert(&mut marks.counted, name));
    }

    fn mark(&mut self, flow: &Flow, mark: impl Fn(&mut Marks, &Arc<str>)) {
        for (source, _) in flow.uses() {
            let Some(known) = self.known.get(source.0 as usize) else { continue };
            let Some(touched) = known.at.and_then(|at| self.touched.get_mut(at.0 as usize)) else { continue };
            mark(&mut touched.marks, &known.column.name);
        }
    }

    /// A column is read, by its name.
    pub(crate) fn reads(&mut self, at: At, column: &Arc<str>) {
        if let Some(touched) = self.touched.get_mut(at.0 as usize) {
            touched.marks.read.insert(Arc::clone(column));
        }
    }

    /// A column is assigned.
    pub(crate) fn writes(&mut self, at: At, column: &Arc<str>) {
        if let Some(touched) = self.touched.get_mut(at.0 as usize) {
            touched.marks.written.insert(Arc::clone(column));
        }
    }

    /// Every row can be meant.
    pub(crate) fn unbounded(&mut self, at: At) {
        if let Some(touched) = self.touched.get_mut(at.0 as usize) {
            touched.unbounded = true;
        }
    }
}

fn insert(set: &mut BTreeSet<Arc<str>>, name: &Arc<str>) {
    if !set.contains(name) {
        set.insert(Arc::clone(name));
    }
}
