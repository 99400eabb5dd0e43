//! Parts of a relation, from the fields of their lines.

use std::sync::Arc;

use model::facts::ObjectKind;

use super::super::line::Fields;
use super::super::{Event, EventTrigger, Follow, Reference, Relation, Trigger};

impl Relation {
    /// A relation of which nothing else is known yet.
    pub(in super::super) fn new(oid: u32, schema: Arc<str>, name: Arc<str>, kind: ObjectKind) -> Self {
        Self {
            oid,
            schema,
            name,
            kind,
            columns: Arc::from([]),
            rows: None,
            keys: Vec::new(),
            primary: Box::default(),
            parents: Vec::new(),
            children: Vec::new(),
            partitioned: false,
            partition_by: Box::default(),
            query: None,
            rules: Vec::new(),
            triggers: Vec::new(),
            index_of: 0,
            row_security: false,
            referenced_by: Vec::new(),
            functions: Vec::new(),
            conditions: Vec::new(),
            statistics: Vec::new(),
        }
    }
}

/// A foreign key, as `pg_constraint` has it.
pub(super) fn reference(fields: &mut Fields<'_>) -> Option<Reference> {
    let relation = fields.number()?;
    let mut follow = || match &*fields.text()? {
        "a" | "r" => Some(Follow::Refuse),
        "c" => Some(Follow::Same),
        "n" | "d" => Some(Follow::Set),
        _ => None,
    };
    let (on_delete, on_update) = (follow()?, follow()?);
    // Catalogues from before this was asked do not say.
    let columns = fields.numbers().unwrap_or_default().into();
    let by = fields.numbers().unwrap_or_default().into();
    Some(Reference { relation, on_delete, on_update, columns, by })
}

/// A function that runs unseen, by what runs it. Catalogues from before this was asked do not say.
pub(super) fn runs(relation: &mut Relation, fields: &mut Fields<'_>) -> Option<()> {
    let function = fields.number()?;
    match fields.text().as_deref() {
        None => {
            relation.conditions.push(function);
            relation.statistics.push(function);
            &mut relation.functions
        }
        Some("r") => &mut relation.functions,
        Some("c") => &mut relation.conditions,
        Some("s") => &mut relation.statistics,
        Some(_) => return None,
    }
    .push(function);
    Some(())
}

/// An event trigger. Catalogues from before this was asked do not say what it fires on.
pub(super) fn event(fields: &mut Fields<'_>) -> Option<EventTrigger> {
    let function = fields.number()?;
    let on = match fields.text().as_deref() {
        Some("sql_drop") => Event::Drop,
        Some("table_rewrite") => Event::Rewrite,
        _ => Event::Command,
    };
    let tags = fields.array().unwrap_or_default().into_iter().map(Arc::from).collect();
    Some(EventTrigger { function, on, tags })
}

/// `pg_trigger.tgtype` has a bit for each event, for rows, and for BEFORE and INSTEAD OF.
pub(super) fn trigger(fields: &mut Fields<'_>) -> Option<Trigger> {
    let function = fields.number()?;
    let events: u16 = fields.number()?;
    let has = |bit: u16| events & bit != 0;
    let before = has(1) && (has(2) || has(64));
    Some(Trigger { function, insert: has(4), delete: has(8), update: has(16), truncate: has(32), before })
}
