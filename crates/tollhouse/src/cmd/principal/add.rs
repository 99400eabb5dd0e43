//! `tollhouse principal add`: a new section at the end of the principals.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use model::Name;
use toml_edit::{Array, Table};

use super::{ConfigFile, parse_name};
use crate::cmd::paint;
use crate::config::edit::{Declined, Edit, set_text};

/// Whom to add.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse principal add alice --kind human --group engineering --target shop
  tollhouse principal add support-bot --kind agent --on-behalf-of alice --target shop")]
pub(super) struct AddArgs {
    /// The name, which the principal gives as user
    #[arg(value_parser = parse_name)]
    name: Name,
    /// What it is
    #[arg(long)]
    kind: Kind,
    /// The human that an agent acts for
    #[arg(long, value_name = "NAME", value_parser = parse_name, required_if_eq("kind", "agent"))]
    on_behalf_of: Option<Name>,
    /// A group that it is in; may be given several times
    #[arg(long = "group", value_name = "GROUP", value_parser = parse_name)]
    groups: Vec<Name>,
    /// A target that it may reach; may be given several times
    #[arg(long = "target", value_name = "TARGET", value_parser = parse_name)]
    targets: Vec<Name>,
    #[command(flatten)]
    file: ConfigFile,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A person
    Human,
    /// A program that decides by itself, on behalf of a person
    Agent,
    /// A program that does the same thing each time
    Service,
}

/// Adds it.
pub(super) fn run(args: &AddArgs) -> anyhow::Result<ExitCode> {
    let mut edit = Edit::open(&args.file.config)?;
    let name = args.name.as_str();
    if edit.principal(name).is_ok() {
        return Err(Declined(format!("there is a principal `{name}` already")).into());
    }
    let mut section = Table::new();
    set_text(&mut section, "name", name);
    let kind = match args.kind {
        Kind::Human => "human",
        Kind::Agent => "agent",
        Kind::Service => "service",
    };
    set_text(&mut section, "kind", kind);
    if let Some(human) = &args.on_behalf_of {
        set_text(&mut section, "on_behalf_of", human.as_str());
    }
    for (key, names) in [("groups", &args.groups), ("targets", &args.targets)] {
        if !names.is_empty() {
            let list: Array = names.iter().map(Name::as_str).collect();
            section.insert(key, toml_edit::value(list));
        }
    }
    edit.principals()?.push(section);
    edit.save()?;
    paint::note(&format!("added `{name}`; give it a password or a token to let it in"));
    Ok(ExitCode::SUCCESS)
}
