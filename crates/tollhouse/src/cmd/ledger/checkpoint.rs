//! `tollhouse ledger checkpoint`: the signed checkpoint as it is stored, for keeping elsewhere.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use ledger::{CHECKPOINT_PATH, Checkpoint, Folder};
use serde_json::json;

use super::{NO, Where};

/// Which ledger.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger checkpoint > monday.checkpoint
  tollhouse ledger verify --from monday.checkpoint

What a checkpoint signs cannot be changed unnoticed by anybody who holds it: keep one where the gate's operator cannot write")]
pub(super) struct CheckpointArgs {
    #[command(flatten)]
    place: Where,
}

/// Prints it.
pub(super) fn run(args: &CheckpointArgs) -> anyhow::Result<ExitCode> {
    let Some(bytes) = Folder::read(&args.place.folder()?, CHECKPOINT_PATH)? else {
        eprintln!("there is no checkpoint yet; the gate signs one a second after its first entry");
        return Ok(ExitCode::from(NO));
    };
    let mut out = io::stdout().lock();
    if args.place.json {
        let checkpoint = Checkpoint::read_unverified(&bytes)?;
        let note = String::from_utf8_lossy(&bytes);
        let root = checkpoint.root.to_string();
        let line =
            json!({ "origin": checkpoint.origin, "size": checkpoint.size, "root": root, "note": note });
        writeln!(out, "{line}")?;
    } else {
        out.write_all(&bytes)?;
    }
    Ok(ExitCode::SUCCESS)
}
