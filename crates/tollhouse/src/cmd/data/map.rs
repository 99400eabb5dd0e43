//! `tollhouse data map`: looks at a target's columns as a gate with this configuration would, and says what it found and
//! why. It prints no value, and changes nothing there.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use gateway::Memory;
use gateway::settings::{Settings, Target};
use mask::cover::Mask;
use mask::label::{Finding, Label};
use model::Name;
use serde_json::{Value, json};

use crate::cmd::paint;
use crate::config::{self, Loaded};

/// Which database to look at.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse data map --target shop
  tollhouse data map --target shop --all
  tollhouse data map --target shop --json | jq '.[] | select(.state == \"unsure\")'

The target is asked over the gate's own connection: its catalogue, its statistics, and a few rows of tables that have
none. Values are read, judged and forgotten.

Exit codes: 0 looked, 2 usage or I/O")]
pub(super) struct MapArgs {
    /// The target; all of the configuration's when left out
    #[arg(long, value_name = "TARGET", value_parser = crate::cmd::principal::parse_name)]
    target: Option<Name>,
    /// The database there, when it is not the target's own
    #[arg(long, value_name = "NAME", requires = "target")]
    database: Option<String>,
    /// Show columns without a label as well
    #[arg(long)]
    all: bool,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = config::FILE_NAME)]
    config: PathBuf,
    /// Print one JSON array instead of lines
    #[arg(long)]
    json: bool,
}

/// One column, as it is printed.
struct Row {
    target: String,
    column: String,
    kind: String,
    state: &'static str,
    class: Option<&'static str>,
    mask: Option<String>,
    confidence: Option<u8>,
    why: Vec<String>,
}

/// Looks, and prints.
pub(super) fn run(args: &MapArgs) -> anyhow::Result<ExitCode> {
    let loaded = config::load(&args.config)?;
    let settings = &loaded.settings;
    let targets = targets(args, settings)?;
    let mut rows = Vec::new();
    for target in targets {
        let database = args.database.as_deref().unwrap_or(&target.upstream.database);
        rows.extend(look(target, database, &loaded)?);
    }
    rows.retain(|row| args.all || row.class.is_some());
    let mut out = io::stdout().lock();
    if args.json {
        let all: Vec<Value> = rows.iter().map(Row::json).collect();
        writeln!(out, "{}", Value::Array(all))?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or_default();
    let (columns, classes) = (width(|row| row.column.len()), width(|row| row.class.unwrap_or("-").len()));
    for row in &rows {
        let confidence = row.confidence.map_or(String::new(), |percent| format!("{percent}%"));
        let mask = row.mask.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{:columns$}  {:classes$}  {confidence:>4}  {:8} {mask:10} {}",
            row.column,
            row.class.unwrap_or("-"),
            row.state,
            row.why.join("; ")
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn targets<'a>(args: &MapArgs, settings: &'a Settings) -> anyhow::Result<Vec<&'a Arc<Target>>> {
    let mut targets: Vec<&Arc<Target>> = match &args.target {
        Some(name) => vec![settings.targets.get(name).with_context(|| {
            format!(
                "there is no target `{name}` in `{}`; `tollhouse check` lists them",
                args.config.display()
            )
        })?],
        None => settings.targets.values().collect(),
    };
    targets.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
    Ok(targets)
}

fn look(target: &Arc<Target>, database: &str, loaded: &Loaded) -> anyhow::Result<Vec<Row>> {
    let settings = &loaded.settings;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start threads")?;
    let memory = Memory::beside_ledger(&loaded.ledger.directory);
    let looked = runtime.block_on(gateway::read_labels(target, database, memory));
    let (catalogue, learned) = looked.map_err(|refusal| {
        let hint = refusal.hint.as_deref().unwrap_or("see `tollhouse check`");
        anyhow::anyhow!("{}; {hint}", refusal.message)
    })?;
    if let Some(why) = learned.as_ref().and_then(|learned| learned.hides_all()) {
        paint::complain(&format!("{why}; until it can, all columns are hidden"));
    }
    let mut rows = Vec::new();
    for relation in catalogue.relations() {
        let Some((findings, seen)) = learned.as_ref().and_then(|learned| learned.table(relation.oid)) else {
            continue;
        };
        for (column, finding) in relation.columns.iter().zip(findings) {
            let kind = catalogue.type_by_oid(column.type_oid).map_or("", |one| &*one.name);
            let row = |state, label: Option<&Label>, at: &str, why: Vec<String>| Row {
                target: target.name.to_string(),
                column: format!("{}.{}.{}{at}", relation.schema, relation.name, column.name),
                kind: kind.to_owned(),
                state,
                class: label.map(|label| label.class.as_str()),
                mask: label.map(|label| {
                    let own = settings.masks.get(&label.class);
                    own.cloned().unwrap_or_else(|| Mask::default_for(label.class)).to_string()
                }),
                confidence: label.map(|label| label.confidence),
                why,
            };
            let reasons = |label: &Label| label.why.iter().map(ToString::to_string).collect::<Vec<_>>();
            match finding {
                Finding::Clear { why } => {
                    rows.push(row("clear", None, "", why.iter().map(ToString::to_string).collect()));
                }
                Finding::Unsure(label) if finding.is_precaution() => {
                    rows.push(row(if seen { "clear" } else { "unseen" }, None, "", reasons(label)));
                }
                Finding::Unsure(label) => rows.push(row("unsure", Some(label), "", reasons(label))),
                Finding::Labelled(label) => rows.push(row("labelled", Some(label), "", reasons(label))),
                Finding::Paths { paths, .. } => rows.extend(paths.iter().map(|(path, label)| {
                    let at = path.to_string();
                    row("labelled", Some(label), at.strip_prefix('$').unwrap_or(&at), reasons(label))
                })),
            }
        }
    }
    rows.sort_by(|a, b| a.column.cmp(&b.column));
    Ok(rows)
}

impl Row {
    fn json(&self) -> Value {
        json!({
            "target": self.target,
            "column": self.column,
            "type": self.kind,
            "state": self.state,
            "class": self.class,
            "mask": self.mask,
            "confidence": self.confidence,
            "why": self.why,
        })
    }
}
