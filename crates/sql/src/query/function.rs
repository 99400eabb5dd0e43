//! Functions in FROM, XMLTABLE and JSON_TABLE: the columns that they bring.

use std::rc::Rc;
use std::sync::Arc;

use super::Scope;
use super::hazard::Verdict;
use super::name::{figure, words};
use super::relation::aliased;
use super::scope::{Inside, Piece, Table};
use super::walk::Walk;
use crate::gather::{Column, Flow, Shape};
use crate::parse::{Node, nodes};

const INT8: u32 = 20;

impl Walk<'_, '_> {
    /// `f(…)`, `ROWS FROM (…)`, WITH ORDINALITY. It always sees the items before it.
    pub(super) fn range_function(&mut self, range: &nodes::RangeFunction, scope: &Scope<'_>) -> Piece {
        let (alias, aliases) = aliased(range.alias());
        let mut columns: Vec<Column> = Vec::new();
        let mut open: Option<Flow> = None;
        let mut whole = Flow::default();
        let alone = range.functions().len() == 1;
        let mut name: Option<&str> = None;
        for item in range.functions() {
            let Node::NodeList(pair) = item else { continue };
            let function = pair.get(0).unwrap_or(Node::None);
            let definitions = match pair.get(1) {
                Some(Node::NodeList(list)) => Some(list),
                _ => None,
            };
            let own = figure(function).map(|(name, _)| name);
            name = name.or(own);
            let flow = self.expression(function, scope);
            self.gather.read(&flow);
            self.add(&mut whole, &flow);
            let names = match definitions {
                Some(list) => defined(list.iter()),
                None if alone && !range.coldeflist().is_empty() => {
                    defined(range.coldeflist().iter().map(Node::ColumnDef))
                }
                None => Vec::new(),
            };
            if !names.is_empty() {
                for (name, kind) in names {
                    let cast = self.type_named(kind);
                    let mut part = flow.clone().derived();
                    self.add(&mut part, &cast);
                    columns.push(Column { name, flow: part.shaped(cast.shape) });
                }
                continue;
            }
            let single = if alone { alias.or(own) } else { own };
            match self.columns_of_function(function, &flow, single.unwrap_or("?column?")) {
                Some(more) => columns.extend(more),
                None => open = Some(flow),
            }
        }
        if range.ordinality || !alone {
            // How many rows there are depends on all of the functions.
            let all = whole.derived();
            for column in &mut columns {
                self.add(&mut column.flow, &all);
            }
            if range.ordinality {
                columns.push(Column::new("ordinality", all.shaped(Shape::Type(INT8))));
            }
        }
        let inside = match open {
            None => Inside::Columns(columns, None),
            Some(any) => {
                // The aliases name the first of columns that nobody knows.
                let named = aliases.iter().map(|name| Column {
                    name: Arc::clone(name),
                    flow: any.clone().derived().shaped(Shape::Open),
                });
                let mut all: Vec<Column> = named.collect();
                all.extend(columns);
                let inside = Inside::Open { columns: all, any, of: "".into(), relation: None };
                return Piece::of(Rc::new(Table {
                    name: alias.or(name).unwrap_or_default().into(),
                    schema: None,
                    at: None,
                    aliases: Vec::new(),
                    inside,
                }));
            }
        };
        Piece::of(Rc::new(Table {
            name: alias.or(name).unwrap_or_default().into(),
            schema: None,
            at: None,
            aliases,
            inside,
        }))
    }

    /// The columns of a function's result; `None` when they cannot be told.
    fn columns_of_function(&mut self, node: Node<'_>, flow: &Flow, name: &str) -> Option<Vec<Column>> {
        let value = flow.clone().derived();
        if let Node::FuncCall(call) = node {
            let last = words(call.funcname()).last().unwrap_or_default();
            if last == "unnest" && call.args().len() > 1 {
                let one = Column::new("unnest", value);
                return Some(vec![one; call.args().len()]);
            }
            if let Some(names) = self.result_names(call) {
                return match names {
                    super::call::Result::Columns(names) => Some(
                        names
                            .into_iter()
                            .map(|(name, oid)| Column { name, flow: value.clone().shaped(Shape::Type(oid)) })
                            .collect(),
                    ),
                    super::call::Result::Any => None,
                    super::call::Result::Scalar => {
                        Some(vec![Column::new(name, value.shaped(flow.shape.clone()))])
                    }
                };
            }
        }
        match &flow.shape {
            Shape::Row(columns, _) => {
                let all = columns.iter().map(|column| Column {
                    name: Arc::clone(&column.name),
                    flow: value.clone().shaped(column.flow.shape.clone()),
                });
                Some(all.collect())
            }
            Shape::Type(oid) => match self.composite(*oid) {
                Some(_) => Some(self.fields(flow, name)),
                None => Some(vec![Column::new(name, value.shaped(flow.shape.clone()))]),
            },
            Shape::Open => None,
            Shape::Unknown => Some(vec![Column::new(name, value)]),
        }
    }

    /// A document whose rows are taken apart: how many there are, and whether it can be read, is in its values.
    fn table_hazard(&mut self, document: &Flow) {
        self.gather.counted(document);
        let verdict = if document.is_bare() { Verdict::Given } else { Verdict::Partial };
        self.hazard(verdict, document);
    }

    /// XMLTABLE.
    pub(super) fn xml_table(&mut self, range: &nodes::RangeTableFunc, scope: &Scope<'_>) -> Piece {
        let mut document = self.expression(range.docexpr(), scope);
        let row = self.expression(range.rowexpr(), scope);
        self.add(&mut document, &row);
        for namespace in range.namespaces() {
            if let Node::ResTarget(target) = namespace {
                let part = self.expression(target.val(), scope);
                self.add(&mut document, &part);
            }
        }
        self.gather.read(&document);
        self.table_hazard(&document);
        let document = document.derived();
        let mut columns = Vec::new();
        for column in range.columns() {
            let mut flow = document.clone();
            for node in [column.colexpr(), column.coldefexpr()] {
                if !matches!(node, Node::None) {
                    let part = self.expression(node, scope).derived();
                    self.gather.read(&part);
                    self.add(&mut flow, &part);
                }
            }
            if let Some(kind) = column.type_name() {
                let cast = self.type_named(Some(kind));
                self.add(&mut flow, &cast);
                flow.shape = cast.shape;
            }
            columns.push(Column::new(column.colname().unwrap_or_default(), flow));
        }
        self.named_piece(range.alias(), "xmltable", columns)
    }

    /// JSON_TABLE.
    pub(super) fn json_table(&mut self, range: &nodes::JsonTable, scope: &Scope<'_>) -> Piece {
        let mut document = match range.context_item() {
            Some(item) => self.expression(Node::JsonValueExpr(item), scope),
            None => Flow::default(),
        };
        if let Some(path) = range.pathspec() {
            let part = self.expression(path.string(), scope);
            self.add(&mut document, &part);
        }
        for argument in range.passing() {
            let part = self.expression(argument, scope);
            self.add(&mut document, &part);
        }
        let behaviour = self.behaviour(range.on_error(), scope);
        self.add(&mut document, &behaviour);
        self.gather.read(&document);
        self.table_hazard(&document);
        let document = document.derived();
        let mut columns = Vec::new();
        let list: Vec<&nodes::JsonTableColumn> = range.columns().iter().collect();
        self.json_columns(&list, &document, scope, &mut columns);
        self.named_piece(range.alias(), "json_table", columns)
    }

    fn json_columns(
        &mut self,
        list: &[&nodes::JsonTableColumn],
        document: &Flow,
        scope: &Scope<'_>,
        columns: &mut Vec<Column>,
    ) {
        for column in list {
            if !column.columns().is_empty() {
                let nested = column.columns().iter().filter_map(|node| match node {
                    Node::JsonTableColumn(column) => Some(column),
                    _ => None,
                });
                let nested: Vec<&nodes::JsonTableColumn> = nested.collect();
                let _ = self.deeper(|walk| walk.json_columns(&nested, document, scope, columns));
                continue;
            }
            let mut flow = document.clone();
            for behaviour in [column.on_empty(), column.on_error()] {
                let mut part = self.behaviour(behaviour, scope).derived();
                if let (Some(behaviour), Some(name)) = (behaviour, column.type_name()) {
                    let asked = [self.type_named(Some(name)).type_oid()];
                    self.asked(behaviour.expr(), &mut part, &asked);
                }
                self.gather.read(&part);
                self.add(&mut flow, &part);
            }
            if let Some(kind) = column.type_name() {
                let cast = self.type_named(Some(kind));
                self.add(&mut flow, &cast);
                flow.shape = cast.shape;
            }
            columns.push(Column::new(column.name().unwrap_or_default(), flow));
        }
    }

    fn named_piece(&mut self, alias: Option<&nodes::Alias>, name: &str, columns: Vec<Column>) -> Piece {
        let (alias, aliases) = aliased(alias);
        Piece::of(Rc::new(Table {
            name: alias.unwrap_or(name).into(),
            schema: None,
            at: None,
            aliases,
            inside: Inside::Columns(columns, None),
        }))
    }
}

/// The names and types of a column definition list.
fn defined<'n>(list: impl Iterator<Item = Node<'n>>) -> Vec<(Arc<str>, Option<&'n nodes::TypeName>)> {
    list.filter_map(|node| match node {
        Node::ColumnDef(column) => Some((column.colname().unwrap_or_default().into(), column.type_name())),
        _ => None,
    })
    .collect()
}
