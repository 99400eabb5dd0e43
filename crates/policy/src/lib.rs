//! Facts and a principal to a decision.
