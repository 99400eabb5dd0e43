//! `tollhouse ledger prove`: a C2SP tlog-proof that an entry is in the ledger, for an auditor.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use ledger::{Reader, write_proof};
use serde_json::json;

use super::{NO, Where};

/// Which entry.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger prove 1042 > entry-1042.tlog-proof
  tollhouse ledger verify --proof entry-1042.tlog-proof --key shop.pub")]
pub(super) struct ProveArgs {
    /// The entry's index
    #[arg(value_name = "INDEX")]
    index: u64,
    #[command(flatten)]
    place: Where,
}

/// Prints the proof.
pub(super) fn run(args: &ProveArgs) -> anyhow::Result<ExitCode> {
    let folder = args.place.folder()?;
    let reader = Reader::new(&folder)?;
    let covered = reader.checkpoint().filter(|(_, checkpoint)| args.index < checkpoint.size);
    let (Some((bytes, checkpoint)), Some(entry)) = (covered, reader.entry(args.index)?) else {
        eprintln!("no checkpoint covers entry {} yet; the ledger has {} entries", args.index, reader.size());
        return Ok(ExitCode::from(NO));
    };
    let hashes = reader.inclusion(args.index, checkpoint.size)?;
    let proof = write_proof(args.index, &entry.leaf, &hashes, bytes);
    let mut out = io::stdout().lock();
    if args.place.json {
        let leaf = String::from_utf8_lossy(&entry.leaf);
        writeln!(out, "{}", json!({ "index": args.index, "leaf": leaf, "proof": proof }))?;
    } else {
        out.write_all(proof.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
