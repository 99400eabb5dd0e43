//! What `search` looks for. Filters of an entry apply to each; those of a statement's text to its decision, and
//! those of its outcome to its outcome: the pair is found together.

use std::collections::HashMap;

use clap::Args;
use ledger::PartName;
use ledger::leaf::Leaf;
use model::{Fingerprint, SessionId, StatementId};

use super::facts::{self, Facts};
use super::time;
use super::view::Shown;

/// The filters; all of them have to fit.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Filter {
    /// The principal, or for whom an agent acts
    #[arg(long, value_name = "NAME", value_parser = said)]
    principal: Option<String>,
    /// The target
    #[arg(long, value_name = "NAME", value_parser = said)]
    target: Option<String>,
    /// Not before: `1h` (ago), `2026-11-23`, `2026-11-23T14:00:00Z`
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    since: Option<u64>,
    /// Before
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    until: Option<u64>,
    /// A piece of the statement's text, in any case
    #[arg(long, value_name = "TEXT", value_parser = said)]
    text: Option<String>,
    /// A table, view or function that the statement touches or its text names, such as `orders` or `sales.orders`
    #[arg(long, value_name = "NAME", value_parser = said)]
    object: Option<String>,
    /// `ok`, `error`, `cancelled`, `refused`, `skipped`, `unknown`, or an SQLSTATE
    #[arg(long, value_name = "RESULT", value_parser = outcome)]
    outcome: Option<String>,
    /// The session's id
    #[arg(long, value_name = "ID", value_parser = session)]
    session: Option<SessionId>,
    /// The statement's fingerprint
    #[arg(long, value_name = "HEX", value_parser = fingerprint)]
    fingerprint: Option<Fingerprint>,
    #[command(flatten)]
    facts: Facts,
}

/// Something is said: an empty name would find nothing and say so of everything.
pub(super) fn said(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
}

/// How a statement ends.
const OUTCOMES: [&str; 6] = ["ok", "error", "cancelled", "refused", "skipped", "unknown"];

fn outcome(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    if OUTCOMES.contains(&&*lower) {
        return Ok(lower);
    }
    let code = text.to_ascii_uppercase();
    // Five letters and digits. Every code has a digit, and no word has.
    let is_code = code.len() == 5
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && code.bytes().any(|byte| byte.is_ascii_digit());
    is_code.then_some(code).ok_or_else(|| {
        let all = OUTCOMES.map(|word| format!("`{word}`")).join(", ");
        format!("`{text}` is no outcome; write one of {all}, or an SQLSTATE")
    })
}

fn session(text: &str) -> Result<SessionId, String> {
    SessionId::parse(text).ok_or_else(|| format!("`{text}` is no session; it has 16 hexadecimal digits"))
}

fn fingerprint(text: &str) -> Result<Fingerprint, String> {
    Fingerprint::parse(text)
        .ok_or_else(|| format!("`{text}` is no fingerprint; it has 16 hexadecimal digits"))
}

/// A search that goes through the entries in order.
pub(super) struct Search<'a> {
    filter: &'a Filter,
    /// Decisions that fit, and wait for their outcome.
    decided: HashMap<StatementId, Option<Shown>>,
    /// The principal, the target and the rule that are asked for stand in some entry.
    known: [bool; 3],
}

impl<'a> Search<'a> {
    pub(super) fn new(filter: &'a Filter) -> Self {
        Self { filter, decided: HashMap::new(), known: [false; 3] }
    }

    /// Takes the next entry; returns what is found with it, in order.
    pub(super) fn take(&mut self, shown: Shown) -> Vec<Shown> {
        let Some(leaf) = &shown.leaf else { return Vec::new() };
        let (filter, wanted) = (self.filter, self.filter.outcome.as_deref());
        let named = [
            filter.principal_fits(leaf),
            filter.target.as_deref().is_none_or(|name| leaf.target() == Some(name)),
            matches!(leaf, Leaf::Decision(decision) if filter.facts.rule_fits(decision)),
        ];
        self.known.iter_mut().zip(named).for_each(|(known, named)| *known |= named);
        if let Leaf::Outcome(outcome) = leaf {
            // The decision passed the filters of entries already: its outcome may well come after `--until`.
            let Some(decision) = leaf.statement().and_then(|id| self.decided.remove(&id)) else {
                return Vec::new();
            };
            let fits = wanted.is_none_or(|w| w == outcome.result || Some(w) == outcome.sqlstate.as_deref());
            return if fits { decision.into_iter().chain([shown]).collect() } else { Vec::new() };
        }
        if !filter.entry_fits(leaf) {
            return Vec::new();
        }
        if let (Leaf::Decision(decision), Some(id)) = (leaf, leaf.statement()) {
            if !filter.statement_fits(&shown) {
                return Vec::new();
            }
            // What was refused may have no outcome to wait for.
            let fits = match wanted {
                None => true,
                Some("refused") => decision.verdict == "refuse",
                Some(_) => false,
            };
            return if fits {
                self.decided.insert(id, None);
                vec![shown]
            } else {
                self.decided.insert(id, Some(shown));
                Vec::new()
            };
        }
        let refused = match leaf {
            Leaf::SessionRefused(refused) => {
                wanted.is_none_or(|wanted| wanted == "refused" || wanted == refused.code)
            }
            _ => wanted.is_none() && !filter.facts.about_refusals(),
        };
        if refused && !filter.about_statements() { vec![shown] } else { Vec::new() }
    }

    /// What stands in no entry at all, where nothing was found: a name may be misspelled.
    pub(super) fn nowhere(&self) -> Vec<String> {
        let Filter { principal, target, facts, .. } = self.filter;
        let asked = [("principal", principal), ("target", target), ("rule", facts.rule())];
        let unknown = asked.into_iter().zip(self.known).filter(|(_, known)| !known);
        unknown
            .filter_map(|((what, name), _)| Some(format!("no entry names {what} `{}`", name.as_ref()?)))
            .collect()
    }
}

impl Filter {
    /// What can be found by no entry whatever.
    pub(super) fn problem(&self) -> Option<&'static str> {
        time::empty(self.since, self.until)
    }

    fn about_statements(&self) -> bool {
        self.text.is_some()
            || self.object.is_some()
            || self.fingerprint.is_some()
            || self.facts.about_statements()
    }

    fn principal_fits(&self, leaf: &Leaf) -> bool {
        let human = match leaf {
            Leaf::Decision(leaf) => leaf.on_behalf_of.as_deref(),
            Leaf::SessionOpened(leaf) => leaf.on_behalf_of.as_deref(),
            _ => None,
        };
        let principal = self.principal.as_deref();
        principal.is_none_or(|name| leaf.principal() == Some(name) || human == Some(name))
    }

    fn entry_fits(&self, leaf: &Leaf) -> bool {
        self.principal_fits(leaf)
            && self.target.as_deref().is_none_or(|name| leaf.target() == Some(name))
            && self.since.is_none_or(|since| leaf.at() >= since)
            && self.until.is_none_or(|until| leaf.at() < until)
            && self.session.is_none_or(|session| leaf.session() == Some(session))
    }

    fn statement_fits(&self, shown: &Shown) -> bool {
        let text = shown.text(PartName::Text).unwrap_or_default();
        let Some(Leaf::Decision(decision)) = &shown.leaf else { return false };
        let print = decision.fingerprint.as_deref();
        let touches = |name: &str| facts::objects(decision).any(|object| names(object, name));
        self.text.as_ref().is_none_or(|wanted| text.to_lowercase().contains(&wanted.to_lowercase()))
            && self.object.as_ref().is_none_or(|name| names(text, name) || touches(name))
            && self.fingerprint.is_none_or(|wanted| print == Some(wanted.to_string().as_str()))
            && self.facts.fits(decision)
    }
}

/// Whether `text` names `object`: the characters before and after do not belong to an identifier, quotes do not
/// count. A name that appears in a literal or a comment is found too; better once too often.
fn names(text: &str, object: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('"', "");
    let (text, object) = (plain(text), plain(object));
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(&object).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(inside) && !after.is_some_and(inside)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_outcome_is_told() {
        for (text, read) in [("ok", "ok"), ("Refused", "refused"), ("42501", "42501"), ("th001", "TH001")] {
            assert_eq!(outcome(text).as_deref(), Ok(read), "{text}");
        }
        for text in ["refusd", "", "4250", "error!", "errors"] {
            assert!(outcome(text).is_err(), "{text}");
        }
        assert!(said(" ").is_err() && said("alice").is_ok());
    }

    #[test]
    fn an_empty_period_is_told() {
        let of = |since, until| Filter { since: Some(since), until: Some(until), ..Filter::default() };
        assert!(of(1, 2).problem().is_none());
        assert!(of(2, 2).problem().is_some() && of(3, 2).problem().is_some());
    }

    #[test]
    fn objects_are_found_as_names() {
        for text in [
            "select * from orders",
            "SELECT 1 FROM \"Sales\".\"Orders\" o",
            "update orders set x=1",
            "(orders)",
        ] {
            assert!(names(text, "orders"), "{text}");
        }
        assert!(names("select * from sales.orders", "sales.orders"));
        assert!(!names("select * from old_orders, orders2", "orders"));
    }
}
