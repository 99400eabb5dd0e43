//! `tollhouse ledger verify`: offline, with the public key only. Exit code 1 names the first thing that is wrong.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use journal::{FileStorage, read_vkey};
use ledger::{Checkpoint, Finding, Verified, Vkey, verify, verify_proof};
use serde_json::{Value, json};

use super::words::clean;
use super::{NO, Where};

/// What to verify, and with what.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger verify --ledger copy --key shop.pub
  tollhouse ledger verify --ledger copy --key shop.pub --from monday.checkpoint
  tollhouse ledger verify --proof entry-1042.tlog-proof --key shop.pub

Exit codes: 0 all is as it was signed, 1 something is wrong, 2 usage or I/O")]
pub(super) struct VerifyArgs {
    /// The verifier key, or a file with it [default: `ledger.pub` in the ledger's folder]
    #[arg(long, value_name = "FILE|VKEY")]
    key: Option<String>,
    /// An older checkpoint that the ledger must continue
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Verify a proof of one entry instead of a ledger
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with = "from")]
    proof: Option<PathBuf>,
    #[command(flatten)]
    place: Where,
}

/// Verifies it.
pub(super) fn run(args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    if let (Some(path), Some(key)) = (&args.proof, &args.key) {
        return proof(path, &given(key)?, args.place.json);
    }
    let directory = args.place.directory()?;
    let key = match &args.key {
        Some(key) => given(key)?,
        None => {
            let own = directory.join("ledger.pub");
            if !own.exists() {
                return Err(super::no_ledger(&directory));
            }
            read_vkey(&own).map_err(anyhow::Error::msg)?
        }
    };
    let from = args.from.as_ref().map(|path| read(path)).transpose()?;
    if let Some((bytes, path)) = from.as_ref().zip(args.from.as_ref())
        && Checkpoint::read_unverified(bytes).is_err()
    {
        anyhow::bail!("`{}` is no checkpoint; `tollhouse ledger checkpoint` prints one", path.display());
    }
    let result = verify(&FileStorage::new(&directory), &key, from.as_deref());
    let mut out = io::stdout().lock();
    if args.place.json {
        writeln!(out, "{}", as_json(&result))?;
    } else {
        write!(out, "{}", as_text(&result, args.from.is_some()))?;
        if args.key.is_none() && result.is_ok() {
            eprintln!(
                "verified with the key in the ledger's own folder; keep a copy elsewhere and give it with `--key`"
            );
        }
    }
    Ok(if result.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(NO) })
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))
}

/// A key on the command line: itself, or a file.
fn given(key: &str) -> anyhow::Result<Vkey> {
    Vkey::new(key).or_else(|_| read_vkey(Path::new(key)).map_err(anyhow::Error::msg))
}

fn proof(path: &Path, key: &Vkey, json: bool) -> anyhow::Result<ExitCode> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    let mut out = io::stdout().lock();
    match verify_proof(&text, key) {
        Ok(proved) => {
            let leaf = String::from_utf8_lossy(&proved.leaf).into_owned();
            if json {
                let size = proved.checkpoint.size;
                writeln!(
                    out,
                    "{}",
                    json!({ "ok": true, "index": proved.index, "size": size, "leaf": leaf })
                )?;
            } else {
                writeln!(out, "ok: entry {} of `{}` is", proved.index, proved.checkpoint.origin)?;
                writeln!(out, "{}", clean(&leaf, usize::MAX))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            if json {
                writeln!(out, "{}", json!({ "ok": false, "message": error.to_string() }))?;
            } else {
                writeln!(out, "wrong: {error}")?;
            }
            Ok(ExitCode::from(NO))
        }
    }
}

fn as_json(result: &Result<Verified, Finding>) -> Value {
    match result {
        Ok(verified) => json!({
            "ok": true,
            "origin": verified.origin,
            "size": verified.size,
            "root": verified.root.to_string(),
            "unsigned": verified.unsigned,
            "erased": verified.erased,
            "unknown": verified.unknown,
            "notes": verified.notes,
        }),
        Err(finding) => json!({
            "ok": false,
            "wrong": finding.wrong.as_str(),
            "index": finding.index,
            "path": finding.path,
            "message": finding.message,
        }),
    }
}

fn as_text(result: &Result<Verified, Finding>, from: bool) -> String {
    match result {
        Ok(verified) => {
            let mut lines = vec![format!(
                "ok: {} entries of `{}` are as they were signed, root {}",
                verified.size,
                clean(&verified.origin, 200),
                verified.root
            )];
            if from {
                lines.push("ok: they continue the older checkpoint".to_owned());
            }
            if verified.unsigned > 0 {
                lines.push(format!("note: {} more are not signed yet", verified.unsigned));
            }
            if verified.erased > 0 {
                lines.push(format!("note: {} parts were erased; their entries are right", verified.erased));
            }
            if verified.unknown > 0 {
                lines.push(format!(
                    "note: {} entries are of a kind that this program does not know; their hashes are right",
                    verified.unknown
                ));
            }
            lines.extend(verified.notes.iter().map(|note| format!("note: {note}")));
            lines.join("\n") + "\n"
        }
        Err(finding) => {
            let at = finding.index.map_or(String::new(), |index| format!(" at entry {index}"));
            let file = if finding.path.is_empty() { String::new() } else { format!(" (`{}`)", finding.path) };
            format!("wrong: {}{at}: {}{file}\n", finding.wrong.as_str(), clean(&finding.message, usize::MAX))
        }
    }
}
