//! How each access uses its columns: one set of names for each way, so that the order of the walk never shows. It
//! knows nothing of how the uses were found.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::facts::{Access, Columns, Object, Verb};

use super::{At, Flow, Gather};

/// The columns of one access by how they are used.
#[derive(Debug, Default)]
pub(super) struct Marks {
    read: Names,
    written: Names,
    /// All that choose rows …
    predicate: Names,
    /// … those of them that are more than looked up …
    free: Names,
    /// … those that are looked up, with how many values …
    looked: BTreeMap<Arc<str>, u32>,
    /// … and with the members of which parameters …
    lists: Vec<(Arc<str>, u16)>,
    /// … and those that only stand beside a key.
    beside: Names,
    partial: Names,
    counted: Names,
}

/// Names of columns, each once, in order.
#[derive(Debug, Default)]
struct Names(Vec<Arc<str>>);

/// One access under construction.
#[derive(Debug)]
pub(super) struct Touched {
    pub(super) verb: Verb,
    pub(super) object: Object,
    pub(super) rows: Option<u64>,
    pub(super) unbounded: bool,
    marks: Marks,
}

impl Names {
    fn add(&mut self, name: &Arc<str>) {
        if let Err(at) = self.0.binary_search(name) {
            self.0.insert(at, Arc::clone(name));
        }
    }

    /// Adds them all.
    fn add_all(&mut self, names: &[Arc<str>]) {
        if self.0.is_empty() && names.is_sorted_by(|one, next| one < next) {
            self.0 = names.to_vec();
        } else {
            names.iter().for_each(|name| self.add(name));
        }
    }

    fn has(&self, name: &Arc<str>) -> bool {
        self.0.binary_search(name).is_ok()
    }
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
        let Marks { read, written, predicate, free, looked, mut lists, beside, partial, counted } =
            self.marks;
        let beside: Vec<Arc<str>> =
            beside.0.into_iter().filter(|name| !free.has(name) && !looked.contains_key(name)).collect();
        let looked_up = |name: &&Arc<str>| !free.has(name) && beside.binary_search(name).is_err();
        let lookup: Vec<Arc<str>> = predicate.0.iter().filter(looked_up).cloned().collect();
        let guesses = lookup.iter().map(|name| looked.get(name).copied().unwrap_or(1));
        lists.retain(|(name, _)| lookup.binary_search(name).is_ok());
        lists.sort();
        Access {
            verb: self.verb,
            object: self.object,
            columns: Columns {
                read: read.0,
                written: written.0,
                predicate: predicate.0,
                guesses: guesses.collect(),
                lists,
                lookup,
                beside,
                partial: partial.0,
                counted: counted.0,
            },
            unbounded: self.unbounded,
            rows: self.rows,
        }
    }

    /// Adds an access of another statement. `fixed`: how it chooses rows is not for whoever asks to say.
    pub(super) fn absorb(&mut self, access: &Access, fixed: bool) {
        self.unbounded |= access.unbounded;
        let (marks, columns) = (&mut self.marks, &access.columns);
        marks.read.add_all(&columns.read);
        marks.written.add_all(&columns.written);
        marks.predicate.add_all(&columns.predicate);
        if !fixed {
            columns.probed().for_each(|name| marks.free.add(name));
            // Its parameters are not those that come with the statement: nobody counts what is in them.
            columns.lists.iter().for_each(|(name, _)| marks.free.add(name));
            for (name, guesses) in columns.lookup.iter().zip(&columns.guesses) {
                marks.guess(name, *guesses);
            }
            marks.beside.add_all(&columns.beside);
            marks.partial.add_all(&columns.partial);
            marks.counted.add_all(&columns.counted);
        }
    }
}

impl Gather {
    /// The values of these columns flow on: into the result, another table, a function.
    pub(crate) fn read(&mut self, flow: &Flow) {
        self.mark(flow, |marks, name| marks.read.add(name));
    }

    /// These columns choose, join, group or sort rows, in whatever way.
    pub(crate) fn predicate(&mut self, flow: &Flow) {
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| {
            marks.predicate.add(name);
            marks.free.add(name);
        });
    }

    /// These columns choose rows, and are only compared as a whole, with so many constants and with the members of these
    /// parameters.
    pub(crate) fn lookup(&mut self, flow: &Flow, constants: u32, lists: &[u16]) {
        if self.settled {
            return;
        }
        self.mark(flow, |marks, name| {
            marks.predicate.add(name);
            marks.guess(name, constants);
            marks.lists.extend(lists.iter().map(|list| (Arc::clone(name), *list)));
        });
    }

    /// Rows are grouped by these columns beside a key of their table, which makes the same groups alone.
    pub(crate) fn beside(&mut self, flow: &Flow) {
        self.mark(flow, |marks, name| {
            marks.predicate.add(name);
            marks.beside.add(name);
        });
    }

    /// Whether the statement fails may depend on the values of these columns.
    pub(crate) fn partial(&mut self, flow: &Flow) {
        if self.settled {
            return;
        }
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| marks.partial.add(name));
    }

    /// How many rows there are depends on the values of these columns.
    pub(crate) fn counted(&mut self, flow: &Flow) {
        self.blind |= flow.is_opaque();
        self.mark(flow, |marks, name| marks.counted.add(name));
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
            touched.marks.read.add(column);
        }
    }

    /// A column is assigned.
    pub(crate) fn writes(&mut self, at: At, column: &Arc<str>) {
        if let Some(touched) = self.touched.get_mut(at.0 as usize) {
            touched.marks.written.add(column);
        }
    }

    /// Every row can be meant.
    pub(crate) fn unbounded(&mut self, at: At) {
        if let Some(touched) = self.touched.get_mut(at.0 as usize) {
            touched.unbounded = true;
        }
    }
}
