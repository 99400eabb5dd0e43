//! From what is written to what is meant. Each section has a file; this one puts them together and checks what
//! spans several. A value that cannot be elevated leaves a problem with the reading and everything else is
//! still looked at; whoever calls uses the result only when there is no error.

mod house;
mod label;
mod limits;
mod listener;
mod mask;
pub(super) mod policy;
mod principal;
mod target;
mod upstream;

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;
use std::sync::Arc;

use gateway::settings::Settings;

use super::problem::{Code, Fault, Severity};
use super::raw::Table;
use super::{LedgerSettings, LogSettings};
use crate::rules::Set;

/// What a configuration means.
pub(super) type Elevated = (Settings, LedgerSettings, LogSettings, Set);

/// Elevates the whole file. `None` when a part that nothing works without is not there, or is wrong.
pub(super) fn elevate(top: &Table<'_>, hash: [u8; 32], rules_before: Option<&Set>) -> Option<Elevated> {
    let ledger = house::ledger(top);
    let admin = house::admin(top);
    let log = house::log(top);
    let limits = limits::limits(top);
    let files = policy::files(top);
    let masks = mask::masks(top);
    let listeners = listener::listeners(top);
    let targets = target::targets(top, label::labels(top));
    let accounts = principal::accounts(top, &targets);
    let (ledger, parameters) = ledger?;
    if top.reading().problems().iter().any(|problem| problem.severity == Severity::Error) {
        return None;
    }
    // Last, since it costs the most.
    let set = files.check(rules_before);
    let settings = Settings {
        hash,
        listeners,
        admin,
        targets: targets.into_values().flatten().map(|t| (t.name.clone(), t)).collect(),
        accounts,
        parameters,
        masks,
        limits,
        rules: Arc::clone(&set.rules),
        policy_sources: set.files.sources.clone(),
    };
    Some((settings, ledger, log, set))
}

/// Notes that `name` stands twice, when it does. `seen` holds the names so far.
fn unique<K: Hash + Eq + std::fmt::Display + Clone>(
    table: &Table<'_>,
    key: &'static str,
    seen: &mut HashMap<K, Range<usize>>,
    name: &K,
    span: &Range<usize>,
) -> bool {
    if seen.insert(name.clone(), span.clone()).is_none() {
        return true;
    }
    let fault =
        Fault::new(Code::Duplicate, format!("`{name}` is there twice"), "rename or remove one of them");
    table.error(key, span, fault);
    false
}
