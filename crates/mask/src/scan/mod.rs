//! Finding and covering what stands in free text.
