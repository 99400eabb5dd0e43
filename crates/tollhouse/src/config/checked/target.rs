//! The sections about the databases behind the gate.

use std::collections::HashMap;
use std::sync::Arc;

use gateway::settings::{Correction, Target};
use model::{Durability, Environment, Name};

use super::label::Labels;
use super::{unique, upstream};
use crate::config::problem::{Code, Fault};
use crate::config::raw::{At, Table, printable};
use crate::config::value;

/// Every target that has a name; `None` for one whose other keys cannot be used, so that a principal that names
/// it is not told that there is no such target.
pub(super) type Targets = HashMap<Name, Option<Arc<Target>>>;

/// Settings that make gate and server read a text differently, or end being a client's session.
const NEVER_OPTIONS: [&str; 3] = ["standard_conforming_strings", "client_encoding", "replication"];

/// The targets.
pub(super) fn targets(top: &Table<'_>, mut labels: Labels) -> Targets {
    let tables = top.tables("target", "target");
    if tables.is_empty() && !top.has("target") {
        top.missing("target");
    }
    let mut names = HashMap::new();
    let mut targets = Targets::new();
    for table in &tables {
        let name = table.required("name", target_name);
        if let Some(name) = &name {
            unique(table, "name", &mut names, &name.value, &name.span);
        }
        let corrections = name.as_ref().and_then(|name| labels.remove(&name.value)).unwrap_or_default();
        let target = target(table, name.as_ref(), corrections);
        if let Some(name) = name {
            targets.insert(name.value, target.map(Arc::new));
        }
    }
    targets
}

fn target_name(text: &str) -> Result<Name, Fault> {
    if text.contains('@') {
        return Err(Fault::value(
            "a target's name has no `@`, which separates database and target in a client's `database@target`",
            "choose another name, such as `shop`",
        ));
    }
    value::name(text)
}

fn target(table: &Table<'_>, name: Option<&At<Name>>, corrections: Vec<Correction>) -> Option<Target> {
    let environments =
        [Environment::Dev, Environment::Staging, Environment::Production, Environment::Sandbox]
            .map(|environment| (environment.as_str(), environment));
    let durabilities = [("strict", Durability::Strict), ("relaxed", Durability::Relaxed)];
    let names = [("client", false), ("forced", true)];
    let environment = table.word("environment", &environments).map_or(Environment::Production, |at| at.value);
    let durability = table.word("durability", &durabilities).map_or(Durability::Strict, |at| at.value);
    let application_name_forced = table.word("application_name", &names).is_some_and(|at| at.value);
    let startup_options = startup_options(table);
    let masks = table.word("masks", &[("on", true), ("off", false)]).is_none_or(|at| at.value);
    if !table.has("upstream") {
        table.missing("upstream");
        return None;
    }
    let upstream = upstream::upstream(&table.table("upstream", "target.upstream"))?;
    Some(Target {
        name: name?.value.clone(),
        environment,
        durability,
        application_name_forced,
        masks,
        corrections,
        startup_options,
        upstream,
    })
}

fn startup_options(table: &Table<'_>) -> Vec<String> {
    let written = table.texts("startup_options").map_or(Vec::new(), |at| at.value);
    let alone = written.len() == 1;
    let read = |at: &At<&str>| table.elevate("startup_options", at, |text| startup_option(text, alone));
    written.iter().filter_map(read).map(|at| at.value).collect()
}

fn startup_option(text: &str, alone: bool) -> Result<String, Fault> {
    if text == "*" {
        return if alone {
            Ok("*".to_owned())
        } else {
            Err(Fault::new(Code::Conflict, "`*` beside other names", "leave either out"))
        };
    }
    let name = text.to_ascii_lowercase();
    if NEVER_OPTIONS.contains(&name.as_str()) {
        let what = format!("`{name}` cannot be allowed: gate and server would no longer read the same");
        return Err(Fault::value(what, "leave it out"));
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'$');
    if name.is_empty() || name.len() > 126 || !name.bytes().all(plain) {
        return Err(Fault::value(
            format!("`{}` is no setting's name", printable(text)),
            "write a name such as `statement_timeout`",
        ));
    }
    Ok(name)
}
