//! PREPARE, EXECUTE, DEALLOCATE and cursors. Names of prepared statements and cursors are the kernel's to follow:
//! it shares them with the protocol's own, in both directions.

use std::sync::Arc;

use model::facts::{Output, Verb};

use super::Text;
use crate::analyze::Analyzed;
use crate::gather::{Cx, Gather};
use crate::parse::nodes;
use crate::query::{self, type_read};
use crate::view::Effect;

/// PREPARE runs nothing, but what it prepares is judged with it: a gate that waited for EXECUTE would judge a name.
pub(super) fn prepare(
    statement: &nodes::PrepareStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    // EXECUTE reads its arguments into these types.
    for argument in statement.argtypes() {
        type_read(Some(argument), cx, gather);
    }
    let mut inner = Gather::default();
    let command = cx
        .deeper(&mut inner, |cx, inner| super::statement(statement.query(), text, cx, inner))
        .unwrap_or("UNKNOWN");
    let inner = inner.finish(command);
    gather.verb(Verb::Other);
    gather.absorb(&inner.facts);
    gather.parameter(inner.facts.parameters);
    if inner.stale {
        gather.stale();
    }
    let analyzed = Analyzed {
        facts: Arc::new(inner.facts),
        effects: inner.effects,
        span: 0..0,
        prepares: None,
        copy: None,
    };
    let name = statement.name().unwrap_or_default();
    text.prepared(name, Arc::new(analyzed));
    "PREPARE"
}

/// What it does are the facts of what was prepared. The kernel knows those, unless it happened in this very text.
pub(super) fn execute(
    statement: &nodes::ExecuteStmt,
    text: &Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Other);
    arguments(statement, cx, gather);
    let name = statement.name().unwrap_or_default();
    if let Some(known) = text.find_prepared(name) {
        gather.absorb(&known.facts);
        for effect in &known.effects {
            gather.effect(effect.clone());
        }
        if let Some(outputs) = &known.facts.outputs {
            gather.outputs(outputs.to_vec());
        }
    }
    gather.effect(Effect::Execute(name.into()));
    "EXECUTE"
}

/// The arguments of EXECUTE are computed at once, also behind EXPLAIN. Where the prepared statement puts its parameters
/// nobody follows, so that what is stored may not go into them.
pub(super) fn arguments(statement: &nodes::ExecuteStmt, cx: Cx<'_>, gather: &mut Gather) {
    let name = format!("parameters of {}", statement.name().unwrap_or_default());
    let into = super::name::other(&name);
    for argument in statement.params() {
        let flow = query::argument(argument, cx, gather);
        gather.flows(&into, &"".into(), 0, &flow);
    }
}

pub(super) fn deallocate(statement: &nodes::DeallocateStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    if statement.isall { "DEALLOCATE ALL" } else { "DEALLOCATE" }
}

pub(super) fn declare(
    statement: &nodes::DeclareCursorStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Other);
    let mut inner = Gather::default();
    cx.deeper(&mut inner, |cx, inner| super::statement(statement.query(), text, cx, inner));
    let inner = inner.finish("SELECT");
    gather.absorb(&inner.facts);
    gather.parameter(inner.facts.parameters);
    for effect in inner.effects {
        gather.effect(effect);
    }
    if inner.stale {
        gather.stale();
    }
    // What FETCH gives; DECLARE itself gives no row.
    text.declared(statement.portalname().unwrap_or_default(), inner.facts.outputs.clone());
    text.keeps(Analyzed {
        facts: Arc::new(inner.facts),
        effects: Vec::new(),
        span: 0..0,
        prepares: None,
        copy: None,
    });
    "DECLARE CURSOR"
}

pub(super) fn fetch(statement: &nodes::FetchStmt, text: &Text<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    let name = statement.portalname().unwrap_or_default();
    gather.effect(Effect::Fetch(name.into()));
    if statement.ismove {
        return "MOVE";
    }
    if let Some(outputs) = text.find_declared(name) {
        gather.outputs(outputs);
    }
    "FETCH"
}

pub(super) fn close(_: &nodes::ClosePortalStmt, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Other);
    "CLOSE CURSOR"
}

/// What the statements of one text know of each other beside the session's view.
pub(super) type Outputs = Option<Arc<[Output]>>;
