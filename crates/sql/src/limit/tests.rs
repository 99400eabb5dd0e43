//! Each limit, from both sides.

use super::*;

#[test]
fn ordinary_texts_pass() {
    for text in
        ["", "SELECT 1", "/* a /* b */ c */ SELECT '((((' -- ((((", "/********** banner **********/ SELECT 1"]
    {
        assert_eq!(check(text.as_bytes()), Ok(text));
    }
}

#[test]
fn a_zero_byte_and_bad_utf8_do_not_pass() {
    assert_eq!(check(b"SELECT 1\0"), Err("the text holds a zero byte"));
    assert_eq!(check(b"SELECT E'\xbf\x5c'"), Err("the text is not valid UTF-8"));
}

#[test]
fn brackets_in_literals_do_not_count() {
    let deep = |count: usize| format!("SELECT {}1{}", "(".repeat(count), ")".repeat(count));
    assert!(check(deep(BRACKET_DEPTH_MAX).as_bytes()).is_ok());
    assert!(check(deep(BRACKET_DEPTH_MAX + 1).as_bytes()).is_err());
    assert!(check(format!("SELECT '{}'", "(".repeat(10_000)).as_bytes()).is_ok());
}

#[test]
fn comments_nest_only_so_deep() {
    let deep = |count: usize| format!("{}{}", "/* ".repeat(count), " */".repeat(count));
    assert!(check(deep(COMMENT_DEPTH_MAX).as_bytes()).is_ok());
    assert!(check(deep(COMMENT_DEPTH_MAX + 1).as_bytes()).is_err());
}

#[test]
fn what_the_servers_lexer_reads_again_is_bounded() {
    assert!(check("/**/".repeat(100).as_bytes()).is_ok());
    assert!(check("/**/".repeat(1_000).as_bytes()).is_err());
    assert!(check("SELECT 1 ".to_owned().as_bytes()).is_ok());
    assert!(check(format!("SELECT {}1", "+-".repeat(1_000)).as_bytes()).is_err());
    assert!(check(format!("SELECT {}1", "- ".repeat(1_000)).as_bytes()).is_ok());
}

#[test]
fn size_tokens_statements_and_arms_are_bounded() {
    assert!(check(&vec![b' '; TEXT_BYTES_MAX]).is_ok());
    assert!(check(&vec![b' '; TEXT_BYTES_MAX + 1]).is_err());
    assert!(check("1,".repeat(TOKENS_MAX / 2).as_bytes()).is_ok());
    assert!(check("1,".repeat(TOKENS_MAX / 2 + 1).as_bytes()).is_err());
    assert!(check(";".repeat(STATEMENTS_MAX + 1).as_bytes()).is_err());
    assert!(check("SELECT 1 UNION ".repeat(2_000).as_bytes()).is_ok());
    assert!(check("SELECT 1 UNION ".repeat(SET_OPERATIONS_MAX + 1).as_bytes()).is_err());
    assert!(check("a JOIN ".repeat(JOINS_MAX + 1).as_bytes()).is_err());
}
