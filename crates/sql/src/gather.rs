//! What analysis collects while it walks a statement: verbs, accesses with their columns, calls, risks, what stayed
//! opaque. Everything is a set, so that the order of the walk never shows in the facts. It judges nothing.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use model::facts::{
    Access, ColumnId, Columns, Derivation, Facts, Object, ObjectKind, Opaque, Output, Risk, RiskKind, Use,
    Verb,
};

use crate::catalogue::{Catalogue, Function, Relation};
use crate::view::{Effect, View};

mod cx;
mod flow;

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

#[derive(Debug, Default)]
struct Marks {
    read: BTreeSet<Arc<str>>,
    written: BTreeSet<Arc<str>>,
    predicate: BTreeSet<Arc<str>>,
}

#[derive(Debug)]
struct Touched {
    verb: Verb,
    object: Object,
    rows: Option<u64>,
    unbounded: bool,
    marks: Marks,
}

/// What was found so far.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    verbs: BTreeSet<Verb>,
    touched: Vec<Touched>,
    touched_by: HashMap<(Verb, Object), At>,
    known: Vec<Known>,
    known_by: HashMap<Place, Source>,
    calls: BTreeSet<Object>,
    risks: BTreeSet<Risk>,
    opaque: BTreeSet<Opaque>,
    effects: Vec<Effect>,
    stale: bool,
    outputs: Option<Vec<Output>>,
    limit: Option<u64>,
    parameters: u16,
    work: u32,
    names: HashMap<u32, Arc<str>>,
    /// The rules that were looked into already, by relation and command.
    rules: BTreeSet<(u32, Verb)>,
    views: Rc<RefCell<Views>>,
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

    /// Notes the one setting that `set_config(name, …)` can change here.
    pub(crate) fn choose_setting(&mut self, name: Option<&str>) {
        self.chosen = name.map(str::to_owned);
    }

    /// See [`Gather::choose_setting`].
    pub(crate) fn chosen_setting(&self) -> Option<String> {
        self.chosen.clone()
    }

    /// The statement does this, whatever it does it to.
    pub(crate) fn verb(&mut self, verb: Verb) {
        self.verbs.insert(verb);
    }

    /// The statement does `verb` to `object`. The same pair again is the same access.
    pub(crate) fn access(&mut self, verb: Verb, object: Object, rows: Option<u64>) -> At {
        self.verbs.insert(verb);
        let key = (verb, object);
        if let Some(at) = self.touched_by.get(&key) {
            return *at;
        }
        let at = At(u32::try_from(self.touched.len()).unwrap_or(u32::MAX));
        let touched =
            Touched { verb, object: key.1.clone(), rows, unbounded: false, marks: Marks::default() };
        self.touched.push(touched);
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

    /// The values of these columns flow on: into the result, another table, a function.
    pub(crate) fn read(&mut self, flow: &Flow) {
        self.mark(flow, |marks| &mut marks.read);
    }

    /// These columns choose, join, group or sort rows.
    pub(crate) fn predicate(&mut self, flow: &Flow) {
        self.mark(flow, |marks| &mut marks.predicate);
    }

    fn mark(&mut self, flow: &Flow, which: impl Fn(&mut Marks) -> &mut BTreeSet<Arc<str>>) {
        for (source, _) in flow.uses() {
            let Some(known) = self.known.get(source.0 as usize) else { continue };
            let Some(touched) = known.at.and_then(|at| self.touched.get_mut(at.0 as usize)) else { continue };
            let marks = which(&mut touched.marks);
            if !marks.contains(&known.column.name) {
                marks.insert(Arc::clone(&known.column.name));
            }
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

    /// A function, procedure or operator that is not a harmless built-in may be called.
    pub(crate) fn call(&mut self, object: Object) {
        self.calls.insert(object);
    }

    /// A danger.
    pub(crate) fn risk(&mut self, kind: RiskKind, about: impl Into<String>) {
        self.risks.insert(Risk { kind, about: about.into() });
    }

    /// Something is not understood. See [`Opaque`] for the kinds.
    pub(crate) fn opaque(&mut self, kind: &'static str, reason: impl Into<String>) {
        self.verbs.insert(Verb::Opaque);
        self.opaque.insert(Opaque { kind, reason: reason.into() });
    }

    /// A name was not found: a newer catalogue may know it.
    pub(crate) fn stale(&mut self) {
        self.stale = true;
    }

    /// A name was not found: opaque, and a newer catalogue may know it.
    pub(crate) fn unknown(&mut self, name: &str) {
        self.opaque("unknown object", format!("`{name}` is not known to the gate yet"));
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

    /// A value's lineage, as facts say it. Where a column is both copied and computed with, it counts as computed.
    pub(crate) fn output(&self, column: &Column) -> Output {
        let mut uses: BTreeMap<&ColumnId, Derivation> = BTreeMap::new();
        for (source, derivation) in column.flow.uses() {
            let Some(known) = self.known.get(source.0 as usize).filter(|known| known.origin) else {
                continue;
            };
            let kept = uses.entry(&known.column).or_insert(derivation);
            *kept = (*kept).max(derivation);
        }
        Output {
            name: Arc::clone(&column.name),
            uses: uses
                .into_iter()
                .map(|(column, derivation)| Use { column: column.clone(), derivation })
                .collect(),
            opaque: column.flow.is_opaque(),
        }
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

    /// Everything that another statement does (a rule's action, a function's body), beyond its result.
    pub(crate) fn absorb(&mut self, facts: &Facts) {
        self.verbs.extend(facts.verbs.iter().copied());
        self.calls.extend(facts.calls.iter().cloned());
        self.risks.extend(facts.risks.iter().cloned());
        self.opaque.extend(facts.opaque.iter().cloned());
        for access in &facts.accesses {
            let at = self.access(access.verb, access.object.clone(), access.rows);
            let Some(touched) = self.touched.get_mut(at.0 as usize) else { continue };
            touched.unbounded |= access.unbounded;
            touched.marks.read.extend(access.columns.read.iter().cloned());
            touched.marks.written.extend(access.columns.written.iter().cloned());
            touched.marks.predicate.extend(access.columns.predicate.iter().cloned());
        }
    }

    /// The facts, in their fixed order.
    pub(crate) fn finish(self, command: &'static str) -> Gathered {
        let mut accesses: Vec<Access> = self
            .touched
            .into_iter()
            .map(|touched| Access {
                verb: touched.verb,
                object: touched.object,
                columns: Columns {
                    read: touched.marks.read.into_iter().collect(),
                    written: touched.marks.written.into_iter().collect(),
                    predicate: touched.marks.predicate.into_iter().collect(),
                },
                unbounded: touched.unbounded,
                rows: touched.rows,
            })
            .collect();
        accesses.sort();
        let facts = Facts {
            command,
            verbs: self.verbs.into_iter().collect(),
            accesses,
            outputs: self.outputs.map(Into::into),
            calls: self.calls.into_iter().collect(),
            risks: self.risks.into_iter().collect(),
            opaque: self.opaque.into_iter().collect(),
            limit: self.limit,
            parameters: self.parameters,
        };
        Gathered { facts, effects: self.effects, stale: self.stale }
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
