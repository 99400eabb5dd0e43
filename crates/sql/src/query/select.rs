//! SELECT and VALUES.

use model::facts::{RiskKind, Verb};

use super::Scope;
use super::adopt::Beside;
use super::coerce::BOOL;
use super::constant::whole_number;
use super::name::{output_name, words};
use super::scope::{Table, Visible};
use super::walk::Walk;
use crate::gather::Column;
use crate::parse::{Node, nodes, raw};

/// What a query's rows are for.
#[derive(Clone, Copy)]
pub(super) struct Mode {
    /// Its columns are read, whoever uses them. Else the caller marks those that it uses.
    pub(super) reads: bool,
    /// Its rows go to the client as they are, so that their number matters.
    pub(super) counts: bool,
    /// It is the statement itself, whose LIMIT is a fact.
    pub(super) top: bool,
    /// A FOR UPDATE around it locks what it reads.
    pub(super) locks: bool,
}

impl Mode {
    /// The statement itself.
    pub(super) const RESULT: Self = Self { reads: true, counts: true, top: true, locks: false };
    /// A sub-select, a WITH query.
    pub(super) const PART: Self = Self { reads: true, counts: false, top: false, locks: false };
    /// A view, or an arm of a set operation: the caller marks.
    pub(super) const VIEW: Self = Self { reads: false, counts: false, top: false, locks: false };
}

impl Walk<'_, '_> {
    pub(super) fn select(
        &mut self,
        select: &nodes::SelectStmt,
        outer: &Scope<'_>,
        mode: Mode,
    ) -> Vec<Column> {
        self.deeper(|walk| walk.select_here(select, outer, mode)).unwrap_or_default()
    }

    fn select_here(&mut self, select: &nodes::SelectStmt, outer: &Scope<'_>, mode: Mode) -> Vec<Column> {
        let mut with = Scope::with(select.with_clause(), outer);
        self.with_all(select.with_clause(), &mut with);
        if select.op != raw::SetOperation::SETOP_NONE {
            let columns = self.set_operation(select, &with, mode);
            self.order_and_limit(select, &with, &columns, mode);
            return columns;
        }
        if !select.values_lists().is_empty() {
            let columns = self.values(select, &with, mode);
            self.order_and_limit(select, &with, &columns, mode);
            return columns;
        }
        self.plain_select(select, &with, mode)
    }

    fn plain_select(&mut self, select: &nodes::SelectStmt, with: &Scope<'_>, mode: Mode) -> Vec<Column> {
        let limited = !matches!(select.limit_count(), Node::None | Node::A_Const(_))
            || whole_number(select.limit_count()).is_some();
        let filtered = !matches!(select.where_clause(), Node::None);
        let one_row = select.group_clause().is_empty()
            && !select.target_list().is_empty()
            && select.target_list().iter().all(|target| self.is_aggregate(target.val()));
        let locks =
            mode.locks || select.locking_clause().iter().any(|clause| clause.locked_rels().is_empty());
        let part = Mode { counts: mode.counts && !limited && !filtered && !one_row, locks, ..Mode::PART };
        let mut scope = Scope::inside(with);
        self.items(select.from_clause(), &mut scope, part);
        self.locks(select, &scope, mode.locks);
        if part.counts {
            self.without_limit(&scope);
        }
        self.filter(select.where_clause(), &scope);

        let columns = self.targets(select.target_list().iter(), &scope);
        self.grouping(select, &scope, &columns);
        self.condition(select.having_clause(), &scope);
        for window in select.window_clause() {
            if let Node::WindowDef(window) = window {
                self.window(window, &scope);
            }
        }
        for distinct in select.distinct_clause() {
            match distinct {
                Node::None => columns.iter().for_each(|column| self.gather.predicate(&column.flow)),
                node => self.sort_key(node, &scope, &columns),
            }
        }
        self.order_and_limit(select, &scope, &columns, mode);
        if mode.reads {
            columns.iter().for_each(|column| self.gather.read(&column.flow));
        }
        columns
    }

    /// A list of results, with `*` spread out.
    pub(super) fn targets<'n>(
        &mut self,
        targets: impl Iterator<Item = &'n nodes::ResTarget>,
        scope: &Scope<'_>,
    ) -> Vec<Column> {
        let mut columns = Vec::new();
        for target in targets {
            let value = target.val();
            match value {
                Node::ColumnRef(reference) if ends_in_star(reference.fields()) => {
                    let names: Vec<&str> = words(reference.fields()).collect();
                    columns.extend(self.star(&names, scope));
                }
                Node::A_Indirection(indirection) if ends_in_star(indirection.indirection()) => {
                    let row = self.indirection(indirection, scope);
                    let name = super::name::figure(indirection.arg()).map_or("?column?", |(name, _)| name);
                    columns.extend(self.fields(&row, name));
                }
                _ => {
                    let flow = self.expression(value, scope);
                    let flow = self.sealed(flow);
                    columns.push(Column::new(output_name(target), flow));
                }
            }
            if !self.gather.work(columns.len() / 16) {
                break;
            }
        }
        columns
    }

    /// A condition: what it looks at chooses rows.
    pub(super) fn condition(&mut self, node: Node<'_>, scope: &Scope<'_>) {
        if !matches!(node, Node::None) {
            let mut flow = self.expression(node, scope);
            self.asked(node, &mut flow, &[BOOL]);
            self.gather.predicate(&flow);
        }
    }

    /// An expression of ORDER BY or DISTINCT ON: an output by its name or number, or any expression.
    pub(super) fn sort_key(&mut self, node: Node<'_>, scope: &Scope<'_>, columns: &[Column]) {
        if let Node::A_Const(_) = node {
            let at = whole_number(node).and_then(|number| usize::try_from(number).ok());
            if let Some(column) = at.and_then(|at| columns.get(at.checked_sub(1)?)) {
                self.gather.predicate(&column.flow);
            }
            return;
        }
        if let Node::ColumnRef(reference) = node
            && reference.fields().len() == 1
            && let Some(name) = words(reference.fields()).next()
        {
            let mut named = columns.iter().filter(|column| &*column.name == name).peekable();
            if named.peek().is_some() {
                named.for_each(|column| self.gather.predicate(&column.flow));
                return;
            }
        }
        self.condition(node, scope);
    }

    /// ORDER BY, LIMIT, OFFSET, and for set operations and VALUES the reads.
    pub(super) fn order_and_limit(
        &mut self,
        select: &nodes::SelectStmt,
        scope: &Scope<'_>,
        columns: &[Column],
        mode: Mode,
    ) {
        for sort in select.sort_clause() {
            self.sort_key(sort.node(), scope, columns);
            self.sort_operator(sort);
        }
        for node in [select.limit_count(), select.limit_offset()] {
            if !matches!(node, Node::None) {
                let flow = self.expression(node, scope);
                self.gather.predicate(&flow);
            }
        }
        if mode.top
            && let Some(rows) = whole_number(select.limit_count())
        {
            self.gather.limit(rows);
        }
        if mode.reads {
            columns.iter().for_each(|column| self.gather.read(&column.flow));
        }
    }

    fn values(&mut self, select: &nodes::SelectStmt, scope: &Scope<'_>, mode: Mode) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        for row in select.values_lists() {
            let Node::NodeList(row) = row else { continue };
            for (index, node) in row.iter().enumerate() {
                let mut flow = self.expression(node, scope);
                if let Some(column) = columns.get(index) {
                    let beside = Beside::of([flow.type_oid(), column.flow.type_oid()]);
                    self.adopt(&mut flow, beside);
                }
                let mut types = Vec::new();
                self.note(&mut types, node, flow.type_oid());
                if let (Some(column), false) = (columns.get(index), types.is_empty()) {
                    // What has no type is read into the others'.
                    types.extend(Some(column.flow.type_oid()).filter(|oid| *oid != 0));
                    self.unified(&mut flow, &types);
                }
                match columns.get_mut(index) {
                    Some(column) => {
                        let known = &mut column.flow;
                        if self.gather.work(flow.len()) {
                            known.add(&flow);
                        } else {
                            known.set_opaque();
                        }
                    }
                    None => columns.push(Column::new(format!("column{}", index.saturating_add(1)), flow)),
                }
            }
        }
        let _ = mode;
        columns
    }

    /// FOR UPDATE and its kin.
    fn locks(&mut self, select: &nodes::SelectStmt, scope: &Scope<'_>, around: bool) {
        let mut names: Vec<&str> = Vec::new();
        let mut all = around;
        for clause in select.locking_clause() {
            if clause.locked_rels().is_empty() {
                all = true;
            }
            for range in clause.locked_rels() {
                if let Node::RangeVar(range) = range {
                    names.extend(range.relname());
                }
            }
        }
        if !all && names.is_empty() {
            return;
        }
        self.gather.verb(Verb::Lock);
        for table in &scope.tables {
            if all || names.contains(&&*table.name) {
                self.lock(table);
            }
        }
    }

    fn lock(&mut self, table: &Table) {
        if let Some(relation) = table.relation().cloned() {
            self.gather.relation(Verb::Lock, &relation);
            if super::relation::looks_through(&relation)
                && let Some(seen) = self.seen(&relation)
            {
                // A view's lock is a lock on what it reads.
                for (object, rows) in seen.reads() {
                    self.gather.access(Verb::Lock, object, rows);
                }
            }
        } else if let Some(at) = table.at {
            self.gather.lock_of(at);
        }
    }

    /// Reads whole tables, and their rows are not counted.
    fn without_limit(&mut self, scope: &Scope<'_>) {
        for visible in &scope.visible {
            let Visible::Table(table) = visible else { continue };
            self.whole(table);
        }
        for table in &scope.tables {
            self.whole(table);
        }
    }

    fn whole(&mut self, table: &Table) {
        if let Some(relation) = table.relation().cloned()
            && !matches!(&*relation.schema, "pg_catalog" | "information_schema")
        {
            let name = self.gather.full_name(&relation);
            self.gather.risk(RiskKind::NoLimit, &*name);
        }
    }
}

fn ends_in_star(list: &pg_raw_parse::list::NodeList) -> bool {
    matches!(list.iter().next_back(), Some(Node::A_Star(_)))
}
