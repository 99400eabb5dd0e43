//! See `leaf` in `body/ledger.rs`.
#![no_main]

#[path = "../body/ledger.rs"]
#[allow(dead_code, reason = "each target uses one function of it")]
mod body;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| body::leaf(bytes));
