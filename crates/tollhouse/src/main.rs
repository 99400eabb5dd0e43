//! `tollhouse`, the program: reads the command line and hands it to one file per command. Knows nothing of
//! protocols, ledgers or configurations itself.

mod cmd;
mod config;
mod rules;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

/// The database gateway that knows who is asking, why, and what changed.
#[derive(Debug, Parser)]
#[command(name = "tollhouse", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = "\
Examples:
  tollhouse dev-ca .                          make a certificate for trying out
  tollhouse check tollhouse.toml              say everything that is wrong with a configuration
  tollhouse principal password alice          give alice a password
  tollhouse serve --config tollhouse.toml     open the gate
  tollhouse ledger tail -f                    watch what passes it

Exit codes: 0 done, 1 the answer is no (errors found, nothing found, declined), 2 usage or I/O")]
struct Arguments {
    #[command(subcommand)]
    command: cmd::Command,
}

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(code) => code,
        Err(error) => cmd::report(&error),
    }
}
