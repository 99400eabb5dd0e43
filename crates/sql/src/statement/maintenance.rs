//! VACUUM, ANALYZE, CLUSTER, REINDEX, LOCK, CHECKPOINT, LOAD, NOTIFY: the server's housekeeping, by what it stops and
//! by the functions of index expressions that it runs.

use std::sync::Arc;

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Found, other};
use super::setting::truth;
use crate::catalogue::Relation;
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, ReindexObjectType as Reindex};
use crate::parse::{CastNodeList, Node, Tree};
use crate::view::View;

/// `SHARE`: from here on writers wait.
const SHARE_LOCK: i32 = 5;

/// Whether an option is given and not switched off.
fn has(options: &CastNodeList<nodes::DefElem>, name: &str) -> bool {
    options.iter().any(|option| option.defname() == Some(name) && truth(option.arg()) != Some(false))
}

/// Rows of a relation, of what is below it, or of an index' table are put into its indexes again, or counted by their
/// expressions and (`counted`) those of its statistics.
fn runs(found: &Found, counted: bool, cx: Cx<'_>, gather: &mut Gather) {
    let Some(relation) = &found.relation else { return };
    let table = cx.catalogue.relation_by_oid(relation.index_of).unwrap_or(relation);
    functions(table, counted, cx, gather);
    for child in crate::query::descendants(table, cx, gather) {
        functions(&child, counted, cx, gather);
    }
}

/// The same for every table, or every table of a schema.
fn runs_all(schema: Option<&str>, counted: bool, cx: Cx<'_>, gather: &mut Gather) {
    let meant = |relation: &&Arc<Relation>| schema.is_none_or(|schema| schema == &*relation.schema);
    cx.catalogue.relations().filter(meant).for_each(|relation| functions(relation, counted, cx, gather));
}

fn functions(relation: &Relation, counted: bool, cx: Cx<'_>, gather: &mut Gather) {
    let statistics = relation.statistics.iter().filter(|_| counted);
    for function in relation.functions.iter().chain(statistics) {
        crate::function::by_oid(*function, cx, gather);
    }
}

pub(super) fn vacuum(statement: &nodes::VacuumStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    let full = statement.is_vacuumcmd && has(statement.options(), "full");
    let rewrites = |about: String, gather: &mut Gather| {
        if full {
            gather.risk(RiskKind::Rewrite, &*about);
            gather.risk(RiskKind::LongLock, about);
        }
    };
    for relation in statement.rels() {
        let (found, _) = name::touch(Verb::Other, relation.relation(), ObjectKind::Table, cx, gather);
        runs(&found, true, cx, gather);
        rewrites(found.object.full_name(), gather);
    }
    if statement.rels().is_empty() {
        runs_all(None, true, cx, gather);
        rewrites("all tables".to_owned(), gather);
    }
    if statement.is_vacuumcmd { "VACUUM" } else { "ANALYZE" }
}

pub(super) fn cluster(statement: &nodes::ClusterStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let about = match statement.relation() {
        Some(range) => {
            let (found, at) = name::touch(Verb::Alter, Some(range), ObjectKind::Table, cx, gather);
            runs(&found, false, cx, gather);
            // Rows lie in the order of an index from then on, and come so.
            super::predicates(&found, at, found.columns.as_deref().unwrap_or_default(), gather);
            found.object.full_name()
        }
        None => {
            runs_all(None, false, cx, gather);
            "all clustered tables".to_owned()
        }
    };
    gather.risk(RiskKind::Rewrite, &*about);
    gather.risk(RiskKind::LongLock, about);
    "CLUSTER"
}

pub(super) fn reindex(statement: &nodes::ReindexStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let about = match (statement.relation(), statement.kind) {
        (Some(range), kind) => {
            let index = kind == Reindex::REINDEX_OBJECT_INDEX;
            let kind = if index { ObjectKind::Index } else { ObjectKind::Table };
            let (found, _) = name::touch(Verb::Alter, Some(range), kind, cx, gather);
            runs(&found, false, cx, gather);
            found.object.full_name()
        }
        (None, kind) => {
            let schema = statement.name().filter(|_| kind == Reindex::REINDEX_OBJECT_SCHEMA);
            runs_all(schema, false, cx, gather);
            let name = statement.name().unwrap_or("all tables");
            gather.access(Verb::Alter, other(name), None);
            name.to_owned()
        }
    };
    if !has(statement.params(), "concurrently") {
        gather.risk(RiskKind::LongLock, about);
    }
    "REINDEX"
}

pub(super) fn lock(statement: &nodes::LockStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Lock);
    for node in statement.relations() {
        let Node::RangeVar(range) = node else { continue };
        let (found, _) = name::touch(Verb::Lock, Some(range), ObjectKind::Table, cx, gather);
        let waits = statement.mode >= SHARE_LOCK;
        if waits && !found.object.is_temporary() {
            gather.risk(RiskKind::LongLock, found.object.full_name());
        }
        if matches!(found.object.kind, ObjectKind::View | ObjectKind::MaterializedView) {
            below(&found, waits, cx, gather);
        }
    }
    "LOCK TABLE"
}

/// The server locks what a view reads as well, all the way down.
fn below(found: &Found, waits: bool, cx: Cx<'_>, gather: &mut Gather) {
    // Columns that are not known: this session made the view, or made it anew.
    let known = found.relation.as_ref().filter(|_| found.columns.is_some());
    let query = known.and_then(|relation| relation.query.as_deref());
    let Some(read) = query.and_then(|query| reads(query, cx)) else {
        let name = found.object.full_name();
        gather.opaque("unknown object", format!("what `{name}` locks is not known to the gate yet"));
        return;
    };
    for (object, rows) in read {
        let below = cx.catalogue.relation_by_oid(object.oid).cloned();
        let children = below.map(|below| crate::query::descendants(&below, cx, gather)).unwrap_or_default();
        let children = children.iter().map(|child| (crate::gather::object_of(child), child.rows));
        for (object, rows) in std::iter::once((object, rows)).chain(children) {
            if waits {
                gather.risk(RiskKind::LongLock, object.full_name());
            }
            gather.access(Verb::Lock, object, rows);
        }
    }
}

/// The relations that a view's query reads, those of views in it too; `None`: it is not understood.
fn reads(query: &str, cx: Cx<'_>) -> Option<Vec<(Object, Option<u64>)>> {
    let empty = View::printed();
    let tree = Tree::parse(query.trim_end().trim_end_matches(';')).ok()?;
    let mut inner = Gather::default();
    for (node, _) in tree.statements(query) {
        crate::query::query(node, Cx::new(cx.catalogue, &empty), &mut inner);
    }
    let facts = inner.finish("").facts;
    let read = facts.accesses.into_iter().filter(|access| access.verb == Verb::Select);
    facts.opaque.is_empty().then(|| read.map(|access| (access.object, access.rows)).collect())
}

/// Steers the session, or something beside it, and touches no data.
pub(super) fn quiet(tag: &'static str, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    tag
}

pub(super) fn notify(statement: &nodes::NotifyStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    gather.risk(RiskKind::SideEffect, format!("notify {}", statement.conditionname().unwrap_or_default()));
    "NOTIFY"
}

pub(super) fn checkpoint(gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    gather.risk(RiskKind::SideEffect, "checkpoint");
    "CHECKPOINT"
}

pub(super) fn load(statement: &nodes::LoadStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    gather.risk(RiskKind::NativeCode, statement.filename().unwrap_or_default());
    "LOAD"
}

#[cfg(test)]
mod tests;
