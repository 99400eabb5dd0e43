//! Types where they are named: casts, column definitions, RETURNING of JSON functions. A type that somebody made
//! may run that somebody's functions.

use std::sync::Arc;

use super::Scope;
use super::hazard::Verdict;
use super::name::{qualified, type_words};
use super::walk::Walk;
use crate::catalogue::Type;
use crate::function::FIRST_OWN;
use crate::gather::{Flow, Shape};
use crate::parse::{Node, nodes};

impl Walk<'_, '_> {
    pub(super) fn type_cast(&mut self, cast: &nodes::TypeCast, scope: &Scope<'_>) -> Flow {
        let value = self.expression(cast.arg(), scope);
        let from = value.type_oid();
        let to = self.type_named(cast.type_name());
        let limited = cast.type_name().is_some_and(|name| !name.typmods().is_empty());
        self.cast_hazard(cast.arg(), &value, to.type_oid(), limited);
        if from != to.type_oid() && self.is_told_apart_by(to.type_oid()) && !is_given(cast) {
            self.hazard(Verdict::Partial, &value);
        }
        let mut flow = value.derived();
        self.add(&mut flow, &to);
        match self.cx.catalogue.cast(from, to.type_oid()) {
            Some(0) => {}
            Some(function) => {
                let own = self.cast_by(function, &flow);
                self.add(&mut flow, &own);
            }
            // The value's type is not known, or it is cast on the way, or its elements are: any of somebody's may run.
            None if to.type_oid() != 0 && from != to.type_oid() && !(from == 0 && is_literal(cast)) => {
                let own = self.coerced(&[(0, to.type_oid())], &flow);
                flow.add(&own);
            }
            None => {}
        }
        flow.shaped(to.shape)
    }

    /// Whether a type lets some values in and others not, as somebody has said: a domain's conditions, a list of values.
    fn is_told_apart_by(&self, oid: u32) -> bool {
        oid >= FIRST_OWN
            && self.cx.catalogue.type_by_oid(oid).is_none_or(|kind| matches!(kind.kind, b'd' | b'e'))
    }

    /// A type by its name: its shape, and what its functions may read.
    pub(super) fn type_named(&mut self, name: Option<&nodes::TypeName>) -> Flow {
        let Some(name) = name else { return Flow::default() };
        let (schema, last) = qualified(type_words(name));
        let found = self.cx.catalogue.type_named(self.cx.view, schema, last).cloned();
        let Some(found) = found else { return self.type_made_here(schema, last) };
        let found = if name.array_bounds().is_empty() { found } else { self.array_of(&found) };
        let mut flow = crate::function::input(found.oid, self.cx, self.gather).shaped(Shape::Type(found.oid));
        self.stands(&mut flow);
        flow
    }

    fn array_of(&self, element: &Arc<Type>) -> Arc<Type> {
        self.array_type(element).unwrap_or_else(|| Arc::clone(element))
    }

    /// The type of arrays of a type.
    pub(super) fn array_type(&self, element: &Type) -> Option<Arc<Type>> {
        let name = format!("_{}", element.name);
        let array = self.cx.catalogue.type_named(self.cx.view, Some(&element.schema), &name);
        array.filter(|array| array.element == element.oid).cloned()
    }

    /// A type that the catalogue does not know.
    fn type_made_here(&mut self, schema: Option<&str>, name: &str) -> Flow {
        let made = self
            .cx
            .view
            .made
            .iter()
            .any(|made| &*made.name == name && schema.is_none_or(|schema| schema == &*made.schema));
        if made {
            // What reading a value into it runs was not kept.
            self.gather.risk(model::facts::RiskKind::UserFunction, name);
        } else {
            self.gather.unknown(model::facts::Missing::Type, name);
        }
        Flow::unknown()
    }
}

/// Whether it is a value that stands there or comes with the statement.
fn is_given(cast: &nodes::TypeCast) -> bool {
    is_literal(cast) || matches!(cast.arg(), Node::ParamRef(_))
}

/// A literal is read by the type's input function, not cast.
fn is_literal(cast: &nodes::TypeCast) -> bool {
    use crate::parse::ConstValue;
    matches!(cast.arg(), Node::A_Const(constant) if !matches!(constant.val(), Some(ConstValue::BitString(_))))
}
