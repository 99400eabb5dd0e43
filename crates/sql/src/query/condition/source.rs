//! The tables beside the one that is written to, and whether a row of theirs is one of few.

use std::rc::Rc;
use std::sync::Arc;

use model::facts::ObjectKind;

use super::part::Parts;
use super::{Judge, Who};
use crate::catalogue::{Named, Relation};
use crate::parse::{Node, nodes, raw};

/// So many rows are few.
const LIMIT_FEW: u64 = 100;
/// So many sub-selects are looked at in one statement.
const ASKED_MAX: u32 = 10_000;

/// The queries of a WITH.
pub(super) fn queries(with: &nodes::WithClause) -> impl Iterator<Item = &nodes::CommonTableExpr> {
    with.ctes().iter()
}

/// A table beside the target.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    /// It is not the target's own rows again: being equal to one of its columns chooses.
    pub(super) bounded: bool,
    pub(super) relation: Option<Arc<Relation>>,
    /// Functions give its rows.
    pub(super) by_functions: bool,
}

impl<'a> Source<'a> {
    /// One of which nothing else is known.
    pub(super) fn of(name: &'a str, bounded: bool) -> Self {
        Self { name, bounded, relation: None, by_functions: false }
    }
}

impl<'a> Judge<'a> {
    /// Takes in an item of FROM. `inner`: its join's condition holds for all rows that are left.
    pub(super) fn source(&mut self, item: Node<'a>, inner: bool) {
        match item {
            Node::RangeVar(range) => {
                let alias = range.alias().and_then(nodes::Alias::aliasname);
                let name = range.relname().unwrap_or_default();
                let relation = self.relation_named(range);
                let made = relation.is_none() && self.is_made_view(range);
                if range.schemaname().is_none()
                    && let Some(at) = self.with.iter().position(|query| query.ctename() == Some(name))
                {
                    // It sees those before it, or itself while it grows.
                    let seen = self.with.get(..at).unwrap_or_default();
                    let bounded = match self.with.get(at).map(|query| query.ctequery()) {
                        Some(Node::SelectStmt(select)) => {
                            let mut inner = self.nested();
                            inner.with = seen.to_vec();
                            inner.select_chooses(select, 0)
                        }
                        _ => true,
                    };
                    self.sources.push(Source::of(alias.unwrap_or(name), bounded));
                    return;
                }
                let same = made
                    || relation.as_ref().is_some_and(|relation| self.is_target(relation))
                    || (relation.is_none() && self.object.oid == 0 && name == &*self.object.name);
                self.sources.push(Source { relation, ..Source::of(alias.unwrap_or(name), !same) });
            }
            Node::RangeSubselect(range) => {
                let name = range.alias().and_then(nodes::Alias::aliasname).unwrap_or_default();
                let bounded = match range.subquery() {
                    Node::SelectStmt(select) => self.select_chooses(select, 0),
                    _ => false,
                };
                self.sources.push(Source::of(name, bounded));
            }
            Node::RangeFunction(range) => {
                let source = self.of_functions(range);
                self.sources.push(source);
            }
            Node::JsonTable(range) => {
                let name = range.alias().and_then(nodes::Alias::aliasname).unwrap_or_default();
                let document = range.context_item().map_or(Node::None, nodes::JsonValueExpr::raw_expr);
                self.sources.push(Source::of(name, self.is_given(document)));
            }
            Node::RangeTableFunc(range) => {
                let name = range.alias().and_then(nodes::Alias::aliasname).unwrap_or_default();
                self.sources.push(Source::of(name, self.is_given(range.docexpr())));
            }
            Node::RangeTableSample(sample) => self.source(sample.relation(), inner),
            Node::JoinExpr(join) => {
                let inner_join = inner && join.jointype == raw::JoinType::JOIN_INNER;
                self.source(join.larg(), inner_join);
                self.source(join.rarg(), inner_join);
                if inner_join && !matches!(join.quals(), Node::None) {
                    self.joins.push(join.quals());
                }
            }
            _ => {}
        }
    }

    fn relation_named(&self, range: &nodes::RangeVar) -> Option<Arc<Relation>> {
        match self.cx.catalogue.relation(self.cx.view, range.schemaname(), range.relname()?) {
            Named::Known(relation) | Named::Changed(relation) => Some(relation),
            Named::Made { .. } | Named::Unknown => None,
        }
    }

    /// Whether this session made it as a view, of whatever rows.
    fn is_made_view(&self, range: &nodes::RangeVar) -> bool {
        let name = range.relname().unwrap_or_default();
        matches!(
            self.cx.catalogue.relation(self.cx.view, range.schemaname(), name),
            Named::Made { kind: ObjectKind::View | ObjectKind::MaterializedView, .. }
        )
    }

    /// Whether rows of a relation are rows of the target: itself, a child, a parent, a view of it.
    fn is_target(&self, relation: &Relation) -> bool {
        let own = self.object.oid;
        relation.oid == own
            || relation.children.contains(&own)
            || relation.parents.contains(&own)
            || (relation.query.is_some() && own != 0)
            || self.relation.is_some_and(|own| own.query.is_some())
    }

    /// Whether a sub-select gives few rows, or rows that are not the target's own.
    pub(super) fn select_chooses(&self, select: &nodes::SelectStmt, depth: u16) -> bool {
        // What is nested deeper or asked for again and again is in doubt.
        self.asked.set(self.asked.get().saturating_add(1));
        if depth > 50 || self.depth > 100 || self.asked.get() > ASKED_MAX {
            return false;
        }
        if let Some(with) = select.with_clause() {
            let mut inner = self.nested();
            inner.with.extend(queries(with));
            return inner.select_within(select, depth);
        }
        self.select_within(select, depth)
    }

    fn select_within(&self, select: &nodes::SelectStmt, depth: u16) -> bool {
        if let Some(number) = super::super::constant::whole_number(select.limit_count()) {
            // A larger part of the table's own rows may be all of them.
            if number < LIMIT_FEW {
                return true;
            }
        }
        if let (Some(left), Some(right)) = (select.larg(), select.rarg()) {
            let deeper = depth.saturating_add(1);
            let left = self.select_chooses(left, deeper);
            return match select.op {
                raw::SetOperation::SETOP_UNION => left && self.select_chooses(right, deeper),
                raw::SetOperation::SETOP_INTERSECT => left || self.select_chooses(right, deeper),
                _ => left,
            };
        }
        if !select.values_lists().is_empty() {
            return true;
        }
        // A set-returning function gives any number of rows.
        if !select.target_list().iter().all(|target| self.is_no_list(target.val())) {
            return false;
        }
        if select.from_clause().is_empty() {
            return true;
        }
        let mut inner = self.nested();
        for item in select.from_clause() {
            inner.source(item, true);
        }
        if inner.sources.iter().any(|source| source.bounded) {
            return inner.gives_chosen(select);
        }
        // Only the target's own rows, so their conditions are what matters.
        inner.sources.iter().enumerate().all(|(index, _)| inner.chooses_source(select, index))
    }

    /// Whether a sub-select's values, not its conditions, are those of the row that is looked at.
    pub(super) fn is_of_row(&self, select: &nodes::SelectStmt, depth: u16) -> bool {
        if depth > 50 {
            return true;
        }
        let deeper = depth.saturating_add(1);
        let arms = [select.larg(), select.rarg()];
        if arms.into_iter().flatten().any(|arm| self.is_of_row(arm, deeper)) {
            return true;
        }
        let mut inner = self.nested();
        for item in select.from_clause() {
            inner.source(item, true);
        }
        let of_row = |node: Node<'_>| {
            let parts = super::part::Parts::of(node);
            parts.columns.iter().any(|reference| inner.is_outer(reference))
                || parts.links.iter().any(|link| match link.subselect() {
                    Node::SelectStmt(select) => inner.is_of_row(select, deeper),
                    _ => true,
                })
        };
        select.target_list().iter().any(|target| of_row(target.val()))
            || select.values_lists().iter().any(of_row)
            || select.from_clause().iter().any(|item| match item {
                Node::RangeSubselect(range) => match range.subquery() {
                    Node::SelectStmt(select) => self.is_of_row(select, deeper),
                    _ => true,
                },
                _ => false,
            })
    }

    /// Whether all results are of tables whose rows are chosen.
    fn gives_chosen(&self, select: &nodes::SelectStmt) -> bool {
        let is_any =
            |(index, source): (usize, &Source<'_>)| !source.bounded && !self.chooses_source(select, index);
        let any: Vec<Who> = self
            .sources
            .iter()
            .enumerate()
            .filter(|it| is_any(*it))
            .map(|(index, _)| index.saturating_add(1))
            .collect();
        any.is_empty()
            || select.target_list().iter().all(|target| {
                Parts::of(target.val())
                    .columns
                    .iter()
                    .all(|reference| self.column(reference).is_some_and(|column| !any.contains(&column.who)))
            })
    }

    fn chooses_source(&self, select: &nodes::SelectStmt, index: usize) -> bool {
        let mut told = Vec::new();
        self.conjuncts(select.where_clause(), false, self.depth, &mut told);
        self.conjuncts(select.having_clause(), false, self.depth, &mut told);
        for join in &self.joins {
            self.conjuncts(*join, false, self.depth, &mut told);
        }
        self.together(&told).is_none_or(|bound| bound.contains(&index.saturating_add(1)))
    }

    /// The same question inside of a sub-select.
    pub(super) fn nested<'b>(&self) -> Judge<'b>
    where
        'a: 'b,
    {
        Judge {
            with: self.with.clone(),
            asked: Rc::clone(&self.asked),
            cx: self.cx,
            name: Arc::clone(&self.name),
            relation: self.relation,
            object: self.object,
            open: self.open,
            sources: Vec::new(),
            joins: Vec::new(),
            inner: true,
            depth: self.depth.saturating_add(10),
        }
    }
}
