//! Masks: what is shown in place of a cell.
//!
//! A [`Cover`] is made once for a column of a result, from a mask, a class, a type and a format, and is then asked for
//! each cell. It keeps the declared type in both formats, and never fails open: what cannot be read, or has no mask of its
//! type, is shown as the type's constant, or as NULL where there is none. It never keeps a value or tells why one was hidden.

mod array;
mod builtin;
mod date;
mod decimal;
mod document;
mod generalise;
mod json;
mod key;
mod kind;
mod leaf;
mod mark;
mod mask;
mod number;
mod partial;
mod record;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

use model::Class;

pub use builtin::Scalar;
pub use json::{Path, Step};
use key::Domain;
pub use key::{Key, Kit};
pub use kind::{Format, Kind, TypeOf};
pub use mark::shows_mask;
pub use mask::{BadMask, Mask, PARTIAL_MAX, Partial};

/// What is shown in place of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// NULL.
    Null,
    /// What was appended to the output.
    Cell,
    /// The cell as it came: a scan found nothing in it.
    Same,
}

/// How the cells of one column are covered.
#[derive(Clone, Debug)]
pub struct Cover {
    act: Act,
    instead: Instead,
    format: Format,
}

/// What is tried first.
#[derive(Clone, Debug)]
enum Act {
    /// Nothing: the constant it is.
    Instead,
    /// A part of a text.
    Part {
        partial: Partial,
        room: Option<usize>,
    },
    /// The end of a whole number.
    End {
        partial: Partial,
        scalar: Scalar,
    },
    Token {
        domain: Domain,
        scalar: Scalar,
        room: Option<usize>,
    },
    /// Other digits.
    Number {
        domain: Domain,
        scalar: Scalar,
    },
    Generalise {
        class: Option<Class>,
        scalar: Scalar,
        room: Option<usize>,
    },
    /// What is found in a text, or in the strings of a JSON value.
    Scan {
        kit: Arc<Kit>,
        room: Option<usize>,
    },
    /// What stands at the paths of a JSON value; strings elsewhere are looked through.
    Document {
        paths: Arc<[(Path, Cover)]>,
        kit: Arc<Kit>,
    },
    /// Each element.
    Array {
        element: Arc<Cover>,
        delimiter: u8,
    },
    /// Each field of a declared row; `None` is shown as it is.
    Row(Arc<[Option<Cover>]>),
    /// Each field of a row that nobody declared.
    Undeclared {
        mask: Mask,
        class: Option<Class>,
        kit: Arc<Kit>,
    },
}

/// What is shown when nothing of a value is.
#[derive(Clone, Debug)]
enum Instead {
    Null,
    Fixed(Arc<[u8]>),
    /// A date or time as text: written as the session writes them.
    Styled(Scalar),
    /// One of them in an array.
    StyledArray(Scalar),
}

impl Cover {
    /// For cells of this type in this format. `class` is the domain of tokens, and says what is usual for a part.
    #[must_use]
    pub fn new(mask: &Mask, class: Option<Class>, of: &TypeOf, format: Format, kit: &Arc<Kit>) -> Self {
        let of = of.base();
        if *mask == Mask::Null {
            return Self::hidden(Instead::Null, format);
        }
        let inside = |of: &TypeOf| Self::new(mask, class, of, format, kit);
        match &of.kind {
            Kind::Scalar(scalar) => Self::scalar(mask, class, of, *scalar, format, kit),
            Kind::Enum(labels) => Self::hidden(
                labels.first().map_or(Instead::Null, |label| Instead::Fixed(label.as_bytes().into())),
                format,
            ),
            Kind::Array(element) => Self::array(mask, of.oid, element, inside(element), format),
            Kind::Composite(fields) => Self::row(record::covers(mask, fields, inside), format),
            Kind::Record => {
                let act = Act::Undeclared { mask: mask.clone(), class, kit: Arc::clone(kit) };
                Self { act, instead: Instead::Null, format }
            }
            Kind::Range => Self::hidden(fixed(format, b"empty", &[1]), format),
            Kind::MultiRange => Self::hidden(fixed(format, b"{}", &[0; 4]), format),
            Kind::Domain(_) | Kind::Unknown => Self::hidden(Instead::Null, format),
        }
    }

    /// For a row whose fields are covered each by its own; `None` shows a field as it is. The covers must be made for
    /// the same format. A row with more or fewer fields becomes NULL.
    #[must_use]
    pub fn row(fields: Vec<Option<Self>>, format: Format) -> Self {
        Self { act: Act::Row(fields.into()), instead: Instead::Null, format }
    }

    fn hidden(instead: Instead, format: Format) -> Self {
        Self { act: Act::Instead, instead, format }
    }

    fn array(mask: &Mask, oid: u32, element: &TypeOf, cover: Self, format: Format) -> Self {
        let delimiter = if element.base().kind == Kind::Scalar(Scalar::Box) { b';' } else { b',' };
        let instead = match &cover.instead {
            Instead::Fixed(one) => {
                let oid = element.base().oid;
                Instead::Fixed(array::of_one(oid, delimiter, one, format == Format::Binary).into())
            }
            Instead::Styled(scalar) => Instead::StyledArray(*scalar),
            Instead::Null | Instead::StyledArray(_) => Instead::Null,
        };
        debug_assert_ne!(oid, 0, "an array has an OID");
        match mask {
            // How many there are is a part of the value.
            Mask::Full | Mask::Constant(_) => Self::hidden(instead, format),
            _ => Self { act: Act::Array { element: Arc::new(cover), delimiter }, instead, format },
        }
    }

    fn scalar(
        mask: &Mask,
        class: Option<Class>,
        of: &TypeOf,
        scalar: Scalar,
        format: Format,
        kit: &Arc<Kit>,
    ) -> Self {
        let instead = match format {
            Format::Text if scalar.is_styled() => Instead::Styled(scalar),
            _ => Instead::Fixed(builtin::constant(of, scalar, format).into()),
        };
        let room = of.length_max();
        let act = match mask {
            Mask::Partial(partial) if scalar.is_text() => {
                partial.of(class).map_or(Act::Instead, |partial| Act::Part { partial, room })
            }
            Mask::Partial(partial) if leaf::is_number(scalar) => {
                partial.of(class).map_or(Act::Instead, |partial| Act::End { partial, scalar })
            }
            Mask::Token => {
                let room = room.or_else(|| of.whole_digits_max());
                Act::Token { domain: kit.domain(class), scalar, room }
            }
            Mask::Number => Act::Number { domain: kit.domain(class), scalar },
            Mask::Generalise => Act::Generalise { class, scalar, room },
            Mask::Scan if scalar.is_json() => Act::Document { paths: Arc::default(), kit: Arc::clone(kit) },
            Mask::Paths(paths) if scalar.is_json() => {
                let text = TypeOf { oid: 25, modifier: -1, kind: Kind::Scalar(Scalar::Text) };
                let covers = paths
                    .iter()
                    .map(|path| (path.clone(), Self::new(&path.mask, path.class, &text, Format::Text, kit)));
                Act::Document { paths: covers.collect(), kit: Arc::clone(kit) }
            }
            Mask::Scan if scalar.is_text() => Act::Scan { kit: Arc::clone(kit), room },
            Mask::Constant(text) if scalar.is_text() => {
                let text = text.chars().take(room.unwrap_or(usize::MAX)).collect::<String>();
                return Self::hidden(Instead::Fixed(text.into_bytes().into()), format);
            }
            _ => Act::Instead,
        };
        Self { act, instead, format }
    }

    /// What is shown in place of `value`, which is not NULL. It is appended to `out` when the answer is [`Shown::Cell`];
    /// otherwise `out` stays as it was.
    pub fn cell(&self, value: &[u8], out: &mut Vec<u8>) -> Shown {
        let start = out.len();
        let shown = match &self.act {
            Act::Instead => None,
            Act::Part { partial, room } => partial::cover(*partial, value, *room, out).map(|()| Shown::Cell),
            Act::End { partial, scalar } => end(*partial, *scalar, self.format, value, out),
            Act::Token { domain, scalar, room } => {
                token::cover(domain, *scalar, self.format, *room, value, out).map(|()| Shown::Cell)
            }
            Act::Number { domain, scalar } => other_digits(domain, *scalar, self.format, value, out),
            Act::Generalise { class, scalar, room } => {
                let done = generalise::cover(*class, *scalar, self.format, value, out);
                // What is coarser may be longer: a network has its bits behind it.
                let fits = room.is_none_or(|room| out.len() - start <= room);
                done.filter(|()| fits).map(|()| Shown::Cell)
            }
            Act::Scan { kit, room } => scan(kit, *room, value, out),
            Act::Document { paths, kit } => document::cover(paths, kit, self.format, value, out),
            Act::Array { element, delimiter } => match self.format {
                Format::Text => array::text(element, *delimiter, value, out),
                Format::Binary => array::binary(element, value, out),
            }
            .map(|()| Shown::Cell),
            Act::Row(fields) => record::cell(self.format, fields, value, out).map(|()| Shown::Cell),
            Act::Undeclared { mask, class, kit } => match self.format {
                Format::Text => record::nulls(value, out),
                Format::Binary => record::undeclared(value, out, |of| {
                    // Rows in rows as deep as their sender likes would be a tower to fall from.
                    let nested = matches!(&of.kind, Kind::Record)
                        || matches!(&of.kind, Kind::Array(element) if element.kind == Kind::Record);
                    let mask = if nested { &Mask::Null } else { mask };
                    Self::new(mask, *class, of, self.format, kit)
                }),
            }
            .map(|()| Shown::Cell),
        };
        shown.unwrap_or_else(|| {
            out.truncate(start);
            self.instead.cell(value, out)
        })
    }

    /// Whether the same is shown of all values, but for how a date is written at a value's front.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self.act, Act::Instead)
    }

    /// Whether cells may be shown as they came, so that [`Cover::leaves`] is worth asking.
    #[must_use]
    pub fn may_leave(&self) -> bool {
        matches!(self.act, Act::Scan { .. })
    }

    /// Whether this cell is shown as it came. `false` also says that nobody knows before it is made.
    #[must_use]
    pub fn leaves(&self, value: &[u8]) -> bool {
        match &self.act {
            Act::Scan { kit, .. } => !document::may_be(value) && kit.scanner().finds_nothing(value),
            _ => false,
        }
    }

    /// What is shown in place of NULL when that a value is missing is to be hidden as well.
    pub fn null(&self, out: &mut Vec<u8>) -> Shown {
        self.instead.cell(&[], out)
    }
}

impl Instead {
    fn cell(&self, value: &[u8], out: &mut Vec<u8>) -> Shown {
        match self {
            Self::Null => return Shown::Null,
            Self::Fixed(bytes) => out.extend_from_slice(bytes),
            Self::Styled(scalar) => date::instead(*scalar, value, out),
            Self::StyledArray(scalar) => {
                let mut one = Vec::new();
                date::instead(*scalar, value, &mut one);
                out.extend(array::of_one(0, b',', &one, false));
            }
        }
        Shown::Cell
    }
}

fn fixed(format: Format, text: &[u8], binary: &[u8]) -> Instead {
    Instead::Fixed(if format == Format::Text { text } else { binary }.into())
}

/// The end of a whole number; a number with a fraction has none that people know it by.
fn end(partial: Partial, scalar: Scalar, format: Format, value: &[u8], out: &mut Vec<u8>) -> Option<Shown> {
    let whole = leaf::number(scalar, format, value)?.parse().ok()?;
    leaf::write_number(scalar, format, &partial::number(partial, whole)?.to_string(), out)?;
    Some(Shown::Cell)
}

/// Other digits in a text or number.
fn other_digits(
    domain: &Domain,
    scalar: Scalar,
    format: Format,
    value: &[u8],
    out: &mut Vec<u8>,
) -> Option<Shown> {
    if scalar.is_text() {
        number::text(domain, value, out)?;
    } else {
        // A float has no digits of its own, only such as print it.
        let text = (!leaf::is_float(scalar)).then(|| leaf::number(scalar, format, value)).flatten()?;
        let fits = |digits: &str| match scalar {
            Scalar::Int4 => digits.parse::<i32>().is_ok(),
            Scalar::Int8 => digits.parse::<i64>().is_ok(),
            _ => true,
        };
        let walked = number::decimal(domain, &text, fits)?;
        leaf::write_number(scalar, format, &walked, out)?;
    }
    Some(Shown::Cell)
}

/// What a scan shows of a text: the text when nothing was found in it. In a document keys tell as well, whatever type it is of.
fn scan(kit: &Kit, room: Option<usize>, value: &[u8], out: &mut Vec<u8>) -> Option<Shown> {
    let start = out.len();
    let mut told = Vec::new();
    let is_told = document::may_be(value)
        && document::cover(&[], kit, Format::Text, value, &mut told) == Some(Shown::Cell);
    let value = if is_told { told.as_slice() } else { value };
    if kit.scanner().scrub(value, out)? == 0 {
        out.truncate(start);
        if !is_told {
            return Some(Shown::Same);
        }
        out.extend_from_slice(value);
    }
    let shown = out.get(start..)?;
    let fits =
        room.is_none_or(|room| shown.len() <= room || String::from_utf8_lossy(shown).chars().count() <= room);
    fits.then_some(Shown::Cell)
}
