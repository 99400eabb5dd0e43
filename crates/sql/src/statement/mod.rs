//! Every statement that the grammar knows, one arm each: its command, verbs, objects, dangers and what it does to
//! its session. A node that is not listed is opaque, never passed over. Nothing here judges.
//!
//! | file | statements |
//! | --- | --- |
//! | `transaction`, `setting`, `prepared` | what steers the session |
//! | `copy`, `explain` | what wraps a query |
//! | `table`, `constraint`, `alter`, `drop`, `define` | definitions |
//! | `code`, `routine`, `role`, `foreign`, `maintenance` | code, what functions read, rights, other places, housekeeping |
//! | `object`, `name`, `write` | names to objects, and what a write sets off |

mod alter;
mod code;
mod constraint;
mod copy;
mod define;
mod drop;
mod explain;
mod foreign;
pub(crate) mod guarded;
mod maintenance;
mod name;
mod object;
mod prepared;
mod role;
mod routine;
pub(crate) mod setting;
mod table;
mod text;
mod transaction;
mod write;

use std::sync::Arc;

pub use copy::{CopyFormat, CopyOut, ForceQuote, Unread};
pub use explain::explained;
pub(crate) use guarded::{MESSAGES, is_quiet};
pub use guarded::{steers_plans, tells_insides};
pub(crate) use text::Text;

use model::facts::{RiskKind, Verb};

use crate::gather::{At, Cx, Flow, Gather, Shape};
use crate::parse::nodes::{self, ObjectType};
use crate::parse::{Node, raw};
use crate::query;
use crate::view::{CASTS, EVENTS, Effect, Made};
use name::Found;

/// What one statement does goes to `gather`; returns its command.
pub(crate) fn statement(
    node: Node<'_>,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    match node {
        Node::SelectStmt(select) => return self::select(select, text, cx, gather),
        Node::InsertStmt(_) => return rows("INSERT", node, cx, gather),
        Node::UpdateStmt(_) => return rows("UPDATE", node, cx, gather),
        Node::DeleteStmt(_) => return rows("DELETE", node, cx, gather),
        Node::MergeStmt(_) => return rows("MERGE", node, cx, gather),
        _ => {}
    }
    steering(node, text, cx, gather)
        .or_else(|| making(node, text, cx, gather))
        .or_else(|| changing(node, cx, gather))
        .or_else(|| beyond(node, text, cx, gather))
        .unwrap_or_else(|| unknown("this kind of statement", gather))
}

/// A node that nobody has thought of.
fn unknown(what: &str, gather: &mut Gather) -> &'static str {
    gather.opaque("unknown statement", format!("{what} is not known to the gate"));
    "UNKNOWN"
}

fn rows(command: &'static str, node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    if let Some(outputs) = query::query(node, cx, gather) {
        gather.outputs(outputs);
    }
    command
}

/// SELECT, VALUES, TABLE; with INTO it makes a table.
fn select(select: &nodes::SelectStmt, text: &mut Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    // INTO belongs to the first arm of a set operation.
    let mut first = select;
    while let Some(left) = first.larg() {
        first = left;
    }
    if let (Some(into), false) = (first.into_clause(), text.is_inside_into()) {
        text.inside_into(true);
        let kind = (ObjectType::OBJECT_TABLE, false);
        table::create_as(Node::SelectStmt(select), Some(into), kind, text, cx, gather);
        text.inside_into(false);
        return "SELECT INTO";
    }
    gather.choose_setting(crate::function::chosen(select, cx));
    let command = rows("SELECT", Node::SelectStmt(select), cx, gather);
    gather.choose_setting(None);
    command
}

/// What steers the session, and what wraps a query.
fn steering(node: Node<'_>, text: &mut Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<&'static str> {
    Some(match node {
        Node::TransactionStmt(it) => transaction::transaction(it, gather),
        Node::VariableSetStmt(it) => setting::set(it, cx, gather),
        Node::VariableShowStmt(it) => setting::show(it, gather),
        Node::DiscardStmt(it) => setting::discard(it, gather),
        Node::PrepareStmt(it) => prepared::prepare(it, text, cx, gather),
        Node::ExecuteStmt(it) => prepared::execute(it, text, cx, gather),
        Node::DeallocateStmt(it) => prepared::deallocate(it, gather),
        Node::DeclareCursorStmt(it) => prepared::declare(it, text, cx, gather),
        Node::FetchStmt(it) => prepared::fetch(it, text, gather),
        Node::ClosePortalStmt(it) => prepared::close(it, gather),
        Node::CopyStmt(it) => copy::copy(it, text, cx, gather),
        Node::ExplainStmt(it) => explain::explain(it, text, cx, gather),
        Node::DoStmt(it) => code::block(it, cx, gather),
        Node::CallStmt(it) => code::call(it, cx, gather),
        Node::LockStmt(it) => maintenance::lock(it, cx, gather),
        Node::VacuumStmt(it) => maintenance::vacuum(it, cx, gather),
        Node::ClusterStmt(it) => maintenance::cluster(it, cx, gather),
        Node::ReindexStmt(it) => maintenance::reindex(it, cx, gather),
        Node::CheckPointStmt(_) => maintenance::checkpoint(gather),
        Node::LoadStmt(it) => maintenance::load(it, gather),
        Node::NotifyStmt(it) => maintenance::notify(it, gather),
        Node::ListenStmt(_) => maintenance::quiet("LISTEN", gather),
        Node::UnlistenStmt(_) => maintenance::quiet("UNLISTEN", gather),
        Node::ConstraintsSetStmt(_) => maintenance::quiet("SET CONSTRAINTS", gather),
        _ => return None,
    })
}

/// CREATE of what lies in schemas.
fn making(node: Node<'_>, text: &mut Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<&'static str> {
    use model::facts::ObjectKind::Table;
    Some(match node {
        Node::CreateStmt(it) => table::create(it, Table, cx, gather),
        Node::CreateTableAsStmt(it) => {
            let kind = (it.objtype, it.if_not_exists);
            table::create_as(it.query(), it.into(), kind, text, cx, gather);
            if it.objtype == ObjectType::OBJECT_MATVIEW {
                "CREATE MATERIALIZED VIEW"
            } else {
                "CREATE TABLE AS"
            }
        }
        Node::ViewStmt(it) => table::view(it, text, cx, gather),
        Node::CreateSchemaStmt(it) => table::schema(it, text, cx, gather),
        Node::IndexStmt(it) => define::index(it, cx, gather),
        Node::CreateSeqStmt(it) => define::sequence(it, cx, gather),
        Node::CreateDomainStmt(it) => define::domain(it, cx, gather),
        Node::CompositeTypeStmt(it) => define::composite(it, cx, gather),
        Node::CreateEnumStmt(it) => {
            define::create_type(&name::words(it.type_name()), None, cx, gather);
            "CREATE TYPE"
        }
        Node::CreateRangeStmt(it) => define::range(it, cx, gather),
        Node::DefineStmt(it) => define::define(it, cx, gather),
        Node::CreateStatsStmt(it) => define::statistics(it, text, cx, gather),
        Node::CreateFunctionStmt(it) => code::function(it, text, cx, gather),
        Node::CreateTrigStmt(it) => code::trigger(it, cx, gather),
        Node::RuleStmt(it) => code::rule(it, text, cx, gather),
        Node::CreatePolicyStmt(it) => {
            code::policy(Verb::Create, it.table(), [it.qual(), it.with_check()], cx, gather);
            "CREATE POLICY"
        }
        Node::CreateOpClassStmt(it) => {
            define::create(&name::words(it.opclassname()), &[RiskKind::Code], cx, gather);
            gather.effect(Effect::Object(Made::unseen(CASTS)));
            "CREATE OPERATOR CLASS"
        }
        Node::CreateOpFamilyStmt(it) => {
            define::create(&name::words(it.opfamilyname()), &[], cx, gather);
            "CREATE OPERATOR FAMILY"
        }
        Node::CreateConversionStmt(it) => {
            define::create(&name::strings(it.conversion_name()), &[RiskKind::Code], cx, gather);
            "CREATE CONVERSION"
        }
        Node::CreateCastStmt(_) => {
            define::create(&["cast"], &[RiskKind::Code], cx, gather);
            gather.effect(Effect::Object(Made::unseen(CASTS)));
            "CREATE CAST"
        }
        Node::CreateTransformStmt(_) => {
            define::create(&["transform"], &[RiskKind::Code, RiskKind::NativeCode], cx, gather);
            "CREATE TRANSFORM"
        }
        _ => return None,
    })
}

/// ALTER and DROP of what lies in schemas, COMMENT, RENAME, TRUNCATE.
fn changing(node: Node<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<&'static str> {
    Some(match node {
        Node::AlterTableStmt(it) => alter::alter(it, cx, gather),
        Node::AlterSeqStmt(it) => define::alter_sequence(it, cx, gather),
        Node::AlterDomainStmt(it) => define::alter_domain(it, cx, gather),
        Node::AlterEnumStmt(it) => define::alter_enum(it, cx, gather),
        Node::AlterTypeStmt(it) => {
            define::alter(&name::strings(it.type_name()), &[RiskKind::NativeCode], gather);
            "ALTER TYPE"
        }
        Node::AlterFunctionStmt(it) => code::alter_function(it, cx, gather),
        Node::AlterOperatorStmt(it) => {
            let parts = it.opername().map(|name| name::strings(name.objname())).unwrap_or_default();
            define::alter(&parts, &[RiskKind::Code], gather);
            "ALTER OPERATOR"
        }
        Node::AlterOpFamilyStmt(it) => {
            define::alter(&name::words(it.opfamilyname()), &[RiskKind::Code], gather);
            gather.effect(Effect::Object(Made::unseen(CASTS)));
            "ALTER OPERATOR FAMILY"
        }
        Node::AlterCollationStmt(it) => {
            define::alter(&name::strings(it.collname()), &[], gather);
            "ALTER COLLATION"
        }
        Node::AlterStatsStmt(it) => {
            define::alter(&name::words(it.defnames()), &[], gather);
            "ALTER STATISTICS"
        }
        Node::AlterTSDictionaryStmt(it) => {
            define::alter(&name::words(it.dictname()), define::reads_file(it.options()), gather);
            "ALTER TEXT SEARCH DICTIONARY"
        }
        Node::AlterTSConfigurationStmt(it) => {
            define::alter(&name::words(it.cfgname()), &[], gather);
            "ALTER TEXT SEARCH CONFIGURATION"
        }
        Node::AlterPolicyStmt(it) => {
            code::policy(Verb::Alter, it.table(), [it.qual(), it.with_check()], cx, gather);
            "ALTER POLICY"
        }
        Node::AlterOwnerStmt(it) => role::owner(it, cx, gather),
        Node::AlterObjectSchemaStmt(it) => define::set_schema(it, cx, gather),
        Node::AlterObjectDependsStmt(_) => {
            gather.verb(Verb::Alter);
            "ALTER"
        }
        Node::RenameStmt(it) => define::rename(it, cx, gather),
        Node::CommentStmt(it) => define::describe(it.objtype, it.object(), false, cx, gather),
        Node::SecLabelStmt(it) => define::describe(it.objtype, it.object(), true, cx, gather),
        Node::DropStmt(it) => drop::drop(it, cx, gather),
        Node::TruncateStmt(it) => drop::truncate(it, cx, gather),
        Node::DropOwnedStmt(it) => drop::owned(it, gather),
        Node::ReassignOwnedStmt(it) => drop::reassign(it, gather),
        Node::RefreshMatViewStmt(it) => table::refresh(it, cx, gather),
        _ => return None,
    })
}

/// Roles, rights, databases, extensions, other servers.
fn beyond(node: Node<'_>, text: &Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> Option<&'static str> {
    use RiskKind::{Code, Configuration, File, NativeCode, Network};
    let change = foreign::change;
    let name = |name: Option<&'_ str>| name.unwrap_or_default().to_owned();
    match node {
        Node::GrantStmt(it) => return Some(role::grant(it, text, cx, gather)),
        Node::GrantRoleStmt(it) => return Some(role::grant_role(it, gather)),
        Node::AlterDefaultPrivilegesStmt(_) => return Some(role::default_privileges(gather)),
        Node::CreateRoleStmt(it) => role::change(Verb::Create, it.role().unwrap_or_default(), gather),
        Node::AlterRoleStmt(it) => {
            role::change(Verb::Alter, it.role().map(role::name).unwrap_or_default(), gather);
        }
        Node::DropRoleStmt(it) => {
            role::names(it.roles()).for_each(|role| role::change(Verb::Drop, role, gather));
        }
        Node::AlterRoleSetStmt(it) => {
            role::configuration(it.role().map_or("all", role::name), it.setstmt(), gather);
        }
        Node::AlterDatabaseSetStmt(it) => {
            role::configuration(it.dbname().unwrap_or_default(), it.setstmt(), gather);
        }
        Node::AlterSystemStmt(it) => role::configuration("system", it.setstmt(), gather),
        Node::CreatedbStmt(it) => change(Verb::Create, &name(it.dbname()), &[], gather),
        Node::AlterDatabaseStmt(it) => change(Verb::Alter, &name(it.dbname()), &[Configuration], gather),
        Node::AlterDatabaseRefreshCollStmt(it) => change(Verb::Alter, &name(it.dbname()), &[], gather),
        Node::DropdbStmt(it) => change(Verb::Drop, &name(it.dbname()), &[], gather),
        Node::CreateTableSpaceStmt(it) => change(Verb::Create, &name(it.tablespacename()), &[File], gather),
        Node::DropTableSpaceStmt(it) => change(Verb::Drop, &name(it.tablespacename()), &[], gather),
        Node::AlterTableSpaceOptionsStmt(it) => {
            change(Verb::Alter, &name(it.tablespacename()), &[Configuration], gather);
        }
        Node::AlterTableMoveAllStmt(it) => {
            let risks = [RiskKind::Rewrite, RiskKind::LongLock];
            change(Verb::Alter, &name(it.orig_tablespacename()), &risks, gather);
        }
        Node::CreateExtensionStmt(it) => return Some(foreign::extension(it, gather)),
        Node::AlterExtensionStmt(it) => {
            change(Verb::Alter, &name(it.extname()), &[NativeCode, Code], gather);
        }
        Node::AlterExtensionContentsStmt(it) => change(Verb::Alter, &name(it.extname()), &[Code], gather),
        Node::CreatePLangStmt(it) => return Some(code::language(it, gather)),
        Node::CreateAmStmt(it) => change(Verb::Create, &name(it.amname()), &[NativeCode], gather),
        Node::CreateEventTrigStmt(it) => return Some(code::event_trigger(it, cx, gather)),
        Node::AlterEventTrigStmt(it) => {
            change(Verb::Alter, &name(it.trigname()), &[Code], gather);
            gather.effect(Effect::Object(Made::unseen(EVENTS)));
        }
        Node::CreateFdwStmt(it) => change(Verb::Create, &name(it.fdwname()), &[Network, NativeCode], gather),
        Node::AlterFdwStmt(it) => change(Verb::Alter, &name(it.fdwname()), &[Network, NativeCode], gather),
        Node::CreateForeignServerStmt(it) => change(Verb::Create, &name(it.servername()), &[Network], gather),
        Node::AlterForeignServerStmt(it) => change(Verb::Alter, &name(it.servername()), &[Network], gather),
        Node::CreateUserMappingStmt(it) => foreign::mapping(Verb::Create, it.user(), it.servername(), gather),
        Node::AlterUserMappingStmt(it) => foreign::mapping(Verb::Alter, it.user(), it.servername(), gather),
        Node::DropUserMappingStmt(it) => foreign::mapping(Verb::Drop, it.user(), it.servername(), gather),
        Node::ImportForeignSchemaStmt(it) => return Some(foreign::import(it, cx, gather)),
        Node::CreatePublicationStmt(it) => return Some(foreign::create_publication(it, cx, gather)),
        Node::AlterPublicationStmt(it) => return Some(foreign::alter_publication(it, cx, gather)),
        Node::CreateSubscriptionStmt(it) => foreign::subscription(Verb::Create, it.subname(), gather),
        Node::AlterSubscriptionStmt(it) => foreign::subscription(Verb::Alter, it.subname(), gather),
        Node::DropSubscriptionStmt(it) => foreign::subscription(Verb::Drop, it.subname(), gather),
        Node::Invalid(hidden) if hidden.type_ == raw::NodeTag::T_CreateForeignTableStmt => {
            return Some(foreign::foreign_table(text, cx, gather));
        }
        _ => return None,
    }
    Some(text.command())
}

/// Columns that choose rows, or tell of them whether they are there.
fn predicates(found: &Found, at: At, names: &[Arc<str>], gather: &mut Gather) {
    for name in names {
        let number = found.relation.as_ref().and_then(|relation| {
            relation.columns.iter().find(|column| column.name == *name).map(|column| column.number)
        });
        let column = model::facts::ColumnId {
            relation: found.object.oid,
            number: number.unwrap_or(0),
            of: found.object.full_name().into(),
            name: Arc::clone(name),
        };
        let source = gather.column(Some(at), column, true);
        gather.predicate(&Flow::copy(source, Shape::Unknown));
    }
}

/// Relations of the server that hold what is dangerous to read.
fn relation_risks(found: &Found, gather: &mut Gather) {
    if let Some(kind) = crate::function::relation_risk(&found.object.schema, &found.object.name) {
        gather.risk(kind, found.object.full_name());
    }
}
