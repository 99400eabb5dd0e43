//! Masks: what is shown in place of a cell.
