//! Operators, IN, BETWEEN, LIKE and their kin: what they compute from, and what they call. Which functions are behind
//! an operator is [`super::call`]'s to say.

use super::Scope;
use super::adopt::Beside;
use super::hazard::{Operation, Verdict};
use super::name::words;
use super::walk::Walk;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes, raw};

/// The longest chain of operators that is walked in a loop.
const CHAIN_MAX: usize = 100_000;

impl Walk<'_, '_> {
    /// An operator, IN, BETWEEN, LIKE and their kin. Chains lean to the left and are walked in a loop.
    pub(super) fn operation(&mut self, expr: &nodes::A_Expr, scope: &Scope<'_>) -> Flow {
        let mut flow = Flow::default();
        // What goes into the outermost operator that can fail.
        let mut risked: Option<Flow> = None;
        // Whether something that can fail, or do something, is only computed where what stands before it says so.
        let mut is_cut_short = false;
        let mut beside = Beside::default();
        let mut reads_json = false;
        let mut at = expr;
        for _ in 0..CHAIN_MAX {
            let before = self.gather.faults();
            let right = self.expression(at.rexpr(), scope);
            self.add(&mut flow, &right);
            beside.see(right.type_oid());
            is_cut_short |= stops_early(at) && self.gather.faults() > before;
            let value = match at.lexpr() {
                Node::A_Expr(next) => {
                    let own_before = self.gather.faults();
                    let own = self.operators_of(at, None);
                    self.add(&mut flow, &own);
                    let sides = (Some((at.lexpr(), None)), &right);
                    let verdict = self.judged(at, own_before, sides, false);
                    self.risk(verdict, &mut risked, &right);
                    reads_json |= is_text_of_json(at);
                    at = next;
                    continue;
                }
                other => self.expression(other, scope),
            };
            let left = (!matches!(at.lexpr(), Node::None)).then(|| value.type_oid());
            let right_type = match at.kind {
                // It stands between the left side and each element.
                raw::A_Expr_Kind::AEXPR_OP_ANY | raw::A_Expr_Kind::AEXPR_OP_ALL => {
                    super::coerce::element(right.type_oid(), self.cx).unwrap_or_default()
                }
                _ => right.type_oid(),
            };
            let own_before = self.gather.faults();
            let is_servers = left.is_some_and(|left| self.is_servers(at, left, right_type));
            let own =
                if is_servers { Flow::default() } else { self.operators_of(at, Some((left, right_type))) };
            let sides = (left.map(|_| (at.lexpr(), Some(&value))), &right);
            let verdict = self.judged(at, own_before, sides, is_servers);
            let reads_json = reads_json || is_text_of_json(at);
            let verdict = if reads_json && self.may_hold_zero(&value) { Verdict::Partial } else { verdict };
            self.risk(verdict, &mut risked, &right);
            if let Some(risked) = &mut risked {
                self.add(risked, &value);
                self.gather.partial(risked);
            }
            self.add(&mut flow, &own);
            self.add(&mut flow, &value);
            is_cut_short |= compares_rows(at) && self.gather.faults() > before;
            if is_cut_short && at.kind == raw::A_Expr_Kind::AEXPR_IN && std::ptr::eq(at, expr) {
                self.deciding(before, [(at.lexpr(), &value), (at.rexpr(), &right)].into_iter(), scope);
            } else if is_cut_short {
                self.gather.partial(&flow);
            }
            if !std::ptr::eq(at, expr) {
                // Which stands beside which nobody asks in a chain.
                beside.see(value.type_oid());
                self.adopt(&mut flow, beside);
            }
            let shape = match expr.kind {
                raw::A_Expr_Kind::AEXPR_OP => Shape::Unknown,
                raw::A_Expr_Kind::AEXPR_NULLIF => value.shape.clone(),
                _ => Shape::Type(16),
            };
            return flow.derived().shaped(shape);
        }
        self.gather.opaque("limit", format!("it has a chain of more than {CHAIN_MAX} operators"));
        Flow::unknown()
    }

    /// `before`: how much could fail before its own casts were looked at; one that somebody made can.
    fn judged(
        &self,
        at: &nodes::A_Expr,
        before: u32,
        (left, right): (Option<(Node<'_>, Option<&Flow>)>, &Flow),
        is_servers: bool,
    ) -> Verdict {
        if self.gather.faults() > before {
            return Verdict::Partial;
        }
        let name = words(at.name()).next_back().unwrap_or_default();
        let kind = left.and_then(|(_, flow)| flow).map_or(0, Flow::type_oid);
        let is_alike = right.type_oid() == 0 || right.type_oid() == kind;
        let built_in =
            is_servers || self.is_plain(at) || is_alike && self.joins(at, kind) || self.is_citext(at, kind);
        self.judge_operation(&Operation { kind: at.kind, name, left, right: (at.rexpr(), right), built_in })
    }

    /// Notes what an operator is given, if it or one around it can fail.
    fn risk(&mut self, verdict: Verdict, risked: &mut Option<Flow>, given: &Flow) {
        if verdict != Verdict::Total {
            self.gather.fault();
        }
        if verdict == Verdict::Partial && risked.is_none() {
            *risked = Some(Flow::default());
        }
        if let Some(risked) = risked {
            self.add(risked, given);
        }
    }

    /// What the operators of one node do; returns what their functions may read.
    fn operators_of(&mut self, expr: &nodes::A_Expr, sides: Option<(Option<u32>, u32)>) -> Flow {
        use raw::A_Expr_Kind as Kind;
        match expr.kind {
            Kind::AEXPR_BETWEEN
            | Kind::AEXPR_NOT_BETWEEN
            | Kind::AEXPR_BETWEEN_SYM
            | Kind::AEXPR_NOT_BETWEEN_SYM => {
                let mut flow = Flow::default();
                for name in ["<", "<=", ">", ">="] {
                    let own = self.operator(&[name], sides.map(|(left, _)| (left, 0)));
                    self.add(&mut flow, &own);
                }
                flow
            }
            _ => {
                let names: Vec<&str> = words(expr.name()).collect();
                self.operator(&names, sides)
            }
        }
    }
}

/// Whether the right side is not computed to its end where its beginning has told: a list, and the two ends of a range.
fn stops_early(at: &nodes::A_Expr) -> bool {
    use raw::A_Expr_Kind as Kind;
    match at.kind {
        Kind::AEXPR_IN => matches!(at.rexpr(), Node::NodeList(list) if list.len() > 1),
        Kind::AEXPR_BETWEEN
        | Kind::AEXPR_NOT_BETWEEN
        | Kind::AEXPR_BETWEEN_SYM
        | Kind::AEXPR_NOT_BETWEEN_SYM => true,
        _ => false,
    }
}

/// Whether what JSON holds is shown as a text.
fn is_text_of_json(at: &nodes::A_Expr) -> bool {
    matches!(words(at.name()).next_back(), Some("->>" | "#>>"))
}

/// Whether rows are compared, of which a pair is only computed where the pairs before it are alike.
fn compares_rows(at: &nodes::A_Expr) -> bool {
    let is_row = |node: Node<'_>| matches!(node, Node::RowExpr(row) if row.args().len() > 1);
    is_row(at.lexpr()) || is_row(at.rexpr())
}
