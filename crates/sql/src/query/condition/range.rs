//! Ranges in a condition: which let every value be meant. What is no range is left to whoever asks.

use super::super::constant::{bare, literal};
use super::super::name::{qualified, words};
use super::column::Seen;
use super::leaf::{bound, end};
use super::part::Parts;
use super::{End, Judge, Told};
use crate::catalogue::Function;
use crate::parse::{ConstValue, Node, nodes};

/// `anyrange`, `anymultirange`, `anycompatiblerange`, `anycompatiblemultirange`.
const ANY_RANGE: [u32; 4] = [3831, 4537, 5080, 4538];

/// Where a range ends; `None`: nowhere.
type Ends = (Option<End>, Option<End>);

/// What is known of a value that may be a range.
enum Range {
    /// It is one, with these ends.
    Ends(Ends),
    /// It is none, or is given from outside.
    Other,
    /// Nobody can tell.
    Unknown,
}

impl Judge<'_> {
    /// `column <@ value`, `&&` and `@>` when the value is a range; `None`: it is none.
    pub(super) fn in_range(&self, name: &str, column: Option<&Seen>, value: Node<'_>) -> Option<Told> {
        let (low, high) =
            match self.range(value, column.is_some_and(|column| column.in_order && name == "<@")) {
                Range::Other => return None,
                Range::Unknown => return Some(Told::Nothing),
                Range::Ends(ends) => ends,
            };
        // Every range has the empty one in it.
        let is_empty =
            matches!((low, high), (Some(End::Literal(Some(a))), Some(End::Literal(Some(b)))) if a == b);
        if name == "@>" {
            return is_empty.then_some(Told::Nothing);
        }
        let column = match (column, low, high) {
            (_, None, None) => return Some(Told::Nothing),
            (None, ..) => return None,
            (Some(column), ..) => column,
        };
        let literal = |end: Option<End>| end.is_none_or(|end| matches!(end, End::Literal(_)));
        let any = !column.time && (column.key || column.not_null && (literal(low) && literal(high)));
        let near = matches!((low, high), (Some(low), Some(high)) if low.near(high));
        Some(if !any || near { bound(column.who) } else { Told::Nothing })
    }

    /// What a value is as a range. `must`: it can be nothing else.
    fn range(&self, value: Node<'_>, must: bool) -> Range {
        match bare(value) {
            Node::ParamRef(_) => Range::Other,
            Node::A_Const(_) => match literal(value).and_then(printed) {
                Some(ends) => Range::Ends(ends),
                None if must
                    && literal(value).is_some_and(|text| !text.trim().eq_ignore_ascii_case("empty")) =>
                {
                    Range::Unknown
                }
                None if literal(value).is_some_and(|text| text.trim().eq_ignore_ascii_case("empty")) => {
                    let nowhere = Some(End::Literal(Some(0.0)));
                    Range::Ends((nowhere, nowhere))
                }
                None => Range::Other,
            },
            Node::FuncCall(call) if self.makes_range(call) => self.made(call),
            other => {
                let within = Parts::of(other);
                let inside = within.calls.iter().any(|call| self.gives_range(call));
                if inside || (must && within.columns.is_empty()) { Range::Unknown } else { Range::Other }
            }
        }
    }

    /// A range that is made of its ends, or many of ranges.
    fn made(&self, call: &nodes::FuncCall) -> Range {
        let (_, name) = qualified(words(call.funcname()));
        if name.ends_with("multirange") {
            let mut all: Option<Ends> = None;
            for argument in call.args() {
                let Range::Ends((low, high)) = self.range(argument, true) else { return Range::Unknown };
                all = Some(match all {
                    None => (low, high),
                    // How far the first is from the last nobody measures.
                    Some((first, last)) => {
                        let far =
                            |one: Option<End>, other: Option<End>| one.and(other).map(|_| End::Literal(None));
                        (far(first, low), far(last, high))
                    }
                });
            }
            return all.map_or(Range::Other, Range::Ends);
        }
        let mut arguments = call.args().iter();
        match (arguments.next(), arguments.next()) {
            (Some(low), Some(high)) => Range::Ends((given(low, true), given(high, false))),
            _ => Range::Unknown,
        }
    }

    fn gives_range(&self, call: &nodes::FuncCall) -> bool {
        self.any(call, |_, function, kind| {
            matches!(kind, Some(b'r' | b'm')) || ANY_RANGE.contains(&function.returns)
        })
    }

    /// Whether it is a range's own constructor, which has its type's name.
    fn makes_range(&self, call: &nodes::FuncCall) -> bool {
        self.any(call, |judge, function, kind| {
            let of = judge.cx.catalogue.type_by_oid(function.returns);
            matches!(kind, Some(b'r' | b'm')) && of.is_some_and(|of| of.name == function.name)
        })
    }

    fn any(&self, call: &nodes::FuncCall, is: impl Fn(&Self, &Function, Option<u8>) -> bool) -> bool {
        let (schema, name) = qualified(words(call.funcname()));
        let all = self.cx.catalogue.functions(self.cx.view, schema, name);
        let kind = |function: &Function| self.cx.catalogue.type_by_oid(function.returns).map(|one| one.kind);
        all.iter().any(|function| is(self, function, kind(function)))
    }
}

/// An end that is written as an argument; `None`: NULL, or beyond everything.
fn given(node: Node<'_>, low: bool) -> Option<End> {
    let null = matches!(bare(node), Node::A_Const(constant) if constant.val().is_none());
    if null || is_infinite(node) == Some(!low) { None } else { Some(end(node)) }
}

/// A range, or several, as the server prints them: `[1,5)`, `(,)`, `{[1,5),[7,)}`.
fn printed(text: &str) -> Option<Ends> {
    let text = text.trim();
    if let Some(many) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let many = many.trim();
        let bracket = |letter: char| matches!(letter, '(' | '[' | ')' | ']');
        if !many.starts_with(['(', '[']) || !many.ends_with([')', ']']) {
            return None;
        }
        if many.matches(bracket).count() == 2 {
            return printed(many);
        }
        let (first, last) = (many.split_once(',')?.0, many.rsplit_once(',')?.1);
        let low = edge(first.trim_start_matches(['(', '[']), true);
        let high = edge(last.trim_end_matches([')', ']']), false);
        return Some((low, high));
    }
    let inside = text.strip_prefix(['(', '['])?.strip_suffix([')', ']'])?;
    if inside.contains(['(', ')', '[', ']']) {
        return None;
    }
    let (low, high) = inside.split_once(',')?;
    Some((edge(low, true), edge(high, false)))
}

fn edge(text: &str, low: bool) -> Option<End> {
    let text = text.trim().trim_matches('"').trim();
    let beyond = text.is_empty() || infinite(text) == Some(!low);
    if beyond { None } else { Some(End::Literal(text.parse().ok())) }
}

/// Whether a literal lies beyond everything: above (`true`) or below.
pub(super) fn is_infinite(node: Node<'_>) -> Option<bool> {
    if let Node::A_Expr(expr) = bare(node)
        && matches!(expr.lexpr(), Node::None)
    {
        let above = is_infinite(expr.rexpr())?;
        return Some(above != (words(expr.name()).last() == Some("-")));
    }
    if let Node::FuncCall(call) = bare(node)
        && words(call.funcname()).last() == Some("to_timestamp")
        && call.args().len() == 1
    {
        return is_infinite(call.args().first()?);
    }
    let Node::A_Const(constant) = bare(node) else { return None };
    match constant.val()? {
        ConstValue::String(text) => infinite(text),
        _ => None,
    }
}

fn infinite(text: &str) -> Option<bool> {
    let text = text.trim();
    let below = text.starts_with('-');
    let word = text.trim_start_matches(['-', '+']);
    (word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity")).then_some(!below)
}
