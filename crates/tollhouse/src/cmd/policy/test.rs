//! `tollhouse policy test`: cases that say who sends what where and what has to come of it, against rules. Needs no
//! server: a case sketches the tables that it talks of.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use gateway::Sketch;
use model::{Class, Verdict};
use policy::case::{self, Case};
use policy::{Decision, Rules};
use serde_json::json;
use sql::View;
use sql::catalogue::Catalogue;

use super::judged::{self, Read};
use super::which::Which;
use super::{catalogue, seen};
use crate::cmd::{exit, paint};

/// What to test.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy test tests/                              every *.toml below, by the rules of ./tollhouse.toml
  tollhouse policy test --policies rules/ rules/tests/      by these rules, beside all packs
  tollhouse policy test --packs all tests/ --json

A case:
  [[case]]
  name = \"agents drop nothing\"
  principal = { name = \"bot\", kind = \"agent\", on_behalf_of = \"alice\" }
  tables = \"public.orders(id int4 pk, note text)\"
  statement = \"DROP TABLE orders\"
  verdict = \"refuse\"

With labels, what is masked is judged as well, and `shows` says what is seen of each column: clear, or a mask
  labels = { \"public.orders.note\" = \"free_text\" }
  shows = { id = \"clear\", note = \"scan\" }

Exit codes: 0 all cases hold, 1 some do not or there are none, 2 the rules or cases cannot be used")]
pub(super) struct TestArgs {
    /// Files with cases, or folders of them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// A catalogue's file that the cases' tables are added to, instead of an empty database's
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// The major version of the empty database's server
    #[arg(long, value_name = "NUMBER", default_value_t = 18, conflicts_with = "catalogue")]
    server: u32,
    /// Print JSON, one object a case
    #[arg(long)]
    json: bool,
}

/// A case that was run.
struct Run {
    differences: Vec<String>,
    decision: Arc<Decision>,
    facts: Vec<Vec<String>>,
    /// What is shown of the columns of the last result, when the case speaks of labels.
    shows: Option<Vec<(Arc<str>, String)>>,
}

/// Runs them.
pub(super) fn run(args: &TestArgs) -> anyhow::Result<ExitCode> {
    let set = args.which.checked()?;
    let mut files = Vec::new();
    for path in &args.paths {
        find(path, &mut files)?;
    }
    let mut catalogues = HashMap::new();
    let mut versions = 0_u64;
    let mut out = io::BufWriter::new(io::stdout().lock());
    let (mut cases, mut failed) = (0_usize, 0_usize);
    for file in &files {
        let shown = file.display().to_string();
        let text = fs::read_to_string(file).with_context(|| format!("cannot read `{shown}`"))?;
        let read = case::read(&shown, &text).map_err(|problems| {
            problems.iter().for_each(|problem| paint::complain(&problem.to_string()));
            anyhow::anyhow!(
                "`{shown}` holds no cases that can be run; `tollhouse policy test --help` shows one"
            )
        })?;
        for case in &read {
            let catalogue = match catalogues.entry(case.tables.clone()) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(new) => {
                    let base = args.catalogue.as_deref();
                    let mut made = catalogue::sketched(base, args.server, &case.tables)
                        .with_context(|| format!("{shown}:{}: case `{}`", case.line, case.name))?;
                    versions += 1;
                    made.version = versions;
                    new.insert(Arc::new(made))
                }
            };
            let run = run_one(case, &set.rules, catalogue)
                .with_context(|| format!("{shown}:{}: case `{}`", case.line, case.name))?;
            cases += 1;
            failed += usize::from(!run.differences.is_empty());
            if args.json {
                writeln!(out, "{}", as_json(&shown, case, &run))?;
            } else {
                tell(&mut out, &shown, case, &run)?;
            }
        }
    }
    if !args.json {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let of = format!("{} in {}", count(cases, "case"), count(files.len(), "file"));
        match (cases, failed) {
            (0, _) => writeln!(out, "there are no cases; give their files or folder")?,
            (_, 0) => writeln!(out, "ok: {of}")?,
            _ => writeln!(out, "{failed} of {of} failed")?,
        }
    }
    out.flush()?;
    Ok(if cases > 0 && failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(exit::NO) })
}

/// The case files at or below a path, in order of their names.
fn find(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let cannot = || format!("cannot read `{}`", path.display());
    if !fs::metadata(path).with_context(cannot)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries: io::Result<Vec<_>> = fs::read_dir(path).with_context(cannot)?.collect();
    let mut entries = entries.with_context(cannot)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (name, kind) = (entry.file_name(), entry.file_type().with_context(cannot)?);
        // The configuration often lies in the same folder, and it is no case.
        let is_case = entry.path().extension().is_some_and(|ending| ending == "toml")
            && name != crate::config::FILE_NAME;
        if kind.is_dir() {
            find(&entry.path(), files)?;
        } else if is_case {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn run_one(case: &Case, rules: &Arc<Rules>, catalogue: &Arc<Catalogue>) -> anyhow::Result<Run> {
    let (read, _) = Read::new(&case.statement, catalogue, &View::default());
    let (decision, shows) = match &case.labels {
        None => (Arc::new(rules.decide(&case.asked(&read.facts()))), None),
        Some(labels) => {
            let tried = Sketch {
                asked: case.asked(&[]),
                rules,
                catalogue,
                labels: &columns(labels, catalogue)?,
                text: case.statement.as_bytes(),
            }
            .run();
            let is_allowed = tried.decision.verdict() == Verdict::Allow;
            let last = tried.shown.into_iter().flatten().next_back().filter(|_| is_allowed);
            let words = last.unwrap_or_default().into_iter().map(|(name, seen)| (name, seen::word(&seen)));
            (tried.decision, Some(words.collect::<Vec<_>>()))
        }
    };
    let shown: Vec<(&str, String)> =
        shows.iter().flatten().map(|(name, word)| (&**name, word.clone())).collect();
    Ok(Run { differences: case.differences(&decision, &shown), decision, facts: read.lines(), shows })
}

/// The labelled columns by their numbers.
fn columns(
    labels: &BTreeMap<String, Class>,
    catalogue: &Catalogue,
) -> anyhow::Result<HashMap<(u32, i16), Class>> {
    let find = |full: &str| {
        catalogue.relations().find_map(|relation| {
            let of = format!("{}.{}.", relation.schema, relation.name);
            let name = full.strip_prefix(&of)?;
            let column = relation.columns.iter().find(|column| &*column.name == name)?;
            Some((relation.oid, column.number))
        })
    };
    let number = |(full, class): (&String, &Class)| {
        let at = find(full).with_context(|| {
            format!("`labels`: there is no column `{full}`; write `schema.table.column` of one in `tables`")
        })?;
        Ok((at, *class))
    };
    labels.iter().map(number).collect()
}

fn tell(out: &mut impl Write, file: &str, case: &Case, run: &Run) -> io::Result<()> {
    if run.differences.is_empty() {
        return Ok(());
    }
    writeln!(out, "{file}:{}: case `{}` failed", case.line, case.name)?;
    for difference in &run.differences {
        writeln!(out, "  {difference}")?;
    }
    for (column, word) in run.shows.iter().flatten() {
        writeln!(out, "  shows {column}: {word}")?;
    }
    writeln!(out, "  facts:")?;
    for line in run.facts.iter().flatten() {
        writeln!(out, "    {line}")?;
    }
    if let Some(refusal) = run.decision.refusal() {
        writeln!(out, "  refusal: {}", refusal.message)?;
    }
    Ok(())
}

fn as_json(file: &str, case: &Case, run: &Run) -> serde_json::Value {
    json!({
        "ok": run.differences.is_empty(),
        "file": file,
        "line": case.line,
        "name": case.name,
        "differences": run.differences,
        "decision": judged::as_json(&run.decision),
        "shows": run.shows.as_ref().map(|shows| shows.iter().map(|(name, word)| json!([&**name, word])).collect::<Vec<_>>()),
        "facts": run.facts,
    })
}
