//! `tollhouse principal list`: who may come in, as the file says. Never shows a verifier or a hash.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ConfigFile;
use crate::config::raw::printable;

/// How to list.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse principal list
  tollhouse principal list --json             one object a line")]
pub(super) struct ListArgs {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    file: ConfigFile,
}

/// Of the file only what is shown; whether the rest is right is `tollhouse check`'s business.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    principal: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    kind: String,
    on_behalf_of: Option<String>,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    targets: Vec<String>,
    scram: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    token: Vec<Token>,
}

#[derive(Deserialize)]
struct Token {
    id: String,
    expires: Option<toml::Value>,
}

/// One principal as JSON.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    kind: &'a str,
    on_behalf_of: Option<&'a str>,
    groups: &'a [String],
    targets: &'a [String],
    password: bool,
    tokens: Vec<TokenLine<'a>>,
}

#[derive(Serialize)]
struct TokenLine<'a> {
    id: &'a str,
    expires: Option<String>,
    expired: bool,
}

/// Lists them.
pub(super) fn run(args: &ListArgs) -> anyhow::Result<ExitCode> {
    let path = args.file.config.display();
    let text = std::fs::read_to_string(&args.file.config).with_context(|| format!("cannot read `{path}`"))?;
    let Ok(file) = toml::from_str::<File>(&text) else {
        anyhow::bail!("`{path}` is no configuration; `tollhouse check {path}` says why");
    };
    let now = Timestamp::now();
    let lines: Vec<Line<'_>> = file.principal.iter().map(|entry| line(entry, now)).collect();
    let mut out = io::stdout().lock();
    let printed = if args.json {
        lines.iter().try_for_each(|line| {
            let text = serde_json::to_string(line).map_err(io::Error::other)?;
            writeln!(out, "{text}")
        })
    } else {
        out.write_all(table(&lines).as_bytes())
    };
    printed.context("cannot print")?;
    Ok(ExitCode::SUCCESS)
}

fn line<'a>(entry: &'a Entry, now: Timestamp) -> Line<'a> {
    let token = |token: &'a Token| {
        let expires = token.expires.as_ref().map(|value| match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        });
        let expired =
            expires.as_ref().is_some_and(|text| text.parse::<Timestamp>().is_ok_and(|time| time <= now));
        TokenLine { id: &token.id, expires, expired }
    };
    Line {
        name: &entry.name,
        kind: &entry.kind,
        on_behalf_of: entry.on_behalf_of.as_deref(),
        groups: &entry.groups,
        targets: &entry.targets,
        password: entry.scram.is_some(),
        tokens: entry.token.iter().map(token).collect(),
    }
}

/// Columns as wide as their widest cell, two spaces apart, nothing behind the last.
fn table(lines: &[Line<'_>]) -> String {
    let header = ["NAME", "KIND", "FOR", "GROUPS", "TARGETS", "PASSWORD", "TOKENS"].map(str::to_owned);
    let mut rows = vec![header];
    for line in lines {
        let token = |token: &TokenLine<'_>| match &token.expires {
            _ if token.expired => format!("{} (expired)", token.id),
            Some(time) => format!("{} (until {time})", token.id),
            None => token.id.to_owned(),
        };
        let tokens: Vec<String> = line.tokens.iter().map(token).collect();
        let cells = [
            line.name.to_owned(),
            line.kind.to_owned(),
            line.on_behalf_of.unwrap_or_default().to_owned(),
            line.groups.join(","),
            line.targets.join(","),
            if line.password { "yes" } else { "" }.to_owned(),
            tokens.join(", "),
        ];
        rows.push(cells.map(|cell| if cell.is_empty() { "-".to_owned() } else { printable(&cell) }));
    }
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in &rows {
        let padded: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        text.push_str(padded.join("  ").trim_end());
        text.push('\n');
    }
    text
}
