//! What a type is made of, for whoever has to show something of the same type: the server's own types are known, others the
//! catalogue describes.

use std::sync::Arc;

use mask::cover::{Kind, TypeOf};
use sql::catalogue::{Catalogue, Type};

/// Types of types of types: a domain over an array of composites and so on. Deeper ones are unknown.
const DEPTH_MAX: usize = 16;

/// The types of one catalogue.
pub(crate) struct Types(pub(super) Arc<Catalogue>);

impl Types {
    /// The type with this OID and modifier.
    pub(crate) fn of(&self, oid: u32, modifier: i32) -> TypeOf {
        TypeOf::built_in(oid, modifier).unwrap_or_else(|| self.described(oid, modifier, DEPTH_MAX))
    }

    fn described(&self, oid: u32, modifier: i32, depth: usize) -> TypeOf {
        let unknown = TypeOf::unknown(oid);
        let Some(depth) = depth.checked_sub(1) else { return unknown };
        let Some(found) = self.0.type_by_oid(oid) else { return unknown };
        let inner = |oid: u32, modifier: i32| {
            TypeOf::built_in(oid, modifier).unwrap_or_else(|| self.described(oid, modifier, depth))
        };
        let kind = match &**found {
            Type { element, .. } if *element != 0 => return TypeOf::array(oid, inner(*element, modifier)),
            Type { kind: b'd', base, .. } => Kind::Domain(Arc::new(inner(*base, modifier))),
            Type { kind: b'r', .. } => Kind::Range,
            Type { kind: b'm', .. } => Kind::MultiRange,
            Type { kind: b'c', relation, .. } => match self.0.relation_by_oid(*relation) {
                Some(relation) => Kind::Composite(
                    relation.columns.iter().map(|column| inner(column.type_oid, -1)).collect(),
                ),
                None => Kind::Unknown,
            },
            Type { kind: b'b', name, .. } => return TypeOf::of_extension(oid, modifier, name),
            // The labels of an enumeration are not in the catalogue: NULL is of each type.
            _ => Kind::Unknown,
        };
        TypeOf { oid, modifier, kind }
    }
}
