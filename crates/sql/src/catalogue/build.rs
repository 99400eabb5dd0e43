//! From the lines of a catalogue's text to what look-ups need. A line that cannot be read fails the whole text: half
//! a catalogue would resolve names wrongly.

mod part;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use model::facts::ObjectKind;

use super::layer::Layer;
use super::line::Fields;
use super::path::split_path;
use super::snapshot::Head;
use super::{Column, EventTrigger, Function, FunctionKind, Operator, Relation, Type, Volatility};
use part::{event, reference, runs, trigger};

/// Why a catalogue's text cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line's number, from 1; 0 = the text as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "the catalogue cannot be read: {}", self.what),
            line => write!(f, "line {line} of the catalogue cannot be read: {}", self.what),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Reads a whole text.
pub(super) fn read(text: &str) -> Result<(Head, Layer), Unreadable> {
    let mut reading = Reading::default();
    for (line, number) in text.lines().zip(1..) {
        if line.is_empty() {
            continue;
        }
        if reading.ended {
            return Err(Unreadable { line: number, what: "it follows the end" });
        }
        reading.line(line).map_err(|what| Unreadable { line: number, what })?;
    }
    if !reading.ended {
        return Err(Unreadable { line: 0, what: "its end is missing" });
    }
    let head = reading.head.take().ok_or(Unreadable { line: 0, what: "it has no head" })?;
    Ok((head, reading.finish()))
}

/// Everything read so far, while relations can still grow.
#[derive(Default)]
pub(super) struct Reading {
    names: HashSet<Arc<str>>,
    pub(super) head: Option<Head>,
    schemas: HashMap<Arc<str>, (u32, bool)>,
    schemas_by_oid: HashMap<u32, Arc<str>>,
    pub(super) relations: HashMap<u32, (Relation, Vec<Column>)>,
    pub(super) functions: HashMap<u32, Function>,
    operators: HashMap<u32, Operator>,
    pub(super) types: HashMap<u32, Type>,
    casts: HashMap<(u32, u32), u32>,
    events: Vec<EventTrigger>,
    compares: Vec<u32>,
    ended: bool,
}

/// Names in order.
type Names = Box<[Arc<str>]>;

const SHORT: &str = "a field is missing or is not what it should be";

impl Reading {
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let mut fields = Fields::of(line);
        let word = fields.text().ok_or(SHORT)?;
        match &*word {
            "head" => self.head(&mut fields),
            "schema" => self.a_schema(&mut fields),
            "relation" => self.relation(&mut fields),
            "column" => self.column(&mut fields),
            "key" => self.of(&mut fields, |relation, fields| {
                fields.numbers().map(|key| relation.keys.push(key.into()))
            }),
            "primary" => self.of(&mut fields, |relation, fields| {
                fields.numbers().map(|key| relation.primary = key.into())
            }),
            "inherits" => self.inherits(&mut fields),
            "partition" => self.of(&mut fields, |relation, fields| {
                fields.numbers().map(|columns| relation.partition_by = columns.into())
            }),
            "rule" => self.of(&mut fields, |relation, fields| {
                fields.text().map(|text| relation.rules.push(Arc::from(&*text)))
            }),
            "trigger" => self.of(&mut fields, |relation, fields| {
                trigger(fields).map(|trigger| relation.triggers.push(trigger))
            }),
            "reference" => self.of(&mut fields, |relation, fields| {
                reference(fields).map(|reference| relation.referenced_by.push(reference))
            }),
            "runs" => self.of(&mut fields, runs),
            "function" => self.function(&mut fields),
            "part" => self.of_function(&mut fields, |function, fields| {
                fields.number().map(|part| function.parts.push(part))
            }),
            "gives" => self.of_function(&mut fields, |function, fields| {
                fields.number().map(|of| function.outputs.push(of))
            }),
            "default" => self.of_function(&mut fields, |function, fields| {
                fields.text().map(|text| function.default = Some(Arc::from(&*text)))
            }),
            "event" => event(&mut fields).map(|trigger| self.events.push(trigger)),
            "compares" => fields.number().map(|function| self.compares.push(function)),
            "operator" => self.operator(&mut fields),
            "type" => self.a_type(&mut fields),
            "domain" => {
                let (of, function) = (fields.number::<u32>().ok_or(SHORT)?, fields.number().ok_or(SHORT)?);
                if let Some(of) = self.types.get_mut(&of) {
                    of.functions.push(function);
                }
                Some(())
            }
            "cast" => self.cast(&mut fields),
            "end" => {
                self.ended = true;
                Some(())
            }
            _ => return Err("its first word is not known"),
        }
        .ok_or(SHORT)
    }

    /// The same text is kept once: names repeat a lot.
    pub(super) fn name(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.names.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.names.insert(Arc::clone(&new));
        new
    }

    /// The schema of an object; `Some(None)` for one that is not shown, such as another session's temporary one.
    fn schema(&mut self, fields: &mut Fields<'_>) -> Option<Option<Arc<str>>> {
        Some(self.schemas_by_oid.get(&fields.number()?).cloned())
    }

    /// Adds to a relation. One that is not there nobody finds, so what belongs to it does not matter.
    fn of(
        &mut self,
        fields: &mut Fields<'_>,
        add: impl FnOnce(&mut Relation, &mut Fields<'_>) -> Option<()>,
    ) -> Option<()> {
        let oid: u32 = fields.number()?;
        match self.relations.get_mut(&oid) {
            Some((relation, _)) => add(relation, fields),
            None => Some(()),
        }
    }

    /// The same for a function.
    fn of_function(
        &mut self,
        fields: &mut Fields<'_>,
        add: impl FnOnce(&mut Function, &mut Fields<'_>) -> Option<()>,
    ) -> Option<()> {
        let oid: u32 = fields.number()?;
        self.functions.get_mut(&oid).map_or(Some(()), |function| add(function, fields))
    }

    fn head(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let server = fields.number()?;
        let user = self.name(&fields.text()?);
        let path = split_path(&fields.text()?)?.into();
        // Catalogues from before this was asked do not say.
        let own_role = fields.truth().unwrap_or(false);
        self.head = Some(Head { server, user, path, own_role });
        Some(())
    }

    fn a_schema(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid = fields.number()?;
        let name = self.name(&fields.text()?);
        self.schemas.insert(Arc::clone(&name), (oid, fields.truth()?));
        self.schemas_by_oid.insert(oid, name);
        Some(())
    }

    fn relation(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid = fields.number()?;
        let Some(schema) = self.schema(fields)? else { return Some(()) };
        let name = self.name(&fields.text()?);
        let letter = fields.text()?;
        let kind = match &*letter {
            "r" | "p" => ObjectKind::Table,
            "v" => ObjectKind::View,
            "m" => ObjectKind::MaterializedView,
            "f" => ObjectKind::ForeignTable,
            "S" => ObjectKind::Sequence,
            "i" | "I" => ObjectKind::Index,
            "c" => ObjectKind::Type,
            _ => return None,
        };
        let mut relation = Relation::new(oid, schema, name, kind);
        relation.partitioned = &*letter == "p";
        relation.rows = match fields.text() {
            Some(rows) => Some(rows.parse().ok()?),
            None => None,
        };
        relation.row_security = fields.truth()?;
        relation.index_of = fields.number()?;
        relation.query = fields.text().map(|query| Arc::from(&*query));
        self.relations.insert(oid, (relation, Vec::new()));
        Some(())
    }

    fn column(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid: u32 = fields.number()?;
        let column = self.column_of(fields)?;
        if let Some((_, columns)) = self.relations.get_mut(&oid) {
            columns.push(column);
        }
        Some(())
    }

    fn column_of(&mut self, fields: &mut Fields<'_>) -> Option<Column> {
        Some(Column {
            number: fields.number()?,
            name: self.name(&fields.text()?),
            type_oid: fields.number()?,
            not_null: fields.truth()?,
            generated: fields.truth()?,
            default: fields.text().map(|text| Arc::from(&*text)),
        })
    }

    fn inherits(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let (child, parent): (u32, u32) = (fields.number()?, fields.number()?);
        if self.relations.contains_key(&child) && self.relations.contains_key(&parent) {
            self.relations.get_mut(&child)?.0.parents.push(parent);
            self.relations.get_mut(&parent)?.0.children.push(child);
        }
        Some(())
    }

    fn function(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid = fields.number()?;
        let Some(schema) = self.schema(fields)? else { return Some(()) };
        let name = self.name(&fields.text()?);
        let arguments: Vec<u32> = fields.numbers()?;
        let modes = fields.array();
        let names = fields.array().unwrap_or_default();
        let (argument_names, output_names) = self.argument_names(modes.as_deref(), &names);
        let function = Function {
            oid,
            schema,
            name,
            arguments: arguments.into(),
            argument_names,
            output_names,
            defaults: fields.number()?,
            variadic: fields.truth()?,
            kind: match &*fields.text()? {
                "f" => FunctionKind::Function,
                "p" => FunctionKind::Procedure,
                "a" => FunctionKind::Aggregate,
                "w" => FunctionKind::Window,
                _ => return None,
            },
            volatility: match &*fields.text()? {
                "i" => Volatility::Immutable,
                "s" => Volatility::Stable,
                "v" => Volatility::Volatile,
                _ => return None,
            },
            language: self.name(&fields.text()?),
            security_definer: fields.truth()?,
            returns: fields.number()?,
            returns_set: fields.truth()?,
            body: fields.text().map(|text| Arc::from(&*text)),
            atomic: fields.truth()?,
            path: match fields.text() {
                Some(path) => Some(split_path(&path)?.into()),
                None => None,
            },
            extension: fields.text().map(|name| self.name(&name)),
            parts: Vec::new(),
            default: None,
            outputs: Vec::new(),
        };
        self.functions.insert(oid, function);
        Some(())
    }

    /// Names of what goes in and of what comes out, from `proargmodes` and `proargnames`.
    fn argument_names(&mut self, modes: Option<&[String]>, names: &[String]) -> (Names, Names) {
        let (mut inside, mut outside): (Vec<Arc<str>>, Vec<Arc<str>>) = (Vec::new(), Vec::new());
        let count = modes.map_or(names.len(), <[String]>::len);
        for at in 0..count {
            let name = self.name(names.get(at).map_or("", String::as_str));
            let mode = modes.and_then(|modes| modes.get(at)).map_or("i", String::as_str);
            if matches!(mode, "i" | "b" | "v") {
                inside.push(Arc::clone(&name));
            }
            if matches!(mode, "o" | "b" | "t") {
                // What has no name the server calls `column1` and so on.
                let name = if name.is_empty() {
                    let number = outside.len().saturating_add(1);
                    self.name(&format!("column{number}"))
                } else {
                    name
                };
                outside.push(name);
            }
        }
        if inside.iter().all(|name| name.is_empty()) {
            inside.clear();
        }
        (inside.into(), outside.into())
    }

    fn operator(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid = fields.number()?;
        let Some(schema) = self.schema(fields)? else { return Some(()) };
        let name = self.name(&fields.text()?);
        let (left, right, function) = (fields.number()?, fields.number()?, fields.number()?);
        self.operators.insert(oid, Operator { oid, schema, name, left, right, function });
        Some(())
    }

    fn a_type(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let oid = fields.number()?;
        let Some(schema) = self.schema(fields)? else { return Some(()) };
        let name = self.name(&fields.text()?);
        let kind = *fields.text()?.as_bytes().first()?;
        let (relation, element, base) = (fields.number()?, fields.number()?, fields.number()?);
        let functions = Vec::new();
        self.types.insert(oid, Type { oid, schema, name, kind, relation, element, base, functions });
        Some(())
    }

    fn cast(&mut self, fields: &mut Fields<'_>) -> Option<()> {
        let (from, to, function) = (fields.number()?, fields.number()?, fields.number()?);
        self.casts.insert((from, to), function);
        Some(())
    }

    pub(super) fn finish(self) -> Layer {
        let mut layer =
            Layer { schemas: self.schemas, events: self.events, compares: self.compares, ..Layer::default() };
        layer.set_casts(self.casts);
        for (mut relation, columns) in self.relations.into_values() {
            relation.columns = columns.into();
            layer.add_relation(relation);
        }
        for function in self.functions.into_values() {
            layer.add_function(function);
        }
        for operator in self.operators.into_values() {
            layer.add_operator(operator);
        }
        for one in self.types.into_values() {
            layer.add_type(one);
        }
        layer.sort();
        layer
    }
}
