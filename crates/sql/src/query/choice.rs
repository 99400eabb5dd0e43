//! CASE, COALESCE, GREATEST, AND, OR: one of several values, where what decides may keep others from being computed.

use super::Scope;
use super::adopt::Beside;
use super::coerce::BOOL;
use super::hazard::{RECORD, Verdict, is_record};
use super::walk::Walk;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes};
use pg_raw_parse::list::NodeList;

impl Walk<'_, '_> {
    /// One of several values, all of which are computed.
    pub(super) fn alternatives(&mut self, list: &NodeList, scope: &Scope<'_>) -> Flow {
        let mut flow: Option<Flow> = None;
        let (mut types, mut beside, mut compares) = (Vec::new(), Beside::default(), false);
        for node in list {
            let part = self.expression(node, scope);
            beside.see(part.type_oid());
            self.note(&mut types, node, part.type_oid());
            compares |= is_record(&part);
            match &mut flow {
                None => flow = Some(part),
                Some(flow) => self.add(flow, &part),
            }
        }
        let mut flow = flow.unwrap_or_default();
        self.unified(&mut flow, &types);
        self.adopt(&mut flow, beside);
        if compares {
            self.hazard(Verdict::Partial, &flow);
        }
        one_of(flow)
    }

    /// The same where each decides whether the next one is computed; of the type that is asked for, or of one.
    pub(super) fn deciding_all(&mut self, list: &NodeList, asked: Option<u32>, scope: &Scope<'_>) -> Flow {
        let mut flow: Option<Flow> = None;
        let mut before = None;
        let mut parts = Vec::with_capacity(list.len());
        for node in list {
            let part = self.expression(node, scope);
            before.get_or_insert_with(|| self.gather.faults());
            match &mut flow {
                None => flow = Some(part.clone()),
                Some(flow) => self.add(flow, &part),
            }
            parts.push((node, part));
        }
        self.deciding(before.unwrap_or_default(), parts.iter().map(|(node, flow)| (*node, flow)), scope);
        let mut flow = flow.unwrap_or_default();
        match asked {
            Some(asked) => parts.iter_mut().for_each(|(node, part)| self.asked(*node, part, &[asked])),
            None => {
                let mut types = Vec::new();
                parts.iter().for_each(|(node, part)| self.note(&mut types, *node, part.type_oid()));
                self.unified(&mut flow, &types);
                self.adopt(&mut flow, Beside::of(parts.iter().map(|(_, part)| part.type_oid())));
            }
        }
        one_of(flow)
    }

    pub(super) fn case(&mut self, case: &nodes::CaseExpr, scope: &Scope<'_>) -> Flow {
        let argument = self.expression(case.arg(), scope);
        let has_argument = !matches!(case.arg(), Node::None);
        if has_argument {
            self.operator(&["="], None);
        }
        let mut before = None;
        let mut conditions = Vec::with_capacity(case.args().len());
        let mut results = Flow::default();
        let mut type_oid = 0;
        let (mut types, mut beside) = (Vec::new(), Beside::default());
        let mut compared = Beside::of([argument.type_oid()]);
        for when in case.args() {
            let Node::CaseWhen(when) = when else { continue };
            let mut condition = self.expression(when.expr(), scope);
            compared.see(condition.type_oid());
            if !has_argument {
                self.asked(when.expr(), &mut condition, &[BOOL]);
            }
            before.get_or_insert_with(|| self.gather.faults());
            conditions.push((when.expr(), condition));
            let result = self.expression(when.result(), scope);
            beside.see(result.type_oid());
            self.note(&mut types, when.result(), result.type_oid());
            if type_oid == 0 {
                type_oid = if is_record(&result) { RECORD } else { result.type_oid() };
            }
            self.add(&mut results, &result);
        }
        let mut flow = self.expression(case.defresult(), scope);
        self.note(&mut types, case.defresult(), flow.type_oid());
        self.unified(&mut flow, &types);
        beside.see(flow.type_oid());
        self.adopt(&mut flow, beside);
        if has_argument {
            self.adopt(&mut flow, compared);
        }
        type_oid = match flow.type_oid() {
            0 if is_record(&flow) => RECORD,
            0 => type_oid,
            oid => oid,
        };
        let before = before.unwrap_or_default();
        let compares = has_argument && conditions.iter().any(|(_, flow)| !flow.is_constant());
        if compares && self.gather.faults() > before {
            self.gather.partial(&argument);
            conditions.iter().for_each(|(_, flow)| self.gather.partial(flow));
        } else if has_argument {
            self.deciding(before, std::iter::once((case.arg(), &argument)), scope);
        } else {
            self.deciding(before, conditions.iter().map(|(node, flow)| (*node, flow)), scope);
        }
        self.add(&mut flow, &argument);
        for (_, condition) in &conditions {
            self.add(&mut flow, condition);
        }
        self.add(&mut flow, &results);
        let shape = if type_oid == 0 { Shape::Unknown } else { Shape::Type(type_oid) };
        flow.derived().shaped(shape)
    }
}

/// The same type, whichever it is; but a row's fields are those of all.
fn one_of(flow: Flow) -> Flow {
    let shape = match flow.type_oid() {
        0 if is_record(&flow) => Shape::Type(RECORD),
        0 => Shape::Unknown,
        oid => Shape::Type(oid),
    };
    flow.derived().shaped(shape)
}
