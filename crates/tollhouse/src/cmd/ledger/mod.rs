//! `tollhouse ledger`: reads what was recorded, while a gate is writing or from a copy. Takes no lock, writes nothing
//! into the ledger, and believes nothing that it does not say it has verified.

mod checkpoint;
mod facts;
mod filter;
mod prove;
mod search;
mod show;
mod tail;
pub(super) mod time;
mod verify;
pub(super) mod view;
pub(super) mod words;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use journal::FileStorage;
use serde::Deserialize;

/// The answer is no: nothing was found, or something is wrong.
const NO: u8 = 1;

/// What to do with the ledger.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger tail -f                                  watch what passes the gate
  tollhouse ledger search --principal alice --since 1h
  tollhouse ledger search --refused --rule 'destructive/*'
  tollhouse ledger show 3f9a6c0d12e47b85/7                  one statement: decision, outcome, text
  tollhouse ledger verify --key shop.pub --from monday.checkpoint

Exit codes: 0 done, 1 nothing found or something is wrong, 2 usage or I/O")]
pub(crate) struct LedgerArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the last entries, and with -f those to come
    Tail(tail::TailArgs),
    /// Find entries by who, where, when, what a statement does, how it was judged, and how it ended
    Search(search::SearchArgs),
    /// Print one entry, or one statement with its outcome, in full
    Show(show::ShowArgs),
    /// Verify that nothing was edited, deleted, reordered or cut off
    Verify(verify::VerifyArgs),
    /// Print the signed checkpoint; keep it elsewhere for `verify --from`
    Checkpoint(checkpoint::CheckpointArgs),
    /// Print a proof for an auditor that an entry is in the ledger
    Prove(prove::ProveArgs),
}

/// Which ledger; the same options for all of them.
#[derive(Clone, Debug, Args)]
struct Where {
    /// The ledger's folder
    #[arg(long, value_name = "DIR", conflicts_with = "config")]
    ledger: Option<PathBuf>,
    /// The configuration that names the ledger's folder
    #[arg(long, value_name = "FILE", default_value = "tollhouse.toml")]
    config: PathBuf,
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Does it.
pub(crate) fn run(args: LedgerArgs) -> anyhow::Result<ExitCode> {
    let result = match args.command {
        Command::Tail(args) => tail::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Checkpoint(args) => checkpoint::run(&args),
        Command::Prove(args) => prove::run(&args),
    };
    match result {
        // `| head` has seen enough: nothing went wrong.
        Err(error) if is_closed(&error) => Ok(ExitCode::SUCCESS),
        other => other,
    }
}

/// Whether the reader of our output is gone.
pub(super) fn is_closed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Of the configuration only what names the ledger's folder; whether the rest is right is `check`'s business.
#[derive(Deserialize)]
struct File {
    ledger: Option<LedgerTable>,
}

#[derive(Deserialize)]
struct LedgerTable {
    directory: Option<PathBuf>,
}

impl Where {
    /// The ledger's folder, which is there.
    fn directory(&self) -> anyhow::Result<PathBuf> {
        let directory = match &self.ledger {
            Some(directory) => directory.clone(),
            None => configured(&self.config)?,
        };
        if !directory.is_dir() {
            return Err(no_ledger(&directory));
        }
        Ok(directory)
    }

    fn folder(&self) -> anyhow::Result<FileStorage> {
        Ok(FileStorage::new(self.directory()?))
    }
}

fn no_ledger(directory: &Path) -> anyhow::Error {
    anyhow::anyhow!("there is no ledger in `{}`; name its folder with `--ledger`", directory.display())
}

fn configured(config: &Path) -> anyhow::Result<PathBuf> {
    let shown = config.display();
    let text = std::fs::read_to_string(config)
        .with_context(|| format!("cannot read `{shown}`; name the ledger's folder with `--ledger`"))?;
    let Ok(file) = toml::from_str::<File>(&text) else {
        anyhow::bail!("`{shown}` is no configuration; `tollhouse check {shown}` says why");
    };
    let named = file.ledger.and_then(|table| table.directory).unwrap_or_else(|| "ledger".into());
    Ok(config.parent().unwrap_or(Path::new("")).join(named))
}
