//! DROP of everything, DROP OWNED, REASSIGN OWNED and TRUNCATE.

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Found, becomes};
use super::{object, role, write};
use crate::gather::{Cx, Gather};
use crate::parse::Node;
use crate::parse::nodes::{self, DropBehavior, ObjectType as Type};
use crate::view::{Effect, Made, MadeState};

pub(super) fn drop(statement: &nodes::DropStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Drop);
    let kind = statement.remove_type;
    for node in statement.objects() {
        for object in object::resolve(kind, node, statement.missing_ok, cx, gather) {
            // IF EXISTS, and there is none.
            if statement.missing_ok && is_missing(kind, &object, cx, gather) {
                // With `pg_temp` before it nothing but the session's own can be meant.
                if object.is_temporary() && is_named(kind) {
                    gather.access(Verb::Drop, object, None);
                }
                continue;
            }
            let rows = cx.catalogue.relation_by_oid(object.oid).and_then(|relation| relation.rows);
            gather.access(Verb::Drop, object.clone(), rows);
            let about = object.full_name();
            // What only this session has is lost to nobody.
            if !object.is_temporary() {
                gather.risk(RiskKind::Destructive, &*about);
                gather.effect(Effect::Definition);
            }
            if statement.behavior == DropBehavior::DROP_CASCADE {
                gather.risk(RiskKind::Cascade, &*about);
            }
            match kind {
                Type::OBJECT_POLICY => gather.risk(RiskKind::Privilege, &*about),
                Type::OBJECT_TRIGGER | Type::OBJECT_RULE | Type::OBJECT_EVENT_TRIGGER => {
                    gather.risk(RiskKind::Code, &*about);
                }
                Type::OBJECT_PUBLICATION => gather.risk(RiskKind::Replication, &*about),
                Type::OBJECT_FOREIGN_SERVER | Type::OBJECT_FDW => gather.risk(RiskKind::Network, &*about),
                Type::OBJECT_INDEX if !statement.concurrent && !object.is_temporary() => {
                    gather.risk(RiskKind::LongLock, &*about);
                }
                _ => {}
            }
            if is_named(kind) || kind == Type::OBJECT_SCHEMA {
                becomes(&object, MadeState::Gone, gather);
            }
            if let Some(relation) = cx.catalogue.relation_by_oid(object.oid).filter(|_| is_named(kind)) {
                let found = Found { object: object.clone(), relation: Some(relation.clone()), columns: None };
                write::children(Verb::Drop, &found, false, cx, gather);
            }
            if matches!(kind, Type::OBJECT_FUNCTION | Type::OBJECT_PROCEDURE | Type::OBJECT_ROUTINE) {
                becomes(&super::code::plain_name(&object), MadeState::Changed, gather);
            }
        }
    }
    word(kind)
}

/// Whether nothing of this name is known, in any schema where it can be meant. The server may know more, so that the
/// catalogue is read again first.
fn is_missing(kind: Type::Type, object: &Object, cx: Cx<'_>, gather: &mut Gather) -> bool {
    let is_made = |made: &Made| made.name == object.name && made.state != MadeState::Gone;
    if object.oid != 0 || cx.view.made.iter().any(is_made) {
        return false;
    }
    let missing = match kind {
        // One that is not found by its arguments may be meant by others of them.
        Type::OBJECT_FUNCTION | Type::OBJECT_PROCEDURE | Type::OBJECT_ROUTINE | Type::OBJECT_AGGREGATE => {
            !cx.catalogue.all_functions().any(|function| function.name == object.name)
        }
        _ => is_named(kind) || kind == Type::OBJECT_SCHEMA,
    };
    if missing {
        gather.stale();
    }
    missing
}

/// Whether the session's view knows objects of this kind by their names.
fn is_named(kind: Type::Type) -> bool {
    object::relation_kind(kind).is_some() || matches!(kind, Type::OBJECT_TYPE | Type::OBJECT_DOMAIN)
}

/// The command tag.
fn word(kind: Type::Type) -> &'static str {
    match kind {
        Type::OBJECT_TABLE => "DROP TABLE",
        Type::OBJECT_VIEW => "DROP VIEW",
        Type::OBJECT_MATVIEW => "DROP MATERIALIZED VIEW",
        Type::OBJECT_FOREIGN_TABLE => "DROP FOREIGN TABLE",
        Type::OBJECT_SEQUENCE => "DROP SEQUENCE",
        Type::OBJECT_INDEX => "DROP INDEX",
        Type::OBJECT_SCHEMA => "DROP SCHEMA",
        Type::OBJECT_TYPE => "DROP TYPE",
        Type::OBJECT_DOMAIN => "DROP DOMAIN",
        Type::OBJECT_FUNCTION => "DROP FUNCTION",
        Type::OBJECT_PROCEDURE => "DROP PROCEDURE",
        Type::OBJECT_ROUTINE => "DROP ROUTINE",
        Type::OBJECT_AGGREGATE => "DROP AGGREGATE",
        Type::OBJECT_TRIGGER => "DROP TRIGGER",
        Type::OBJECT_RULE => "DROP RULE",
        Type::OBJECT_POLICY => "DROP POLICY",
        Type::OBJECT_EXTENSION => "DROP EXTENSION",
        Type::OBJECT_EVENT_TRIGGER => "DROP EVENT TRIGGER",
        Type::OBJECT_PUBLICATION => "DROP PUBLICATION",
        Type::OBJECT_FOREIGN_SERVER => "DROP SERVER",
        Type::OBJECT_FDW => "DROP FOREIGN DATA WRAPPER",
        Type::OBJECT_OPERATOR => "DROP OPERATOR",
        Type::OBJECT_CAST => "DROP CAST",
        Type::OBJECT_COLLATION => "DROP COLLATION",
        Type::OBJECT_STATISTIC_EXT => "DROP STATISTICS",
        _ => "DROP",
    }
}

pub(super) fn truncate(statement: &nodes::TruncateStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Truncate);
    for node in statement.relations() {
        let Node::RangeVar(range) = node else { continue };
        let (found, at) = name::touch(Verb::Truncate, Some(range), ObjectKind::Table, cx, gather);
        gather.unbounded(at);
        let about = found.object.full_name();
        if !found.object.is_temporary() {
            gather.risk(RiskKind::Destructive, &*about);
            gather.risk(RiskKind::LongLock, &*about);
        }
        if statement.behavior == DropBehavior::DROP_CASCADE {
            gather.risk(RiskKind::Cascade, about);
        }
        let cascade = statement.behavior == DropBehavior::DROP_CASCADE;
        if range.inh || cascade {
            write::children(Verb::Truncate, &found, cascade, cx, gather);
        }
        if let Some(relation) = &found.relation {
            write::truncates(relation, cx, gather);
        }
    }
    "TRUNCATE TABLE"
}

pub(super) fn owned(statement: &nodes::DropOwnedStmt, gather: &mut Gather) -> &'static str {
    for role in role::names(statement.roles()) {
        gather.access(Verb::Drop, name::other(role), None);
        gather.risk(RiskKind::Destructive, role);
        gather.risk(RiskKind::Privilege, role);
        if statement.behavior == DropBehavior::DROP_CASCADE {
            gather.risk(RiskKind::Cascade, role);
        }
    }
    gather.effect(Effect::Definition);
    "DROP OWNED"
}

pub(super) fn reassign(statement: &nodes::ReassignOwnedStmt, gather: &mut Gather) -> &'static str {
    for role in role::names(statement.roles()) {
        gather.access(Verb::Drop, name::other(role), None);
        gather.risk(RiskKind::Privilege, role);
    }
    gather.effect(Effect::Definition);
    "REASSIGN OWNED"
}
