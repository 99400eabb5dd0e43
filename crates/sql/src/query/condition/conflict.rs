//! Whether INSERT … ON CONFLICT DO UPDATE can change every row of its table: when its rows are those of the table
//! again, or made up by a function, and no condition of its own chooses among them.

use model::facts::Object;

use super::source::Source;
use super::{Judge, TARGET};
use crate::catalogue::Relation;
use crate::gather::Cx;
use crate::parse::{Node, nodes, raw};
use crate::query::constant::{bare, whole_number};
use crate::query::name::{qualified, words};
use crate::query::scope::Table;

/// The longest LIMIT that makes few rows of any.
const FEW: u64 = 100;
/// The deepest nesting that is followed.
const DEPTH_MAX: u16 = 50;
/// WITH queries by their names; none when it may call itself, and so give any number of rows.
type Withs<'n> = Vec<(&'n str, Option<&'n nodes::SelectStmt>)>;

impl<'a> Judge<'a> {
    /// For the rows that a conflict changes.
    pub(in crate::query) fn on_conflict(
        cx: Cx<'a>,
        table: &Table,
        relation: Option<&'a Relation>,
        object: &'a Object,
    ) -> Self {
        Self::alone(cx, table, relation, object)
    }
}

impl Judge<'_> {
    /// Whether few of the target's rows can be changed.
    pub(in crate::query) fn bounds_conflict(
        &self,
        statement: &nodes::InsertStmt,
        conflict: &nodes::OnConflictClause,
    ) -> bool {
        let Node::SelectStmt(select) = statement.select_stmt() else {
            // DEFAULT VALUES.
            return true;
        };
        let mut withs = Withs::new();
        with(statement.with_clause(), &mut withs);
        if self.few(select, &withs, 0) {
            return true;
        }
        let mut judge = self.nested();
        judge.inner = false;
        judge.sources.push(Source::of("excluded", false));
        let mut told = Vec::new();
        judge.conjuncts(conflict.where_clause(), false, self.depth, &mut told);
        judge.together(&told).is_none_or(|bound| bound.contains(&TARGET))
    }

    /// Whether a query's rows are few, or not the target's own.
    fn few(&self, select: &nodes::SelectStmt, around: &Withs<'_>, depth: u16) -> bool {
        if depth > DEPTH_MAX {
            return false;
        }
        let deeper = depth.saturating_add(1);
        if whole_number(select.limit_count()).is_some_and(|number| number <= FEW)
            || !select.values_lists().is_empty()
        {
            return true;
        }
        let mut withs: Withs<'_> = around.clone();
        with(select.with_clause(), &mut withs);
        if let (Some(left), Some(right)) = (select.larg(), select.rarg()) {
            return match select.op {
                raw::SetOperation::SETOP_UNION => {
                    self.few(left, &withs, deeper) && self.few(right, &withs, deeper)
                }
                raw::SetOperation::SETOP_INTERSECT => {
                    self.few(left, &withs, deeper) || self.few(right, &withs, deeper)
                }
                _ => self.few(left, &withs, deeper),
            };
        }
        if !select.target_list().iter().all(|target| self.is_one(target.val(), 0)) {
            return false;
        }
        let mut inner = self.nested();
        for item in select.from_clause() {
            inner.feed(item, true, &withs, deeper);
        }
        let mut told = Vec::new();
        inner.conjuncts(select.where_clause(), false, self.depth, &mut told);
        inner.conjuncts(select.having_clause(), false, self.depth, &mut told);
        for join in &inner.joins {
            inner.conjuncts(*join, false, self.depth, &mut told);
        }
        let Some(bound) = inner.together(&told) else { return true };
        (1..=inner.sources.len()).all(|source| bound.contains(&source))
    }

    /// An expression of a kind that gives one value for a row, never many.
    fn is_one(&self, node: Node<'_>, depth: u16) -> bool {
        let deeper = depth.saturating_add(1);
        depth < DEPTH_MAX
            && match bare(node) {
                Node::FuncCall(call) => {
                    let (schema, name) = qualified(words(call.funcname()));
                    let all = self.cx.catalogue.functions(self.cx.view, schema, name);
                    all.iter().all(|function| !function.returns_set)
                        && call.args().iter().all(|argument| self.is_one(argument, deeper))
                }
                Node::A_Expr(expr) => self.is_one(expr.lexpr(), deeper) && self.is_one(expr.rexpr(), deeper),
                Node::A_Indirection(indirection) => self.is_one(indirection.arg(), deeper),
                Node::A_ArrayExpr(array) => array.elements().iter().all(|one| self.is_one(one, deeper)),
                Node::RowExpr(row) => row.args().iter().all(|one| self.is_one(one, deeper)),
                Node::BoolExpr(expr) => expr.args().iter().all(|one| self.is_one(one, deeper)),
                Node::NodeList(list) => list.iter().all(|one| self.is_one(one, deeper)),
                // Functions that give many rows may not stand in CASE, COALESCE and their kin.
                _ => true,
            }
    }
}

impl<'a> Judge<'a> {
    /// Takes in an item of FROM.
    fn feed(&mut self, item: Node<'a>, inner: bool, withs: &Withs<'a>, depth: u16) {
        match item {
            Node::RangeVar(range) => {
                let name = range.relname().unwrap_or_default();
                let named = range.schemaname().is_none().then(|| withs.iter().rfind(|with| with.0 == name));
                match named.flatten() {
                    Some((_, select)) => {
                        let alias = range.alias().and_then(nodes::Alias::aliasname);
                        // What stands before it is all that it can mean.
                        let before = withs.iter().take_while(|with| with.0 != name).copied().collect();
                        let bounded = select.is_some_and(|select| self.few(select, &before, depth));
                        self.sources.push(Source::of(alias.unwrap_or(name), bounded));
                    }
                    None => self.source(item, inner),
                }
            }
            Node::RangeSubselect(range) => {
                let name = range.alias().and_then(nodes::Alias::aliasname).unwrap_or_default();
                let bounded = match range.subquery() {
                    Node::SelectStmt(select) => self.few(select, withs, depth),
                    _ => false,
                };
                self.sources.push(Source::of(name, bounded));
            }
            Node::RangeFunction(range) => {
                let source = self.of_functions(range);
                self.sources.push(source);
            }
            Node::JoinExpr(join) => {
                let inner = inner && join.jointype == raw::JoinType::JOIN_INNER;
                self.feed(join.larg(), inner, withs, depth);
                self.feed(join.rarg(), inner, withs, depth);
                if inner && !matches!(join.quals(), Node::None) {
                    self.joins.push(join.quals());
                }
            }
            _ => self.source(item, inner),
        }
    }
}

/// Adds the queries of a WITH. One that writes is judged by itself.
fn with<'n>(clause: Option<&'n nodes::WithClause>, withs: &mut Withs<'n>) {
    let recursive = clause.is_some_and(|clause| clause.recursive);
    for cte in clause.map(|clause| clause.ctes().iter()).into_iter().flatten() {
        if let (Some(name), Node::SelectStmt(select)) = (cte.ctename(), cte.ctequery()) {
            withs.push((name, (!recursive).then_some(select)));
        }
    }
}
