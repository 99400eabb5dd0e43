//! `tollhouse policy backtest`: judges what a ledger recorded by other rules, with the principals, purposes and times of
//! then and the tables and functions of now, and prints what would differ. Sends nothing anywhere.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use journal::FileStorage;
use ledger::{Reader, TILE_WIDTH};
use model::Name;
use serde_json::json;

use super::difference::{Difference, Differences};
use super::replay::{Period, Replay};
use super::which::Which;
use crate::cmd::exit;
use crate::cmd::ledger::view::Opener;
use crate::cmd::ledger::{time, words::clean};
use crate::config;

/// How many characters of a statement are shown.
const TEXT_CHARS: usize = 160;

/// What to judge again.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy backtest --policies new/ --since 7d      by these rules, beside all packs
  tollhouse policy backtest --packs none --policies new/ --target shop --since 2026-11-01 --until 2026-12-01
  tollhouse policy backtest --since 30d --json              by the rules that the configuration names now

Each target is asked once for its tables and functions, over the gate's own connection. What has changed there since
then is judged as it is now; texts whose secrets were taken out are judged without them. Labels are not asked about:
what was refused for what is masked is counted as not judged, and what `reveal` and `probe` would change is not shown;
`tollhouse policy try` asks about them.

Exit codes: 0 nothing differs, 1 something does, 2 usage or I/O")]
pub(super) struct BacktestArgs {
    #[command(flatten)]
    which: Which,
    /// The ledger's folder, when it is not the configuration's
    #[arg(long, value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// Not before: `1h` (ago), `2026-11-23`, `2026-11-23T14:00:00Z`
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    since: Option<u64>,
    /// Before
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    until: Option<u64>,
    /// Only what was sent to this target
    #[arg(long, value_name = "TARGET", value_parser = crate::cmd::principal::parse_name)]
    target: Option<Name>,
    /// A catalogue's file for all targets, instead of asking them
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// Print JSON: one object for each kind of difference, then one with the counts
    #[arg(long)]
    json: bool,
}

/// Judges all of it again.
pub(super) fn run(args: &BacktestArgs) -> anyhow::Result<ExitCode> {
    if let Some(problem) = time::empty(args.since, args.until) {
        anyhow::bail!(problem);
    }
    let loaded = config::load(&args.which.config)?;
    let set = if args.which.is_given() { args.which.checked()? } else { loaded.rules };
    if let Some(problem) = set.rules.problems().first() {
        anyhow::bail!("the rules have problems, so they refuse everything: {problem}");
    }
    let directory = args.ledger.as_ref().unwrap_or(&loaded.ledger.directory);
    if !directory.is_dir() {
        anyhow::bail!("there is no ledger in `{}`; name its folder with `--ledger`", directory.display());
    }
    let folder = FileStorage::new(directory.clone());
    let reader = Reader::new(&folder).context("the ledger cannot be read")?;
    let period = Period {
        since: args.since.unwrap_or(0),
        until: args.until.unwrap_or(u64::MAX),
        target: args.target.as_ref(),
    };
    let mut differences = Differences::default();
    let mut replay = Replay::new(&set.rules, &loaded.settings, period, args.catalogue.as_deref());
    let mut opener = Opener::default();
    for number in 0..reader.size().div_ceil(TILE_WIDTH) {
        for entry in reader.bundle(number)? {
            if let Some(difference) = replay.take(&opener.open(&entry))? {
                differences.add(difference);
            }
        }
    }
    replay.rest().into_iter().for_each(|difference| differences.add(difference));
    if let Some(target) = &args.target
        && !replay.is_there
        && !loaded.settings.targets.contains_key(target)
    {
        let mut all: Vec<String> = loaded.settings.targets.keys().map(|name| format!("`{name}`")).collect();
        all.sort();
        anyhow::bail!(
            "there is no target `{target}` in this ledger; the configuration has {}",
            all.join(", ")
        );
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (difference, count) in differences.by_count() {
        if args.json {
            writeln!(out, "{}", as_json(difference, count))?;
        } else {
            tell(&mut out, difference, count)?;
        }
    }
    let tally = &replay.tally;
    let differing: u64 = differences.by_count().iter().map(|(_, count)| *count).sum();
    if args.json {
        let summary = json!({
            "statements": tally.statements,
            "sessions": tally.sessions,
            "differ": differing,
            "kinds": differences.by_count().len(),
            "not_judged": tally.skipped(),
        });
        writeln!(out, "{}", json!({ "summary": summary }))?;
    } else {
        writeln!(
            out,
            "{} statements and {} sessions judged again: {differing} differ",
            tally.statements, tally.sessions
        )?;
        for (why, count) in tally.skipped() {
            writeln!(out, "  {count} not judged: {why}")?;
        }
    }
    out.flush()?;
    Ok(if differing == 0 { ExitCode::SUCCESS } else { ExitCode::from(exit::NO) })
}

fn tell(out: &mut impl Write, difference: &Difference, count: u64) -> io::Result<()> {
    let Difference { who, target, before, decision, text, index, .. } = difference;
    let after = decision.verdict().as_str();
    writeln!(out, "{count} × {before} -> {after}  {}  {target}", clean(who, 80))?;
    writeln!(out, "  {}", clean(text, TEXT_CHARS))?;
    let rules: Vec<&str> = decision.rules().iter().map(|rule| &**rule).collect();
    writeln!(out, "  rules: {} (were: {})", rules.join(", "), clean(&difference.rules.join(", "), 120))?;
    if let Some(refusal) = decision.refusal() {
        writeln!(out, "  {}", clean(&refusal.message, usize::MAX))?;
    }
    writeln!(out, "  first: entry {index}\n")
}

fn as_json(difference: &Difference, count: u64) -> serde_json::Value {
    json!({
        "count": count,
        "principal": difference.who,
        "target": difference.target,
        "before": { "verdict": difference.before, "rules": difference.rules },
        "decision": super::judged::as_json(&difference.decision),
        "facts": difference.facts,
        "text": difference.text,
        "first": difference.index,
    })
}
