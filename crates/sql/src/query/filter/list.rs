//! Lists that columns are compared with: how many members stand there, and which come with the statement. It resolves no
//! name.

use pg_raw_parse::list::NodeList;

use super::Look;
use crate::parse::{Node, nodes};
use crate::query::constant::literal;

impl<'n> Look<'n> {
    /// A list that stands there, or comes with the statement. One that is computed may be a whole range.
    pub(super) fn listed(&mut self, node: Node<'n>) -> bool {
        match node {
            Node::A_Const(_) => {
                let members = literal(node).map_or(0, |text| text.matches(',').count());
                self.guesses = count(members.saturating_add(1));
                true
            }
            Node::ParamRef(parameter) => self.bound(parameter),
            Node::TypeCast(cast) => {
                // What becomes a list by way of another type may have more members than its own text.
                let stands = matches!(cast.arg(), Node::A_Const(_) | Node::A_ArrayExpr(_));
                self.given.extend(cast.type_name());
                (stands || is_bounded(cast)) && self.deeper(|look| look.listed(cast.arg()))
            }
            Node::A_ArrayExpr(array) => self.members(array.elements()),
            _ => false,
        }
    }

    fn members(&mut self, elements: &'n NodeList) -> bool {
        let mut guesses = 0_u32;
        let told = elements.iter().all(|element| {
            let listed = self.member(element);
            guesses = guesses.saturating_add(self.guesses);
            listed
        });
        self.guesses = if self.lists.is_empty() { guesses.max(1) } else { guesses };
        told
    }

    /// A member of a list: one value, or a list again. How many a call would make of it nobody knows.
    fn member(&mut self, node: Node<'n>) -> bool {
        let is_list = match node {
            Node::A_ArrayExpr(_) => true,
            Node::TypeCast(cast) if is_bounded(cast) || matches!(cast.arg(), Node::A_ArrayExpr(_)) => true,
            Node::TypeCast(cast) => {
                let name = cast.type_name().and_then(|kind| kind.names().iter().next_back()?.sval());
                if name.is_none_or(|name| name.starts_with('_') || VECTORS.contains(&name)) {
                    return false;
                }
                if matches!(cast.arg(), Node::A_Const(_) | Node::ParamRef(_) | Node::TypeCast(_)) {
                    self.given.extend(cast.type_name());
                    return self.deeper(|look| look.member(cast.arg()));
                }
                false
            }
            Node::A_Const(_) => literal(node).is_some_and(|text| text.trim_start().starts_with(['{', '['])),
            // Whether it is a list its type tells, which may be told by what stands beside it.
            Node::ParamRef(parameter) => return self.bound(parameter),
            Node::ColumnRef(_) => false,
            _ => return false,
        };
        if is_list {
            return self.deeper(|look| look.listed(node));
        }
        self.guesses = 1;
        self.constant(node)
    }

    fn bound(&mut self, parameter: &nodes::ParamRef) -> bool {
        self.guesses = 0;
        u16::try_from(parameter.number).map(|number| self.lists.push(number)).is_ok()
    }
}

/// Lists whose names do not say so.
const VECTORS: [&str; 2] = ["int2vector", "oidvector"];

fn is_bounded(cast: &nodes::TypeCast) -> bool {
    cast.type_name().is_none_or(|kind| !kind.array_bounds().is_empty())
}

pub(super) fn count(members: usize) -> u32 {
    u32::try_from(members).unwrap_or(u32::MAX)
}
