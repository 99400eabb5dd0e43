//! `tollhouse serve`: opens the gate.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::paint;
use crate::config::{self, FILE_NAME};

/// What to serve.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse serve                             with ./tollhouse.toml
  tollhouse serve --config /etc/tollhouse/tollhouse.toml

Exit codes: 0 stopped by SIGTERM or SIGINT, 1 the configuration has errors, 2 it could not start")]
pub(crate) struct ServeArgs {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    config: PathBuf,
}

/// Loads the configuration.
pub(crate) fn run(args: ServeArgs) -> anyhow::Result<ExitCode> {
    let loaded = config::load(&args.config)?;
    paint::problems(&args.config, &loaded.warnings);
    paint::note(&format!("log: {:?} from {}", loaded.log.format, loaded.log.level));
    Ok(ExitCode::SUCCESS)
}
