//! Which operator a name means beside operands of known types: the server's own wins over what an extension or somebody
//! made where it takes an operand as it is and no other does (`oper` in the server's parser). In doubt it is not the server's.

use super::coerce::is_given;
use super::name::{qualified, words};
use super::walk::Walk;
use crate::function::FIRST_OWN;
use crate::parse::{Node, nodes};

const TEXT: u32 = 25;
const VARCHAR: u32 = 1043;
/// Each becomes a later one by itself: `int2`, `int4`, `int8`, `numeric`, `float4`, `float8`.
const NUMBERS: [u32; 6] = [21, 23, 20, 1700, 700, 701];

impl Walk<'_, '_> {
    /// Whether an operator between values of these types (0 = not known) is the server's own, though others have its name. A
    /// BETWEEN has no name that could be looked up.
    pub(super) fn is_servers(&self, at: &nodes::A_Expr, left: u32, right: u32) -> bool {
        let (schema, name) = qualified(words(at.name()));
        // Nobody else has one: there is nothing to tell apart.
        if self.cx.catalogue.is_only_built_in(name) {
            return false;
        }
        // What has no type yet is taken to be of the other's.
        let (left, right) = match (left, right) {
            (0, known) if adapts(at.lexpr()) => (known, known),
            (known, 0) if adapts(at.rexpr()) => (known, known),
            both => both,
        };
        let sides = [left, right].map(|oid| [oid, self.base(oid), as_text(self.base(oid))]);
        let [[_, _, left], [_, _, right]] = sides;
        if left == 0 || right == 0 || left >= FIRST_OWN || right >= FIRST_OWN {
            return false;
        }
        let are_numbers = NUMBERS.contains(&left) && NUMBERS.contains(&right);
        let (mut takes, mut own) = (false, false);
        for operator in self.cx.catalogue.operators(self.cx.view, schema, name) {
            if operator.oid >= FIRST_OWN {
                own |= sides[0].contains(&operator.left) || sides[1].contains(&operator.right);
            } else {
                takes |= operator.left == left && (operator.right == right || are_numbers);
            }
        }
        takes && !own
    }
}

impl Walk<'_, '_> {
    /// Whether it compares texts of `citext`, by that extension: it holds for all of them.
    pub(super) fn is_citext(&self, at: &nodes::A_Expr, kind: u32) -> bool {
        let (schema, name) = qualified(words(at.name()));
        let catalogue = self.cx.catalogue;
        let of =
            |function: u32| catalogue.function_by_oid(function).and_then(|found| found.extension.clone());
        let is_of_citext =
            catalogue.type_by_oid(kind).is_some_and(|kind| kind.oid >= FIRST_OWN && &*kind.name == "citext");
        let mut meant = catalogue
            .operators(self.cx.view, schema, name)
            .filter(|operator| operator.left == kind || operator.right == kind)
            .peekable();
        is_of_citext
            && meant.peek().is_some()
            && meant.all(|operator| of(operator.function).as_deref() == Some("citext"))
    }
}

/// `varchar` has no operators of its own.
fn as_text(oid: u32) -> u32 {
    if oid == VARCHAR { TEXT } else { oid }
}

/// Whether something is of no type before it stands beside a value that has one.
fn adapts(node: Node<'_>) -> bool {
    match node {
        Node::NodeList(list) => list.iter().all(adapts),
        Node::A_ArrayExpr(array) => array.elements().iter().all(adapts),
        _ => is_given(node) && !matches!(node, Node::None),
    }
}
