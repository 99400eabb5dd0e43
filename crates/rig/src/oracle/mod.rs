//! The server's own answer to "which columns does this query use, and where do its results come from?"
//!
//! With `debug_print_rewritten` a server logs the analysed and rewritten tree of whatever is prepared: every column is a
//! relation's OID and a number there, views and rules are already looked through. [`Truth`] is read from that tree, and
//! tests hold our own analysis against it. The text of queries goes to the server's log, so this is for private servers
//! only.

mod ask;
mod change;
mod entry;
mod scope;
mod tree;
mod truth;

pub use ask::{Answer, ask};
pub use tree::Tree;
pub use truth::{Columns, Truth};
