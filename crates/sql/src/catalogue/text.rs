//! A catalogue's text: what makes a server say it, and how a snapshot is written down again.

use model::facts::ObjectKind;

use super::layer::Layer;
use super::line::Writer;
use super::{Catalogue, Event, Follow, Function, FunctionKind, Relation, Volatility};

const SCRIPT: &str = include_str!("../../data/load.sql");

/// What a server brings itself has OIDs below this (`FirstNormalObjectId`).
const FIRST_OWN: u32 = 16_384;

/// Which part of a catalogue is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the server brings itself.
    System,
    /// What was made in this database.
    Own,
    /// Both.
    All,
}

/// The statements that make a server (PostgreSQL 15 or later) say its catalogue, as COPY data. They belong into one
/// read-only transaction of the role that sessions will have, before which `search_path` was not touched.
#[must_use]
pub fn load_script(part: Part) -> String {
    let (low, high) = match part {
        Part::System => (0, FIRST_OWN.saturating_sub(1)),
        Part::Own => (FIRST_OWN, u32::MAX),
        Part::All => (0, u32::MAX),
    };
    SCRIPT.replace("{low}", &low.to_string()).replace("{high}", &high.to_string())
}

impl Catalogue {
    /// The whole catalogue as text, in the order of its OIDs: equal snapshots give equal texts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = Writer::default();
        let path: Vec<String> = self.path.iter().map(|name| quoted(name)).collect();
        let path = if path.is_empty() { "\"\"".to_owned() } else { path.join(", ") };
        out.begin("head").number(self.server).text(&self.user).text(&path);
        if self.own_role {
            out.truth(true);
        }
        out.end();
        let [own, system] = self.layers();
        let mut schemas: Vec<_> = self.schemas().iter().collect();
        schemas.sort_by_key(|(_, (oid, _))| *oid);
        for (name, (oid, is_usable)) in schemas {
            out.begin("schema").number(oid).text(name).truth(*is_usable).end();
        }
        let both = [system, own];
        self.relations_text(&mut out, &both);
        self.functions_text(&mut out, &both);
        for operator in sorted(&both, |layer| layer.operators.values(), |one| one.oid) {
            out.begin("operator").number(operator.oid).number(self.schema_number(&operator.schema));
            out.text(&operator.name).number(operator.left).number(operator.right);
            out.number(operator.function).end();
        }
        let types = sorted(&both, |layer| layer.types.values(), |one| one.oid);
        for one in &types {
            out.begin("type").number(one.oid).number(self.schema_number(&one.schema)).text(&one.name);
            out.text(char::from(one.kind).encode_utf8(&mut [0; 4]));
            out.number(one.relation).number(one.element).number(one.base).end();
        }
        for one in &types {
            for function in &one.functions {
                out.begin("domain").number(one.oid).number(function).end();
            }
        }
        let mut casts: Vec<_> = both.iter().flat_map(|layer| &layer.casts).collect();
        casts.sort();
        for ((from, to), function) in casts {
            out.begin("cast").number(from).number(to).number(function).end();
        }
        for trigger in self.events() {
            out.begin("event").number(trigger.function).text(match trigger.on {
                Event::Command => "ddl_command_end",
                Event::Drop => "sql_drop",
                Event::Rewrite => "table_rewrite",
            });
            out.array(trigger.tags.iter().map(|tag| &**tag)).end();
        }
        for function in self.compares() {
            out.begin("compares").number(function).end();
        }
        out.begin("end").end();
        out.0
    }

    fn schema_number(&self, name: &str) -> u32 {
        self.schema_oid(name).unwrap_or_default()
    }

    fn relations_text(&self, out: &mut Writer, layers: &[&Layer]) {
        let relations = sorted(layers, |layer| layer.relations.values(), |one| one.oid);
        for relation in &relations {
            out.begin("relation").number(relation.oid).number(self.schema_number(&relation.schema));
            out.text(&relation.name).text(if relation.partitioned { "p" } else { letter_of(relation.kind) });
            out.maybe(relation.rows.map(|rows| rows.to_string()).as_deref());
            out.truth(relation.row_security).number(relation.index_of);
            out.maybe(relation.query.as_deref()).end();
        }
        for relation in &relations {
            columns_text(out, relation);
        }
        for relation in &relations {
            for parent in &relation.parents {
                out.begin("inherits").number(relation.oid).number(parent).end();
            }
        }
    }

    fn functions_text(&self, out: &mut Writer, layers: &[&Layer]) {
        let functions = sorted(layers, |layer| layer.functions.values(), |one| one.oid);
        for function in &functions {
            out.begin("function").number(function.oid).number(self.schema_number(&function.schema));
            out.text(&function.name).numbers(&function.arguments);
            function_text(out, function);
        }
        for function in &functions {
            for part in &function.parts {
                out.begin("part").number(function.oid).number(part).end();
            }
        }
        for function in &functions {
            for of in &function.outputs {
                out.begin("gives").number(function.oid).number(of).end();
            }
        }
        for function in &functions {
            if let Some(text) = &function.default {
                out.begin("default").number(function.oid).text(text).end();
            }
        }
    }
}

fn columns_text(out: &mut Writer, relation: &Relation) {
    for column in relation.columns.iter() {
        out.begin("column").number(relation.oid).number(column.number).text(&column.name);
        out.number(column.type_oid).truth(column.not_null).truth(column.generated);
        out.maybe(column.default.as_deref()).end();
    }
    for key in &relation.keys {
        out.begin("key").number(relation.oid).numbers(key).end();
    }
    if !relation.primary.is_empty() {
        out.begin("primary").number(relation.oid).numbers(&relation.primary).end();
    }
    if !relation.partition_by.is_empty() {
        out.begin("partition").number(relation.oid).numbers(&relation.partition_by).end();
    }
    for rule in &relation.rules {
        out.begin("rule").number(relation.oid).text(rule).end();
    }
    for trigger in &relation.triggers {
        let bit = |has: bool, bit: u16| if has { bit } else { 0 };
        let events = bit(trigger.insert, 4)
            | bit(trigger.delete, 8)
            | bit(trigger.update, 16)
            | bit(trigger.truncate, 32)
            | bit(trigger.before, 1 | 2);
        out.begin("trigger").number(relation.oid).number(trigger.function).number(events).end();
    }
    for reference in &relation.referenced_by {
        let letter = |follow| match follow {
            Follow::Refuse => "a",
            Follow::Same => "c",
            Follow::Set => "n",
        };
        out.begin("reference").number(relation.oid).number(reference.relation);
        out.text(letter(reference.on_delete)).text(letter(reference.on_update));
        out.numbers(&reference.columns).numbers(&reference.by).end();
    }
    let kinds = [("r", &relation.functions), ("c", &relation.conditions), ("s", &relation.statistics)];
    for (kind, functions) in kinds {
        for function in functions {
            out.begin("runs").number(relation.oid).number(function).text(kind).end();
        }
    }
}

fn function_text(out: &mut Writer, function: &Function) {
    // Only the names of INOUT arguments stand on both sides; written apart they read back the same.
    let (inside, outside) = (&function.argument_names, &function.output_names);
    if outside.is_empty() {
        out.maybe(None);
    } else {
        let inside = function.arguments.iter().map(|_| "i");
        out.array(inside.chain(outside.iter().map(|_| "o")));
    }
    let missing = if inside.is_empty() && !outside.is_empty() { function.arguments.len() } else { 0 };
    let nameless = std::iter::repeat_n("", missing);
    out.array(nameless.chain(inside.iter().chain(outside).map(|name| &**name)));
    out.number(function.defaults).truth(function.variadic);
    out.text(match function.kind {
        FunctionKind::Function => "f",
        FunctionKind::Procedure => "p",
        FunctionKind::Aggregate => "a",
        FunctionKind::Window => "w",
    });
    out.text(match function.volatility {
        Volatility::Immutable => "i",
        Volatility::Stable => "s",
        Volatility::Volatile => "v",
    });
    out.text(&function.language).truth(function.security_definer).number(function.returns);
    out.truth(function.returns_set).maybe(function.body.as_deref()).truth(function.atomic);
    let path = function.path.as_ref().map(|path| {
        let names: Vec<String> = path.iter().map(|name| quoted(name)).collect();
        if names.is_empty() { "\"\"".to_owned() } else { names.join(", ") }
    });
    out.maybe(path.as_deref()).maybe(function.extension.as_deref()).end();
}

fn letter_of(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::View => "v",
        ObjectKind::MaterializedView => "m",
        ObjectKind::ForeignTable => "f",
        ObjectKind::Sequence => "S",
        ObjectKind::Index => "i",
        ObjectKind::Type => "c",
        ObjectKind::Table | ObjectKind::Function | ObjectKind::Schema | ObjectKind::Other => "r",
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// All of one kind, in the order of their OIDs.
fn sorted<'a, T: 'a, I: Iterator<Item = &'a std::sync::Arc<T>>>(
    layers: &[&'a Layer],
    of: impl Fn(&'a Layer) -> I,
    oid: impl Fn(&T) -> u32,
) -> Vec<&'a T> {
    let mut all: Vec<&T> = layers.iter().flat_map(|layer| of(layer)).map(|one| &**one).collect();
    all.sort_by_key(|one| oid(one));
    all
}
