//! VACUUM, ANALYZE, CLUSTER, REINDEX, LOCK, CHECKPOINT, LOAD, NOTIFY: the server's housekeeping, by what it stops.

use model::facts::{ObjectKind, RiskKind, Verb};

use super::name::{self, other};
use super::setting::truth;
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, ReindexObjectType as Reindex};
use crate::parse::{CastNodeList, Node};

/// `SHARE`: from here on writers wait.
const SHARE_LOCK: i32 = 5;

/// Whether an option is given and not switched off.
fn has(options: &CastNodeList<nodes::DefElem>, name: &str) -> bool {
    options.iter().any(|option| option.defname() == Some(name) && truth(option.arg()) != Some(false))
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
        rewrites(found.object.full_name(), gather);
    }
    if statement.rels().is_empty() {
        rewrites("all tables".to_owned(), gather);
    }
    if statement.is_vacuumcmd { "VACUUM" } else { "ANALYZE" }
}

pub(super) fn cluster(statement: &nodes::ClusterStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let about = match statement.relation() {
        Some(range) => {
            name::touch(Verb::Alter, Some(range), ObjectKind::Table, cx, gather).0.object.full_name()
        }
        None => "all clustered tables".to_owned(),
    };
    gather.risk(RiskKind::Rewrite, &*about);
    gather.risk(RiskKind::LongLock, about);
    "CLUSTER"
}

pub(super) fn reindex(statement: &nodes::ReindexStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let about = match (statement.relation(), statement.kind) {
        (Some(range), Reindex::REINDEX_OBJECT_INDEX) => {
            name::touch(Verb::Alter, Some(range), ObjectKind::Index, cx, gather).0.object.full_name()
        }
        (Some(range), _) => {
            name::touch(Verb::Alter, Some(range), ObjectKind::Table, cx, gather).0.object.full_name()
        }
        (None, _) => {
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
        if statement.mode >= SHARE_LOCK && !found.object.is_temporary() {
            gather.risk(RiskKind::LongLock, found.object.full_name());
        }
    }
    "LOCK TABLE"
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
