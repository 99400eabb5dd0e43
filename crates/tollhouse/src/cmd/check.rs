//! `tollhouse check`: reads a configuration as `serve` would, with every file that it names, and says everything
//! that is wrong with it and with the rules. Starts nothing and connects to nothing.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use super::{exit, paint};
use crate::config::key::{self, Otherwise};
use crate::config::{self, FILE_NAME, Loaded, Problem, Severity};

/// What to check.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse check                             check ./tollhouse.toml
  tollhouse check /etc/tollhouse/tollhouse.toml --json
  tollhouse check --keys                      every key with its form, default and meaning

Exit codes: 0 it can be used (warnings may be printed), 1 it has errors, 2 it cannot be read")]
pub(crate) struct CheckArgs {
    /// The configuration
    #[arg(value_name = "FILE", default_value = FILE_NAME)]
    file: PathBuf,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
    /// Print every key that a configuration may have, as Markdown, and check nothing
    #[arg(long, conflicts_with_all = ["file", "json"])]
    keys: bool,
}

/// The answer as JSON.
#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    file: String,
    /// SHA-256 of the file, hexadecimal, as entries of the ledger name it; only when it can be used.
    hash: Option<String>,
    /// The configuration and the files that it names; empty when it cannot be used.
    files: Vec<String>,
    problems: Vec<ProblemJson<'a>>,
    /// The same for the rules, which `tollhouse policy check` looks at alone.
    rules: Option<super::policy::RulesJson<'a>>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    severity: &'static str,
    code: &'static str,
    line: Option<usize>,
    column: Option<usize>,
    key: &'a str,
    message: &'a str,
    fix: &'a str,
}

/// Checks and answers.
pub(crate) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    if args.keys {
        io::stdout().write_all(keys().as_bytes()).context("cannot print")?;
        return Ok(ExitCode::SUCCESS);
    }
    let outcome = config::load(&args.file);
    let code = match &outcome {
        // A gate with such rules starts, and refuses everything.
        Ok(loaded) if !loaded.rules.rules.problems().is_empty() => exit::NO,
        Ok(_) => 0,
        Err(error) if error.unreadable() => exit::FAILED,
        Err(_) => exit::NO,
    };
    let (loaded, problems) = match &outcome {
        Ok(loaded) => (Some(loaded), &loaded.warnings),
        Err(error) => (None, &error.problems),
    };
    if args.json {
        print_json(&args.file, loaded, problems)?;
    } else {
        paint::problems(&args.file, problems);
        match (&outcome, loaded) {
            (Err(error), _) => {
                let errors = error.errors();
                paint::complain(&format!("{errors} error{}", if errors == 1 { "" } else { "s" }));
            }
            (_, Some(loaded)) if code != 0 => {
                for problem in loaded.rules.rules.problems() {
                    paint::complain(&problem.to_string());
                }
                paint::complain("the rules have problems: a gate with them refuses everything");
            }
            (_, Some(loaded)) => {
                writeln!(io::stdout(), "{}: {}", args.file.display(), summary(loaded))
                    .context("cannot print")?;
            }
            (_, None) => {}
        }
    }
    Ok(ExitCode::from(code))
}

fn summary(loaded: &Loaded) -> String {
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let settings = &loaded.settings;
    format!(
        "ok: {}, {}, {}, {}; ledger `{}` in {}",
        count(settings.listeners.len(), "listener"),
        count(settings.targets.len(), "target"),
        count(settings.accounts.len(), "principal"),
        count(settings.rules.list().len(), "rule"),
        loaded.ledger.origin,
        loaded.ledger.directory.display(),
    )
}

fn print_json(file: &Path, loaded: Option<&Loaded>, problems: &[Problem]) -> anyhow::Result<()> {
    let answer = Answer {
        ok: loaded.is_some_and(|loaded| loaded.rules.rules.problems().is_empty()),
        file: file.display().to_string(),
        hash: loaded.map(|loaded| hexadecimal(&loaded.settings.hash)),
        files: loaded.map_or(Vec::new(), |l| l.files.iter().map(|path| path.display().to_string()).collect()),
        problems: problems.iter().map(ProblemJson::from).collect(),
        rules: loaded.map(|loaded| super::policy::RulesJson::from(&loaded.rules)),
    };
    let text = serde_json::to_string(&answer).context("cannot print")?;
    writeln!(io::stdout(), "{text}").context("cannot print")
}

impl<'a> From<&'a Problem> for ProblemJson<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.fault.code.as_str(),
            line: problem.place.map(|place| place.line),
            column: problem.place.map(|place| place.column),
            key: &problem.key,
            message: &problem.fault.what,
            fix: &problem.fault.fix,
        }
    }
}

/// Bytes as lower-case hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The catalogue of keys as Markdown: one table a section.
pub(crate) fn keys() -> String {
    let mut text = String::new();
    let mut section = None;
    for key in key::ALL.iter().filter(|key| key.otherwise != Otherwise::Table) {
        if section != Some(key.section) {
            let blank = if section.is_some() { "\n" } else { "" };
            let several =
                key::ALL.iter().any(|k| k.form == "tables" && path(k.section, k.name) == key.section);
            let header = if several { format!("[[{}]]", key.section) } else { format!("[{}]", key.section) };
            let about =
                key::ALL.iter().find(|k| path(k.section, k.name) == key.section).map_or("", |k| k.text);
            let _ = write!(
                text,
                "{blank}### `{header}`\n\n{about}\n\n| key | form | default | meaning |\n| --- | --- | --- | --- |\n"
            );
            section = Some(key.section);
        }
        let default = match key.otherwise {
            Otherwise::Required => "required".to_owned(),
            Otherwise::Default(value) => format!("`{value}`"),
            Otherwise::Unset | Otherwise::Table => "unset".to_owned(),
        };
        let _ = writeln!(text, "| `{}` | {} | {default} | {} |", key.name, key.form, key.text);
    }
    text
}

fn path(section: &str, name: &str) -> String {
    if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") }
}
