//! FROM: what each item brings into scope, joins with their merged columns, and what LATERAL lets an item see.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::Missing;

use super::Scope;
use super::name::words;
use super::relation::aliased;
use super::scope::{Inside, Piece, Table, Visible};
use super::select::Mode;
use super::walk::Walk;
use crate::gather::{Column, Flow, Shape};
use crate::parse::{Node, nodes, raw};
use pg_raw_parse::list::NodeList;

impl<'s> Walk<'_, '_> {
    /// The items of a FROM, one after the other: each may see those before it, if it is LATERAL.
    pub(super) fn items(&mut self, list: &NodeList, scope: &mut Scope<'s>, mode: Mode) {
        for item in list {
            let piece = self.item(item, scope, scope.outer, mode);
            scope.add(piece);
            if !self.gather.work(scope.tables.len()) {
                return;
            }
        }
    }

    /// One item. `lateral`: what it sees if it is LATERAL; `outer`: what it sees else.
    pub(super) fn item(
        &mut self,
        item: Node<'_>,
        lateral: &Scope<'_>,
        outer: Option<&Scope<'_>>,
        mode: Mode,
    ) -> Piece {
        let found = self.deeper(|walk| match item {
            Node::RangeVar(range) => Piece::of(walk.range(range, outer.unwrap_or(lateral))),
            Node::RangeSubselect(range) => {
                let none = Scope::default();
                let scope = if range.lateral { lateral } else { outer.unwrap_or(&none) };
                let columns = walk.query(range.subquery(), scope, mode).unwrap_or_default();
                walk.derived(range.alias(), columns)
            }
            Node::RangeFunction(range) => walk.range_function(range, lateral),
            Node::RangeTableFunc(range) => walk.xml_table(range, lateral),
            Node::JsonTable(range) => walk.json_table(range, lateral),
            Node::RangeTableSample(range) => {
                let piece = walk.item(range.relation(), lateral, outer, mode);
                walk.sample(range, lateral);
                piece
            }
            Node::JoinExpr(join) => walk.join(join, lateral, outer, mode),
            _ => {
                walk.gather.opaque("unknown statement", "a FROM item of a kind that the gate does not know");
                Piece::default()
            }
        });
        found.unwrap_or_default()
    }

    /// A table of columns that have been worked out.
    pub(super) fn derived(&mut self, alias: Option<&nodes::Alias>, columns: Vec<Column>) -> Piece {
        let (name, aliases) = aliased(alias);
        let open = columns.iter().any(|column| &*column.name == "*");
        let inside = if open {
            // A star that could not be spread out: any name may be among its columns.
            let mut any = Flow::default();
            for column in columns.iter().filter(|column| &*column.name == "*") {
                self.add(&mut any, &column.flow);
            }
            let known = columns.into_iter().filter(|column| &*column.name != "*").collect();
            Inside::Open { columns: known, any, of: "".into(), relation: None }
        } else {
            Inside::Columns(columns, None)
        };
        Piece::of(Rc::new(Table {
            name: name.unwrap_or_default().into(),
            schema: None,
            at: None,
            aliases,
            inside,
        }))
    }

    fn sample(&mut self, range: &nodes::RangeTableSample, lateral: &Scope<'_>) {
        for node in range.args().iter().chain([range.repeatable()]) {
            self.condition(node, lateral);
        }
        let method: Vec<&str> = words(range.method()).collect();
        let known = ["bernoulli", "system", "system_rows", "system_time"];
        if !method.last().is_some_and(|name| known.contains(name)) {
            self.gather.unknown(Missing::Function, &method.join("."));
        }
    }

    fn join(
        &mut self,
        join: &nodes::JoinExpr,
        lateral: &Scope<'_>,
        outer: Option<&Scope<'_>>,
        mode: Mode,
    ) -> Piece {
        let left = self.item(join.larg(), lateral, outer, mode);
        let mut beside = Scope::inside(lateral);
        beside.add(left);
        let right = self.item(join.rarg(), &beside, outer, mode);
        let left = Piece {
            tables: std::mem::take(&mut beside.tables),
            visible: std::mem::take(&mut beside.visible),
        };

        let (left, right) = (scope_of(left, lateral), scope_of(right, lateral));
        let using: Vec<Arc<str>> = if join.is_natural {
            self.shared_names(&left, &right)
        } else {
            join.using_clause().iter().filter_map(|name| name.sval()).map(Arc::from).collect()
        };
        let mut merged: Vec<Column> = Vec::with_capacity(using.len());
        for name in &using {
            merged.push(self.merge_columns(name, &left, &right, join.jointype));
        }
        let mut tables = left.tables.clone();
        tables.extend(right.tables.iter().map(Rc::clone));
        let mut visible = Vec::new();
        if using.is_empty() {
            visible.extend(left.visible);
            visible.extend(right.visible);
        } else {
            let mut columns = merged.clone();
            for side in [&left, &right] {
                let rest = self.columns_at(side);
                columns.extend(rest.into_iter().filter(|column| !using.contains(&column.name)));
            }
            let open = columns.iter().any(|column| &*column.name == "*");
            if open {
                let mut any = Flow::default();
                for column in columns.iter().filter(|column| &*column.name == "*") {
                    self.add(&mut any, &column.flow);
                }
                columns.retain(|column| &*column.name != "*");
                visible.push(Visible::Open(any));
            }
            visible.insert(0, Visible::Columns(columns));
        }
        if let Some(alias) = join.join_using_alias() {
            tables.push(Rc::new(Table {
                name: alias.aliasname().unwrap_or_default().into(),
                schema: None,
                at: None,
                aliases: Vec::new(),
                inside: Inside::Columns(merged, None),
            }));
        }
        let mut scope = Scope { outer: Some(lateral), tables, visible, with: Vec::new() };
        self.filter(join.quals(), &scope);
        if join.alias().is_some() {
            // The join's alias hides what is inside.
            let columns = self.columns_at(&scope);
            return self.derived(join.alias(), columns);
        }
        Piece { tables: std::mem::take(&mut scope.tables), visible: std::mem::take(&mut scope.visible) }
    }

    fn shared_names(&mut self, left: &Scope<'_>, right: &Scope<'_>) -> Vec<Arc<str>> {
        let (left, right) = (self.columns_at(left), self.columns_at(right));
        if left.iter().chain(&right).any(|column| &*column.name == "*") {
            self.gather.opaque("unknown object", "the columns of a NATURAL JOIN are not known");
        }
        left.into_iter()
            .map(|column| column.name)
            .filter(|name| right.iter().any(|column| column.name == *name))
            .collect()
    }

    /// A column of USING: the side's that cannot be NULL, or either's.
    fn merge_columns(
        &mut self,
        name: &Arc<str>,
        left: &Scope<'_>,
        right: &Scope<'_>,
        kind: raw::JoinType::Type,
    ) -> Column {
        let mut sides = Vec::new();
        for side in [left, right] {
            match self.column_at(side, name) {
                Some((mut flow, _)) => {
                    self.stands(&mut flow);
                    self.gather.predicate(&flow);
                    sides.push(flow);
                }
                None => {
                    self.gather.unknown(Missing::Column, name);
                    sides.push(Flow::unknown());
                }
            }
        }
        let right = sides.pop().unwrap_or_default();
        let left = sides.pop().unwrap_or_default();
        // They are compared by whatever `=` is for them.
        let read = self.operator(&["="], Some((Some(left.type_oid()), right.type_oid())));
        self.gather.predicate(&read);
        let flow = if kind == raw::JoinType::JOIN_RIGHT {
            right
        } else if kind == raw::JoinType::JOIN_FULL {
            let mut flow = left;
            self.add(&mut flow, &right);
            flow.shape = Shape::Unknown;
            flow
        } else {
            left
        };
        Column { name: Arc::clone(name), flow }
    }
}

fn scope_of<'s>(piece: Piece, outer: &'s Scope<'s>) -> Scope<'s> {
    Scope { outer: Some(outer), tables: piece.tables, visible: piece.visible, with: Vec::new() }
}
