//! `tollhouse data label`: says what a column holds, where the gate was wrong. The configuration keeps it, by the column's
//! numbers in the database; a running gate takes it over and records it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use model::{Class, Name};
use toml_edit::{Item, Table, value};

use crate::cmd::paint;
use crate::config;
use crate::config::FILE_NAME;
use crate::config::edit::{Edit, set_text};

/// Which column holds what.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse data label shop.product.code none --target shop --reason 'numbers of our catalogue'
  tollhouse data label shop.customer.tag special_category --target shop --reason 'names of clubs'

`tollhouse data map` shows what the gate found. What is said here survives renames of column and table.

Exit codes: 0 said, 1 there is no such column, 2 usage or I/O")]
pub(super) struct LabelArgs {
    /// The column: schema, table and name with dots between them
    #[arg(value_name = "SCHEMA.TABLE.COLUMN")]
    column: String,
    /// What it holds: a class, or `none`
    #[arg(value_name = "CLASS", value_parser = class)]
    class: Said,
    /// The target
    #[arg(long, value_name = "TARGET", value_parser = crate::cmd::principal::parse_name)]
    target: Name,
    /// The database there, when it is not the target's own
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// Why, for whoever asks later
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    config: PathBuf,
}

/// A class, or none.
#[derive(Clone, Copy, Debug)]
struct Said(Option<Class>);

fn class(text: &str) -> Result<Said, String> {
    if text == "none" {
        return Ok(Said(None));
    }
    Class::parse(text).map(|class| Said(Some(class))).ok_or_else(|| {
        format!("there is no class `{text}`; `none`, or one of {}", Class::ALL.map(Class::as_str).join(", "))
    })
}

/// Says it.
pub(super) fn run(args: &LabelArgs) -> anyhow::Result<ExitCode> {
    let loaded = config::load(&args.config)?;
    let Some(target) = loaded.settings.targets.get(&args.target) else {
        bail!("there is no target `{}` in `{}`", args.target, args.config.display());
    };
    let database = args.database.as_deref().unwrap_or(&target.upstream.database);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start threads")?;
    let catalogue = runtime.block_on(gateway::read_catalogue(target, database)).map_err(|refusal| {
        let hint = refusal.hint.as_deref().unwrap_or("see `tollhouse check`");
        anyhow::anyhow!("{}; {hint}", refusal.message)
    })?;
    let full = |relation: &sql::catalogue::Relation, column: &str| {
        format!("{}.{}.{column}", relation.schema, relation.name) == args.column
    };
    let found = catalogue.relations().find_map(|relation| {
        let column = relation.columns.iter().find(|column| full(relation, &column.name))?;
        Some((relation.oid, column.number))
    });
    let Some((relation, number)) = found else {
        paint::complain(&format!(
            "there is no column `{}` in `{database}`; `tollhouse data map --all --target {}` lists them",
            args.column, args.target
        ));
        return Ok(ExitCode::from(crate::cmd::exit::NO));
    };
    let word = args.class.0.map_or("none", Class::as_str);
    let mut edit = Edit::open(&args.config)?;
    let labels = edit.labels()?;
    let text = |table: &Table, key: &str| table.get(key).and_then(Item::as_str).map(str::to_owned);
    let count = |table: &Table, key: &str| table.get(key).and_then(Item::as_integer);
    let same = |table: &&mut Table| {
        text(table, "target").as_deref() == Some(args.target.as_str())
            && text(table, "database") == args.database
            && count(table, "relation") == Some(i64::from(relation))
            && count(table, "column") == Some(i64::from(number))
    };
    if !labels.iter_mut().any(|mut table| same(&mut table)) {
        let mut table = Table::new();
        set_text(&mut table, "target", args.target.as_str());
        if let Some(database) = &args.database {
            set_text(&mut table, "database", database);
        }
        table.insert("relation", value(i64::from(relation)));
        table.insert("column", value(i64::from(number)));
        labels.push(table);
    }
    let Some(table) = labels.iter_mut().find(same) else { bail!("nothing was changed") };
    set_text(table, "name", &args.column);
    set_text(table, "class", word);
    set_text(table, "reason", &args.reason);
    edit.save()?;
    paint::note(&format!("`{}` of target `{}` is said to hold: {word}", args.column, args.target));
    Ok(ExitCode::SUCCESS)
}
