//! Whether a principal that reached its target may open a session there, under which limits, and how the session begins
//! to read names. It asks the rules and the catalogue; it connects nobody.

use std::sync::Arc;

use mask::cover::Mask;
use model::{Class, Principal, Refusal, Timestamp, Verdict};
use policy::{AskedConnect, SessionLimits};
use sql::View;
use sql::catalogue::split_path;
use tokio::time::Instant;

use crate::catalogue::Unavailable;
use crate::gate::Gate;
use crate::judge::{Bench, Judge};
use crate::settings::{Settings, Target};

/// `transaction_timeout` came with this version.
const TRANSACTION_TIMEOUT_SINCE: u32 = 17;

/// What an admitted session begins with.
pub(crate) struct Admitted {
    pub(crate) judge: Judge,
    pub(crate) view: View,
    pub(crate) limits: SessionLimits,
    /// Settings for the server: the client's, and the limits that the rules set.
    pub(crate) settings: Vec<(String, String)>,
}

/// Who wants in.
pub(crate) struct Applicant<'a> {
    pub(crate) principal: &'a Arc<Principal>,
    pub(crate) target: &'a Arc<Target>,
    pub(crate) database: &'a str,
    pub(crate) purpose: Option<&'a str>,
    /// Settings that the client asks for.
    pub(crate) settings: Vec<(String, String)>,
}

/// Admits a session, once the catalogue of its database is there; until `deadline`, since that is part of the log-in.
///
/// # Errors
/// What the client is told, and what the ledger is.
pub(crate) async fn admit(
    gate: &Gate,
    settings: &Settings,
    applicant: Applicant<'_>,
    (now, deadline): (Timestamp, Instant),
) -> Result<Admitted, (Refusal, &'static str)> {
    let Applicant { principal, target, database, purpose, settings: mut wanted } = applicant;
    let human = principal
        .on_behalf_of
        .as_ref()
        .and_then(|name| settings.accounts.get(name))
        .map(|account| Arc::clone(&account.principal));
    let rules = gate.rules.current();
    let (decision, limits) = rules.rules.connect(&AskedConnect {
        principal,
        human: human.as_deref(),
        target: &target.name,
        environment: target.environment,
        database,
        purpose,
        now,
    });
    if decision.verdict() != Verdict::Allow {
        let refusal = decision.refusal().cloned();
        return Err((refusal.unwrap_or_else(|| no_reason(&target.name)), "refused by a rule"));
    }
    let catalogue = gate.catalogues.of(target, database);
    let snapshot = tokio::time::timeout_at(deadline, catalogue.ready()).await;
    let snapshot = snapshot
        .unwrap_or(Err(Unavailable::TimeOut))
        .map_err(|why| (why.refusal(&target.name), "catalogue not read"))?;
    // The role's default may change while the session keeps the one that it began with, so it is pinned too.
    let asked = setting(&wanted, "search_path").and_then(split_path).map(Arc::from);
    let path = Some(asked.unwrap_or_else(|| Arc::clone(&snapshot.path)));
    if setting(&wanted, "search_path").is_none()
        && let Some(path) = &path
    {
        wanted.push(("search_path".to_owned(), written(path)));
    }
    let view = View { path: Option::clone(&path), start: path, ..View::default() };
    limit(&mut wanted, &limits, snapshot.server);
    let judge = Judge::new(Bench {
        principal: Arc::clone(principal),
        human,
        target: Arc::clone(target),
        database: database.into(),
        purpose: purpose.map(Into::into),
        rules: Arc::clone(&gate.rules),
        catalogue,
        budget: Arc::clone(&gate.budget),
        scans: settings.masks.get(&Class::FreeText).is_none_or(|mask| *mask == Mask::Scan),
    });
    Ok(Admitted { judge, view, limits, settings: wanted })
}

/// A search path as the server prints it.
fn written(path: &[Arc<str>]) -> String {
    let plain = |schema: &str| {
        schema.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && !schema.starts_with(|first: char| first.is_ascii_digit())
    };
    let quoted = |schema: &Arc<str>| match plain(schema) && !schema.is_empty() {
        true => schema.to_string(),
        false => format!("\"{}\"", schema.replace('"', "\"\"")),
    };
    if path.is_empty() { "\"\"".to_owned() } else { path.iter().map(quoted).collect::<Vec<_>>().join(", ") }
}

fn setting<'a>(settings: &'a [(String, String)], name: &str) -> Option<&'a str> {
    settings.iter().rev().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Sets the limits of the rules. A client may ask for less, in plain milliseconds.
fn limit(settings: &mut Vec<(String, String)>, limits: &SessionLimits, server: u32) {
    let all = [
        ("statement_timeout", limits.statement_timeout_ms),
        ("lock_timeout", limits.lock_timeout_ms),
        ("idle_in_transaction_session_timeout", limits.idle_in_transaction_ms),
        (
            "transaction_timeout",
            limits.transaction_timeout_ms.filter(|_| server >= TRANSACTION_TIMEOUT_SINCE),
        ),
    ];
    for (name, most) in all {
        let Some(most) = most else { continue };
        let asked = setting(settings, name).and_then(|value| value.trim().parse::<u64>().ok());
        if asked.is_some_and(|asked| (1..=most).contains(&asked)) {
            continue;
        }
        settings.retain(|(found, _)| !found.eq_ignore_ascii_case(name));
        settings.push((name.to_owned(), most.to_string()));
    }
}

/// A refusal always says why; this stands in for one that would not.
fn no_reason(target: &model::Name) -> Refusal {
    Refusal::new(model::Sqlstate::new(b"42501"), format!("you may not connect to target `{target}`"))
        .hint("ask whoever runs the gate")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_ask_for_less_and_not_for_more() {
        let limits = SessionLimits { statement_timeout_ms: Some(30_000), ..SessionLimits::default() };
        let after = |asked: Option<&str>| {
            let mut settings: Vec<(String, String)> =
                asked.map(|value| ("Statement_Timeout".to_owned(), value.to_owned())).into_iter().collect();
            limit(&mut settings, &limits, 15);
            settings.into_iter().map(|(_, value)| value).collect::<Vec<_>>()
        };
        assert_eq!(after(None), ["30000"]);
        assert_eq!(after(Some("500")), ["500"]);
        assert_eq!(after(Some("0")), ["30000"]);
        assert_eq!(after(Some("1h")), ["30000"]);
        assert_eq!(after(Some("30001")), ["30000"]);
    }

    #[test]
    fn an_old_server_does_not_know_every_limit() {
        let limits = SessionLimits { transaction_timeout_ms: Some(1), ..SessionLimits::default() };
        let mut settings = Vec::new();
        limit(&mut settings, &limits, 16);
        assert!(settings.is_empty());
        limit(&mut settings, &limits, 17);
        assert_eq!(settings.len(), 1);
    }
}
