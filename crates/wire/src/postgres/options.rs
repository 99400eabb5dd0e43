//! The start-up parameter `options`: a command line for the server's process, of which only settings are understood.
//!
//! It splits as the server does (`pg_split_opts` in `postinit.c`, then `getopt` in `process_postgres_switches`), and
//! refuses every switch that is no setting. It never judges a setting.

use std::fmt;

use model::{Refusal, Sqlstate};

/// Why an `options` value is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// It is not UTF-8.
    NotText,
    /// A switch that is no setting, or a word that is no switch.
    Switch(String),
    /// `-c name` or `--name` without `=value`. Holds it as it was written.
    NoValue(String),
    /// `-c =value`.
    NoName,
}

/// Reads the settings of an `options` value in their order: `-c name=value`, `-cname=value`, `--name=value`.
/// A `-` in a name becomes `_`. The same name may come twice; with the server the last one counts.
///
/// # Errors
/// When anything else is in it.
pub fn options(value: &[u8]) -> Result<Vec<(String, String)>, OptionsError> {
    let value = std::str::from_utf8(value).map_err(|_| OptionsError::NotText)?;
    let mut words = split(value).into_iter();
    let mut settings = Vec::new();
    while let Some(word) = words.next() {
        // `--` alone ends the switches for getopt, and what follows is refused by the server in any case.
        let (switch, assignment) = match (word.strip_prefix("--"), word.strip_prefix("-c")) {
            (Some(long), _) if !long.is_empty() => ("--", long.to_owned()),
            (None, Some("")) => ("-c ", words.next().ok_or_else(|| OptionsError::Switch(word.clone()))?),
            (None, Some(short)) => ("-c ", short.to_owned()),
            _ => return Err(OptionsError::Switch(word)),
        };
        settings.push(setting(switch, &assignment)?);
    }
    Ok(settings)
}

/// `name=value`, as the server's `ParseLongOption` reads it.
fn setting(switch: &str, assignment: &str) -> Result<(String, String), OptionsError> {
    let (name, value) =
        assignment.split_once('=').ok_or_else(|| OptionsError::NoValue(format!("{switch}{assignment}")))?;
    if name.is_empty() {
        return Err(OptionsError::NoName);
    }
    Ok((name.replace('-', "_"), value.to_owned()))
}

/// Splits at white space; a backslash takes the next character as it is. A backslash at the very end stands for nothing.
fn split(value: &str) -> Vec<String> {
    // C's `isspace` in the C locale, which also takes the vertical tab.
    let space = |c: char| c.is_ascii_whitespace() || c == '\x0b';
    let (mut words, mut word, mut escaped) = (Vec::new(), None::<String>, false);
    for c in value.chars() {
        if space(c) && !escaped {
            words.extend(word.take());
        } else if c == '\\' && !escaped {
            word.get_or_insert_default();
            escaped = true;
        } else {
            word.get_or_insert_default().push(c);
            escaped = false;
        }
    }
    words.extend(word);
    words
}

impl OptionsError {
    /// What to answer with.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let code = match self {
            Self::NotText => Sqlstate::new(b"22021"),
            Self::Switch(_) | Self::NoValue(_) | Self::NoName => Sqlstate::new(b"42601"),
        };
        Refusal::new(code, self.to_string()).hint("write settings as `-c name=value` or `--name=value`")
    }
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => f.write_str("the start-up options are not valid UTF-8"),
            Self::Switch(word) => {
                write!(f, "invalid command-line argument for server process: {}", short(word))
            }
            Self::NoValue(name) => write!(f, "{} requires a value", short(name)),
            Self::NoName => f.write_str("a start-up option has no name"),
        }
    }
}

impl std::error::Error for OptionsError {}

/// Enough to recognise it.
fn short(text: &str) -> String {
    text.chars().take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(value: &str) -> Vec<(String, String)> {
        options(value.as_bytes()).unwrap()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn three_spellings_of_a_setting() {
        let three = pairs("-c a=1 -cb=2 --c=3");
        assert_eq!(three, [pair("a", "1"), pair("b", "2"), pair("c", "3")]);
        assert_eq!(pairs("--statement-timeout=5s"), [pair("statement_timeout", "5s")]);
        assert_eq!(pairs("-c statement-timeout=5-1"), [pair("statement_timeout", "5-1")]);
        assert_eq!(pairs("-c a=b=c"), [pair("a", "b=c")]);
        assert_eq!(pairs("-c a="), [pair("a", "")]);
        assert_eq!(pairs("-c a=1 -c a=2"), [pair("a", "1"), pair("a", "2")]);
        assert_eq!(pairs(" \t\r\n\x0b\x0c"), []);
        // getopt gives `-c` the next word whatever it is.
        assert_eq!(pairs("-c --a=1"), [pair("__a", "1")]);
    }

    #[test]
    fn backslashes_keep_spaces() {
        assert_eq!(pairs(r"-c search_path=a,\ b"), [pair("search_path", "a, b")]);
        assert_eq!(pairs(r"-c a=\\"), [pair("a", r"\")]);
        assert_eq!(pairs(r"-c a=b\"), [pair("a", "b")]);
        assert_eq!(pairs(r"-c\ a=1"), [pair(" a", "1")]);
        assert_eq!(pairs("-c a=é\\\u{a0}ü"), [pair("a", "é\u{a0}ü")]);
        // An escape alone is an empty word, not nothing.
        assert_eq!(options(br"\"), Err(OptionsError::Switch(String::new())));
    }

    #[test]
    fn anything_else_is_refused() {
        for word in ["-e", "-ec", "-", "--", "x", "-c", "-B", "-d5", "-C", "-f"] {
            assert_eq!(options(word.as_bytes()), Err(OptionsError::Switch(word.to_owned())));
        }
        assert_eq!(options(b"-c a"), Err(OptionsError::NoValue("-c a".to_owned())));
        assert_eq!(options(b"--a"), Err(OptionsError::NoValue("--a".to_owned())));
        assert_eq!(options(b"-c =1"), Err(OptionsError::NoName));
        assert_eq!(options(b"--=1"), Err(OptionsError::NoName));
        assert_eq!(options(b"-c a=\xff"), Err(OptionsError::NotText));
    }
}
