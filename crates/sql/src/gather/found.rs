//! From what was gathered to facts: lineage of outputs, what is copied where, what another statement's facts add, and
//! the fixed order of all of it. It finds out nothing by itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::facts::{Access, ColumnId, Derivation, Facts, Flow as Copied, Object, Output, Risk, Use};

use super::mark::Touched;
use super::{Column, Flow, Gather, Gathered};

/// A column that values go into: its object, its name, its number.
type Place = (Object, Arc<str>, i16);

/// What goes into each column, and whether more than that may.
pub(super) type Flows = BTreeMap<Place, (BTreeMap<ColumnId, Derivation>, bool)>;

impl Gather {
    /// A value's lineage, as facts say it. Where a column is both copied and computed with, it counts as computed.
    pub(crate) fn output(&self, column: &Column) -> Output {
        Output {
            name: Arc::clone(&column.name),
            uses: self.uses(&column.flow),
            opaque: column.flow.is_opaque(),
            whole_row: column.flow.is_row(),
        }
    }

    /// A value that may have been made of every column that was looked at, as what a procedure hands back.
    pub(crate) fn output_of_all(&self, flow: &Flow) -> Output {
        let origins = self.known.iter().filter(|known| known.origin);
        let all: BTreeMap<&ColumnId, Derivation> =
            origins.map(|known| (&known.column, Derivation::Derived)).collect();
        let uses = all.into_iter().map(|(column, derivation)| Use { column: column.clone(), derivation });
        Output {
            uses: uses.collect(),
            opaque: flow.is_opaque() || !self.opaque.is_empty(),
            ..Output::default()
        }
    }

    /// The base columns that a value comes from.
    pub(crate) fn uses(&self, flow: &Flow) -> Vec<Use> {
        let mut uses: BTreeMap<&ColumnId, Derivation> = BTreeMap::new();
        for (source, derivation) in flow.uses() {
            let Some(known) = self.known.get(source.0 as usize).filter(|known| known.origin) else {
                continue;
            };
            let kept = uses.entry(&known.column).or_insert(derivation);
            *kept = (*kept).max(derivation);
        }
        uses.into_iter().map(|(column, derivation)| Use { column: column.clone(), derivation }).collect()
    }

    /// A value goes into a column of an object, or (without a name) into anything of it.
    pub(crate) fn flows(&mut self, into: &Object, column: &Arc<str>, number: i16, flow: &Flow) {
        let uses = self.uses(flow);
        self.copied(into, column, number, &uses, flow.is_opaque());
    }

    /// The same for a value whose lineage is known already.
    pub(crate) fn copied(
        &mut self,
        into: &Object,
        column: &Arc<str>,
        number: i16,
        uses: &[Use],
        opaque: bool,
    ) {
        if uses.is_empty() && !opaque || !self.work(uses.len()) {
            return;
        }
        let place = (into.clone(), Arc::clone(column), number);
        let known = self.flows.entry(place).or_default();
        known.1 |= opaque;
        for one in uses {
            let kept = known.0.entry(one.column.clone()).or_insert(one.derivation);
            *kept = (*kept).max(one.derivation);
        }
    }

    /// Something was seen that can fail, or that does more than compute.
    pub(crate) fn fault(&mut self) {
        self.faults = self.faults.saturating_add(1);
    }

    /// How often; more than before = there was one in between.
    pub(crate) fn faults(&self) -> u32 {
        self.faults
    }

    /// Everything that another statement does (a rule's action, a function's body), beyond its result.
    pub(crate) fn absorb(&mut self, facts: &Facts) {
        self.absorb_as(facts, false);
    }

    /// Everything that reading a view does: how it chooses rows is not for whoever reads it to say.
    pub(crate) fn absorb_view(&mut self, facts: &Facts) {
        self.absorb_as(facts, true);
    }

    fn absorb_as(&mut self, facts: &Facts, fixed: bool) {
        self.verbs.extend(facts.verbs.iter().copied());
        self.calls.extend(facts.calls.iter().cloned());
        self.risks.extend(facts.risks.iter().cloned());
        self.opaque.extend(facts.opaque.iter().cloned());
        self.blind |= facts.blind && !fixed;
        for access in &facts.accesses {
            let at = self.access(access.verb, access.object.clone(), access.rows);
            if let Some(touched) = self.touched.get_mut(at.0 as usize) {
                touched.absorb(access, fixed);
            }
        }
        for flow in &facts.flows {
            self.copied(&flow.into, &flow.column, flow.number, &flow.uses, flow.opaque);
        }
    }

    /// The facts, in their fixed order.
    pub(crate) fn finish(mut self, command: &'static str) -> Gathered {
        let mut accesses: Vec<Access> =
            std::mem::take(&mut self.touched).into_iter().map(Touched::into_access).collect();
        accesses.sort();
        self.risks.extend(accesses.iter().filter_map(shows));
        let flow = |((into, column, number), (uses, opaque)): (Place, (BTreeMap<_, _>, bool))| Copied {
            into,
            column,
            number,
            uses: uses.into_iter().map(|(column, derivation)| Use { column, derivation }).collect(),
            opaque,
        };
        let facts = Facts {
            command,
            verbs: self.verbs.into_iter().collect(),
            accesses,
            outputs: self.outputs.map(Into::into),
            flows: self.flows.into_iter().map(flow).collect(),
            calls: self.calls.into_iter().collect(),
            risks: self.risks.into_iter().collect(),
            opaque: self.opaque.into_iter().collect(),
            blind: self.blind,
            limit: self.limit,
            parameters: self.parameters,
        };
        Gathered { facts, effects: self.effects, stale: self.stale, copy: self.copy }
    }
}

/// The risk of what is read of a relation of the server's own, where that depends on columns.
fn shows(access: &Access) -> Option<Risk> {
    let object = &access.object;
    let telling = crate::function::telling_columns(&object.schema, &object.name)?;
    let mut columns = access.columns.read.iter().chain(&access.columns.predicate);
    let kind = crate::function::relation_risk(&object.schema, &object.name)?;
    columns.any(|name| telling.contains(&&**name)).then(|| Risk { kind, about: object.full_name() })
}
