//! The house rules, as tests: what ARCHITECTURE.md draws is what the manifests and the sources say, and what the
//! documents point at exists. Text is compared with text; nothing is built or started, so it takes a moment only.
//!
//! It never judges style that the compiler, clippy or rustfmt judge already.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers as well"
)]

mod documents;
mod manifest;
mod sources;
mod tree;

/// Fails with all findings at once, one a line.
#[track_caller]
fn nothing(findings: &[String], rule: &str) {
    assert!(findings.is_empty(), "{rule}\n  {}", findings.join("\n  "));
}
