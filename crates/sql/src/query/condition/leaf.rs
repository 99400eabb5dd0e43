//! One condition without AND, OR and NOT in it: what it tells.

use std::collections::BTreeSet;

use super::super::constant::{bare, literal};
use super::super::name::words;
use super::column::is_system;
use super::part::{Parts, equal_constants};
use super::range::is_infinite;
use super::tell::{is_number, tells_nothing};
use super::{End, Judge, TARGET, Told, Who};
use crate::parse::{ConstValue, Node, nodes, raw};

/// The server's operators that hold for few values of a column.
const CHOOSING: [&str; 14] =
    ["=", "~", "~*", "~~", "~~*", "@>", "<@", "&&", "?", "?|", "?&", "@@", "@?", "^@"];

impl Judge<'_> {
    pub(super) fn leaf(&self, node: Node<'_>, negated: bool, depth: u16) -> Told {
        match node {
            Node::A_Const(_) | Node::TypeCast(_) => self.constant(node, negated, depth),
            Node::ColumnRef(reference) => match self.column(reference) {
                // What rows of the target itself are said to be, all of them may be.
                Some(column) if !column.again => bound(column.who),
                _ => Told::Nothing,
            },
            Node::A_Expr(expr) => self.comparison(expr, negated, depth),
            Node::NullTest(test) => {
                let is_null = (test.nulltesttype == raw::NullTestType::IS_NULL) != negated;
                let Some(column) = self.plain(test.arg()) else { return Told::Nothing };
                match (is_null, column.not_null) {
                    (true, true) if column.who == TARGET => Told::Never,
                    // An outer join may have put NULLs there.
                    (true, true) => Told::Nothing,
                    (false, true) => Told::Nothing,
                    (_, false) => bound(column.who),
                }
            }
            Node::BooleanTest(test) => {
                use raw::BoolTestType as Kind;
                match test.booltesttype {
                    Kind::IS_TRUE | Kind::IS_NOT_FALSE => self.one(test.arg(), negated, depth),
                    Kind::IS_FALSE | Kind::IS_NOT_TRUE => self.one(test.arg(), !negated, depth),
                    _ => Told::Nothing,
                }
            }
            Node::SubLink(link) => self.sub_link(link, negated),
            Node::CurrentOfExpr(_) => bound(TARGET),
            Node::FuncCall(call) => self.call(call, negated, depth),
            _ => Told::Nothing,
        }
    }

    /// A condition inside of another.
    fn one(&self, node: Node<'_>, negated: bool, depth: u16) -> Told {
        let mut told = Vec::new();
        self.conjuncts(node, negated, depth, &mut told);
        match self.together(&told) {
            None => Told::Never,
            Some(all) if all.contains(&TARGET) => Told::Bound(all),
            Some(_) => Told::Nothing,
        }
    }

    fn constant(&self, node: Node<'_>, negated: bool, depth: u16) -> Told {
        if let Node::A_Const(constant) = bare(node) {
            let truth = match constant.val() {
                None => return Told::Never,
                Some(ConstValue::Boolean(truth)) => truth,
                Some(ConstValue::String(text)) => !matches!(
                    text.trim().to_ascii_lowercase().as_str(),
                    "f" | "false" | "n" | "no" | "off" | "0"
                ),
                Some(ConstValue::Integer(number)) => number != 0,
                Some(_) => return Told::Nothing,
            };
            return if truth == negated { Told::Never } else { Told::Nothing };
        }
        match node {
            // Numbers are true unless they are zero.
            Node::TypeCast(_) if self.plain(node).is_some_and(|column| column.in_order) => Told::Nothing,
            Node::TypeCast(cast) => self.one(cast.arg(), negated, depth),
            _ => Told::Nothing,
        }
    }

    fn comparison(&self, expr: &nodes::A_Expr, negated: bool, depth: u16) -> Told {
        use raw::A_Expr_Kind as Kind;
        let name = words(expr.name()).last().unwrap_or_default();
        let (left, right) = (expr.lexpr(), expr.rexpr());
        let many = !matches!(expr.kind, Kind::AEXPR_OP) || name != "=";
        if self.gives_own(left, many) || self.gives_own(right, many) {
            return Told::Nothing;
        }
        match expr.kind {
            // Above the least of some, below the greatest, other than one.
            Kind::AEXPR_OP_ANY if matches!(name, "<" | "<=" | ">" | ">=" | "<>" | "!=") && !negated => {
                Told::Nothing
            }
            Kind::AEXPR_OP | Kind::AEXPR_OP_ANY | Kind::AEXPR_IN | Kind::AEXPR_LIKE | Kind::AEXPR_ILIKE => {
                self.compare(name, left, right, negated, depth)
            }
            Kind::AEXPR_SIMILAR if is_any_similar(right) => Told::Nothing,
            Kind::AEXPR_SIMILAR => self.compare("~", left, right, negated != (name == "!~"), depth),
            Kind::AEXPR_DISTINCT => self.compare("<>", left, right, negated, depth),
            Kind::AEXPR_NOT_DISTINCT => self.compare("=", left, right, negated, depth),
            Kind::AEXPR_BETWEEN | Kind::AEXPR_BETWEEN_SYM if !negated => self.between(left, right, depth),
            Kind::AEXPR_NOT_BETWEEN | Kind::AEXPR_NOT_BETWEEN_SYM if negated => {
                self.between(left, right, depth)
            }
            _ => Told::Nothing,
        }
    }

    /// `x BETWEEN a AND b`, as the two comparisons that it is.
    fn between(&self, left: Node<'_>, right: Node<'_>, depth: u16) -> Told {
        let Node::NodeList(ends) = right else { return Told::Nothing };
        let mut all = ends.iter();
        let (Some(low), Some(high)) = (all.next(), all.next()) else { return Told::Nothing };
        let told =
            [self.compare(">=", left, low, false, depth), self.compare("<=", left, high, false, depth)];
        match self.together(&told) {
            None => Told::Never,
            Some(all) if !all.is_empty() => Told::Bound(all),
            Some(_) => Told::Nothing,
        }
    }

    /// Whether a sub-select in an expression gives values of the row itself or, where it may give `many`, of all rows.
    fn gives_own(&self, node: Node<'_>, many: bool) -> bool {
        Parts::of(node).links.into_iter().any(|link| {
            let Node::SelectStmt(select) = link.subselect() else { return true };
            self.is_of_row(select, 0) || (many && !self.select_chooses(select, 0))
        })
    }

    pub(super) fn compare(
        &self,
        name: &str,
        left: Node<'_>,
        right: Node<'_>,
        negated: bool,
        depth: u16,
    ) -> Told {
        let (in_left, in_right) = (Parts::of(left), Parts::of(right));
        if in_left.columns.is_empty() && in_right.columns.is_empty() {
            return self.constants(name, left, right, negated);
        }
        // `(condition) = true`
        for (side, other) in [(left, right), (right, left)] {
            if let Node::A_Const(constant) = bare(other)
                && let Some(ConstValue::Boolean(truth)) = constant.val()
                && !matches!(bare(side), Node::ColumnRef(_))
                && matches!(name, "=" | "<>")
            {
                let straight = truth == (name == "=");
                return self.one(side, negated == straight, depth);
            }
        }
        if in_left.columns.iter().chain(&in_right.columns).any(|one| self.is_row(one)) {
            return Told::Nothing;
        }
        if in_left.columns.iter().any(|a| in_right.columns.iter().any(|b| self.is_same(a, b))) {
            // What trimming would change is few of all.
            let differs = matches!((name, negated), ("<>" | "!=", false) | ("=", true));
            return match self.plain(left).or_else(|| self.plain(right)) {
                Some(column) if differs && (is_trimmed(left) || is_trimmed(right)) => bound(column.who),
                _ => Told::Nothing,
            };
        }
        match (self.owner(&in_left), self.owner(&in_right)) {
            (Some(a), Some(b)) if a != b => {
                if name == "=" && !negated && !in_left.levels && !in_right.levels {
                    Told::Link(a, b)
                } else {
                    Told::Nothing
                }
            }
            // Two columns of one row.
            (Some(a), Some(_)) if in_left.columns.len() + in_right.columns.len() == 2 => bound(a),
            (Some(_), None) => self.against(name, left, &in_left, right, negated),
            (None, Some(_)) => self.against(turned(name), right, &in_right, left, negated),
            _ => Told::Nothing,
        }
    }

    /// A column, or something computed from one, against something that is not of the row.
    fn against(&self, name: &str, side: Node<'_>, parts: &Parts<'_>, value: Node<'_>, negated: bool) -> Told {
        let Some(first) = parts.columns.first().and_then(|reference| self.column(reference)) else {
            return Told::Nothing;
        };
        if is_system(&first.name) && first.name != "ctid" || !parts.calls.iter().all(|call| self.keeps(call))
        {
            return Told::Nothing;
        }
        let plain = self.plain(side);
        let row = matches!(bare(side), Node::RowExpr(_));
        if parts.levels || parts.query || (!row && repeated(parts)) {
            return Told::Nothing;
        }
        let name = if negated { negation(name) } else { name };
        match name {
            "<" | "<=" | ">" | ">=" if literal(value).is_some_and(|text| text.trim().is_empty()) => {
                Told::Nothing
            }
            "<" | "<=" | ">" | ">=" => {
                let Some(column) = plain else {
                    // A function of a column has no bounds that are known.
                    let known = row || is_number(value);
                    return if known { Told::Nothing } else { bound(first.who) };
                };
                if is_infinite(value) == Some(name.starts_with('<')) || Parts::of(value).query && column.key {
                    return Told::Nothing;
                }
                let any = !column.time && (column.key || column.not_null && tells_nothing(name, value));
                match (any, name) {
                    (false, _) => bound(column.who),
                    (true, "<" | "<=") => Told::Below(column.who, column.name, end(value)),
                    (true, _) => Told::Above(column.who, column.name, end(value)),
                }
            }
            // All but few.
            "<>" | "!=" | "!~" | "!~*" | "!~~" | "!~~*" => Told::Nothing,
            "^@" if literal(value).is_some_and(str::is_empty) => Told::Nothing,
            "~~" | "~~*"
                if literal(value).is_some_and(|text| text.chars().all(|c| matches!(c, '%' | '_'))) =>
            {
                Told::Nothing
            }
            "~" | "~*" if literal(value).is_some_and(is_any) => Told::Nothing,
            "@>" if literal(value).is_some_and(|text| matches!(text.trim(), "{}" | "[]" | "")) => {
                Told::Nothing
            }
            "<@" | "&&" | "@>" => {
                self.in_range(name, plain.as_ref(), value).unwrap_or_else(|| bound(first.who))
            }
            name if CHOOSING.contains(&name) => bound(first.who),
            _ => Told::Nothing,
        }
    }

    fn constants(&self, name: &str, left: Node<'_>, right: Node<'_>, negated: bool) -> Told {
        let equal = equal_constants(left, right);
        let holds = match (name, equal) {
            ("=", Some(equal)) => equal,
            ("<>" | "!=", Some(equal)) => !equal,
            _ => return Told::Nothing,
        };
        if holds == negated { Told::Never } else { Told::Nothing }
    }

    fn sub_link(&self, link: &nodes::SubLink, negated: bool) -> Told {
        use raw::SubLinkType as Kind;
        let Node::SelectStmt(select) = link.subselect() else { return Told::Nothing };
        match link.sub_link_type {
            Kind::EXISTS_SUBLINK => {
                // A row of another table that belongs to this one: a join by another name.
                let mut inner = self.nested();
                select.from_clause().iter().for_each(|item| inner.source(item, true));
                let chooses = inner.depth < 100
                    && !select.from_clause().is_empty()
                    && inner.bounds(&[select.where_clause()]);
                if chooses { bound(TARGET) } else { Told::Nothing }
            }
            Kind::ANY_SUBLINK | Kind::ALL_SUBLINK => {
                let name = words(link.oper_name()).last().unwrap_or("=");
                let any = link.sub_link_type == Kind::ANY_SUBLINK;
                let is_in = (any && name == "=" && !negated) || (!any && name == "<>" && negated);
                let not_in = (any && name == "=" && negated) || (!any && name == "<>" && !negated);
                let parts = Parts::of(link.testexpr());
                let Some(owner) = self.owner(&parts).filter(|_| !parts.levels) else { return Told::Nothing };
                // Nothing is in an empty set.
                if not_in
                    && (select.from_clause().is_empty()
                        || matches!(bare(select.where_clause()), Node::A_Const(_)))
                    || self.is_of_row(select, 0)
                {
                    return Told::Nothing;
                }
                if self.depth < 100 && (is_in || not_in) && self.select_chooses(select, 0) {
                    return bound(owner);
                }
                Told::Nothing
            }
            _ => Told::Nothing,
        }
    }
}

pub(super) fn bound(who: Who) -> Told {
    Told::Bound(BTreeSet::from([who]))
}

/// `trim(column)`
fn is_trimmed(node: Node<'_>) -> bool {
    let Node::FuncCall(call) = node else { return false };
    let name = words(call.funcname()).last().unwrap_or_default();
    matches!(name, "btrim" | "ltrim" | "rtrim")
        && call.args().len() == 1
        && matches!(call.args().first(), Some(Node::ColumnRef(_)))
}

fn repeated(parts: &Parts<'_>) -> bool {
    parts.columns.len() > 1
}

/// What a range ends at.
pub(super) fn end(value: Node<'_>) -> End {
    if let Node::A_Expr(expr) = bare(value)
        && matches!(expr.lexpr(), Node::None)
        && words(expr.name()).last() == Some("-")
    {
        return match end(expr.rexpr()) {
            End::Literal(number) => End::Literal(number.map(|number| -number)),
            End::Open => End::Open,
        };
    }
    let Node::A_Const(constant) = bare(value) else { return End::Open };
    End::Literal(match constant.val() {
        Some(ConstValue::Integer(number)) => Some(f64::from(number)),
        Some(ConstValue::Float(text) | ConstValue::String(text)) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A pattern of SIMILAR TO that matches everything.
fn is_any_similar(pattern: Node<'_>) -> bool {
    let pattern = match pattern {
        Node::FuncCall(call) => call.args().first().unwrap_or(Node::None),
        other => other,
    };
    literal(pattern)
        .is_some_and(|text| text.chars().all(|c| matches!(c, '%' | '_' | '|' | '(' | ')' | '*' | '+' | '?')))
}

/// Patterns that match everything.
fn is_any(pattern: &str) -> bool {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    inner.is_empty() || inner.chars().all(|c| matches!(c, '.' | '*' | '+' | '?' | '(' | ')' | '|'))
}

fn turned(name: &str) -> &str {
    match name {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        "@>" => "<@",
        "<@" => "@>",
        other => other,
    }
}

fn negation(name: &str) -> &str {
    match name {
        "=" => "<>",
        "<>" | "!=" => "=",
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        ">=" => "<",
        "!~" => "~",
        "!~*" => "~*",
        "!~~" => "~~",
        "!~~*" => "~~*",
        _ => "!~",
    }
}
