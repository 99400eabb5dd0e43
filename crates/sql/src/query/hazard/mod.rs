//! What can fail, depending on values: a statement that fails for some values and not for others tells them apart,
//! whatever is hidden of its rows. Only what is known to hold for all values is not noted; what is new, somebody's
//! own, or not listed can fail. A cast of a column itself is let through: it fails or not by the column's type, as an
//! index or a report over it would. It never evaluates anything.

mod cast;
mod chosen;
mod fits;
mod operator;
mod path;
mod small;
mod total;

use std::sync::Arc;

use super::Scope;
use super::filter::Look;
use super::walk::Walk;
use crate::catalogue::{Function, Volatility};
use crate::function::is_built_in;
use crate::gather::{Flow, Shape};
use crate::parse::{ConstValue, Node, nodes, raw};

pub(super) use operator::Operation;

const TEXT: u32 = 25;
/// The type of rows that have no type of their own.
pub(super) const RECORD: u32 = 2249;
/// `record[]`
pub(super) const RECORDS: u32 = 2287;
/// The longest chain of domains over domains that is followed.
const DOMAINS_MAX: usize = 16;
/// Types that any value can be shown as: `text`, `varchar`, `bpchar`, `name`.
const SHOWN_AS: [u32; 4] = [TEXT, 1043, 1042, 19];
const NUMERIC: u32 = 1700;
/// Types of numbers: `int2`, `int4`, `int8`, `numeric`, `float4`, `float8`, `money`.
const NUMBERS: [u32; 7] = [21, 23, 20, NUMERIC, 700, 701, 790];
/// Whether something holds for all values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It does.
    Total,
    /// It fails or not by what stands there as a constant.
    Given,
    /// It does for what columns hold, and may fail for some that an expression chose.
    Chosen,
    /// It may fail for some.
    Partial,
}

impl Walk<'_, '_> {
    /// Values go into something of this kind.
    pub(super) fn hazard(&mut self, verdict: Verdict, values: &Flow) {
        let risked = match verdict {
            Verdict::Chosen => values.decided(),
            Verdict::Partial => values.clone(),
            Verdict::Given => return self.gather.fault(),
            Verdict::Total => return,
        };
        if verdict == Verdict::Partial || !risked.is_constant() {
            self.gather.fault();
            self.gather.partial(&risked);
        }
    }

    /// A call of what may be any of these functions.
    pub(super) fn call_hazard(
        &mut self,
        candidates: &[Arc<Function>],
        call: &nodes::FuncCall,
        flows: &[Flow],
        all: &Flow,
    ) {
        if candidates.iter().any(|function| function.returns_set) {
            self.gather.counted(all);
        }
        let verdict = self.judge_call(candidates, call, flows);
        // Whether it was called at all would show by the clock.
        let is_cheap = |function: &Arc<Function>| {
            chosen::types(&function.name).is_some() || total::is_part(&function.name)
        };
        if verdict == Verdict::Total && !candidates.iter().all(is_cheap) || is_long(call, candidates) {
            self.gather.fault();
        }
        self.hazard(verdict, all);
    }

    /// `value.name` as a call.
    pub(super) fn field_hazard(&mut self, candidates: &[Arc<Function>], value: &Flow) {
        if candidates.iter().any(|function| function.returns_set) {
            self.gather.counted(value);
        }
        let holds =
            candidates.iter().all(|function| is_built_in(function) && total::is_total(&function.name));
        let verdict = match candidates.iter().all(|function| self.holds_for(&function.name, value)) {
            _ if !holds => Verdict::Partial,
            true => Verdict::Total,
            false => Verdict::Chosen,
        };
        self.hazard(verdict, value);
    }

    fn judge_call(&self, candidates: &[Arc<Function>], call: &nodes::FuncCall, flows: &[Flow]) -> Verdict {
        let computed_once = |function: &Arc<Function>| function.volatility == Volatility::Immutable;
        if call.args().iter().all(is_literal)
            && candidates.iter().all(computed_once)
            && !candidates.is_empty()
        {
            return Verdict::Total;
        }
        let Some(first) = candidates.first() else { return Verdict::Partial };
        if !candidates.iter().all(|function| is_built_in(function) && function.name == first.name)
            && !total::is_of_extension(candidates)
        {
            return Verdict::Partial;
        }
        let name = &*first.name;
        if total::keys(name).is_some_and(|keys| keys.chosen(flows)) {
            return Verdict::Partial;
        }
        if matches!(name, "array_agg" | "array_append" | "array_prepend" | "array_cat") {
            // Arrays of arrays must agree in their lengths.
            return if flows.iter().any(|flow| self.may_be_array(flow.type_oid())) {
                Verdict::Partial
            } else {
                Verdict::Total
            };
        }
        if name == "jsonb_path_exists" {
            return path::looked_for(call);
        }
        // By texts that grow, bytes in an encoding that they may not be in, or texts that do not fit.
        if name == "replace" && flows.iter().any(Flow::is_chosen) && grows(call)
            || matches!(name, "length" | "bpchar") && flows.len() > 1
        {
            return Verdict::Partial;
        }
        if total::is_total(name) {
            let holds = flows.iter().all(|flow| self.holds_for(name, flow));
            return if holds { Verdict::Total } else { Verdict::Chosen };
        }
        if name == "format" {
            return call.args().first().map_or(Verdict::Partial, template);
        }
        let Some(value) = total::value_of(name) else { return Verdict::Partial };
        let value = value.min(flows.len().saturating_sub(1));
        let mut verdict = if total::is_part(name) { Verdict::Total } else { Verdict::Given };
        for (at, (node, flow)) in call.args().iter().zip(flows).enumerate() {
            if at == value || is_length(node) {
                continue;
            }
            if !flow.is_constant() {
                return Verdict::Partial;
            }
            verdict = Verdict::Given;
        }
        // What was chosen of other types than text may be what no column holds.
        let kind = flows.get(value).map_or(0, |flow| self.base(flow.type_oid()));
        if flows.get(value).is_some_and(Flow::is_decided) && !SHOWN_AS.contains(&kind) {
            return Verdict::Chosen;
        }
        // Where the value is NULL nobody looks at what stands beside it.
        if verdict == Verdict::Given && flows.get(value).is_some_and(Flow::is_chosen) {
            let arguments: Vec<Node<'_>> = call.args().iter().collect();
            if !fits::fits(name, &arguments, kind) {
                return Verdict::Partial;
            }
        }
        verdict
    }

    /// Values become one of several: those that an expression chose need not fit into the type of all.
    pub(super) fn becoming(&mut self, parts: &[(u32, Flow)], to: u32) {
        for (from, flow) in parts.iter().filter(|(_, flow)| flow.is_decided()) {
            if may_not_fit(self.base(*from), self.base(to)) {
                self.hazard(Verdict::Chosen, flow);
            }
        }
    }

    /// Whether a function that holds for what columns hold does so for this as well.
    fn holds_for(&self, name: &str, flow: &Flow) -> bool {
        let Some(types) = chosen::types(name) else { return !flow.is_chosen() };
        match &flow.shape {
            _ if types.is_empty() || !flow.is_chosen() => true,
            Shape::Row(columns, _) => columns.iter().all(|column| self.holds_for(name, &column.flow)),
            _ => types.contains(&self.base(flow.type_oid())),
        }
    }

    /// What a type is a domain over, also by other domains; any other type is itself.
    pub(in crate::query) fn base(&self, oid: u32) -> u32 {
        let mut at = oid;
        for _ in 0..DOMAINS_MAX {
            match self.cx.catalogue.type_by_oid(at) {
                Some(kind) if kind.base != 0 => at = kind.base,
                _ => break,
            }
        }
        at
    }

    /// Values become members of an array: arrays must agree in their lengths.
    pub(super) fn nested_hazard(&mut self, values: &Flow) {
        if self.may_be_array(values.type_oid()) {
            self.hazard(Verdict::Partial, values);
        }
    }

    /// Whether it may be `json` that an expression chose: that may hold a zero byte, which no text can.
    pub(super) fn may_hold_zero(&self, value: &Flow) -> bool {
        const JSON: u32 = 114;
        value.is_chosen() && matches!(self.base(value.type_oid()), 0 | JSON)
    }

    /// Whether it is a row, or rows: they are compared member by member, until two of them differ or cannot be compared.
    pub(super) fn has_rows(&self, flow: &Flow) -> bool {
        let is_row = |oid: u32| {
            oid == RECORD || self.cx.catalogue.type_by_oid(oid).is_some_and(|kind| kind.kind == b'c')
        };
        let base = self.base(flow.type_oid());
        let element = self.cx.catalogue.type_by_oid(base).map_or(0, |kind| kind.element);
        flow.is_row() || is_row(base) || is_row(element) || base == RECORDS
    }

    /// Whether a value of a type (0 = not known) may be an array.
    fn may_be_array(&self, oid: u32) -> bool {
        let base = self.cx.catalogue.type_by_oid(self.base(oid));
        base.is_none_or(|kind| kind.element != 0 || kind.kind == b'd')
    }

    pub(in crate::query) fn is_array(&self, oid: u32) -> bool {
        oid != 0 && self.may_be_array(oid)
    }

    /// What conditions decide is only computed for some rows: if it can fail, that tells the conditions. `before`: how
    /// many such things there were when the first of them had been computed.
    pub(super) fn deciding<'n>(
        &mut self,
        before: u32,
        conditions: impl Iterator<Item = (Node<'n>, &'n Flow)>,
        scope: &Scope<'_>,
    ) {
        if self.gather.faults() <= before {
            return;
        }
        for (node, flow) in conditions {
            let mut look = Look::default();
            if flow.is_bare() || !flow.is_opaque() && look.condition(node) && self.only(&look, flow, scope) {
                self.gather.lookup(flow, look.guesses, &look.lists);
            } else {
                self.gather.partial(flow);
            }
        }
    }
}

/// Whether a value of one type (0 = not known) that becomes one of another may be out of its range.
fn may_not_fit(from: u32, to: u32) -> bool {
    const INT8: u32 = 20;
    /// `float4`, `float8`
    const FLOATS: [u32; 2] = [700, 701];
    /// `date`, `timestamp`, `timestamptz`
    const MOMENTS: [u32; 3] = [1082, 1114, 1184];
    match from {
        _ if from == to => false,
        0 => true,
        NUMERIC => to == 0 || FLOATS.contains(&to),
        INT8 => !NUMBERS.contains(&to),
        _ => MOMENTS.contains(&from) && (to == 0 || MOMENTS.contains(&to)),
    }
}

/// Whether it is a row that somebody has put together of what it may be or may not be: rows of other lengths and types cannot
/// be compared.
pub(super) fn is_record(flow: &Flow) -> bool {
    matches!(flow.shape, Shape::Row(_, 0) | Shape::Type(RECORD))
}

/// Whether a value stands there, also with a sign or cast: the server computes with it once.
pub(super) fn is_literal(node: Node<'_>) -> bool {
    match super::constant::bare(node) {
        Node::A_Const(_) => true,
        Node::A_Expr(expr) => {
            expr.kind == raw::A_Expr_Kind::AEXPR_OP
                && matches!(expr.lexpr(), Node::None)
                && matches!(expr.rexpr(), Node::A_Const(_))
        }
        _ => false,
    }
}

/// Whether a text is made longer than what people read.
fn is_long(call: &nodes::FuncCall, candidates: &[Arc<Function>]) -> bool {
    const LONG: u64 = 100;
    let pads = candidates.iter().any(|function| matches!(&*function.name, "lpad" | "rpad"));
    let length = call.args().iter().nth(1).and_then(super::constant::whole_number);
    pads && length.is_none_or(|length| length > LONG)
}

/// Whether `replace` may put more in than it takes out.
fn grows(call: &nodes::FuncCall) -> bool {
    let mut texts = call.args().iter().skip(1).map(text);
    match (texts.next().flatten(), texts.next().flatten()) {
        (Some(from), Some(to)) => to.len() > from.len(),
        _ => true,
    }
}

/// Whether a number of letters or a place stands there that no text is too short for, nor too long.
fn is_length(node: Node<'_>) -> bool {
    super::constant::whole_number(node).is_some_and(|number| number <= 10_000)
}

/// `format`'s first argument: a name must not be NULL, and a place must be there.
fn template(node: Node<'_>) -> Verdict {
    let Some(text) = text(node) else { return Verdict::Partial };
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '%' && !matches!(letters.next(), Some('s' | 'L' | '%')) {
            return Verdict::Partial;
        }
    }
    Verdict::Given
}

/// The text of a literal that is not cast.
fn text(node: Node<'_>) -> Option<&str> {
    let Node::A_Const(constant) = node else { return None };
    match constant.val()? {
        ConstValue::String(text) => Some(text),
        _ => None,
    }
}
