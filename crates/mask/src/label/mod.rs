//! From evidence about a column to its label: its name in eight languages, its table and neighbours, its type, its domain and
//! comment, and the shapes of values seen in it. It asks no server, and what it says never holds a value.

mod around;
mod compound;
mod concept;
mod context;
mod dictionary;
mod doer;
mod evidence;
mod finding;
mod harmless;
mod illness;
mod json;
mod judge;
mod kind;
mod lexicon;
mod propagate;
mod row;
mod setting;
mod spot;
#[cfg(test)]
mod tests;
mod token;
mod told;
mod value;

pub use evidence::{ColumnEvidence, Sampled, Samples, TableEvidence};
pub use finding::{Finding, JsonPath, Label, Reason, Step};
pub(crate) use json::{Tells, Told};
pub use judge::judge;
pub use kind::{Holds, Kind};
pub use propagate::{Link, Place, propagate};
pub(crate) use token::folded;
