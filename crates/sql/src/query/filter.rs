//! WHERE and ON: which of their columns are only looked up, compared as a whole with constants or parameters, and
//! which are probed by more. What is in doubt is a probe.

mod list;

use super::Scope;
use super::name::{qualified, type_words, words};
use super::walk::Walk;
use crate::catalogue::Volatility;
use crate::function::{FIRST_OWN, is_built_in};
use crate::gather::Flow;
use crate::parse::{Node, nodes, raw};
use list::count;
use pg_raw_parse::list::NodeList;

/// The largest column side of a look-up, and the deepest constant; what is larger counts as a probe.
const COLUMN_MAX: usize = 64;
const DEPTH_MAX: usize = 64;
/// Functions that change nothing but the case of letters.
const FOLDING: [&str; 2] = ["lower", "upper"];
/// Types whose text a value's own text is.
const TEXTS: [&str; 3] = ["text", "varchar", "citext"];

/// Collations that every server has.
const COLLATIONS: [&str; 8] =
    ["default", "C", "POSIX", "ucs_basic", "unicode", "C.utf8", "pg_c_utf8", "pg_unicode_fast"];

/// Functions that are not immutable, but for settings that say how a value is written, or where a day begins.
const STEADY: [&str; 14] = [
    "now",
    "transaction_timestamp",
    "statement_timestamp",
    "date_trunc",
    "date_part",
    "extract",
    "timezone",
    "age",
    "to_date",
    "to_timestamp",
    "make_timestamptz",
    "concat",
    "concat_ws",
    "format",
];

/// `float4`, `float8`
const FLOATS: [u32; 2] = [700, 701];

impl Walk<'_, '_> {
    /// A condition that rows of FROM must meet.
    pub(super) fn filter(&mut self, node: Node<'_>, scope: &Scope<'_>) {
        match node {
            Node::None => {}
            // Several equalities tell no more than each.
            Node::BoolExpr(expr) if expr.boolop != raw::BoolExprType::NOT_EXPR => {
                let args = expr.args();
                let _ = self.deeper(|walk| args.iter().for_each(|arg| walk.filter(arg, scope)));
            }
            _ => {
                let _ = self.chooses(node, scope);
            }
        }
    }

    /// A single condition; what it depends on.
    pub(super) fn chooses(&mut self, node: Node<'_>, scope: &Scope<'_>) -> Flow {
        let mut flow = self.expression(node, scope);
        self.asked(node, &mut flow, &[super::coerce::BOOL]);
        let mut look = Look::default();
        if !flow.is_opaque() && look.condition(node) && self.only(&look, &flow, scope) {
            self.gather.lookup(&flow, look.guesses, &look.lists);
        } else {
            self.gather.predicate(&flow);
        }
        flow
    }

    /// Whether a condition's value depends on nothing but these columns, each as it is stored.
    pub(super) fn only(&mut self, look: &Look<'_>, flow: &Flow, scope: &Scope<'_>) -> bool {
        let mut own = Flow::default();
        for column in &look.columns {
            let one = self.column_reference(column, scope);
            if !one.is_bare() && !one.is_constant() || one.is_row() {
                return false;
            }
            // How many digits their texts have is a setting.
            if FLOATS.contains(&self.base(one.type_oid())) {
                return false;
            }
            if !look.lists.is_empty() && !self.is_listed(&one) {
                return false;
            }
            self.add(&mut own, &one);
        }
        // A variable of a body is as good as a parameter; a column of other rows is not, wherever they come from.
        for name in &look.names {
            if self.is_column(name, scope) || !self.column_reference(name, scope).is_constant() {
                return false;
            }
        }
        if !look.kinds.iter().all(|kind| self.is_base(kind))
            || !look.given.iter().all(|kind| self.is_no_domain(kind))
            || !look.collations.iter().all(|collate| self.is_exact(collate))
        {
            return false;
        }
        // What changes while the statement runs is another guess for each row.
        if !look.calls.iter().all(|call| self.is_steady(call))
            || !look.operators.iter().all(|expr| self.is_plain(expr))
        {
            return false;
        }
        flow.uses().map(|(source, _)| source).eq(own.uses().map(|(source, _)| source))
    }
}

impl Walk<'_, '_> {
    /// Whether a call with the same arguments has the same value throughout a statement, whatever else the statement does.
    fn is_steady(&self, call: &nodes::FuncCall) -> bool {
        let (schema, name) = qualified(words(call.funcname()));
        let candidates = self.cx.catalogue.functions(self.cx.view, schema, name);
        !candidates.is_empty()
            && candidates.iter().all(|function| {
                is_built_in(function)
                    && match function.volatility {
                        Volatility::Immutable => true,
                        Volatility::Stable => STEADY.contains(&name),
                        Volatility::Volatile => false,
                    }
            })
    }

    /// Whether a list of such values that comes as a parameter can be counted: a body's parameters come from anywhere, and a
    /// type of somebody's may write its lists in a way of its own.
    fn is_listed(&self, column: &Flow) -> bool {
        let of = self.base(column.type_oid());
        let kind = self.cx.catalogue.type_by_oid(of);
        !self.cx.in_body
            && (of < FIRST_OWN || kind.is_some_and(|kind| kind.kind != b'b' || &*kind.name == "citext"))
    }

    /// Whether a type is made by the server or an extension, rather than by anybody under a name that theirs have.
    fn is_base(&self, kind: &nodes::TypeName) -> bool {
        self.kind_of(kind) == Some(b'b')
    }

    /// Whether a type is none that may bring a collation of its own.
    fn is_no_domain(&self, kind: &nodes::TypeName) -> bool {
        self.kind_of(kind).is_some_and(|kind| kind != b'd')
    }

    /// Which kind of type a name means (`pg_type.typtype`).
    fn kind_of(&self, name: &nodes::TypeName) -> Option<u8> {
        let (schema, name) = qualified(type_words(name));
        self.cx.catalogue.type_named(self.cx.view, schema, name).map(|kind| kind.kind)
    }

    /// Whether texts are alike under a collation only when they are the same: so it is for all that come with the server.
    fn is_exact(&self, collate: &nodes::CollateClause) -> bool {
        let (schema, name) = qualified(words(collate.collname()));
        match schema {
            Some(schema) => schema == "pg_catalog",
            None => {
                let path = self.cx.view.path.as_deref().unwrap_or_default();
                let is_first =
                    path.iter().position(|schema| &**schema == "pg_catalog").is_none_or(|at| at == 0);
                is_first && COLLATIONS.contains(&name)
            }
        }
    }

    /// Whether an operator is the server's own.
    pub(super) fn is_plain(&self, expr: &nodes::A_Expr) -> bool {
        let (schema, name) = qualified(words(expr.name()));
        let catalogue = self.cx.catalogue;
        catalogue.is_only_built_in(name)
            || catalogue.operators(self.cx.view, schema, name).all(|operator| operator.oid < FIRST_OWN)
    }

    /// Whether a reference is to something in FROM, here or around it.
    fn is_column(&mut self, reference: &nodes::ColumnRef, scope: &Scope<'_>) -> bool {
        let names: Vec<&str> = words(reference.fields()).collect();
        match names.as_slice() {
            [name] => {
                scope.table(None, name).is_some()
                    || scope.levels().any(|level| self.column_at(level, name).is_some())
            }
            [table, _] => scope.table(None, table).is_some(),
            _ => true,
        }
    }
}

/// What a condition compares.
#[derive(Default)]
pub(super) struct Look<'n> {
    /// These columns …
    columns: Vec<&'n nodes::ColumnRef>,
    /// … with constants, and with what these names stand for.
    names: Vec<&'n nodes::ColumnRef>,
    /// … and with what these compute.
    calls: Vec<&'n nodes::FuncCall>,
    operators: Vec<&'n nodes::A_Expr>,
    /// The columns are shown as these …
    kinds: Vec<&'n nodes::TypeName>,
    /// … and what they are compared with as these.
    given: Vec<&'n nodes::TypeName>,
    /// By which texts are compared.
    collations: Vec<&'n nodes::CollateClause>,
    /// With how many: a list has as many guesses as it has members.
    pub(super) guesses: u32,
    /// And with the members of lists that come with the statement, in these parameters.
    pub(super) lists: Vec<u16>,
    /// How many nodes were looked at on the columns' side.
    seen: usize,
    /// How deep the constants' side is.
    depth: usize,
}

impl<'n> Look<'n> {
    /// `false`: it does more than to compare columns with constants.
    pub(super) fn condition(&mut self, node: Node<'n>) -> bool {
        self.guesses = 1;
        match node {
            Node::A_Expr(expr) => self.compared(expr),
            Node::NullTest(test) => {
                // A mask shows which values are NULL: there is nothing to guess.
                self.guesses = u32::from(!matches!(test.arg(), Node::ColumnRef(_)));
                self.whole(test.arg())
            }
            Node::BooleanTest(test) => self.whole(test.arg()),
            Node::ColumnRef(_) => self.whole(node),
            _ => false,
        }
    }

    fn compared(&mut self, expr: &'n nodes::A_Expr) -> bool {
        use raw::A_Expr_Kind as Kind;
        let mut operator = words(expr.name());
        let equals = operator.next_back() == Some("=") && operator.all(|schema| schema == "pg_catalog");
        let (left, right) = (expr.lexpr(), expr.rexpr());
        equals
            && match expr.kind {
                Kind::AEXPR_OP | Kind::AEXPR_NOT_DISTINCT => {
                    let turned = !is_whole(left);
                    let (column, value) = if turned { (right, left) } else { (left, right) };
                    self.whole(column) && self.constant(value)
                }
                Kind::AEXPR_IN => match right {
                    Node::NodeList(list) => {
                        self.guesses = count(list.len());
                        self.whole(left) && self.constants(list)
                    }
                    _ => false,
                },
                Kind::AEXPR_OP_ANY => self.whole(left) && self.listed(right),
                _ => false,
            }
    }

    /// A column as it is, in another case or as text; or a row of such.
    fn whole(&mut self, node: Node<'n>) -> bool {
        self.seen = self.seen.saturating_add(1);
        match node {
            _ if self.seen > COLUMN_MAX => false,
            Node::ColumnRef(column) => {
                self.columns.push(column);
                true
            }
            Node::RowExpr(row) => row.args().iter().all(|arg| self.whole(arg)),
            _ => {
                match node {
                    Node::TypeCast(cast) => self.kinds.extend(cast.type_name()),
                    Node::CollateClause(collate) => self.collations.push(collate),
                    _ => {}
                }
                inside(node).is_some_and(|inside| self.whole(inside))
            }
        }
    }

    /// A value that stands there, or comes with the statement, or is computed from such by itself.
    fn constant(&mut self, node: Node<'n>) -> bool {
        self.deeper(|look| look.constant_here(node))
    }

    fn constant_here(&mut self, node: Node<'n>) -> bool {
        match node {
            Node::A_Const(_) | Node::ParamRef(_) | Node::SQLValueFunction(_) => true,
            Node::ColumnRef(name) => {
                self.names.push(name);
                true
            }
            Node::TypeCast(cast) => {
                self.given.extend(cast.type_name());
                self.constant(cast.arg())
            }
            Node::CollateClause(collate) => {
                self.collations.push(collate);
                self.constant(collate.arg())
            }
            Node::A_ArrayExpr(array) => self.constants(array.elements()),
            Node::RowExpr(row) => self.constants(row.args()),
            Node::FuncCall(call) => {
                self.calls.push(call);
                self.constants(call.args())
            }
            Node::A_Expr(expr) if expr.kind == raw::A_Expr_Kind::AEXPR_OP => {
                self.operators.push(expr);
                (matches!(expr.lexpr(), Node::None) || self.constant(expr.lexpr()))
                    && self.constant(expr.rexpr())
            }
            _ => false,
        }
    }

    fn deeper(&mut self, step: impl FnOnce(&mut Self) -> bool) -> bool {
        if self.depth >= DEPTH_MAX {
            return false;
        }
        self.depth = self.depth.saturating_add(1);
        let told = step(self);
        self.depth = self.depth.saturating_sub(1);
        told
    }

    fn constants(&mut self, list: &'n NodeList) -> bool {
        list.iter().all(|node| self.constant(node))
    }
}

/// What is only folded, collated or shown as text there.
fn inside(node: Node<'_>) -> Option<Node<'_>> {
    match node {
        Node::CollateClause(collate) => Some(collate.arg()),
        Node::TypeCast(cast) => {
            let kind = cast.type_name()?;
            let name = kind.names().iter().next_back().and_then(|name| name.sval());
            let is_text = kind.typmods().is_empty() && kind.array_bounds().is_empty();
            (is_text && name.is_some_and(|name| TEXTS.contains(&name))).then(|| cast.arg())
        }
        Node::FuncCall(call) => {
            let name = words(call.funcname()).last().unwrap_or_default();
            let mut args = call.args().iter();
            args.next().filter(|_| args.next().is_none() && FOLDING.contains(&name))
        }
        _ => None,
    }
}

/// Whether a column stands there, rather than a constant.
fn is_whole(mut node: Node<'_>) -> bool {
    for _ in 0..COLUMN_MAX {
        node = match node {
            Node::ColumnRef(_) => return true,
            Node::RowExpr(row) => row.args().first().unwrap_or(Node::None),
            _ => match inside(node) {
                Some(inside) => inside,
                None => return false,
            },
        };
    }
    false
}
