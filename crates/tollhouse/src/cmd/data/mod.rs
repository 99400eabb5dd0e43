//! `tollhouse data …`: what the gate has found out about the data behind it, and what people say of it.

mod correction;
mod find;
mod import;
mod label;
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
    /// Say what a column holds, where the gate was wrong
    Label(label::LabelArgs),
}

/// Does it.
pub(super) fn run(args: &DataArgs) -> anyhow::Result<ExitCode> {
    match &args.what {
        What::Map(args) => map::run(args),
        What::Label(args) => label::run(args),
    }
}
