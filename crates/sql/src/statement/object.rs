//! Objects of any kind by their names in DROP, COMMENT, GRANT, ALTER … OWNER and the like.

use std::sync::Arc;

use model::facts::{Missing, Object, ObjectKind};

use super::name::{self, Name, home, other, strings};
use crate::gather::{Cx, Gather, object_of_function};
use crate::parse::nodes::{self, ObjectType as Type};
use crate::parse::{Node, NodeList};

/// What kind of object a word of the grammar stands for, when it is a relation.
pub(super) fn relation_kind(kind: Type::Type) -> Option<ObjectKind> {
    Some(match kind {
        Type::OBJECT_TABLE => ObjectKind::Table,
        Type::OBJECT_VIEW => ObjectKind::View,
        Type::OBJECT_MATVIEW => ObjectKind::MaterializedView,
        Type::OBJECT_FOREIGN_TABLE => ObjectKind::ForeignTable,
        Type::OBJECT_SEQUENCE => ObjectKind::Sequence,
        Type::OBJECT_INDEX => ObjectKind::Index,
        _ => return None,
    })
}

/// Things that stand for the table they are on.
fn is_on_relation(kind: Type::Type) -> bool {
    matches!(
        kind,
        Type::OBJECT_TRIGGER
            | Type::OBJECT_RULE
            | Type::OBJECT_POLICY
            | Type::OBJECT_TABCONSTRAINT
            | Type::OBJECT_COLUMN
            | Type::OBJECT_ATTRIBUTE
            | Type::OBJECT_DEFAULT
    )
}

/// What a name of this kind stands for: of overloaded functions all that it can mean.
pub(super) fn resolve(
    kind: Type::Type,
    node: Node<'_>,
    if_exists: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Vec<Object> {
    let parts = parts(node);
    if let Some(expected) = relation_kind(kind) {
        return vec![name::relation(Name::from_parts(&parts), expected, if_exists, cx, gather).object];
    }
    if is_on_relation(kind) {
        let (_, table) = parts.split_last().map_or(("", &[][..]), |(last, rest)| (*last, rest));
        return vec![
            name::relation(Name::from_parts(table), ObjectKind::Table, if_exists, cx, gather).object,
        ];
    }
    match (kind, node) {
        (
            Type::OBJECT_FUNCTION | Type::OBJECT_PROCEDURE | Type::OBJECT_ROUTINE | Type::OBJECT_AGGREGATE,
            Node::ObjectWithArgs(function),
        ) => routines(function, if_exists, cx, gather),
        (Type::OBJECT_SCHEMA, _) => vec![schema(parts.last().copied().unwrap_or_default(), cx)],
        (Type::OBJECT_TYPE | Type::OBJECT_DOMAIN | Type::OBJECT_DOMCONSTRAINT, _) => {
            vec![type_named(Name::from_parts(&parts), if_exists, cx, gather)]
        }
        _ => vec![other(&parts.join("."))],
    }
}

/// The strings of whatever node names an object.
fn parts(node: Node<'_>) -> Vec<&str> {
    match node {
        Node::String(text) => text.sval().into_iter().collect(),
        Node::NodeList(list) => list_parts(list),
        Node::TypeName(name) => name::words(name.names()),
        Node::ObjectWithArgs(function) => strings(function.objname()),
        Node::RangeVar(range) => range.schemaname().into_iter().chain(range.relname()).collect(),
        Node::RoleSpec(role) => vec![super::role::name(role)],
        _ => Vec::new(),
    }
}

/// Names in a list, also where a type's name stands in it (casts, domain constraints, transforms).
fn list_parts(list: &NodeList) -> Vec<&str> {
    let mut all = Vec::new();
    for node in list {
        match node {
            Node::String(text) => all.extend(text.sval()),
            Node::TypeName(name) => all.extend(name::words(name.names())),
            Node::NodeList(inner) => all.extend(strings(inner)),
            _ => {}
        }
    }
    all
}

pub(super) fn schema(name: &str, cx: Cx<'_>) -> Object {
    let oid = cx.catalogue.schema_oid(name).unwrap_or(0);
    Object { kind: ObjectKind::Schema, schema: "".into(), name: name.into(), oid }
}

/// A type, domain or composite type.
pub(super) fn type_named(name: Name<'_>, if_exists: bool, cx: Cx<'_>, gather: &mut Gather) -> Object {
    if let Some(found) = cx.catalogue.type_named(cx.view, name.schema, name.name) {
        return Object {
            kind: ObjectKind::Type,
            schema: Arc::clone(&found.schema),
            name: Arc::clone(&found.name),
            oid: found.oid,
        };
    }
    name::relation(name, ObjectKind::Type, if_exists, cx, gather).object
}

/// Functions, procedures and aggregates by name and argument types.
pub(super) fn routines(
    function: &nodes::ObjectWithArgs,
    if_exists: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Vec<Object> {
    let parts = strings(function.objname());
    let name = Name::from_parts(&parts);
    let mut found = cx.catalogue.functions(cx.view, name.schema, name.name);
    let types: Option<Vec<u32>> =
        function.objargs().iter().map(|argument| argument_type(argument, cx)).collect();
    if let (false, Some(types)) = (function.args_unspecified, types) {
        found.retain(|function| *function.arguments == *types);
    }
    if !found.is_empty() {
        return found.iter().map(|function| object_of_function(function, cx.catalogue)).collect();
    }
    // A function of this session only is followed by its name.
    if !if_exists && cx.view.find(&home(name, false, cx, gather), name.name).is_none() {
        gather.unknown(Missing::Function, &name.written());
    } else if if_exists {
        gather.stale();
    }
    vec![routine(name, false, cx, gather)]
}

/// A function that is made, or that the catalogue does not know.
pub(super) fn routine(name: Name<'_>, temporary: bool, cx: Cx<'_>, gather: &mut Gather) -> Object {
    let schema = home(name, temporary, cx, gather);
    Object { kind: ObjectKind::Function, schema, name: name.name.into(), oid: 0 }
}

fn argument_type(node: Node<'_>, cx: Cx<'_>) -> Option<u32> {
    let Node::TypeName(name) = node else { return None };
    if !name.array_bounds().is_empty() {
        return None;
    }
    let parts = name::words(name.names());
    let name = Name::from_parts(&parts);
    Some(cx.catalogue.type_named(cx.view, name.schema, name.name)?.oid)
}
