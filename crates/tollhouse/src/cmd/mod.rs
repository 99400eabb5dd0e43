//! The commands, one file each. A command reads its arguments, does its work and gives an exit code; what it
//! prints on standard output is for people or, with `--json`, for programs, and everything else goes to standard
//! error.

pub(crate) mod check;
mod completions;
mod data;
pub(crate) mod dev_ca;
mod exit;
mod ledger;
mod paint;
mod pattern;
mod policy;
mod principal;
mod serve;

use std::process::ExitCode;

use clap::Subcommand;

pub(crate) use exit::report;
use pattern::glob;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Open the gate and record everything that passes
    Serve(serve::ServeArgs),
    /// Say everything that is wrong with a configuration
    Check(check::CheckArgs),
    /// Who may come in: passwords, tokens, and the list
    Principal(principal::PrincipalArgs),
    /// Read and verify what was recorded
    Ledger(ledger::LedgerArgs),
    /// Check, test and explain the rules, and tell what they would say
    Policy(policy::PolicyArgs),
    /// Which columns hold personal data or secrets
    Data(data::DataArgs),
    /// Make a certificate authority and a server certificate for development
    DevCa(dev_ca::DevCaArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve(args) => serve::run(args),
            Self::Check(args) => check::run(&args),
            Self::Principal(args) => principal::run(args),
            Self::Ledger(args) => ledger::run(args),
            Self::Policy(args) => policy::run(args),
            Self::Data(args) => data::run(&args),
            Self::DevCa(args) => dev_ca::run(&args),
            Self::Completions(args) => completions::run(&args),
        }
    }
}
