//! What analysis collects while it walks a statement: verbs, accesses with their columns, calls, risks, what stayed
//! opaque. Everything is a set, so that the order of the walk never shows in the facts. It judges nothing.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use model::facts::{ColumnId, Facts, Missing, Object, ObjectKind, Opaque, Output, Risk, RiskKind, Verb};

use crate::catalogue::{Catalogue, Function, Relation};
use crate::statement::CopyOut;
use crate::view::{Effect, View};

mod cx;
mod flow;
mod found;
mod mark;

pub(crate) use cx::{Cx, Variable, VariableKind};
pub(crate) use flow::{Column, Flow, Shape};

/// The most column references that one statement's lineage is worked out for: beyond, outputs would multiply
/// with columns until memory is gone.
const WORK_MAX: u32 = 2_000_000;

/// A column of an access that values may come from; see [`Gather::column`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Source(u32);

/// One access in a [`Gather`]; see [`Gather::access`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct At(u32);

/// Where a value may come from, and whether that column counts as its origin.
#[derive(Debug)]
struct Known {
    at: Option<At>,
    column: ColumnId,
    /// A view's own columns are marked as used, but the base columns behind them are the origin.
    origin: bool,
}

/// A column by its access, its relation's OID and name, and its own name.
type Place = (Option<At>, u32, Arc<str>, Arc<str>);

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    verbs: BTreeSet<Verb>,
    touched: Vec<mark::Touched>,
    touched_by: HashMap<(Verb, Object), At>,
    known: Vec<Known>,
    known_by: HashMap<Place, Source>,
    calls: BTreeSet<Object>,
    risks: BTreeSet<Risk>,
    opaque: BTreeSet<Opaque>,
    effects: Vec<Effect>,
    stale: bool,
    outputs: Option<Vec<Output>>,
    flows: found::Flows,
    copy: Option<CopyOut>,
    /// How many things were seen that can fail.
    faults: u32,
    /// What is looked at now is a table's own definition: what it chooses or fails by nobody can change who reads or writes rows.
    settled: bool,
    /// See [`Facts::blind`].
    blind: bool,
    limit: Option<u64>,
    parameters: u16,
    work: u32,
    names: HashMap<u32, Arc<str>>,
    /// The rules that were looked into already, by relation and command.
    rules: BTreeSet<(u32, Verb)>,
    views: Rc<RefCell<Views>>,
    /// What casts from types run that were asked about already, and whether they only compute.
    stood: HashMap<u32, (Flow, bool)>,
    /// The one setting that the statement's `set_config(name, …)` can change.
    chosen: Option<String>,
}

/// The views that an analysis is in, and what it found out about others.
#[derive(Debug, Default)]
pub(crate) struct Views {
    pub(crate) entered: Vec<u32>,
    pub(crate) seen: HashMap<u32, Arc<crate::query::Seen>>,
}

/// Everything that was found.
pub(crate) struct Gathered {
    pub(crate) facts: Facts,
    pub(crate) effects: Vec<Effect>,
    pub(crate) stale: bool,
    pub(crate) copy: Option<CopyOut>,
}

impl Gather {
    /// A new one for what stands inside of the views that this one is in.
    pub(crate) fn inside(&self) -> Self {
        Self { views: Rc::clone(&self.views), ..Self::default() }
    }

    /// The views that are being looked into, and those found out about inside of a function's body.
    pub(crate) fn views(&self) -> &Rc<RefCell<Views>> {
        &self.views
    }

    /// Looks at what a table's owner has defined.
    pub(crate) fn settle(&mut self, is_settled: bool) -> bool {
        std::mem::replace(&mut self.settled, is_settled)
    }

    /// Notes the one setting that `set_config(name, …)` can change here.
    pub(crate) fn choose_setting(&mut self, name: Option<&str>) {
        self.chosen = name.map(str::to_owned);
    }

    /// The statement is a COPY that rows come out of.
    pub(crate) fn copy_out(&mut self, copy: CopyOut) {
        self.copy = Some(copy);
    }

    /// Whether this danger was found there.
    pub(crate) fn has_risk(&self, kind: RiskKind, about: &str) -> bool {
        self.risks.iter().any(|risk| risk.kind == kind && risk.about == about)
    }

    /// See [`Gather::choose_setting`].
    pub(crate) fn chosen_setting(&self) -> Option<String> {
        self.chosen.clone()
    }

    /// The statement does this, whatever it does it to.
    pub(crate) fn verb(&mut self, verb: Verb) {
        self.verbs.insert(verb);
    }

    /// Whether it does any of these.
    pub(crate) fn does(&self, verbs: &[Verb]) -> bool {
        verbs.iter().any(|verb| self.verbs.contains(verb))
    }

    /// The statement does `verb` to `object`. The same pair again is the same access.
    pub(crate) fn access(&mut self, verb: Verb, object: Object, rows: Option<u64>) -> At {
        self.verbs.insert(verb);
        let key = (verb, object);
        if let Some(at) = self.touched_by.get(&key) {
            return *at;
        }
        let at = At(u32::try_from(self.touched.len()).unwrap_or(u32::MAX));
        self.touched.push(mark::Touched::new(verb, key.1.clone(), rows));
        self.touched_by.insert(key, at);
        at
    }

    /// [`Gather::access`] to a relation of the catalogue.
    pub(crate) fn relation(&mut self, verb: Verb, relation: &Relation) -> At {
        self.access(verb, object_of(relation), relation.rows)
    }

    /// A column of an access, as a place that values come from. `origin`: it is a base column, so it counts for
    /// the lineage of outputs.
    pub(crate) fn column(&mut self, at: Option<At>, column: ColumnId, origin: bool) -> Source {
        let key = (at, column.relation, Arc::clone(&column.of), Arc::clone(&column.name));
        if let Some(source) = self.known_by.get(&key) {
            return *source;
        }
        let source = Source(u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        self.known.push(Known { at, column, origin });
        self.known_by.insert(key, source);
        source
    }

    /// A function, procedure or operator that is not a harmless built-in may be called.
    pub(crate) fn call(&mut self, object: Object) {
        self.calls.insert(object);
    }

    /// A danger.
    pub(crate) fn risk(&mut self, kind: RiskKind, about: impl Into<String>) {
        self.risks.insert(Risk { kind, about: about.into() });
    }

    /// How many names were not found.
    pub(crate) fn missing(&self) -> usize {
        self.opaque.iter().filter(|opaque| opaque.missing.is_some()).count()
    }

    /// Something is not understood. See [`Opaque`] for the kinds.
    pub(crate) fn opaque(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.verbs.insert(Verb::Opaque);
        self.opaque.insert(Opaque { kind, reason: reason.into(), missing: None });
    }

    /// A name was not found: a newer catalogue may know it.
    pub(crate) fn stale(&mut self) {
        self.stale = true;
    }

    /// A name was not found: opaque, and a newer catalogue may know it. `missing`: what it is that is not there, unless
    /// the session may know better.
    pub(crate) fn unknown(&mut self, missing: impl Into<Option<Missing>>, name: &str) {
        self.verbs.insert(Verb::Opaque);
        let reason = format!("`{name}` is not known to the gate yet");
        self.opaque.insert(Opaque { kind: "unknown object", reason, missing: missing.into() });
        self.stale = true;
    }

    /// Something is made, and there is no schema for it.
    pub(crate) fn no_schema(&mut self) {
        self.verbs.insert(Verb::Opaque);
        let reason = "no schema of the search path is known to the gate".to_owned();
        self.opaque.insert(Opaque { kind: "unknown object", reason, missing: Some(Missing::Schema) });
        self.stale = true;
    }

    /// What the statement does to its session, in the order of the calls.
    pub(crate) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Its own LIMIT; the smallest wins.
    pub(crate) fn limit(&mut self, rows: u64) {
        self.limit = Some(self.limit.map_or(rows, |old| old.min(rows)));
    }

    /// `$number` is used.
    pub(crate) fn parameter(&mut self, number: u16) {
        self.parameters = self.parameters.max(number);
    }

    /// The columns of its result.
    pub(crate) fn outputs(&mut self, outputs: Vec<Output>) {
        self.outputs = Some(outputs);
    }

    /// `schema.name` of a relation.
    pub(crate) fn full_name(&mut self, relation: &Relation) -> Arc<str> {
        let name = self
            .names
            .entry(relation.oid)
            .or_insert_with(|| format!("{}.{}", relation.schema, relation.name).into());
        Arc::clone(name)
    }

    /// The access with this verb to the object with this OID, if there is one.
    pub(crate) fn access_to(&self, verb: Verb, oid: u32) -> Option<At> {
        let at = self.touched.iter().position(|touched| touched.verb == verb && touched.object.oid == oid)?;
        Some(At(u32::try_from(at).unwrap_or(u32::MAX)))
    }

    /// Whether what follows from doing `verb` to a relation is looked into for the first time.
    pub(crate) fn first_time(&mut self, relation: u32, verb: Verb) -> bool {
        self.rules.insert((relation, verb))
    }

    /// What casts from a type run, when that was found out already.
    pub(crate) fn stood(&self, kind: u32) -> Option<(Flow, bool)> {
        self.stood.get(&kind).cloned()
    }

    /// Keeps what casts from a type run.
    pub(crate) fn stands(&mut self, kind: u32, found: (Flow, bool)) {
        self.stood.insert(kind, found);
    }

    /// The column that a source stands for, and whether it counts as an origin.
    pub(crate) fn source(&self, source: Source) -> Option<(&ColumnId, bool)> {
        self.known.get(source.0 as usize).map(|known| (&known.column, known.origin))
    }

    /// What is accessed there is locked as well.
    pub(crate) fn lock_of(&mut self, at: At) {
        if let Some(touched) = self.touched.get(at.0 as usize) {
            let (object, rows) = (touched.object.clone(), touched.rows);
            self.access(Verb::Lock, object, rows);
        }
    }

    /// Counts work that could grow faster than the text; `false` = the limit is reached, and the facts say so.
    pub(crate) fn work(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        let before = self.work;
        self.work = before.saturating_add(steps).saturating_add(1);
        if self.work > WORK_MAX {
            self.opaque("limit", "its columns depend on too many others");
            return false;
        }
        true
    }
}

/// A relation of the catalogue as an object of facts.
pub(crate) fn object_of(relation: &Relation) -> Object {
    Object {
        kind: relation.kind,
        schema: Arc::clone(&relation.schema),
        name: Arc::clone(&relation.name),
        oid: relation.oid,
    }
}

/// A function of the catalogue as an object of facts: `schema.name(types)`.
pub(crate) fn object_of_function(function: &Function, catalogue: &Catalogue) -> Object {
    let mut name = format!("{}(", function.name);
    for (index, oid) in function.arguments.iter().enumerate() {
        if index > 0 {
            name.push_str(", ");
        }
        match catalogue.type_by_oid(*oid) {
            Some(kind) if &*kind.schema == "pg_catalog" => name.push_str(&kind.name),
            Some(kind) => {
                name.push_str(&kind.schema);
                name.push('.');
                name.push_str(&kind.name);
            }
            None => name.push('?'),
        }
    }
    name.push(')');
    Object {
        kind: ObjectKind::Function,
        schema: Arc::clone(&function.schema),
        name: name.into(),
        oid: function.oid,
    }
}

#[cfg(test)]
mod tests;
