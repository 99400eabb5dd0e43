//! What must hold for any text: `sql` never fails, and says the same thing twice. The fuzz target calls this with new
//! bytes, the tests of `sql` with the corpus.

use std::borrow::Cow;

/// A text is scanned and redacted; what raises no suspicion stays as it is, byte for byte.
pub fn scan(bytes: &[u8]) {
    let scan = sql::scan(bytes);
    assert_eq!(scan, sql::scan(bytes));
    let redacted = sql::redact(bytes, &scan);
    if scan.secret.is_none() {
        assert!(matches!(redacted, Cow::Borrowed(same) if same == bytes));
    }
    let _ = sql::asserted_comments(bytes);
    let text = String::from_utf8_lossy(bytes);
    let (name, value) = text.split_once('=').unwrap_or((&text, ""));
    let _ = sql::startup::judge(name, value, &[]);
}
