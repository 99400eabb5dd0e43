//! See `scan` in `body/sql.rs`.
#![no_main]

#[path = "../body/sql.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::scan(bytes));
