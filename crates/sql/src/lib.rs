//! What a PostgreSQL text says on its surface: its tokens, how many statements it holds, what it is when its
//! literals are lifted out, what its comments assert, which names of the session it touches, and what in it
//! must not be written down.
//!
//! This room lexes; it does not parse. The real grammar, and with it facts about objects and columns, is a later
//! layer on top of the same tokens. Nothing here fails: every function is total over arbitrary bytes, needs time
//! linear in the text, and what it cannot read it says so ([`Scan::closed`], [`Scan::malformed`]).
//!
//! It does no I/O, keeps no state between calls, never learns who sent a text, and never decides.
//!
//! | to learn | use |
//! | --- | --- |
//! | everything about a statement's text in one pass | [`scan`] |
//! | the text as it may be recorded | [`redact`] |
//! | the tokens themselves | [`Lexer`] |
//! | whether a start-up setting may pass | [`startup::judge`] |

mod analyze;
mod body;
pub mod catalogue;
mod comment;
mod fingerprint;
mod function;
mod gather;
mod lexer;
mod limit;
mod parse;
mod query;
mod redact;
mod scan;
mod split;
pub mod startup;
mod statement;
mod touch;
mod view;
mod word;

pub use analyze::{Analysis, Analyzed, analyze, parameters};
pub use comment::{Assertion, asserted_comments};
pub use lexer::{Kind, Lexer, Token};
pub use redact::redact;
pub use scan::{Scan, Suspicion, scan};
pub use statement::{CopyFormat, CopyOut, ForceQuote, Unread, explained, steers_plans, tells_insides};
pub use touch::{SessionTouch, Touch};
pub use view::{Effect, Lost, Made, MadeState, View};
