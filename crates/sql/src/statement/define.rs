//! Types, domains, sequences, indexes, operators, casts, text search, statistics, and what is done to objects of any
//! kind: COMMENT, SECURITY LABEL, RENAME, SET SCHEMA, DEPENDS ON EXTENSION.

use std::sync::Arc;

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::name::{self, Found, Name, becomes, home, made, other, strings};
use super::{object, table};
use crate::gather::{Cx, Gather};
use crate::parse::Node;
use crate::parse::nodes::{self, ObjectType as Type};
use crate::query::type_read;
use crate::view::{Effect, MadeState};

/// Something is made whose name nobody looks up later as a table: an operator, a cast, a conversion.
pub(super) fn create(parts: &[&str], risks: &[RiskKind], cx: Cx<'_>, gather: &mut Gather) {
    let name = Name::from_parts(parts);
    let schema = home(name, false, cx, gather);
    let object = Object { kind: ObjectKind::Other, schema, name: name.name.into(), oid: 0 };
    for risk in risks {
        gather.risk(*risk, object.full_name());
    }
    gather.access(Verb::Create, object, None);
    gather.effect(Effect::Definition);
}

/// A type or domain is made.
pub(super) fn create_type(
    parts: &[&str],
    columns: Option<Vec<Arc<str>>>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Object {
    let object = made(ObjectKind::Type, Name::from_parts(parts), false, cx, gather);
    gather.access(Verb::Create, object.clone(), None);
    becomes(&object, MadeState::Present(columns.map(Arc::from)), gather);
    object
}

/// Any object that lives in a schema is changed.
pub(super) fn alter(parts: &[&str], risks: &[RiskKind], gather: &mut Gather) {
    let object = other(&parts.join("."));
    for risk in risks {
        gather.risk(*risk, object.full_name());
    }
    gather.access(Verb::Alter, object, None);
    gather.effect(Effect::Definition);
}

/// CREATE AGGREGATE, OPERATOR, TYPE, COLLATION, TEXT SEARCH …
pub(super) fn define(statement: &nodes::DefineStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let parts = name::words(statement.defnames());
    match statement.kind {
        Type::OBJECT_TYPE => {
            let object = create_type(&parts, None, cx, gather);
            // A base type has input and output functions, which only C can write.
            if !statement.definition().is_empty() {
                gather.risk(RiskKind::NativeCode, object.full_name());
            }
            "CREATE TYPE"
        }
        Type::OBJECT_AGGREGATE => {
            create(&parts, &[RiskKind::Code], cx, gather);
            "CREATE AGGREGATE"
        }
        Type::OBJECT_OPERATOR => {
            create(&parts, &[RiskKind::Code], cx, gather);
            "CREATE OPERATOR"
        }
        Type::OBJECT_COLLATION => {
            create(&parts, &[], cx, gather);
            "CREATE COLLATION"
        }
        _ => {
            create(&parts, reads_file(statement.definition()), cx, gather);
            "CREATE TEXT SEARCH"
        }
    }
}

/// The options of a text search dictionary that name no file of the server. What others mean, a template of
/// somebody's own decides.
const PLAIN_OPTIONS: [&str; 7] =
    ["template", "accept", "casesensitive", "language", "dictionary", "parser", "copy"];

/// What the options of a text search dictionary or configuration make the server read.
pub(super) fn reads_file(options: &crate::parse::CastNodeList<nodes::DefElem>) -> &'static [RiskKind] {
    let is_plain = |option: &nodes::DefElem| {
        option.defname().is_some_and(|name| PLAIN_OPTIONS.contains(&&*name.to_ascii_lowercase()))
    };
    if options.iter().all(is_plain) { &[] } else { &[RiskKind::File] }
}

pub(super) fn domain(statement: &nodes::CreateDomainStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let object = create_type(&name::words(statement.domainname()), None, cx, gather);
    type_read(statement.type_name(), cx, gather);
    for constraint in statement.constraints() {
        super::constraint::constraint(constraint, &object, cx, gather);
    }
    // Its checks run whenever a value becomes one of it, even while parameters are read.
    gather.risk(RiskKind::Code, object.full_name());
    "CREATE DOMAIN"
}

pub(super) fn range(statement: &nodes::CreateRangeStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let object = create_type(&name::words(statement.type_name()), None, cx, gather);
    // Its functions run whenever a range is made or indexed.
    let functions = ["canonical", "subtype_diff", "subtype_opclass"];
    let runs =
        statement.params().iter().any(|option| option.defname().is_none_or(|name| functions.contains(&name)));
    if runs {
        gather.risk(RiskKind::Code, object.full_name());
    }
    "CREATE TYPE"
}

pub(super) fn composite(
    statement: &nodes::CompositeTypeStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let range = statement.typevar();
    let parts: Vec<&str> =
        range.into_iter().flat_map(|r| r.schemaname().into_iter().chain(r.relname())).collect();
    for column in statement.coldeflist() {
        type_read(column.type_name(), cx, gather);
    }
    let columns = statement.coldeflist().iter().map(|column| column.colname().unwrap_or_default().into());
    create_type(&parts, Some(columns.collect()), cx, gather);
    "CREATE TYPE"
}

pub(super) fn sequence(statement: &nodes::CreateSeqStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let object = table::target(ObjectKind::Sequence, statement.sequence(), cx, gather);
    gather.access(Verb::Create, object.clone(), None);
    let columns: Arc<[Arc<str>]> = ["last_value", "log_cnt", "is_called"].map(Arc::from).into();
    becomes(&object, MadeState::Present(Some(columns)), gather);
    "CREATE SEQUENCE"
}

pub(super) fn alter_sequence(
    statement: &nodes::AlterSeqStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let missing = statement.missing_ok;
    let sequence = statement.sequence();
    let (found, _) = name::touch_if(Verb::Alter, sequence, ObjectKind::Sequence, missing, cx, gather);
    // The next value comes again, or none does: who inserts fails.
    let breaks = ["restart", "start", "increment", "maxvalue", "minvalue", "cycle"];
    let loses = statement.options().iter().any(|option| {
        matches!(option, Node::DefElem(option) if option.defname().is_some_and(|name| breaks.contains(&name)))
    });
    if loses && !found.object.is_temporary() {
        gather.risk(RiskKind::Destructive, found.object.full_name());
    }
    gather.effect(Effect::Definition);
    "ALTER SEQUENCE"
}

pub(super) fn index(statement: &nodes::IndexStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let (found, at) = name::touch(Verb::Create, statement.relation(), ObjectKind::Table, cx, gather);
    for element in statement.index_params() {
        if let Some(column) = element.name() {
            super::predicates(&found, at, &[column.into()], gather);
        }
        super::constraint::kept(element.expr(), &found.object, cx, gather);
    }
    super::constraint::kept(statement.where_clause(), &found.object, cx, gather);
    if !statement.concurrent && !found.object.is_temporary() {
        gather.risk(RiskKind::LongLock, found.object.full_name());
    }
    if let Some(name) = statement.idxname() {
        let index = Object {
            kind: ObjectKind::Index,
            schema: Arc::clone(&found.object.schema),
            name: name.into(),
            oid: 0,
        };
        becomes(&index, MadeState::Present(None), gather);
    }
    "CREATE INDEX"
}

/// COMMENT and SECURITY LABEL.
pub(super) fn describe(
    kind: Type::Type,
    node: Node<'_>,
    label: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Create);
    for object in object::resolve(kind, node, false, cx, gather) {
        if label {
            gather.risk(RiskKind::Privilege, object.full_name());
        }
        gather.access(Verb::Create, object, None);
    }
    if label { "SECURITY LABEL" } else { "COMMENT" }
}

pub(super) fn rename(statement: &nodes::RenameStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Alter);
    let new = statement.newname().unwrap_or_default();
    let Some(range) = statement.relation() else {
        let found = match statement.object() {
            Node::None => vec![other(statement.subname().unwrap_or_default())],
            node => object::resolve(statement.rename_type, node, statement.missing_ok, cx, gather),
        };
        for object in found {
            if matches!(statement.rename_type, Type::OBJECT_ROLE) {
                gather.risk(RiskKind::Privilege, object.full_name());
            }
            // All that is in a schema has another name then.
            gather.copied(&object, &"".into(), 0, &[], statement.rename_type == Type::OBJECT_SCHEMA);
            gone(&object, new, gather);
            gather.access(Verb::Alter, object, None);
        }
        return "ALTER";
    };
    let expected = object::relation_kind(statement.rename_type).unwrap_or(ObjectKind::Table);
    let (found, at) = name::touch_if(Verb::Alter, Some(range), expected, statement.missing_ok, cx, gather);
    if object::relation_kind(statement.rename_type).is_some() {
        moved(&found, &Object { name: new.into(), oid: 0, ..found.object.clone() }, gather);
    } else {
        if statement.rename_type == Type::OBJECT_COLUMN {
            if !is_made_here(&found) {
                name::found_as(&found, statement.subname(), &found.object, gather);
            }
            gather.writes(at, &statement.subname().unwrap_or_default().into());
            if !found.object.is_temporary() {
                gather.risk(RiskKind::Destructive, found.object.full_name());
            }
        }
        becomes(&found.object, MadeState::Changed, gather);
    }
    "ALTER TABLE"
}

/// Whether it was made by this session, as far as it can be told: what went into it was judged then.
fn is_made_here(found: &Found) -> bool {
    found.relation.is_none() && found.object.oid == 0 && found.columns.is_some()
}

/// A relation has another name from now on: whoever uses the old one finds nothing.
fn moved(found: &Found, new: &Object, gather: &mut Gather) {
    if !found.object.is_temporary() {
        gather.risk(RiskKind::Destructive, found.object.full_name());
    }
    if !is_made_here(found) {
        name::found_as(found, None, new, gather);
    }
    becomes(&found.object, MadeState::Gone, gather);
    becomes(new, MadeState::Present(found.columns.clone()), gather);
}

/// A type, schema or function of this name is no longer what it was.
fn gone(object: &Object, new: &str, gather: &mut Gather) {
    match object.kind {
        ObjectKind::Type | ObjectKind::Schema => {
            gather.risk(RiskKind::Destructive, object.full_name());
            becomes(object, MadeState::Gone, gather);
            becomes(&Object { name: new.into(), oid: 0, ..object.clone() }, MadeState::Present(None), gather);
        }
        ObjectKind::Function => {
            gather.risk(RiskKind::Code, object.full_name());
            gather.copied(object, &"".into(), 0, &[], true);
            let old = super::code::plain_name(object);
            becomes(&Object { name: new.into(), ..old.clone() }, MadeState::Present(None), gather);
            becomes(&old, MadeState::Changed, gather);
        }
        _ => gather.effect(Effect::Definition),
    }
}

/// ALTER … SET SCHEMA.
pub(super) fn set_schema(
    statement: &nodes::AlterObjectSchemaStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Alter);
    let schema: Arc<str> = statement.newschema().unwrap_or_default().into();
    if let Some(range) = statement.relation() {
        let expected = object::relation_kind(statement.object_type).unwrap_or(ObjectKind::Table);
        let (found, _) = name::touch_if(Verb::Alter, Some(range), expected, statement.missing_ok, cx, gather);
        moved(&found, &Object { schema, oid: 0, ..found.object.clone() }, gather);
        return "ALTER TABLE";
    }
    for object in object::resolve(statement.object_type, statement.object(), statement.missing_ok, cx, gather)
    {
        gather.risk(RiskKind::Destructive, object.full_name());
        if object.kind == ObjectKind::Function {
            gather.copied(&object, &"".into(), 0, &[], true);
            let old = super::code::plain_name(&object);
            becomes(&Object { schema: Arc::clone(&schema), ..old.clone() }, MadeState::Present(None), gather);
            becomes(&old, MadeState::Changed, gather);
        }
        gather.access(Verb::Alter, object, None);
    }
    gather.effect(Effect::Definition);
    "ALTER"
}

pub(super) fn alter_domain(
    statement: &nodes::AlterDomainStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let parts = strings(statement.type_name());
    let object = object::type_named(Name::from_parts(&parts), statement.missing_ok, cx, gather);
    gather.access(Verb::Alter, object.clone(), None);
    // Every column of it is checked now.
    for relation in cx.catalogue.relations() {
        for column in
            relation.columns.iter().filter(|column| object.oid != 0 && column.type_oid == object.oid)
        {
            gather.copied(&object, &"".into(), 0, &[name::copy_of(relation, column)], false);
        }
    }
    match statement.def() {
        Node::Constraint(constraint) => {
            super::constraint::constraint(constraint, &object, cx, gather);
            super::constraint::cost(constraint, &object, gather);
        }
        // SET DEFAULT.
        default => super::constraint::kept(default, &object, cx, gather),
    }
    gather.risk(RiskKind::Code, object.full_name());
    gather.effect(Effect::Definition);
    "ALTER DOMAIN"
}

pub(super) fn alter_enum(statement: &nodes::AlterEnumStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let parts = name::words(statement.type_name());
    let object = object::type_named(Name::from_parts(&parts), false, cx, gather);
    if statement.old_val().is_some() {
        // Every value of the old name is another one now.
        gather.risk(RiskKind::Destructive, object.full_name());
    }
    gather.access(Verb::Alter, object, None);
    gather.effect(Effect::Definition);
    "ALTER TYPE"
}

/// CREATE STATISTICS keeps values of the columns, for whoever may read statistics.
pub(super) fn statistics(
    statement: &nodes::CreateStatsStmt,
    text: &super::Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    // The tree's list may hold what the crate does not expect in it, so the table is read from the words.
    for parts in text.names_after(&["from"], &[]) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let found = name::relation(Name::from_parts(&parts), ObjectKind::Table, false, cx, gather);
        let at = gather.access(Verb::Create, found.object.clone(), None);
        for node in statement.exprs() {
            let Node::StatsElem(element) = node else { continue };
            match element.name() {
                Some(column) => super::predicates(&found, at, &[column.into()], gather),
                None => super::constraint::kept(element.expr(), &found.object, cx, gather),
            }
        }
    }
    gather.verb(Verb::Create);
    gather.effect(Effect::Definition);
    "CREATE STATISTICS"
}
