//! What every step of a walk over a query carries with it.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::{ColumnId, Derivation};

use super::scope::{Inside, Table};
use crate::catalogue::Relation;
use crate::function::FIRST_OWN;
use crate::gather::{At, Column, Cx, Flow, Gather, Shape};

/// Where the walk is, and what it has found.
pub(super) struct Walk<'a, 'g> {
    pub(super) cx: Cx<'a>,
    pub(super) gather: &'g mut Gather,
}

/// Columns of the server's statistics that tell whether what was written is what was there.
const COMPARED: [&str; 2] = ["n_tup_hot_upd", "n_tup_newpage_upd"];

impl<'a> Walk<'a, '_> {
    /// One level deeper; `None`, and opaque, beyond the deepest.
    pub(super) fn deeper<T>(&mut self, step: impl FnOnce(&mut Walk<'a, '_>) -> T) -> Option<T> {
        self.cx.deeper(self.gather, |cx, gather| step(&mut Walk { cx, gather }))
    }

    /// Adds to a flow, within the limit of work.
    pub(super) fn add(&mut self, to: &mut Flow, other: &Flow) {
        if self.gather.work(to.len().saturating_add(other.len())) {
            to.add(other);
        } else {
            to.set_opaque();
        }
    }

    /// A relation's own columns as a table that has no name yet.
    pub(super) fn columns_of(&mut self, relation: &Relation, at: Option<At>) -> Rc<Table> {
        let known = self.cx.catalogue.relation_by_oid(relation.oid).cloned();
        let known = known.unwrap_or_else(|| Arc::new(relation.clone()));
        Rc::new(Table {
            name: Arc::clone(&relation.name),
            schema: Some(Arc::clone(&relation.schema)),
            at,
            aliases: Vec::new(),
            inside: Inside::Relation(known),
        })
    }

    /// A column of a base relation: itself, and what it is generated from.
    pub(super) fn base_column(&mut self, relation: &Arc<Relation>, index: usize, at: Option<At>) -> Flow {
        let Some(column) = relation.columns.get(index) else { return Flow::unknown() };
        let id = ColumnId {
            relation: relation.oid,
            number: column.number,
            of: self.gather.full_name(relation),
            name: Arc::clone(&column.name),
        };
        let source = self.gather.column(at, id, true);
        let mut flow = Flow::copy(source, Shape::Type(column.type_oid));
        if relation.oid < FIRST_OWN && COMPARED.contains(&&*column.name) {
            flow.set_opaque();
        }
        if column.generated
            && let Some(text) = column.default.clone()
        {
            let before = self.gather.settle(true);
            let made_from = self.generated(relation, &text, at);
            self.gather.settle(before);
            for (source, _) in made_from.uses() {
                flow.insert(source, Derivation::Derived);
            }
        }
        flow
    }

    /// Where a generated column's value comes from. Its own calls are the concern of who writes the row.
    fn generated(&mut self, relation: &Arc<Relation>, text: &str, at: Option<At>) -> Flow {
        let Ok(tree) = crate::parse::Tree::parse(&format!("SELECT {text}")) else {
            let mut flow = Flow::unknown();
            flow.set_opaque();
            return flow;
        };
        let table = Rc::new(Table {
            name: Arc::clone(&relation.name),
            schema: None,
            at,
            aliases: Vec::new(),
            inside: Inside::Plain(Arc::clone(relation)),
        });
        let scope = super::Scope::over(table, None);
        let mut flow = Flow::default();
        for (node, _) in tree.statements(text) {
            if let crate::parse::Node::SelectStmt(select) = node {
                for target in select.target_list() {
                    let part = self.expression(target.val(), &scope);
                    self.add(&mut flow, &part);
                }
            }
        }
        flow
    }

    /// A row of these columns, as one value.
    pub(super) fn row(&mut self, columns: Vec<Column>, type_oid: u32) -> Flow {
        let mut flow = Flow::default();
        for column in &columns {
            self.add(&mut flow, &column.flow);
        }
        flow.derived().shaped(Shape::Row(columns.into(), type_oid))
    }
}
