//! `tollhouse principal`: changes who may come in, in the configuration file. Writes nothing to the ledger: a
//! running gate sees the changed file within a second, applies it and records what changed.

mod add;
mod list;
mod password;
mod remove;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::config::FILE_NAME;
use crate::config::problem::Fault;

/// What to do about principals.
#[derive(Debug, Args)]
#[command(after_help = "\
A running gate sees the change within a second; who loses an entry or a token loses the live sessions too.

Exit codes: 0 done, 1 declined (no such principal, or the configuration would break), 2 usage or I/O")]
pub(crate) struct PrincipalArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Add a principal
    Add(add::AddArgs),
    /// Remove a principal with its password and tokens
    Remove(remove::RemoveArgs),
    /// Set a principal's password (only its verifier is stored)
    Password(password::PasswordArgs),
    /// Make a token for a principal, or revoke one
    Token(token::TokenArgs),
    /// List the principals, without anything secret
    List(list::ListArgs),
}

/// Where the configuration is; the same option for all of them.
#[derive(Clone, Debug, Args)]
struct ConfigFile {
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    config: PathBuf,
}

/// Does it.
pub(crate) fn run(args: PrincipalArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        Command::Add(args) => add::run(&args),
        Command::Remove(args) => remove::run(&args),
        Command::Password(args) => password::run(&args),
        Command::Token(args) => token::run(args),
        Command::List(args) => list::run(&args),
    }
}

/// A fault of the configuration's forms as an error of the command line.
fn usage(fault: Fault) -> String {
    format!("{}; {}", fault.what, fault.fix)
}

/// Checks a name on the command line.
pub(super) fn parse_name(text: &str) -> Result<model::Name, String> {
    crate::config::value::name(text).map_err(usage)
}
