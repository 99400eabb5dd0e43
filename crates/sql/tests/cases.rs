//! The case files: what `scan` says of a text, and what of it `redact` leaves. `BLESS=1` rewrites expectations.

use std::fmt::Write as _;
use std::path::Path;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name)
}

/// A case's text without the newline that its file needs at the end; `\n` at the end of a line is not touched.
fn text(input: &str) -> &[u8] {
    input.strip_suffix('\n').unwrap_or(input).as_bytes()
}

#[test]
fn scan() {
    cases::run(folder("scan"), "sql", |input| {
        let text = text(input);
        let scan = sql::scan(text);
        let mut said = format!("statements {}", scan.statements);
        match (scan.closed, scan.malformed) {
            (false, _) => said.push_str(", unclosed"),
            (true, true) => said.push_str(", malformed"),
            (true, false) => {}
        }
        said.push_str(if scan.secret.is_some() { ", suspicious\n" } else { "\n" });
        for pair in &scan.asserted {
            let _ = writeln!(said, "asserted {} = {}", pair.key, pair.value);
        }
        for touch in &scan.touches {
            let _ = writeln!(said, "statement {} {:?}", touch.statement, touch.touch);
        }
        for token in sql::Lexer::new(text) {
            let _ = writeln!(said, "{:?} {}", token.kind, String::from_utf8_lossy(token.of(text)));
        }
        said
    });
}

#[test]
fn redact() {
    cases::run(folder("redact"), "sql", |input| {
        let text = text(input);
        let redacted = sql::redact(text, &sql::scan(text));
        format!("{}\n", String::from_utf8_lossy(&redacted))
    });
}
