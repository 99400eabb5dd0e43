//! SQL/JSON and XML: every such node is computed from all of its parts.

use model::facts::RiskKind;

use super::Scope;
use super::hazard::Verdict;
use super::select::Mode;
use super::walk::Walk;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes, raw};

/// Functions that read JSON into a row of their first argument's type.
const POPULATE: [&str; 5] = [
    "json_populate_record",
    "json_populate_recordset",
    "jsonb_populate_record",
    "jsonb_populate_record_valid",
    "jsonb_populate_recordset",
];

/// What any JSON that is text can be shown as: `json`, `text`, `varchar`, `bytea`.
const TAKES_JSON: [u32; 4] = [114, 25, 1043, 17];

impl Walk<'_, '_> {
    /// A call that reads JSON into a type runs what reading values into it runs.
    pub(super) fn populates(&mut self, name: &str, call: &nodes::FuncCall, flows: &[Flow]) {
        if !POPULATE.contains(&name) {
            return;
        }
        for (index, (node, flow)) in call.args().iter().zip(flows).enumerate() {
            let is_base = match node {
                Node::NamedArgExpr(argument) => argument.name() == Some("base"),
                _ => index == 0,
            };
            if !is_base || matches!(node, Node::A_Const(_)) {
                continue;
            }
            let kinds: Vec<u32> = match &flow.shape {
                Shape::Row(columns, 0) => columns.iter().map(|column| column.flow.type_oid()).collect(),
                _ => vec![flow.type_oid()],
            };
            for kind in kinds {
                if kind == 0 {
                    // Of whatever type the value is.
                    self.gather.risk(RiskKind::UserFunction, name);
                }
                crate::function::input(kind, self.cx, self.gather);
            }
        }
    }

    /// An expression of SQL/JSON or XML.
    pub(super) fn json(&mut self, node: Node<'_>, scope: &Scope<'_>) -> Flow {
        let mut flow = Flow::default();
        match node {
            Node::XmlExpr(xml) => {
                let mut bare = true;
                for list in [xml.named_args(), xml.args()] {
                    for node in list {
                        let part = self.expression(node, scope);
                        bare &= part.is_bare() || part.is_constant();
                        self.add(&mut flow, &part);
                    }
                }
                self.read_hazard(xml.op, bare, &flow);
            }
            Node::XmlSerialize(xml) => {
                flow = self.expression(xml.expr(), scope);
                // Not all XML is a document, nor as short.
                let is_short = xml.type_name().is_some_and(|name| !name.typmods().is_empty());
                let may_fail = is_short || flow.is_chosen();
                self.hazard(if may_fail { Verdict::Partial } else { Verdict::Given }, &flow);
                let kind = self.type_named(xml.type_name());
                self.add(&mut flow, &kind);
            }
            Node::JsonObjectConstructor(object) => {
                for pair in object.exprs() {
                    self.part(&mut flow, Node::JsonKeyValue(pair), scope);
                }
                if object.unique {
                    self.hazard(Verdict::Partial, &flow);
                }
                self.output(&mut flow, object.output());
            }
            Node::JsonArrayConstructor(array) => {
                for value in array.exprs() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                }
                self.output(&mut flow, array.output());
            }
            Node::JsonArrayQueryConstructor(array) => {
                for column in self.query(array.query(), scope, Mode::PART).unwrap_or_default() {
                    self.add(&mut flow, &column.flow);
                }
                self.output(&mut flow, array.output());
            }
            Node::JsonObjectAgg(aggregate) => {
                if let Some(pair) = aggregate.arg() {
                    self.part(&mut flow, Node::JsonKeyValue(pair), scope);
                }
                if aggregate.unique {
                    self.hazard(Verdict::Partial, &flow);
                }
                self.json_aggregate(&mut flow, aggregate.constructor(), scope);
            }
            Node::JsonArrayAgg(aggregate) => {
                if let Some(value) = aggregate.arg() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                }
                self.json_aggregate(&mut flow, aggregate.constructor(), scope);
            }
            Node::JsonKeyValue(pair) => {
                self.part(&mut flow, pair.key(), scope);
                if !flow.is_bare() && !flow.is_constant() {
                    // Whoever computes a key chooses when it is NULL.
                    self.hazard(Verdict::Partial, &flow);
                }
                if let Some(value) = pair.value() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                }
            }
            Node::JsonValueExpr(value) => {
                flow = self.expression(value.raw_expr(), scope);
                if value
                    .format()
                    .is_some_and(|format| format.format_type == raw::JsonFormatType::JS_FORMAT_JSON)
                {
                    self.reads_text(&flow);
                }
            }
            Node::JsonArgument(argument) => {
                if let Some(value) = argument.val() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                }
            }
            Node::JsonFuncExpr(function) => {
                if let Some(item) = function.context_item() {
                    self.part(&mut flow, Node::JsonValueExpr(item), scope);
                }
                self.part(&mut flow, function.pathspec(), scope);
                for argument in function.passing() {
                    self.part(&mut flow, argument, scope);
                }
                let asked = self.returned(function.output());
                for behaviour in [function.on_empty(), function.on_error()] {
                    let mut part = self.behaviour(behaviour, scope);
                    if let Some(behaviour) = behaviour {
                        self.asked(behaviour.expr(), &mut part, &asked);
                    }
                    self.add(&mut flow, &part);
                }
                // Else a failure is NULL, once the value is read as JSON.
                let lenient = function.on_error().is_none() && function.on_empty().is_none();
                self.hazard(if lenient && flow.is_bare() { Verdict::Given } else { Verdict::Partial }, &flow);
                self.output(&mut flow, function.output());
            }
            Node::JsonParseExpr(parse) => {
                if let Some(value) = parse.expr() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                }
                self.hazard(if flow.is_bare() { Verdict::Given } else { Verdict::Partial }, &flow);
                self.output(&mut flow, parse.output());
            }
            Node::JsonScalarExpr(scalar) => {
                self.part(&mut flow, scalar.expr(), scope);
                self.output(&mut flow, scalar.output());
            }
            Node::JsonSerializeExpr(serialize) => {
                if let Some(value) = serialize.expr() {
                    self.part(&mut flow, Node::JsonValueExpr(value), scope);
                    self.reads_text(&flow);
                }
                self.output(&mut flow, serialize.output());
            }
            Node::JsonIsPredicate(test) => self.part(&mut flow, test.expr(), scope),
            _ => {
                self.gather.opaque("unknown statement", "a JSON expression that the gate does not know");
                return Flow::unknown();
            }
        }
        self.older(node, &mut flow);
        // A value that only wears a FORMAT clause stays what it is.
        if matches!(node, Node::JsonValueExpr(_)) { flow } else { flow.derived() }
    }

    /// A text is read as JSON, which it may be or not.
    fn reads_text(&mut self, text: &Flow) {
        const JSON: [u32; 2] = [114, 3802];
        if !JSON.contains(&self.base(text.type_oid())) {
            self.hazard(if text.is_chosen() { Verdict::Partial } else { Verdict::Given }, text);
        }
    }

    /// XML that is made of any value, or read from a text.
    fn read_hazard(&mut self, kind: raw::XmlExprOp::Type, bare: bool, flow: &Flow) {
        use raw::XmlExprOp as Op;
        let verdict = match kind {
            Op::IS_DOCUMENT => Verdict::Total,
            // XML has no infinite dates.
            Op::IS_XMLCONCAT | Op::IS_XMLELEMENT | Op::IS_XMLFOREST if bare => Verdict::Total,
            Op::IS_XMLPARSE if bare => Verdict::Given,
            _ => Verdict::Partial,
        };
        self.hazard(verdict, flow);
    }

    fn part(&mut self, flow: &mut Flow, node: Node<'_>, scope: &Scope<'_>) {
        let part = self.expression(node, scope);
        self.add(flow, &part);
    }

    fn output(&mut self, flow: &mut Flow, output: Option<&nodes::JsonOutput>) {
        let Some(output) = output else { return };
        let kind = self.type_named(output.type_name());
        // `jsonb` takes less than `json` does, and what has a length less still.
        let is_short = output.type_name().is_some_and(|name| !name.typmods().is_empty());
        if is_short || flow.is_chosen() && !TAKES_JSON.contains(&kind.type_oid()) {
            self.hazard(Verdict::Partial, flow);
        }
        self.add(flow, &kind);
    }

    fn json_aggregate(
        &mut self,
        flow: &mut Flow,
        constructor: Option<&nodes::JsonAggConstructor>,
        scope: &Scope<'_>,
    ) {
        let Some(constructor) = constructor else { return };
        self.output(flow, constructor.output());
        for node in constructor.agg_order().iter().chain([constructor.agg_filter()]) {
            let part = self.expression(node, scope);
            self.gather.predicate(&part);
            self.add(flow, &part);
        }
        if let Some(window) = constructor.over() {
            self.window(window, scope);
        }
    }

    /// ON EMPTY, ON ERROR.
    pub(super) fn behaviour(&mut self, behaviour: Option<&nodes::JsonBehavior>, scope: &Scope<'_>) -> Flow {
        behaviour.map_or_else(Flow::default, |behaviour| self.expression(behaviour.expr(), scope))
    }
}
