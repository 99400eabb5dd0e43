//! Columns in a condition: whose they are, and what the catalogue says of them. It judges no condition.

use super::super::constant::{bare, literal};
use super::super::name::words;
use super::part::Parts;
use super::{Judge, TARGET, Who};
use crate::parse::{Node, nodes};

/// The server's types of dates and times: `date`, `time`, `timestamp`, `timestamptz`, `interval`, `timetz`.
const TIMES: [u32; 6] = [1082, 1083, 1114, 1184, 1186, 1266];

/// The server's types of numbers: `int2`, `int4`, `int8`, `float4`, `float8`, `numeric`.
const NUMBERS: [u32; 6] = [20, 21, 23, 700, 701, 1700];

/// The server's functions that give different values for different values, mostly.
const KEEPING: [&str; 25] = [
    "lower",
    "upper",
    "initcap",
    "btrim",
    "ltrim",
    "rtrim",
    "left",
    "right",
    "substr",
    "substring",
    "split_part",
    "date_trunc",
    "date",
    "date_part",
    "extract",
    "timezone",
    "to_char",
    "md5",
    "sha256",
    "abs",
    "length",
    "char_length",
    "octet_length",
    "jsonb_extract_path_text",
    "json_extract_path_text",
];

/// A column as a condition sees it.
pub(super) struct Seen {
    pub(super) who: Who,
    /// The catalogue has it.
    pub(super) known: bool,
    pub(super) name: String,
    /// Each row has a value.
    pub(super) not_null: bool,
    pub(super) key: bool,
    pub(super) time: bool,
    /// It is of the target's own rows, read again by a sub-select.
    pub(super) again: bool,
    /// Its values lie in order: numbers, dates and times.
    pub(super) in_order: bool,
}

impl Judge<'_> {
    /// Whether a function keeps different values apart: one of the server's own that does, or somebody's.
    pub(super) fn keeps(&self, call: &nodes::FuncCall) -> bool {
        let (schema, name) = super::super::name::qualified(words(call.funcname()));
        let all = self.cx.catalogue.functions(self.cx.view, schema, name);
        if !all.iter().any(|function| &*function.schema == "pg_catalog") {
            return true;
        }
        let nothing = |node: Node<'_>| {
            literal(node).is_some_and(str::is_empty) || super::super::constant::whole_number(node) == Some(0)
        };
        KEEPING.contains(&name) && !call.args().iter().any(nothing)
    }

    /// Whether a reference in a sub-select means a column of the target, outside of it.
    pub(super) fn is_outer(&self, reference: &nodes::ColumnRef) -> bool {
        let mut names = words(reference.fields());
        let (Some(name), None) = (names.next(), names.next()) else {
            return self.column(reference).is_some_and(|seen| seen.who == TARGET);
        };
        let unknown = self.sources.iter().any(|source| source.relation.is_none());
        let own = self.relation.is_some_and(|relation| relation.columns.iter().any(|one| &*one.name == name));
        self.is_row(reference) && name == &*self.name
            || own && !unknown && self.column(reference).is_some_and(|seen| seen.who == TARGET)
    }

    /// Whether a reference means the whole row of a table.
    pub(super) fn is_row(&self, reference: &nodes::ColumnRef) -> bool {
        let mut names = words(reference.fields());
        let (Some(name), None) = (names.next(), names.next()) else { return false };
        // A list of values has one column, of its own name.
        let source = self.sources.iter().any(|source| source.name == name && !source.by_functions);
        (name == &*self.name || source) && self.column(reference).is_none_or(|seen| !seen.known)
    }

    /// The one table that all columns belong to.
    pub(super) fn owner(&self, parts: &Parts<'_>) -> Option<Who> {
        let mut owner = None;
        for reference in &parts.columns {
            let who = self.column(reference)?.who;
            if *owner.get_or_insert(who) != who {
                return None;
            }
        }
        owner
    }

    pub(super) fn is_same(&self, left: &nodes::ColumnRef, right: &nodes::ColumnRef) -> bool {
        match (self.column(left), self.column(right)) {
            (Some(a), Some(b)) => a.who == b.who && a.name == b.name,
            _ => words(left.fields()).last() == words(right.fields()).last(),
        }
    }

    pub(super) fn plain(&self, node: Node<'_>) -> Option<Seen> {
        match bare(node) {
            Node::ColumnRef(reference) => self.column(reference),
            _ => None,
        }
    }

    /// Whose column a reference is.
    pub(super) fn column(&self, reference: &nodes::ColumnRef) -> Option<Seen> {
        let names: Vec<&str> = words(reference.fields()).collect();
        let (name, table) = match names.as_slice() {
            [name] => (*name, None),
            [.., table, name] => (*name, Some(*table)),
            [] => return None,
        };
        let who = match table {
            Some(table) => {
                let source = self.sources.iter().position(|source| source.name == table);
                let source = source.map(|at| at.saturating_add(1));
                let own = (table == &*self.name).then_some(TARGET);
                if self.inner { source.or(own)? } else { own.or(source)? }
            }
            None => self.unqualified(name)?,
        };
        let relation = match who {
            TARGET => self.relation,
            at => self.sources.get(at.checked_sub(1)?)?.relation.as_deref(),
        };
        let column = relation.and_then(|relation| relation.columns.iter().find(|c| &*c.name == name));
        if column.is_none() && who == TARGET && !self.open && !is_system(name) {
            return None;
        }
        let key = match (relation, column) {
            (Some(relation), Some(column)) => relation.keys.iter().any(|key| key.contains(&column.number)),
            _ => false,
        };
        let again = who
            .checked_sub(1)
            .and_then(|at| self.sources.get(at))
            .is_some_and(|source| source.relation.is_none() && !source.bounded && !source.by_functions);
        Some(Seen {
            again,
            known: column.is_some(),
            who,
            name: name.to_owned(),
            not_null: again || key || is_system(name) || column.is_some_and(|column| column.not_null),
            key: key || is_system(name),
            time: column.is_some_and(|column| TIMES.contains(&column.type_oid)),
            in_order: column
                .is_some_and(|column| TIMES.contains(&column.type_oid) || NUMBERS.contains(&column.type_oid)),
        })
    }

    fn unqualified(&self, name: &str) -> Option<Who> {
        let has = |relation: &crate::catalogue::Relation| relation.columns.iter().any(|c| &*c.name == name);
        let own = self.relation.is_some_and(has) || is_system(name);
        let source = self.sources.iter().position(|source| source.relation.as_deref().is_some_and(has));
        let source = source.map(|at| at.saturating_add(1));
        if self.inner && source.is_some() {
            return source;
        }
        if own {
            return Some(TARGET);
        }
        // One table whose columns are not known may have it.
        let unknown = self.sources.iter().position(|source| source.relation.is_none());
        let unknown = unknown.map(|at| at.saturating_add(1));
        source.or(unknown).or(self.open.then_some(TARGET))
    }
}

pub(super) fn is_system(name: &str) -> bool {
    matches!(name, "ctid" | "xmin" | "xmax" | "cmin" | "cmax" | "tableoid")
}
