//! One text of a body: parsed, and each of its statements analyzed where it stands.

use std::borrow::Cow;
use std::sync::Arc;

use crate::analyze::body;
use crate::catalogue::{Named, Relation, split_path};
use crate::gather::{Cx, Gather};
use crate::view::Effect;

/// Analyzes a text; returns what it does to the session, in order.
pub(super) fn run(text: &str, cx: Cx<'_>, gather: &mut Gather) -> Vec<Effect> {
    match body(text, cx) {
        Ok(analysis) => {
            let mut effects = Vec::new();
            for one in analysis.statements {
                gather.absorb(&one.facts);
                effects.extend(one.effects);
            }
            effects
        }
        Err(reason) => {
            gather.opaque("body", reason);
            Vec::new()
        }
    }
}

/// The statements of a body as the server prints it: `BEGIN ATOMIC …; END` or `RETURN expression`.
pub(super) fn unwrapped(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let without = |word: &str| {
        let (head, rest) = text.split_at_checked(word.len())?;
        head.eq_ignore_ascii_case(word).then_some(rest)
    };
    if let Some(rest) = without("BEGIN ATOMIC") {
        let rest = rest.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
        let cut = rest.len().saturating_sub(3);
        let end = rest.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case("END"));
        return Cow::Borrowed(if end { rest.get(..cut).unwrap_or_default() } else { text });
    }
    match without("RETURN ") {
        Some(expression) => Cow::Owned(format!("SELECT {expression}")),
        None => Cow::Borrowed(text),
    }
}

/// A relation by its name as it is written in a body: `customers`, `"My"."Table"`.
pub(super) fn relation(written: &str, cx: Cx<'_>) -> Option<Arc<Relation>> {
    // Dots separate here what commas separate in a path; quoting and folding are the same.
    let mut quoted = false;
    let commas: String = written
        .chars()
        .map(|c| {
            quoted ^= c == '"';
            if c == '.' && !quoted { ',' } else { c }
        })
        .collect();
    let parts = split_path(&commas)?;
    let (schema, name) = match parts.as_slice() {
        [name] => (None, name),
        [.., schema, name] => (Some(&**schema), name),
        [] => return None,
    };
    match cx.catalogue.relation(cx.view, schema, name) {
        Named::Known(relation) => Some(relation),
        Named::Changed(_) | Named::Made { .. } | Named::Unknown => None,
    }
}
