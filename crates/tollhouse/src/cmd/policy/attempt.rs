//! `tollhouse policy try`: judges a statement as a gate with this configuration would, by what tables and functions
//! the target has now. Prints facts, verdict, reasons, and what would be masked; the statement is never sent anywhere.

use std::io::{self, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use gateway::settings::{Account, Settings, Target};
use gateway::{Memory, Trial, Tried};
use model::{Name, Principal, Timestamp, Verdict};
use policy::{Asked, AskedConnect, Decision, Rules, SessionLimits};
use serde_json::json;
use sql::View;
use sql::catalogue::Catalogue;

use super::judged::{self, Read};
use super::which::Which;
use super::{catalogue, explain, seen};
use crate::cmd::{exit, ledger::time};
use crate::config;

/// What to try.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  tollhouse policy try --as alice --target shop 'DROP TABLE orders'
  tollhouse policy try --as support-bot --target shop --policies new/ 'SELECT * FROM customers'
  cat migration.sql | tollhouse policy try --as ci --target shop --json -
  tollhouse policy try --as ci --target shop --catalogue shop.catalogue 'TRUNCATE orders'

The target is asked once for its tables and functions, over the gate's own connection; nothing is changed there.

Exit codes: 0 it would run, 1 it would be refused or held, 2 usage or I/O")]
pub(super) struct TryArgs {
    /// The text that the principal would send; `-` reads it from standard input
    #[arg(value_name = "SQL")]
    text: String,
    /// The principal that would send it
    #[arg(long = "as", value_name = "PRINCIPAL", value_parser = crate::cmd::principal::parse_name)]
    principal: Name,
    /// The target that it would be sent to
    #[arg(long, value_name = "TARGET", value_parser = crate::cmd::principal::parse_name)]
    target: Name,
    /// The database there, when it is not the target's own
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// The purpose that the principal would state
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// When it would be sent; now when left out
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    at: Option<u64>,
    /// A catalogue's file, instead of asking the target
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
    /// Print one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// Who is asked for, as the configuration has them.
struct Who<'a> {
    principal: &'a Arc<Principal>,
    human: Option<&'a Arc<Principal>>,
    target: &'a Arc<Target>,
    database: &'a str,
}

/// Tries it.
pub(super) fn run(args: &TryArgs) -> anyhow::Result<ExitCode> {
    let text = if args.text == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("cannot read the statement")?;
        text
    } else {
        args.text.clone()
    };
    let loaded = config::load(&args.which.config)?;
    let rules = if args.which.is_given() { args.which.set(&[])?.rules } else { loaded.rules.rules };
    let who = who(args, &loaded.settings)?;
    let now = Timestamp(args.at.unwrap_or_else(|| config::now().0));
    let purpose = args.purpose.as_deref();
    let (catalogue, tried): (Arc<Catalogue>, Option<Tried>) = match &args.catalogue {
        Some(path) => (Arc::new(catalogue::file(path)?), None),
        None => {
            let trial = Trial {
                principal: who.principal,
                human: who.human,
                target: who.target,
                database: who.database,
                purpose,
                rules: &rules,
                text: text.as_bytes(),
                now,
            };
            let tried = catalogue::asked(trial.run(Memory::beside_ledger(&loaded.ledger.directory)))?;
            (Arc::clone(&tried.catalogue), Some(tried))
        }
    };
    let session = connect(&who, &rules, purpose, now);
    let (read, _) = Read::new(&text, &catalogue, &View::default());
    let facts = read.facts();
    let explanation = rules.explain(&Asked {
        principal: who.principal,
        human: who.human.map(|human| &**human),
        target: &who.target.name,
        environment: who.target.environment,
        database: who.database,
        statements: &facts,
        named: &[],
        purpose,
        now,
    });
    let mut out = io::stdout().lock();
    let (connected, limits) = &session;
    // A session's own judge knows labels as well.
    let decision = tried.as_ref().map_or(&explanation.decision, |tried| &*tried.decision);
    let masks = &loaded.settings.masks;
    let sees = tried.as_ref().filter(|_| decision.verdict() == Verdict::Allow).map(|tried| &*tried.shown);
    if args.json {
        let answer = json!({
            "session": judged::as_json(connected),
            "limits": explain::limits(*limits),
            "facts": read.lines(),
            "decision": judged::as_json(decision),
            "why": judged::why_json(&explanation),
            "sees": sees.map(|shown| seen::json(shown, masks)),
        });
        writeln!(out, "{answer}")?;
    } else {
        print(&mut out, &session, &read, (decision, &explanation))?;
        let lines = match (&tried, sees) {
            (None, _) => vec!["what is masked: not known without the target's labels".to_owned()],
            (_, Some(shown)) => seen::lines(shown, masks),
            (_, None) => Vec::new(),
        };
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    let allowed = connected.verdict() == Verdict::Allow && decision.verdict() == Verdict::Allow;
    Ok(if allowed { ExitCode::SUCCESS } else { ExitCode::from(exit::NO) })
}

fn who<'a>(args: &'a TryArgs, settings: &'a Settings) -> anyhow::Result<Who<'a>> {
    let known = |names: Vec<&Name>| {
        let mut names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.sort();
        names.join(", ")
    };
    let Some(target) = settings.targets.get(&args.target) else {
        let all = known(settings.targets.keys().collect());
        anyhow::bail!("there is no target `{}`; the configuration has {all}", args.target);
    };
    let Some(account) = settings.accounts.get(&args.principal) else {
        let all = known(settings.accounts.keys().collect());
        anyhow::bail!("there is no principal `{}`; the configuration has {all}", args.principal);
    };
    let Account { principal, targets, .. } = &**account;
    if !targets.contains(&target.name) {
        anyhow::bail!(
            "`{}` does not reach target `{}`; add it to `targets` of that principal",
            principal.name,
            target.name
        );
    }
    let human = principal.on_behalf_of.as_ref().and_then(|name| settings.accounts.get(name));
    Ok(Who {
        principal,
        human: human.map(|account| &account.principal),
        target,
        database: args.database.as_deref().unwrap_or(&target.upstream.database),
    })
}

fn connect(who: &Who<'_>, rules: &Rules, purpose: Option<&str>, now: Timestamp) -> (Decision, SessionLimits) {
    rules.connect(&AskedConnect {
        principal: who.principal,
        human: who.human.map(|human| &**human),
        target: &who.target.name,
        environment: who.target.environment,
        database: who.database,
        purpose,
        now,
    })
}

fn print(
    out: &mut impl Write,
    (connected, limits): &(Decision, SessionLimits),
    read: &Read,
    (decision, explanation): (&Decision, &policy::Explanation),
) -> io::Result<()> {
    let [first, rest @ ..] = &*judged::lines(connected) else { return Ok(()) };
    writeln!(out, "session: {first}")?;
    if connected.verdict() == Verdict::Allow {
        writeln!(out, "  limits: {}", explain::limits(*limits))?;
    } else {
        rest.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    }
    let statements = read.lines();
    for (number, lines) in statements.iter().enumerate() {
        if statements.len() == 1 {
            writeln!(out, "facts:")?;
        } else {
            writeln!(out, "facts of statement {}:", number + 1)?;
        }
        lines.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    }
    let [first, rest @ ..] = &*judged::lines(decision) else { return Ok(()) };
    writeln!(out, "verdict: {first}")?;
    rest.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    let why = judged::why(explanation);
    if !why.is_empty() {
        writeln!(out, "why:")?;
    }
    why.iter().try_for_each(|line| writeln!(out, "  {line}"))
}
