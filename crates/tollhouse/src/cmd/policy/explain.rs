//! `tollhouse policy explain`: what rules there are, and what one of them says.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use policy::{RuleInfo, SessionLimits};
use serde_json::{Value, json};

use super::which::Which;
use crate::cmd::glob;
use crate::cmd::{exit, paint};

/// What to explain.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy explain                                  every rule, one a line, by file
  tollhouse policy explain destructive/drop-table           one in full
  tollhouse policy explain '*drop*' --json
  tollhouse policy explain --packs all                      the shipped packs alone

Exit codes: 0 done, 1 there is no such rule, 2 the rules cannot be used or found")]
pub(super) struct ExplainArgs {
    /// A rule's id; `*` stands for anything
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    #[command(flatten)]
    which: Which,
    /// Print JSON, one object a rule
    #[arg(long)]
    json: bool,
}

/// Lists or explains.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let set = args.which.checked()?;
    let all = set.rules.list();
    let wanted = |rule: &&RuleInfo| args.rule.as_ref().is_none_or(|wanted| glob(wanted, &rule.id));
    let found: Vec<&RuleInfo> = all.iter().filter(wanted).collect();
    if found.is_empty() {
        let rule = args.rule.as_deref().unwrap_or_default();
        paint::complain(&format!("there is no rule `{rule}`; `tollhouse policy explain` lists them"));
        return Ok(ExitCode::from(exit::NO));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let one = args.rule.as_ref().is_some_and(|rule| !rule.contains('*'));
    let mut file = "";
    for rule in found {
        if args.json {
            writeln!(out, "{}", as_json(rule))?;
        } else if one {
            write!(out, "{}", in_full(rule))?;
        } else {
            if file != rule.file {
                writeln!(out, "{}{}", if file.is_empty() { "" } else { "\n" }, rule.file)?;
                file = &rule.file;
            }
            writeln!(out, "{}", line(rule).trim_end())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What a rule does, in one word.
fn effect(rule: &RuleInfo) -> &'static str {
    match (rule.permits, &rule.hold) {
        (true, _) => "permit",
        (false, Some(_)) => "hold",
        (false, None) => "forbid",
    }
}

fn line(rule: &RuleInfo) -> String {
    let shadow = if rule.shadow { " (in shadow)" } else { "" };
    let environment = rule.environment.as_deref().unwrap_or("any");
    let message = rule.message.as_deref().unwrap_or_default();
    format!("  {:<6}  {:<36}  {environment:<10}  {message}{shadow}", effect(rule), rule.id)
}

fn in_full(rule: &RuleInfo) -> String {
    let mut text = format!("{}: {}\n", rule.id, effect(rule));
    let mut say = |what: &str, value: &str| {
        if !value.is_empty() {
            text.push_str(&format!("  {what:<12} {value}\n"));
        }
    };
    say("file", &format!("{}:{}{}", rule.file, rule.line, if rule.pack { " (pack)" } else { "" }));
    say("environment", rule.environment.as_deref().unwrap_or("any"));
    say("actions", &rule.actions.join(", "));
    say("message", rule.message.as_deref().unwrap_or_default());
    say("hint", rule.hint.as_deref().unwrap_or_default());
    if !rule.permits {
        say("severity", rule.severity.as_str());
    }
    say("reviewers", rule.hold.as_deref().unwrap_or_default());
    say("shadow", if rule.shadow { "judged and recorded, not enforced" } else { "" });
    say("lifts", &rule.lift.join(", "));
    say("limits", &rule.limits.map(limits).unwrap_or_default());
    text.push('\n');
    text.extend(rule.text.lines().map(|line| format!("  {line}\n")));
    text
}

/// A session's limits in the words of `@limits`.
pub(super) fn limits(limits: SessionLimits) -> String {
    let SessionLimits {
        statement_timeout_ms,
        lock_timeout_ms,
        idle_in_transaction_ms,
        transaction_timeout_ms,
        rows_max,
        bytes_max,
    } = limits;
    let all = [
        ("statement_timeout", statement_timeout_ms, "ms"),
        ("lock_timeout", lock_timeout_ms, "ms"),
        ("idle_in_transaction_session_timeout", idle_in_transaction_ms, "ms"),
        ("transaction_timeout", transaction_timeout_ms, "ms"),
        ("rows", rows_max, ""),
        ("bytes", bytes_max, "B"),
    ];
    let said: Vec<String> = all
        .iter()
        .filter_map(|(name, value, unit)| value.map(|value| format!("{name}={value}{unit}")))
        .collect();
    if said.is_empty() { "none".to_owned() } else { said.join(" ") }
}

fn as_json(rule: &RuleInfo) -> Value {
    json!({
        "id": rule.id,
        "effect": effect(rule),
        "file": rule.file,
        "line": rule.line,
        "pack": rule.pack,
        "environment": rule.environment,
        "actions": rule.actions,
        "message": rule.message,
        "hint": rule.hint,
        "severity": rule.severity.as_str(),
        "hold": rule.hold,
        "shadow": rule.shadow,
        "lift": rule.lift,
        "limits": rule.limits.map(limits),
        "text": rule.text,
    })
}
