//! Expressions: what a value is made of. Each kind of node of the grammar that can stand in one is named here; one
//! that is not makes the statement opaque.

use std::sync::Arc;

use super::Scope;
use super::adopt::Beside;
use super::coerce::{BOOL, INT4, TEXT};
use super::hazard::{RECORDS, Verdict, is_record};
use super::select::Mode;
use super::walk::Walk;
use crate::gather::{Column, Flow, Shape};
use crate::parse::{Node, nodes, raw};
use pg_raw_parse::list::NodeList;

/// The largest row, in columns times what they come from, whose fields are kept one by one when it becomes a value.
const SEALED_MAX: usize = 20_000;

impl Walk<'_, '_> {
    /// Where an expression's value comes from. What it calls and what its sub-selects read is gathered; what it
    /// reads itself is for the caller to mark, who knows what for.
    pub(super) fn expression(&mut self, node: Node<'_>, scope: &Scope<'_>) -> Flow {
        match node {
            // The two kinds that nearly all expressions end in need no guard.
            Node::None | Node::SetToDefault(_) => Flow::default(),
            Node::A_Const(constant) => super::constant::shape(constant),
            Node::ColumnRef(reference) => {
                let mut flow = self.column_reference(reference, scope);
                self.stands(&mut flow);
                flow
            }
            _ => {
                let mut flow = self.deeper(|walk| walk.compound(node, scope)).unwrap_or_else(Flow::unknown);
                self.stands(&mut flow);
                flow
            }
        }
    }

    /// All of several expressions, as one value computed from them.
    pub(super) fn all(&mut self, list: &NodeList, scope: &Scope<'_>) -> Flow {
        let mut flow = Flow::default();
        for node in list {
            let part = self.expression(node, scope);
            self.add(&mut flow, &part);
        }
        flow.derived()
    }

    /// ARRAY[…], of a known type when all of its elements are of one.
    fn array(&mut self, list: &NodeList, scope: &Scope<'_>) -> Flow {
        let mut flow = Flow::default();
        let mut common: Option<u32> = None;
        let (mut nested, mut has_records) = (false, false);
        let (mut types, mut beside) = (Vec::new(), Beside::default());
        let mut parts = Vec::with_capacity(list.len());
        for node in list {
            let part = self.expression(node, scope);
            let oid = part.type_oid();
            parts.push((oid, part.clone()));
            beside.see(oid);
            self.note(&mut types, node, oid);
            has_records |= is_record(&part);
            nested |= self.is_array(oid) || oid == 0 && part.is_chosen();
            common = Some(if common.is_none_or(|known| known == oid) { oid } else { 0 });
            self.add(&mut flow, &part);
        }
        self.unified(&mut flow, &types);
        self.adopt(&mut flow, beside);
        self.becoming(&parts, common.unwrap_or_default());
        if nested {
            // Arrays in it must agree in their lengths.
            self.hazard(Verdict::Partial, &flow);
        }
        let element = self.cx.catalogue.type_by_oid(common.unwrap_or_default()).cloned();
        if has_records {
            return flow.derived().shaped(Shape::Type(RECORDS));
        }
        // Of arrays it is one of their own type, only deeper.
        let shape = match element {
            Some(element) if element.element != 0 => Shape::Type(element.oid),
            Some(element) => self.array_type(&element).map_or(Shape::Unknown, |array| Shape::Type(array.oid)),
            None => Shape::Unknown,
        };
        flow.derived().shaped(shape)
    }

    fn compound(&mut self, node: Node<'_>, scope: &Scope<'_>) -> Flow {
        match node {
            Node::ParamRef(parameter) => {
                self.gather.parameter(u16::try_from(parameter.number).unwrap_or(u16::MAX));
                Flow::default()
            }
            Node::A_Expr(expr) => self.operation(expr, scope),
            Node::BoolExpr(expr) => {
                self.deciding_all(expr.args(), Some(BOOL), scope).derived().shaped(Shape::Type(BOOL))
            }
            Node::FuncCall(call) => self.function_call(call, scope),
            Node::TypeCast(cast) => self.type_cast(cast, scope),
            Node::CollateClause(collate) => self.expression(collate.arg(), scope),
            Node::A_Indirection(indirection) => self.indirection(indirection, scope),
            Node::A_ArrayExpr(array) => self.array(array.elements(), scope),
            Node::RowExpr(row) => self.row_expression(row, scope),
            Node::CaseExpr(case) => self.case(case, scope),
            Node::CoalesceExpr(coalesce) => self.deciding_all(coalesce.args(), None, scope),
            Node::MinMaxExpr(minmax) => self.alternatives(minmax.args(), scope),
            Node::NullTest(test) => {
                let before = self.gather.faults();
                let flow = self.expression(test.arg(), scope);
                // Of a row it asks member by member, until one has told.
                if matches!(test.arg(), Node::RowExpr(_)) && self.gather.faults() > before {
                    self.gather.partial(&flow);
                }
                flow.derived().shaped(Shape::Type(BOOL))
            }
            Node::BooleanTest(test) => {
                let mut flow = self.expression(test.arg(), scope);
                self.asked(test.arg(), &mut flow, &[BOOL]);
                flow.derived().shaped(Shape::Type(BOOL))
            }
            Node::SubLink(link) => self.sub_link(link, scope),
            Node::NamedArgExpr(argument) => self.expression(argument.arg(), scope),
            Node::GroupingFunc(grouping) => {
                // Which columns are grouped, not what is in them.
                let flow = self.all(grouping.args(), scope);
                self.gather.predicate(&flow);
                flow
            }
            Node::MergeSupportFunc(_) => {
                let mut flow = Flow::default();
                self.older(node, &mut flow);
                flow
            }
            Node::SQLValueFunction(value) => Flow::of_type(super::constant::told(value)),
            Node::CurrentOfExpr(_) => Flow::default(),
            Node::MultiAssignRef(assign) => self.expression(assign.source(), scope),
            Node::NodeList(list) => self.all(list, scope),
            Node::ResTarget(target) => self.expression(target.val(), scope),
            Node::SortBy(sort) => {
                self.sort_operator(sort);
                self.expression(sort.node(), scope)
            }
            Node::A_Indices(indices) => {
                let mut flow = self.expression(indices.lidx(), scope);
                self.asked(indices.lidx(), &mut flow, &[INT4, TEXT]);
                let mut upper = self.expression(indices.uidx(), scope);
                self.asked(indices.uidx(), &mut upper, &[INT4, TEXT]);
                self.add(&mut flow, &upper);
                flow.derived()
            }
            Node::XmlExpr(_)
            | Node::XmlSerialize(_)
            | Node::JsonObjectConstructor(_)
            | Node::JsonArrayConstructor(_)
            | Node::JsonArrayQueryConstructor(_)
            | Node::JsonObjectAgg(_)
            | Node::JsonArrayAgg(_)
            | Node::JsonKeyValue(_)
            | Node::JsonValueExpr(_)
            | Node::JsonFuncExpr(_)
            | Node::JsonParseExpr(_)
            | Node::JsonScalarExpr(_)
            | Node::JsonSerializeExpr(_)
            | Node::JsonIsPredicate(_)
            | Node::JsonArgument(_) => self.json(node, scope),
            Node::SelectStmt(_) => {
                let columns = self.query(node, scope, Mode::PART).unwrap_or_default();
                self.row(columns, 0)
            }
            _ => {
                self.gather
                    .opaque("unknown statement", "an expression of a kind that the gate does not know");
                Flow::unknown()
            }
        }
    }

    fn row_expression(&mut self, row: &nodes::RowExpr, scope: &Scope<'_>) -> Flow {
        let mut columns = Vec::new();
        for node in row.args() {
            match node {
                Node::ColumnRef(reference)
                    if matches!(reference.fields().iter().next_back(), Some(Node::A_Star(_))) =>
                {
                    let names: Vec<&str> = super::name::words(reference.fields()).collect();
                    columns.extend(self.star(&names, scope));
                }
                _ => {
                    let flow = self.expression(node, scope);
                    let name = format!("f{}", columns.len().saturating_add(1));
                    columns.push(Column::new(name, flow));
                }
            }
        }
        let row = self.row(columns, 0);
        self.sealed(row)
    }

    /// A row that has become a value: the server takes a field out of it by making all of it.
    pub(super) fn sealed(&mut self, row: Flow) -> Flow {
        let Shape::Row(columns, oid) = &row.shape else { return row };
        let size = columns.len().saturating_mul(row.len());
        if size > SEALED_MAX || !self.gather.work(size) {
            // Any field of it comes from all of it, without a line for each.
            return row.derived().shaped(Shape::Open);
        }
        let whole = row.clone().derived();
        let fields = columns.iter().map(|column| Column {
            name: Arc::clone(&column.name),
            flow: whole.clone().shaped(column.flow.shape.clone()),
        });
        let shape = Shape::Row(fields.collect(), *oid);
        row.shaped(shape)
    }

    /// `x.f`, `x[1]`, `(x).*`.
    pub(super) fn indirection(&mut self, node: &nodes::A_Indirection, scope: &Scope<'_>) -> Flow {
        let mut flow = self.expression(node.arg(), scope);
        for step in node.indirection() {
            flow = match step {
                Node::String(name) => {
                    let name = name.sval().unwrap_or_default();
                    self.field_or_call(&flow, name)
                }
                Node::A_Indices(_) => {
                    let before = self.gather.faults();
                    let index = self.expression(step, scope);
                    // Of no array no place is computed.
                    if self.gather.faults() > before {
                        self.gather.partial(&flow);
                    }
                    let element = self.element(&flow);
                    self.add(&mut flow, &index.deciding());
                    flow.derived().shaped(element)
                }
                Node::A_Star(_) => flow,
                _ => {
                    self.gather.opaque("unknown statement", "an indirection that the gate does not know");
                    Flow::unknown()
                }
            };
        }
        flow
    }

    fn element(&self, flow: &Flow) -> Shape {
        match self.cx.catalogue.type_by_oid(flow.type_oid()) {
            Some(kind) if kind.element != 0 => Shape::Type(kind.element),
            _ => Shape::Unknown,
        }
    }

    /// `value.name`: a field of the value, or `name(value)` when it has none; where nobody can tell, both.
    pub(super) fn field_or_call(&mut self, value: &Flow, name: &str) -> Flow {
        let has = self.has_field(value, name);
        if has == Some(true) {
            return self.field(value, name);
        }
        let Some(called) = self.call_by_field(name, value) else { return self.field(value, name) };
        if has == Some(false) {
            return called;
        }
        let mut flow = self.field(value, name);
        self.add(&mut flow, &called);
        flow
    }

    /// Whether a value has a field of this name; `None` when nobody can tell.
    fn has_field(&self, flow: &Flow, name: &str) -> Option<bool> {
        match &flow.shape {
            Shape::Row(columns, _) if columns.iter().any(|column| &*column.name == "*") => None,
            Shape::Row(columns, _) => Some(columns.iter().any(|column| &*column.name == name)),
            Shape::Type(oid) => {
                let relation = self.composite(*oid);
                let fields = relation.as_ref().map(|relation| relation.columns.iter());
                Some(fields.is_some_and(|mut fields| fields.any(|column| &*column.name == name)))
            }
            Shape::Open | Shape::Unknown => None,
        }
    }

    /// A sub-select in an expression.
    fn sub_link(&mut self, link: &nodes::SubLink, scope: &Scope<'_>) -> Flow {
        use raw::SubLinkType as Kind;
        let columns = self.query(link.subselect(), scope, Mode::PART).unwrap_or_default();
        // It may find more rows than one, or be a view of somebody's that fails.
        self.gather.fault();
        match link.sub_link_type {
            Kind::EXISTS_SUBLINK => {
                // Its columns do not matter, only whether there is a row.
                Flow::of_type(BOOL)
            }
            // With several columns it is compared with a row.
            Kind::EXPR_SUBLINK if columns.len() > 1 => self.row(columns, 0),
            Kind::EXPR_SUBLINK => columns.into_iter().next().map_or_else(Flow::default, |first| first.flow),
            Kind::ARRAY_SUBLINK => {
                let flow = columns.into_iter().next().map_or_else(Flow::default, |first| first.flow);
                self.nested_hazard(&flow);
                flow.derived()
            }
            Kind::MULTIEXPR_SUBLINK => self.row(columns, 0),
            _ => {
                let mut flow = self.expression(link.testexpr(), scope);
                for column in &columns {
                    self.add(&mut flow, &column.flow);
                    // They are compared with the other side.
                    self.gather.predicate(&column.flow);
                }
                let names: Vec<&str> = super::name::words(link.oper_name()).collect();
                self.operator(if names.is_empty() { &["="] } else { &names }, None);
                // Its rows are computed one by one, until one has told: the server counts how many were read.
                self.gather.partial(&flow);
                flow.derived().shaped(Shape::Type(BOOL))
            }
        }
    }
}
