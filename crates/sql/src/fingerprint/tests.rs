//! What is the same statement, and what it hashes to.

use model::Fingerprint;

fn of(text: &str) -> Fingerprint {
    crate::scan(text.as_bytes()).fingerprint
}

/// Computed from the definition by other code. They are written into ledgers: a change here is a new version of the definition.
#[test]
fn vectors() {
    for (text, hash) in [
        ("", "64d413dde4ec0ca9"),
        ("SELECT 1", "d64eecbded4c7436"),
        (
            "SELECT id, name FROM shop.customers WHERE email = 'a@example.com' AND id IN (1, 2, 3)",
            "100fefb868335433",
        ),
        ("INSERT INTO \"Orders\" VALUES (1, 'a'), (2, 'b'); COMMIT", "0b05857808620ddd"),
        ("create function größe(int) returns int language sql as $$select $1::int - 1$$", "38c96ce9c16d0ba6"),
    ] {
        assert_eq!(of(text).to_string(), hash, "{text}");
    }
}

#[test]
fn values_space_case_and_comments_do_not_count() {
    for (one, other) in [
        ("select 1", "SELECT  /* x */ 'text' -- y\n;"),
        ("select $1", "select $$x$$"),
        ("select E'a'", "select B'1'"),
        ("select a from t where b in (1)", "select a from t where b in (1, 2, $3)"),
        ("insert into t values (1, 2)", "insert into t values (1, 2), (3, 4), (5, 6);"),
        ("insert into t values ($1) returning a", "insert into t values ($1), ($2),($3) returning a"),
        ("select (-1)", "select (+1.5)"),
        ("select a + -1", "select a + 2"),
        ("select a = -1, b", "select a = 1, b"),
        ("select f(-1)", "select f( 1)"),
        ("select 1; select 2", ";select 1;; select 2;"),
        ("select 'a'\n'b'", "select 'c'"),
    ] {
        assert_eq!(of(one), of(other), "{one} | {other}");
    }
}

#[test]
fn everything_else_counts() {
    for (one, other) in [
        ("select a", "select b"),
        ("select a", "select \"a\""),
        ("select \"a\"", "select \"A\""),
        ("select a - 1", "select a 1"),
        ("select a -1", "select a +1"),
        ("select (a)", "select a"),
        ("select 1 select 2", "select 1; select 2"),
        ("select f(1), g", "select f(1) g"),
        ("values (1), (a)", "values (1)"),
        ("values (1), (2, a)", "values (1), (a)"),
        ("values (1), (2", "values (1)"),
        ("select -1", "select 1"),
        ("select a, 1", "select a"),
        ("select abcdefgh i", "select abcdefghi"),
        ("select ab", "select a b"),
        ("select null", "select 1"),
        ("select a.b", "select a,b"),
    ] {
        assert_ne!(of(one), of(other), "{one} | {other}");
    }
}

#[test]
fn a_list_of_any_length_is_one() {
    let list = |length: usize| of(&format!("select * from t where a in ({})", vec!["1"; length].join(",")));
    let rows = |length: usize| of(&format!("insert into t values {}", vec!["(1,'x')"; length].join(",")));
    for length in [2, 3, 10, 1000] {
        assert_eq!(list(1), list(length));
        assert_eq!(rows(1), rows(length));
    }
}
