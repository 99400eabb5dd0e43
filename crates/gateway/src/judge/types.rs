//! What a type is made of, for whoever has to show something of the same type: the server's own types are known, others the
//! catalogue describes.

use std::sync::Arc;

use mask::cover::{Kind, TypeOf};
use model::Class;
use sql::catalogue::{Catalogue, Type};

/// Types of types of types: a domain over an array of composites and so on. Deeper ones are unknown.
const DEPTH_MAX: usize = 16;

/// `bool`, `"char"` and `int2`.
const FEW: [u32; 3] = [16, 18, 21];
/// `int8`, `int4`, the floats and `numeric`.
const NUMBERS: [u32; 5] = [20, 23, 700, 701, 1700];

/// The types of one catalogue.
pub(crate) struct Types(pub(super) Arc<Catalogue>);

impl Types {
    /// The type with this OID and modifier.
    pub(crate) fn of(&self, oid: u32, modifier: i32) -> TypeOf {
        TypeOf::built_in(oid, modifier).unwrap_or_else(|| self.described(oid, modifier, DEPTH_MAX))
    }

    /// Whether a column is of a type that has so few values, or holds so few of its class, that a handful of guesses finds all.
    pub(crate) fn is_of_few(&self, (relation, number): (u32, i16), class: Class) -> bool {
        let relation = self.0.relation_by_oid(relation);
        let column =
            relation.and_then(|relation| relation.columns.iter().find(|column| column.number == number));
        let Some(mut oid) = column.map(|column| column.type_oid) else { return false };
        for _ in 0..DEPTH_MAX {
            match self.0.type_by_oid(oid).map(|found| &**found) {
                Some(Type { kind: b'd', base, .. }) => oid = *base,
                Some(Type { kind: b'e', .. }) => return true,
                _ => break,
            }
        }
        // A number of a birth date is its year, its month or its day.
        FEW.contains(&oid) || class == Class::DateOfBirth && NUMBERS.contains(&oid)
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

#[cfg(test)]
mod tests {
    use sql::catalogue::builtin;

    use super::*;

    #[test]
    fn types_of_few_values_are_known() {
        let tables = "enum public.mood\ndomain public.yes bool\n\
            public.t(a bool, b int2, c public.mood, d public.yes, e int4, f date, g text)";
        let catalogue = Arc::new(builtin(18).with_tables(tables).unwrap());
        let is_t = |oid: &u32| catalogue.relation_by_oid(*oid).is_some_and(|found| &*found.name == "t");
        let oid = (100_000..101_000).find(is_t).unwrap();
        let types = Types(Arc::clone(&catalogue));
        let few =
            |class| (1..=8).filter(|number| types.is_of_few((oid, *number), class)).collect::<Vec<i16>>();
        assert_eq!(few(Class::Email), [1, 2, 3, 4]);
        assert_eq!(few(Class::DateOfBirth), [1, 2, 3, 4, 5], "a year of birth is no date");
        assert!(!types.is_of_few((1, 1), Class::Email));
    }
}
