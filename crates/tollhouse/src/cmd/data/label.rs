//! `tollhouse data label`: says what columns hold, where the gate was wrong: one on the command line, or all that a file
//! speaks of. The configuration keeps it, by the columns' numbers in the database; a running gate takes it over and
//! records it. A file is taken over whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use model::{Class, Name};
use serde_json::{Value, json};

use super::correction::{Correction, State, put};
use super::find::{Columns, Found};
use super::import::{self, Entry, Remark, Words};
use crate::cmd::{exit, paint};
use crate::config;
use crate::config::FILE_NAME;
use crate::config::edit::Edit;

/// Which columns hold what.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse data label shop.product.code none --target shop --reason 'numbers of our catalogue'
  tollhouse data label shop.customer.tag special_category --target shop --reason 'names of clubs'
  tollhouse data label --import labels.csv --target shop --dry-run
  tollhouse data label --import contract.yaml --target shop --word 'tier 3=secret'

A CSV begins with the line `schema,table,column,class,reason`; schema and reason may be left out. A data contract is one
of the Open Data Contract Standard, version 3: docs/masks.md has both, and the words that are understood.

`tollhouse data map` shows what the gate found. What is said here survives renames of column and table. While anything in a
file is wrong, nothing of it is taken.

Exit codes: 0 said, 1 there is no such column or the file is wrong, 2 usage or I/O")]
pub(super) struct LabelArgs {
    /// The column: schema, table and name with dots between them
    #[arg(value_name = "SCHEMA.TABLE.COLUMN", required_unless_present = "import", conflicts_with = "import")]
    column: Option<String>,
    /// What it holds: a class, or `none`
    #[arg(value_name = "CLASS", value_parser = class, required_unless_present = "import", conflicts_with = "import")]
    class: Option<Holds>,
    /// The target
    #[arg(long, value_name = "TARGET", value_parser = crate::cmd::principal::parse_name)]
    target: Name,
    /// The database there, when it is not the target's own
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// Why, for whoever asks later; with a file for all columns of which it says nothing itself
    #[arg(long, value_name = "TEXT", required_unless_present = "import")]
    reason: Option<String>,
    /// A CSV or a data contract with columns and what they hold
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// What a word of a contract means: a class, `none`, or `keep` for nothing
    #[arg(long, value_name = "WORD=CLASS", requires = "import")]
    word: Vec<String>,
    /// Say what would be taken from the file, and change nothing
    #[arg(long, requires = "import")]
    dry_run: bool,
    /// Print what was taken from the file as one JSON object
    #[arg(long, requires = "import")]
    json: bool,
    /// The configuration
    #[arg(long, value_name = "FILE", default_value = FILE_NAME)]
    config: PathBuf,
}

/// A class, or none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holds(pub(super) Option<Class>);

impl Holds {
    fn word(self) -> &'static str {
        self.0.map_or("none", Class::as_str)
    }
}

/// Reads the word for what a column holds.
pub(super) fn class(text: &str) -> Result<Holds, String> {
    if text == "none" {
        return Ok(Holds(None));
    }
    Class::parse(text).map(|class| Holds(Some(class))).ok_or_else(|| {
        let all = Class::ALL.map(Class::as_str).join(", ");
        format!("there is no class `{}`; `none`, or one of {all}", config::printable(text))
    })
}

/// Says it.
pub(super) fn run(args: &LabelArgs) -> anyhow::Result<ExitCode> {
    let mut words = Words::default();
    for word in &args.word {
        words.say(word).map_err(|what| anyhow::anyhow!("`--word {}`: {what}", config::printable(word)))?;
    }
    // A file that cannot be read is told before the database is asked.
    let file = args.import.as_deref().map(|path| Ok::<_, anyhow::Error>((path, import::read(path, &words)?)));
    let file = file.transpose()?;
    let columns = columns(args)?;
    match (&args.column, args.class, file) {
        (Some(column), Some(class), None) => single(args, &columns, column, class),
        (None, None, Some((path, said))) => whole(args, &columns, path, said),
        _ => bail!("name a column and a class, or a file by `--import`"),
    }
}

/// The columns of the database, as the gate would see them.
fn columns(args: &LabelArgs) -> anyhow::Result<Columns> {
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
    Ok(Columns::of(&catalogue, database))
}

fn single(args: &LabelArgs, columns: &Columns, column: &str, class: Holds) -> anyhow::Result<ExitCode> {
    let found = match columns.by_full_name(column) {
        Ok(found) => found,
        Err(what) => {
            let target = &args.target;
            paint::complain(&format!("{what}; `tollhouse data map --all --target {target}` lists columns"));
            return Ok(ExitCode::from(exit::NO));
        }
    };
    let reason = args.reason.clone().unwrap_or_default();
    let mut edit = Edit::open(&args.config)?;
    let one = Correction { found, class: class.word(), reason };
    put(edit.labels()?, &args.target, args.database.as_deref(), &[one])?;
    edit.save()?;
    paint::note(&format!("`{column}` of target `{}` is said to hold: {}", args.target, class.word()));
    Ok(ExitCode::SUCCESS)
}

fn whole(
    args: &LabelArgs,
    columns: &Columns,
    path: &Path,
    mut said: import::Said,
) -> anyhow::Result<ExitCode> {
    let mut taken: Vec<(Entry, Correction)> = Vec::new();
    for entry in std::mem::take(&mut said.entries) {
        match correction(args, columns, &entry, &taken) {
            Ok(one) => taken.push((entry, one)),
            Err(what) => said.problems.push(Remark { at: entry.at, what }),
        }
    }
    said.problems.sort_by_key(|one| one.at);
    let corrections: Vec<Correction> = taken.iter().map(|(_, one)| one.clone()).collect();
    let mut states = vec![None; corrections.len()];
    let wrong = !said.problems.is_empty();
    if !wrong {
        let mut edit = Edit::open(&args.config)?;
        let put = put(edit.labels()?, &args.target, args.database.as_deref(), &corrections)?;
        states = put.into_iter().map(Some).collect();
        if !args.dry_run {
            edit.save()?;
        }
    }
    if args.json {
        let document = document(args, path, &taken, &states, &said);
        writeln!(io::stdout().lock(), "{document}")?;
    } else {
        show(args, path, &taken, &states, &said)?;
    }
    Ok(if wrong { ExitCode::from(exit::NO) } else { ExitCode::SUCCESS })
}

/// What an entry of the file corrects.
fn correction(
    args: &LabelArgs,
    columns: &Columns,
    entry: &Entry,
    before: &[(Entry, Correction)],
) -> Result<Correction, String> {
    let found: Found = columns.find(&entry.tables, &entry.column)?;
    let same = |one: &&(Entry, Correction)| {
        (one.1.found.relation, one.1.found.column) == (found.relation, found.column)
    };
    if let Some((first, _)) = before.iter().find(same) {
        return Err(format!("`{}` is there already, in line {}", found.name, first.at.line));
    }
    let reason = entry.reason.clone().or_else(|| args.reason.clone());
    let reason =
        reason.ok_or("there is no reason; write one into the file, or give one for all by `--reason`")?;
    Ok(Correction { found, class: Holds(entry.class).word(), reason })
}

fn show(
    args: &LabelArgs,
    path: &Path,
    taken: &[(Entry, Correction)],
    states: &[Option<State>],
    said: &import::Said,
) -> io::Result<()> {
    let at = |one: &Remark| format!("{}:{}:{}: {}", path.display(), one.at.line, one.at.column, one.what);
    for note in &said.notes {
        paint::note(&at(note));
    }
    for problem in &said.problems {
        paint::complain(&at(problem));
    }
    if !said.problems.is_empty() {
        paint::complain(&format!("nothing was taken from `{}`; put right what is above", path.display()));
        return Ok(());
    }
    let mut out = io::stdout().lock();
    let width = taken.iter().map(|(_, one)| one.found.name.len()).max().unwrap_or_default();
    for ((entry, one), state) in taken.iter().zip(states) {
        let state = state.map_or("", State::word);
        let from = entry.from.as_deref().map_or(String::new(), |from| format!(" (by {from})"));
        writeln!(out, "{:width$}  {:16}  {state:7}  {}{from}", one.found.name, one.class, one.reason)?;
    }
    let (count, verb) = (taken.len(), if args.dry_run { "would be" } else { "are" });
    paint::note(&format!("{count} columns of target `{}` {verb} said to hold this", args.target));
    Ok(())
}

fn document(
    args: &LabelArgs,
    path: &Path,
    taken: &[(Entry, Correction)],
    states: &[Option<State>],
    said: &import::Said,
) -> Value {
    let remark = |one: &Remark| json!({"line": one.at.line, "column": one.at.column, "what": one.what});
    let labels: Vec<Value> = taken
        .iter()
        .zip(states)
        .map(|((entry, one), state)| {
            json!({
                "line": entry.at.line, "column": one.found.name, "class": one.class, "reason": one.reason,
                "by": entry.from, "state": state.map(State::word),
            })
        })
        .collect();
    json!({
        "file": path.display().to_string(),
        "target": args.target.as_str(),
        "database": args.database,
        "taken": said.problems.is_empty() && !args.dry_run,
        "labels": labels,
        "notes": said.notes.iter().map(remark).collect::<Vec<_>>(),
        "problems": said.problems.iter().map(remark).collect::<Vec<_>>(),
    })
}
