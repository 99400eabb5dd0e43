//! See `bind_scan` in `body/wire.rs`.
#![no_main]

#[path = "../body/wire.rs"]
#[allow(dead_code, reason = "each target uses one function of it")]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::bind_scan(bytes));
