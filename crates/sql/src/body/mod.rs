//! What the bodies of functions do: those in SQL and PL/pgSQL are read like any statement; other languages are not.
//!
//! One body's own doings are found out once for each catalogue and search path. What it calls is not part of that:
//! a call walks over all bodies that it leads to, each once, so recursion ends and nothing is missed.

mod own;
mod plpgsql;
mod step;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use model::facts::{Access, ColumnId, Derivation, Facts, Object, ObjectKind, Opaque, RiskKind, Use, Verb};

use crate::catalogue::{Function, Volatility};
use crate::function::{danger, unseen_function};
use crate::gather::{Cx, Flow, Gather, object_of_function};
use crate::view::{Effect, Lost, Made, MadeState, View};

use own::Own;
pub(crate) use own::parameters;
pub(crate) use plpgsql::Sets;

/// The types of functions that nothing but a trigger, or an event trigger, can call.
const TRIGGERS: [u32; 2] = [2279, 3838];

/// The columns that a function reads which is being made, and whether more may be in what it returns.
pub(crate) fn reads_of(function: &Arc<Function>, cx: Cx<'_>) -> (Vec<Use>, bool) {
    reads_by(&Own::of(function, cx), cx)
}

/// The same for statements that are walked already.
pub(crate) fn reads_in(gather: Gather, cx: Cx<'_>) -> (Vec<Use>, bool) {
    let facts = gather.finish("").facts;
    reads_by(
        &Own { about: String::new(), facts, effects: Vec::new(), undoes: false, sets: Sets::default() },
        cx,
    )
}

fn reads_by(own: &Own, cx: Cx<'_>) -> (Vec<Use>, bool) {
    let whole = Whole::from_own(own, &own.about, cx);
    let mut scratch = Gather::default();
    let flow = reads(&whole.facts, cx, &mut scratch);
    (scratch.uses(&flow), whole.unsourced || runs_texts(&whole.facts))
}

/// What the function of a trigger makes of the row that is written, and of what it may make it.
pub(crate) fn sets(oid: u32, cx: Cx<'_>, gather: &mut Gather) -> Option<(Sets, Flow)> {
    let function = cx.catalogue.function_by_oid(oid).filter(|one| crate::function::is_looked_into(one))?;
    let own = remembered(oid, cx, |cx| Own::of(function, cx));
    if !own.sets.all && own.sets.columns.is_empty() {
        return None;
    }
    let whole = remembered(oid, cx, |cx| Whole::of(function, cx));
    let mut flow = reads(&whole.facts, cx, gather);
    if whole.unsourced || runs_texts(&whole.facts) {
        flow.set_opaque();
    }
    Some((own.sets.clone(), flow))
}

/// Everything that a call leads to.
struct Whole {
    facts: Facts,
    effects: Vec<Effect>,
    /// Some of what it does nobody can tell.
    unseen: bool,
    /// Some of its result may come from where no column leads.
    unsourced: bool,
}

/// A call of somebody's function. Everything that it may do goes to `gather`; returns what it may read.
pub(crate) fn call(function: &Arc<Function>, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    gather.call(object_of_function(function, cx.catalogue));
    if cx.in_body {
        // The call stands in another body: whoever began there follows it.
        return Flow::default();
    }
    let whole = remembered(function.oid, cx, |cx| Whole::of(function, cx));
    let flow = spend(&whole, &format!("{}.{}", function.schema, function.name), cx, gather);
    if !TRIGGERS.contains(&function.returns) {
        moves(&whole.facts, &flow, gather);
        // What it puts together and runs may put anything anywhere, unless the server keeps it from writing.
        let writes = function.volatility == Volatility::Volatile && runs_texts(&whole.facts);
        gather.copied(&object_of_function(function, cx.catalogue), &"".into(), 0, &[], writes);
    }
    flow
}

fn runs_texts(facts: &Facts) -> bool {
    facts.risks.iter().any(|risk| risk.kind == RiskKind::DynamicSql)
}

/// A DO block.
pub(crate) fn block(text: &str, language: &str, cx: Cx<'_>, gather: &mut Gather) {
    gather.verb(Verb::Call);
    gather.risk(RiskKind::DynamicSql, "DO");
    let own = Own::of_block(text, language, cx.within_body());
    if cx.in_body {
        // A block in a body: what it calls is followed from there.
        gather.absorb(&own.facts);
        own.effects.into_iter().for_each(|effect| gather.effect(effect));
        return;
    }
    let whole = Whole::from_own(&own, "DO", cx);
    let flow = spend(&whole, "DO", cx, gather);
    moves(&whole.facts, &flow, gather);
    // Whether it fails, and by which branch, is for whoever wrote it to choose.
    gather.partial(&flow);
    let into = Object { kind: ObjectKind::Function, schema: "".into(), name: "DO".into(), oid: 0 };
    gather.copied(&into, &"".into(), 0, &[], whole.unseen || runs_texts(&own.facts));
}

/// Whatever a body reads may be in whatever it writes: its variables are not followed. A trigger's author is not who
/// runs the statement.
fn moves(facts: &Facts, read: &Flow, gather: &mut Gather) {
    let writes = |access: &&Access| {
        matches!(access.verb, Verb::Insert | Verb::Update | Verb::Merge | Verb::CopyIn | Verb::Create)
    };
    for access in facts.accesses.iter().filter(writes) {
        for column in &access.columns.written {
            gather.flows(&access.object, column, 0, read);
        }
    }
}

fn spend(whole: &Whole, about: &str, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    gather.absorb(&whole.facts);
    whole.effects.iter().for_each(|effect| gather.effect(effect.clone()));
    let changes = whole.facts.verbs.iter().any(|verb| !verb.is_read_only());
    if whole.unseen || changes {
        gather.verb(Verb::Call);
        gather.risk(RiskKind::UserFunction, about);
    }
    let mut flow = reads(&whole.facts, cx, gather);
    if whole.unsourced {
        flow.set_opaque();
    }
    flow
}

/// Every column that it reads or chooses by: any of them may be in its result.
fn reads(facts: &Facts, cx: Cx<'_>, gather: &mut Gather) -> Flow {
    let mut flow = Flow::default();
    for access in &facts.accesses {
        let at = gather.access(access.verb, access.object.clone(), access.rows);
        let relation = cx.catalogue.relation_by_oid(access.object.oid);
        let of: Arc<str> = access.object.full_name().into();
        for name in access.columns.read.iter().chain(&access.columns.predicate) {
            let known = relation.and_then(|all| all.columns.iter().find(|column| column.name == *name));
            let column = ColumnId {
                relation: access.object.oid,
                number: known.map_or(0, |column| column.number),
                of: Arc::clone(&of),
                name: Arc::clone(name),
            };
            let source = gather.column(Some(at), column, true);
            flow.insert(source, Derivation::Derived);
        }
    }
    flow
}

/// Finds out once for each catalogue and search path, unless the session sees objects of its own.
fn remembered<T: Send + Sync + 'static>(oid: u32, cx: Cx<'_>, find: impl FnOnce(Cx<'_>) -> T) -> Arc<T> {
    let bare = View { path: cx.view.path.clone(), ..View::default() };
    if *cx.view == bare {
        cx.catalogue.memo().of(oid, bare.path.clone(), || find(cx))
    } else {
        Arc::new(find(cx))
    }
}

impl Whole {
    fn of(function: &Arc<Function>, cx: Cx<'_>) -> Self {
        let own = remembered(function.oid, cx, |cx| Own::of(function, cx));
        Self::from_own(&own, &own.about, cx)
    }

    /// What a body does, and all that it calls, and all that those call.
    fn from_own(first: &Own, about: &str, cx: Cx<'_>) -> Self {
        let mut all = Gather::default();
        let mut effects = Vec::new();
        let mut seen = HashSet::new();
        let mut next: Vec<u32> = Vec::new();
        let mut add = |own: &Own, about: &str, next: &mut Vec<u32>| {
            all.absorb(&understood(&own.facts, about));
            effects.extend(own.effects.iter().filter_map(|effect| uncertain(effect, own.undoes, cx)));
            next.extend(own.facts.calls.iter().map(|call| call.oid));
        };
        add(first, about, &mut next);
        while let Some(oid) = next.pop() {
            if !seen.insert(oid) {
                continue;
            }
            let Some(function) = cx.catalogue.function_by_oid(oid) else { continue };
            if crate::function::is_looked_into(function) {
                let own = remembered(oid, cx, |cx| Own::of(function, cx));
                add(&own, &own.about, &mut next);
            }
        }
        let mut facts = all.finish("").facts;
        // An expression in PL/pgSQL is a SELECT of nothing.
        if !facts.accesses.iter().any(|access| access.verb == Verb::Select) {
            facts.verbs.retain(|verb| *verb != Verb::Select);
        }
        effects.dedup();
        // How its own statements choose rows its author has settled.
        facts.blind = false;
        let user = facts.risks.iter().any(|risk| risk.kind == RiskKind::UserFunction);
        let unseen = user || !facts.opaque.is_empty();
        let unsourced = unseen || facts.risks.iter().any(|risk| danger::gives_values(risk.kind));
        Self { facts, effects, unseen, unsourced }
    }
}

/// The facts of a body, with what is not understood in them told as the body's.
fn understood(facts: &Facts, about: &str) -> Facts {
    let mut facts = facts.clone();
    for opaque in &mut facts.opaque {
        let reason = format!("in the body of `{about}`: {}", opaque.reason);
        *opaque = Opaque { kind: "body", reason, missing: None };
    }
    facts
}

/// What an effect in a body means for the session: a call may never be reached, and a body may leave early.
fn uncertain(effect: &Effect, undoes: bool, cx: Cx<'_>) -> Option<Effect> {
    match effect {
        Effect::Lost(_) | Effect::Definition => Some(effect.clone()),
        Effect::Path { .. } => Some(Effect::Lost(Lost::Path)),
        Effect::Object(made) => {
            let hides = cx.catalogue.relations().any(|relation| relation.name == made.name);
            if undoes || hides && made.schema.starts_with("pg_temp") {
                return Some(Effect::Lost(Lost::Hidden));
            }
            // Only this name can mean it: that it may not be there is the server's to say.
            let state = match &made.state {
                MadeState::Gone if made.schema.starts_with("pg_temp") => return None,
                MadeState::Gone | MadeState::Changed => MadeState::Changed,
                MadeState::Present(_) => MadeState::Present(None),
            };
            Some(Effect::Object(Made { state, ..made.clone() }))
        }
        // A procedure's COMMIT begins a new transaction at once.
        Effect::Begin | Effect::Commit { .. } | Effect::Rollback { .. } => None,
        Effect::DiscardTemp
        | Effect::Savepoint(_)
        | Effect::Release(_)
        | Effect::RollbackTo(_)
        | Effect::Detach
        | Effect::Execute(_)
        | Effect::Fetch(_) => Some(Effect::Lost(Lost::Hidden)),
    }
}

/// A function whose language is not read here.
fn foreign(function: &Function, cx: Cx<'_>, gather: &mut Gather) {
    unseen_function(function, cx, gather);
    // The others run inside of the server with its rights, or are not known to be confined.
    if !matches!(&*function.language, "plperl" | "pltcl" | "plv8" | "plcoffee" | "plls" | "sql" | "plpgsql") {
        gather.risk(RiskKind::NativeCode, format!("{}.{}", function.schema, function.name));
    }
}
