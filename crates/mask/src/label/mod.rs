//! From evidence about a column to its label.
