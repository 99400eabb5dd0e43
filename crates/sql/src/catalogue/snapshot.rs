//! The snapshot and its look-ups. A name is looked up in the schemas that the server would look in, in its order.

use std::collections::HashMap;
use std::sync::Arc;

use model::facts::ObjectKind;

use super::{Function, Operator, Relation, Type};
use crate::view::{MadeState, View};

/// A database's catalogue at one moment.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Grows with every change that was loaded; never the same for different content in one process.
    pub version: u64,
    /// The server's major version, for example 15.
    pub server: u32,
    /// The role that the gate logs in as, for `$user`.
    pub user: Arc<str>,
    /// The role's effective search path in this database, unquoted, `$user` still in place.
    pub path: Arc<[Arc<str>]>,
    /// Schemas by name, with their OIDs.
    pub(super) schemas: HashMap<Arc<str>, u32>,
    pub(super) relations: HashMap<u32, Arc<Relation>>,
    pub(super) relation_names: HashMap<(Arc<str>, Arc<str>), u32>,
    /// Functions by name, in all schemas.
    pub(super) functions: HashMap<Arc<str>, Vec<Arc<Function>>>,
    pub(super) functions_by_oid: HashMap<u32, Arc<Function>>,
    /// Operators by name, in all schemas.
    pub(super) operators: HashMap<Arc<str>, Vec<Arc<Operator>>>,
    pub(super) types: HashMap<u32, Arc<Type>>,
    pub(super) type_names: HashMap<(Arc<str>, Arc<str>), u32>,
    /// Casts that run a function or go through text: from, to, function (0 = none).
    pub(super) casts: HashMap<(u32, u32), u32>,
}

/// What a relation's name stands for.
#[derive(Clone, Debug)]
pub enum Named {
    /// A relation of the catalogue.
    Known(Arc<Relation>),
    /// A relation of the catalogue that this session changed: its columns are not to be relied on.
    Changed(Arc<Relation>),
    /// One that this session made: schema, kind, and columns where they are known.
    Made {
        /// `pg_temp` or the schema's name.
        schema: Arc<str>,
        /// What it is.
        kind: ObjectKind,
        /// Its columns; `None` = it may have any.
        columns: Option<Arc<[Arc<str>]>>,
    },
    /// There is no such relation, as far as is known.
    Unknown,
}

impl Catalogue {
    /// The schemas that a name without one is looked for in, in order: `pg_temp` first for relations and types
    /// unless the path names it, `pg_catalog` before the path unless the path names it
    /// (PostgreSQL documentation, "The Schema Search Path"). Schemas that do not exist are left out.
    #[must_use]
    pub fn effective_path(&self, view: &View, for_relations: bool) -> Vec<Arc<str>> {
        let path = view.path.as_ref().unwrap_or(&self.path);
        let mut schemas: Vec<Arc<str>> = Vec::with_capacity(path.len().saturating_add(2));
        let names = |name: &str| path.iter().any(|schema| &**schema == name);
        if for_relations && !names("pg_temp") {
            schemas.push("pg_temp".into());
        }
        if !names("pg_catalog") {
            schemas.push("pg_catalog".into());
        }
        for schema in path.iter() {
            let schema = if &**schema == "$user" { &self.user } else { schema };
            // Functions and operators are never looked for among temporary objects.
            let may = if &**schema == "pg_temp" {
                for_relations
            } else {
                self.schemas.contains_key(schema) || view.find("", schema).is_some()
            };
            if may && !schemas.contains(schema) {
                schemas.push(Arc::clone(schema));
            }
        }
        schemas
    }

    /// What a relation's name stands for in a session.
    #[must_use]
    pub fn relation(&self, view: &View, schema: Option<&str>, name: &str) -> Named {
        if let Some(schema) = schema {
            return self.relation_in(view, schema, name).unwrap_or(Named::Unknown);
        }
        self.effective_path(view, true)
            .iter()
            .find_map(|schema| self.relation_in(view, schema, name))
            .unwrap_or(Named::Unknown)
    }

    fn relation_in(&self, view: &View, schema: &str, name: &str) -> Option<Named> {
        let known = self.relation_exactly(schema, name);
        match view.find(schema, name).filter(|made| made.kind != ObjectKind::Function) {
            None => known.map(|relation| Named::Known(Arc::clone(relation))),
            Some(made) => match (&made.state, known) {
                (MadeState::Gone, _) => None,
                (MadeState::Changed, Some(relation)) => Some(Named::Changed(Arc::clone(relation))),
                (MadeState::Changed, None) => {
                    Some(Named::Made { schema: Arc::clone(&made.schema), kind: made.kind, columns: None })
                }
                (MadeState::Present(columns), _) => Some(Named::Made {
                    schema: Arc::clone(&made.schema),
                    kind: made.kind,
                    columns: columns.clone(),
                }),
            },
        }
    }

    /// The relation of exactly this schema and name.
    #[must_use]
    pub fn relation_exactly(&self, schema: &str, name: &str) -> Option<&Arc<Relation>> {
        let key = (Arc::from(schema), Arc::from(name));
        self.relations.get(self.relation_names.get(&key)?)
    }

    /// A relation by OID.
    #[must_use]
    pub fn relation_by_oid(&self, oid: u32) -> Option<&Arc<Relation>> {
        self.relations.get(&oid)
    }

    /// All relations, in no order.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// Every function that a name may mean: all of that name in the given schema, or in the schemas of the
    /// path. Which of them a call means depends on its arguments' types; see [`Function`] for narrowing.
    #[must_use]
    pub fn functions(&self, view: &View, schema: Option<&str>, name: &str) -> Vec<Arc<Function>> {
        let Some(all) = self.functions.get(name) else { return Vec::new() };
        match schema {
            Some(schema) => all.iter().filter(|f| &*f.schema == schema).cloned().collect(),
            None => {
                let path = self.effective_path(view, false);
                all.iter().filter(|f| path.contains(&f.schema)).cloned().collect()
            }
        }
    }

    /// A function by OID.
    #[must_use]
    pub fn function_by_oid(&self, oid: u32) -> Option<&Arc<Function>> {
        self.functions_by_oid.get(&oid)
    }

    /// Every operator that a name may mean, as [`Catalogue::functions`].
    #[must_use]
    pub fn operators(&self, view: &View, schema: Option<&str>, name: &str) -> Vec<Arc<Operator>> {
        let Some(all) = self.operators.get(name) else { return Vec::new() };
        match schema {
            Some(schema) => all.iter().filter(|o| &*o.schema == schema).cloned().collect(),
            None => {
                let path = self.effective_path(view, false);
                all.iter().filter(|o| path.contains(&o.schema)).cloned().collect()
            }
        }
    }

    /// What a type's name stands for.
    #[must_use]
    pub fn type_named(&self, view: &View, schema: Option<&str>, name: &str) -> Option<&Arc<Type>> {
        let find =
            |schema: &Arc<str>| self.types.get(self.type_names.get(&(Arc::clone(schema), Arc::from(name)))?);
        match schema {
            Some(schema) => find(&Arc::from(schema)),
            None => self.effective_path(view, true).iter().find_map(find),
        }
    }

    /// A type by OID.
    #[must_use]
    pub fn type_by_oid(&self, oid: u32) -> Option<&Arc<Type>> {
        self.types.get(&oid)
    }

    /// The function of the cast between two types, if there is such a cast; 0 = it needs none.
    #[must_use]
    pub fn cast(&self, from: u32, to: u32) -> Option<u32> {
        self.casts.get(&(from, to)).copied()
    }

    /// Whether there is a schema of this name.
    #[must_use]
    pub fn has_schema(&self, name: &str) -> bool {
        self.schemas.contains_key(name)
    }
}
