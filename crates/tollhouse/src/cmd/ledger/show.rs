//! `tollhouse ledger show`: one entry by its index, or one statement with all that belongs to it.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use ledger::{PartName, Reader, TILE_WIDTH};
use model::StatementId;

use super::view::{Body, Opener, Shown};
use super::{NO, Where};

/// What to show.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse ledger show 1042
  tollhouse ledger show 3f9a6c0d12e47b85/7 --json")]
pub(super) struct ShowArgs {
    /// An entry's index, or a statement: SESSION/NUMBER
    #[arg(value_name = "ID", value_parser = parse)]
    id: Id,
    #[command(flatten)]
    place: Where,
}

#[derive(Clone, Copy, Debug)]
enum Id {
    Index(u64),
    Statement(StatementId),
}

fn parse(text: &str) -> Result<Id, String> {
    text.parse().map(Id::Index).ok().or_else(|| StatementId::parse(text).map(Id::Statement)).ok_or_else(
        || format!("`{text}` is neither an entry's index nor a statement, such as `3f9a6c0d12e47b85/7`"),
    )
}

/// Shows it.
pub(super) fn run(args: &ShowArgs) -> anyhow::Result<ExitCode> {
    let folder = args.place.folder()?;
    let reader = Reader::new(&folder)?;
    let mut found = Vec::new();
    let mut opener = Opener::default();
    if let Id::Index(index) = args.id {
        found.extend(reader.entry(index)?.map(|entry| opener.open(&entry)));
    }
    let elsewhere = |shown: &Shown| shown.parts.iter().any(|(_, body)| matches!(body, Body::Elsewhere));
    if matches!(args.id, Id::Statement(_)) || found.iter().any(elsewhere) {
        // From the beginning: the text of a prepared statement lies anywhere before.
        found.clear();
        for number in 0..reader.size().div_ceil(TILE_WIDTH) {
            for entry in reader.bundle(number)? {
                let shown = opener.open(&entry);
                let wanted = match args.id {
                    Id::Index(index) => entry.index == index,
                    Id::Statement(id) => shown.leaf.as_ref().and_then(|leaf| leaf.statement()) == Some(id),
                };
                if wanted {
                    found.push(shown);
                }
            }
        }
    }
    let mut out = io::stdout().lock();
    for shown in &found {
        if args.place.json {
            writeln!(out, "{}", shown.json())?;
        } else {
            write!(out, "{}", shown.full())?;
        }
    }
    if found.is_empty() {
        eprintln!("there is no such entry; the ledger has {}", reader.size());
    } else if !args.place.json && found.iter().any(|shown| shown.text(PartName::Parameters).is_some()) {
        writeln!(out, "\nhashes of parameters are keyed: equal ones are equal values of this ledger")?;
    }
    Ok(if found.is_empty() { ExitCode::from(NO) } else { ExitCode::SUCCESS })
}
