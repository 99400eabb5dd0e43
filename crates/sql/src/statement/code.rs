//! What makes or runs code: DO, CALL, functions, triggers, rules, event triggers, policies, languages.

use std::sync::Arc;

use model::facts::{Object, ObjectKind, RiskKind, Verb};

use super::Text;
use super::name::{self, Name, becomes, home, other, strings};
use super::object::{routine, routines};
use crate::gather::{Cx, Gather};
use crate::parse::nodes::{self, ObjectType};
use crate::parse::{CastNodeList, Node};
use crate::query::expression;
use crate::view::{EVENTS, Effect, Made, MadeState};

/// Languages whose code the server keeps within the database.
const CONTAINED: [&str; 2] = ["sql", "plpgsql"];

/// DO: SQL made and run at once. What its body is known to do counts as done.
pub(super) fn block(statement: &nodes::DoStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let option = |name: &str| {
        let given = statement.args().iter().find(|option| option.defname() == Some(name));
        given.and_then(|option| option.arg().as_str())
    };
    let body = option("as").unwrap_or_default();
    crate::body::block(body, option("language").unwrap_or("plpgsql"), cx, gather);
    "DO"
}

/// CALL. What a procedure hands back by INOUT is one row; how many columns it has does not matter, since each may be made
/// of everything that the procedure looks at.
pub(super) fn call(statement: &nodes::CallStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    gather.verb(Verb::Call);
    if let Some(call) = statement.funccall() {
        let flow = expression(Node::FuncCall(call), cx, gather);
        gather.read(&flow);
        let output = gather.output_of_all(&flow);
        gather.outputs(vec![output]);
    }
    "CALL"
}

/// CREATE FUNCTION and PROCEDURE run nothing; what they make runs later, whoever calls it.
pub(super) fn function(
    statement: &nodes::CreateFunctionStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let parts = strings(statement.funcname());
    let name = Name::from_parts(&parts);
    let temporary = name.schema.is_some_and(|schema| schema.starts_with("pg_temp"));
    let object = routine(name, temporary, cx, gather);
    let about = object.full_name();
    gather.access(Verb::Create, object.clone(), None);
    gather.risk(RiskKind::Code, &*about);
    let known = cx.catalogue.functions(cx.view, Some(&object.schema), &object.name);
    if statement.replace && !known.is_empty() {
        gather.risk(RiskKind::Destructive, &*about);
    }
    options(statement.options(), &about, gather);
    for parameter in statement.parameters() {
        if !matches!(parameter.defexpr(), Node::None) {
            expression(parameter.defexpr(), cx, gather);
        }
    }
    if !temporary {
        super::routine::makes(statement, &object, text, cx, gather);
    }
    becomes(&object, MadeState::Present(None), gather);
    if statement.is_procedure { "CREATE PROCEDURE" } else { "CREATE FUNCTION" }
}

/// The options of a function that say whose rights and what language it has.
fn options(options: &CastNodeList<nodes::DefElem>, about: &str, gather: &mut Gather) {
    for option in options {
        match option.defname() {
            Some("language") => {
                let language = option.arg().as_str().unwrap_or_default();
                if !CONTAINED.iter().any(|known| known.eq_ignore_ascii_case(language)) {
                    gather.risk(RiskKind::NativeCode, about);
                }
            }
            Some("security") if super::setting::truth(option.arg()) != Some(false) => {
                gather.risk(RiskKind::Privilege, about);
            }
            _ => {}
        }
    }
}

pub(super) fn alter_function(
    statement: &nodes::AlterFunctionStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    gather.verb(Verb::Alter);
    let found = statement.func().map(|function| routines(function, false, cx, gather)).unwrap_or_default();
    for object in found {
        gather.risk(RiskKind::Code, object.full_name());
        options(statement.actions(), &object.full_name(), gather);
        becomes(&plain_name(&object), MadeState::Changed, gather);
        gather.access(Verb::Alter, object, None);
    }
    if statement.objtype == ObjectType::OBJECT_PROCEDURE { "ALTER PROCEDURE" } else { "ALTER FUNCTION" }
}

/// A function by its name alone, as a session's view knows it.
pub(super) fn plain_name(object: &Object) -> Object {
    let name: Arc<str> = object.name.split('(').next().unwrap_or_default().into();
    Object { name, oid: 0, ..object.clone() }
}

pub(super) fn trigger(statement: &nodes::CreateTrigStmt, cx: Cx<'_>, gather: &mut Gather) -> &'static str {
    let (found, _) = name::touch(Verb::Create, statement.relation(), ObjectKind::Table, cx, gather);
    gather.risk(RiskKind::Code, found.object.full_name());
    if statement.replace {
        gather.risk(RiskKind::Destructive, found.object.full_name());
    }
    called_later(&strings(statement.funcname()), cx, gather);
    // It is given every row that is written, also by others.
    name::found_as(&found, None, &other(&strings(statement.funcname()).join(".")), gather);
    // Writes to it may now do more than the catalogue says.
    becomes(&found.object, MadeState::Changed, gather);
    "CREATE TRIGGER"
}

/// A trigger's function: named, so that rules can see it.
fn called_later(parts: &[&str], cx: Cx<'_>, gather: &mut Gather) {
    let name = Name::from_parts(parts);
    let known = cx.catalogue.functions(cx.view, name.schema, name.name);
    for function in &known {
        gather.call(crate::gather::object_of_function(function, cx.catalogue));
    }
    if known.is_empty() {
        let schema = home(name, false, cx, gather);
        gather.call(Object { kind: ObjectKind::Function, schema, name: name.name.into(), oid: 0 });
    }
}

/// A rule's actions run with each statement on its table from now on, so they are judged now as if they ran.
pub(super) fn rule(
    statement: &nodes::RuleStmt,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let (found, _) = name::touch(Verb::Create, statement.relation(), ObjectKind::Table, cx, gather);
    gather.risk(RiskKind::Code, found.object.full_name());
    if statement.replace {
        gather.risk(RiskKind::Destructive, found.object.full_name());
    }
    for action in statement.actions() {
        let mut inner = Gather::default();
        cx.deeper(&mut inner, |cx, inner| super::statement(action, text, cx, inner));
        let mut facts = inner.finish("CREATE RULE").facts;
        // `new` and `old` are no relations that the catalogue knows.
        let (known, unknown): (Vec<_>, Vec<_>) =
            facts.opaque.into_iter().partition(|opaque| opaque.kind != "unknown object");
        if known.is_empty() && !unknown.is_empty() {
            facts.verbs.retain(|verb| *verb != Verb::Opaque);
        }
        facts.opaque = known;
        // What it shows it shows to whoever writes to the table.
        for output in facts.outputs.iter().flat_map(|outputs| outputs.iter()) {
            gather.copied(&found.object, &"".into(), 0, &output.uses, output.opaque);
        }
        gather.absorb(&facts);
    }
    if !matches!(statement.where_clause(), Node::None) || !statement.actions().is_empty() {
        name::found_as(&found, None, &found.object, gather);
    }
    becomes(&found.object, MadeState::Changed, gather);
    "CREATE RULE"
}

pub(super) fn event_trigger(
    statement: &nodes::CreateEventTrigStmt,
    cx: Cx<'_>,
    gather: &mut Gather,
) -> &'static str {
    let name = statement.trigname().unwrap_or_default();
    gather.access(Verb::Create, other(name), None);
    gather.risk(RiskKind::Code, name);
    called_later(&strings(statement.funcname()), cx, gather);
    gather.effect(Effect::Object(Made::unseen(EVENTS)));
    gather.effect(Effect::Definition);
    "CREATE EVENT TRIGGER"
}

/// CREATE and ALTER POLICY: which rows whom is shown.
pub(super) fn policy(
    verb: Verb,
    table: Option<&nodes::RangeVar>,
    conditions: [Node<'_>; 2],
    cx: Cx<'_>,
    gather: &mut Gather,
) {
    let (found, _) = name::touch(verb, table, ObjectKind::Table, cx, gather);
    gather.risk(RiskKind::Privilege, found.object.full_name());
    gather.risk(RiskKind::Code, found.object.full_name());
    for condition in conditions {
        super::constraint::kept(condition, &found.object, cx, gather);
    }
    gather.effect(Effect::Object(Made::unseen(&found.object.full_name())));
    gather.effect(Effect::Definition);
}

pub(super) fn language(statement: &nodes::CreatePLangStmt, gather: &mut Gather) -> &'static str {
    let name = statement.plname().unwrap_or_default();
    gather.access(Verb::Create, other(name), None);
    gather.risk(RiskKind::NativeCode, name);
    gather.risk(RiskKind::Code, name);
    gather.effect(Effect::Definition);
    "CREATE LANGUAGE"
}
