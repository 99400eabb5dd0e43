//! Data-driven tests: each case is an input and what a check function must say of it, written as files that people
//! read, diff and bless.
//!
//! Dev-only. It knows nothing of what is tested.
//!
//! A file holds one case (`input`, a line `----`, `expected`) or several, each under a line `==== title`:
//!
//! ```text
//! ==== a select is answered
//! the input, any number of lines
//! ----
//! what the check function gives for it
//! ```
//!
//! `BLESS=1` in the environment writes what the check gives into the files. A file without a case, a case without input
//! or expectation, a title twice in a file, a folder without files, and a file with another extension all fail.

mod diff;
mod file;

use std::fs;
use std::path::{Path, PathBuf};

pub use file::{Case, parse, print};

/// Checks each case of each file with `extension` in `folder` and the folders below it.
///
/// # Panics
/// When a case gives something else than expected, naming file and title with the difference; or when a file is no case
/// file. That is a test's way to fail.
#[track_caller]
pub fn run(folder: impl AsRef<Path>, extension: &str, check: impl Fn(&str) -> String) {
    let bless = std::env::var_os("BLESS").is_some_and(|value| value == "1");
    let failures = run_with(folder.as_ref(), extension, bless, check);
    assert!(failures.is_empty(), "{}\n(BLESS=1 accepts what was given)", failures.join("\n"));
}

/// As [`run`], with what it reads from the environment as an argument, and failures as a value.
fn run_with(folder: &Path, extension: &str, bless: bool, check: impl Fn(&str) -> String) -> Vec<String> {
    let mut failures = Vec::new();
    let mut files = Vec::new();
    walk(folder, &mut files, &mut failures);
    files.sort();
    if files.is_empty() {
        failures.push(format!("{}: no case files", folder.display()));
    }
    for path in files {
        if path.extension().is_none_or(|found| found != extension) {
            failures.push(format!("{}: an orphan, case files here end with .{extension}", path.display()));
            continue;
        }
        if let Err(failure) = check_file(&path, bless, &check) {
            failures.push(format!("{}: {failure}", path.display()));
        }
    }
    failures
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>, failures: &mut Vec<String>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            failures.push(format!("{}: {error}", folder.display()));
            return;
        }
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, files, failures) } else { files.push(path) }
    }
}

fn check_file(path: &Path, bless: bool, check: &impl Fn(&str) -> String) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let mut cases = parse(&text, bless)?;
    let mut failures = Vec::new();
    for case in &mut cases {
        let given = file::clean(&check(&case.input));
        if given.is_empty() {
            failures.push(format!("{}: the check gave nothing", case.title));
        } else if given != case.expected {
            failures.push(format!("{}\n{}", case.title, diff::lines(&case.expected, &given)));
            case.expected = given;
        }
    }
    if bless {
        failures.retain(|failure| failure.ends_with("gave nothing"));
        let blessed = print(&cases);
        if failures.is_empty() && blessed != text {
            fs::write(path, blessed).map_err(|error| error.to_string())?;
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

#[cfg(test)]
mod tests;
