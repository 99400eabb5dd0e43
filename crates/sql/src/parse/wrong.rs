//! What the grammar says of a text that it does not take: where it stopped, never what stands there. Its own message
//! quotes the text, and a text may hold a secret.

use crate::lexer::Lexer;

/// What is said when nobody can tell where.
pub(super) const NOT_VALID: &str = "the text is not valid PostgreSQL";

/// One phrase for people. `error`: the grammar's message, such as `syntax error at or near "selec"`.
pub(super) fn said(error: &str, text: &str) -> String {
    if error.ends_with("at end of input") {
        return format!("{NOT_VALID}: it ends too early");
    }
    let near = error.split_once("at or near \"").and_then(|(_, rest)| rest.strip_suffix('"'));
    match near.and_then(|near| only(near, text)) {
        Some(offset) => {
            let before = text.get(..offset).unwrap_or_default();
            let (lines, last) = before.rsplit_once('\n').unwrap_or(("", before));
            let line =
                if last.len() == before.len() { 1 } else { lines.matches('\n').count().saturating_add(2) };
            format!("{NOT_VALID} at line {line}, column {}", last.chars().count().saturating_add(1))
        }
        None => NOT_VALID.to_owned(),
    }
}

/// Where a token begins that is in the text once.
fn only(near: &str, text: &str) -> Option<usize> {
    let mut found = Lexer::new(text.as_bytes()).filter(|token| token.of(text.as_bytes()) == near.as_bytes());
    found.next().filter(|_| found.next().is_none()).map(|token| token.start)
}

#[cfg(test)]
mod tests {
    use super::super::Tree;

    fn said(text: &str) -> String {
        Tree::parse(text).err().unwrap()
    }

    #[test]
    fn a_place_is_told_and_nothing_of_the_text() {
        assert_eq!(said("selec 'secret'"), "the text is not valid PostgreSQL at line 1, column 1");
        assert_eq!(said("select 'é',\n  1 from"), "the text is not valid PostgreSQL: it ends too early");
        assert_eq!(
            said("select 'é'\n -- x\n, é frm t"),
            "the text is not valid PostgreSQL at line 3, column 9"
        );
        assert_eq!(
            said("alter user a password hunter2"),
            "the text is not valid PostgreSQL at line 1, column 23"
        );
        // The same word twice: which of them is not said.
        assert_eq!(said("select a a a from a"), "the text is not valid PostgreSQL");
    }
}
