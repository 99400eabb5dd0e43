//! What the grammar takes, and where its statements lie.

use super::Tree;

fn spans(text: &str) -> Vec<&str> {
    let tree = Tree::parse(text).unwrap();
    tree.statements(text).map(|(_, span)| &text[span]).collect()
}

#[test]
fn statements_have_their_bytes() {
    assert_eq!(spans("SELECT 1; ;/* x */ DELETE FROM t ;"), ["SELECT 1", "DELETE FROM t "]);
    assert_eq!(spans("  SELECT 'ä'"), ["SELECT 'ä'"]);
    assert_eq!(spans(" ; "), Vec::<&str>::new());
}

#[test]
fn a_text_that_is_wrong_is_an_error_without_the_text() {
    let message = Tree::parse("SELEC 'secret'").err().unwrap();
    assert!(!message.contains("secret"));
}

#[test]
fn escapes_that_make_no_utf8_are_refused_by_the_grammar() {
    assert!(Tree::parse(r"SELECT E'\xff'").is_err());
    assert!(Tree::parse(r"SELECT E'\000'").is_err());
}

/// What standard error is, by number of its file.
#[cfg(target_os = "linux")]
fn standard_error() -> std::path::PathBuf {
    std::fs::read_link("/proc/self/fd/2").unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn many_threads_leave_standard_error_where_it_was() {
    let before = {
        let _one = super::PARSING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        standard_error()
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..500).for_each(|_| assert!(Tree::parse("SELECT 1").is_ok())));
        }
    });
    let _one = super::PARSING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    assert_eq!(before, standard_error());
}
