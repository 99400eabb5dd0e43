//! Properties of a scan, and what hostile texts may cost.

use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn any_bytes_are_scanned(text in prop::collection::vec(any::<u8>(), 0..200)) {
        let scan = scan(&text);
        prop_assert!(scan.closed || scan.malformed);
        prop_assert!(scan.touches.len() <= scan.statements as usize);
    }

    #[test]
    fn statements_of_a_joined_text_add_up(
        parts in prop::collection::vec(prop::sample::select(vec![
            "select 1", "select ';'", "", "/* ; */", "select $$;$$", "(select 1)",
            "create function f() returns int begin atomic select 1; end", "begin", "end", "create table t (a int)",
        ]), 0..12)
    ) {
        let apart: u32 = parts.iter().map(|part| super::scan(part.as_bytes()).statements).sum();
        prop_assert_eq!(super::scan(parts.join(";").as_bytes()).statements, apart);
    }
}

#[test]
fn a_comment_asserts_the_last_value_of_a_key() {
    let scan = scan(b"/*purpose='a'*/ select 1 /*purpose='b',traceparent='t'*/");
    assert_eq!(scan.asserted("purpose"), Some("b"));
    assert_eq!(scan.asserted("traceparent"), Some("t"));
    assert_eq!(scan.asserted("Purpose"), None);
}

#[test]
fn nothing_is_allocated_for_plain_texts() {
    let scan = scan(b"select 1");
    assert_eq!((scan.asserted.capacity(), scan.touches.capacity()), (0, 0));
}

/// Nesting is a number, so no depth costs stack; the token count is what a single pass gives.
#[test]
fn hostile_depth_is_read_in_one_pass() {
    let depth = 1_000_000;
    let parentheses = "(".repeat(depth) + ";" + &")".repeat(depth);
    assert_eq!(scan(parentheses.as_bytes()).statements, 1);
    assert_eq!(Lexer::new(parentheses.as_bytes()).count(), 2 * depth + 1);
    let comments = "/*".repeat(depth) + &"*/".repeat(depth);
    assert_eq!(Lexer::new(comments.as_bytes()).count(), 1);
    assert!(scan(comments.as_bytes()).closed);
    let open = "/*".repeat(depth);
    assert!(!scan(open.as_bytes()).closed);
    let dollars = "$a".repeat(depth);
    assert_eq!(Lexer::new(dollars.as_bytes()).count(), 2, "a stray dollar and a word with dollars in it");
}
