//! What differs between two settings, in words for the ledger and the log: names only, never a secret.

use std::collections::BTreeSet;
use std::fmt;

use model::Name;

use crate::settings::{Account, Correction, Settings, Target};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Of a principal.
    Principal { name: String, what: String },
    /// Of a token.
    Token { id: String, principal: String, what: String },
    /// Of anything else.
    Other(String),
}

/// All differences, in the order of names.
pub(crate) fn changes(old: &Settings, new: &Settings) -> Vec<Change> {
    let mut out = Vec::new();
    let names: BTreeSet<&Name> = old.accounts.keys().chain(new.accounts.keys()).collect();
    for name in names {
        match (old.accounts.get(name), new.accounts.get(name)) {
            (None, Some(account)) => {
                out.push(principal(name, "added"));
                out.extend(account.tokens.iter().map(|token| token_change(&token.id, name, "added")));
            }
            (Some(account), None) => {
                out.extend(account.tokens.iter().map(|token| token_change(&token.id, name, "removed")));
                out.push(principal(name, "removed"));
            }
            (Some(before), Some(after)) => account(name, before, after, &mut out),
            (None, None) => {}
        }
    }
    let names: BTreeSet<&Name> = old.targets.keys().chain(new.targets.keys()).collect();
    for name in names {
        let what = match (old.targets.get(name), new.targets.get(name)) {
            (None, Some(_)) => "added",
            (Some(_), None) => "removed",
            // Secrets do not print, so they are compared by themselves.
            (Some(before), Some(after)) => {
                let password =
                    |secret: &Option<crate::settings::Secret>| secret.as_ref().map(|s| s.reveal().to_owned());
                let same = format!("{before:?}") == format!("{after:?}")
                    && password(&before.upstream.password) == password(&after.upstream.password);
                if same {
                    continue;
                }
                "changed"
            }
            (None, None) => continue,
        };
        out.push(Change::Other(format!("target {name} {what}")));
        labels(name, old.targets.get(name), new.targets.get(name), &mut out);
    }
    if old.limits != new.limits {
        out.push(Change::Other("limits changed".to_owned()));
    }
    if old.parameters != new.parameters {
        out.push(Change::Other("recording of parameters changed".to_owned()));
    }
    if format!("{:?}", old.listeners) != format!("{:?}", new.listeners) || old.admin != new.admin {
        out.push(Change::Other("listeners changed: counts from the next start on".to_owned()));
    }
    out
}

/// What people said of columns.
fn labels(
    name: &Name,
    old: Option<&std::sync::Arc<Target>>,
    new: Option<&std::sync::Arc<Target>>,
    out: &mut Vec<Change>,
) {
    let of = |target: Option<&std::sync::Arc<Target>>| {
        target.map(|target| target.corrections.clone()).unwrap_or_default()
    };
    let (old, new) = (of(old), of(new));
    for said in new.iter().filter(|said| !old.contains(said)) {
        let class = said.class.map_or("none", model::Class::as_str);
        let Correction { name: column, reason, .. } = said;
        out.push(Change::Other(format!("label of {column} at target {name}: {class}, because {reason}")));
    }
    let same = |a: &Correction, b: &Correction| {
        (&a.database, a.relation, a.column) == (&b.database, b.relation, b.column)
    };
    for gone in old.iter().filter(|gone| !new.iter().any(|said| same(said, gone))) {
        out.push(Change::Other(format!("label of {} at target {name}: no longer corrected", gone.name)));
    }
}

fn account(name: &Name, before: &Account, after: &Account, out: &mut Vec<Change>) {
    let (old, new) = (&before.principal, &after.principal);
    let mut what = Vec::new();
    if old.kind != new.kind {
        what.push("kind");
    }
    if old.groups != new.groups {
        what.push("groups");
    }
    if old.on_behalf_of != new.on_behalf_of {
        what.push("on_behalf_of");
    }
    if before.targets != after.targets {
        what.push("targets");
    }
    if before.scram.as_ref().map(ToString::to_string) != after.scram.as_ref().map(ToString::to_string) {
        what.push("password");
    }
    if !what.is_empty() {
        out.push(principal(name, &format!("changed: {}", what.join(", "))));
    }
    let ids: BTreeSet<&Name> = before.tokens.iter().chain(&after.tokens).map(|token| &token.id).collect();
    for id in ids {
        let find = |account: &Account| account.tokens.iter().find(|token| token.id == *id).cloned();
        match (find(before), find(after)) {
            (None, Some(_)) => out.push(token_change(id, name, "added")),
            (Some(_), None) => out.push(token_change(id, name, "removed")),
            (Some(old), Some(new)) if old != new => out.push(token_change(id, name, "changed")),
            _ => {}
        }
    }
}

fn principal(name: &Name, what: &str) -> Change {
    Change::Principal { name: name.to_string(), what: what.to_owned() }
}

fn token_change(id: &Name, principal: &Name, what: &str) -> Change {
    Change::Token { id: id.to_string(), principal: principal.to_string(), what: what.to_owned() }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal { name, what } => write!(f, "principal {name} {what}"),
            Self::Token { id, principal, what } => write!(f, "token {id} of {principal} {what}"),
            Self::Other(what) => f.write_str(what),
        }
    }
}
