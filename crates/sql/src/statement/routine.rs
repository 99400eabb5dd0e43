//! What a function that is being made would hand to whoever calls it. Texts that were understood before may run it, so what it
//! reads goes into it already now. It runs nothing, and says nothing of what else the function does.

use std::sync::Arc;

use model::facts::Object;

use super::Text;
use crate::catalogue::{Function, FunctionKind, Relation, Volatility};
use crate::gather::{Cx, Gather};
use crate::parse::Node;
use crate::parse::nodes::{self, FunctionParameterMode as Mode};
use crate::query::type_read;

/// CREATE FUNCTION and PROCEDURE: what it reads goes into it; and where one of this name is already, so do the rows that it is
/// given as a trigger or in a definition.
pub(super) fn makes(
    statement: &nodes::CreateFunctionStmt,
    object: &Object,
    text: &mut Text<'_>,
    cx: Cx<'_>,
    gather: &mut Gather,
) {
    let made = Arc::new(read(statement, object, cx));
    let (uses, opaque) = match statement.sql_body() {
        Node::None => crate::body::reads_of(&made, cx),
        atomic => {
            let mut inner = Gather::default();
            let variables = crate::body::parameters(&made);
            bodies(atomic, text, cx.with_variables(&variables).within_body(), &mut inner);
            crate::body::reads_in(inner, cx)
        }
    };
    gather.copied(object, &"".into(), 0, &uses, opaque);
    if statement.replace {
        for relation in cx.catalogue.relations().filter(|relation| is_given(relation, &made, cx)) {
            let rows: Vec<_> =
                relation.columns.iter().map(|column| super::name::copy_of(relation, column)).collect();
            gather.copied(object, &"".into(), 0, &rows, false);
        }
    }
}

/// The statements of BEGIN ATOMIC, or RETURN's expression.
fn bodies(node: Node<'_>, text: &mut Text<'_>, cx: Cx<'_>, gather: &mut Gather) {
    match node {
        Node::NodeList(list) => list.iter().for_each(|node| bodies(node, text, cx, gather)),
        Node::ReturnStmt(one) => {
            let flow = crate::query::expression(one.returnval(), cx, gather);
            gather.read(&flow);
        }
        node => {
            cx.deeper(gather, |cx, gather| super::statement(node, text, cx, gather));
        }
    }
}

/// Whether a relation's triggers or definitions run a function of this name.
fn is_given(relation: &Relation, made: &Function, cx: Cx<'_>) -> bool {
    let triggers = relation.triggers.iter().map(|trigger| trigger.function);
    let computed = relation.functions.iter().chain(&relation.conditions).chain(&relation.statistics);
    triggers.chain(computed.copied()).any(|oid| {
        let known = cx.catalogue.function_by_oid(oid);
        known.is_some_and(|known| known.name == made.name && known.schema == made.schema)
    })
}

/// It, as the catalogue would have it.
fn read(statement: &nodes::CreateFunctionStmt, object: &Object, cx: Cx<'_>) -> Function {
    let mut scratch = Gather::default();
    let (mut arguments, mut names, mut outputs) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in statement.parameters() {
        let name: Arc<str> = parameter.name().unwrap_or_default().into();
        if matches!(parameter.mode, Mode::FUNC_PARAM_OUT | Mode::FUNC_PARAM_INOUT | Mode::FUNC_PARAM_TABLE) {
            outputs.push(Arc::clone(&name));
        }
        if !matches!(parameter.mode, Mode::FUNC_PARAM_OUT | Mode::FUNC_PARAM_TABLE) {
            arguments.push(type_read(parameter.arg_type(), cx, &mut scratch));
            names.push(name);
        }
    }
    let (mut language, mut body, mut path) = (None, None, None);
    for option in statement.options() {
        match option.defname() {
            Some("language") => language = option.arg().as_str(),
            Some("as") => {
                body = match option.arg() {
                    Node::NodeList(list) => list.iter().next().and_then(Node::as_str),
                    node => node.as_str(),
                }
            }
            Some("set") => {
                if let Node::VariableSetStmt(set) = option.arg() {
                    path = path.or_else(|| super::setting::search_path(set));
                }
            }
            _ => {}
        }
    }
    Function {
        oid: 0,
        schema: Arc::clone(&object.schema),
        name: super::code::plain_name(object).name,
        arguments: arguments.into(),
        argument_names: names.into(),
        output_names: outputs.into(),
        defaults: 0,
        variadic: false,
        kind: FunctionKind::Function,
        volatility: Volatility::Volatile,
        language: language.unwrap_or("sql").to_ascii_lowercase().into(),
        security_definer: false,
        returns: type_read(statement.return_type(), cx, &mut scratch),
        returns_set: false,
        body: body.map(Arc::from),
        atomic: false,
        path,
        extension: None,
        parts: Vec::new(),
        default: None,
        outputs: Vec::new(),
    }
}
