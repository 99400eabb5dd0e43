//! From the kernel's and the rules' words to the ledger's.

use std::sync::Arc;

use engine::{NameChange, Reading, Text};
use ledger::Part;
use ledger::entry::{Action, Ending};
use model::Refusal;
use sql::Touch;

use super::Stored;

/// What a decision entry says of rules and facts.
pub(super) struct Said<'a> {
    pub(super) rules: Vec<&'a str>,
    pub(super) shadow: Vec<&'a str>,
    pub(super) facts: Vec<&'a str>,
}

impl<'a> Said<'a> {
    pub(super) fn of(decision: Option<&'a policy::Decision>, reading: Option<&'a Reading>) -> Self {
        let words = |rules: &'a [Arc<str>]| rules.iter().map(|rule| &**rule).collect();
        Self {
            rules: decision.map(|decision| words(decision.rules())).unwrap_or_default(),
            shadow: decision.map(|decision| words(decision.shadow())).unwrap_or_default(),
            facts: reading
                .map(|reading| reading.lines.iter().map(|line| &**line).collect())
                .unwrap_or_default(),
        }
    }
}

pub(super) fn text_part<'a>(stored: Option<&'a Stored<'_>>, text: Option<&Text>) -> Option<Part<'a>> {
    match (stored, text) {
        (Some(stored), _) => Some(stored.part()),
        (None, Some(text)) => Some(Part::known(text.commitment, text.bytes)),
        (None, None) => None,
    }
}

/// The rule or limit of a refusal that no rule set was asked for: what stands in backticks first.
pub(super) fn limit_of(refusal: &Refusal) -> &str {
    let detail = refusal.detail.as_deref().unwrap_or_default();
    detail.split('`').nth(1).unwrap_or("protocol")
}

/// What the text's statements do to the names that SQL and protocol share.
pub(super) fn changes(scan: &sql::Scan, text: &Text) -> Arc<[NameChange]> {
    let shared = Arc::new(text.clone());
    scan.touches
        .iter()
        .filter_map(|touch| match &touch.touch {
            Touch::Prepare(name) => {
                let statement = touch.statement as usize;
                Some(NameChange::Prepare(name.as_bytes().into(), Arc::clone(&shared), statement))
            }
            Touch::Deallocate(Some(name)) => Some(NameChange::Deallocate(name.as_bytes().into())),
            Touch::Deallocate(None) | Touch::DiscardAll => Some(NameChange::DeallocateAll),
            Touch::Declare { name, hold } => {
                let statement = touch.statement as usize;
                Some(NameChange::Declare(name.as_bytes().into(), Arc::clone(&shared), statement, *hold))
            }
            Touch::Close(Some(name)) => Some(NameChange::Close(name.as_bytes().into())),
            Touch::Close(None) => Some(NameChange::CloseAll),
            _ => None,
        })
        .collect()
}

pub(super) fn action(action: engine::Action) -> Action {
    match action {
        engine::Action::Query => Action::Query,
        engine::Action::Prepare => Action::Prepare,
        engine::Action::Execute => Action::Execute,
        engine::Action::Call => Action::Call,
    }
}

pub(super) fn ending(result: engine::Result) -> Ending {
    match result {
        engine::Result::Ok => Ending::Ok,
        engine::Result::Error => Ending::Error,
        engine::Result::Cancelled => Ending::Cancelled,
        engine::Result::Refused => Ending::Refused,
        engine::Result::Skipped => Ending::Skipped,
        engine::Result::Unknown => Ending::Unknown,
    }
}

/// What was masked of one column, in a line: `email public.customers.email partial 3`.
pub(super) fn masked(masked: &engine::Masked) -> String {
    let class = masked.class.map_or("content", model::Class::as_str);
    let of = if masked.of.is_empty() { "-" } else { &masked.of };
    format!("{class} {of} {} {}", masked.how, masked.cells)
}
