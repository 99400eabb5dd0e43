//! See `analyze` in `body/analyze.rs`.
#![no_main]

#[path = "../body/analyze.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::analyze(bytes));
