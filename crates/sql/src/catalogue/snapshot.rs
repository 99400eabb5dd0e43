//! The snapshot and its look-ups. A name is looked up in the schemas that the server would look in, in its order.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use model::facts::ObjectKind;

use super::build::{Unreadable, read};
use super::cast::Sources;
use super::layer::Layer;
use super::memo::Memo;
use super::{EventTrigger, Function, Operator, Relation, Type};
use crate::view::{MadeState, View};

/// The schema of the session's own temporary objects, whatever its number.
const TEMPORARY: &str = "pg_temp";

/// A database's catalogue at one moment: what the server itself brings, which is read once, and the rest above it.
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
    /// A session begins with the role that it logs in as, and no other: what SET ROLE NONE goes back to.
    pub own_role: bool,
    pub(super) system: System,
    pub(super) own: Layer,
    memo: Memo,
    /// What casts from somebody's types run; found out when it is first asked for.
    pub(super) sources: OnceLock<Sources>,
}

/// The part of a catalogue that the server itself brings, shared by all later snapshots.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub(super) head: Head,
    pub(super) layer: Arc<Layer>,
}

/// Whom a catalogue is read as.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) server: u32,
    pub(super) user: Arc<str>,
    pub(super) path: Arc<[Arc<str>]>,
    pub(super) own_role: bool,
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

impl System {
    /// Reads what [`super::load_script`] with [`super::Part::System`] yields.
    ///
    /// # Errors
    /// When it is not that.
    pub fn from_text(text: &str) -> Result<Self, Unreadable> {
        let (head, layer) = read(text)?;
        Ok(Self { head, layer: Arc::new(layer) })
    }

    /// The server's major version.
    #[must_use]
    pub fn server(&self) -> u32 {
        self.head.server
    }
}

impl Catalogue {
    /// A snapshot of what [`super::load_script`] with [`super::Part::Own`] yields, above the server's own.
    ///
    /// # Errors
    /// When the text is not that.
    pub fn over(system: &System, text: &str, version: u64) -> Result<Self, Unreadable> {
        let (head, own) = read(text)?;
        Ok(Self::of(head, system.clone(), own, version))
    }

    /// Reads a whole catalogue, as [`Catalogue::to_text`] or [`super::load_script`] with [`super::Part::All`] wrote
    /// it.
    ///
    /// # Errors
    /// When the text is not that.
    pub fn from_text(text: &str) -> Result<Self, Unreadable> {
        let system = System::from_text(text)?;
        Ok(Self::of(system.head.clone(), system, Layer::default(), 1))
    }

    pub(super) fn of(head: Head, system: System, own: Layer, version: u64) -> Self {
        let Head { server, user, path, own_role } = head;
        Self {
            version,
            server,
            user,
            path,
            own_role,
            system,
            own,
            memo: Memo::default(),
            sources: OnceLock::new(),
        }
    }

    /// What analysis remembers about this snapshot's definitions.
    pub(crate) fn memo(&self) -> &Memo {
        &self.memo
    }

    pub(super) fn layers(&self) -> [&Layer; 2] {
        [&self.own, &self.system.layer]
    }

    /// The schemas that a name without one is looked for in, in order: `pg_temp` first for relations and types
    /// unless the path names it, `pg_catalog` before the path unless the path names it
    /// (PostgreSQL documentation, "The Schema Search Path"). Schemas that do not exist, or that the role may not
    /// use, are left out.
    #[must_use]
    pub fn effective_path(&self, view: &View, for_relations: bool) -> Vec<Arc<str>> {
        let mut schemas: Vec<Arc<str>> = Vec::new();
        for schema in self.path_of(view, for_relations) {
            if !schemas.iter().any(|known| &**known == schema) {
                schemas.push(schema.into());
            }
        }
        schemas
    }

    /// The same, borrowed; a schema may come twice.
    fn path_of<'a>(&'a self, view: &'a View, for_relations: bool) -> impl Iterator<Item = &'a str> {
        let path = view.path.as_ref().unwrap_or(&self.path);
        let names = |name: &str| path.iter().any(|schema| &**schema == name);
        let is_temporary = |schema: &str| schema == TEMPORARY || schema.starts_with("pg_temp_");
        let temporary =
            (for_relations && !path.iter().any(|schema| is_temporary(schema))).then_some(TEMPORARY);
        let system = (!names("pg_catalog")).then_some("pg_catalog");
        let named = path.iter().map(move |schema| match &**schema {
            "$user" => &*self.user,
            schema if is_temporary(schema) => TEMPORARY,
            schema => schema,
        });
        // Functions and operators are never looked for among temporary objects.
        let may = move |schema: &&str| match *schema {
            TEMPORARY => for_relations,
            schema => self.may_use(schema) || view.find("", schema).is_some(),
        };
        temporary.into_iter().chain(system).chain(named.filter(may))
    }

    /// What a relation's name stands for in a session.
    #[must_use]
    pub fn relation(&self, view: &View, schema: Option<&str>, name: &str) -> Named {
        let found = match schema {
            Some(schema) => self.relation_in(view, schema, name),
            None => self.path_of(view, true).find_map(|schema| self.relation_in(view, schema, name)),
        };
        // A temporary object can vanish or change its place in ways that no statement says: should it, the same name
        // is another table. Who means the temporary one can say so.
        let is_made = matches!(found, Some(Named::Made { .. } | Named::Changed(_)));
        if schema.is_none() && is_made && view.find(TEMPORARY, name).is_some() {
            let mut others = self.path_of(view, true).filter(|schema| *schema != TEMPORARY);
            if others.any(|schema| self.relation_in(view, schema, name).is_some()) {
                return Named::Unknown;
            }
        }
        found.unwrap_or(Named::Unknown)
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
        self.layers().into_iter().find_map(|layer| {
            layer.relations_by_name.get(name)?.iter().find(|relation| &*relation.schema == schema)
        })
    }

    /// A relation by OID.
    #[must_use]
    pub fn relation_by_oid(&self, oid: u32) -> Option<&Arc<Relation>> {
        self.layers().into_iter().find_map(|layer| layer.relations.get(&oid))
    }

    /// All relations, in no order.
    pub fn relations(&self) -> impl Iterator<Item = &Arc<Relation>> {
        self.layers().into_iter().flat_map(|layer| layer.relations.values())
    }

    /// All functions, in no order.
    pub fn all_functions(&self) -> impl Iterator<Item = &Arc<Function>> {
        self.layers().into_iter().flat_map(|layer| layer.functions.values())
    }

    /// Every function that a name may mean: all of that name in the given schema, or in the schemas of the
    /// path. Which of them a call means depends on its arguments' types; see [`Function`] for narrowing.
    #[must_use]
    pub fn functions(&self, view: &View, schema: Option<&str>, name: &str) -> Vec<Arc<Function>> {
        let all = self.layers().into_iter().filter_map(|layer| layer.functions_by_name.get(name)).flatten();
        self.reachable(view, schema, all, |function| &function.schema).cloned().collect()
    }

    /// A function by OID.
    #[must_use]
    pub fn function_by_oid(&self, oid: u32) -> Option<&Arc<Function>> {
        self.layers().into_iter().find_map(|layer| layer.functions.get(&oid))
    }

    /// Every operator that a name may mean, as [`Catalogue::functions`].
    pub fn operators<'a>(
        &'a self,
        view: &'a View,
        schema: Option<&'a str>,
        name: &str,
    ) -> impl Iterator<Item = &'a Arc<Operator>> {
        let named = |layer: &'a Layer| layer.operators_by_name.get(name);
        let all = self.layers().map(named).into_iter().flatten().flatten();
        self.reachable(view, schema, all, |operator| &operator.schema)
    }

    /// The server's operator that stands for one of these functions of its own.
    pub(crate) fn operator_by(&self, functions: &[Arc<Function>]) -> Option<&str> {
        let own = |one: &&Arc<Operator>| functions.iter().any(|function| function.oid == one.function);
        self.system.layer.operators.values().filter(own).min_by_key(|one| one.oid).map(|one| &*one.name)
    }

    /// Whether nothing but the server itself has operators of this name.
    pub(crate) fn is_only_built_in(&self, operator: &str) -> bool {
        !self.layers().into_iter().any(|layer| layer.own_operators.contains(operator))
    }

    fn reachable<'a, T: 'a>(
        &'a self,
        view: &'a View,
        schema: Option<&'a str>,
        all: impl Iterator<Item = &'a Arc<T>>,
        of: impl Fn(&'a T) -> &'a Arc<str>,
    ) -> impl Iterator<Item = &'a Arc<T>> {
        let reaches = move |name: &str| match schema {
            Some(schema) => name == schema,
            None => self.path_of(view, false).any(|schema| schema == name),
        };
        // Those of one schema stand together.
        let mut last: Option<(&Arc<str>, bool)> = None;
        all.filter(move |one| {
            let name = of(one);
            match last {
                Some((known, reached)) if Arc::ptr_eq(known, name) => reached,
                _ => {
                    let reached = reaches(name);
                    last = Some((name, reached));
                    reached
                }
            }
        })
    }

    /// What a type's name stands for.
    #[must_use]
    pub fn type_named(&self, view: &View, schema: Option<&str>, name: &str) -> Option<&Arc<Type>> {
        let find = |schema: &str| {
            self.layers()
                .into_iter()
                .find_map(|layer| layer.types_by_name.get(name)?.iter().find(|one| &*one.schema == schema))
        };
        match schema {
            Some(schema) => find(schema),
            None => self.path_of(view, true).find_map(find),
        }
    }

    /// A type by OID.
    #[must_use]
    pub fn type_by_oid(&self, oid: u32) -> Option<&Arc<Type>> {
        self.layers().into_iter().find_map(|layer| layer.types.get(&oid))
    }

    /// The event triggers that are enabled: what is defined sets them off.
    pub fn events(&self) -> impl Iterator<Item = &EventTrigger> {
        self.layers().into_iter().flat_map(|layer| layer.events.iter())
    }

    /// The functions that somebody made for operator classes and ranges, not in native code: whatever sorts, groups, joins or
    /// keeps an index may run them.
    pub fn compares(&self) -> impl Iterator<Item = u32> {
        self.layers().into_iter().flat_map(|layer| layer.compares.iter().copied())
    }

    /// Whether there is a schema of this name.
    #[must_use]
    pub fn has_schema(&self, name: &str) -> bool {
        self.schema_oid(name).is_some()
    }

    /// A schema's OID.
    #[must_use]
    pub fn schema_oid(&self, name: &str) -> Option<u32> {
        self.schemas().get(name).map(|(oid, _)| *oid)
    }

    fn may_use(&self, name: &str) -> bool {
        self.schemas().get(name).is_some_and(|(_, is_usable)| *is_usable)
    }

    pub(super) fn schemas(&self) -> &HashMap<Arc<str>, (u32, bool)> {
        // A snapshot's own part tells all schemas, so that one which was dropped is gone.
        if self.own.schemas.is_empty() { &self.system.layer.schemas } else { &self.own.schemas }
    }
}
