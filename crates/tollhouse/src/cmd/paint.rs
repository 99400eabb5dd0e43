//! Printing for people on standard error: colours only on a terminal, and never when `NO_COLOR` is set.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::config::{Problem, Severity};

const RED: &str = "\x1b[31m";
const YELLOW: &str = "\x1b[33m";
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Prints problems, one a line, in the colour of their severity.
pub(crate) fn problems(path: &Path, problems: &[Problem]) {
    for problem in problems {
        let colour = match problem.severity {
            Severity::Error => RED,
            Severity::Warning => YELLOW,
        };
        line(colour, &problem.show(path).to_string());
    }
}

/// Prints what went wrong.
pub(crate) fn complain(text: &str) {
    line(RED, &format!("tollhouse: {text}"));
}

/// Prints something that is no result but that a person should know.
pub(crate) fn note(text: &str) {
    line(BOLD, text);
}

fn line(colour: &str, text: &str) {
    let mut stderr = std::io::stderr().lock();
    let coloured = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    // Nobody is left to tell when standard error is closed.
    let _ = if coloured { writeln!(stderr, "{colour}{text}{PLAIN}") } else { writeln!(stderr, "{text}") };
}
