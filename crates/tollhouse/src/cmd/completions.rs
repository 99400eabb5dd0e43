//! `tollhouse completions`: a script that lets a shell complete commands and options.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Which shell.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse completions bash > /etc/bash_completion.d/tollhouse
  tollhouse completions zsh > ~/.zfunc/_tollhouse
  tollhouse completions fish > ~/.config/fish/completions/tollhouse.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Arguments::command(), "tollhouse", &mut script);
    io::stdout().write_all(&script).context("cannot print")?;
    Ok(ExitCode::SUCCESS)
}
