//! What holds for every message: transcripts, round trips, and the fuzz corpora replayed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[allow(unreachable_pub, reason = "it is a crate's interface where the fuzz targets use it")]
#[path = "../../../../fuzz/body/wire.rs"]
mod body;
mod corpus;
mod notation;
mod print;
mod property;
mod transcript;
