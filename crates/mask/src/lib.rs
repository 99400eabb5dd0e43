//! What is sensitive, and what is shown in its place.
//!
//! [`label`] says from a column's name, type and surroundings and from values seen there what class its values are.
//! [`recognise`] knows each class. [`cover`] makes the cell that is shown instead, of the same type and format.
//! [`scan`] finds and covers what stands in free text. This room does no I/O, knows no principal and no rule, and never keeps
//! or prints a value that it was shown.

pub mod cover;
pub mod label;
pub mod recognise;
pub mod scan;
