//! What reaches beyond the database: extensions, foreign servers and tables, publications, subscriptions.

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Name, becomes, made, other};
use super::{Text, object};
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, AlterPublicationAction as Publication};
use crate::parse::{Node, NodeList};
use crate::view::{Effect, Lost, MadeState};

/// An object outside of schemas is made, changed or dropped, with these dangers.
pub(super) fn change(verb: Verb, name: &str, risks: &[RiskKind], gather: &mut Gather) {
    gather.access(verb, other(name), None);
    for risk in risks {
        gather.risk(*risk, name);
    }
    if verb == Verb::Drop {
        gather.risk(RiskKind::Destructive, name);
    }
    gather.effect(Effect::Definition);
}

/// An extension's script runs as its owner, or as a superuser, and may make anything.
pub(super) fn extension(statement: &nodes::CreateExtensionStmt, gather: &mut Gather) -> &'static str {
    change(
        Verb::Create,
        statement.extname().unwrap_or_default(),
        &[RiskKind::NativeCode, RiskKind::Code],
        gather,
    );
    "CREATE EXTENSION"
}

/// The tree's node of CREATE FOREIGN TABLE is one that the crate does not show, so its name is read from the words.
pub(super) fn foreign_table(text: &Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    for parts in text.names_after(&["table"], &["(", "partition"]) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let object = made(ObjectKind::ForeignTable, Name::from_parts(&parts), false, cx, gather);
        gather.access(Verb::Create, object.clone(), None);
        becomes(&object, MadeState::Present(None), gather);
    }
    for server in text.names_after(&["server"], &["options"]) {
        gather.risk(RiskKind::Network, server.join("."));
    }
    gather.verb(Verb::Create);
    "CREATE FOREIGN TABLE"
}

/// It makes tables whose names only the other server knows.
pub(super) fn import(
    statement: &nodes::ImportForeignSchemaStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let schema = object::schema(statement.local_schema().unwrap_or_default(), cx);
    gather.access(Verb::Create, schema, None);
    gather.risk(RiskKind::Network, statement.server_name().unwrap_or_default());
    gather.effect(Effect::Definition);
    gather.effect(Effect::Lost(Lost::Hidden));
    "IMPORT FOREIGN SCHEMA"
}

pub(super) fn mapping(verb: Verb, user: Option<&nodes::RoleSpec>, server: Option<&str>, gather: &mut Gather) {
    let server = server.unwrap_or_default();
    change(verb, server, &[RiskKind::Network, RiskKind::Privilege], gather);
    if let Some(user) = user {
        gather.risk(RiskKind::Privilege, super::role::name(user));
    }
}

/// The tables of a publication leave the server with all their rows.
fn published(objects: &NodeList, cx: Cx<'_>, gather: &mut Gather) {
    for node in objects {
        let Node::PublicationObjSpec(spec) = node else { continue };
        if let Some(table) = spec.pubtable() {
            let (found, at) = name::touch(Verb::CopyOut, table.relation(), ObjectKind::Table, cx, gather);
            for column in found.columns.iter().flat_map(|columns| columns.iter()) {
                gather.reads(at, column);
            }
            super::constraint::kept(table.where_clause(), &found.object, cx, gather);
        } else if let Some(name) = spec.name() {
            gather.access(Verb::CopyOut, object::schema(name, cx), None);
        }
    }
}

pub(super) fn create_publication(
    statement: &nodes::CreatePublicationStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let name = statement.pubname().unwrap_or_default();
    change(Verb::Create, name, &[RiskKind::Replication], gather);
    if statement.for_all_tables {
        let everything = Object { kind: ObjectKind::Other, ..other("all tables") };
        gather.access(Verb::CopyOut, everything, None);
    }
    published(statement.pubobjects(), cx, gather);
    "CREATE PUBLICATION"
}

pub(super) fn alter_publication(
    statement: &nodes::AlterPublicationStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let name = statement.pubname().unwrap_or_default();
    change(Verb::Alter, name, &[RiskKind::Replication], gather);
    if statement.action != Publication::AP_DropObjects {
        published(statement.pubobjects(), cx, gather);
    }
    "ALTER PUBLICATION"
}

/// A subscription connects to another server, and writes what that one sends.
pub(super) fn subscription(verb: Verb, name: Option<&str>, gather: &mut Gather) {
    let risks = [RiskKind::Replication, RiskKind::Network];
    change(verb, name.unwrap_or_default(), &risks, gather);
}
