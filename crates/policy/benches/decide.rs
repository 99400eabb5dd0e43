//! What an uncached decision costs.

fn main() {}
