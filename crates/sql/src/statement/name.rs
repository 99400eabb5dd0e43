//! From a name in the tree to the object that the server would find, and to the schema in which it would make one.
//! Names are already folded and cut by the grammar; nothing here compares without regard to case.

use std::sync::Arc;

use model::facts::{ColumnId, Derivation, Object, ObjectKind, Use, Verb};

use crate::catalogue::{Column, Named, Relation};
use crate::gather::{At, Cx, Gather, object_of};
use crate::parse::{Node, nodes};
use crate::view::{Effect, Made, MadeState};

/// A name as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'t> {
    pub(super) schema: Option<&'t str>,
    pub(super) name: &'t str,
}

/// What a relation's name was found to be.
pub(super) struct Found {
    pub(super) object: Object,
    /// The catalogue's own, unless only this session knows it.
    pub(super) relation: Option<Arc<Relation>>,
    /// The names of its columns, where they are known.
    pub(super) columns: Option<Arc<[Arc<str>]>>,
}

impl<'t> Name<'t> {
    pub(super) fn of(range: &'t nodes::RangeVar) -> Self {
        Self { schema: range.schemaname(), name: range.relname().unwrap_or_default() }
    }

    /// `[[database.]schema.]name`
    pub(super) fn from_parts(parts: &[&'t str]) -> Self {
        match parts {
            [.., schema, name] => Self { schema: Some(schema), name },
            [name] => Self { schema: None, name },
            [] => Self { schema: None, name: "" },
        }
    }

    pub(super) fn written(&self) -> String {
        match self.schema {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.to_owned(),
        }
    }

    /// `pg_temp`, also by the name that the server gave this session's own schema.
    fn schema(&self) -> Option<&'t str> {
        self.schema.map(|schema| if schema.starts_with("pg_temp_") { "pg_temp" } else { schema })
    }
}

/// The strings of a list of names.
pub(super) fn strings<'t>(nodes: impl IntoIterator<Item = Node<'t>>) -> Vec<&'t str> {
    nodes.into_iter().filter_map(Node::as_str).collect()
}

/// The strings of a list that the grammar says holds strings only.
pub(super) fn words<'t>(nodes: impl IntoIterator<Item = &'t nodes::String>) -> Vec<&'t str> {
    nodes.into_iter().filter_map(nodes::String::sval).collect()
}

/// An object that lives in no schema, or whose kind does not matter.
pub(super) fn other(name: &str) -> Object {
    Object { kind: ObjectKind::Other, schema: "".into(), name: name.into(), oid: 0 }
}

/// Looks a relation up. One that is not found is opaque, unless the statement says `IF EXISTS`.
pub(super) fn relation(
    name: Name<'_>,
    expected: ObjectKind,
    if_exists: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Found {
    match cx.catalogue.relation(cx.view, name.schema(), name.name) {
        Named::Known(relation) => {
            let columns = relation.columns.iter().map(|column| Arc::clone(&column.name)).collect();
            Found { object: object_of(&relation), columns: Some(columns), relation: Some(relation) }
        }
        Named::Changed(relation) => {
            Found { object: object_of(&relation), columns: None, relation: Some(relation) }
        }
        Named::Made { schema, kind, columns } => {
            Found { object: Object { kind, schema, name: name.name.into(), oid: 0 }, columns, relation: None }
        }
        Named::Unknown => {
            if if_exists {
                gather.stale();
            } else {
                gather.unknown(crate::query::missing(cx.view, name.name), &name.written());
            }
            let schema = name.schema().unwrap_or_default().into();
            let object = Object { kind: expected, schema, name: name.name.into(), oid: 0 };
            Found { object, columns: None, relation: None }
        }
    }
}

/// Looks a relation up and says that `verb` is done to it.
pub(super) fn touch(
    verb: Verb,
    range: Option<&nodes::RangeVar>,
    expected: ObjectKind,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> (Found, At) {
    touch_if(verb, range, expected, false, cx, gather)
}

/// [`touch`], with `IF EXISTS`.
pub(super) fn touch_if(
    verb: Verb,
    range: Option<&nodes::RangeVar>,
    expected: ObjectKind,
    if_exists: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> (Found, At) {
    let name = range.map_or(Name { schema: None, name: "" }, Name::of);
    let found = relation(name, expected, if_exists, cx, gather);
    let rows = match &found.relation {
        Some(relation) => relation.rows,
        None => new_rows(&found.object, verb, cx),
    };
    let at = gather.access(verb, found.object.clone(), rows);
    (found, at)
}

/// A table that this session has just made holds nothing that a change of it could keep others from.
fn new_rows(object: &Object, verb: Verb, cx: Cx<'_>) -> Option<u64> {
    let is_change = matches!(verb, Verb::Alter | Verb::Create) && object.kind == ObjectKind::Table;
    let is_made =
        || cx.view.find(&object.schema, &object.name).is_some_and(|made| made.state != MadeState::Gone);
    (is_change && is_made()).then_some(0)
}

/// The schema in which a new object of this name is made.
pub(super) fn home(name: Name<'_>, temporary: bool, cx: Cx<'_>, gather: &mut Gather) -> Arc<str> {
    if temporary {
        return "pg_temp".into();
    }
    if let Some(schema) = name.schema() {
        return schema.into();
    }
    let path = cx.view.path.as_ref().unwrap_or(&cx.catalogue.path);
    let exists = |schema: &str| {
        let made = cx.view.find("", schema).filter(|made| made.kind == ObjectKind::Schema);
        match made.map(|made| &made.state) {
            Some(MadeState::Gone) => false,
            Some(_) => true,
            None => schema == "pg_temp" || cx.catalogue.has_schema(schema),
        }
    };
    let first = path.iter().find_map(|schema| {
        let schema = if &**schema == "$user" { &cx.catalogue.user } else { schema };
        exists(schema).then(|| Arc::clone(schema))
    });
    first.unwrap_or_else(|| {
        gather.no_schema();
        "".into()
    })
}

/// An object that a statement makes. Its OID is the one of what is there already (OR REPLACE, IF NOT EXISTS).
pub(super) fn made(
    kind: ObjectKind,
    name: Name<'_>,
    temporary: bool,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> Object {
    let schema = home(name, temporary, cx, gather);
    let oid = cx.catalogue.relation_exactly(&schema, name.name).map_or(0, |relation| relation.oid);
    Object { kind, schema, name: name.name.into(), oid }
}

/// Whether something of this name is there already, as far as is known.
pub(super) fn exists(object: &Object, cx: Cx<'_>) -> bool {
    match cx.view.find(&object.schema, &object.name).map(|made| &made.state) {
        Some(MadeState::Gone) => false,
        Some(_) => true,
        None => object.oid != 0,
    }
}

/// The session knows of this from now on, and the catalogue has to be read again.
pub(super) fn becomes(object: &Object, state: MadeState, gather: &mut Gather) {
    lasts(object, state, false, gather);
}

/// [`becomes`], for what may last until the end of the transaction only.
pub(super) fn lasts(object: &Object, state: MadeState, until_commit: bool, gather: &mut Gather) {
    gather.effect(Effect::Object(Made {
        schema: Arc::clone(&object.schema),
        name: Arc::clone(&object.name),
        kind: object.kind,
        state,
        until_commit,
    }));
    if !object.is_temporary() {
        gather.effect(Effect::Definition);
    }
}

/// What a relation holds is found under another name from here on, also by texts that were understood before.
pub(super) fn found_as(found: &Found, column: Option<&str>, new: &Object, gather: &mut Gather) {
    let relation = found.relation.as_ref().filter(|relation| relation.query.is_none() || column.is_some());
    let Some(relation) = relation else {
        // A view shows what its definition says, which a name does not tell.
        gather.copied(new, &"".into(), 0, &[], !found.object.is_temporary());
        return;
    };
    let meant = relation.columns.iter().filter(|one| column.is_none_or(|column| &*one.name == column));
    let uses: Vec<Use> = meant.map(|column| copy_of(relation, column)).collect();
    gather.copied(new, &"".into(), 0, &uses, false);
}

/// A parent shows what its children and partitions hold, column by column.
pub(super) fn shown_in(child: &Found, parent: &Found, gather: &mut Gather) {
    let Some(relation) = &child.relation else { return };
    for column in relation.columns.iter() {
        let same = |known: &&Column| known.name == column.name;
        let number = parent.relation.iter().flat_map(|parent| parent.columns.iter()).find(same);
        let number = number.map_or(0, |known| known.number);
        gather.copied(&parent.object, &column.name, number, &[copy_of(relation, column)], false);
    }
}

/// A column as the origin of a value.
pub(super) fn copy_of(relation: &Relation, column: &Column) -> Use {
    let of = format!("{}.{}", relation.schema, relation.name).into();
    let column =
        ColumnId { relation: relation.oid, number: column.number, of, name: Arc::clone(&column.name) };
    Use { column, derivation: Derivation::Copy }
}
