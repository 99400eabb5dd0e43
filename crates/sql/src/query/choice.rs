//! CASE, COALESCE, GREATEST, AND, OR: one of several values, where what decides may keep others from being computed.

use super::Scope;
use super::adopt::Beside;
use super::coerce::{BOOL, is_given};
use super::hazard::{RECORD, Verdict, is_record};
use super::walk::Walk;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes};
use pg_raw_parse::list::NodeList;

/// Each becomes the next one: `int2`, `int4`, `int8`, `numeric`, `float4`, `float8`.
const NUMBERS: &[u32] = &[21, 23, 20, 1700, 700, 701];
/// `date`, `timestamp`, `timestamptz`
const MOMENTS: &[u32] = &[1082, 1114, 1184];
/// `name`, `bpchar`, `varchar`, `text`
const TEXTS: &[u32] = &[19, 1042, 1043, 25];

impl Walk<'_, '_> {
    /// One of several values, all of which are computed.
    pub(super) fn alternatives(&mut self, list: &NodeList, scope: &Scope<'_>) -> Flow {
        let mut flow: Option<Flow> = None;
        let (mut types, mut beside, mut compares) = (Vec::new(), Beside::default(), false);
        let mut type_oid = None;
        let mut parts = Vec::with_capacity(list.len());
        for node in list {
            let part = self.expression(node, scope);
            parts.push((part.type_oid(), part.clone()));
            beside.see(part.type_oid());
            self.note(&mut types, node, part.type_oid());
            compares |= self.has_rows(&part);
            type_oid = common(type_oid, kind_of(node, &part));
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
        self.becoming(&parts, type_oid.unwrap_or_default());
        one_of(flow.deciding(), type_oid)
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
        let type_oid = parts.iter().fold(None, |oid, (node, part)| common(oid, kind_of(*node, part)));
        let kinds: Vec<_> = parts.iter().map(|(_, part)| (part.type_oid(), part.clone())).collect();
        self.becoming(&kinds, type_oid.unwrap_or_default());
        // That a column is NULL is shown; that something else is has been chosen.
        for (_, part) in parts.into_iter().filter(|(_, part)| part.is_chosen()) {
            self.add(&mut flow, &part.deciding());
        }
        one_of(flow, type_oid)
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
        let (mut type_oid, mut parts) = (None, Vec::new());
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
            parts.push((result.type_oid(), result.clone()));
            beside.see(result.type_oid());
            self.note(&mut types, when.result(), result.type_oid());
            type_oid = common(type_oid, kind_of(when.result(), &result));
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
        let type_oid = common(type_oid, kind_of(case.defresult(), &flow));
        parts.push((flow.type_oid(), flow.clone()));
        self.becoming(&parts, type_oid.unwrap_or_default());
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
        self.add(&mut flow, &argument.deciding());
        for (node, condition) in conditions {
            // Which values are NULL every mask shows.
            let is_shown = matches!(node, Node::NullTest(test) if matches!(test.arg(), Node::ColumnRef(_)));
            self.add(&mut flow, &if is_shown { condition } else { condition.deciding() });
        }
        self.add(&mut flow, &results);
        one_of(flow, type_oid)
    }
}

/// One of several values, of this type.
fn one_of(flow: Flow, type_oid: Option<u32>) -> Flow {
    let shape = type_oid.filter(|oid| *oid != 0).map_or(Shape::Unknown, Shape::Type);
    flow.derived().shaped(shape)
}

/// A value's type (0 = not known) where it is one of several. `None`: it becomes what the others are. A row's fields are
/// those of all.
fn kind_of(node: Node<'_>, flow: &Flow) -> Option<u32> {
    match flow.type_oid() {
        _ if is_record(flow) => Some(RECORD),
        0 if is_given(node) => None,
        oid => Some(oid),
    }
}

/// The type of one of two values: the server takes that which the other one becomes without loss.
fn common(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    let (Some(one), Some(other)) = (one, other) else { return one.or(other) };
    let family = [NUMBERS, MOMENTS, TEXTS].into_iter().find(|family| family.contains(&one));
    let place = |oid: u32| family.and_then(|family| family.iter().position(|known| *known == oid));
    Some(match (place(one), place(other)) {
        _ if one == other => one,
        (Some(first), Some(second)) if first > second => one,
        (Some(_), Some(_)) => other,
        _ => 0,
    })
}
