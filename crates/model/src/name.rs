//! Names of principals, targets, groups and tokens: one alphabet for all, safe in logs, paths, URLs and SQL.

use std::fmt;
use std::sync::Arc;

/// A checked name: 1 to 63 characters of `a-z 0-9 _ - . @`, beginning with a letter or digit.
///
/// 63 is PostgreSQL's own limit for identifiers (NAMEDATALEN - 1). `@` lets a principal be an e-mail
/// address; it separates database and target in a client's database name, so targets must not contain it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Arc<str>);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing, or more than 63 characters.
    Length,
    /// A character outside the alphabet, or a first character that is no letter or digit.
    Character(char),
}

impl Name {
    /// Checks `text`.
    ///
    /// # Errors
    /// When `text` is empty, too long, or has a character outside the alphabet.
    pub fn new(text: &str) -> Result<Self, NameError> {
        if text.is_empty() || text.len() > 63 {
            return Err(NameError::Length);
        }
        for (at, c) in text.chars().enumerate() {
            let first = c.is_ascii_lowercase() || c.is_ascii_digit();
            if !(first || (at > 0 && matches!(c, '_' | '-' | '.' | '@'))) {
                return Err(NameError::Character(c));
            }
        }
        Ok(Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl std::borrow::Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("a name has 1 to 63 characters"),
            Self::Character(c) => {
                write!(
                    f,
                    "{c:?} is not allowed here: a name begins with a-z or 0-9 and goes on with a-z 0-9 _ - . @"
                )
            }
        }
    }
}

impl std::error::Error for NameError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for good in ["a", "alice", "support-bot", "alice@example.com", "9lives", &"x".repeat(63)] {
            assert!(Name::new(good).is_ok(), "{good}");
        }
        assert_eq!(Name::new(""), Err(NameError::Length));
        assert_eq!(Name::new(&"x".repeat(64)), Err(NameError::Length));
        for (bad, c) in [("Alice", 'A'), ("-a", '-'), ("a b", ' '), ("a\0", '\0'), ("é", 'é'), ("a/b", '/')]
        {
            assert_eq!(Name::new(bad), Err(NameError::Character(c)), "{bad}");
        }
    }
}
