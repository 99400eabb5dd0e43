//! Columns and constraints of CREATE TABLE and ALTER TABLE: the expressions in them, the tables they refer to, and
//! what a new one costs on a table that has rows.

use std::sync::Arc;

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Found};
use crate::catalogue::{Relation, Volatility};
use crate::gather::{At, Cx, Gather};
use crate::parse::Node;
use crate::parse::nodes::{self, ConstrType as Kind};
use crate::query::{becomes, expression, expression_over, type_read};
use crate::view::Effect;

/// An expression that is kept and evaluated later, over the relation's columns where they are known. Whether rows meet it, and
/// whether it fails for some, whoever writes it down can see.
pub(super) fn kept(node: Node<'_>, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    assigned(node, object, "", cx, gather);
}

/// The same, and its value goes into a column of the relation; without a name, nowhere.
pub(super) fn assigned(node: Node<'_>, object: &Object, column: &str, cx: Cx<'_>, gather: &mut Gather) {
    if matches!(node, Node::None) {
        return;
    }
    match cx.catalogue.relation_by_oid(object.oid) {
        Some(relation) => {
            let relation = Arc::clone(relation);
            let at = at(&relation, object, gather);
            let flow = expression_over(&relation, Some(at), node, cx, gather);
            gather.predicate(&flow);
            gather.partial(&flow);
            if !column.is_empty() {
                let known = relation.columns.iter().find(|known| &*known.name == column);
                gather.flows(object, &column.into(), known.map_or(0, |known| known.number), &flow);
            }
        }
        // The columns of a table that is just being made are nobody's yet: only what is called counts.
        None => calls(node, (object, column), cx, gather),
    }
}

/// What an expression calls, whatever its columns are. What functions read for it is in what it makes.
fn calls(node: Node<'_>, (object, column): (&Object, &str), cx: Cx<'_>, gather: &mut Gather) {
    let mut inner = Gather::default();
    let flow = expression(node, cx, &mut inner);
    let uses = inner.uses(&flow);
    let inner = inner.finish("");
    let mut facts = inner.facts;
    let unseen = [RiskKind::UserFunction, RiskKind::DynamicSql, RiskKind::NativeCode];
    let opaque = facts.risks.iter().any(|risk| unseen.contains(&risk.kind));
    gather.copied(object, &column.into(), 0, &uses, opaque);
    // So its columns' values are, which come from nowhere yet.
    facts.blind = false;
    facts.opaque.retain(|opaque| opaque.kind != "unknown object" || !facts.accesses.is_empty());
    if facts.opaque.is_empty() {
        facts.verbs.retain(|verb| *verb != Verb::Opaque);
    }
    gather.absorb(&facts);
    // The session may be lost whenever it is evaluated.
    inner
        .effects
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Lost(_)))
        .for_each(|effect| gather.effect(effect));
}

/// The bound of a partition: constant expressions, which the server computes at once and shows to everybody.
pub(super) fn bound(bound: &nodes::PartitionBoundSpec, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    for datum in bound.listdatums().iter().chain(bound.lowerdatums()).chain(bound.upperdatums()) {
        // MINVALUE and MAXVALUE are columns to the grammar, and no column can stand there.
        let is_limit = match datum {
            Node::ColumnRef(column) => matches!(*name::strings(column.fields()), ["minvalue" | "maxvalue"]),
            _ => false,
        };
        if !is_limit {
            let flow = expression(datum, cx, gather);
            gather.flows(object, &"".into(), 0, &flow);
        }
    }
}

/// PARTITION BY: its expressions run for each new row.
pub(super) fn partition_key(key: &nodes::PartitionSpec, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    for element in key.part_params() {
        kept(element.expr(), object, cx, gather);
    }
}

/// EXCLUDE: its expressions and the operators that compare them.
fn exclusions(constraint: &nodes::Constraint, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    for pair in constraint.exclusions() {
        let Node::NodeList(pair) = pair else {
            super::unknown("a part of EXCLUDE", gather);
            continue;
        };
        for part in pair {
            match part {
                Node::IndexElem(element) => kept(element.expr(), object, cx, gather),
                Node::NodeList(operator) => {
                    let parts = name::strings(operator);
                    let name = name::Name::from_parts(&parts);
                    let found: Vec<_> = cx.catalogue.operators(cx.view, name.schema, name.name).collect();
                    crate::function::operator(&found, &parts, cx, gather);
                }
                _ => {
                    super::unknown("a part of EXCLUDE", gather);
                }
            }
        }
    }
}

/// A column that is made with a table.
pub(super) fn column(column: &nodes::ColumnDef, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    becomes(type_read(column.type_name(), cx, gather), cx, gather);
    let name = column.colname().unwrap_or_default();
    assigned(column.raw_default(), object, name, cx, gather);
    for node in column.constraints() {
        if let Node::Constraint(constraint) = node {
            match constraint.contype {
                Kind::CONSTR_GENERATED | Kind::CONSTR_DEFAULT => {
                    assigned(constraint.raw_expr(), object, name, cx, gather);
                }
                _ => self::constraint(constraint, object, cx, gather),
            }
        }
    }
}

/// Any constraint: its expression, and the table that a foreign key refers to.
pub(super) fn constraint(constraint: &nodes::Constraint, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    kept(constraint.raw_expr(), object, cx, gather);
    kept(constraint.where_clause(), object, cx, gather);
    exclusions(constraint, object, cx, gather);
    compared(constraint, object, cx, gather);
    if constraint.contype == Kind::CONSTR_FOREIGN {
        // A foreign key tells of each value whether it is there.
        let (found, at) = name::touch(Verb::Select, constraint.pktable(), ObjectKind::Table, cx, gather);
        let keys: Vec<Arc<str>> = name::strings(constraint.pk_attrs()).into_iter().map(Arc::from).collect();
        super::predicates(&found, at, &keys, gather);
    }
}

/// A key tells whether values are there twice, a foreign key whether all of them are in another table.
fn compared(constraint: &nodes::Constraint, object: &Object, cx: Cx<'_>, gather: &mut Gather) {
    let Some(relation) = cx.catalogue.relation_by_oid(object.oid) else { return };
    let keys = name::strings(constraint.keys().iter().chain(constraint.fk_attrs()));
    let known = relation.columns.iter().filter(|column| keys.contains(&&*column.name));
    let known: Vec<Arc<str>> = known.map(|column| Arc::clone(&column.name)).collect();
    if !known.is_empty() {
        let at = at(relation, object, gather);
        let relation = Some(Arc::clone(relation));
        super::predicates(&Found { object: object.clone(), relation, columns: None }, at, &known, gather);
    }
}

/// The access that an expression or key of a relation belongs to.
fn at(relation: &Relation, object: &Object, gather: &mut Gather) -> At {
    let made = [Verb::Create, Verb::Alter];
    let found = made.iter().find_map(|verb| gather.access_to(*verb, object.oid));
    found.unwrap_or_else(|| gather.relation(Verb::Alter, relation))
}

/// What adding this constraint to a table that has rows costs.
pub(super) fn cost(constraint: &nodes::Constraint, object: &Object, gather: &mut Gather) {
    let about = object.full_name();
    match constraint.contype {
        Kind::CONSTR_CHECK | Kind::CONSTR_FOREIGN | Kind::CONSTR_NOTNULL if !constraint.skip_validation => {
            gather.risk(RiskKind::LongLock, about);
        }
        // An index is built, unless one that is there already is taken.
        Kind::CONSTR_PRIMARY | Kind::CONSTR_UNIQUE | Kind::CONSTR_EXCLUSION
            if constraint.indexname().is_none() =>
        {
            gather.risk(RiskKind::LongLock, about);
        }
        Kind::CONSTR_GENERATED | Kind::CONSTR_IDENTITY => {
            gather.risk(RiskKind::Rewrite, &*about);
            gather.risk(RiskKind::LongLock, about);
        }
        _ => {}
    }
}

/// Whether a default is the same for each row, so that adding a column with it rewrites nothing. What is not known
/// to be so is not.
pub(super) fn is_steady(node: Node<'_>, cx: Cx<'_>) -> bool {
    match node {
        Node::None | Node::A_Const(_) | Node::SQLValueFunction(_) => true,
        Node::TypeCast(cast) => is_steady(cast.arg(), cx),
        Node::A_ArrayExpr(array) => array.elements().iter().all(|element| is_steady(element, cx)),
        Node::FuncCall(call) => {
            let parts = name::strings(call.funcname());
            let name = name::Name::from_parts(&parts);
            let found = cx.catalogue.functions(cx.view, name.schema, name.name);
            !found.is_empty()
                && found.iter().all(|function| function.volatility != Volatility::Volatile)
                && call.args().iter().all(|argument| is_steady(argument, cx))
        }
        _ => false,
    }
}
