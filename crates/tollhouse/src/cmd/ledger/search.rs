//! `tollhouse ledger search`: entries by who, where, when, what and with which result. Exit code 1 when there are none.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use ledger::{Reader, TILE_WIDTH};

use super::filter::{Filter, Search};
use super::view::{Opener, Printer};
use super::words::clean;
use super::{NO, Where};

/// What to look for.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger search --principal support-bot --since 1h
  tollhouse ledger search --object customers --outcome ok --since 2026-11-01 --until 2026-12-01
  tollhouse ledger search --outcome 42501 --json
  tollhouse ledger search --refused --held --rule 'destructive/*'
  tollhouse ledger search --verb update --risk no_where --principal alice

A statement is found by its decision, and its outcome comes with it. Exit codes: 0 found, 1 nothing found, 2 usage or I/O")]
pub(super) struct SearchArgs {
    #[command(flatten)]
    filter: Filter,
    #[command(flatten)]
    place: Where,
}

/// Looks for them.
pub(super) fn run(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    if let Some(problem) = args.filter.problem() {
        anyhow::bail!(problem);
    }
    let folder = args.place.folder()?;
    let reader = Reader::new(&folder)?;
    let printer = Printer::new(args.place.json);
    let (mut opener, mut search) = (Opener::default(), Search::new(&args.filter));
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut found = false;
    for number in 0..reader.size().div_ceil(TILE_WIDTH) {
        for entry in reader.bundle(number)? {
            for shown in search.take(opener.open(&entry)) {
                found = true;
                printer.print(&mut out, &shown)?;
            }
        }
    }
    out.flush()?;
    if !found {
        let nowhere = search.nowhere();
        let why = if nowhere.is_empty() { String::new() } else { format!(": {}", nowhere.join(", ")) };
        eprintln!("nothing found{}", clean(&why, usize::MAX));
    }
    Ok(if found { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}
