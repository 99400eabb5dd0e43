//! `tollhouse policy check`: whether rules can be used, and everything that is wrong with them.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use policy::Problem;
use serde::Serialize;

use super::which::Which;
use crate::cmd::check::hexadecimal;
use crate::cmd::{exit, paint};
use crate::rules::Set;

/// What to check.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy check                                    the rules of ./tollhouse.toml
  tollhouse policy check --config /etc/tollhouse/tollhouse.toml --json
  tollhouse policy check new.cedar rules/                   files and folders, beside all packs

Exit codes: 0 they can be used, 1 they have problems (a gate with them refuses everything), 2 they cannot be found")]
pub(super) struct CheckArgs {
    /// Rule files, or folders of them, instead of the configuration's
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// The answer as JSON.
#[derive(Serialize)]
pub(in crate::cmd) struct RulesJson<'a> {
    ok: bool,
    /// The set's hash, hexadecimal, as entries of the ledger name it; only when it can be used.
    policy: Option<String>,
    files: Vec<&'a str>,
    rules: usize,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    rule: Option<&'a str>,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Checks and answers.
pub(super) fn run(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let set = args.which.set(&args.files)?;
    let problems = set.rules.problems();
    let ok = problems.is_empty();
    let rules = set.rules.list().len();
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&RulesJson::from(&set)).context("cannot print")?)?;
    } else if ok {
        let (packs, own): (Vec<_>, Vec<_>) = set.files.sources.iter().partition(|source| source.pack);
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let (packs, own) = (count(packs.len(), "pack"), count(own.len(), "file"));
        let hash = hexadecimal(&set.rules.hash());
        writeln!(out, "ok: {} in {packs} and {own} of your own; policy {hash}", count(rules, "rule"))?;
    } else {
        for problem in problems {
            paint::complain(&problem.to_string());
        }
        let count = problems.len();
        paint::note(&format!("{count} problem{}", if count == 1 { "" } else { "s" }));
    }
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::from(exit::NO) })
}

impl<'a> From<&'a Set> for RulesJson<'a> {
    fn from(set: &'a Set) -> Self {
        let problems = set.rules.problems();
        Self {
            ok: problems.is_empty(),
            policy: problems.is_empty().then(|| hexadecimal(&set.rules.hash())),
            files: set.files.sources.iter().map(|source| source.name.as_str()).collect(),
            rules: set.rules.list().len(),
            problems: problems.iter().map(ProblemJson::from).collect(),
        }
    }
}

impl<'a> From<&'a Problem> for ProblemJson<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            file: &problem.file,
            line: problem.line,
            column: problem.column,
            rule: problem.policy.as_deref(),
            message: &problem.message,
            hint: problem.hint.as_deref(),
        }
    }
}
