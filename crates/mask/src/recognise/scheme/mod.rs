//! Numbers by which states know people and firms: one function per scheme, which says whether a text obeys its rules.
//!
//! Formats and check digits are the published ones. A function never looks anything up: it says that a number could be
//! one, not that it was given out.

pub(crate) mod america;
pub(crate) mod asia;
pub(crate) mod british;
pub(crate) mod latin;
pub(crate) mod north;
pub(crate) mod slavic;
pub(crate) mod west;
