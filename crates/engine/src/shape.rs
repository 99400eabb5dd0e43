//! The shape of rows as the server tells it, from the answer to Describe or in front of the rows.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use mask::cover::TypeOf;

/// One column of a result.
#[derive(Clone, Debug)]
pub struct Field {
    /// The relation that it comes from; 0 when the server does not tell.
    pub relation: u32,
    /// The column's number there; 0 for a whole row, or when the server does not tell.
    pub number: i16,
    /// Its type.
    pub of: TypeOf,
    /// Whether it comes in binary.
    pub binary: bool,
}

/// A shape that is known once the server has told it. What asked for it and what needs it share the slot.
pub(crate) type Slot = Arc<OnceLock<Arc<[Field]>>>;

/// Where the shape of an execution's rows is found.
#[derive(Debug)]
pub(crate) struct Shape {
    /// As its portal was described.
    pub(crate) portal: Slot,
    /// As its statement was described, and the formats that its Bind asked for.
    pub(crate) statement: Option<(Slot, Arc<[i16]>)>,
}

impl Shape {
    /// The shape, if the server has told it.
    pub(crate) fn get(&self) -> Option<Cow<'_, [Field]>> {
        if let Some(fields) = self.portal.get() {
            return Some(Cow::Borrowed(fields));
        }
        let (slot, formats) = self.statement.as_ref()?;
        with_formats(slot.get()?, formats).map(Cow::Owned)
    }
}

/// The shape with the formats that a Bind asked for: none means text, one stands for all. `None`: there are several,
/// and none for some column; the server refuses such a Bind.
fn with_formats(fields: &[Field], formats: &[i16]) -> Option<Vec<Field>> {
    let format = |at: usize| match formats {
        [] => Some(0),
        [all] => Some(*all),
        many => many.get(at).copied(),
    };
    let of = |(at, field): (usize, &Field)| Some(Field { binary: format(at)? != 0, ..field.clone() });
    fields.iter().enumerate().map(of).collect()
}
