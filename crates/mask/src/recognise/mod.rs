//! What values and names of each class look like.
