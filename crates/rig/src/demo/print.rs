//! What the demo prints: plain lines, with colours only on a terminal. A reader that goes away is no error.

use std::env;
use std::io::{IsTerminal, Write};

const GREEN: &str = "32";
const RED: &str = "31";
const BOLD: &str = "1";
const DIM: &str = "2";

/// A line.
pub(super) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A line about what is being done.
pub(super) fn step(line: &str) {
    say(&format!("{} {line}", paint(DIM, "demo:")));
}

/// A line about what went wrong.
pub(super) fn problem(line: &str) {
    say(&format!("{} {line}", paint(RED, "demo:")));
}

/// A headline.
pub(super) fn heading(line: &str) {
    say(&format!("\n{}", paint(BOLD, line)));
}

/// One step of the tour with its outcome; the lines of `detail` are indented.
pub(super) fn outcome(is_good: bool, line: &str, detail: &str) {
    let mark = if is_good { paint(GREEN, "✓") } else { paint(RED, "✗") };
    say(&format!("  {mark} {line}"));
    for line in detail.lines() {
        say(&format!("      {}", paint(DIM, line)));
    }
}

fn paint(code: &str, text: &str) -> String {
    if env::var_os("NO_COLOR").is_none() && std::io::stdout().is_terminal() {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.into()
    }
}

/// What a program printed, safe for a terminal: control and direction characters are shown, not obeyed.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() => '\u{fffd}',
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_commanded() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\nd"), "a\u{fffd}[2Jb\u{fffd}c\nd");
    }
}
