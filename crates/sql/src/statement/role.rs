//! Who may do what: roles, memberships, GRANT and REVOKE, owners, default privileges; and settings that are kept for
//! roles, databases and the whole server.

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Name, other};
use super::{Text, object};
use crate::gather::{Cx, Gather, object_of_function};
use crate::parse::nodes::{self, DropBehavior, GrantTargetType as Target, ObjectType as Type, RoleSpecType};
use crate::parse::{Node, NodeList};
use crate::view::Effect;

/// A role as it is written.
pub(super) fn name(role: &nodes::RoleSpec) -> &str {
    match role.roletype {
        RoleSpecType::ROLESPEC_CURRENT_ROLE => "current_role",
        RoleSpecType::ROLESPEC_CURRENT_USER => "current_user",
        RoleSpecType::ROLESPEC_SESSION_USER => "session_user",
        RoleSpecType::ROLESPEC_PUBLIC => "public",
        _ => role.rolename().unwrap_or_default(),
    }
}

pub(super) fn names(roles: &NodeList) -> impl Iterator<Item = &str> {
    roles.iter().filter_map(|role| match role {
        Node::RoleSpec(role) => Some(name(role)),
        Node::AccessPriv(role) => role.priv_name(),
        Node::String(role) => role.sval(),
        _ => None,
    })
}

/// One role is made, changed or dropped.
pub(super) fn change(verb: Verb, role: &str, gather: &mut Gather) {
    gather.access(verb, other(role), None);
    gather.risk(RiskKind::Privilege, role);
    if verb == Verb::Drop {
        gather.risk(RiskKind::Destructive, role);
    }
}

pub(super) fn grant(
    statement: &nodes::GrantStmt,
    text: &Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Grant);
    for object in objects(statement, text, cx, gather) {
        gather.risk(RiskKind::Privilege, object.full_name());
        if statement.behavior == DropBehavior::DROP_CASCADE {
            gather.risk(RiskKind::Cascade, object.full_name());
        }
        gather.access(Verb::Grant, object, None);
    }
    if statement.is_grant { "GRANT" } else { "REVOKE" }
}

/// The crate's list of objects can be read only where they are relations; names of other kinds are read from the
/// statement's own words.
fn objects(statement: &nodes::GrantStmt, text: &Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> Vec<Object> {
    if statement.targtype == Target::ACL_TARGET_OBJECT
        && matches!(statement.objtype, Type::OBJECT_TABLE | Type::OBJECT_SEQUENCE)
    {
        let relation = |range: &nodes::RangeVar| {
            name::relation(Name::of(range), ObjectKind::Table, false, cx, gather).object
        };
        return statement.objects().iter().map(relation).collect();
    }
    let names = text.names_after(&["on"], &["to", "from", "with", "cascade", "restrict"]);
    let is_schema =
        statement.objtype == Type::OBJECT_SCHEMA || statement.targtype == Target::ACL_TARGET_ALL_IN_SCHEMA;
    let is_routine =
        matches!(statement.objtype, Type::OBJECT_FUNCTION | Type::OBJECT_PROCEDURE | Type::OBJECT_ROUTINE);
    let object = |parts: &Vec<String>| {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let name = Name::from_parts(&parts);
        match parts.as_slice() {
            [name] if is_schema => vec![object::schema(name, cx)],
            // Of overloaded ones all: their arguments are not read here.
            _ if is_routine => {
                let known = cx.catalogue.functions(cx.view, name.schema, name.name);
                known.iter().map(|function| object_of_function(function, cx.catalogue)).collect()
            }
            parts => vec![other(&parts.join("."))],
        }
    };
    names.iter().flat_map(object).collect()
}

pub(super) fn grant_role(statement: &nodes::GrantRoleStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Grant);
    for role in names(statement.granted_roles()) {
        gather.access(Verb::Grant, other(role), None);
        gather.risk(RiskKind::Privilege, role);
    }
    if statement.is_grant { "GRANT ROLE" } else { "REVOKE ROLE" }
}

pub(super) fn default_privileges(gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Grant);
    gather.risk(RiskKind::Privilege, "default privileges");
    "ALTER DEFAULT PRIVILEGES"
}

pub(super) fn owner(statement: &nodes::AlterOwnerStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let found = match statement.relation() {
        Some(range) => vec![name::relation(Name::of(range), ObjectKind::Table, false, cx, gather).object],
        None => object::resolve(statement.object_type, statement.object(), false, cx, gather),
    };
    for object in found {
        gather.risk(RiskKind::Privilege, object.full_name());
        if matches!(statement.object_type, Type::OBJECT_PUBLICATION | Type::OBJECT_SUBSCRIPTION) {
            gather.risk(RiskKind::Replication, object.full_name());
        }
        gather.access(Verb::Alter, object, None);
    }
    gather.effect(Effect::Definition);
    "ALTER OWNER"
}

/// `ALTER ROLE | DATABASE | SYSTEM … SET`: settings that outlive the session.
pub(super) fn configuration(about: &str, setting: Option<&nodes::VariableSetStmt>, gather: &mut Gather) {
    gather.access(Verb::Alter, other(about), None);
    let name = setting.and_then(nodes::VariableSetStmt::name).unwrap_or("all").to_ascii_lowercase();
    gather.risk(RiskKind::Configuration, name);
}
