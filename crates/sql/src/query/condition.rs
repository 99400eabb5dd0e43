//! Whether a condition chooses among the rows of the table that is written to, or lets every row be meant. It is
//! read, not proved: a conjunct counts when it compares a column with something that does not come from the same
//! row, and does not count when its shape is one that is true for each row. What is in doubt does not count.

mod column;
mod conflict;
mod given;
mod leaf;
mod part;
mod range;
mod source;
mod tell;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use model::facts::Object;

use super::scope::{Inside, Table};
use crate::catalogue::Relation;
use crate::gather::Cx;
use crate::parse::{Node, nodes, raw};
use pg_raw_parse::list::NodeList;

use source::Source;

/// The deepest nesting that is followed; what is deeper does not count.
const DEPTH_MAX: u16 = 200;
/// The most arms of an OR that are compared with each other.
const ARMS_MAX: usize = 16;

/// Reads conditions about one table.
pub(super) struct Judge<'a> {
    cx: Cx<'a>,
    name: Arc<str>,
    relation: Option<&'a Relation>,
    object: &'a Object,
    /// It may have columns that are not known.
    open: bool,
    sources: Vec<Source<'a>>,
    /// The queries of WITH that can be named.
    with: Vec<&'a nodes::CommonTableExpr>,
    /// How many sub-selects were looked at.
    asked: Rc<Cell<u32>>,
    /// The conditions of the joins among the sources.
    joins: Vec<Node<'a>>,
    /// In a sub-select names mean its own tables before the table that is written to.
    inner: bool,
    depth: u16,
}

/// A table in a condition: `TARGET`, or a source by its place.
type Who = usize;
const TARGET: Who = 0;

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    /// A literal, and its value when it is a number.
    Literal(Option<f64>),
    /// A parameter, a variable, something computed.
    Open,
}

/// The widest range of numbers that chooses.
const RANGE_MAX: f64 = 10_000.0;

impl End {
    /// Whether the values between two ends are few, as far as one can tell.
    fn near(self, other: Self) -> bool {
        match (self, other) {
            (Self::Open, Self::Open) => true,
            (Self::Literal(Some(a)), Self::Literal(Some(b))) => (a - b).abs() < RANGE_MAX,
            _ => false,
        }
    }
}

/// What one condition tells.
#[derive(Debug, Clone, PartialEq)]
enum Told {
    /// Nothing that counts.
    Nothing,
    /// It is never true.
    Never,
    /// Rows of these tables are chosen.
    Bound(BTreeSet<Who>),
    /// A column that every row has is below, or above, something. Both together choose.
    Below(Who, String, End),
    Above(Who, String, End),
    /// A column of one table equals one of the other.
    Link(Who, Who),
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        cx: Cx<'a>,
        table: &Table,
        relation: Option<&'a Relation>,
        object: &'a Object,
        from: &'a NodeList,
        with: Option<&'a nodes::WithClause>,
    ) -> Self {
        let mut judge = Self::alone(cx, table, relation, object);
        judge.with.extend(with.into_iter().flat_map(source::queries));
        from.iter().for_each(|item| judge.source(item, true));
        judge
    }

    fn alone(cx: Cx<'a>, table: &Table, relation: Option<&'a Relation>, object: &'a Object) -> Self {
        Self {
            cx,
            name: Arc::clone(&table.name),
            relation,
            object,
            open: matches!(table.inside, Inside::Open { .. }) || relation.is_none(),
            sources: Vec::new(),
            with: Vec::new(),
            asked: Rc::default(),
            joins: Vec::new(),
            inner: false,
            depth: 0,
        }
    }

    pub(super) fn of_merge(
        cx: Cx<'a>,
        table: &Table,
        relation: Option<&'a Relation>,
        object: &'a Object,
        source: Node<'a>,
        with: Option<&'a nodes::WithClause>,
    ) -> Self {
        let mut judge = Self::alone(cx, table, relation, object);
        judge.with.extend(with.into_iter().flat_map(source::queries));
        judge.source(source, true);
        judge
    }

    /// Whether these conditions together choose among the target's rows.
    pub(super) fn bounds(&self, conditions: &[Node<'_>]) -> bool {
        let mut told = Vec::new();
        for condition in conditions {
            self.conjuncts(*condition, false, self.depth, &mut told);
        }
        for join in &self.joins {
            self.conjuncts(*join, false, self.depth, &mut told);
        }
        self.together(&told).is_none_or(|bound| bound.contains(&TARGET))
    }

    /// All that must hold for the condition (or, negated, its opposite) to hold.
    fn conjuncts(&self, node: Node<'_>, negated: bool, depth: u16, told: &mut Vec<Told>) {
        if depth > DEPTH_MAX || matches!(node, Node::None) {
            return;
        }
        let deeper = depth.saturating_add(1);
        if let Node::BoolExpr(expr) = node {
            use raw::BoolExprType as Kind;
            match expr.boolop {
                Kind::NOT_EXPR => {
                    for argument in expr.args() {
                        self.conjuncts(argument, !negated, deeper, told);
                    }
                }
                Kind::AND_EXPR if !negated => {
                    for argument in expr.args() {
                        self.conjuncts(argument, false, deeper, told);
                    }
                }
                Kind::OR_EXPR if negated => {
                    for argument in expr.args() {
                        self.conjuncts(argument, true, deeper, told);
                    }
                }
                Kind::AND_EXPR | Kind::OR_EXPR => told.push(self.either(expr.args(), negated, deeper)),
                _ => {}
            }
            return;
        }
        told.push(self.leaf(node, negated, deeper));
    }

    /// One of several conditions holds: what all of them choose.
    fn either(&self, arms: &NodeList, negated: bool, depth: u16) -> Told {
        let mut common: Option<BTreeSet<Who>> = None;
        let mut any = false;
        for arm in arms {
            let mut told = Vec::new();
            self.conjuncts(arm, negated, depth, &mut told);
            let Some(bound) = self.together(&told) else { continue };
            any = true;
            common = Some(match common {
                None => bound,
                Some(old) => old.intersection(&bound).copied().collect(),
            });
        }
        if !any {
            return Told::Never;
        }
        if self.complementary(arms, negated) {
            return Told::Nothing;
        }
        match common {
            Some(common) if !common.is_empty() => Told::Bound(common),
            _ => Told::Nothing,
        }
    }

    /// Whether two arms are about the same column and one of them is the other's opposite: `x OR NOT x`.
    fn complementary(&self, arms: &NodeList, negated: bool) -> bool {
        let all: Vec<(Node<'_>, bool)> =
            arms.iter().take(ARMS_MAX).map(|arm| part::without_not(arm, negated)).collect();
        all.iter().enumerate().any(|(index, (left, left_not))| {
            all.iter().skip(index.saturating_add(1)).any(|(right, right_not)| {
                (left_not != right_not && part::same(*left, *right, 0))
                    || part::opposite(*left, *left_not, *right, *right_not)
            })
        })
    }

    /// The tables whose rows are chosen when all of this holds; `None` = it never does.
    fn together(&self, told: &[Told]) -> Option<BTreeSet<Who>> {
        let mut bound: BTreeSet<Who> = BTreeSet::new();
        for (index, source) in self.sources.iter().enumerate() {
            if source.bounded {
                bound.insert(index.saturating_add(1));
            }
        }
        for one in told {
            match one {
                Told::Never => return None,
                Told::Bound(all) => bound.extend(all),
                Told::Below(who, column, end) => {
                    let closes = |other: &Told| matches!(other, Told::Above(a, name, start) if a == who && name == column && start.near(*end));
                    if told.iter().any(closes) {
                        bound.insert(*who);
                    }
                }
                Told::Nothing | Told::Above(..) | Told::Link(..) => {}
            }
        }
        loop {
            let before = bound.len();
            for one in told {
                if let Told::Link(left, right) = one
                    && (bound.contains(left) || bound.contains(right))
                {
                    bound.extend([*left, *right]);
                }
            }
            if bound.len() == before {
                return Some(bound);
            }
        }
    }
}
