//! A few objects, written down by hand, above a catalogue: for tests and for trying rules without a server. It takes
//! only what helps to write such lines, and checks no more than that; a real catalogue is loaded.

mod unseen;
mod words;

use std::sync::Arc;

use model::facts::ObjectKind;

use super::build::Unreadable;
use super::{Catalogue, Column, Follow, Function, FunctionKind, Reference, Relation, Type, Volatility};
use crate::view::View;
use words::{bracketed, entries, split};

/// Where the OIDs of sketched objects begin.
const FIRST: u32 = 100_000;

impl Catalogue {
    /// This catalogue with more objects, one a line (a line that begins with a space continues the one before, one
    /// that begins with `--` is a comment):
    ///
    /// ```text
    /// schema shop
    /// public.customers(id int4 pk, full_name text not null, email text unique, total int4 default 0, half int4 generated total / 2) rows 200
    /// public.customers_2024(id int4) inherits public.customers
    /// public.events(id int4, at date) by at
    /// public.events_2024(id int4) partitions public.events
    /// public.orders(id int8 pk, customer int4) refers public.customers cascades public.customers_2024
    /// view public.names(full_name text) as SELECT full_name FROM public.customers
    /// materialized view public.m(n int8) as SELECT count(*) AS n FROM public.customers
    /// foreign table public.far(id int4)
    /// sequence public.numbers
    /// index public.customers_email on public.customers
    /// domain public.email text checks public.f
    /// enum public.mood
    /// function public.f(a int4, b text default public.g()) returns setof public.customers stable sql gives:public.email as SELECT …
    /// procedure public.p(a int4) returns void plpgsql security definer as BEGIN … END
    /// trigger public.customers before update delete execute public.f
    /// runs public.customers public.f condition
    /// cast public.mood int4 public.f
    /// event public.f sql_drop DROP TABLE, DROP VIEW
    /// operator public.= public.mood public.mood public.g
    /// compares public.f
    /// rule public.customers CREATE RULE r AS ON DELETE TO public.customers DO INSTEAD NOTHING
    /// ```
    ///
    /// Schemas that a name needs are made. OIDs count from 100000 in the order of the lines.
    ///
    /// # Errors
    /// The number of the line that cannot be read, and why.
    pub fn with_tables(self, text: &str) -> Result<Self, Unreadable> {
        let mut sketch = Sketch { catalogue: self, relations: Vec::new(), next: FIRST };
        if sketch.catalogue.own.schemas.is_empty() {
            sketch.catalogue.own.schemas = sketch.catalogue.system.layer.schemas.clone();
        }
        while sketch.taken(sketch.next) {
            sketch.next = sketch.next.saturating_add(1_000);
        }
        for (line, number) in entries(text) {
            sketch.entry(&line).map_err(|what| Unreadable { line: number, what })?;
        }
        Ok(sketch.finish())
    }
}

struct Sketch {
    catalogue: Catalogue,
    /// Relations that later lines may still add to.
    relations: Vec<Relation>,
    next: u32,
}

type Read<T> = Result<T, &'static str>;

impl Sketch {
    fn taken(&self, oid: u32) -> bool {
        self.catalogue.relation_by_oid(oid).is_some()
            || self.catalogue.function_by_oid(oid).is_some()
            || self.catalogue.type_by_oid(oid).is_some()
    }

    fn oid(&mut self) -> u32 {
        let oid = self.next;
        self.next = self.next.saturating_add(1);
        oid
    }

    fn entry(&mut self, line: &str) -> Read<()> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "schema" => {
                self.schema(rest);
                Ok(())
            }
            "table" => self.relation(rest, ObjectKind::Table),
            "view" => self.relation(rest, ObjectKind::View),
            "materialized" => {
                let rest = rest.strip_prefix("view ").ok_or("`materialized` of what?")?;
                self.relation(rest, ObjectKind::MaterializedView)
            }
            "foreign" => {
                let rest = rest.strip_prefix("table ").ok_or("`foreign` what?")?;
                self.relation(rest, ObjectKind::ForeignTable)
            }
            "sequence" => self.relation(rest, ObjectKind::Sequence),
            "index" => self.relation(rest, ObjectKind::Index),
            "domain" | "enum" => self.a_type(word, rest),
            "function" => self.function(rest, FunctionKind::Function),
            "procedure" => self.function(rest, FunctionKind::Procedure),
            "trigger" => self.trigger(rest),
            "runs" => self.runs(rest),
            "event" => self.event(rest),
            "cast" => self.cast(rest),
            "operator" => self.operator(rest),
            "compares" => {
                let function = self.function_oid(rest)?;
                self.catalogue.own.compares.push(function);
                Ok(())
            }
            "rule" => {
                let (table, text) = rest.split_once(' ').ok_or("a rule needs its text")?;
                self.made(table)?.rules.push(text.into());
                Ok(())
            }
            _ => self.relation(line, ObjectKind::Table),
        }
    }

    fn schema(&mut self, name: &str) -> Arc<str> {
        let name = name.trim();
        if let Some((known, _)) = self.catalogue.own.schemas.get_key_value(name) {
            return Arc::clone(known);
        }
        let (oid, name): (u32, Arc<str>) = (self.oid(), name.into());
        self.catalogue.own.schemas.insert(Arc::clone(&name), (oid, true));
        name
    }

    fn full_name(&mut self, text: &str) -> Read<(Arc<str>, Arc<str>)> {
        let (schema, name) = text.trim().split_once('.').ok_or("a name needs its schema: `public.t`")?;
        Ok((self.schema(schema), name.into()))
    }

    fn made(&mut self, full_name: &str) -> Read<&mut Relation> {
        let (schema, name) = full_name.trim().split_once('.').ok_or("a name needs its schema")?;
        self.relations
            .iter_mut()
            .find(|relation| &*relation.schema == schema && &*relation.name == name)
            .ok_or("there is no such relation above this line")
    }

    fn relation(&mut self, text: &str, kind: ObjectKind) -> Read<()> {
        let (name, columns, rest) = match text.find('(').filter(|_| kind != ObjectKind::Index) {
            Some(open) => {
                let (name, rest) = text.split_at(open);
                let (columns, rest) = bracketed(rest).ok_or("a bracket is not closed")?;
                (name, columns, rest.trim())
            }
            None => text.split_once(' ').map_or((text, "", ""), |(name, rest)| (name, "", rest)),
        };
        let (schema, name) = self.full_name(name)?;
        let mut relation = Relation::new(self.oid(), Arc::clone(&schema), Arc::clone(&name), kind);
        let mut made = Vec::new();
        for (column, number) in split(columns).into_iter().zip(1..) {
            made.push(self.column(column, number, &mut relation)?);
        }
        relation.columns = made.into();
        let words = match rest.strip_prefix("as ") {
            Some(query) => {
                relation.query = Some(query.trim().into());
                ""
            }
            None => rest,
        };
        let mut left = words.split_whitespace();
        while let Some(word) = left.next() {
            let next = left.next().ok_or("something is missing at its end")?;
            match word {
                "rows" => relation.rows = Some(next.parse().map_err(|_| "`rows` needs a number")?),
                "inherits" | "partitions" => {
                    let parent = self.made(next)?;
                    parent.partitioned |= word == "partitions";
                    parent.children.push(relation.oid);
                    relation.parents.push(parent.oid);
                }
                "refers" | "cascades" => {
                    let follow = if word == "refers" { Follow::Refuse } else { Follow::Same };
                    let oid = relation.oid;
                    let to = self.made(next)?;
                    let columns = to.primary.clone();
                    to.referenced_by.push(Reference {
                        relation: oid,
                        on_delete: follow,
                        on_update: follow,
                        columns,
                        by: Box::default(),
                    });
                }
                "by" => {
                    let is_key = |column: &&Column| next.split(',').any(|name| *name == *column.name);
                    relation.partition_by =
                        relation.columns.iter().filter(is_key).map(|column| column.number).collect();
                }
                "on" => relation.index_of = self.made(next)?.oid,
                _ => return Err("its end is not understood"),
            }
        }
        if !matches!(kind, ObjectKind::Sequence | ObjectKind::Index) {
            let oid = self.oid();
            let functions = Vec::new();
            let relation = relation.oid;
            let one = Type { oid, schema, name, kind: b'c', relation, element: 0, base: 0, functions };
            self.add_type(one);
        }
        self.relations.push(relation);
        Ok(())
    }

    fn column(&mut self, text: &str, number: i16, relation: &mut Relation) -> Read<Column> {
        let of =
            |word: &str| text.split_once(word).map(|(text, value)| (text, Some(Arc::from(value.trim()))));
        let (generated, found) = match of(" generated ") {
            Some(found) => (true, Some(found)),
            None => (false, of(" default ")),
        };
        let (text, default) = found.unwrap_or((text, None));
        let (name, rest) = text.trim().split_once(' ').ok_or("a column needs a type")?;
        let mut rest = rest.trim();
        let mut not_null = false;
        while let Some((before, word)) =
            ["pk", "unique", "not null"].iter().find_map(|word| Some((rest.strip_suffix(word)?, *word)))
        {
            rest = before.trim();
            not_null |= word != "unique";
            match word {
                "pk" => {
                    relation.keys.insert(0, Box::from([number]));
                    relation.primary = Box::from([number]);
                }
                "unique" => relation.keys.push(Box::from([number])),
                _ => {}
            }
        }
        let type_oid = self.type_oid(rest)?;
        Ok(Column { number, name: name.into(), type_oid, default, generated, not_null })
    }

    fn type_oid(&self, text: &str) -> Read<u32> {
        let text = text.trim();
        let (text, array) = text.strip_suffix("[]").map_or((text, false), |text| (text, true));
        let text = text.split('(').next().unwrap_or(text).trim();
        let name = match text {
            "int" | "integer" => "int4",
            "bigint" => "int8",
            "smallint" => "int2",
            "boolean" => "bool",
            "varchar" => "varchar",
            "char" => "bpchar",
            "double precision" => "float8",
            "real" => "float4",
            "decimal" => "numeric",
            other => other,
        };
        let (schema, name) = name.split_once('.').map_or((None, name), |(schema, name)| (Some(schema), name));
        let name = if array { format!("_{name}") } else { name.to_owned() };
        let found = self.catalogue.type_named(&View::default(), schema, &name);
        found.map(|one| one.oid).ok_or("there is no such type")
    }

    fn add_type(&mut self, one: Type) {
        let array = Type {
            oid: self.oid(),
            schema: Arc::clone(&one.schema),
            name: format!("_{}", one.name).into(),
            kind: b'b',
            relation: 0,
            element: one.oid,
            base: 0,
            functions: Vec::new(),
        };
        self.catalogue.own.add_type(one);
        self.catalogue.own.add_type(array);
    }

    fn a_type(&mut self, word: &str, rest: &str) -> Read<()> {
        let (rest, check) =
            rest.split_once(" checks ").map_or((rest, None), |(rest, check)| (rest, Some(check)));
        let (name, base) = rest.split_once(' ').unwrap_or((rest, ""));
        let (schema, name) = self.full_name(name)?;
        let functions = check.map(|check| self.function_oid(check)).transpose()?.into_iter().collect();
        let (kind, base) = if word == "enum" { (b'e', 0) } else { (b'd', self.type_oid(base)?) };
        let oid = self.oid();
        self.add_type(Type { oid, schema, name, kind, relation: 0, element: 0, base, functions });
        Ok(())
    }

    fn function(&mut self, text: &str, kind: FunctionKind) -> Read<()> {
        let (head, body) = match text.split_once(" as ") {
            Some((head, body)) => (head, Some(Arc::from(body.trim()))),
            None => (text, None),
        };
        let open = head.find('(').ok_or("a function needs its arguments")?;
        let (name, rest) = head.split_at(open);
        let (arguments, rest) = bracketed(rest).ok_or("a bracket is not closed")?;
        let (schema, name) = self.full_name(name)?;
        let (mut types, mut names, mut defaults) = (Vec::new(), Vec::new(), 0_u16);
        let mut given: Vec<&str> = Vec::new();
        for argument in split(arguments) {
            let (argument, default) =
                argument.split_once(" default").map_or((argument, None), |(name, text)| (name, Some(text)));
            defaults += u16::from(default.is_some());
            given.extend(default.map(|text| if text.is_empty() { "NULL" } else { text }));
            let (name, of) = argument.trim().split_once(' ').unwrap_or(("", argument));
            names.push(Arc::from(name));
            types.push(self.type_oid(of)?);
        }
        if names.iter().all(|name: &Arc<str>| name.is_empty()) {
            names.clear();
        }
        let rest = rest.trim().strip_prefix("returns ").ok_or("a function needs `returns`")?;
        let (rest, returns_set) = rest.strip_prefix("setof ").map_or((rest, false), |rest| (rest, true));
        let (returns, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut function = Function {
            oid: self.oid(),
            schema,
            name,
            arguments: types.into(),
            argument_names: names.into(),
            output_names: Box::from([]),
            defaults,
            variadic: false,
            kind,
            volatility: Volatility::Volatile,
            language: "sql".into(),
            security_definer: false,
            returns: self.type_oid(returns)?,
            returns_set,
            body,
            atomic: false,
            path: None,
            extension: None,
            parts: Vec::new(),
            default: (!given.is_empty()).then(|| given.join(",").into()),
            outputs: Vec::new(),
        };
        for word in rest.split_whitespace() {
            match word {
                "volatile" => function.volatility = Volatility::Volatile,
                "stable" => function.volatility = Volatility::Stable,
                "immutable" => function.volatility = Volatility::Immutable,
                "security" | "definer" => function.security_definer = true,
                "atomic" => function.atomic = true,
                "aggregate" => function.kind = FunctionKind::Aggregate,
                word if word.starts_with("gives:") => {
                    function.outputs.push(self.type_oid(word.trim_start_matches("gives:"))?);
                }
                word if word.starts_with("extension:") => {
                    function.extension = Some(word.trim_start_matches("extension:").into());
                }
                language => function.language = language.into(),
            }
        }
        self.catalogue.own.add_function(function);
        Ok(())
    }

    fn function_oid(&self, name: &str) -> Read<u32> {
        let (schema, name) = name.trim().split_once('.').ok_or("a name needs its schema")?;
        let found = self.catalogue.functions(&View::default(), Some(schema), name);
        Ok(found.first().ok_or("there is no such function above this line")?.oid)
    }

    fn finish(mut self) -> Catalogue {
        for relation in self.relations {
            self.catalogue.own.add_relation(relation);
        }
        self.catalogue.own.sort();
        self.catalogue.sources = std::sync::OnceLock::new();
        self.catalogue.version = self.catalogue.version.saturating_add(1);
        self.catalogue
    }
}
