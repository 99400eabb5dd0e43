//! CREATE TABLE in its forms, CREATE TABLE AS, SELECT INTO, views and materialized views.

use std::sync::Arc;

use model::facts::{Facts, Object, ObjectKind, Output, RiskKind, Verb};

use super::Text;
use super::constraint;
use super::name::{self, Found, Name, lasts, made, other, strings};
use crate::catalogue::Column;
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, ObjectType, OnCommitAction};
use crate::parse::raw::TableLikeOption;
use crate::parse::{Node, NodeList};
use crate::query::{becomes, partition_runs, relation_runs, stands};
use crate::view::MadeState;

/// `RELPERSISTENCE_TEMP`
const TEMPORARY: u8 = b't';

pub(super) fn is_temporary(range: Option<&nodes::RangeVar>) -> bool {
    range.is_some_and(|range| {
        // Signed or not depends on the machine.
        range.relpersistence as u8 == TEMPORARY
            || range.schemaname().is_some_and(|schema| schema.starts_with("pg_temp"))
    })
}

/// What CREATE makes of this name.
pub(super) fn target(
    kind: ObjectKind,
    range: Option<&nodes::RangeVar>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Object {
    let name = range.map_or(Name { schema: None, name: "" }, Name::of);
    made(kind, name, is_temporary(range), cx, gather)
}

/// CREATE TABLE, also of a foreign table.
pub(super) fn create(
    statement: &nodes::CreateStmt,
    kind: ObjectKind,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let object = target(kind, statement.relation(), cx, gather);
    let at = gather.access(Verb::Create, object.clone(), None);
    let mut columns = Some(Vec::<Arc<str>>::new());
    for parent in statement.inh_relations() {
        let Node::RangeVar(parent) = parent else { continue };
        let (found, _) = name::touch(Verb::Alter, Some(parent), ObjectKind::Table, cx, gather);
        extend(&mut columns, found.columns.as_deref());
        runs(&found, false, cx, gather);
        if let (Some(relation), Some(_)) = (&found.relation, statement.partbound()) {
            partition_runs(relation, cx, gather);
        }
    }
    if let Some(of) = statement.of_typename() {
        let parts = name::words(of.names());
        let found = name::relation(Name::from_parts(&parts), ObjectKind::Type, false, cx, gather);
        extend(&mut columns, found.columns.as_deref());
        runs(&found, false, cx, gather);
    }
    for element in statement.table_elts() {
        match element {
            Node::ColumnDef(column) => {
                extend(&mut columns, Some(&[column.colname().unwrap_or_default().into()]));
                constraint::column(column, &object, cx, gather);
            }
            Node::TableLikeClause(like) => {
                let name = like.relation().map_or(Name { schema: None, name: "" }, Name::of);
                let found = name::relation(name, ObjectKind::Table, false, cx, gather);
                extend(&mut columns, found.columns.as_deref());
                // Without INCLUDING the copy has the columns' types alone, but what those run is counted with the rest.
                runs(&found, like.options & TableLikeOption::CREATE_TABLE_LIKE_DEFAULTS != 0, cx, gather);
            }
            Node::Constraint(constraint) => constraint::constraint(constraint, &object, cx, gather),
            _ => {
                super::unknown("a part of CREATE TABLE", gather);
            }
        }
    }
    if let Some(bound) = statement.partbound() {
        constraint::bound(bound, &object, cx, gather);
    }
    if let Some(key) = statement.partspec() {
        constraint::partition_key(key, &object, cx, gather);
    }
    for name in columns.iter().flatten() {
        gather.writes(at, name);
    }
    if statement.if_not_exists && name::exists(&object, cx) {
        return word(kind);
    }
    let until_commit = statement.oncommit == OnCommitAction::ONCOMMIT_DROP;
    lasts(&object, MadeState::Present(columns.map(Arc::from)), until_commit, gather);
    word(kind)
}

/// What a table takes over runs when rows are put into it, and no catalogue knows of it until then.
fn runs(found: &Found, defaults: bool, cx: Cx<'_>, gather: &mut Gather) {
    if let Some(relation) = &found.relation {
        relation_runs(relation, defaults, cx, gather);
        for column in relation.columns.iter() {
            stands(column.type_oid, cx, gather);
            becomes(column.type_oid, cx, gather);
        }
    }
}

fn word(kind: ObjectKind) -> &'static str {
    if kind == ObjectKind::ForeignTable { "CREATE FOREIGN TABLE" } else { "CREATE TABLE" }
}

/// More columns; a source of which nobody knows the columns makes them all unknown.
fn extend(columns: &mut Option<Vec<Arc<str>>>, more: Option<&[Arc<str>]>) {
    match (columns.as_mut(), more) {
        (Some(all), Some(more)) => {
            for name in more {
                if !all.contains(name) {
                    all.push(Arc::clone(name));
                }
            }
        }
        _ => *columns = None,
    }
}

/// The names that a new relation's columns have: those of the query, the first ones renamed.
fn named(outputs: Option<&[Output]>, given: &NodeList) -> Option<Arc<[Arc<str>]>> {
    let given = strings(given);
    let outputs = outputs?;
    let name = |(index, output): (usize, &Output)| match given.get(index) {
        Some(given) => Arc::from(*given),
        None => Arc::clone(&output.name),
    };
    Some(outputs.iter().enumerate().map(name).collect())
}

/// What a query that fills or defines something reads; its rows do not go to the client.
fn source(node: Node<'_>, text: &mut Text<'_>, cx: Cx<'_>, gather: &mut Gather) -> Facts {
    let mut inner = Gather::default();
    cx.deeper(&mut inner, |cx, inner| super::statement(node, text, cx, inner));
    let inner = inner.finish("SELECT");
    gather.absorb(&inner.facts);
    gather.parameter(inner.facts.parameters);
    inner.effects.into_iter().for_each(|effect| gather.effect(effect));
    if inner.stale {
        gather.stale();
    }
    inner.facts
}

/// The types that a table's columns can have which is made of these: those of the columns and functions behind them.
/// What they run when rows are put into it nobody knows later.
fn types(source: &Facts, cx: Cx<'_>, gather: &mut Gather) {
    for access in &source.accesses {
        let Some(relation) = cx.catalogue.relation_by_oid(access.object.oid) else { continue };
        let is_read = |column: &&Column| access.columns.read.contains(&column.name);
        for column in relation.columns.iter().filter(is_read) {
            crate::function::input(column.type_oid, cx, gather);
            becomes(column.type_oid, cx, gather);
        }
    }
    for called in &source.calls {
        if let Some(function) = cx.catalogue.function_by_oid(called.oid) {
            crate::function::input(function.returns, cx, gather);
            becomes(function.returns, cx, gather);
        }
    }
}

/// CREATE TABLE AS, CREATE MATERIALIZED VIEW, SELECT INTO.
pub(super) fn create_as(
    query: Node<'_>,
    into: Option<&nodes::IntoClause>,
    (kind, if_not_exists): (ObjectType::Type, bool),
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) {
    let kind =
        if kind == ObjectType::OBJECT_MATVIEW { ObjectKind::MaterializedView } else { ObjectKind::Table };
    let source = source(query, text, cx, gather);
    if kind == ObjectKind::Table {
        types(&source, cx, gather);
    }
    let outputs = source.outputs;
    let object = target(kind, into.and_then(nodes::IntoClause::rel), cx, gather);
    let at = gather.access(Verb::Create, object.clone(), None);
    let columns = into.and_then(|into| named(outputs.as_deref(), into.col_names()));
    for name in columns.iter().flat_map(|columns| columns.iter()) {
        gather.writes(at, name);
    }
    if if_not_exists && name::exists(&object, cx) {
        return;
    }
    if kind == ObjectKind::MaterializedView || into.is_none_or(|into| !into.skip_data) {
        fills(&object, outputs.as_deref(), columns.as_deref(), gather);
    }
    let until_commit = into.is_some_and(|into| into.on_commit == OnCommitAction::ONCOMMIT_DROP);
    lasts(&object, MadeState::Present(columns), until_commit, gather);
}

/// The values of a query go into what is made of it.
fn fills(object: &Object, outputs: Option<&[Output]>, names: Option<&[Arc<str>]>, gather: &mut Gather) {
    let (Some(outputs), Some(names)) = (outputs, names) else {
        // EXECUTE of what was prepared elsewhere.
        gather.copied(object, &"".into(), 0, &[], true);
        return;
    };
    for ((output, name), number) in outputs.iter().zip(names).zip(1..) {
        gather.copied(object, name, number, &output.uses, output.opaque);
    }
}

/// CREATE VIEW reads nothing yet, but whoever reads the view reads what it reads.
pub(super) fn view(
    statement: &nodes::ViewStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let mut definition = Gather::default();
    let outputs = source(statement.query(), text, cx, &mut definition).outputs;
    let mut definition = definition.finish("SELECT");
    definition.facts.risks.retain(|risk| risk.kind != RiskKind::NoLimit);
    gather.absorb(&definition.facts);
    if definition.stale {
        gather.stale();
    }
    let object = target(ObjectKind::View, statement.view(), cx, gather);
    gather.access(Verb::Create, object.clone(), None);
    if statement.replace && name::exists(&object, cx) {
        gather.risk(RiskKind::Destructive, object.full_name());
    }
    let columns = named(outputs.as_deref(), statement.aliases());
    // A text that was understood before may read it as it is now, and until a catalogue has it nobody can follow what is
    // asked of it.
    fills(&object, outputs.as_deref(), columns.as_deref(), gather);
    lasts(&object, MadeState::Present(columns), false, gather);
    "CREATE VIEW"
}

pub(super) fn refresh(
    statement: &nodes::RefreshMatViewStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let (found, _) = name::touch(Verb::Alter, statement.relation(), ObjectKind::MaterializedView, cx, gather);
    if let Some(relation) = found.relation.as_ref().filter(|_| !statement.skip_data) {
        crate::query::refill(relation, cx, gather);
    }
    if statement.skip_data {
        // It is emptied, and cannot be read until it is filled.
        gather.risk(RiskKind::Destructive, found.object.full_name());
    }
    if !statement.concurrent {
        gather.risk(RiskKind::Rewrite, found.object.full_name());
        gather.risk(RiskKind::LongLock, found.object.full_name());
    }
    "REFRESH MATERIALIZED VIEW"
}

/// CREATE SCHEMA, with what is made in it at once.
pub(super) fn schema(
    statement: &nodes::CreateSchemaStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let owner = statement.authrole().map(super::role::name);
    let name = statement.schemaname().or(owner).unwrap_or_default();
    let object = Object { kind: ObjectKind::Schema, ..other(name) };
    gather.access(Verb::Create, object.clone(), None);
    lasts(&object, MadeState::Present(None), false, gather);
    // Names inside of it mean the new schema first.
    let mut view = cx.view.clone();
    let path = cx.view.path.as_ref().unwrap_or(&cx.catalogue.path);
    view.path = Some(std::iter::once(Arc::from(name)).chain(path.iter().cloned()).collect());
    view.apply(&crate::view::Effect::Object(crate::view::Made {
        schema: "".into(),
        name: name.into(),
        kind: ObjectKind::Schema,
        state: MadeState::Present(None),
        until_commit: false,
    }));
    let mut elements: Vec<Node<'_>> = statement.schema_elts().iter().collect();
    elements.sort_by_key(rank);
    for element in elements {
        let seen = view.clone();
        let mut inner = Gather::default();
        let step = |cx: Cx<'_>, inner: &mut Gather| super::statement(element, text, cx, inner);
        cx.with_view(&seen).deeper(&mut inner, step);
        let inner = inner.finish("CREATE SCHEMA");
        gather.absorb(&inner.facts);
        if inner.stale {
            gather.stale();
        }
        for effect in inner.effects {
            // What is made is there for those that follow.
            view.apply(&effect);
            gather.effect(effect);
        }
    }
    "CREATE SCHEMA"
}

/// The order in which the server makes what stands in a CREATE SCHEMA, whatever the text's
/// (`transformCreateSchemaStmtElements` of its parse_utilcmd.c).
fn rank(element: &Node<'_>) -> u8 {
    match element {
        Node::CreateSeqStmt(_) => 0,
        Node::CreateStmt(_) => 1,
        Node::ViewStmt(_) => 2,
        Node::IndexStmt(_) => 3,
        Node::CreateTrigStmt(_) => 4,
        _ => 5,
    }
}
