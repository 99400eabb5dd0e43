//! `tollhouse principal remove`: takes a section out, with its comment, password and tokens.

use std::process::ExitCode;

use clap::Args;
use model::Name;
use toml_edit::Item;

use super::{ConfigFile, parse_name};
use crate::cmd::paint;
use crate::config::edit::{Edit, no_principal};

/// Whom to remove.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  tollhouse principal remove support-bot

A human that agents act for is not removed; remove the agents first.")]
pub(super) struct RemoveArgs {
    /// The principal
    #[arg(value_parser = parse_name)]
    name: Name,
    #[command(flatten)]
    file: ConfigFile,
}

/// Removes it.
pub(super) fn run(args: &RemoveArgs) -> anyhow::Result<ExitCode> {
    let mut edit = Edit::open(&args.file.config)?;
    let name = args.name.as_str();
    let principals = edit.principals()?;
    let at = principals
        .iter()
        .position(|table| table.get("name").and_then(Item::as_str) == Some(name))
        .ok_or_else(|| no_principal(name))?;
    principals.remove(at);
    edit.save()?;
    paint::note(&format!("removed `{name}`"));
    Ok(ExitCode::SUCCESS)
}
