//! Facts and a principal to a decision, by rules written in Cedar.
//!
//! This room checks rule sets, asks Cedar and keeps every reason. It never sees SQL text, files or clocks: facts,
//! texts of rules and the time are arguments. Nothing is permitted by default, one forbid or one error refuses.

mod ask;
mod batch;
pub mod case;
mod check;
mod clock;
mod decision;
mod depth;
mod explain;
mod frame;
mod judge;
mod label;
mod limits;
mod misuse;
mod probe;
mod problem;
mod refusal;
mod rule;
mod rules;
mod sight;
mod source;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use ask::{Asked, AskedConnect};
pub use decision::Decision;
pub use explain::{ExplainedRequest, Explanation, How, Near, RuleInfo, Said};
pub use label::{Labelled, Probe};
pub use limits::SessionLimits;
pub use misuse::Misuse;
pub use probe::Probed;
pub use problem::Problem;
pub use refusal::{
    ALONE, ERROR, MASKED, NO_PERMIT, NOT_KNOWN, NOT_PERMITTED, NOT_UNDERSTOOD, REFUSED, REVIEW, RULES_BROKEN,
    UNCHECKED,
};
pub use rule::Severity;
pub use rules::Rules;
pub use sight::{Seen, Sight};
pub use source::Source;
pub use vocabulary::SCHEMA;
