//! Types as masks need them: how a value is written, and what it is made of. It never holds a value.

use std::sync::Arc;

use super::builtin::Scalar;

/// The type of a column or of a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeOf {
    /// Its OID.
    pub oid: u32,
    /// Its modifier as the server gives it; -1: none.
    pub modifier: i32,
    /// What it is.
    pub kind: Kind,
}

/// What a type is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One that PostgreSQL ships, and that has no parts of interest.
    Scalar(Scalar),
    /// An enumeration, with its labels in their order.
    Enum(Arc<[Box<str>]>),
    /// A domain over a type: written as that is.
    Domain(Arc<TypeOf>),
    /// A row type, with the types of its fields in order, dropped ones left out.
    Composite(Arc<[TypeOf]>),
    /// An array of any dimensions.
    Array(Arc<TypeOf>),
    /// A range of something.
    Range,
    /// A multirange of something.
    MultiRange,
    /// A row of a query, whose fields nobody declared.
    Record,
    /// Anything else: nothing is shown in its place but NULL.
    Unknown,
}

/// How a value is written on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// As its output function writes it.
    Text,
    /// As its send function writes it.
    Binary,
}

impl TypeOf {
    /// A type that PostgreSQL ships, by its OID; `None` for others, which the catalogue must describe. OIDs from 12,000
    /// on are given out by `initdb` and differ between versions: those are the catalogue's too.
    #[must_use]
    pub fn built_in(oid: u32, modifier: i32) -> Option<Self> {
        super::builtin::kind(oid).map(|kind| Self { oid, modifier, kind })
    }

    /// A type of which nothing is known.
    #[must_use]
    pub fn unknown(oid: u32) -> Self {
        Self { oid, modifier: -1, kind: Kind::Unknown }
    }

    /// An array of `element`.
    #[must_use]
    pub fn array(oid: u32, element: Self) -> Self {
        // A modifier of an array column is its elements'.
        Self { oid, modifier: element.modifier, kind: Kind::Array(Arc::new(element)) }
    }

    /// A base type of an extension, by its name, when it is written as a type that PostgreSQL ships.
    #[must_use]
    pub fn of_extension(oid: u32, modifier: i32, name: &str) -> Self {
        match name {
            "citext" => Self { oid, modifier, kind: Kind::Scalar(Scalar::Text) },
            _ => Self { oid, modifier, kind: Kind::Unknown },
        }
    }

    /// Below all domains.
    #[must_use]
    pub fn base(&self) -> &Self {
        let mut of = self;
        while let Kind::Domain(base) = &of.kind {
            of = base;
        }
        of
    }

    /// Whether it is of numbers, times and fixed words alone, so that no text can stand in it.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        match &self.base().kind {
            Kind::Scalar(scalar) => scalar.is_plain(),
            Kind::Enum(_) => true,
            Kind::Array(element) => element.is_plain(),
            Kind::Composite(fields) => fields.iter().all(Self::is_plain),
            _ => false,
        }
    }

    /// Whether text that people wrote may stand in it: texts, JSON, XML, and what is made of them.
    #[must_use]
    pub fn holds_text(&self) -> bool {
        match &self.base().kind {
            Kind::Scalar(scalar) => scalar.is_text() || scalar.is_json() || *scalar == Scalar::Xml,
            Kind::Array(element) => element.holds_text(),
            Kind::Composite(fields) => fields.iter().any(Self::holds_text),
            Kind::Record => true,
            _ => false,
        }
    }

    /// The most code points of a text, when its type says so.
    pub(super) fn length_max(&self) -> Option<usize> {
        match self.kind {
            Kind::Scalar(Scalar::Varchar | Scalar::Bpchar) if self.modifier >= 4 => {
                usize::try_from(self.modifier - 4).ok()
            }
            Kind::Scalar(Scalar::Name) => Some(63),
            Kind::Scalar(Scalar::Char) => Some(1),
            _ => None,
        }
    }

    /// Digits behind the point that a numeric's type asks for.
    pub(super) fn scale(&self) -> usize {
        if self.kind != Kind::Scalar(Scalar::Numeric) || self.modifier < 4 {
            return 0;
        }
        // Eleven bits with a sign (numeric.c, `numeric_typmod_scale`).
        let scale = (((self.modifier - 4) & 0x7ff) ^ 1024) - 1024;
        usize::try_from(scale).unwrap_or(0)
    }

    /// Digits before the point that a numeric's type has room for.
    pub(super) fn whole_digits_max(&self) -> Option<usize> {
        if self.kind != Kind::Scalar(Scalar::Numeric) || self.modifier < 4 {
            return None;
        }
        let precision = usize::try_from((self.modifier - 4) >> 16).unwrap_or(0) & 0xffff;
        Some(precision.saturating_sub(self.scale()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_say_lengths_and_scales() {
        assert_eq!(TypeOf::built_in(1043, 24).unwrap().length_max(), Some(20));
        assert_eq!(TypeOf::built_in(1043, -1).unwrap().length_max(), None);
        // numeric(10,2)
        let money = TypeOf::built_in(1700, ((10 << 16) | 2) + 4).unwrap();
        assert_eq!((money.scale(), money.whole_digits_max()), (2, Some(8)));
        // numeric(3,-2)
        let coarse = TypeOf::built_in(1700, ((3 << 16) | (0x7ff & -2)) + 4).unwrap();
        assert_eq!((coarse.scale(), coarse.whole_digits_max()), (0, Some(3)));
        assert_eq!(TypeOf::built_in(1700, -1).unwrap().whole_digits_max(), None);
    }

    #[test]
    fn what_may_hold_text_is_known() {
        assert!(TypeOf::built_in(1009, -1).unwrap().holds_text());
        assert!(TypeOf::built_in(3802, -1).unwrap().holds_text());
        assert!(TypeOf::built_in(1007, -1).unwrap().is_plain());
        assert!(!TypeOf::built_in(1009, -1).unwrap().is_plain() && !TypeOf::unknown(1).is_plain());
        assert!(!TypeOf::built_in(1007, -1).unwrap().holds_text());
        let domain = Kind::Domain(Arc::new(TypeOf::built_in(25, -1).unwrap()));
        assert!(TypeOf { oid: 20_000, modifier: -1, kind: domain }.holds_text());
    }
}
