//! COPY: a table or a query, in or out, over the connection, a file or a program.

use std::sync::Arc;

use model::facts::{ColumnId, Derivation, ObjectKind, Output, RiskKind, Use, Verb};

use super::Text;
use super::name::{self, Found};
use crate::gather::{Cx, Gather};
use crate::parse::{Node, nodes};
use crate::query::{copied, expression, expression_over};

mod out;

pub use out::{CopyFormat, CopyOut, ForceQuote, Unread};

pub(super) fn copy(
    statement: &nodes::CopyStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let file = statement.filename();
    match (file, statement.is_program) {
        // The command line may hold a secret; that there is one is what counts.
        (_, true) => gather.risk(RiskKind::Program, "COPY"),
        (Some(path), false) => gather.risk(RiskKind::File, path),
        (None, false) => {}
    }
    if statement.is_from {
        from(statement, cx, gather);
        return "COPY";
    }
    gather.verb(Verb::CopyOut);
    let outputs = if let Node::None = statement.query() {
        table(statement, cx, gather)
    } else {
        let mut inner = Gather::default();
        cx.deeper(&mut inner, |cx, inner| super::statement(statement.query(), text, cx, inner));
        let inner = inner.finish("COPY");
        gather.absorb(&inner.facts);
        gather.parameter(inner.facts.parameters);
        inner.effects.into_iter().for_each(|effect| gather.effect(effect));
        if inner.stale {
            gather.stale();
        }
        inner.facts.outputs.map(|outputs| outputs.to_vec())
    };
    if file.is_none() && !statement.is_program {
        gather.copy_out(CopyOut::of(statement, outputs.as_deref()));
        if let Some(outputs) = outputs {
            gather.outputs(outputs);
        }
    }
    "COPY"
}

/// The columns that are listed, or all that are not computed: those take no part in a COPY.
fn columns(statement: &nodes::CopyStmt, found: &Found) -> Vec<Arc<str>> {
    let listed = name::strings(statement.attlist());
    if listed.is_empty() {
        let computed = |name: &Arc<str>| {
            let mut columns = found.relation.iter().flat_map(|relation| relation.columns.iter());
            columns.any(|column| column.generated && column.name == *name)
        };
        let all = found.columns.as_deref().unwrap_or_default();
        return all.iter().filter(|name| !computed(name)).cloned().collect();
    }
    listed.into_iter().map(Arc::from).collect()
}

/// COPY table TO: every row, and the only look at it that is not a query.
fn table(statement: &nodes::CopyStmt, cx: Cx<'_>, gather: &mut Gather) -> Option<Vec<Output>> {
    let (found, read) = name::touch(Verb::Select, statement.relation(), ObjectKind::Table, cx, gather);
    let rows = found.relation.as_ref().and_then(|relation| relation.rows);
    let out = gather.access(Verb::CopyOut, found.object.clone(), rows);
    gather.risk(RiskKind::NoLimit, found.object.full_name());
    super::relation_risks(&found, gather);
    // The server makes a query of it where rows have policies.
    if let Some(relation) = found.relation.as_ref().filter(|relation| relation.row_security) {
        for function in &relation.conditions {
            crate::function::by_oid(*function, cx, gather);
        }
    }
    let names = columns(statement, &found);
    for name in &names {
        gather.reads(read, name);
        gather.reads(out, name);
    }
    if found.columns.is_none() && names.is_empty() {
        return None;
    }
    let of: Arc<str> = found.object.full_name().into();
    let number = |name: &Arc<str>| {
        let relation = found.relation.as_ref()?;
        relation.columns.iter().find(|column| column.name == *name).map(|column| column.number)
    };
    let output = |name: &Arc<str>| Output {
        name: Arc::clone(name),
        uses: vec![Use {
            column: ColumnId {
                relation: found.object.oid,
                number: number(name).unwrap_or(0),
                of: Arc::clone(&of),
                name: Arc::clone(name),
            },
            derivation: Derivation::Copy,
        }],
        ..Output::default()
    };
    Some(names.iter().map(output).collect())
}

/// COPY table FROM: rows are added as an INSERT would, past its rules, with its triggers.
fn from(statement: &nodes::CopyStmt, cx: Cx<'_>, gather: &mut Gather) {
    let (found, inserted) = name::touch(Verb::Insert, statement.relation(), ObjectKind::Table, cx, gather);
    let into = gather.access(Verb::CopyIn, found.object.clone(), None);
    let names = columns(statement, &found);
    for name in &names {
        gather.writes(inserted, name);
        gather.writes(into, name);
    }
    if let Some(relation) = &found.relation {
        copied(relation, &names, cx, gather);
    }
    let condition = statement.where_clause();
    if !matches!(condition, Node::None) {
        let flow = match &found.relation {
            // It is about rows that the client sends.
            Some(relation) => expression_over(relation, None, condition, cx, gather),
            None => expression(condition, cx, gather),
        };
        gather.predicate(&flow);
    }
}
