//! WITH: the queries of a level, in any order that RECURSIVE allows, and the columns that a reference to each sees.

use std::cell::RefCell;
use std::rc::Rc;

use super::Scope;
use super::name::words;
use super::scope::{Cte, CteState};
use super::select::Mode;
use super::walk::Walk;
use crate::gather::{Column, Flow};
use crate::parse::{Node, nodes, raw};

/// How often a recursive query is walked until the lineage of its columns stays the same. Each round moves what a
/// column depends on by one column; a query that needs more rounds has all its columns depend on all.
const ROUNDS_MAX: usize = 8;

impl<'s> Scope<'s> {
    /// A level with the queries of a WITH, none of them walked yet.
    pub(super) fn with(clause: Option<&'s nodes::WithClause>, outer: &'s Scope<'s>) -> Self {
        let mut scope = Self::inside(outer);
        if let Some(clause) = clause {
            scope.with = clause
                .ctes()
                .iter()
                .map(|node| {
                    Rc::new(Cte {
                        name: node.ctename().unwrap_or_default().into(),
                        node,
                        state: RefCell::new(CteState::Waiting),
                    })
                })
                .collect();
        }
        scope
    }
}

impl Walk<'_, '_> {
    /// Walks all queries of a level's WITH. Each happens, whether it is referred to or not.
    pub(super) fn with_all(&mut self, clause: Option<&nodes::WithClause>, scope: &mut Scope<'_>) {
        let Some(clause) = clause else { return };
        if clause.recursive {
            for cte in scope.with.clone() {
                self.cte(&cte, scope, true);
            }
            return;
        }
        // Without RECURSIVE a query sees those before it only.
        let all = std::mem::take(&mut scope.with);
        for cte in all {
            self.cte(&cte, scope, false);
            scope.with.push(cte);
        }
    }

    /// The columns of a WITH query.
    pub(super) fn cte(&mut self, cte: &Rc<Cte<'_>>, scope: &Scope<'_>, recursive: bool) -> Vec<Column> {
        let state = cte.state.borrow().clone();
        match state {
            CteState::Within(columns) | CteState::Done(columns) => {
                self.gather.work(columns.len());
                return columns;
            }
            CteState::Waiting => {}
        }
        cte.state.replace(CteState::Within(Vec::new()));
        let columns = self
            .deeper(|walk| {
                let query = cte.node.ctequery();
                let columns = match query {
                    Node::SelectStmt(select) if recursive && select.op == raw::SetOperation::SETOP_UNION => {
                        walk.recursive(cte, select, scope)
                    }
                    _ => walk.query(query, scope, Mode::PART).unwrap_or_default(),
                };
                walk.cte_columns(cte, columns)
            })
            .unwrap_or_default();
        cte.state.replace(CteState::Done(columns.clone()));
        columns
    }

    /// `first UNION [ALL] step`, in which `step` refers to itself.
    fn recursive(&mut self, cte: &Cte<'_>, select: &nodes::SelectStmt, scope: &Scope<'_>) -> Vec<Column> {
        let mut level = Scope::with(select.with_clause(), scope);
        self.with_all(select.with_clause(), &mut level);
        let (Some(first), Some(step)) = (select.larg(), select.rarg()) else { return Vec::new() };
        let mut columns = self.select(first, &level, Mode::PART);
        for round in 0..=ROUNDS_MAX {
            let seen = self.cte_columns(cte, columns.clone());
            cte.state.replace(CteState::Within(seen));
            let stepped = self.select(step, &level, Mode::PART);
            let before: usize = columns.iter().map(|column| column.flow.len()).sum();
            for (column, more) in columns.iter_mut().zip(&stepped) {
                self.add(&mut column.flow, &more.flow);
            }
            let after: usize = columns.iter().map(|column| column.flow.len()).sum();
            if before == after && round > 0 {
                break;
            }
            if round == ROUNDS_MAX {
                let mut all = Flow::default();
                for column in columns.iter().chain(&stepped) {
                    self.add(&mut all, &column.flow);
                }
                for column in &mut columns {
                    self.add(&mut column.flow, &all);
                }
            }
        }
        if !select.all {
            for column in &columns {
                self.gather.predicate(&column.flow);
            }
        }
        self.order_and_limit(select, &level, &columns, Mode::PART);
        columns
    }

    /// The columns under the names of the WITH list, with those that SEARCH and CYCLE add.
    fn cte_columns(&mut self, cte: &Cte<'_>, mut columns: Vec<Column>) -> Vec<Column> {
        for (column, name) in columns.iter_mut().zip(words(cte.node.aliascolnames())) {
            column.name = name.into();
        }
        let mut more: Vec<Column> = Vec::new();
        if let Some(search) = cte.node.search_clause() {
            let flow = self.listed(&columns, words(search.search_col_list()));
            more.push(Column::new(search.search_seq_column().unwrap_or_default(), flow));
        }
        if let Some(cycle) = cte.node.cycle_clause() {
            let flow = self.listed(&columns, words(cycle.cycle_col_list()));
            for name in [cycle.cycle_mark_column(), cycle.cycle_path_column()] {
                more.push(Column::new(name.unwrap_or_default(), flow.clone()));
            }
        }
        columns.extend(more);
        columns
    }

    fn listed<'n>(&mut self, columns: &[Column], names: impl Iterator<Item = &'n str>) -> Flow {
        let mut flow = Flow::default();
        for name in names {
            for column in columns.iter().filter(|column| &*column.name == name) {
                self.add(&mut flow, &column.flow);
            }
        }
        let flow = flow.derived();
        self.gather.predicate(&flow);
        flow
    }

    /// The columns of the WITH query of this name, if one is in sight.
    pub(super) fn cte_named(&mut self, name: &str, scope: &Scope<'_>) -> Option<Vec<Column>> {
        for level in scope.levels() {
            if let Some(cte) = level.with.iter().rev().find(|cte| &*cte.name == name) {
                let cte = Rc::clone(cte);
                return Some(self.cte(&cte, level, true));
            }
        }
        None
    }
}
