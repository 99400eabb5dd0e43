//! Calls of functions and operators: which ones a name may mean, without inferring types: every candidate that the
//! number and the names of the arguments leave open. What a candidate does is [`crate::function`]'s to say.

use std::sync::Arc;

use super::Scope;
use super::adopt::Beside;
use super::coerce::{may_become, pairs};
use super::constant::literal;
use super::name::{qualified, words};
use super::walk::Walk;
use crate::catalogue::{Function, FunctionKind, Operator};
use crate::function::FIRST_OWN;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes};

/// The pseudo-type of a row whose columns the call says.
const XID: u32 = 28;
const RECORD: u32 = 2249;
/// Pseudo-types that stand for the type of an argument: `anyelement`, `anynonarray`, `anyenum`,
/// `anycompatible`, `anycompatiblenonarray`.
const SAME: [u32; 5] = [2283, 2776, 3500, 5077, 5079];
/// Those that stand for an array of it: `anyarray`, `anycompatiblearray`.
const ARRAY_OF: [u32; 2] = [2277, 5078];

/// One argument of a call, for `crate::function`.
#[derive(Clone, Copy)]
pub(crate) struct Argument<'a> {
    /// `name => value`.
    pub(crate) name: Option<&'a str>,
    /// Its type, where it is known without inference; 0 else.
    pub(crate) type_oid: u32,
    /// Its value, when it is a literal (also cast, also with a sign).
    pub(crate) literal: Option<&'a str>,
}

/// What a function in FROM brings.
pub(super) enum Result {
    /// One column.
    Scalar,
    /// These, with their types.
    Columns(Vec<(Arc<str>, u32)>),
    /// Nobody can tell.
    Any,
}

impl Walk<'_, '_> {
    pub(super) fn function_call(&mut self, call: &nodes::FuncCall, scope: &Scope<'_>) -> Flow {
        let names = self.older_name(words(call.funcname()).collect());
        let mut flow = Flow::default();
        let mut arguments: Vec<Argument<'_>> = Vec::with_capacity(call.args().len());
        let mut flows: Vec<Flow> = Vec::with_capacity(call.args().len());
        for node in call.args() {
            let (name, value) = match node {
                Node::NamedArgExpr(argument) => (argument.name(), argument.arg()),
                other => (None, other),
            };
            let part = self.expression(value, scope);
            self.add(&mut flow, &part);
            arguments.push(Argument { name, type_oid: part.type_oid(), literal: literal(value) });
            flows.push(part);
        }
        // An ordered-set aggregate's direct and ordered arguments are all its arguments.
        for sort in call.agg_order() {
            let part = self.expression(sort.node(), scope);
            self.sort_operator(sort);
            self.gather.predicate(&part);
            self.add(&mut flow, &part);
            if call.agg_within_group {
                arguments.push(Argument { name: None, type_oid: part.type_oid(), literal: None });
                flows.push(part);
            }
        }
        if !matches!(call.agg_filter(), Node::None) {
            let part = self.chooses(call.agg_filter(), scope);
            self.add(&mut flow, &part);
        }
        if let Some(window) = call.over() {
            self.window(window, scope);
        }
        // `f(row)` may be the column `f` of the row.
        if let ([field], [value]) = (names.as_slice(), flows.as_slice())
            && let Shape::Row(columns, _) = &value.shape
            && columns.iter().any(|column| &*column.name == *field)
            && call.agg_order().is_empty()
        {
            let by_name = self.candidates(None, field, &arguments, call.func_variadic);
            if by_name.is_empty() {
                return self.field(value, field);
            }
        }
        let (schema, name) = qualified(names.iter().copied());
        if name == "unnest" && arguments.len() > 1 {
            // In FROM it stands for one call with each argument.
            arguments.truncate(1);
        }
        let candidates = self.candidates(schema, name, &arguments, call.func_variadic);
        if candidates.is_empty()
            && schema.is_none()
            && let [one] = arguments.as_slice()
            && let Some(kind) = self.cx.catalogue.type_named(self.cx.view, None, name)
        {
            // `type(value)` is a cast.
            let oid = kind.oid;
            let _ = one;
            if let (Some(value), Some(node)) = (flows.first(), call.args().first()) {
                self.cast_hazard(node, value, oid, false);
            }
            let cast = crate::function::input(oid, self.cx, self.gather);
            self.add(&mut flow, &cast);
            return flow.derived().shaped(Shape::Type(oid));
        }
        let called = crate::function::call(&candidates, &names, &arguments, self.cx, self.gather);
        self.call_hazard(&candidates, call, &flows, &flow);
        called.keeps.iter().for_each(|object| self.gather.flows(object, &"".into(), 0, &flow));
        self.add(&mut flow, &called.flow);
        if self.cx.catalogue.has_own_casts() {
            let own = self.coerced(&pairs(&candidates, &arguments), &flow);
            flow.add(&own);
        }
        self.adopt_arguments(&mut flow, Beside::of(arguments.iter().map(|one| one.type_oid)), &candidates);
        self.signatures(&candidates, &mut flow);
        self.populates(name, call, &flows);
        let shape = self.result_shape(&candidates, &flows);
        flow.derived().shaped(shape)
    }

    /// `value.name`, which is `name(value)` when there is such a function, or a type; `None` when there is none.
    pub(super) fn call_by_field(&mut self, name: &str, value: &Flow) -> Option<Flow> {
        let argument = Argument { name: None, type_oid: value.type_oid(), literal: None };
        let candidates = self.candidates(None, name, &[argument], false);
        if candidates.is_empty() {
            let kind = self.cx.catalogue.type_named(self.cx.view, None, name)?.oid;
            let read = crate::function::input(kind, self.cx, self.gather);
            self.cast_hazard(Node::None, value, kind, false);
            let mut flow = value.clone().derived();
            self.add(&mut flow, &read);
            return Some(flow.shaped(Shape::Type(kind)));
        }
        let called = crate::function::call(&candidates, &[name], &[argument], self.cx, self.gather);
        self.field_hazard(&candidates, value);
        called.keeps.iter().for_each(|object| self.gather.flows(object, &"".into(), 0, value));
        let mut flow = value.clone().derived();
        self.add(&mut flow, &called.flow);
        let own = self.coerced(&pairs(&candidates, &[argument]), &flow);
        flow.add(&own);
        self.signatures(&candidates, &mut flow);
        let shape = self.result_shape(&candidates, std::slice::from_ref(value));
        Some(flow.shaped(shape))
    }

    /// The functions that a call may mean.
    pub(super) fn candidates(
        &self,
        schema: Option<&str>,
        name: &str,
        arguments: &[Argument<'_>],
        variadic: bool,
    ) -> Vec<Arc<Function>> {
        let mut all = self.cx.catalogue.functions(self.cx.view, schema, name);
        all.retain(|function| takes(function, arguments, variadic) && self.may_take(function, arguments));
        // Of two that take exactly the same types the one in the earlier schema hides the other; but which schema
        // is earlier is the path's to say, so both are kept.
        all
    }

    /// Whether nothing speaks against it: a type that somebody made takes no value of another known type without
    /// a cast between them.
    fn may_take(&self, function: &Function, arguments: &[Argument<'_>]) -> bool {
        arguments.iter().zip(&function.arguments).all(|(argument, declared)| {
            argument.name.is_some() || may_become(argument.type_oid, *declared, self.cx)
        })
    }

    /// What is known of the type of a call's result.
    fn result_shape(&self, candidates: &[Arc<Function>], flows: &[Flow]) -> Shape {
        let mut found: Option<Shape> = None;
        // `age` is of a transaction as well, whose number nothing becomes.
        let is_meant = |function: &&Arc<Function>| {
            let mut pairs = function.arguments.iter().zip(flows);
            pairs.all(|(declared, flow)| *declared != XID || matches!(flow.type_oid(), 0 | XID))
        };
        for function in candidates.iter().filter(is_meant) {
            let shape = self.one_shape(function, flows);
            match (&found, &shape) {
                (None, _) => found = Some(shape),
                (Some(Shape::Type(old)), Shape::Type(new)) if old == new => {}
                _ => return Shape::Unknown,
            }
        }
        found.unwrap_or_default()
    }

    fn one_shape(&self, function: &Function, flows: &[Flow]) -> Shape {
        let same = |wanted: &[u32]| {
            let at = function.arguments.iter().position(|argument| wanted.contains(argument))?;
            flows.get(at)
        };
        let returns = function.returns;
        if returns == RECORD {
            return Shape::Open;
        }
        if SAME.contains(&returns) {
            if let Some(flow) = same(&SAME) {
                return match flow.type_oid() {
                    0 => Shape::Open,
                    oid => Shape::Type(oid),
                };
            }
            if let Some(flow) = same(&ARRAY_OF) {
                return match self.cx.catalogue.type_by_oid(flow.type_oid()) {
                    Some(kind) if kind.element != 0 => Shape::Type(kind.element),
                    _ => Shape::Unknown,
                };
            }
            return Shape::Unknown;
        }
        if ARRAY_OF.contains(&returns) {
            return same(&ARRAY_OF).map_or(Shape::Unknown, |flow| match flow.type_oid() {
                0 => Shape::Unknown,
                oid => Shape::Type(oid),
            });
        }
        Shape::Type(returns)
    }

    /// The columns that a call brings into FROM; `None` when it is not known at all.
    pub(super) fn result_names(&mut self, call: &nodes::FuncCall) -> Option<Result> {
        let names: Vec<&str> = words(call.funcname()).collect();
        let (schema, name) = qualified(names.iter().copied());
        let arguments: Vec<Argument<'_>> = call
            .args()
            .iter()
            .map(|node| match node {
                Node::NamedArgExpr(argument) => {
                    Argument { name: argument.name(), type_oid: 0, literal: None }
                }
                _ => Argument { name: None, type_oid: 0, literal: None },
            })
            .collect();
        let candidates = self.candidates(schema, name, &arguments, call.func_variadic);
        let mut result: Option<Vec<(Arc<str>, u32)>> = None;
        for function in &candidates {
            let columns: Vec<(Arc<str>, u32)> = match function.output_names.len() {
                0 if function.returns == RECORD => return Some(Result::Any),
                // The caller knows the shape of the value.
                0 => return None,
                // One OUT parameter names a scalar's column.
                1 if function.returns != RECORD => {
                    let kind = function.returns;
                    function.output_names.iter().map(|name| (Arc::clone(name), kind)).collect()
                }
                _ => function.output_names.iter().map(|name| (Arc::clone(name), 0)).collect(),
            };
            match &result {
                None => result = Some(columns),
                Some(old) if old.iter().map(|(name, _)| name).eq(columns.iter().map(|(name, _)| name)) => {}
                Some(_) => return Some(Result::Any),
            }
        }
        match result {
            Some(columns) => Some(Result::Columns(columns)),
            None if candidates.is_empty() => Some(Result::Any),
            None => Some(Result::Scalar),
        }
    }

    /// Whether a result is an aggregate over all rows, so that there is one row.
    pub(super) fn is_aggregate(&self, node: Node<'_>) -> bool {
        match super::constant::bare(node) {
            Node::FuncCall(call) if call.over().is_none() => {
                let (schema, name) = qualified(words(call.funcname()));
                let all = self.cx.catalogue.functions(self.cx.view, schema, name);
                !all.is_empty() && all.iter().all(|function| function.kind == FunctionKind::Aggregate)
            }
            Node::CoalesceExpr(coalesce) => {
                coalesce.args().first().is_some_and(|first| self.is_aggregate(first))
            }
            Node::JsonArrayAgg(_) | Node::JsonObjectAgg(_) => true,
            _ => false,
        }
    }

    /// OVER (…), WINDOW w AS (…): it orders and groups rows.
    pub(super) fn window(&mut self, window: &nodes::WindowDef, scope: &Scope<'_>) {
        for node in window.partition_clause() {
            self.condition(node, scope);
        }
        for sort in window.order_clause() {
            self.condition(sort.node(), scope);
            self.sort_operator(sort);
        }
        self.offset(window.start_offset(), scope);
        self.offset(window.end_offset(), scope);
    }

    /// ORDER BY … USING operator.
    pub(super) fn sort_operator(&mut self, sort: &nodes::SortBy) {
        let names: Vec<&str> = words(sort.use_op()).collect();
        if !names.is_empty() {
            self.operator(&names, None);
        }
    }

    /// A use of an operator between values of these types (0 = not known; no left one: it stands before its
    /// operand). Returns what its function may read.
    pub(super) fn operator(&mut self, names: &[&str], sides: Option<(Option<u32>, u32)>) -> Flow {
        let (schema, name) = qualified(names.iter().copied());
        let catalogue = self.cx.catalogue;
        let mut all = catalogue.operators(self.cx.view, schema, name);
        // The server's own take what is given by themselves, and only compute.
        let fits =
            |operator: &Arc<Operator>| sides.is_none_or(|(left, _)| (operator.left == 0) == left.is_none());
        if catalogue.is_only_built_in(name) && catalogue.own_casts().next().is_none() && all.any(fits) {
            return Flow::default();
        }
        let mut candidates: Vec<&Arc<Operator>> = catalogue.operators(self.cx.view, schema, name).collect();
        if let Some((left, right)) = sides {
            candidates.retain(|operator| {
                (operator.left == 0) == left.is_none()
                    && left.is_none_or(|left| may_become(left, operator.left, self.cx))
                    && may_become(right, operator.right, self.cx)
            });
        }
        let called = crate::function::operator(&candidates, names, self.cx, self.gather);
        let (left, right) = sides.map_or((0, 0), |(left, right)| (left.unwrap_or_default(), right));
        let pairs: Vec<(u32, u32)> =
            candidates.iter().flat_map(|one| [(left, one.left), (right, one.right)]).collect();
        let mut flow = called.flow;
        // What it is given is for whoever asks to mark, who sees that it can fail.
        flow.add(&self.coerced(&pairs, &Flow::default()));
        let made = candidates.iter().filter(|one| one.oid >= FIRST_OWN);
        let functions: Vec<Arc<Function>> =
            made.filter_map(|one| catalogue.function_by_oid(one.function).cloned()).collect();
        self.signatures(&functions, &mut flow);
        self.adopt(&mut flow, Beside::of([left, right]));
        flow
    }
}

/// Whether a function can take these arguments, by their number and names.
fn takes(function: &Function, arguments: &[Argument<'_>], variadic: bool) -> bool {
    let declared = function.arguments.len();
    let given = arguments.len();
    for name in arguments.iter().filter_map(|argument| argument.name) {
        if !function.argument_names.iter().any(|known| &**known == name) {
            return false;
        }
    }
    if function.kind == FunctionKind::Aggregate && declared == 0 {
        return true;
    }
    let least = declared.saturating_sub(usize::from(function.defaults));
    if function.variadic && !variadic {
        return given.saturating_add(1) >= least;
    }
    (least..=declared).contains(&given)
}
