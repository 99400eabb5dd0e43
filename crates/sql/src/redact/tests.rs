//! Properties of redaction. What is redacted, the case files show.

use proptest::prelude::*;

use super::*;

const PIECES: &[&str] = &[
    "password",
    "secret",
    "ALTER ROLE bob",
    "PASSWORD",
    "connection",
    "crypt",
    "token",
    "options",
    "create server s",
    "user mapping",
    "values",
    "insert into t",
    "select",
    "=",
    "'",
    "''",
    "$$",
    "$a$",
    "begin",
    ";",
    "(",
    ")",
    ",",
    " ",
    "\n",
    "--",
    "/*",
    "*/",
    "x",
    "1",
    "\\",
    "E'",
    "\"",
    "://",
    "a:b@",
    "akia",
    "eyJ",
    "bearer ",
    "-----BEGIN",
    "PRIVATE KEY",
    "tollhouse_",
    "é",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|p| p.join(" ").into_bytes());
    prop_oneof![3 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..80)]
}

fn redacted(text: &[u8]) -> Vec<u8> {
    redact(text, &crate::scan(text)).into_owned()
}

fn has(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

proptest! {
    #[test]
    fn any_bytes_are_redacted(text in text()) {
        redacted(&text);
    }

    #[test]
    fn an_unsuspicious_text_is_borrowed(text in "[ -oq-z0-9=(),;'\n]{0,80}") {
        prop_assume!(crate::scan(text.as_bytes()).secret.is_none());
        let scan = crate::scan(text.as_bytes());
        prop_assert!(matches!(redact(text.as_bytes(), &scan), Cow::Borrowed(same) if same == text.as_bytes()));
    }

    #[test]
    fn a_password_never_stays(before in text(), password in "[a-z]{0,3}[#'\\\\$;-]{0,3}Zq7xZ[a-z]{0,3}") {
        // Inside of a quote that is still open there is no ALTER ROLE.
        prop_assume!(crate::scan(&before).closed);
        let quoted = password.replace('\'', "''");
        let mut text = before;
        text.extend_from_slice(format!("; ALTER ROLE bob PASSWORD '{quoted}'").as_bytes());
        let redacted = redacted(&text);
        prop_assert!(!has(&redacted, b"Zq7xZ"), "{}", String::from_utf8_lossy(&redacted));
    }

    #[test]
    fn what_was_redacted_stays_as_it_is(name in "[a-z]{1,8}", value in "[a-z0-9]{1,8}") {
        for text in [
            format!("ALTER ROLE {name} PASSWORD '{value}'"),
            format!("UPDATE t SET secret = '{value}', {name} = '{value}'"),
            format!("SELECT 1 /* password={value} */"),
        ] {
            let once = redacted(text.as_bytes());
            prop_assert_eq!(redacted(&once), once);
        }
    }
}

/// The look-ups behind a hit are bounded, so a text of nothing but hits is read in one pass: it ends.
#[test]
fn texts_of_nothing_but_hits_are_read() {
    let text = |part: &str| part.repeat(50_000 / part.len());
    for part in [
        "pass",
        "://",
        "a:b@://",
        "eyJ",
        "eyJ.",
        "bearer ",
        "tollhouse_",
        "PRIVATE KEY",
        "crypt(",
        "password ",
    ] {
        let hostile = text(part);
        redacted(hostile.as_bytes());
        redacted(format!("select '{hostile}'").as_bytes());
        redacted(format!("select $a${hostile}$a$ /* {hostile} */").as_bytes());
    }
    let nested = "$a$ begin ".to_owned() + &"select $b$ begin password ".repeat(1000);
    redacted(nested.as_bytes());
}

#[test]
fn a_text_that_nests_too_deep_is_a_secret() {
    let mut text = "select password".to_owned();
    for level in 0..10 {
        text = format!("do $l{level}$ begin execute {text}; end $l{level}$");
    }
    let redacted = redacted(text.as_bytes());
    assert!(!has(&redacted, b"select password"), "{}", String::from_utf8_lossy(&redacted));
    assert!(has(&redacted, LITERAL));
}
