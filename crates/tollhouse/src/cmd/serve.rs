//! `tollhouse serve`: opens the gate.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::paint;
use crate::config::{self, FILE_NAME};
use crate::wiring;

/// What to serve.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse serve                             with ./tollhouse.toml
  tollhouse serve --config /etc/tollhouse/tollhouse.toml

Signals:
  SIGTERM, SIGINT   stop: no new sessions, live ones end at their next boundary (limit `drain_timeout`)
  SIGHUP            read the configuration again; a change of its files is noticed by itself

Exit codes: 0 stopped by SIGTERM or SIGINT, 1 the configuration has errors, 2 it could not start")]
pub(crate) struct ServeArgs {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    config: PathBuf,
}

/// Opens the gate and returns when it was told to stop.
pub(crate) fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let loaded = config::load(&args.config)?;
    paint::problems(&args.config, &loaded.warnings);
    wiring::serve(&args.config, loaded)?;
    Ok(ExitCode::SUCCESS)
}
