//! A value that is a column with something known put to it: a line before or behind a text, keys of a document. What a mask shows
//! of the rest stays as it was. Nothing is put close to a text: what stands in it could look like something else then.

use crate::function::FIRST_OWN;
use crate::gather::Flow;
use crate::parse::{Node, nodes, raw};

use super::constant::literal;
use super::name::{qualified, type_words, words};
use super::walk::Walk;

const TEXT: u32 = 25;
const VARCHAR: u32 = 1043;
const JSONB: u32 = 3802;

impl Walk<'_, '_> {
    /// Whether what a column is assigned is itself, with more. `own`: the column; `flow`: what is assigned.
    pub(super) fn appends(&self, value: Node<'_>, name: &str, own: &Flow, flow: &Flow) -> bool {
        let is_of_itself = own.is_bare()
            && own.len() == 1
            && flow.len() == 1
            && own.uses().zip(flow.uses()).all(|((own, _), (source, _))| own == source);
        if !is_of_itself || flow.is_opaque() {
            return false;
        }
        match value {
            Node::A_Expr(expr) if is_joined(expr) && self.joins(expr, own.type_oid()) => {
                let mut parts = Vec::new();
                joined(expr, &mut parts);
                if own.type_oid() == JSONB { keys(&parts, name) } else { self.lines(&parts, name) }
            }
            Node::FuncCall(call) if own.type_oid() == JSONB => {
                let arguments: Vec<Node<'_>> = call.args().iter().collect();
                let path = arguments.get(1).copied().and_then(literal).unwrap_or_default();
                let is_key = |path: &str| {
                    let key = path.strip_prefix('{').and_then(|path| path.strip_suffix('}'));
                    key.is_some_and(|key| {
                        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
                    })
                };
                is_called(call, "jsonb_set")
                    && matches!(arguments.len(), 3 | 4)
                    && arguments.first().is_some_and(|first| is_column(*first, name))
                    && is_key(path)
                    && arguments.iter().skip(2).all(|argument| is_given(*argument))
            }
            Node::FuncCall(call) if own.type_oid() != JSONB => {
                let parts: Vec<Node<'_>> = call.args().iter().collect();
                match parts.split_first() {
                    // With lines between them nothing comes close to anything.
                    Some((between, rest)) if is_called(call, "concat_ws") => {
                        self.spelled(*between)
                            .is_some_and(|text| text.starts_with('\n') && text.ends_with('\n'))
                            && only_column(rest, name).is_some()
                    }
                    _ => is_called(call, "concat") && self.lines(&parts, name),
                }
            }
            _ => false,
        }
    }
}

impl Walk<'_, '_> {
    /// Whether values of a type are joined by the server's own operator, with others of it or of no type yet: those that extensions
    /// have for types of their own are not meant.
    pub(super) fn joins(&self, expr: &nodes::A_Expr, kind: u32) -> bool {
        let (schema, name) = qualified(words(expr.name()));
        let may_mean =
            |of: u32| of == kind || self.cx.catalogue.type_by_oid(of).is_none_or(|of| of.kind != b'b');
        let mut candidates = self.cx.catalogue.operators(self.cx.view, schema, name);
        name == "||"
            && [TEXT, JSONB].contains(&kind)
            && candidates.all(|one| one.oid < FIRST_OWN || !may_mean(one.left) && !may_mean(one.right))
    }

    /// Whether a line ends before the column, and another one begins behind it.
    fn lines(&self, parts: &[Node<'_>], name: &str) -> bool {
        let Some(place) = only_column(parts, name) else { return false };
        let near = |at: Option<usize>| {
            at.and_then(|at| parts.get(at)).map(|part| self.spelled(*part).unwrap_or_default())
        };
        near(place.checked_sub(1)).is_none_or(|text| text.ends_with('\n'))
            && near(place.checked_add(1)).is_none_or(|text| text.starts_with('\n'))
    }

    /// A text that is put there just as it is written: of another type it would be written anew, and a length would cut it.
    fn spelled<'n>(&self, node: Node<'n>) -> Option<&'n str> {
        match node {
            Node::TypeCast(cast) => {
                let kind = cast.type_name().filter(|kind| kind.typmods().is_empty())?;
                let (schema, name) = qualified(type_words(kind));
                let found = self.cx.catalogue.type_named(self.cx.view, schema, name)?;
                literal(cast.arg()).filter(|_| {
                    kind.array_bounds().is_empty()
                        && matches!(found.oid, TEXT | VARCHAR)
                        && matches!(cast.arg(), Node::A_Const(_))
                })
            }
            Node::A_Const(_) => literal(node),
            _ => None,
        }
    }
}

/// The server's own function, by its name alone.
fn is_called(call: &nodes::FuncCall, name: &str) -> bool {
    let mut names = words(call.funcname());
    names.next_back() == Some(name) && names.all(|schema| schema == "pg_catalog")
}

fn is_joined(expr: &nodes::A_Expr) -> bool {
    expr.kind == raw::A_Expr_Kind::AEXPR_OP
        && words(expr.name()).next_back() == Some("||")
        && !matches!(expr.lexpr(), Node::None)
}

/// What is joined, from left to right. Chains lean to the left.
fn joined<'n>(expr: &'n nodes::A_Expr, parts: &mut Vec<Node<'n>>) {
    let mut at = expr;
    loop {
        parts.push(at.rexpr());
        match at.lexpr() {
            Node::A_Expr(next) if is_joined(next) => at = next,
            first => {
                parts.push(first);
                parts.reverse();
                return;
            }
        }
    }
}

/// The place of the column, when all else is given.
fn only_column(parts: &[Node<'_>], name: &str) -> Option<usize> {
    let place = parts.iter().position(|part| is_column(*part, name))?;
    let mut others = parts.iter().enumerate().filter(|(at, _)| *at != place);
    others.all(|(_, part)| is_given(*part)).then_some(place)
}

/// Whether keys are put to a document: anything else would move what is in it.
fn keys(parts: &[Node<'_>], name: &str) -> bool {
    let Some(place) = only_column(parts, name) else { return false };
    let is_object = |part: &Node<'_>| literal(*part).is_some_and(is_an_object);
    parts.iter().enumerate().all(|(at, part)| at == place || is_object(part))
}

/// Whether a text is JSON's for an object, if it is JSON's for anything.
pub(super) fn is_an_object(text: &str) -> bool {
    text.trim_start_matches([' ', '\t', '\n', '\r']).starts_with('{')
}

/// The column itself, or something given where it is NULL.
fn is_column(node: Node<'_>, name: &str) -> bool {
    match node {
        Node::ColumnRef(reference) => words(reference.fields()).next_back() == Some(name),
        Node::CoalesceExpr(either) => {
            let mut parts = either.args().iter();
            parts.next().is_some_and(|first| matches!(first, Node::ColumnRef(_)) && is_column(first, name))
                && parts.all(|part| literal(part).is_some_and(|text| text.is_empty() || text == "{}"))
        }
        _ => false,
    }
}

/// Whether a value stands there, comes with the statement, or is told by the server's clock.
pub(super) fn is_given(node: Node<'_>) -> bool {
    match node {
        Node::A_Const(_) | Node::ParamRef(_) | Node::SQLValueFunction(_) => true,
        Node::TypeCast(cast) => is_given(cast.arg()),
        Node::FuncCall(call) => {
            let simple = ["now", "to_char", "to_jsonb", "to_json", "clock_timestamp"];
            simple.iter().any(|name| is_called(call, name)) && call.args().iter().all(is_given)
        }
        _ => false,
    }
}
