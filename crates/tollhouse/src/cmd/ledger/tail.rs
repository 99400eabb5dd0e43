//! `tollhouse ledger tail`: the last entries, and with `-f` those to come.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use ledger::{Reader, TILE_WIDTH};

use super::Where;
use super::view::{Opener, Printer};

/// How often `-f` looks; a person does not see the difference to at once.
const FOLLOW: Duration = Duration::from_millis(300);

/// How many entries before the first one shown are read, to find the texts of prepared statements.
const BEFORE: u64 = 8 * TILE_WIDTH;

/// What to print.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger tail -n 50
  tollhouse ledger tail -f --json | jq 'select(.kind == \"session.refused\")'")]
pub(super) struct TailArgs {
    /// How many entries
    #[arg(short = 'n', long = "lines", value_name = "N", default_value_t = 20)]
    lines: u64,
    /// Go on with entries as they are made
    #[arg(short, long)]
    follow: bool,
    #[command(flatten)]
    place: Where,
}

/// Prints them.
pub(super) fn run(args: &TailArgs) -> anyhow::Result<ExitCode> {
    let folder = args.place.folder()?;
    let printer = Printer::new(args.place.json);
    let mut opener = Opener::default();
    let mut out = io::stdout().lock();
    let mut reader = Reader::new(&folder)?;
    let mut next = reader.size().saturating_sub(args.lines);
    let mut from = next.saturating_sub(BEFORE);
    loop {
        for number in from / TILE_WIDTH..reader.size().div_ceil(TILE_WIDTH) {
            for entry in reader.bundle(number)? {
                if entry.index < from {
                    continue;
                }
                let shown = opener.open(&entry);
                if entry.index >= next {
                    printer.print(&mut out, &shown)?;
                    next = entry.index + 1;
                }
            }
        }
        out.flush()?;
        if !args.follow {
            return Ok(ExitCode::SUCCESS);
        }
        from = next;
        std::thread::sleep(FOLLOW);
        reader = Reader::new(&folder)?;
    }
}
