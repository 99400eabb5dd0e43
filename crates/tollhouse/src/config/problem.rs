//! What is wrong with a configuration: where, which key, what, and what to do about it.
//! Never holds a value that may be a secret: messages name keys, names and paths, not contents.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place in the configuration file, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The line.
    pub(crate) line: usize,
    /// The column.
    pub(crate) column: usize,
}

/// Whether the configuration can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// It cannot.
    Error,
    /// It can, but somebody should look.
    Warning,
}

/// The stable name of a kind of problem: one line here, one row in `docs/reference/codes.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// The file or a file that it names cannot be read.
    File,
    /// A file with a secret can be read by others.
    Exposed,
    /// The text is no TOML.
    Syntax,
    /// A key that does not exist here.
    UnknownKey,
    /// A key that has to be there.
    MissingKey,
    /// A value that the key does not take.
    Value,
    /// Keys that exclude or require each other.
    Conflict,
    /// The same name twice.
    Duplicate,
    /// A name that stands for nothing in this file.
    Unresolved,
    /// More rights than allowed.
    Reach,
    /// A certificate or key that does not load.
    Certificate,
    /// A way in or out without TLS.
    Plaintext,
    /// Something that is of no use (any more).
    Useless,
}

impl Code {
    /// All codes, for the reference.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 13] = [
        Self::File,
        Self::Exposed,
        Self::Syntax,
        Self::UnknownKey,
        Self::MissingKey,
        Self::Value,
        Self::Conflict,
        Self::Duplicate,
        Self::Unresolved,
        Self::Reach,
        Self::Certificate,
        Self::Plaintext,
        Self::Useless,
    ];

    /// The word that `--json` and the reference use.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Exposed => "exposed",
            Self::Syntax => "syntax",
            Self::UnknownKey => "unknown-key",
            Self::MissingKey => "missing-key",
            Self::Value => "value",
            Self::Conflict => "conflict",
            Self::Duplicate => "duplicate",
            Self::Unresolved => "unresolved",
            Self::Reach => "reach",
            Self::Certificate => "certificate",
            Self::Plaintext => "plaintext",
            Self::Useless => "useless",
        }
    }
}

/// What is wrong with a value, before it is known where the value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Its kind.
    pub(crate) code: Code,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) fix: String,
}

impl Fault {
    /// A fault of the given kind.
    pub(crate) fn new(code: Code, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { code, what: what.into(), fix: fix.into() }
    }

    /// A value that the key does not take.
    pub(crate) fn value(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::new(Code::Value, what, fix)
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Whether the configuration can be used all the same.
    pub(crate) severity: Severity,
    /// Where it stands; `None` when the file as a whole is meant.
    pub(crate) place: Option<Place>,
    /// The key, as `section.name`; empty when no key is meant.
    pub(crate) key: String,
    /// What is wrong and what to do.
    pub(crate) fault: Fault,
}

/// A configuration that cannot be used. Holds at least one error.
#[derive(Debug)]
pub(crate) struct ConfigError {
    /// The file.
    pub(crate) path: PathBuf,
    /// Errors and warnings, in the order of the file.
    pub(crate) problems: Vec<Problem>,
}

impl ConfigError {
    /// How many of the problems are errors.
    pub(crate) fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// Whether the file itself could not be read, so that nothing is known about its contents.
    pub(crate) fn unreadable(&self) -> bool {
        self.problems.iter().any(|p| p.place.is_none() && p.key.is_empty() && p.fault.code == Code::File)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            problem.show(&self.path).fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

impl Problem {
    /// `file:line:column: key: what is wrong; what to do`, with the word `warning` before the key of a warning.
    pub(crate) fn show<'a>(&'a self, path: &'a Path) -> impl fmt::Display + 'a {
        fmt::from_fn(move |f| {
            write!(f, "{}:", path.display())?;
            if let Some(place) = self.place {
                write!(f, "{}:{}:", place.line, place.column)?;
            }
            if self.severity == Severity::Warning {
                f.write_str(" warning:")?;
            }
            if !self.key.is_empty() {
                write!(f, " {}:", self.key)?;
            }
            write!(f, " {}; {}", self.fault.what, self.fault.fix)
        })
    }
}

/// Where the lines of a text begin: a large file may have many problems.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        let behind = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(behind).collect() }
    }

    /// The place of the byte at `offset`; the end of the text for an offset behind it.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let end = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= end);
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0);
        let column = self.text.get(start..end).unwrap_or_default().chars().count() + 1;
        Place { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let lines = Lines::new("a\né = 1\n");
        assert_eq!(lines.place(0), Place { line: 1, column: 1 });
        assert_eq!(lines.place(2), Place { line: 2, column: 1 });
        assert_eq!(lines.place(4), Place { line: 2, column: 2 });
        assert_eq!(lines.place(3), Place { line: 2, column: 1 }, "inside of a character");
        assert_eq!(lines.place(99), Place { line: 3, column: 1 });
    }

    #[test]
    fn a_problem_reads_as_one_line() {
        let fault = Fault::value("`x` is no level", "write `info`");
        let mut problem = Problem {
            severity: Severity::Error,
            place: Some(Place { line: 3, column: 9 }),
            key: "log.level".to_owned(),
            fault,
        };
        let show = |p: &Problem| p.show(Path::new("t.toml")).to_string();
        assert_eq!(show(&problem), "t.toml:3:9: log.level: `x` is no level; write `info`");
        problem.severity = Severity::Warning;
        assert_eq!(show(&problem), "t.toml:3:9: warning: log.level: `x` is no level; write `info`");
        problem.place = None;
        problem.key = String::new();
        assert_eq!(show(&problem), "t.toml: warning: `x` is no level; write `info`");
    }
}
