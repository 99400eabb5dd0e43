//! Lines of a sketch about what runs without being named: triggers, event triggers, functions of expressions.

use std::sync::Arc;

use super::super::{Event, EventTrigger, Operator, Trigger};
use super::words::split;
use super::{Read, Sketch};
use crate::view::View;

impl Sketch {
    pub(super) fn trigger(&mut self, text: &str) -> Read<()> {
        let (events, function) = text.split_once(" execute ").ok_or("a trigger needs `execute`")?;
        let mut words = events.split_whitespace();
        let table = words.next().ok_or("a trigger needs its table")?;
        let function = self.function_oid(function)?;
        let mut trigger =
            Trigger { function, insert: false, update: false, delete: false, truncate: false, before: false };
        for word in words {
            match word {
                "before" => trigger.before = true,
                "insert" => trigger.insert = true,
                "update" => trigger.update = true,
                "delete" => trigger.delete = true,
                "truncate" => trigger.truncate = true,
                _ => return Err("an event is insert, update, delete or truncate"),
            }
        }
        self.made(table)?.triggers.push(trigger);
        Ok(())
    }

    /// `public.guard sql_drop DROP TABLE, DROP VIEW`
    pub(super) fn event(&mut self, text: &str) -> Read<()> {
        let (function, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (on, tags) = rest.split_once(' ').unwrap_or((rest, ""));
        let on = match on {
            "" | "ddl_command_end" => Event::Command,
            "sql_drop" => Event::Drop,
            "table_rewrite" => Event::Rewrite,
            _ => return Err("an event trigger fires on ddl_command_end, sql_drop or table_rewrite"),
        };
        let tags = split(tags).into_iter().map(|tag| Arc::from(tag.trim())).collect();
        let function = self.function_oid(function)?;
        self.catalogue.own.events.push(EventTrigger { function, on, tags });
        Ok(())
    }

    /// `public.mood int4 public.f`
    pub(super) fn cast(&mut self, text: &str) -> Read<()> {
        let mut words = text.split_whitespace();
        let mut next = || words.next().ok_or("a cast needs two types and a function");
        let (from, to, function) = (next()?, next()?, next()?);
        let between = (self.type_oid(from)?, self.type_oid(to)?);
        let function = self.function_oid(function)?;
        let own = &mut self.catalogue.own;
        let mut casts = std::mem::take(&mut own.casts);
        casts.insert(between, function);
        own.set_casts(casts);
        Ok(())
    }

    /// `public.= public.mood public.mood public.f`
    pub(super) fn operator(&mut self, text: &str) -> Read<()> {
        let mut words = text.split_whitespace();
        let mut next = || words.next().ok_or("an operator needs a name, two types and a function");
        let (name, left, right, function) = (next()?, next()?, next()?, next()?);
        let (schema, name) = name.split_once('.').ok_or("a name needs its schema")?;
        let operator = Operator {
            oid: self.oid(),
            schema: self.schema(schema),
            name: name.into(),
            left: self.type_oid(left)?,
            right: self.type_oid(right)?,
            function: self.function_oid(function)?,
        };
        self.catalogue.own.add_operator(operator);
        Ok(())
    }

    /// A function of an index expression or a check; with a word behind it, of a `condition` or of `statistics`.
    pub(super) fn runs(&mut self, text: &str) -> Read<()> {
        let (table, function) = text.split_once(' ').ok_or("`runs` needs a table and a function")?;
        let (function, kind) = function.trim().split_once(' ').unwrap_or((function, ""));
        let (schema, name) = function.trim().split_once('.').ok_or("a name needs its schema")?;
        let found = self.catalogue.functions(&View::default(), Some(schema), name);
        let function = found.first().ok_or("there is no such function above this line")?.oid;
        let relation = self.made(table)?;
        match kind {
            "" => &mut relation.functions,
            "condition" => &mut relation.conditions,
            "statistics" => &mut relation.statistics,
            _ => return Err("a function runs with rows, a `condition` or `statistics`"),
        }
        .push(function);
        Ok(())
    }
}
