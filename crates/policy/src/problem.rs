//! What is wrong with a rule set, and where. It never quotes more of a rule than its name.

use std::fmt;

/// One thing that is wrong with a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The rule, when it has a name.
    pub policy: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if let Some(policy) = &self.policy {
            write!(f, " (rule `{policy}`)")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "; {hint}")?;
        }
        Ok(())
    }
}

/// The line and column of a byte of a text, both from 1.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        assert_eq!(position("", 0), (1, 1));
        assert_eq!(position("ab\ncd", 4), (2, 2));
        assert_eq!(position("é\u{1F600}x\n", 6), (1, 3));
        assert_eq!(position("é", 1), (1, 1), "inside of a character");
        assert_eq!(position("a\n", 99), (2, 1));
    }

    #[test]
    fn a_problem_reads_as_one_line() {
        let problem = Problem {
            file: "own.cedar".into(),
            line: 3,
            column: 1,
            policy: Some("own/a".into()),
            message: "no `@id`".into(),
            hint: Some("add one".into()),
        };
        assert_eq!(problem.to_string(), "own.cedar:3:1: no `@id` (rule `own/a`); add one");
    }
}
