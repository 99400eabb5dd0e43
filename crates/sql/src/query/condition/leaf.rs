//! One condition without AND, OR and NOT in it: what it tells.

use std::collections::BTreeSet;

use super::super::constant::{bare, literal};
use super::super::name::words;
use super::part::{Parts, equal_constants};
use super::{Judge, TARGET, Told, Who};
use crate::parse::{ConstValue, Node, nodes, raw};

/// The server's types of dates and times: `date`, `time`, `timestamp`, `timestamptz`, `interval`, `timetz`.
const TIMES: [u32; 6] = [1082, 1083, 1114, 1184, 1186, 1266];
/// The server's operators that hold for few values of a column.
const CHOOSING: [&str; 14] =
    ["=", "~", "~*", "~~", "~~*", "@>", "<@", "&&", "?", "?|", "?&", "@@", "@?", "^@"];

/// A column as a condition sees it.
struct Seen {
    who: Who,
    name: String,
    /// Each row has a value.
    not_null: bool,
    key: bool,
    time: bool,
}

impl Judge<'_> {
    pub(super) fn leaf(&self, node: Node<'_>, negated: bool, depth: u16) -> Told {
        match node {
            Node::A_Const(_) | Node::TypeCast(_) => self.constant(node, negated, depth),
            Node::ColumnRef(reference) => match self.column(reference) {
                Some(column) => bound(column.who),
                None => Told::Nothing,
            },
            Node::A_Expr(expr) => self.comparison(expr, negated, depth),
            Node::NullTest(test) => {
                let is_null = (test.nulltesttype == raw::NullTestType::IS_NULL) != negated;
                let Some(column) = self.plain(test.arg()) else { return Told::Nothing };
                match (is_null, column.not_null) {
                    (true, true) => Told::Never,
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
            Node::FuncCall(call) => self.call(call),
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
            Node::TypeCast(cast) => self.one(cast.arg(), negated, depth),
            _ => Told::Nothing,
        }
    }

    fn comparison(&self, expr: &nodes::A_Expr, negated: bool, depth: u16) -> Told {
        use raw::A_Expr_Kind as Kind;
        let name = words(expr.name()).last().unwrap_or_default();
        let (left, right) = (expr.lexpr(), expr.rexpr());
        match expr.kind {
            Kind::AEXPR_OP | Kind::AEXPR_OP_ANY | Kind::AEXPR_IN | Kind::AEXPR_LIKE | Kind::AEXPR_ILIKE => {
                self.compare(name, left, right, negated, depth)
            }
            Kind::AEXPR_SIMILAR => self.compare("~", left, right, negated != (name == "!~"), depth),
            Kind::AEXPR_OP_ALL => match name {
                "<>" => self.compare("<>", left, right, negated, depth),
                "=" if !negated => self.compare("=", left, right, false, depth),
                _ => Told::Nothing,
            },
            Kind::AEXPR_DISTINCT => self.compare("<>", left, right, negated, depth),
            Kind::AEXPR_NOT_DISTINCT => self.compare("=", left, right, negated, depth),
            Kind::AEXPR_BETWEEN | Kind::AEXPR_BETWEEN_SYM if !negated => {
                self.compare("=", left, right, false, depth)
            }
            Kind::AEXPR_NOT_BETWEEN | Kind::AEXPR_NOT_BETWEEN_SYM if negated => {
                self.compare("=", left, right, false, depth)
            }
            _ => Told::Nothing,
        }
    }

    fn compare(&self, name: &str, left: Node<'_>, right: Node<'_>, negated: bool, depth: u16) -> Told {
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
        if in_left.columns.iter().any(|a| in_right.columns.iter().any(|b| self.is_same(a, b))) {
            return Told::Nothing;
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
        let plain = self.plain(side);
        let row = matches!(bare(side), Node::RowExpr(_));
        if parts.levels || parts.query || (!row && repeated(parts)) {
            return Told::Nothing;
        }
        let name = if negated { negation(name) } else { name };
        let every = |column: &Seen| column.not_null || column.key;
        match name {
            "<" | "<=" | ">" | ">=" => {
                let Some(column) = plain else {
                    // A function of a column has no bounds that are known.
                    let known = row || is_number(value);
                    return if known { Told::Nothing } else { bound(first.who) };
                };
                let any = column.key || (column.not_null && !column.time && is_literal(value));
                match (any, name) {
                    (false, _) => bound(column.who),
                    (true, "<" | "<=") => Told::Below(column.who, column.name),
                    (true, _) => Told::Above(column.who, column.name),
                }
            }
            "<>" | "!=" | "!~" | "!~*" | "!~~" | "!~~*" => match plain {
                Some(column) if !every(&column) => bound(column.who),
                _ => Told::Nothing,
            },
            "~~" | "~~*"
                if literal(value).is_some_and(|text| text.chars().all(|c| matches!(c, '%' | '_'))) =>
            {
                Told::Nothing
            }
            "~" | "~*" if literal(value).is_some_and(is_any) => Told::Nothing,
            "@>" if literal(value).is_some_and(|text| matches!(text.trim(), "{}" | "[]" | "")) => {
                Told::Nothing
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

    fn call(&self, call: &nodes::FuncCall) -> Told {
        let mut owner = None;
        for node in call.args() {
            let parts = Parts::of(node);
            if parts.levels || parts.query {
                return Told::Nothing;
            }
            owner = owner.or_else(|| self.owner(&parts));
        }
        let (schema, name) = super::super::name::qualified(words(call.funcname()));
        let all = self.cx.catalogue.functions(self.cx.view, schema, name);
        let own = all.is_empty() || all.iter().any(|function| &*function.schema != "pg_catalog");
        match owner {
            Some(owner) if !own => bound(owner),
            _ => Told::Nothing,
        }
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
                if self.depth < 100 && (is_in || not_in) && self.select_chooses(select, 0) {
                    return bound(owner);
                }
                Told::Nothing
            }
            _ => Told::Nothing,
        }
    }

    /// The one table that all columns belong to.
    fn owner(&self, parts: &Parts<'_>) -> Option<Who> {
        let mut owner = None;
        for reference in &parts.columns {
            let who = self.column(reference)?.who;
            if *owner.get_or_insert(who) != who {
                return None;
            }
        }
        owner
    }

    fn is_same(&self, left: &nodes::ColumnRef, right: &nodes::ColumnRef) -> bool {
        match (self.column(left), self.column(right)) {
            (Some(a), Some(b)) => a.who == b.who && a.name == b.name,
            _ => words(left.fields()).last() == words(right.fields()).last(),
        }
    }

    fn plain(&self, node: Node<'_>) -> Option<Seen> {
        match bare(node) {
            Node::ColumnRef(reference) => self.column(reference),
            _ => None,
        }
    }

    /// Whose column a reference is.
    fn column(&self, reference: &nodes::ColumnRef) -> Option<Seen> {
        let names: Vec<&str> = words(reference.fields()).collect();
        let (name, table) = match names.as_slice() {
            [name] => (*name, None),
            [.., table, name] => (*name, Some(*table)),
            [] => return None,
        };
        let who = match table {
            Some(table) => {
                let source = self.sources.iter().position(|source| source.name == table);
                let source = source.map(|at| at.saturating_add(1));
                let own = (table == &*self.name).then_some(TARGET);
                if self.inner { source.or(own)? } else { own.or(source)? }
            }
            None => self.unqualified(name)?,
        };
        let relation = match who {
            TARGET => self.relation,
            at => self.sources.get(at.checked_sub(1)?)?.relation.as_deref(),
        };
        let column = relation.and_then(|relation| relation.columns.iter().find(|c| &*c.name == name));
        if column.is_none() && who == TARGET && !self.open && !is_system(name) {
            return None;
        }
        let key = match (relation, column) {
            (Some(relation), Some(column)) => relation.keys.iter().any(|key| key.contains(&column.number)),
            _ => false,
        };
        Some(Seen {
            who,
            name: name.to_owned(),
            not_null: key || is_system(name) || column.is_some_and(|column| column.not_null),
            key: key || is_system(name),
            time: column.is_some_and(|column| TIMES.contains(&column.type_oid)),
        })
    }

    fn unqualified(&self, name: &str) -> Option<Who> {
        let has = |relation: &crate::catalogue::Relation| relation.columns.iter().any(|c| &*c.name == name);
        let own = self.relation.is_some_and(has) || is_system(name);
        let source = self.sources.iter().position(|source| source.relation.as_deref().is_some_and(has));
        let source = source.map(|at| at.saturating_add(1));
        if self.inner && source.is_some() {
            return source;
        }
        if own {
            return Some(TARGET);
        }
        // One table whose columns are not known may have it.
        let unknown = self.sources.iter().position(|source| source.relation.is_none());
        let unknown = unknown.map(|at| at.saturating_add(1));
        source.or(unknown).or(self.open.then_some(TARGET))
    }
}

fn bound(who: Who) -> Told {
    Told::Bound(BTreeSet::from([who]))
}

fn is_system(name: &str) -> bool {
    matches!(name, "ctid" | "xmin" | "xmax" | "cmin" | "cmax" | "tableoid")
}

fn repeated(parts: &Parts<'_>) -> bool {
    parts.columns.len() > 1
}

fn is_literal(node: Node<'_>) -> bool {
    match bare(node) {
        Node::A_Const(_) | Node::ParamRef(_) => true,
        Node::A_Expr(expr) => matches!(expr.lexpr(), Node::None) && is_literal(expr.rexpr()),
        _ => false,
    }
}

fn is_number(node: Node<'_>) -> bool {
    is_literal(node) && literal(node).is_none_or(|text| text.parse::<f64>().is_ok())
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
