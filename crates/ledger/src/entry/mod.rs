//! The kinds of entries, as they are written. One file per noun; each knows its own leaf and nothing of files.
//!
//! Fields are borrowed and written in the order of their keys. Reading entries back is [`crate::leaf`].

mod admin;
mod session;
mod statement;

pub use admin::{
    ConfigChanged, LedgerOpened, LedgerRecovered, PolicyLoaded, PolicyRefused, PrincipalChanged, TokenChanged,
};
pub use session::{SessionClosed, SessionOpened, SessionRefused, Tls};
pub use statement::{Action, Decision, Ending, Outcome};

use crate::json;
use model::Asserted;

/// The version of the kinds of leaves that are as they were in the first one.
pub const FIRST_VERSION: u64 = 1;

/// The newest version: that of `statement.decision` and of what is about rules. A kind keeps the version in
/// which its members changed last, so what did not change is written as ever.
pub const VERSION: u64 = 2;

/// Writes the `asserted` part: a JSON object of what the client says about itself, canonical.
pub fn write_asserted(asserted: &Asserted, out: &mut Vec<u8>) {
    let mut object = json::Object::open(out);
    object.text_if("application_name", asserted.application_name.as_deref());
    object.text_if("purpose", asserted.purpose.as_deref());
    object.text_if("trace", asserted.trace.as_deref());
    object.close();
}
