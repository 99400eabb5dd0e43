//! The configuration: read from `tollhouse.toml`, checked, and elevated into [`gateway::settings::Settings`].
//! `raw` is what is written, `checked` what is meant; every problem is told at once, with its place. Nothing of
//! the rest of the program sees a path, a key or an unchecked text.

mod checked;
pub(crate) mod edit;
mod file;
pub(crate) mod key;
pub(crate) mod problem;
pub(crate) mod raw;
mod reading;
pub(crate) mod value;
pub(crate) mod verifier;

use std::path::{Path, PathBuf};

use gateway::settings::Settings;
use model::Timestamp;
use sha2::{Digest, Sha256};
use toml::de::DeTable;

use crate::rules::{Files, Set};
pub(crate) use file::reason;
use problem::{Code, Fault, Lines};
pub(crate) use problem::{ConfigError, Problem, Severity};
use raw::Table;
pub(crate) use raw::printable;
use reading::Reading;

/// The name that is looked for when none is given.
pub(crate) const FILE_NAME: &str = "tollhouse.toml";

/// What a configuration needs beside files: an argument, so that tests decide.
pub(crate) struct Surroundings<'a> {
    /// The time, for what expires.
    pub(crate) now: Timestamp,
    /// An environment variable's value.
    pub(crate) variable: &'a dyn Fn(&str) -> Option<String>,
    /// The rules in force, which are taken as they are when their files did not change.
    pub(crate) rules: Option<&'a Set>,
}

/// A configuration that can be used.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// What the gate is told to do.
    pub(crate) settings: Settings,
    /// Where and how the ledger is kept.
    pub(crate) ledger: LedgerSettings,
    /// How the process logs.
    pub(crate) log: LogSettings,
    /// The rules. Wrong rules are no wrong configuration: they refuse everything.
    pub(crate) rules: Set,
    /// What somebody should look at.
    pub(crate) warnings: Vec<Problem>,
    /// The configuration and every file that it names: when one of these changes, load again.
    pub(crate) files: Vec<PathBuf>,
}

/// Where and how the ledger is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LedgerSettings {
    /// Its folder; may not be there yet.
    pub(crate) directory: PathBuf,
    /// Its name in checkpoints.
    pub(crate) origin: String,
    /// The signing key's file; may not be there yet.
    pub(crate) key: PathBuf,
}

/// How the process logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogSettings {
    /// For people or for programs.
    pub(crate) format: LogFormat,
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub(crate) level: &'static str,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Reads and checks the configuration in `path`, with this process' clock and environment.
///
/// # Errors
/// When the file cannot be read or anything in it cannot be used; all problems are in the error.
pub(crate) fn load(path: &Path) -> Result<Loaded, ConfigError> {
    load_again(path, None)
}

/// [`load`] while `rules` are in force.
///
/// # Errors
/// As [`load`].
pub(crate) fn load_again(path: &Path, rules: Option<&Set>) -> Result<Loaded, ConfigError> {
    let text = read(path)?;
    let mut loaded = process_surroundings(rules, |surroundings| check(path, &text, surroundings))?;
    loaded.warnings.extend(exposed_verifiers(path, &loaded.settings));
    Ok(loaded)
}

/// Reads the rule files that the configuration in `path` names, and nothing else of it.
///
/// # Errors
/// When the file cannot be read, is no TOML, or its section about rules has errors.
pub(crate) fn rule_files(path: &Path) -> Result<Files, ConfigError> {
    let text = read(path)?;
    let folder = folder_of(path);
    process_surroundings(None, |surroundings| {
        let reading = Reading::new(&text, &folder, surroundings);
        let (document, syntax) = DeTable::parse_recoverable(&text);
        let mut problems = syntax_problems(&text, &syntax);
        let files = checked::policy::files(&Table::top(&reading, document.get_ref()));
        problems.extend(reading.problems().iter().filter(|p| p.key.starts_with("policy")).cloned());
        if problems.is_empty() { Ok(files) } else { Err(ConfigError { path: path.to_owned(), problems }) }
    })
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| {
        let what = format!("cannot read the configuration: {}", file::reason(&error));
        whole_file(path, Fault::new(Code::File, what, "give its path with `--config`, or check its mode"))
    })
}

/// The time.
pub(crate) fn now() -> Timestamp {
    Timestamp(u64::try_from(jiff::Timestamp::now().as_microsecond()).unwrap_or(0))
}

/// Does something with this process' clock and environment.
fn process_surroundings<T>(rules: Option<&Set>, with: impl FnOnce(&Surroundings<'_>) -> T) -> T {
    with(&Surroundings { now: now(), variable: &|name| std::env::var(name).ok(), rules })
}

/// Checks a configuration's text, which stands or will stand in `path`.
///
/// # Errors
/// When anything in it cannot be used; all problems are in the error.
pub(crate) fn check(path: &Path, text: &str, surroundings: &Surroundings<'_>) -> Result<Loaded, ConfigError> {
    let folder = folder_of(path);
    let reading = Reading::new(text, &folder, surroundings);
    let (document, syntax) = DeTable::parse_recoverable(text);
    if !syntax.is_empty() {
        return Err(ConfigError { path: path.to_owned(), problems: syntax_problems(text, &syntax) });
    }
    let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let elevated = checked::elevate(&Table::top(&reading, document.get_ref()), hash, surroundings.rules);
    let mut problems = reading.problems().clone();
    problems.sort_by_key(|problem| problem.place);
    match elevated {
        Some((settings, ledger, log, rules)) => {
            let mut files = vec![path.to_owned()];
            files.extend(reading.files());
            Ok(Loaded { settings, ledger, log, rules, warnings: problems, files })
        }
        None => Err(ConfigError { path: path.to_owned(), problems }),
    }
}

/// The folder that a configuration's relative paths start from.
fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn whole_file(path: &Path, fault: Fault) -> ConfigError {
    let problem = Problem { severity: Severity::Error, place: None, key: String::new(), fault };
    ConfigError { path: path.to_owned(), problems: vec![problem] }
}

/// Problems with the TOML itself. Only the parser's own words are shown, not the line: it may hold a secret.
fn syntax_problems(text: &str, errors: &[toml::de::Error]) -> Vec<Problem> {
    // What follows the first few is mostly their echo.
    const SHOWN_MAX: usize = 5;
    let lines = Lines::new(text);
    let problem = |error: &toml::de::Error| Problem {
        severity: Severity::Error,
        place: Some(lines.place(error.span().map_or(0, |span| span.start))),
        key: String::new(),
        fault: Fault::new(
            Code::Syntax,
            format!("not TOML: {}", printable(&error.message().replace('\n', ", "))),
            "see https://toml.io for how it is written",
        ),
    };
    let mut problems: Vec<Problem> = errors.iter().take(SHOWN_MAX).map(problem).collect();
    problems.sort_by_key(|problem| problem.place);
    problems
}

/// A verifier lets others guess the password at leisure, so the file is better not read by everybody.
fn exposed_verifiers(path: &Path, settings: &Settings) -> Option<Problem> {
    use std::os::unix::fs::MetadataExt;
    settings.accounts.values().find(|account| account.scram.is_some())?;
    let mode = std::fs::metadata(path).ok()?.mode();
    (mode & 0o007 != 0).then(|| Problem {
        severity: Severity::Warning,
        place: None,
        key: String::new(),
        fault: Fault::new(
            Code::Exposed,
            format!(
                "everybody may use this file (mode {:04o}), and it holds password verifiers",
                mode & 0o7777
            ),
            "take that away with `chmod o=`",
        ),
    })
}

#[cfg(test)]
mod tests;
