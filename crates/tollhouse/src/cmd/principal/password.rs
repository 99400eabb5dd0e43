//! `tollhouse principal password`: turns a password into a SCRAM verifier and stores that. The password itself
//! is never stored, shown or taken from the command line, where other processes could see it.

use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use model::Name;
use zeroize::Zeroizing;

use super::{ConfigFile, parse_name};
use crate::cmd::paint;
use crate::config::edit::{Edit, set_text};
use crate::config::verifier;

/// No person types more, and key derivation must not be fed without end.
const PASSWORD_BYTES_MAX: u64 = 1024;

/// Whose password.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse principal password alice                     asks twice, without echo
  tollhouse principal password etl --stdin < password.txt
  tollhouse principal password alice --print             prints the verifier, changes nothing")]
pub(super) struct PasswordArgs {
    /// The principal
    #[arg(value_parser = parse_name)]
    name: Name,
    /// Read the password from standard input, one line, instead of asking for it
    #[arg(long)]
    stdin: bool,
    /// Print the verifier instead of storing it
    #[arg(long, conflicts_with = "config")]
    print: bool,
    #[command(flatten)]
    file: ConfigFile,
}

/// Sets or prints it.
pub(super) fn run(args: &PasswordArgs) -> anyhow::Result<ExitCode> {
    let name = args.name.as_str();
    if !args.print {
        // Before anybody types a password for nothing. Not held open meanwhile: a person may take long.
        Edit::open(&args.file.config)?.principal(name)?;
    }
    let password = if args.stdin { from_stdin()? } else { from_terminal(name)? };
    let verifier = verifier::make(&password)?;
    if args.print {
        writeln!(io::stdout(), "{verifier}").context("cannot print")?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut edit = Edit::open(&args.file.config)?;
    set_text(edit.principal(name)?, "scram", &verifier);
    edit.save()?;
    paint::note(&format!("the password of `{name}` is set"));
    Ok(ExitCode::SUCCESS)
}

fn from_stdin() -> anyhow::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::with_capacity(2048));
    let mut input = io::stdin().lock().take(PASSWORD_BYTES_MAX + 2);
    input.read_line(&mut line).context("cannot read the password from standard input")?;
    let end = line.trim_end_matches(['\n', '\r']).len();
    line.truncate(end);
    usable(line)
}

fn from_terminal(name: &str) -> anyhow::Result<Zeroizing<String>> {
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map(Zeroizing::new)
            .context("cannot ask for the password without a terminal; use `--stdin`")
    };
    let first = usable(ask(&format!("password of {name}: "))?)?;
    let second = ask("once more: ")?;
    if *first != *second {
        bail!("the two differ; nothing was changed");
    }
    Ok(first)
}

fn usable(password: Zeroizing<String>) -> anyhow::Result<Zeroizing<String>> {
    if password.is_empty() {
        bail!("the password is empty; nothing was changed");
    }
    if u64::try_from(password.len()).unwrap_or(u64::MAX) > PASSWORD_BYTES_MAX {
        bail!("the password has more than {PASSWORD_BYTES_MAX} bytes; nothing was changed");
    }
    if password.contains('\0') {
        bail!("the password has a character that no client can send (NUL); nothing was changed");
    }
    Ok(password)
}
