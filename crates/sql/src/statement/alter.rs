//! ALTER TABLE and its kin, command by command: what each changes, loses, rewrites or locks.

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Found, becomes};
use super::{constraint, object};
use crate::gather::{At, Cx, Gather, object_of};
use crate::parse::Node;
use crate::parse::nodes::{self, AlterTableType as Type, ConstrType, DropBehavior, ObjectType};
use crate::query::{descendants, partition_runs, relation_runs, type_read};
use crate::view::{Effect, Made, MadeState};

pub(super) fn alter(statement: &nodes::AlterTableStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let expected = object::relation_kind(statement.objtype).unwrap_or(ObjectKind::Type);
    let (found, at) =
        name::touch_if(Verb::Alter, statement.relation(), expected, statement.missing_ok, cx, gather);
    let (mut shape, mut all_rows) = (false, false);
    for node in statement.cmds() {
        let Node::AlterTableCmd(command) = node else {
            super::unknown("a part of ALTER TABLE", gather);
            continue;
        };
        let mut local = Gather::default();
        shape |= step(command, &found, at, cx, &mut local, gather);
        all_rows |= touches_all(command.subtype) && command.subtype != Type::AT_AttachPartition;
        // Rows that are written anew go into all indexes again.
        if command.subtype == Type::AT_AddColumn
            && (local.has_risk(RiskKind::Rewrite, &found.object.full_name()) || is_of_domain(command, cx))
            && let Some(relation) = &found.relation
        {
            relation_runs(relation, false, cx, &mut local);
            all_rows = true;
        }
        finish(local, found.object.is_temporary(), gather);
    }
    // What is said of a table is said of its children and partitions, unless ONLY it is named.
    let with_children = statement.relation().is_some_and(|range| range.inh);
    let children = match &found.relation {
        Some(relation) if with_children => descendants(relation, cx, gather),
        _ => Vec::new(),
    };
    for child in &children {
        gather.relation(Verb::Alter, child);
        if all_rows {
            relation_runs(child, false, cx, gather);
        }
        if shape {
            becomes(&object_of(child), MadeState::Changed, gather);
        }
    }
    if shape {
        becomes(&found.object, MadeState::Changed, gather);
    } else if !found.object.is_temporary() {
        gather.effect(Effect::Definition);
    }
    match statement.objtype {
        ObjectType::OBJECT_INDEX => "ALTER INDEX",
        ObjectType::OBJECT_SEQUENCE => "ALTER SEQUENCE",
        ObjectType::OBJECT_VIEW => "ALTER VIEW",
        ObjectType::OBJECT_MATVIEW => "ALTER MATERIALIZED VIEW",
        ObjectType::OBJECT_FOREIGN_TABLE => "ALTER FOREIGN TABLE",
        ObjectType::OBJECT_TYPE => "ALTER TYPE",
        _ => "ALTER TABLE",
    }
}

/// What one command found: a table of the session's own neither loses what others need nor stops anybody.
fn finish(local: Gather, temporary: bool, gather: &mut Gather) {
    let found = local.finish("ALTER TABLE");
    let mut facts = found.facts;
    if temporary {
        let costs = [RiskKind::Destructive, RiskKind::LongLock, RiskKind::Rewrite];
        facts.risks.retain(|risk| !costs.contains(&risk.kind));
    }
    gather.absorb(&facts);
    found.effects.into_iter().for_each(|effect| gather.effect(effect));
    if found.stale {
        gather.stale();
    }
}

/// One command. `true`: the catalogue's columns, children or triggers of the table are not to be relied on.
fn step(
    command: &nodes::AlterTableCmd,
    found: &Found,
    at: At,
    cx: Cx<'_>,
    local: &mut Gather,
    gather: &mut Gather,
) -> bool {
    let about = found.object.full_name();
    let cascade = command.behavior == DropBehavior::DROP_CASCADE;
    if cascade {
        local.risk(RiskKind::Cascade, &*about);
    }
    if touches_all(command.subtype)
        && let Some(relation) = &found.relation
    {
        relation_runs(relation, false, cx, local);
    }
    let mut risks = |kinds: &[RiskKind]| kinds.iter().for_each(|kind| local.risk(*kind, &*about));
    if let Some(column) = command.name().filter(|_| is_of_column(command.subtype)) {
        gather.writes(at, &column.into());
    }
    match command.subtype {
        Type::AT_AddColumn | Type::AT_AddColumnToView => {
            add_column(command, &found.object, at, cx, local, gather);
            return true;
        }
        Type::AT_DropColumn => {
            risks(&[RiskKind::Destructive]);
            local.verb(Verb::Drop);
            local.access(Verb::Drop, found.object.clone(), found.relation.as_ref().and_then(|r| r.rows));
            return true;
        }
        Type::AT_AlterColumnType => {
            risks(&[RiskKind::Rewrite, RiskKind::LongLock]);
            if let Node::ColumnDef(column) = command.def() {
                cast(column, cx, local);
                if !matches!(column.raw_default(), Node::None) {
                    local.risk(RiskKind::Destructive, &*about);
                    let name = command.name().unwrap_or_default();
                    constraint::assigned(column.raw_default(), &found.object, name, cx, local);
                }
            }
            return true;
        }
        Type::AT_SetNotNull => risks(&[RiskKind::LongLock]),
        Type::AT_SetExpression => {
            risks(&[RiskKind::Rewrite, RiskKind::LongLock, RiskKind::Destructive]);
            constraint::assigned(command.def(), &found.object, command.name().unwrap_or_default(), cx, local);
            return true;
        }
        Type::AT_ColumnDefault => {
            let name = command.name().unwrap_or_default();
            constraint::assigned(command.def(), &found.object, name, cx, local);
            return true;
        }
        Type::AT_AddConstraint | Type::AT_AddIndexConstraint => {
            if let Node::Constraint(added) = command.def() {
                constraint::constraint(added, &found.object, cx, local);
                constraint::cost(added, &found.object, local);
                return added.contype == ConstrType::CONSTR_PRIMARY;
            }
        }
        Type::AT_DropConstraint | Type::AT_DropExpression => risks(&[RiskKind::Destructive]),
        // NOT ENFORCED is as good as dropped, ENFORCED checks all rows.
        Type::AT_AlterConstraint => match command.def() {
            Node::ATAlterConstraint(change) if !change.alter_enforceability => {}
            Node::ATAlterConstraint(change) if change.is_enforced => risks(&[RiskKind::LongLock]),
            _ => risks(&[RiskKind::Destructive]),
        },
        // A crash empties it, and replicas have none of its rows.
        Type::AT_SetUnLogged => risks(&[RiskKind::Rewrite, RiskKind::LongLock, RiskKind::Destructive]),
        Type::AT_SetLogged | Type::AT_SetAccessMethod | Type::AT_SetTableSpace => {
            risks(&[RiskKind::Rewrite, RiskKind::LongLock]);
        }
        Type::AT_EnableRowSecurity | Type::AT_ForceRowSecurity => {
            risks(&[RiskKind::Privilege]);
            local.effect(Effect::Object(Made::unseen(&about)));
        }
        Type::AT_ChangeOwner | Type::AT_DisableRowSecurity | Type::AT_NoForceRowSecurity => {
            risks(&[RiskKind::Privilege]);
        }
        Type::AT_SetRelOptions | Type::AT_ResetRelOptions | Type::AT_ReplaceRelOptions => {
            // security_invoker, security_barrier: whose rights a view reads with.
            if found.object.kind == ObjectKind::View {
                risks(&[RiskKind::Privilege]);
            }
        }
        Type::AT_EnableTrig
        | Type::AT_EnableAlwaysTrig
        | Type::AT_EnableReplicaTrig
        | Type::AT_DisableTrig
        | Type::AT_EnableTrigAll
        | Type::AT_DisableTrigAll
        | Type::AT_EnableTrigUser
        | Type::AT_DisableTrigUser
        | Type::AT_EnableRule
        | Type::AT_EnableAlwaysRule
        | Type::AT_EnableReplicaRule
        | Type::AT_DisableRule => {
            risks(&[RiskKind::Code]);
            return true;
        }
        Type::AT_AddInherit | Type::AT_DropInherit => {
            if command.subtype == Type::AT_DropInherit {
                risks(&[RiskKind::Destructive]);
            }
            if let Node::RangeVar(parent) = command.def() {
                let (parent, _) = name::touch(Verb::Alter, Some(parent), ObjectKind::Table, cx, local);
                name::shown_in(found, &parent, local);
                becomes(&parent.object, MadeState::Changed, local);
            }
            return true;
        }
        Type::AT_AttachPartition | Type::AT_DetachPartition | Type::AT_DetachPartitionFinalize => {
            partition(command, found, cx, local);
            return true;
        }
        Type::AT_ReplicaIdentity => risks(&[RiskKind::Replication]),
        Type::AT_GenericOptions | Type::AT_AlterColumnGenericOptions => risks(&[RiskKind::Network]),
        Type::AT_AddOf | Type::AT_DropOf => return true,
        // They change what is checked, kept or planned later, and cost nothing now.
        Type::AT_DropNotNull
        | Type::AT_SetStatistics
        | Type::AT_SetOptions
        | Type::AT_ResetOptions
        | Type::AT_SetStorage
        | Type::AT_SetCompression
        | Type::AT_ValidateConstraint
        | Type::AT_ClusterOn
        | Type::AT_DropCluster
        | Type::AT_DropOids
        | Type::AT_AddIdentity
        | Type::AT_SetIdentity
        | Type::AT_DropIdentity => {}
        _ => {
            super::unknown("a kind of ALTER TABLE", local);
        }
    }
    false
}

/// Whether it reads or writes all rows, so that checks, index expressions and generated columns run.
fn touches_all(kind: Type::Type) -> bool {
    matches!(
        kind,
        Type::AT_AlterColumnType
            | Type::AT_SetExpression
            | Type::AT_ValidateConstraint
            | Type::AT_SetLogged
            | Type::AT_SetUnLogged
            | Type::AT_SetAccessMethod
            | Type::AT_AttachPartition
    )
}

/// Whether a column is added whose type's checks are made for each row that there is.
fn is_of_domain(command: &nodes::AlterTableCmd, cx: Cx<'_>) -> bool {
    let Node::ColumnDef(column) = command.def() else { return false };
    let made = type_read(column.type_name(), cx, &mut Gather::default());
    cx.catalogue.type_by_oid(made).is_some_and(|kind| kind.kind == b'd')
}

/// Each value becomes one of the new type: by that type's casts, whichever fits, and by its checks.
fn cast(column: &nodes::ColumnDef, cx: Cx<'_>, local: &mut Gather) {
    let new = type_read(column.type_name(), cx, local);
    if new != 0 {
        for function in cx.catalogue.own_casts_to(new) {
            crate::function::by_oid(function, cx, local);
        }
    }
}

/// Whether the command's name is a column's.
fn is_of_column(kind: Type::Type) -> bool {
    matches!(
        kind,
        Type::AT_DropColumn
            | Type::AT_AlterColumnType
            | Type::AT_ColumnDefault
            | Type::AT_SetNotNull
            | Type::AT_DropNotNull
            | Type::AT_SetExpression
            | Type::AT_DropExpression
            | Type::AT_AddIdentity
            | Type::AT_SetIdentity
            | Type::AT_DropIdentity
    )
}

/// A new column is free unless each row gets a value of its own, or all rows are checked.
fn add_column(
    command: &nodes::AlterTableCmd,
    object: &Object,
    at: At,
    cx: Cx<'_>,
    local: &mut Gather,
    gather: &mut Gather,
) {
    let Node::ColumnDef(column) = command.def() else {
        super::unknown("a kind of ADD COLUMN", local);
        return;
    };
    gather.writes(at, &column.colname().unwrap_or_default().into());
    constraint::column(column, object, cx, local);
    let parts = column.type_name().map(|name| name::words(name.names())).unwrap_or_default();
    let serial = ["serial", "serial2", "serial4", "serial8", "bigserial", "smallserial"];
    let mut rewrites = parts.last().is_some_and(|name| serial.contains(name));
    for node in column.constraints() {
        let Node::Constraint(added) = node else { continue };
        match added.contype {
            ConstrType::CONSTR_DEFAULT => rewrites |= !constraint::is_steady(added.raw_expr(), cx),
            // The new column has no value yet, so that there is nothing to check.
            ConstrType::CONSTR_NOTNULL => {}
            _ => constraint::cost(added, object, local),
        }
    }
    if rewrites {
        local.risk(RiskKind::Rewrite, object.full_name());
        local.risk(RiskKind::LongLock, object.full_name());
    }
}

/// ATTACH scans the new partition; DETACH takes its rows out of the table.
fn partition(command: &nodes::AlterTableCmd, parent: &Found, cx: Cx<'_>, local: &mut Gather) {
    let about = &*parent.object.full_name();
    let Node::PartitionCmd(partition) = command.def() else {
        super::unknown("a kind of ALTER TABLE … PARTITION", local);
        return;
    };
    let kind = if matches!(command.subtype, Type::AT_AttachPartition) {
        RiskKind::LongLock
    } else {
        RiskKind::Destructive
    };
    let (child, _) = name::touch(Verb::Alter, partition.name(), ObjectKind::Table, cx, local);
    if let Some(bound) = partition.bound() {
        constraint::bound(bound, &child.object, cx, local);
    }
    name::shown_in(&child, parent, local);
    if let (RiskKind::LongLock, Some(relation)) = (kind, &child.relation) {
        relation_runs(relation, false, cx, local);
    }
    if let (RiskKind::LongLock, Some(relation)) = (kind, &parent.relation) {
        partition_runs(relation, cx, local);
    }
    local.risk(kind, about);
    local.risk(kind, child.object.full_name());
    if kind == RiskKind::Destructive && !partition.concurrent {
        local.risk(RiskKind::LongLock, about);
    }
}
