//! EXPLAIN: with ANALYZE it does what the inner statement does; without it still reads definitions, and shows
//! statistics of what the inner statement would touch.

use model::facts::{Access, Derivation, Facts, Object, ObjectKind, Output, RiskKind, Use, Verb};

use super::{Text, prepared, setting::truth};
use crate::catalogue::{Catalogue, FunctionKind, Volatility};
use crate::function::by_oid;
use crate::gather::{Cx, Flow, Gather};
use crate::parse::{Node, nodes};
use crate::view::View;

/// Dangers of rows that are really touched; a plan touches none.
const OF_RUNNING: [RiskKind; 4] =
    [RiskKind::NoWhere, RiskKind::AlwaysTrue, RiskKind::KeyUpdate, RiskKind::NoLimit];

pub(super) fn explain(
    statement: &nodes::ExplainStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Explain);
    let mut inner = Gather::default();
    let command = cx
        .deeper(&mut inner, |cx, inner| super::statement(statement.query(), text, cx, inner))
        .unwrap_or("UNKNOWN");
    let inner = inner.finish(command);
    computed(&inner.facts.calls, cx, gather);
    gather.parameter(inner.facts.parameters);
    if inner.stale {
        gather.stale();
    }
    if runs(statement) {
        gather.absorb(&measured(&inner.facts));
        // How much memory and time it took tells what was computed, and how long that is.
        let (plan, whole) = (super::name::other("a plan"), serializes(statement));
        for output in inner.facts.outputs.iter().flat_map(|outputs| outputs.iter()) {
            let told = |used: &&Use| whole || used.derivation == Derivation::Derived;
            let uses: Vec<Use> = output.uses.iter().filter(told).cloned().collect();
            gather.copied(&plan, &"".into(), 0, &uses, output.opaque);
        }
        for effect in inner.effects {
            gather.effect(effect);
        }
    } else {
        gather.absorb(&planned(&inner.facts));
        // To plan it, the server computes what it is given.
        if let Node::ExecuteStmt(execute) = statement.query() {
            prepared::arguments(execute, cx, gather);
        }
        for effect in inner.effects {
            // `EXPLAIN EXECUTE` of a name: the kernel knows what it stands for.
            if matches!(effect, crate::view::Effect::Execute(_)) {
                gather.effect(effect);
            }
        }
    }
    gather.outputs(vec![Output { name: "QUERY PLAN".into(), ..Output::default() }]);
    "EXPLAIN"
}

/// ANALYZE in either spelling; the last one wins, and what is not a boolean counts as yes.
fn runs(statement: &nodes::ExplainStmt) -> bool {
    let given = statement.options().iter().rfind(|option| option.defname() == Some("analyze"));
    given.is_some_and(|option| truth(option.arg()) != Some(false))
}

/// Whether the plan tells how long the rows are (18 and 17).
fn serializes(statement: &nodes::ExplainStmt) -> bool {
    let given = statement.options().iter().rfind(|option| option.defname() == Some("serialize"));
    given.is_some_and(|option| !matches!(option.arg(), Node::String(how) if how.sval() == Some("none")))
}

/// What runs with its plan shown: how much it wrote tells whether what was assigned stood there already.
fn measured(facts: &Facts) -> Facts {
    let mut facts = facts.clone();
    for access in &mut facts.accesses {
        let columns = &mut access.columns;
        columns.partial.extend(columns.written.iter().cloned());
        columns.partial.sort_unstable();
        columns.partial.dedup();
    }
    facts
}

/// What functions give that do not change may be computed to plan it, and stand in the plan: as a constant, or in how many
/// rows are expected. What they read goes there then, and what they do is done.
fn computed(calls: &[Object], cx: Cx<'_>, gather: &mut Gather) {
    let plan = super::name::other("a plan");
    for called in calls.iter().filter(|called| called.kind == ObjectKind::Function) {
        let function = cx.catalogue.function_by_oid(called.oid);
        let later = |kind| matches!(kind, FunctionKind::Aggregate | FunctionKind::Window);
        if function.is_some_and(|it| it.volatility == Volatility::Volatile || later(it.kind)) {
            continue;
        }
        let mut inner = gather.inside();
        // One that this session made is not in the catalogue.
        let flow = match called.oid {
            0 => Flow::unknown(),
            oid => by_oid(oid, cx, &mut inner).flow,
        };
        gather.copied(&plan, &"".into(), 0, &inner.uses(&flow), flow.is_opaque());
        // What its body does happens then, whatever it promised.
        gather.absorb(&inner.finish("").facts);
    }
}

/// What a prepared statement does for `EXPLAIN EXECUTE` beside what it does: it shows its plan.
#[must_use]
pub fn explained(facts: &Facts, catalogue: &Catalogue, view: &View) -> Facts {
    let mut gather = Gather::default();
    gather.verb(Verb::Explain);
    gather.absorb(facts);
    computed(&facts.calls, Cx::new(catalogue, view), &mut gather);
    let shown = gather.finish(facts.command).facts;
    Facts { verbs: shown.verbs, flows: shown.flows, ..facts.clone() }
}

/// What planning alone does: it looks at the same things, and may call functions that promise not to change.
fn planned(facts: &Facts) -> Facts {
    let accesses: Vec<Access> = facts
        .accesses
        .iter()
        .map(|access| Access { verb: Verb::Explain, unbounded: false, ..access.clone() })
        .collect();
    let verbs = facts.verbs.iter().copied().filter(|verb| matches!(verb, Verb::Call | Verb::Opaque));
    Facts {
        command: facts.command,
        verbs: verbs.collect(),
        accesses,
        calls: facts.calls.clone(),
        risks: facts.risks.iter().filter(|risk| !OF_RUNNING.contains(&risk.kind)).cloned().collect(),
        opaque: facts.opaque.clone(),
        parameters: facts.parameters,
        ..Facts::default()
    }
}
