//! Views: what reading one reads. Its query is taken apart once per catalogue; each use of the view then reads the
//! base columns behind those of its columns that the use needs, and always those that its query chooses rows by.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::{ColumnId, Derivation, Facts, Object, Verb};

use super::Scope;
use super::select::Mode;
use super::walk::Walk;
use crate::catalogue::Relation;
use crate::gather::{At, Column, Cx, Flow, Gather, Shape};
use crate::parse::{Node, Tree, nodes};
use crate::view::{Effect, View};

/// The deepest nesting of views.
const NESTED_MAX: usize = 100;

/// What was found out about a view.
#[derive(Debug)]
pub(crate) struct Seen {
    facts: Facts,
    effects: Vec<Effect>,
    stale: bool,
    columns: Vec<SeenColumn>,
    /// The relation that a write to the view writes to, when the view is simple enough for the server to do so.
    pub(super) beneath: Option<u32>,
}

#[derive(Debug)]
struct SeenColumn {
    name: Arc<str>,
    uses: Vec<(ColumnId, bool, Derivation)>,
    opaque: bool,
    type_oid: u32,
}

impl Seen {
    /// Adds what reading it does.
    fn runs(&self, gather: &mut Gather) {
        gather.absorb_view(&self.facts);
        self.effects.iter().for_each(|effect| gather.effect(effect.clone()));
        if self.stale {
            gather.stale();
        }
    }
}

impl SeenColumn {
    /// Adds the base columns behind it to what a value comes from.
    fn add_to(&self, flow: &mut Flow, gather: &mut Gather) {
        for (id, origin, derivation) in &self.uses {
            let at = gather.access_to(Verb::Select, id.relation);
            flow.insert(gather.column(at, id.clone(), *origin), *derivation);
        }
    }
}

impl Walk<'_, '_> {
    /// The columns of a view that is accessed at `at`, each from the base columns behind it.
    pub(super) fn view(&mut self, relation: &Arc<Relation>, at: At) -> Vec<Column> {
        let Some(seen) = self.seen(relation) else {
            return relation
                .columns
                .iter()
                .map(|column| Column { name: Arc::clone(&column.name), flow: Flow::unknown() })
                .collect();
        };
        seen.runs(self.gather);
        let of = self.gather.full_name(relation);
        let mut columns = Vec::with_capacity(relation.columns.len());
        for (index, own) in relation.columns.iter().enumerate() {
            let id = ColumnId {
                relation: relation.oid,
                number: own.number,
                of: Arc::clone(&of),
                name: Arc::clone(&own.name),
            };
            let mut flow = Flow::default();
            flow.insert(self.gather.column(Some(at), id, false), Derivation::Copy);
            match seen.columns.get(index) {
                Some(column) => {
                    if column.opaque || !self.gather.work(column.uses.len()) {
                        flow.set_opaque();
                    }
                    column.add_to(&mut flow, self.gather);
                }
                None => flow.set_opaque(),
            }
            flow.shape = match own.type_oid {
                0 => seen.columns.get(index).map_or(Shape::Unknown, |column| Shape::Type(column.type_oid)),
                oid => Shape::Type(oid),
            };
            columns.push(Column { name: Arc::clone(&own.name), flow });
        }
        columns
    }

    /// What was found out about a view; `None` when it is being looked into already, or is nested too deep.
    pub(super) fn seen(&mut self, relation: &Arc<Relation>) -> Option<Arc<Seen>> {
        let text = relation.query.clone()?;
        let views = Rc::clone(self.gather.views());
        {
            let mut views = views.borrow_mut();
            if let Some(seen) = views.seen.get(&relation.oid) {
                return Some(Arc::clone(seen));
            }
            if views.entered.contains(&relation.oid) || views.entered.len() >= NESTED_MAX {
                drop(views);
                self.gather.opaque("limit", "views are nested too deep");
                return None;
            }
            views.entered.push(relation.oid);
        }
        let inner = self.gather.inside();
        // Inside of a function's body what is found may leave out that function, which is being looked into
        // already: good for this analysis only.
        let found = if self.cx.in_body {
            let found = self.deeper(|walk| Arc::new(look(&text, walk.cx, inner)));
            if let Some(found) = &found {
                views.borrow_mut().seen.insert(relation.oid, Arc::clone(found));
            }
            found
        } else {
            let catalogue = self.cx.catalogue;
            // Found out for everybody, so from the depth of nobody.
            let found = catalogue.memo().of(relation.oid, None, || {
                stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
                    look(&text, Cx::new(catalogue, self.cx.view), inner)
                })
            });
            Some(found)
        };
        views.borrow_mut().entered.retain(|entered| *entered != relation.oid);
        found
    }
}

/// A materialized view is filled again: its query runs, and what its indexes compute.
pub(crate) fn refill(relation: &Arc<Relation>, cx: Cx<'_>, gather: &mut Gather) {
    let found = Walk { cx, gather }.seen(relation);
    for function in &relation.functions {
        crate::function::by_oid(*function, cx, gather);
    }
    let Some(seen) = found else { return };
    seen.runs(gather);
    let mut flow = Flow::default();
    seen.columns.iter().for_each(|column| column.add_to(&mut flow, gather));
    gather.read(&flow);
}

fn look(text: &str, cx: Cx<'_>, mut gather: Gather) -> Seen {
    let empty = View::printed();
    let cx = cx.with_view(&empty).with_variables(&[]);
    let Ok(tree) = Tree::parse(text.trim_end().trim_end_matches(';')) else {
        return Seen {
            facts: Facts::opaque("body", "the definition of a view does not parse"),
            effects: Vec::new(),
            stale: false,
            columns: Vec::new(),
            beneath: None,
        };
    };
    let mut columns = Vec::new();
    let mut beneath = None;
    for (node, _) in tree.statements(text) {
        let mut walk = Walk { cx, gather: &mut gather };
        columns = walk.query(node, &Scope::default(), Mode::VIEW).unwrap_or_default();
        if let Node::SelectStmt(select) = node {
            beneath = simple(select, &mut walk);
        }
    }
    let columns = columns
        .iter()
        .map(|column| SeenColumn {
            name: Arc::clone(&column.name),
            uses: column
                .flow
                .uses()
                .filter_map(|(source, derivation)| {
                    let (id, origin) = gather.source(source)?;
                    Some((id.clone(), origin, derivation))
                })
                .collect(),
            opaque: column.flow.is_opaque(),
            type_oid: column.flow.type_oid(),
        })
        .collect();
    let found = gather.finish("SELECT");
    Seen { facts: found.facts, effects: found.effects, stale: found.stale, columns, beneath }
}

/// The one relation that a simple view is over: the server turns writes to the view into writes to it.
fn simple(select: &nodes::SelectStmt, walk: &mut Walk<'_, '_>) -> Option<u32> {
    let mut from = select.from_clause().iter();
    let (Some(Node::RangeVar(range)), None) = (from.next(), from.next()) else { return None };
    if select.with_clause().is_some()
        || !select.group_clause().is_empty()
        || !select.distinct_clause().is_empty()
        || !matches!(select.limit_count(), Node::None)
    {
        return None;
    }
    match walk.cx.catalogue.relation(walk.cx.view, range.schemaname(), range.relname()?) {
        crate::catalogue::Named::Known(relation) => Some(relation.oid),
        _ => None,
    }
}

impl Seen {
    /// The columns of `oid` behind one of the view's columns.
    pub(super) fn behind(&self, name: &str, oid: u32) -> impl Iterator<Item = &Arc<str>> {
        self.columns
            .iter()
            .filter(move |column| &*column.name == name)
            .flat_map(|column| &column.uses)
            .filter(move |(id, _, _)| id.relation == oid)
            .map(|(id, _, _)| &id.name)
    }

    /// The objects that it reads.
    pub(super) fn reads(&self) -> Vec<(Object, Option<u64>)> {
        let read = self.facts.accesses.iter().filter(|access| access.verb == Verb::Select);
        read.map(|access| (access.object.clone(), access.rows)).collect()
    }
}
