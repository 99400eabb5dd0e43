//! Bodies of functions, and what calling them does.
