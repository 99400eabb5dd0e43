//! `tollhouse data …`: what the gate has found out about the data behind it.

mod map;

use std::process::ExitCode;

use clap::{Args, Subcommand};

/// What the gate knows of the data.
#[derive(Debug, Args)]
pub(crate) struct DataArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show which columns hold personal data or secrets, how sure that is, and why
    Map(map::MapArgs),
}

/// Does it.
pub(super) fn run(args: &DataArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Map(args) => map::run(args),
    }
}
