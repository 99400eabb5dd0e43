//! Properties of the tokens of any text. What each token is, the case files show.

use proptest::prelude::*;

use super::*;

/// Pieces that matter to the lexer, so that random texts meet its rules.
const PIECES: &[&str] = &[
    "'", "''", "\"", "\\", "$", "$$", "$a$", "$1", "e'", "E'", "U&'", "u&\"", "b'", "X'", "N'", "--", "/*",
    "*/", "*", "/", "\n", " ", "\t", "-", "+", "-+", "<", "=", "@", "::", ":=", "..", ".", ";", "(", ")",
    ",", "a", "1", "1_0", "0x1f", "0b", "1e", "1.5", "e", "é", "\0", "select", "begin", "atomic", "end",
    "create", "function", "{",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let pieces =
        prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|p| p.concat().into_bytes());
    prop_oneof![3 => pieces, 1 => prop::collection::vec(any::<u8>(), 0..80)]
}

proptest! {
    #[test]
    fn tokens_and_space_are_the_whole_text(text in text()) {
        let mut at = 0;
        for token in Lexer::new(&text) {
            prop_assert!(token.start < token.end && token.end <= text.len());
            prop_assert!(text[at..token.start].iter().all(|&byte| is(byte, SPACE)));
            at = token.end;
        }
        prop_assert!(text[at..].iter().all(|&byte| is(byte, SPACE)));
    }

    #[test]
    fn a_token_is_the_same_when_lexing_begins_at_it(text in text()) {
        for token in Lexer::new(&text) {
            prop_assert_eq!(Lexer::at(&text, token.start).next(), Some(token));
        }
    }

    #[test]
    fn what_is_unclosed_is_the_last_token(text in text()) {
        let mut lexer = Lexer::new(&text);
        let mut last = None;
        while let Some(token) = lexer.next() {
            if !lexer.closed() {
                prop_assert_eq!(token.end, text.len());
            }
            last = Some(token.kind);
        }
        if !lexer.closed() {
            let last = last.unwrap();
            let quoted = matches!(last, Kind::QuotedName | Kind::UnicodeName | Kind::BlockComment);
            prop_assert!(quoted || last.is_string());
        }
    }
}

/// The server's lexer looks through the whole run again for each of its characters; this one remembers.
#[test]
fn runs_of_signs_are_split_in_one_pass() {
    let text = "+-".repeat(500_000);
    let mut lexer = Lexer::new(text.as_bytes());
    assert_eq!(lexer.next().map(|token| token.end), Some(1));
    assert_eq!(lexer.single_until, text.len(), "the run was looked through once for all its tokens");
    assert_eq!(lexer.count(), text.len() - 1);
}
